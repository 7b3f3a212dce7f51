"""Tables without the rows of one document; what is left of a text stays, byte for byte."""

from __future__ import annotations

import datetime as dt
import io
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from qualnet.names import same_name
from qualnet.readers._source import cell_text, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qualnet.problems import Problems
    from qualnet.readers._source import Sheet, Source

__all__ = ["encoding_of", "is_of", "rows_where", "without_rows"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def is_of(text: str, document_id: str) -> bool:
    """Tell whether a cell names a document."""
    return same_name(text) == same_name(document_id)


def rows_where(
    sheets: Iterable[Sheet], column: Callable[[Sheet], int | None], document_id: str
) -> dict[str, set[int]]:
    """Give the rows of each sheet whose cell in a column names a document; sheets without one have none."""
    found: dict[str, set[int]] = {}
    for sheet in sheets:
        at = column(sheet)
        if at is not None:
            found[sheet.name] = {
                n for n, cells in sheet.rows if at < len(cells) and is_of(cells[at], document_id)
            }
    return found


def without_rows(
    source: Source,
    gone: Mapping[str, set[int]],
    problems: Problems,
    *,
    keep_header: bool = False,
    keep_numbers: bool = False,
) -> bytes:
    """Give a table's file without some rows; some row of another document is left.

    A text keeps all other bytes. A workbook is written anew with its values alone: formats,
    formulas, comments, pictures and properties are not in it, so that nothing is hidden there.

    Parameters
    ----------
    source
        The file.
    gone
        Sheet to the numbers of its rows that go.
    problems
        Where to note that it cannot be done with certainty.
    keep_header
        A sheet whose rows all go stays, with its header; else it goes as well.
    keep_numbers
        Leave blank rows, for the other rows are called by their numbers.

    Returns
    -------
    bytes
        The file's own when no row goes.
    """
    if not any(gone.values()):
        return source.path.read_bytes()
    empty = {
        sheet.name
        for sheet in source.sheets(problems)
        if gone.get(sheet.name, set()) >= {n for n, _ in sheet.rows}
    }
    if source.is_spreadsheet:
        if source.kind == "xls":
            problems.add(source.place, "cannot-forget", why="old Excel")
            return source.path.read_bytes()
        left_out = set() if keep_header else empty & {n for n, r in gone.items() if r}
        return _workbook(source, gone, left_out, problems, keep_numbers=keep_numbers)
    return _text(source, gone.get("", set()), problems, keep_numbers=keep_numbers)


def encoding_of(raw: bytes) -> str:
    """Give the encoding as which bytes are read, with which they can be written again."""
    for bom, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(bom):
            return encoding
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _text(source: Source, gone: set[int], problems: Problems, *, keep_numbers: bool) -> bytes:
    raw = source.path.read_bytes()
    encoding = encoding_of(raw)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        problems.add(source.place, "cannot-forget", why="encoding")
        return raw
    lines = _LINE.findall(text)
    # records are counted as the reader counts them: without a BOM, every kind of line end is one
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cut = {n for r in records(plain) if r.line in gone for n in range(r.line, r.end)}
    ends = [line[len(line.rstrip("\r\n")) :] if keep_numbers else "" for line in lines]
    kept = (ends[n - 1] if n in cut else line for n, line in enumerate(lines, start=1))
    return "".join(kept).encode(encoding)


def _workbook(
    source: Source,
    gone: Mapping[str, set[int]],
    left_out: set[str],
    problems: Problems,
    *,
    keep_numbers: bool,
) -> bytes:
    import xlsxwriter  # noqa: PLC0415
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415
    from xlsxwriter.exceptions import XlsxWriterException  # noqa: PLC0415

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        old = CalamineWorkbook.from_path(str(source.path))
        with xlsxwriter.Workbook(buffer, options) as book:
            book.set_properties({"created": EPOCH})
            for name in old.sheet_names:
                if name in left_out:
                    continue
                sheet = old.get_sheet_by_name(name)
                top, left = sheet.start or (0, 0)
                table = book.add_worksheet(name)
                rows = [
                    (top + i, row)
                    for i, row in enumerate(sheet.to_python(skip_empty_area=True))
                    if top + i + 1 not in gone.get(name, set())
                ]
                removed = [] if keep_numbers else sorted(gone.get(name, set()))
                for at, row in rows:
                    up = bisect_right(removed, at)
                    for column, cell in enumerate(row, start=left):
                        _write(table, at - up, column, cell)
    except (CalamineError, XlsxWriterException, OSError, ValueError, TypeError) as error:
        problems.add(source.place, "cannot-forget", why=str(error))
    return buffer.getvalue()


def _write(table: object, row: int, column: int, cell: object) -> None:
    if isinstance(cell, bool):
        table.write_boolean(row, column, cell)  # type: ignore[attr-defined]
    elif isinstance(cell, int | float):
        table.write_number(row, column, cell)  # type: ignore[attr-defined]
    elif text := cell_text(cell):
        table.xls_strmax = max(table.xls_strmax, len(text))  # type: ignore[attr-defined]
        table.write_string(row, column, text)  # type: ignore[attr-defined]
