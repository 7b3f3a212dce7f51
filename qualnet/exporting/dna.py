"""A table like the one that the Discourse Network Analyzer writes of its statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.cells import armoured, csv_text

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.exporting import How

__all__ = ["SUMMARY", "write"]

SUMMARY = {
    "de": "Tabelle wie aus dem Discourse Network Analyzer: eine Zeile je Aussage, agreement 0: bestritten",
    "en": "table as of the Discourse Network Analyzer: one row per claim, agreement 0: denied",
}
COLUMNS = (
    *("statement_id", "time", "document_id", "document_title", "document_author", "document_source"),
    *("document_section", "document_notes", "document_type", "position", "person", "organization"),
    *("concept", "agreement", "cause", "effect", "sign", "text"),
)


def write(study: Study, how: How) -> dict[str, bytes]:
    """Give the claims; the concept is the interaction, whoever states it agrees or denies it."""
    rows = []
    for number, claim in enumerate(study.claims, start=1):
        document = study.documents.get(claim.document_id)
        start = next((f"{s.start}" for s in claim.segments if s.start is not None), "")
        concept = f"{claim.cause} -> {claim.effect} ({claim.sign})"
        row = [
            *(f"{number}", document.date if document else "", claim.document_id),
            *(document.name if document else claim.document_id, "", "", "", ""),
            *(document.kind if document else "", start, claim.role, study.case_name(claim.case_id), concept),
            *("0" if claim.denied else "1", claim.cause, claim.effect, claim.sign, claim.quote),
        ]
        # a sign is no formula; everything else came from somebody
        rows.append([cell if cell in {"+", "-"} else armoured(cell) for cell in row])
    return {f"{how.name}.dna.csv": csv_text(COLUMNS, rows).encode()}
