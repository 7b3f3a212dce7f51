"""From claims or meetings to a network: sources united, nothing summed over layers."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qualnet.interactions import Claim, Meeting
from qualnet.network.model import Factor, Interaction, Network

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualnet.interactions._model import Sources

__all__ = ["build_network"]


def build_network(sources: Sources, units: Iterable[Claim | Meeting], case_id: str, layer: str) -> Network:
    """Aggregate one case's claims or meetings.

    Parameters
    ----------
    sources
        The corpus with the vocabulary of the comparison.
    units
        Claims (directed layer) or meetings (co-occurrence) of any cases.
    case_id
        The case whose network is wanted.
    layer
        Name of the layer.
    """
    corpus = sources.corpus
    here = [d for d in corpus.documents if sources.case_of.get(d.document_id) == case_id]
    interviews = tuple(sorted(d.document_id for d in here if d.kind == "interview"))
    mine = [u for u in units if u.case_id == case_id]
    claims = [u for u in mine if isinstance(u, Claim)]
    meetings = [u for u in mine if isinstance(u, Meeting)]
    by_pair: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.cause and claim.effect:
            by_pair[claim.cause, claim.effect].append(claim)
    met: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        met[meeting.first, meeting.second].append(meeting)
    interactions = {
        pair: Interaction(*pair, claims=tuple(by_pair.get(pair, ())), meetings=tuple(met.get(pair, ())))
        for pair in sorted({*by_pair, *met})
    }
    named = _named(sources, {d.document_id for d in here}, claims)
    ends = {end for pair in interactions for end in pair}
    factors = {f: _factor(f, named.get(f, []), sources, interviews) for f in sorted({*named, *ends})}
    return Network(
        case_id=case_id,
        layer=layer,
        directed=layer == "stated",
        documents=interviews,
        factors=factors,
        interactions=interactions,
        synthetic=any(d.synthetic for d in here),
    )


def _named(
    sources: Sources, documents: set[str], claims: Sequence[Claim]
) -> dict[str, list[tuple[str, int]]]:
    """Give for each factor the documents that name it, each with 1 per coding (0 per claim)."""
    named: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for coding in sources.corpus.codings:
        segment = sources.segments.get(coding.segment_id)
        if segment is None or segment.document_id not in documents:
            continue
        if sources.counts(segment.document_id, "codings", coding.coder_id):
            named[sources.common(coding.code_id)].append((segment.document_id, 1))
    for claim in claims:
        if claim.draws:
            for end in (claim.cause, claim.effect):
                named[end].append((claim.document_id, 0))
    return named


def _factor(
    factor_id: str, named: list[tuple[str, int]], sources: Sources, interviews: Sequence[str]
) -> Factor:
    code = sources.vocabulary.codes.get(factor_id)
    said = {document for document, _ in named}
    return Factor(
        factor_id=factor_id,
        kind=code.kind if code else "other",
        code=code,
        sources=tuple(d for d in interviews if d in said),
        n_codings=sum(n for _, n in named),
    )
