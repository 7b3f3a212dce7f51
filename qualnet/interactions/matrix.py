"""How often two codes stand together, by the matrix of a program; no passage stands behind its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.interactions._model import Meeting

if TYPE_CHECKING:
    from qualnet.interactions._model import Sources

__all__ = ["SUMMARY", "derive"]

SUMMARY = {
    "de": "Matrix: wie oft ein Programm zwei Codes zusammen fand; ohne Belege, zählt in keinem 'k von n'.",
    "en": "Matrix: how often a program found two codes together; no evidence, counted in no 'k of n'.",
}


def derive(sources: Sources, *, window: int = 0) -> list[Meeting]:  # noqa: ARG001 (one signature for all layers)
    """Note each pair of a matrix once, with its number.

    Returns
    -------
    list of Meeting
        Without segments, and of no interview: they rest on the word of a program alone.
    """
    found: list[Meeting] = []
    for row in sources.corpus.relations:
        if row.source_kind != "matrix" or row.direction != "none" or row.withdrawn:
            continue
        first, second = sorted((sources.common(row.from_id), sources.common(row.to_id)))
        if first != second:  # else codes that the comparison joins into one
            case = sources.case_of.get(row.document_id, "")
            found.append(
                Meeting(case, row.document_id, first, second, (), interview=False, n=int(row.strength))
            )
    return sorted(found, key=lambda m: (m.first, m.second, m.document_id, m.n))
