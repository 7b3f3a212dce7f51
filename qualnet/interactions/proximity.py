"""Co-occurrence: two codes at most N characters apart in the same document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.interactions.overlap import meetings

if TYPE_CHECKING:
    from qualnet.interactions._model import Meeting, Sources

__all__ = ["SUMMARY", "derive"]

SUMMARY = {
    "de": "Gemeinsames Vorkommen: zwei Codes mit höchstens N Zeichen dazwischen (interactions: window).",
    "en": "Co-occurrence: two codes at most N characters apart (interactions: window).",
}


def derive(sources: Sources, *, window: int = 200) -> list[Meeting]:
    """Note each pair of codes whose segments lie at most `window` characters apart."""
    return meetings(sources, reach=window)
