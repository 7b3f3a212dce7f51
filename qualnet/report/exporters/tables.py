"""Tables as CSV: UTF-8 with BOM for Excel, text of others inert against formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.cells import armoured, csv_text
from qualnet.comparison import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualnet.comparison import Study
    from qualnet.comparison.tables import TableRow
    from qualnet.files import Stage

__all__ = ["table_text", "write"]

# Columns whose text came from the input; what qualnet itself writes (signs, ids of its own
# vocabulary, numbers) stays as it is.
FOREIGN = frozenset(
    {"document", "place", "speaker_role", "coder", "quote", "comment", "condition", "hedge", "about_case"}
    | {"strength", "certainty", "source", "claim_id", "cause_coded", "effect_coded", "sources"}
    | {"roles", "dates", "case", "case_a", "case_b", "label_de", "label_en", "parent"}
)


def write(study: Study, stage: Stage) -> None:
    """Write interactions, factors, evidence, loops, the comparison, and feedback where there is some."""
    for name, columns, rows in (
        ("interactions", tables.INTERACTION_COLUMNS, tables.interaction_rows(study)),
        ("factors", tables.FACTOR_COLUMNS, tables.factor_rows(study)),
        ("evidence", tables.EVIDENCE_COLUMNS, tables.evidence_rows(study)),
        ("loops", tables.LOOP_COLUMNS, tables.loop_rows(study)),
        ("comparison", tables.COMPARISON_COLUMNS, tables.comparison_rows(study)),
    ):
        stage.write(f"tables/{name}.csv", table_text(columns, rows))
    if study.feedback:
        text = table_text(tables.FEEDBACK_COLUMNS, tables.feedback_rows(study))
        stage.write("tables/feedback.csv", text)


def table_text(columns: Sequence[str], rows: Iterable[TableRow]) -> str:
    """Write the rows of a table as CSV."""
    return csv_text(columns, ([_cell(column, row[column]) for column in columns] for row in rows))


def _cell(column: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return armoured(text) if column in FOREIGN and isinstance(value, str) else text
