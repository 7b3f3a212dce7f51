"""Who speaks: labels (``I:``, ``B1:``) at the beginning of a line, as transcripts write them."""

from __future__ import annotations

import re

from qualnet.corpus import Speaker

__all__ = ["speaker_at", "speakers_of"]

LABEL = re.compile(r"^(?P<label>[A-ZÄÖÜ][\wÄÖÜäöüß.-]{0,24}\d{0,2})\s?:\s", re.MULTILINE)
INTERVIEWER = re.compile(r"^(i|int|interviewer(in)?|moderat(or|orin|ion)?|m)\d*$", re.IGNORECASE)


def speakers_of(document_id: str, text: str, role: str = "") -> list[Speaker]:
    r"""Give the speakers of a text in the order in which they first speak.

    Parameters
    ----------
    document_id
        The document.
    text
        Its text, a turn to a line.
    role
        Role of whoever does not ask.

    Examples
    --------
    >>> [(s.speaker_id, s.interviewer) for s in speakers_of("i1", "I: So?\n\nB1: Ja.\n")]
    [('i1/I', True), ('i1/B1', False)]
    """
    speakers = []
    for label in dict.fromkeys(m["label"] for m in LABEL.finditer(text)):
        asks = bool(INTERVIEWER.match(label))
        speakers.append(Speaker(f"{document_id}/{label}", document_id, label, "" if asks else role, asks))
    return speakers


def speaker_at(document_id: str, text: str, position: int) -> str:
    r"""Give the id of who speaks in the line around a position; empty when the line has no label.

    Examples
    --------
    >>> speaker_at("i1", "I: So?\n\nB1: Ja.\n", 12)
    'i1/B1'
    """
    label = LABEL.match(text, text.rfind("\n", 0, position) + 1)
    return f"{document_id}/{label['label']}" if label else ""
