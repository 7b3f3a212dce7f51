"""Derive, aggregate, measure and compare: from a checked corpus to a study."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from qualnet.analysis.degree import degree
from qualnet.analysis.loops import loops
from qualnet.analysis.saturation import saturation
from qualnet.codebook import common_vocabulary
from qualnet.comparison import Comparison, Study, compare_networks
from qualnet.corpus.checks import counting_coders
from qualnet.interactions import Claim, layers
from qualnet.interactions._model import Sources
from qualnet.network import build_network

if TYPE_CHECKING:
    from qualnet.prepare import Prepared

__all__ = ["derive_study"]


def derive_study(prepared: Prepared) -> Study:
    """Build networks of every layer and case, their measures and their comparison."""
    project, corpus = prepared.loaded.project, prepared.corpus
    vocabulary = common_vocabulary(prepared.codebook, prepared.city_codebooks)
    sources = Sources(corpus, vocabulary, counting_coders(corpus, project.coding))
    everyone = Sources(corpus, vocabulary)
    claims: list[Claim] = []
    comparisons: dict[str, Comparison] = {}
    for layer in project.interactions.layers:
        units = layers[layer](sources, window=project.interactions.window)
        networks = {case.case_id: build_network(sources, units, case.case_id, layer) for case in corpus.cases}
        comparisons[layer] = compare_networks(networks, vocabulary)
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
        saturation={case: saturation(network) for case, network in stated.items()},
        context=_context(prepared),
        warnings=prepared.problems.warnings,
        profile=project.report.profile,
    )


def _context(prepared: Prepared) -> dict[str, list[dict[str, str]]]:
    folder = prepared.loaded.project.context
    if folder is None:
        return {}
    tables = {}
    for path in sorted(prepared.loaded.path(folder).glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            tables[path.stem] = [dict(row) for row in csv.DictReader(file)]
    return tables
