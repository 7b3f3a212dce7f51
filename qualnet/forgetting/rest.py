"""What is read of all other interviews: it must be the same with and without the one that goes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualnet.corpus.rows import NOWHERE
from qualnet.names import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualnet.corpus import Corpus, Document, DocumentCase, Segment, Speaker

__all__ = ["names_it", "why_not_the_same"]


def names_it(corpus: Corpus, document_id: str) -> bool:
    """Tell whether a document is in a corpus."""
    return any(same_name(d.document_id) == same_name(document_id) for d in corpus.documents)


def why_not_the_same(before: Corpus, after: Corpus, document_id: str) -> str:
    """Say what differs for other documents, in a word of :data:`qualnet.rules.WORDS`; mostly nothing.

    Parameters
    ----------
    before, after
        What is read of a file, and of the file without the document.
    document_id
        The document that goes.
    """
    names = [
        {d.document_id for d in c.documents if not _is(d.document_id, document_id)} for c in (before, after)
    ]
    if names[0] != names[1]:
        return "new names"
    if names_it(after, document_id) or Counter(_said(before, document_id)) != Counter(
        _said(after, document_id)
    ):
        return "reads otherwise"
    # what stands for no document may go with the one that it was only about, and nothing may come
    return "reads otherwise" if Counter(_beside(after)) - Counter(_beside(before)) else ""


def _is(one: str, other: str) -> bool:
    return same_name(one) == same_name(other)


def _said(corpus: Corpus, document_id: str) -> Iterator[tuple[Any, ...]]:
    """Give what is said of all other documents, apart from ids and places, which may change."""
    rows: Iterable[Document | DocumentCase | Speaker]
    for rows in (corpus.documents, corpus.document_cases, corpus.speakers):
        for row in rows:
            if not _is(row.document_id, document_id):
                yield (replace(row, place=NOWHERE),)
    for fact in corpus.attributes:
        if fact.owner_type == "document" and not _is(fact.owner_id, document_id):
            yield (replace(fact, place=NOWHERE),)
    segments = {s.segment_id: s for s in corpus.segments}
    for segment in segments.values():
        if not _is(segment.document_id, document_id):
            yield (_placeless(segment),)
    for coding in corpus.codings:
        found = segments.get(coding.segment_id)
        if found is not None and not _is(found.document_id, document_id):
            # the day is left out: how a table writes days shows only in all its rows together
            yield _placeless(found), coding.code_id, coding.coder_id, coding.comment
    evidence: dict[str, list[Segment]] = defaultdict(list)
    for link in corpus.relation_evidence:
        if link.segment_id in segments:
            evidence[link.relation_id].append(segments[link.segment_id])
    for relation in corpus.relations:
        documents = {s.document_id for s in evidence[relation.relation_id]} or {relation.document_id}
        if any(d and not _is(d, document_id) for d in documents):
            quotes = tuple(sorted(map(_placeless, evidence[relation.relation_id]), key=repr))
            yield replace(relation, relation_id="", place=NOWHERE), quotes


def _placeless(segment: Segment) -> Segment:
    return replace(segment, segment_id="", place=NOWHERE)


def _beside(corpus: Corpus) -> Iterator[tuple[str, ...]]:
    for fact in corpus.attributes:
        if fact.owner_type != "document":
            yield fact.owner_type, fact.owner_id, fact.name, fact.value
    for memo in corpus.memos:
        yield "memo", memo.text
    for extra in corpus.extras:
        yield "extra", extra.name, extra.value
    for case in corpus.cases:
        yield "case", case.case_id, case.name
    for code in corpus.codes:
        yield "code", code.code_id, code.name, code.parent_id, code.definition
    for coder in corpus.coders:
        yield "coder", coder.coder_id
