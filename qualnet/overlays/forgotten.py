"""That interviews were forgotten: when and how much of them, never what. The file is `forgotten.csv`."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from qualnet.names import same_name
from qualnet.overlays._log import Log
from qualnet.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qualnet.corpus import Corpus

__all__ = ["FORGOTTEN", "Forgotten", "add_forgotten", "check_forgotten", "read_forgotten"]

FORGOTTEN = Log("forgotten.csv", ("id", "when", "files", "rows", "claims"), ("id", "when"))
ROUNDS = 20_000
"""Rounds of the hash: some milliseconds a name. A build asks for every interview of the project, so more
would cost minutes; a guess at a name can be confirmed either way, which the docs say."""


class Forgotten:
    """The records of a project: whoever knows a name can ask for it, and nobody can read one.

    Parameters
    ----------
    rows
        Id and date of each record. An id is a salt, a number of rounds and a hash.
    """

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._when: dict[tuple[str, int], dict[str, str]] = {}
        for record_id, when in rows:
            salt, rounds, hashed = [*record_id.split(":"), "", ""][:3]
            if rounds.isdecimal() and 0 < int(rounds) <= 10 * ROUNDS:
                self._when.setdefault((salt, int(rounds)), {})[hashed] = when

    def when(self, name: str) -> str:
        """Give the date on which an interview was forgotten last; nothing if it never was."""
        found = [dates.get(_hashed(name, *how), "") for how, dates in self._when.items()]
        return max(found, default="")

    def record_id(self, name: str) -> str:
        """Give the id of an interview's record; all records share a salt, so that a name is hashed once."""
        salt, rounds = next(iter(self._when), (secrets.token_hex(16), ROUNDS))
        return f"{salt}:{rounds}:{_hashed(name, salt, rounds)}"


def read_forgotten(folder: Path, shown: str, problems: Problems) -> Forgotten:
    """Read the records.

    Parameters
    ----------
    folder
        The folder of overlays.
    shown
        How problems name it.
    problems
        Where to note what is wrong.
    """
    rows = FORGOTTEN.read(folder, shown, problems)
    return Forgotten((values["id"], values["when"]) for _, values in rows)


def check_forgotten(forgotten: Forgotten, corpus: Corpus, problems: Problems) -> None:
    """Note every interview that was forgotten and is there again, with an old export for example."""
    for document in corpus.documents:
        when = forgotten.when(document.document_id)
        if when:
            problems.add(document.place, "forgotten-again", document=document.document_id, when=when[:10])


def add_forgotten(
    folder: Path, shown: str, name: str, when: str, *, n_files: int, n_rows: int, n_claims: int
) -> None:
    """Add a record.

    Parameters
    ----------
    folder, shown
        The folder of overlays, and how problems name it.
    name
        Id of the document; only a salted hash of it is written.
    when
        ISO 8601, UTC.
    n_files, n_rows, n_claims
        How much goes.

    Raises
    ------
    InputError, BusyError, OutputError
        As :meth:`Log.add`.
    """
    record_id = read_forgotten(folder, shown, Problems()).record_id(name)
    counts = {"files": str(n_files), "rows": str(n_rows), "claims": str(n_claims)}
    FORGOTTEN.add(folder, shown, [{"id": record_id, "when": when} | counts])


def _hashed(name: str, salt: str, rounds: int) -> str:
    return hashlib.pbkdf2_hmac("sha256", same_name(name).encode(), salt.encode(), rounds).hex()
