"""Propose what the columns of an unknown table mean, as a mapping file that the researcher corrects."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qualnet.codebook.start import quoted
from qualnet.problems import InputError, OutputError, Place, Problem, Problems, nearest
from qualnet.readers import Source
from qualnet.readers._mapping import ENDING, layouts
from qualnet.readers._words import COLUMNS, column_of, sign_of

if TYPE_CHECKING:
    from pathlib import Path

    from qualnet.language import Language
    from qualnet.readers import Sheet
    from qualnet.readers._mapping import TableKind

__all__ = ["Proposal", "propose_mapping"]

NEEDED: dict[TableKind, tuple[str, ...]] = {
    "segments": ("document", "code", "quote"),
    "claims": ("document", "cause", "effect"),
    "paragraphs": ("document", "text"),
    "documents": ("document",),
    "matrix": (),
}
LONG = 40
"""Characters: cells that are longer on average are quotes."""
SHORT = 60
MOST_SIGNS = 6
WORDS: dict[str, dict[Language, str]] = {
    "head": {
        "de": "Was die Spalten von {name} bedeuten. Nach dem Ändern: qualnet import {name} --dry-run",
        "en": "What the columns of {name} mean. After a change: qualnet import {name} --dry-run",
    },
    "kinds": {
        "de": "segments (Textstellen), claims (Wirkungsaussagen), paragraphs, documents, matrix",
        "en": "segments, claims, paragraphs, documents, matrix",
    },
    "near": {"de": "ähnlicher Name: bitte prüfen", "en": "a similar name: please check"},
    "values": {
        "de": "nach den Werten geraten: bitte prüfen",
        "en": "guessed from its values: please check",
    },
    "needed": {"de": "nötig: welche Spalte?", "en": "needed: which column?"},
    "unused": {"de": "nicht gelesen", "en": "not read"},
    "fields": {"de": "Mögliche Felder: {names}", "en": "Possible fields: {names}"},
    "signs": {
        "de": 'Welches Vorzeichen ist gemeint? "+", "-", "ambivalent" oder "unstated"',
        "en": 'Which sign is meant? "+", "-", "ambivalent" or "unstated"',
    },
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping file to be written.

    Attributes
    ----------
    path
        Where it belongs: beside the table.
    open_fields
        What no column could be found for, as ``sheet: field`` or ``field``.
    guessed
        Headers of columns to look at, for their field was guessed.
    signs
        Words in a column of signs of which nobody has said yet what they mean.
    """

    path: Path
    text: str
    open_fields: tuple[str, ...]
    guessed: tuple[str, ...]
    signs: tuple[str, ...]


def propose_mapping(file: Path, language: Language) -> Proposal:
    """Propose a mapping file for a table; nothing is written.

    Fields are found by the names of columns, else by similar names, else by what stands in them.

    Raises
    ------
    InputError
        When it is no table that can be read.
    OutputError
        When there is a mapping file already; it may hold somebody's work.
    """
    target = file.with_name(file.name + ENDING)
    if target.exists():
        raise OutputError(Problem(Place(target.name), "exists-already"))
    problems, source = Problems(), Source(file, file.name)
    sheets = source.sheets(problems) if source.is_spreadsheet or source.is_text else []
    if not sheets and not problems.errors:
        problems.add(source.place, "no-table")
    if problems.errors:
        raise InputError(*problems)
    found = [_Guess(sheet, layout.holds) for sheet, layout in layouts(source, sheets, {}, problems)]
    lines = [f"# {WORDS['head'][language].format(name=file.name)}", "format: 1", "tables:"]
    for guess in found:
        lines += guess.lines(language)
    open_fields = tuple(f"{g.sheet.name}: {x}" if g.sheet.name else x for g in found for x in g.missing)
    guessed = tuple(h for g in found for h, why in g.why.items() if why)
    signs = tuple(word for g in found for word in g.words)
    return Proposal(target, "\n".join(lines) + "\n", open_fields, guessed, signs)


