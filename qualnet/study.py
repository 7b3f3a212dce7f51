"""Derive, aggregate, measure and compare: from a checked corpus to a study."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from qualnet.analysis.degree import degree
from qualnet.analysis.loops import loops
from qualnet.analysis.saturation import saturation
from qualnet.codebook import common_vocabulary, fold_poles
from qualnet.comparison import Comparison, Heard, Study, compare_networks
from qualnet.corpus.checks import counting_coders
from qualnet.corpus.consent import withheld
from qualnet.interactions import Claim, layers
from qualnet.interactions._model import Sources
from qualnet.interactions.stated import derive
from qualnet.network import build_network
from qualnet.overlays import latest_feedback
from qualnet.worklist import completeness, in_use, list_passages

if TYPE_CHECKING:
    from qualnet.codebook import Vocabulary
    from qualnet.corpus import Segment
    from qualnet.overlays import Feedback
    from qualnet.prepare import Prepared

__all__ = ["derive_study"]


def derive_study(prepared: Prepared) -> Study:
    """Build networks of every layer and case, their measures and their comparison."""
    project = prepared.loaded.project
    corpus = withheld(prepared.corpus, prepared.consent, project.report.language)
    vocabulary = common_vocabulary(prepared.codebook, prepared.city_codebooks)
    if project.interactions.poles == "fold":
        vocabulary = fold_poles(vocabulary)
    agreed = prepared.agreed if project.coding.use == "consensus" else {}
    sources = Sources(corpus, vocabulary, counting_coders(corpus, project.coding), agreed)
    everyone = Sources(corpus, vocabulary)
    asked = _asked(prepared, vocabulary)
    claims: list[Claim] = []
    comparisons: dict[str, Comparison] = {}
    for layer in project.interactions.layers:
        units = layers[layer](sources, window=project.interactions.window)
        networks = {case.case_id: build_network(sources, units, case.case_id, layer) for case in corpus.cases}
        comparisons[layer] = compare_networks(networks, vocabulary, asked=asked)
        if layer == "stated":
            claims = [c for c in layers[layer](everyone, window=0) if isinstance(c, Claim)]
    stated = comparisons["stated"].networks if "stated" in comparisons else {}
    length = project.interactions.loop_length
    order = {case.case_id: i for i, case in enumerate(corpus.cases)}
    return Study(
        title=project.title,
        language=project.report.language,
        codebook=prepared.codebook,
        city_codebooks=prepared.city_codebooks,
        vocabulary=vocabulary,
        corpus=corpus,
        cases=tuple(corpus.cases),
        claims=tuple(sorted(claims, key=lambda c: (order.get(c.case_id, -1), c.document_id, c.claim_id))),
        comparisons=comparisons,
        loops={case: loops(network, length) for case, network in stated.items()},
        degrees={case: degree(network) for case, network in stated.items()},
        saturation={case: saturation(network) for case, network in stated.items() if claims},
        # how far the work is, is counted on the words that are there
        decided=_decided(Sources(prepared.corpus, vocabulary)) if stated else {},
        feedback=_feedback(prepared.feedback),
        codings=_codings(sources),
        released=_released(prepared, claims),
        context=prepared.context,
        warnings=prepared.problems.warnings,
        profile=project.report.profile,
    )


def _released(prepared: Prepared, claims: list[Claim]) -> dict[str, str]:
    """Give claim id to the words that may leave the project."""
    quotes = {claim.claim_id: claim.quote for claim in claims}
    return {
        claim_id: quotes[claim_id] if release.release == "quote" else f"Paraphrase: {release.paraphrase}"
        for claim_id, release in prepared.released.items()
        if claim_id in quotes
    }


def _asked(prepared: Prepared, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Give case to the factors that some interview was asked about, where the guide names them all."""
    topics: dict[str, set[str]] = defaultdict(set)
    unknown: set[str] = set()
    case_of = {d.document_id: d.case_id for d in prepared.corpus.document_cases}
    for document in prepared.corpus.documents:
        case_id = case_of.get(document.document_id, "")
        if document.kind != "interview":
            continue
        if document.document_id not in prepared.guide:
            unknown.add(case_id)
        topics[case_id] |= {vocabulary.ids[t] for t in prepared.guide.get(document.document_id, ())}
    return {
        case_id: frozenset(c for c in vocabulary.codes if not wanted.isdisjoint(vocabulary.upwards(c)))
        for case_id, wanted in topics.items()
        if case_id not in unknown
    }


def _decided(everyone: Sources) -> dict[str, tuple[int, int]]:
    """Count the coded passages with a causal expression, and which of them somebody has decided."""
    claims = derive(everyone)
    passages = in_use(*(list_passages(everyone, claims, by=by) for by in ("segment", "paragraph")))
    done = {
        c.case_id: completeness(p for p in passages if p.case_id == c.case_id) for c in everyone.corpus.cases
    }
    return {case_id: (d.n_cued_decided, d.n_cued) for case_id, d in done.items()}


def _feedback(answers: list[Feedback]) -> dict[tuple[str, str, str], Heard]:
    """Count what each form said last about each arrow."""
    about: dict[tuple[str, str, str], list[Feedback]] = defaultdict(list)
    for answer in latest_feedback(answers):
        about[answer.case, answer.cause, answer.effect].append(answer)
    found = {}
    for key, given in sorted(about.items()):
        n = Counter(a.answer for a in given)
        found[key] = Heard(
            n["agree"],
            n["disagree"],
            n["unsure"],
            n["missing"],
            tuple(sorted({a.role for a in given if a.role})),
            tuple(sorted({a.date for a in given if a.date})),
        )
    return found


def _codings(sources: Sources) -> dict[tuple[str, str], tuple[Segment, ...]]:
    found: dict[tuple[str, str], dict[str, Segment]] = defaultdict(dict)
    for document, codings in sources.codings_by_document().items():
        for segment, code in codings:
            found[sources.case_of.get(document, ""), code][segment.segment_id] = segment
    return {key: tuple(segments.values()) for key, segments in found.items()}
