"""A form as a workbook: a page of help, a table with columns to fill in, drop-downs; and the way back."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from qualnet.cells import plain
from qualnet.files import write_file
from qualnet.forms.words import SHEETS, meaning
from qualnet.language import LANGUAGES
from qualnet.names import same_name
from qualnet.problems import Place, nearest
from qualnet.readers import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from qualnet.language import Language
    from qualnet.problems import Problems
    from qualnet.readers import Sheet

__all__ = ["Choice", "Filled", "Form", "read_form", "write_form"]

LONGEST = 32_000
"""Characters that a cell shows; Excel holds 32,767."""
LONG_AGO = dt.datetime(2020, 1, 1)  # noqa: DTZ001 (same input, same bytes; Excel knows no zones)

Choice: TypeAlias = tuple[tuple[str, ...], int, int, list[str]]
"""A drop-down: columns, first and last row, what it offers."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a form looks like.

    Attributes
    ----------
    help
        Lines for its first sheet.
    columns
        Columns of its table, with their names.
    asked
        Those that a person fills in.
    widths
        Widths of columns, in characters, where they are not 14.
    """

    help: dict[Language, str]
    columns: dict[str, dict[Language, str]]
    asked: tuple[str, ...]
    widths: dict[str, int]


def write_form(
    path: Path,
    form: Form,
    language: Language,
    rows: Sequence[dict[str, str]],
    choices: Iterable[Choice],
) -> None:
    """Write a form as a workbook.

    Parameters
    ----------
    path
        The file.
    form, language
        What it looks like.
    rows
        Column to text; what is missing stays empty.
    choices
        Drop-downs; a word of one's own stays possible, reading the form checks it.

    Raises
    ------
    OutputError
        When it cannot be written.
    """
    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": LONG_AGO})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    head = {"bold": True, "text_wrap": True, "valign": "top"}
    given = book.add_format(head | {"bg_color": "#e6e6e6"})
    asked = book.add_format(head | {"bg_color": "#fff2cc"})
    guide = book.add_worksheet(SHEETS["help"][language])
    guide.set_column(0, 0, 100, text)
    for i, line in enumerate(form.help[language].strip().splitlines()):
        guide.write_string(i, 0, line, text)
    work = book.add_worksheet(SHEETS["work"][language])
    columns = list(form.columns)
    for i, column in enumerate(columns):
        work.set_column(i, i, form.widths.get(column, 14), text)
        work.write_string(0, i, form.columns[column][language], asked if column in form.asked else given)
        for r, row in enumerate(rows, start=1):
            cell = row.get(column, "")
            work.write_string(r, i, cell if len(cell) <= LONGEST else cell[:LONGEST] + " [...]", text)
    work.freeze_panes(1, 1)
    work.autofilter(0, 0, len(rows), len(columns) - 1)
    lists = book.add_worksheet(SHEETS["lists"][language])
    lists.hide()
    for k, (named, first, last, offered) in enumerate(choices):
        for r, name in enumerate(offered):
            lists.write_string(r, k, name)
        letter = xlsxwriter.utility.xl_col_to_name(k)
        source = f"='{SHEETS['lists'][language]}'!${letter}$1:${letter}${len(offered)}"
        rule = {"validate": "list", "source": source, "error_type": "information"}
        for at in map(columns.index, named):
            work.data_validation(first, at, last, at, rule)
    work.activate()
    book.close()
    write_file(path, out.getvalue())


@dataclass(frozen=True)
class Filled:
    """The table of a form that came back."""

    form: Form
    shown: str
    sheet: Sheet
    columns: dict[str, int]
    problems: Problems
    armoured: bool

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Give each row with its number, a text for every column of the form."""
        for number, cells in self.sheet.rows:
            values = {c: cells[i] if i < len(cells) else "" for c, i in self.columns.items()}
            if self.armoured:
                values = {c: plain(cell) for c, cell in values.items()}
            yield number, dict.fromkeys(self.form.columns, "") | {c: v.strip() for c, v in values.items()}

    def place(self, number: int, column: str) -> Place:
        """Name a cell."""
        header = self.sheet.header[self.columns[column]] if column in self.columns else ""
        return Place(self.shown, sheet=self.sheet.name, row=number, column=header)

    def word(
        self, number: int, column: str, text: str, offered: dict[str, dict[Language, str]]
    ) -> str | None:
        """Give what a cell means of what is offered; nothing for an empty one, None for an unknown word."""
        found = meaning(offered, text) if text else ""
        if found is None:
            names = [named[language] for named in offered.values() for language in LANGUAGES]
            self.problems.add(
                self.place(number, column),
                "unknown-value",
                field=self.sheet.header[self.columns[column]],
                value=text,
                near=nearest(text, names),
                names=", ".join(names),
            )
        return found


def read_form(path: Path, form: Form, needed: set[str], problems: Problems) -> Filled | None:
    """Read a form back: a workbook, or its table as CSV.

    Parameters
    ----------
    path
        The file.
    form
        What it looked like.
    needed
        Columns by which its table is known.
    problems
        Where to note what is wrong.

    Returns
    -------
    Filled or None
        None when no table of the file is one of this form, or it cannot be read; it is noted.
    """
    source = Source(path, path.name)
    named = {
        same_name(name): column
        for column, names in form.columns.items()
        for name in (column, *(names[language] for language in LANGUAGES))
    }
    for sheet in source.sheets(problems):
        columns: dict[str, int] = {}
        for i, header in enumerate(sheet.header):
            if same_name(header) in named:
                columns.setdefault(named[same_name(header)], i)
        if needed <= columns.keys():
            # a page saves as CSV, in which text is armoured
            armoured = not source.is_spreadsheet
            return Filled(form, source.shown, sheet, columns, problems, armoured)
    if not problems.errors:
        problems.add(source.place, "no-claims-sheet")
    return None
