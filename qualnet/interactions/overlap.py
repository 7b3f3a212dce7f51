"""Co-occurrence: two codes on the same segment, or on segments whose characters overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualnet.interactions._model import Meeting, Sources

__all__ = ["SUMMARY", "derive"]

SUMMARY = {
    "de": "Gemeinsames Vorkommen: zwei Codes an derselben oder an sich überschneidenden Textstellen.",
    "en": "Co-occurrence: two codes on the same segment, or on segments that overlap.",
}


def derive(sources: Sources, *, window: int = 0) -> list[Meeting]:  # noqa: ARG001 (one signature for all layers)
    """Note each pair of codes whose segments share at least one character, or are the same."""
    return meetings(sources, reach=-1)


def meetings(sources: Sources, reach: int) -> list[Meeting]:
    """Sweep each document once: pairs of codes at most `reach` characters apart.

    Parameters
    ----------
    reach
        Largest gap; -1 demands a shared character.
    """
    found: set[Meeting] = set()
    for document_id, codings in sources.codings_by_document().items():
        open_: list[tuple[int, str, object]] = []
        for segment, code in codings:
            if segment.start is None or segment.end is None:
                same = [(s, c) for s, c in codings if s.segment_id == segment.segment_id]
                found |= {sources.meeting(document_id, code, c, segment) for _, c in same if c != code}
                continue
            open_ = [o for o in open_ if o[0] + reach >= segment.start]
            for _, other, earlier in open_:
                if other != code:
                    ends = (segment,) if earlier == segment else (earlier, segment)
                    found.add(sources.meeting(document_id, other, code, *ends))
            open_.append((segment.end, code, segment))
    return sorted(found, key=lambda m: (m.first, m.second, m.document_id, [s.segment_id for s in m.segments]))
