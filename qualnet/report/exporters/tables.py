"""Tables as CSV: UTF-8 with BOM for Excel, text of others inert against formulas."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from qualnet.comparison import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualnet.comparison import Study
    from qualnet.comparison.tables import TableRow
    from qualnet.files import Stage

__all__ = ["armoured", "write"]

# Columns whose text came from the input; what qualnet itself writes (signs, ids of its own
# vocabulary, numbers) stays as it is.
FOREIGN = frozenset(
    {"document", "place", "speaker_role", "coder", "quote", "comment", "condition", "hedge", "about_case"}
    | {"strength", "certainty", "source", "claim_id", "cause_coded", "effect_coded", "sources"}
    | {"case", "case_a", "case_b", "label_de", "label_en", "parent"}
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠")


def armoured(text: str) -> str:
    """Make a text that a spreadsheet would run as a formula plain text.

    Examples
    --------
    >>> armoured("=1+1"), armoured("Soest")
    ("'=1+1", 'Soest')
    """
    return f"'{text}" if text.startswith(DANGEROUS) else text


def write(study: Study, stage: Stage) -> None:
    """Write interactions, factors, evidence, loops and the comparison."""
    for name, columns, rows in (
        ("interactions", tables.INTERACTION_COLUMNS, tables.interaction_rows(study)),
        ("factors", tables.FACTOR_COLUMNS, tables.factor_rows(study)),
        ("evidence", tables.EVIDENCE_COLUMNS, tables.evidence_rows(study)),
        ("loops", tables.LOOP_COLUMNS, tables.loop_rows(study)),
        ("comparison", tables.COMPARISON_COLUMNS, tables.comparison_rows(study)),
    ):
        stage.write(f"tables/{name}.csv", "\ufeff" + _csv(columns, rows))


def _csv(columns: Sequence[str], rows: Iterable[TableRow]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([_cell(column, row[column]) for column in columns])
    return out.getvalue()


def _cell(column: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return armoured(text) if column in FOREIGN and isinstance(value, str) else text
