"""Co-occurrence: two codes in the same paragraph (in an interview: the same turn)."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualnet.corpus import Segment
    from qualnet.interactions._model import Meeting, Sources

__all__ = ["SUMMARY", "derive"]

SUMMARY = {
    "de": "Gemeinsames Vorkommen: zwei Codes im selben Absatz (im Interview: im selben Redebeitrag).",
    "en": "Co-occurrence: two codes in the same paragraph (in an interview: the same turn).",
}


def derive(sources: Sources, *, window: int = 0) -> list[Meeting]:  # noqa: ARG001 (one signature for all layers)
    """Note each pair of codes once per paragraph, with the first segment of each.

    Segments without a paragraph number stand for a paragraph of their own.
    """
    found: list[Meeting] = []
    for document_id, codings in sources.codings_by_document().items():
        paragraphs: dict[object, dict[str, Segment]] = defaultdict(dict)
        for segment, code in codings:
            unit = segment.paragraph if segment.paragraph is not None else segment.segment_id
            paragraphs[unit].setdefault(code, segment)
        for codes in paragraphs.values():
            for a, b in combinations(sorted(codes), 2):
                ends = dict.fromkeys((codes[a], codes[b]))
                found.append(sources.meeting(document_id, a, b, *ends))
    return found
