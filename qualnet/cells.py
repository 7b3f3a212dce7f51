"""Text in the cells of tables: no spreadsheet runs it as a formula, and it comes back as it was."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["armoured", "csv_text", "plain"]

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠")


def armoured(text: str) -> str:
    """Make a text that a spreadsheet would run as a formula plain text.

    Examples
    --------
    >>> armoured("=1+1"), armoured("Soest")
    ("'=1+1", 'Soest')
    """
    return f"'{text}" if text.startswith(DANGEROUS) else text


def plain(cell: str) -> str:
    """Give the text that :func:`armoured` made a cell of.

    Examples
    --------
    >>> plain(armoured("=1+1")), plain("'so' sagt er")
    ('=1+1', "'so' sagt er")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table as CSV: LF, and a BOM so that Excel reads its umlauts."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(columns)
    table.writerows(rows)
    return "\ufeff" + out.getvalue()
