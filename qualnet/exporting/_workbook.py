"""Workbooks in which every cell is text: nothing runs as a formula, and nothing is cut."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from qualnet.codebook.exchange import LONG_AGO, LONGEST
from qualnet.problems import OutputError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["workbook"]


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Write tables as a workbook, the first row of each as its header.

    Raises
    ------
    OutputError
        When a text is longer than a cell can hold; it is never cut.
    """
    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": LONG_AGO})
    text = book.add_format({"num_format": "@"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if len(cell) > LONGEST:
                    limit = (("what", f"'{rows[0][c]}'"), ("limit", f"{LONGEST}"))
                    raise OutputError(Problem(Place(name, row=r + 1), "too-large", limit))
                sheet.write_string(r, c, cell, text)
        sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
