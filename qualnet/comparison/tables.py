"""A study as flat rows: what the tables, the notebook and the graph files are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from qualnet.analysis._intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualnet.analysis.degree import Degree
    from qualnet.analysis.loops import Loops
    from qualnet.codebook import Codebook, Vocabulary
    from qualnet.comparison.compare import Comparison
    from qualnet.comparison.heard import Heard
    from qualnet.corpus import Document, Segment
    from qualnet.interactions import Claim
    from qualnet.network import Interaction, Network

__all__ = [
    "COMPARISON_COLUMNS",
    "EVIDENCE_COLUMNS",
    "FACTOR_COLUMNS",
    "FEEDBACK_COLUMNS",
    "INTERACTION_COLUMNS",
    "LOOP_COLUMNS",
    "NEGATIVE_COLUMNS",
    "comparison_rows",
    "evidence_rows",
    "factor_rows",
    "feedback_rows",
    "interaction_rows",
    "loop_rows",
    "negative_rows",
]


class Tabled(Protocol):
    """What the tables are made of: the parts of a study."""

    @property
    def codebook(self) -> Codebook: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def documents(self) -> Mapping[str, Document]: ...
    @property
    def claims(self) -> Sequence[Claim]: ...
    @property
    def comparisons(self) -> Mapping[str, Comparison]: ...
    @property
    def feedback(self) -> Mapping[tuple[str, str, str], Heard]: ...
    @property
    def main(self) -> Comparison: ...
    @property
    def networks(self) -> Mapping[str, Network]: ...
    @property
    def degrees(self) -> Mapping[str, Mapping[str, Degree]]: ...
    @property
    def loops(self) -> Mapping[str, Loops]: ...
    @property
    def min_sources(self) -> int: ...


Cell: TypeAlias = str | int | float | bool | None
TableRow: TypeAlias = dict[str, Cell]

INTERACTION_COLUMNS = (
    "layer",
    "case",
    "cause",
    "effect",
    "sign",
    "n_sources",
    "n_claims",
    "n_positive",
    "n_negative",
    "n_ambivalent",
    "n_unstated",
    "n_denied",
    "contested",
    "level",
    "sources",
    "synthetic",
)
FACTOR_COLUMNS = (
    "case",
    "factor",
    "kind",
    "label_de",
    "label_en",
    "parent",
    "state",
    "n_sources",
    "n_interviews",
    "share",
    "share_low",
    "share_high",
    "n_codings",
    "n_in",
    "n_out",
    "sources_in",
    "sources_out",
    "claims_in",
    "claims_out",
    "level",
    "sources",
    "synthetic",
)
EVIDENCE_COLUMNS = (
    "claim_id",
    "case",
    "document",
    "place",
    "speaker_role",
    "coder",
    "cause",
    "effect",
    "cause_coded",
    "effect_coded",
    "sign",
    "status",
    "denied",
    "repeat",
    "draws",
    "about_case",
    "condition",
    "hedge",
    "strength",
    "certainty",
    "quote",
    "comment",
    "source",
    "synthetic",
)
LOOP_COLUMNS = (
    "case",
    "kind",
    "length",
    "weakest_n_sources",
    "contested",
    "loop",
    "signs",
    "level",
    "synthetic",
)
COMPARISON_COLUMNS = (
    "case_a",
    "case_b",
    "cause",
    "effect",
    "kind",
    "state_a",
    "state_b",
    "n_a",
    "of_a",
    "n_b",
    "of_b",
    "share_a",
    "share_b",
    "difference",
    "low",
    "high",
    "distinguishable",
    "level",
    "synthetic",
)


DEGREES = ("n_in", "n_out", "sources_in", "sources_out", "claims_in", "claims_out")


def level_name(study: Tabled) -> str:
    """Say at which level of the codebook the cities are compared."""
    return f"code ({study.codebook.id})"


def interaction_rows(study: Tabled) -> Iterator[TableRow]:
    """Yield each interaction of each layer and case; ids are those of the base codebook."""
    level = level_name(study)
    for layer, comparison in study.comparisons.items():
        for case, network in comparison.networks.items():
            for item in network.interactions.values():
                if item.drawing or item.meetings or item.denials:
                    row = _interaction_row(item, network, layer, case, level)
                    yield _told(row, study.min_sources) if study.min_sources > 1 else row


def _interaction_row(item: Interaction, network: Network, layer: str, case: str, level: str) -> TableRow:
    return {
        "layer": layer,
        "case": case,
        "cause": item.cause,
        "effect": item.effect,
        "sign": item.sign,
        "n_sources": item.n_sources,
        "n_claims": item.n_claims,
        "n_positive": item.n_signed("+"),
        "n_negative": item.n_signed("-"),
        "n_ambivalent": item.n_signed("ambivalent"),
        "n_unstated": item.n_signed("unstated"),
        "n_denied": item.n_denied,
        "contested": item.contested,
        "level": level,
        "sources": "; ".join(item.sources),
        "synthetic": network.synthetic,
    }


def _told(row: TableRow, least: int) -> TableRow:
    """Leave out what too few state: an empty cell is no zero, and an untold opposition no agreement.

    Fewer than `least` and none look the same, so that the gap says nothing either.
    """
    counts = ("n_sources", "n_positive", "n_negative", "n_ambivalent", "n_denied")
    few = {k: None for k in counts if int(str(row[k])) < least}
    # signs that too few state stand among the unstated
    return (
        row
        | few
        | {
            "n_unstated": None,
            "sign": None if row["sign"] == "unstated" else row["sign"],
            "contested": True if row["contested"] else None,
        }
    )


def factor_rows(study: Tabled) -> Iterator[TableRow]:
    """Yield each factor of each case, also those not named there, with the state of absence."""
    comparison = study.main
    level = level_name(study)
    named = {f for n in comparison.networks.values() for f in n.factors}
    codes = [c for c in study.vocabulary.codes.values() if c.codable or c.id in named]
    for case, network in comparison.networks.items():
        degrees = study.degrees.get(case, {})
        for code in codes:
            factor, degree = network.factors.get(code.id), degrees.get(code.id)
            n = factor.n_sources if factor else 0
            low, high = wilson(n, network.n_documents)
            state = comparison.factor_state(code.id, case)
            told = state != "few"  # fewer than may be shown, or none: not a zero
            labels = code.label if isinstance(code.label, dict) else {"de": code.label}
            yield {
                "case": case,
                "factor": code.id,
                "kind": code.kind,
                "label_de": labels.get("de", ""),
                "label_en": labels.get("en", ""),
                "parent": code.parent or "",
                "state": state,
                "n_sources": n if told else None,
                "n_interviews": network.n_documents,
                "share": round(n / network.n_documents, 4) if network.n_documents and told else None,
                "share_low": round(low, 4) if told else None,
                "share_high": round(high, 4) if told else None,
                "n_codings": (factor.n_codings if factor else 0) if told else None,
                **{name: _counted(degree, name, study.min_sources) for name in DEGREES},
                "level": level,
                "sources": "; ".join(factor.sources) if factor else "",
                "synthetic": network.synthetic,
            }


def _counted(degree: Degree | None, name: str, least: int) -> int | None:
    n = getattr(degree, name) if degree else 0
    return n or (0 if least == 1 else None)  # in what is shared no arrow may mean too few


def claim_place(claim: Claim) -> str:
    """Name the spot of a claim in its document: paragraph, then time mark."""
    return segment_place(claim.segments[0]) if claim.segments else ""


def segment_place(segment: Segment) -> str:
    """Name the spot of a segment in its document: paragraph, then time mark, or the place on a page."""
    parts = [f"Abs. {segment.paragraph}" if segment.paragraph else "", segment.time, segment.area]
    return ", ".join(p for p in parts if p)


def evidence_rows(study: Tabled) -> Iterator[TableRow]:
    """Yield every claim, also those that draw no arrow."""
    for claim in study.claims:
        document = study.documents.get(claim.document_id)
        yield {
            "claim_id": claim.claim_id,
            "case": claim.case_id,
            "document": claim.document_id,
            "place": claim_place(claim),
            "speaker_role": claim.role,
            "coder": claim.coder_id,
            "cause": claim.cause,
            "effect": claim.effect,
            "cause_coded": claim.cause_coded,
            "effect_coded": claim.effect_coded,
            "sign": claim.sign,
            "status": claim.status,
            "denied": claim.denied,
            "repeat": claim.repeat,
            "draws": claim.draws,
            "about_case": claim.about_case,
            "condition": claim.condition,
            "hedge": claim.hedge,
            "strength": claim.strength,
            "certainty": claim.certainty,
            "quote": claim.quote,
            "comment": claim.comment,
            "source": str(claim.place) if claim.place.file else "",
            "synthetic": bool(document and document.synthetic),
        }


def loop_rows(study: Tabled) -> Iterator[TableRow]:
    """Yield the feedback loops of each case."""
    for case, loops in study.loops.items():
        network = study.networks[case]
        for loop in loops.found:
            yield {
                "case": case,
                "kind": loop.kind,
                "length": len(loop.factors),
                "weakest_n_sources": loop.weakest,
                "contested": loop.contested or (None if study.min_sources > 1 else False),
                "loop": " -> ".join((*loop.factors, loop.factors[0])),
                "signs": " ".join(loop.signs),
                "level": level_name(study),
                "synthetic": network.synthetic,
            }


def comparison_rows(study: Tabled) -> Iterator[TableRow]:
    """Yield each interaction named in at least one of two cities, with the difference."""
    comparison = study.comparisons.get("stated")
    if comparison is None:
        return
    for pair in comparison.pairs:
        a, b = comparison.networks[pair.a], comparison.networks[pair.b]
        for item in pair.differences:
            key = (item.cause, item.effect)
            n_a = a.drawn[key].n_sources if key in a.drawn else 0
            n_b = b.drawn[key].n_sources if key in b.drawn else 0
            yield {
                "case_a": pair.a,
                "case_b": pair.b,
                "cause": item.cause,
                "effect": item.effect,
                "kind": item.kind,
                "state_a": comparison.state(key, pair.a),
                "state_b": comparison.state(key, pair.b),
                "n_a": n_a,
                "of_a": a.n_documents,
                "n_b": n_b,
                "of_b": b.n_documents,
                "share_a": round(n_a / a.n_documents, 4) if a.n_documents else None,
                "share_b": round(n_b / b.n_documents, 4) if b.n_documents else None,
                "difference": round(item.difference, 4),
                "low": round(item.low, 4),
                "high": round(item.high, 4),
                "distinguishable": item.clear,
                "level": level_name(study),
                "synthetic": a.synthetic or b.synthetic,
            }


FEEDBACK_COLUMNS = (
    *("case", "cause", "effect", "n_sources", "n_agree", "n_disagree", "n_unsure", "n_missing"),
    *("roles", "dates", "level", "synthetic"),
)


def feedback_rows(study: Tabled) -> Iterator[TableRow]:
    """Yield what people of the cities said of each arrow, beside how many interviews name it."""
    for (case, cause, effect), heard in study.feedback.items():
        network = study.networks.get(case)
        item = network.interactions.get((cause, effect)) if network else None
        yield {
            "case": case,
            "cause": cause,
            "effect": effect,
            "n_sources": item.n_sources if item else 0,
            "n_agree": heard.n_agree,
            "n_disagree": heard.n_disagree,
            "n_unsure": heard.n_unsure,
            "n_missing": heard.n_missing,
            "roles": "; ".join(heard.roles),
            "dates": "; ".join(heard.dates),
            "level": level_name(study),
            "synthetic": network is not None and network.synthetic,
        }


NEGATIVE_COLUMNS = (
    *("case", "cause", "effect", "sign", "n_sources", "n_against", "n_denied", "kind", "claim_id"),
    *("document", "place", "speaker_role", "coder", "claim_sign", "quote", "synthetic"),
)


def negative_rows(study: Tabled) -> Iterator[TableRow]:
    """Yield the negative cases: each claim that opposes the majority sign, or denies the interaction.

    Where as many interviews say `+` as `-`, the claims of both sides are listed.
    """
    for case, network in study.networks.items():
        for (cause, effect), item in network.interactions.items():
            opposite = {"+": {"-"}, "-": {"+"}, "mixed": {"+", "-"}}.get(item.sign, set())
            against = [c for c in item.drawing if c.sign in opposite and item.contested]
            for kind, claims in (("opposes", against), ("denies", item.denials)):
                for claim in claims:
                    yield {
                        "case": case,
                        "cause": cause,
                        "effect": effect,
                        "sign": item.sign,
                        "n_sources": item.n_sources,
                        "n_against": len({c.document_id for c in against}),
                        "n_denied": item.n_denied,
                        "kind": kind,
                        "claim_id": claim.claim_id,
                        "document": claim.document_id,
                        "place": claim_place(claim),
                        "speaker_role": claim.role,
                        "coder": claim.coder_id,
                        "claim_sign": claim.sign,
                        "quote": claim.quote,
                        "synthetic": network.synthetic,
                    }
