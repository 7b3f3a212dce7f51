"""What must hold of a corpus as a whole before anything is derived from it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qualnet.problems import Place, nearest

if TYPE_CHECKING:
    from qualnet.corpus.rows import Corpus
    from qualnet.problems import Problems
    from qualnet.project import Coding

__all__ = ["check_coders", "check_corpus", "counting_coders"]


def check_corpus(corpus: Corpus, problems: Problems) -> None:
    """Note documents without a case, ids that clash, and claims that lead from x to x."""
    cased = {d.document_id for d in corpus.document_cases}
    first: dict[str, Place] = {}
    for document in corpus.documents:
        if document.document_id in first:
            problems.add(
                document.place,
                "duplicate-id",
                what="document",
                value=document.document_id,
                first=first[document.document_id],
            )
        first.setdefault(document.document_id, document.place)
        if cased and document.document_id not in cased:
            problems.add(document.place, "document-without-case", document=document.name)
    seen: dict[str, Place] = {}
    for relation in corpus.relations:
        if relation.relation_id in seen:
            problems.add(
                relation.place,
                "duplicate-id",
                what="claim",
                value=relation.relation_id,
                first=seen[relation.relation_id],
            )
        seen.setdefault(relation.relation_id, relation.place)
        if relation.from_id and relation.from_id == relation.to_id and relation.from_type == "code":
            problems.add(relation.place, "self-claim", code=relation.from_id)


def check_coders(corpus: Corpus, coding: Coding, place: Place, problems: Problems) -> None:
    """Demand a decision where documents were coded by several people."""
    by_document: dict[str, set[str]] = defaultdict(set)
    documents = {s.segment_id: s.document_id for s in corpus.segments}
    for row in corpus.codings:
        if row.coder_id:
            by_document[documents.get(row.segment_id, "")].add(row.coder_id)
    for relation in corpus.relations:
        if relation.coder_id:
            by_document[relation.document_id].add(relation.coder_id)
    names = sorted({name for coders in by_document.values() for name in coders})
    if coding.use == "primary" and coding.primary is None:
        several = sorted({n for coders in by_document.values() if len(coders) > 1 for n in coders})
        if several:
            problems.add(place, "no-coder-chosen", names=", ".join(several), first=several[0])
    elif coding.primary is not None and names and coding.primary not in names:
        near = nearest(coding.primary, names)
        problems.add(place, "unknown-coder", name=coding.primary, near=near, names=", ".join(names))


def counting_coders(corpus: Corpus, coding: Coding) -> frozenset[str] | None:
    """Give the coders whose work builds the networks; None means everybody.

    The primary coder counts where she coded; a document that she did not touch counts with
    whoever coded it, which is only possible when that is one person.
    """
    if coding.use == "all" or coding.primary is None:
        return None
    documents = {s.segment_id: s.document_id for s in corpus.segments}
    coded: dict[str, set[str]] = defaultdict(set)
    for row in corpus.codings:
        coded[documents.get(row.segment_id, "")].add(row.coder_id)
    alone = {next(iter(c)) for c in coded.values() if len(c) == 1}
    second = {x for c in coded.values() if coding.primary in c for x in c} - {coding.primary}
    return frozenset({coding.primary} | (alone - second))
