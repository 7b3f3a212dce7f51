"""Where something is wrong, what is wrong, and how to put it right.

Reading goes on after a problem, so that all problems of a file are shown at once.
What each rule says, in German and in English, stands in :mod:`qualnet.rules`.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, NoReturn

from qualnet.rules import RULES, WORDED, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualnet.language import Language
    from qualnet.rules import Severity

__all__ = [
    "BusyError",
    "InputError",
    "OutputError",
    "Place",
    "PrivacyError",
    "Problem",
    "Problems",
    "QualnetError",
    "UnknownNameError",
    "UsageError",
    "nearest",
]


LISTED = 8


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in an input file, as editors and spreadsheets name it.

    ``line`` and ``position`` belong to text files, ``sheet``, ``row`` and ``column`` to
    tables, ``element`` to everything else (an XML element, a member of an archive).
    """

    file: str
    sheet: str = ""
    line: int = 0
    position: int = 0
    row: int = 0
    column: str = ""
    element: str = ""

    def text(self, language: Language = "en") -> str:
        """Name the place, e.g. ``codings.xlsx, sheet Soest, row 17, column Code``."""
        words = _WORDS[language]
        if self.line:
            return f"{self.file}:{self.line}" + (f":{self.position}" if self.position else "")
        parts = [self.file]
        if self.sheet:
            parts.append(f"{words['sheet']} {self.sheet}")
        if self.row:
            parts.append(f"{words['row']} {self.row}")
        if self.column:
            parts.append(f"{words['column']} {self.column}")
        if self.element:
            parts.append(self.element)
        return ", ".join(parts)

    def __str__(self) -> str:
        return self.text()

    def at(self, *, column: str = "", element: str = "") -> Place:
        """Give the same place, one step closer."""
        return replace(self, column=column or self.column, element=element or self.element)


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "sheet": "sheet",
        "row": "row",
        "column": "column",
        "near": "did you mean '{}'?",
        "more": "and {} more",
    },
    "de": {
        "sheet": "Blatt",
        "row": "Zeile",
        "column": "Spalte",
        "near": "meinten Sie '{}'?",
        "more": "und {} weitere",
    },
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input; ``rule`` is a stable name with a docs page."""

    place: Place
    rule: str
    values: tuple[tuple[str, str | Place], ...] = ()

    @property
    def severity(self) -> Severity:
        """``error`` or ``warning``."""
        return RULES[self.rule].severity

    def message(self, language: Language = "en") -> str:
        """Say what was found and what was expected."""
        return RULES[self.rule].message[language].format_map(self._worded(language))

    def hint(self, language: Language = "en") -> str:
        """Say what to do; empty where the message says it all."""
        values = self._worded(language)
        if values.get("near"):
            return _WORDS[language]["near"].format(values["near"])
        return RULES[self.rule].hint[language].format_map(values)

    def _worded(self, language: Language) -> dict[str, str]:
        """Give the values, with qualnet's own words in the language."""

        def worded(value: str) -> str:
            return WORDS[value][language] if value in WORDS else value

        said = {k: v.text(language) if isinstance(v, Place) else v for k, v in self.values}
        values = {name: worded(value) if name in WORDED else value for name, value in said.items()}
        if "missing" in values:
            values["missing"] = ", ".join(map(worded, values["missing"].split(", ")))
        if "\n" in values.get("names", ""):
            values["names"] = _lines(values["names"].split("\n"), language)
        return values

    def text(self, language: Language = "en") -> str:
        """Write the problem on one line, the hint indented on a second."""
        line = f"{self.place.text(language)}: {self.rule}: {self.message(language)}"
        hint = self.hint(language)
        return f"{line}\n    {hint}" if hint else line

    def __str__(self) -> str:
        return self.text()


def _lines(names: list[str], language: Language) -> str:
    """Write long names on a line each, not too many of them."""
    more = [_WORDS[language]["more"].format(len(names) - LISTED)] if len(names) > LISTED else []
    return "".join(f"\n      {name}" for name in [*names[:LISTED], *more])


class QualnetError(Exception):
    """Base of everything that qualnet raises on purpose.

    Parameters
    ----------
    problems
        What went wrong; the message lists them all.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class UsageError(QualnetError):
    """A command was called in a way that cannot be meant."""

    exit_code = 2


class UnknownNameError(UsageError, LookupError):
    """A reader, layer, measure or exporter of that name is not installed."""


class InputError(QualnetError):
    """An input could not be used; carries every problem found."""

    exit_code = 3


class BusyError(QualnetError):
    """Another build is writing the same outputs."""

    exit_code = 4


class OutputError(QualnetError):
    """The outputs cannot be written; the old ones are untouched."""

    exit_code = 5


class PrivacyError(QualnetError):
    """An output would carry something that must not leave the project."""

    exit_code = 6


@dataclass(slots=True)
class Problems:
    """Collects problems while reading goes on."""

    found: list[Problem] = field(default_factory=list)

    def add(self, place: Place, rule: str, **values: object) -> None:
        """Note a problem and go on.

        Parameters
        ----------
        place
            Where it is.
        rule
            A name of :data:`qualnet.rules.RULES`, which also tells the severity.
        **values
            What the rule's message names. ``near`` is the nearest right word, or ``""``.
        """
        named = tuple((k, v if isinstance(v, Place) else str(v)) for k, v in values.items())
        problem = Problem(place, rule, named)
        if problem not in self.found:
            self.found.append(problem)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self.found, key=lambda p: (p.place, p.rule, p.values)))

    def __len__(self) -> int:
        return len(self.found)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build, in the order of their places."""
        return tuple(p for p in self if p.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that a build only reports."""
        return tuple(p for p in self if p.severity == "warning")

    def stop_on_errors(self) -> None:
        """Raise when there are errors.

        Raises
        ------
        InputError
            With everything found so far, warnings included.
        """
        if self.errors:
            self.fail()

    def fail(self) -> NoReturn:
        """Raise everything found so far."""
        raise InputError(*self)


def nearest(word: str, words: Iterable[str]) -> str:
    """Give the right word that was most likely meant, or nothing.

    Examples
    --------
    >>> nearest("resouces", ["resources", "strategy"])
    'resources'
    """
    known = {w.casefold(): w for w in words}
    close = difflib.get_close_matches(word.casefold(), known, 1)
    return known[close[0]] if close else ""
