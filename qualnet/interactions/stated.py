"""Stated claims: relations that a coder recorded between two codes, read as cause and effect."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qualnet.interactions._model import Claim
from qualnet.names import same_name

if TYPE_CHECKING:
    from qualnet.corpus import Relation, Segment
    from qualnet.interactions._model import Sources

__all__ = ["SUMMARY", "derive"]

SUMMARY = {
    "de": "Wirkungsaussagen: was eine Codierer:in als Ursache und Wirkung festgehalten hat, mit Vorzeichen.",
    "en": "Claims: what a coder recorded as cause and effect, with its sign.",
}


def derive(sources: Sources, *, window: int = 0) -> list[Claim]:  # noqa: ARG001 (one signature for all layers)
    """Read relations between codes as claims.

    A relation without direction says nothing about cause and effect and makes no claim; one
    in both directions makes two. The sign is what was stated, never guessed.

    Returns
    -------
    list of Claim
        One claim per relation, direction and document, in the order of their ids.
    """
    evidence: dict[str, list[Segment]] = defaultdict(list)
    for link in sources.corpus.relation_evidence:
        if link.segment_id in sources.segments:
            evidence[link.relation_id].append(sources.segments[link.segment_id])
    claims: list[Claim] = []
    for relation in sources.corpus.relations:
        if relation.from_type != "code" or relation.to_type != "code":
            continue
        if relation.direction == "none" or relation.withdrawn:
            continue
        claims += _claims(relation, evidence.get(relation.relation_id, []), sources)
    return sorted(claims, key=lambda c: c.claim_id)


def _claims(relation: Relation, segments: list[Segment], sources: Sources) -> list[Claim]:
    by_document: dict[str, list[Segment]] = defaultdict(list)
    for segment in segments:
        by_document[segment.document_id].append(segment)
    if not by_document and relation.document_id:
        by_document[relation.document_id] = []
    about = sources.case_names.get(same_name(relation.about_case), relation.about_case)
    claims = []
    for document_id, found in sorted(by_document.items()):
        counts = sources.counts(document_id, "claims", relation.coder_id)
        if not sources.agreed.get(relation.relation_id, counts):
            continue
        document = sources.documents.get(document_id)
        ends = [(relation.from_id, relation.to_id)]
        if relation.direction == "both":
            ends.append((relation.to_id, relation.from_id))
        for k, (cause, effect) in enumerate(ends):
            many = len(by_document) > 1
            claims.append(
                Claim(
                    claim_id=relation.relation_id + f"@{document_id}" * many + "~back" * k,
                    case_id=sources.case_of.get(document_id, ""),
                    document_id=document_id,
                    cause=sources.common(cause) if cause else "",
                    effect=sources.common(effect) if effect else "",
                    sign=sources.sign(relation),
                    status=relation.status,
                    denied=relation.denied,
                    repeat=relation.repeat,
                    about_case=about,
                    condition=relation.condition,
                    hedge=relation.hedge,
                    strength=relation.strength,
                    certainty=relation.certainty,
                    coder_id=relation.coder_id,
                    role=sources.role(document_id, found[0] if found else None),
                    interview=document is None or document.kind == "interview",
                    segments=tuple(found),
                    cause_coded=cause,
                    effect_coded=effect,
                    comment=relation.comment,
                    place=relation.place,
                )
            )
    return claims
