"""What people of a city said about its network (kommunikative Validierung). The file is `feedback.csv`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from qualnet.corpus.rows import NOWHERE
from qualnet.names import same_name
from qualnet.overlays._log import Log
from qualnet.problems import nearest
from qualnet.readers._words import sign_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qualnet.codebook import Codebook
    from qualnet.problems import Place, Problems

__all__ = ["FEEDBACK", "Feedback", "Opinion", "add_feedback", "latest_feedback", "read_feedback"]

Opinion: TypeAlias = Literal["agree", "disagree", "unsure", "missing"]
OPINIONS: tuple[Opinion, ...] = get_args(Opinion)

FEEDBACK = Log(
    "feedback.csv",
    ("id", "when", "date", "role", "case", "cause", "effect", "sign", "answer", "note"),
    ("id", "when", "case", "cause", "effect", "answer"),
)


@dataclass(frozen=True, slots=True)
class Feedback:
    """One answer about one arrow, of one form that came back.

    Attributes
    ----------
    id
        The form, not the person.
    when
        When it was read (ISO 8601, UTC).
    date, role
        Of the meeting, and of who filled the form in, as far as they were given.
    case, cause, effect, sign
        The arrow: ids of the common codebook.
    answer
        ``agree``, ``disagree``, ``unsure``, or ``missing``: an arrow that the network lacks.
    """

    id: str
    when: str
    case: str
    cause: str
    effect: str
    answer: Opinion
    date: str = ""
    role: str = ""
    sign: str = ""
    note: str = ""
    place: Place = NOWHERE

    @property
    def about(self) -> tuple[str, str, str, str]:
        """What the answer is about: a later one of the same form takes its place."""
        return self.id, self.case, self.cause, self.effect


def read_feedback(
    folder: Path, shown: str, codebook: Codebook, cases: dict[str, str], problems: Problems
) -> list[Feedback]:
    """Read all answers, in their order.

    Parameters
    ----------
    folder
        The folder of overlays.
    shown
        How problems name it.
    codebook
        The common codebook; old names of its codes are understood.
    cases
        Name or id of a case, in comparable form, to its id.
    problems
        Where to note what is wrong.
    """
    found = []
    names = codebook.names()
    for place, values in FEEDBACK.read(folder, shown, problems):
        before = len(problems.errors)
        answer = next((o for o in OPINIONS if o == values["answer"]), None)
        if answer is None:
            near, all_ = nearest(values["answer"], OPINIONS), ", ".join(OPINIONS)
            at = place.at(column="answer")
            problems.add(at, "unknown-value", field="answer", value=values["answer"], near=near, names=all_)
        for column in ("cause", "effect"):
            code = names.get(same_name(values[column]))
            if code is None:
                near = nearest(values[column], codebook.spellings())
                at = place.at(column=column)
                problems.add(at, "unknown-code", what="code", code=values[column], near=near)
            values[column] = code or ""
        case = cases.get(same_name(values["case"]))
        if case is None:
            problems.add(place.at(column="case"), "no-such-case", case=values["case"], near="")
        if sign_of(values["sign"]) is None:
            problems.add(place.at(column="sign"), "unknown-sign", value=values["sign"])
        if answer and case and len(problems.errors) == before:
            found.append(Feedback(**{**values, "case": case, "answer": answer}, place=place))  # type: ignore[arg-type]
    return found


def latest_feedback(answers: Iterable[Feedback]) -> list[Feedback]:
    """Give what each form says last about each arrow."""
    return list({a.about: a for a in answers}.values())


def add_feedback(folder: Path, shown: str, answers: Iterable[Feedback]) -> None:
    """Add answers to the log.

    Raises
    ------
    InputError, BusyError, OutputError
        As :meth:`Log.add`.
    """
    FEEDBACK.add(folder, shown, [asdict(a) for a in answers])
