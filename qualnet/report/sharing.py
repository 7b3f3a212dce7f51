"""What may leave the project: a study without words, without people, without small cells.

The study that is written to `share/` is another study, not the same one with parts hidden: what
may not leave is not in it, so that no exporter can write it by mistake.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from qualnet.analysis.degree import degree
from qualnet.analysis.loops import loops
from qualnet.comparison import compare_networks
from qualnet.corpus import Corpus, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualnet.comparison import Comparison, Study
    from qualnet.corpus import Document
    from qualnet.interactions import Claim, Meeting
    from qualnet.network import Factor, Interaction, Network
    from qualnet.project import Privacy

__all__ = ["OTHER_ROLE", "coarser_roles", "is_released", "shareable"]

OTHER_ROLE = "andere Rolle"
RELEASED = "released: "
"""How the ids of segments begin whose words may be read by anybody."""


def shareable(study: Study, privacy: Privacy) -> Study:
    """Give the part of a study that may leave the project.

    Parameters
    ----------
    study
        What was built.
    privacy
        ``min_sources``: fewest interviews behind anything shown. ``min_role``: roles held by
        fewer interviewees of a city become one.

    Returns
    -------
    Study
        With profile ``public``: counts, and the words that were released one by one. Claims have
        no other quote, no comment, coder or memo; interviews are numbered; what too few
        interviews name is not in it, and loops and degrees are counted again on what is left,
        so that nothing can be subtracted back.
    """
    least = max(1, privacy.min_sources)
    names = _numbers(study)
    roles = coarser_roles(study.corpus.documents, privacy.min_role)
    comparisons = {
        layer: _shared_comparison(c, least, names, roles, study.released)
        for layer, c in study.comparisons.items()
    }
    stated = comparisons["stated"].networks if "stated" in comparisons else {}
    return replace(
        study,
        corpus=_shared_corpus(study, names, roles),
        claims=(),
        comparisons=comparisons,
        loops={case: loops(n, study.loops[case].length) for case, n in stated.items()},
        degrees={case: degree(n) for case, n in stated.items()},
        # a curve over single interviews says what each of them adds
        saturation={},
        decided={},
        feedback={},
        codings={},
        released={},
        warnings=(),
        profile="public",
        min_sources=least,
    )


def is_released(segments: Iterable[Segment]) -> bool:
    """Tell whether all of these words, one at least, were released."""
    ids = [segment.segment_id for segment in segments]
    return bool(ids) and all(segment_id.startswith(RELEASED) for segment_id in ids)


def coarser_roles(documents: list[Document], least: int) -> dict[str, str]:
    """Give each interview's role, or a common word where too few people hold it.

    Returns
    -------
    dict
        Document id to role.
    """
    held = Counter(d.role for d in documents if d.role)
    return {d.document_id: d.role if held[d.role] >= least else OTHER_ROLE * bool(d.role) for d in documents}


def _numbers(study: Study) -> dict[str, str]:
    """Give each interview a number within its case; the number says nothing about who was asked."""
    case_of = {d.document_id: d.case_id for d in study.corpus.document_cases}
    count: Counter[str] = Counter()
    names = {}
    for document_id in sorted(study.documents):
        case = case_of.get(document_id, "")
        count[case] += 1
        names[document_id] = f"{case}-{count[case]}"
    return names


def _shared_corpus(study: Study, names: dict[str, str], roles: dict[str, str]) -> Corpus:
    corpus = study.corpus
    return Corpus(
        cases=corpus.cases,
        attributes=[a for a in corpus.attributes if a.owner_type == "case"],
        documents=[
            replace(
                d,
                document_id=names[d.document_id],
                name=names[d.document_id],
                text=None,
                date=d.date[:4],
                role=roles[d.document_id],
            )
            for d in corpus.documents
        ],
        document_cases=[replace(d, document_id=names[d.document_id]) for d in corpus.document_cases],
    )


def _shared_comparison(
    comparison: Comparison,
    least: int,
    names: dict[str, str],
    roles: dict[str, str],
    released: dict[str, str],
) -> Comparison:
    networks = {
        case: _shared_network(n, least, names, roles, released) for case, n in comparison.networks.items()
    }
    shared = compare_networks(networks, comparison.vocabulary, least)
    # likeness is one number over everything that all interviews say; it is not counted on the rest
    pairs = tuple(
        replace(new, jaccard=old.jaccard, jaccard_parent=old.jaccard_parent)
        for new, old in zip(shared.pairs, comparison.pairs, strict=True)
    )
    return replace(shared, pairs=pairs)


def _shared_network(
    network: Network, least: int, names: dict[str, str], roles: dict[str, str], released: dict[str, str]
) -> Network:
    items = {
        key: _shared_interaction(i, least, names, roles, released) for key, i in network.interactions.items()
    }
    kept = {key: i for key, i in items.items() if i.claims or i.meetings}
    ends = {end for key in kept for end in key}
    factors = {
        f: _shared_factor(factor, names)
        for f, factor in network.factors.items()
        if factor.n_sources >= least or f in ends
    }
    documents = tuple(sorted(names[d] for d in network.documents))
    return replace(network, documents=documents, factors=factors, interactions=kept)


def _shared_factor(factor: Factor, names: dict[str, str]) -> Factor:
    return replace(factor, sources=tuple(sorted(names[d] for d in factor.sources)))


def _shared_interaction(
    item: Interaction, least: int, names: dict[str, str], roles: dict[str, str], released: dict[str, str]
) -> Interaction:
    """Keep what enough interviews say; the few who oppose or deny are not told apart."""
    drawing = item.drawing if item.n_sources >= least else ()
    few = {s for s in ("+", "-", "ambivalent", "unstated") if 0 < item.n_signed(s) < least}
    claims = [replace(c, sign="unstated") if c.sign in few else c for c in drawing]
    denials = item.denials if item.n_denied >= least else ()
    meetings = item.meetings if item.n_sources >= least else ()
    return replace(
        item,
        claims=tuple(_wordless(c, names, roles, released) for c in (*claims, *denials)),
        meetings=tuple(_placeless(m, names) for m in meetings),
    )


def _wordless(claim: Claim, names: dict[str, str], roles: dict[str, str], released: dict[str, str]) -> Claim:
    """Give a claim with nothing that somebody said, unless it was released; who said it stays open."""
    text = released.get(claim.claim_id, "")
    segment = Segment(f"{RELEASED}{claim.case_id}: {text}", claim.case_id, text, kind="quote")
    return replace(
        claim,
        claim_id="",
        document_id=names[claim.document_id],
        segments=(segment,) if text else (),
        role=roles.get(claim.document_id, ""),
        coder_id="",
        comment="",
        condition="",
        hedge="",
        strength="",
        certainty="",
    )


def _placeless(meeting: Meeting, names: dict[str, str]) -> Meeting:
    return replace(meeting, document_id=names[meeting.document_id], segments=())
