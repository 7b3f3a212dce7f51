"""Matrices of codes against codes: who acts on whom, with a sign, or how often two were coded together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualnet.corpus import CodeRow, Corpus, Document, Issue, Relation
from qualnet.names import same_name
from qualnet.problems import Place
from qualnet.readers._words import sign_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qualnet.corpus.rows import Sign
    from qualnet.problems import Problems
    from qualnet.readers._source import Sheet, Source

__all__ = ["OPTION", "is_matrix", "matrix_options", "read_matrix"]

OPTION = "matrix"
MEANINGS = ("claims", "interview", "counts")
"""``claims``: rows act on columns; ``interview``: the same, and it is what one interview says;
``counts``: how often two codes were coded together."""
TOTALS = {"sum", "summe", "total", "gesamt", "suma", "razem", "somme", "∑", "σ", "n", "insgesamt"}
BULLET = "●○•◦ \t\n"
_COUNTED = re.compile(r"\s+Gr=\d+.*$", re.DOTALL)
LEAST = 2
Words = Literal["claims", "interview", "counts"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: row and column as they are called, its text, and where it stands."""

    row: str
    column: str
    text: str
    place: Place

    @property
    def number(self) -> float | None:
        """Its number, with a decimal comma or a point."""
        try:
            return float(self.text.replace("−", "-").replace(",", "."))
        except ValueError:
            return None


def is_matrix(sheet: Sheet) -> bool:
    """Tell whether the names of the rows are those of the columns, and each cell is a number or a sign."""
    columns = {same_name(_named(name)) for name in sheet.header[1:] if name} - TOTALS
    rows = {same_name(_named(cells[0])) for _, cells in sheet.rows if cells} - TOTALS - {""}
    if len(rows) < LEAST or not (rows <= columns or columns <= rows) or len(columns) < LEAST:
        return False
    found = list(_cells(sheet, Place("")))
    return bool(found) and all(c.number is not None or sign_of(c.text) is not None for c in found)


def matrix_options(source: Source, options: Mapping[str, str], problems: Problems) -> str:
    """Give what a matrix means, if an option says so."""
    value = options.get(OPTION, "")
    if value and value not in MEANINGS:
        problems.add(source.place, "unknown-value", field=OPTION, value=value, names=", ".join(MEANINGS))
        return ""
    return value


def read_matrix(
    source: Source, sheet: Sheet, name: str, meaning: str, corpus: Corpus, problems: Problems
) -> None:
    """Read one matrix into the corpus.

    What is symmetric and has no negative number counts how often two codes were coded together;
    anything else says that rows act on columns. Half a symmetric matrix may be either, so it is not
    guessed. A positive number is a sign only where signs stand as well: a matrix of ones states none.

    Parameters
    ----------
    source, sheet
        The file, and the table of it.
    name
        How the document is called.
    meaning
        One of :data:`MEANINGS`, or nothing: the numbers tell.
    corpus
        Where the rows go. The matrix is a document of its own, whose kind `matrix` is no interview.
    problems
        Where to note what is wrong.
    """
    place = Place(source.shown, sheet=sheet.name)
    cells = [c for c in _cells(sheet, place) if c.number != 0]
    for cell in cells:
        if cell.number is None and sign_of(cell.text) is None:
            problems.add(cell.place, "unknown-sign", value=cell.text)
    sound = [c for c in cells if c.number is not None or sign_of(c.text) is not None]
    if not sound:
        problems.add(place, "no-rows")
        return
    meaning = meaning or _meaning(sound, sheet)
    if not meaning:
        problems.add(place, "matrix-unclear")
        return
    pairs = {frozenset((c.row, c.column)) for c in sound if c.row != c.column}
    for cell in sound if meaning == "counts" else ():
        if cell.number is None or cell.number < 0 or not cell.number.is_integer():
            problems.add(cell.place, "not-a-number", value=cell.text, what="count")
    sound = [c for c in sound if meaning != "counts" or (c.number and c.number > 0 and c.number.is_integer())]
    codes = {c.row: c.place for c in sound} | {c.column: c.place for c in sound}
    corpus.codes.extend(CodeRow(code, code, place=at) for code, at in sorted(codes.items()))
    kind = "interview" if meaning == "interview" else "matrix"
    corpus.documents.append(Document(name, name, kind, place=place))
    rows = list(_counts(name, sound) if meaning == "counts" else _claims(name, sound))
    corpus.relations.extend(rows)
    if meaning == "counts":
        corpus.issues.append(Issue(source.shown, "relations", len(pairs), len(rows)))
        problems.add(place, "without-evidence", n=len(rows))
    else:
        corpus.issues.append(Issue(source.shown, "claims", len(cells), len(rows)))
        if meaning == "claims":
            problems.add(place, "matrix-not-counted", n=len(rows))


def _cells(sheet: Sheet, place: Place) -> Iterator[Cell]:
    for number, cells in sheet.rows:
        row = _named(cells[0]) if cells else ""
        if not row or same_name(row) in TOTALS:
            continue
        for header, text in zip(sheet.header[1:], cells[1:], strict=False):
            column = _named(header)
            if column and text.strip() and same_name(column) not in TOTALS:
                at = Place(place.file, sheet=sheet.name, row=number, column=header)
                yield Cell(row, column, text.strip(), at)


def _named(text: str) -> str:
    """Give the name of a code: ATLAS.ti sets a dot before it and how often it was given behind it."""
    return _COUNTED.sub("", text).strip(BULLET)


def _meaning(cells: list[Cell], sheet: Sheet) -> str:
    numbers = {(same_name(c.row), same_name(c.column)): c.number for c in cells if c.row != c.column}
    if any(n is None or n < 0 for n in numbers.values()):
        return "claims"
    if all(numbers.get((b, a)) == n for (a, b), n in numbers.items()):
        return "counts"
    order = {same_name(_named(name)): i for i, name in enumerate(sheet.header)}
    below = {order.get(a, 0) > order.get(b, 0) for a, b in numbers}
    return "" if len(below) == 1 else "claims"


def _claims(name: str, cells: list[Cell]) -> Iterator[Relation]:
    signed = any(c.number is None or c.number < 0 for c in cells)
    for cell in cells:
        sign: Sign = "unstated"
        if cell.number is None:
            sign = sign_of(cell.text) or "unstated"
        elif signed:
            sign = "+" if cell.number > 0 else "-"
        strength = "" if cell.number is None or abs(cell.number) == 1 else cell.text
        yield Relation(
            f"{name}/{cell.row}>{cell.column}",
            cell.row,
            cell.column,
            sign=sign,
            strength=strength,
            source_kind="matrix",
            document_id=name,
            place=cell.place,
        )


def _counts(name: str, cells: list[Cell]) -> Iterator[Relation]:
    """Give each pair once, with its number; how often a code was given at all is no relation."""
    seen = set()
    for cell in cells:
        pair = frozenset((same_name(cell.row), same_name(cell.column)))
        if pair in seen or len(pair) == 1:
            continue
        seen.add(pair)
        yield Relation(
            f"{name}/{cell.row}-{cell.column}",
            cell.row,
            cell.column,
            direction="none",
            strength=str(int(cell.number or 0)),
            source_kind="matrix",
            document_id=name,
            place=cell.place,
        )
