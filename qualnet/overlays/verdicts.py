"""Verdicts of a consensus: which claims of two coders count in it. The file is `consensus.csv`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from qualnet.corpus.anchor import SHOWN
from qualnet.corpus.rows import NOWHERE
from qualnet.names import same_name
from qualnet.overlays._log import Log
from qualnet.overlays.corrections import ClaimFinder, Target
from qualnet.readers._words import yes_or_no

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qualnet.codebook import Codebook
    from qualnet.corpus import Corpus
    from qualnet.problems import Place, Problems

__all__ = ["ASSIGNMENTS", "VERDICTS", "Verdict", "add_verdicts", "apply_verdicts", "read_verdicts"]

VERDICTS = Log(
    "consensus.csv",
    ("id", "who", "when", "why", "counts", "coder", "document", "quote", "cause", "effect"),
    ("id", "who", "when", "counts", "document"),
)

ASSIGNMENTS = Log(
    "assignments.csv", ("who", "when", "document", "share", "seed"), ("who", "when", "document")
)
"""What was given to a second coder."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one claim counts in the consensus of its coders.

    Attributes
    ----------
    id
        The claim's id when it was decided.
    who, when, why
        Who agreed (``AB+CD``), at which time (ISO 8601, UTC), and for which reason.
    counts
        ``yes`` or ``no``.
    coder
        Whose claim it is.
    document, quote, cause, effect
        The claim, by which it is found again in a newer export.
    """

    id: str
    who: str
    when: str
    counts: str
    coder: str
    document: str
    why: str = ""
    quote: str = ""
    cause: str = ""
    effect: str = ""
    place: Place = NOWHERE


def read_verdicts(folder: Path, shown: str, problems: Problems) -> list[Verdict]:
    """Read all verdicts, in their order.

    Parameters
    ----------
    folder
        The folder of overlays.
    shown
        How problems name it.
    problems
        Where to note what is wrong.
    """
    found = []
    for place, values in VERDICTS.read(folder, shown, problems):
        if yes_or_no(values["counts"]) is None:
            problems.add(place.at(column="counts"), "not-yes-or-no", value=values["counts"])
        else:
            found.append(Verdict(**values, place=place))
    return found


def apply_verdicts(
    verdicts: Iterable[Verdict], corpus: Corpus, codebook: Codebook, problems: Problems
) -> dict[str, bool]:
    """Find the claims of an input about which was agreed.

    Parameters
    ----------
    verdicts
        All verdicts; the last one about a claim holds.
    corpus
        One input; its codes are resolved.
    codebook
        With which they were resolved.
    problems
        Where to note claims that changed, or are gone.

    Returns
    -------
    dict
        Claim id to whether it counts in the consensus.
    """
    finder = ClaimFinder(corpus, codebook)
    found: dict[str, bool] = {}
    for verdict in {v.id: v for v in verdicts}.values():
        if same_name(verdict.document) not in finder.documents:
            continue
        target = Target(
            verdict.id, verdict.document, verdict.quote, verdict.cause, verdict.effect, verdict.coder
        )
        at = finder.find(target, verdict.place, problems)
        if at is None:
            quote = verdict.quote[:SHOWN]
            problems.add(verdict.place, "correction-gone", document=verdict.document, quote=quote)
        else:
            found[corpus.relations[at].relation_id] = bool(yes_or_no(verdict.counts))
    return found


def add_verdicts(folder: Path, shown: str, verdicts: Iterable[Verdict]) -> None:
    """Add verdicts to the log.

    Raises
    ------
    InputError, BusyError, OutputError
        As :meth:`Log.add`.
    """
    VERDICTS.add(folder, shown, [asdict(v) for v in verdicts])
