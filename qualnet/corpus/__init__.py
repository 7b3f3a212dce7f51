"""The normal form: who said what, where, and how it was coded, whatever tool it came from.

One row is one fact. Ids are text and stable: the tool's own where it keeps them, else made
from document, position and code. Offsets are Unicode code points, half open, in the stored
text with LF line ends. Every row knows its place in the file it came from.
"""

from __future__ import annotations

from qualnet.corpus.rows import (
    Attribute,
    Case,
    Coder,
    CodeRow,
    Coding,
    Corpus,
    Decided,
    Document,
    DocumentCase,
    Extra,
    Import,
    Issue,
    Memo,
    Relation,
    RelationEvidence,
    Segment,
    Speaker,
)

__all__ = [
    "Attribute",
    "Case",
    "CodeRow",
    "Coder",
    "Coding",
    "Corpus",
    "Decided",
    "Document",
    "DocumentCase",
    "Extra",
    "Import",
    "Issue",
    "Memo",
    "Relation",
    "RelationEvidence",
    "Segment",
    "Speaker",
]
