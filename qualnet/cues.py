"""Causal expressions in a text: a first, short list."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Cue", "find_cues"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A causal expression in a text."""

    start: int
    end: int
    words: str
    name: str


_CUES = re.compile(r"\b(weil|dadurch|deshalb|führt|liegt daran|ohne|because|leads to)\b", re.IGNORECASE)


def find_cues(text: str) -> list[Cue]:
    """Find causal expressions."""
    return [Cue(m.start(), m.end(), m[0], m[0].lower()) for m in _CUES.finditer(text)]
