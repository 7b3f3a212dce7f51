"""Join what several files of one input say about the same documents and segments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualnet.corpus.rows import Corpus, Document

__all__ = ["unite"]


def unite(corpus: Corpus) -> None:
    """Make one row of rows that mean the same document or segment, in place.

    A table beside transcripts only names its documents: the row with the text takes over, and
    gains the facts that it lacks. Two texts under one name stay two rows, which is an error.
    """
    documents: dict[str, Document] = {}
    clashing: list[Document] = []
    for document in sorted(corpus.documents, key=lambda d: d.text is None):
        known = documents.get(document.document_id)
        if known is None:
            documents[document.document_id] = document
        elif document.text is not None:
            clashing.append(document)
        else:
            documents[document.document_id] = replace(
                known,
                kind=known.kind if known.kind != "interview" else document.kind,
                language=known.language or document.language,
                date=known.date or document.date,
                role=known.role or document.role,
                synthetic=known.synthetic or document.synthetic,
            )
    corpus.documents[:] = [*documents.values(), *clashing]
    corpus.segments[:] = {s.segment_id: s for s in reversed(corpus.segments)}.values()
    corpus.codes[:] = {c.code_id: c for c in reversed(corpus.codes)}.values()