class _Guess:
    """What the columns of one sheet seem to mean."""

    def __init__(self, sheet: Sheet, holds: TableKind | None) -> None:
        self.sheet = sheet
        self.values = [self._column(i) for i in range(len(sheet.header))]
        self.fields: dict[str, int] = {}
        self.why: dict[str, str] = {}
        for i, header in enumerate(sheet.header):
            self._take(column_of(header), i, "")
        if holds != "matrix":
            for i in self._free():
                self._take(column_of(nearest(sheet.header[i], _NAMES)), i, "near")
            self._by_values()
        self.holds: TableKind = holds or self._holds()
        self.missing = [x for x in NEEDED[self.holds] if x not in self.fields]

    def _column(self, i: int) -> list[str]:
        return [cells[i].strip() for _, cells in self.sheet.rows if i < len(cells) and cells[i].strip()]

    def _take(self, field: str | None, column: int, why: str) -> None:
        if field and field not in self.fields and column not in self.fields.values():
            self.fields[field] = column
            self.why[self.sheet.header[column]] = why

    def _free(self) -> list[int]:
        taken = self.fields.values()
        return [
            i for i, header in enumerate(self.sheet.header) if header and i not in taken and self.values[i]
        ]

    def _by_values(self) -> None:
        for i in self._free():
            said = {sign_of(text) for text in self.values[i]}
            in_words = not all(text.isdecimal() for text in self.values[i])  # else it may count something
            if said & {"+", "-"} and None not in said and in_words:
                self._take("sign", i, "values")
        long = [i for i in self._free() if self._length(i) >= LONG]
        if long and not self.fields.keys() & {"quote", "text"}:
            self._take("quote", max(long, key=self._length), "values")
        for field in ("document", "code"):
            again = [i for i in self._free() if len(set(self.values[i])) < len(self.values[i])]
            short = [i for i in again if self._length(i) < SHORT]
            if short and not (field == "code" and self.fields.keys() & {"cause", "effect"}):
                self._take(field, short[0], "values")

    def _length(self, i: int) -> float:
        return sum(map(len, self.values[i])) / len(self.values[i])

    def _holds(self) -> TableKind:
        if self.fields.keys() & {"cause", "effect"}:
            return "claims"
        return "paragraphs" if "text" in self.fields and "code" not in self.fields else "segments"

    def lines(self, language: Language) -> list[str]:
        """Write the sheet's part of the file."""
        said = {name: words[language] for name, words in WORDS.items()}
        start = f"  - sheet: {quoted(self.sheet.name)}\n    " if self.sheet.name else "  - "
        lines = [f"{start}holds: {self.holds}  # {said['kinds']}"]
        if self.holds == "matrix":
            return lines
        lines.append("    columns:" if self.fields else "    columns: {}")
        for field, column in self.fields.items():
            header = self.sheet.header[column]
            why = self.why[header]
            lines.append(f"      {field}: {quoted(header)}" + (f"  # {said[why]}" if why else ""))
        lines += [f"      # {field}:  # {said['needed']}" for field in self.missing]
        unread = [quoted(h) for i, h in enumerate(self.sheet.header) if h and i not in self.fields.values()]
        if unread:
            lines.append(f"      # {said['unused']}: {', '.join(unread)}")
        lines.append(f"      # {said['fields'].format(names=', '.join(COLUMNS))}")
        return lines + self._signs(said["signs"])

    def _signs(self, question: str) -> list[str]:
        if not self.words:
            return []
        return [
            f"    # {question}",
            "    signs:",
            *(f"      {quoted(word)}: unstated" for word in self.words),
        ]

    @cached_property
    def words(self) -> list[str]:
        """What stands in the column of signs and means none that we know; nothing where it is anything."""
        words = dict.fromkeys(self.values[self.fields["sign"]]) if "sign" in self.fields else {}
        unknown = [word for word in words if sign_of(word) is None]
        return unknown if len(unknown) <= MOST_SIGNS else []


_NAMES = [name for names in COLUMNS.values() for name in names]
