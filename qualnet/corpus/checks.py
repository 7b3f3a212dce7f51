"""What must hold of a corpus as a whole before anything is derived from it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, TypeAlias

from qualnet.problems import Place, nearest

if TYPE_CHECKING:
    from qualnet.corpus.rows import Corpus
    from qualnet.problems import Problems
    from qualnet.project import Coding

__all__ = ["Work", "check_coders", "check_corpus", "counting_coders"]

Work: TypeAlias = Literal["codings", "claims"]


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


def _coders(corpus: Corpus) -> dict[tuple[str, Work], set[str]]:
    """Give the people who coded each document, its codings and its claims apart.

    Whoever coded or claimed is taken to have looked for both, so that who found nothing counts
    as well. Only where one person coded and one other stated all claims did they share the work.
    """
    segments = {s.segment_id: s.document_id for s in corpus.segments}
    evidence: dict[str, set[str]] = defaultdict(set)
    for link in corpus.relation_evidence:
        evidence[link.relation_id].add(segments.get(link.segment_id, ""))
    coded: dict[str, set[str]] = defaultdict(set)
    claimed: dict[str, set[str]] = defaultdict(set)
    for coding in corpus.codings:
        coded[segments.get(coding.segment_id, "")].add(coding.coder_id)
    for relation in corpus.relations:
        for document in evidence[relation.relation_id] or {relation.document_id}:
            claimed[document].add(relation.coder_id)
    coders: dict[tuple[str, Work], set[str]] = {}
    for document in sorted({*coded, *claimed}):
        codings, claims = coded[document] - {""}, claimed[document] - {""}
        shared = len(codings) <= 1 and len(claims) <= 1
        coders[document, "codings"] = codings if shared else codings | claims
        coders[document, "claims"] = claims if shared else codings | claims
    return coders


def check_coders(corpus: Corpus, coding: Coding, place: Place, problems: Problems) -> None:
    """Demand a decision where documents were coded by several people."""
    coders = _coders(corpus)
    names = sorted({name for found in coders.values() for name in found})
    several = {document: sorted(found) for (document, _), found in coders.items() if len(found) > 1}
    if coding.use == "all":
        return
    if coding.primary is None:
        if several:
            people = sorted({name for found in several.values() for name in found})
            problems.add(place, "no-coder-chosen", names=", ".join(people), first=people[0])
    elif names and coding.primary not in names:
        near = nearest(coding.primary, names)
        problems.add(place, "unknown-coder", name=coding.primary, near=near, names=", ".join(names))
    else:
        for document, found in sorted(several.items()):
            if coding.primary not in found:
                problems.add(
                    place,
                    "coded-by-others",
                    document=document,
                    names=", ".join(found),
                    primary=coding.primary,
                )


def counting_coders(corpus: Corpus, coding: Coding) -> dict[tuple[str, Work], str]:
    """Give for the codings and the claims of each document the one coder whose work builds the networks.

    The primary coder counts where she coded; a document that she did not touch counts with
    the one person who coded it. In documents that are not listed everybody counts.
    """
    if coding.use == "all" or coding.primary is None:
        return {}
    return {
        work: coding.primary if coding.primary in found else min(found)
        for work, found in _coders(corpus).items()
        if found
    }
