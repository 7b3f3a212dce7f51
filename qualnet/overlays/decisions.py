"""Decisions about passages: a claim, no claim, or a claim withdrawn. The file is `claims.csv`."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from qualnet.corpus.rows import NOWHERE
from qualnet.names import only_words
from qualnet.overlays._log import Log
from qualnet.problems import nearest
from qualnet.readers._claims import claim_facts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qualnet.problems import Place, Problems

__all__ = [
    "DECISIONS",
    "SAID",
    "Answer",
    "Decision",
    "add_decisions",
    "latest",
    "passage_id",
    "read_decisions",
]

Answer: TypeAlias = Literal["claim", "none", "withdrawn"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)

SAID = (
    "cause",
    "effect",
    "sign",
    "status",
    "denied",
    "about_case",
    "condition",
    "hedge",
    "certainty",
    "memo",
)
"""What a claim says."""

DECISIONS = Log(
    "claims.csv",
    ("id", "who", "when", "why", "answer", "document", "paragraph", "quote", *SAID),
    ("id", "who", "when", "answer", "document"),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided about one passage; a passage may hold several claims.

    Attributes
    ----------
    id
        The passage, a hyphen, and a number: ``7f3a91c2-1``.
    who, when, why
        Who decided, at which time (ISO 8601, UTC), and for which reason.
    answer
        ``claim``; ``none``: the passage states no cause and effect; ``withdrawn``: not any more.
    document, paragraph, quote
        Where the passage stands, by which it is found again in a newer export.
    cause, effect, sign, status, denied, about_case, condition, hedge, certainty, memo
        The claim, in the words of our tables.
    """

    id: str
    who: str
    when: str
    answer: Answer
    document: str
    why: str = ""
    paragraph: str = ""
    quote: str = ""
    cause: str = ""
    effect: str = ""
    sign: str = ""
    status: str = ""
    denied: str = ""
    about_case: str = ""
    condition: str = ""
    hedge: str = ""
    certainty: str = ""
    memo: str = ""
    place: Place = NOWHERE

    @property
    def claim_id(self) -> str:
        """The id that the page shows: two people may decide about one passage."""
        return f"{self.id}/{self.who}"

    @property
    def said(self) -> tuple[str, ...]:
        """What was decided, apart from when, why and where."""
        facts = asdict(self)
        return (self.answer, *(facts[c] for c in SAID))


def passage_id(document: str, quote: str, nth: int = 0) -> str:
    """Give the id of a passage: of its document and words, whatever else changes there.

    Parameters
    ----------
    document
        Id of the document.
    quote
        Its words.
    nth
        How many passages of the document with the same words stand before it.

    Examples
    --------
    >>> passage_id("B3", "Es fehlt Geld.") == passage_id("B3", "es  fehlt Geld")
    True
    """
    words = f"{document}\0{only_words(quote)}\0{nth or ''}"
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def read_decisions(folder: Path, shown: str, problems: Problems) -> list[Decision]:
    """Read all decisions ever made, in their order.

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
    for place, values in DECISIONS.read(folder, shown, problems):
        answer = next((a for a in ANSWERS if a == values["answer"]), None)
        if answer is None:
            problems.add(
                place.at(column="answer"),
                "unknown-value",
                field="answer",
                value=values["answer"],
                near=nearest(values["answer"], ANSWERS),
                names=", ".join(ANSWERS),
            )
        facts = claim_facts(values, lambda column, place=place: place.at(column=column), problems)  # type: ignore[misc]
        if answer and facts is not None:
            found.append(Decision(**{**values, "answer": answer}, place=place))  # type: ignore[arg-type]
    return found


def latest(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Give for each claim id what was decided last."""
    return {decision.claim_id: decision for decision in decisions}


def add_decisions(folder: Path, shown: str, decisions: Iterable[Decision]) -> None:
    """Add decisions to the log.

    Raises
    ------
    InputError, BusyError, OutputError
        As :meth:`Log.add`.
    """
    DECISIONS.add(folder, shown, [asdict(d) for d in decisions])
