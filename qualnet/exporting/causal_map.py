"""A workbook for the Causal Map app: factors, links, statements, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.comparison.tables import claim_place
from qualnet.exporting._workbook import workbook

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.exporting import How
    from qualnet.interactions import Claim

__all__ = ["SUMMARY", "write"]

SUMMARY = {
    "de": "Arbeitsmappe für Causal Map: ein Link je Aussage mit Zitat, Quellen mit Fall und Rolle",
    "en": "workbook for Causal Map: one link per claim with its quote, sources with case and role",
}
LINKS = (
    *("link_id", "from_label", "to_label", "statement_id", "source_id", "quote", "link_memo", "strength"),
    *("certainty", "sign", "status", "denied", "about_case", "condition", "hedge", "coder", "place"),
)


def write(study: Study, how: How) -> dict[str, bytes]:
    """Give the claims of all cases, as they are compared; of what is shared, only its interactions."""
    if study.profile == "public":
        return {f"{how.name}.causal-map.xlsx": workbook(_interactions(study))}
    claims = study.claims
    ends = sorted({end for c in claims for end in (c.cause, c.effect) if end})
    labels = {end: _label(study, end) for end in ends}
    case_of = {row.document_id: row.case_id for row in study.corpus.document_cases}
    numbered = {claim.claim_id: f"{k}" for k, claim in enumerate(claims, start=1)}
    sources = [
        [
            d.document_id,
            study.case_name(case_of.get(d.document_id, "")),
            d.role,
            d.kind,
            d.date,
            "yes" if d.synthetic else "no",
        ]
        for d in study.corpus.documents
    ]
    statements = [[numbered[c.claim_id], c.document_id, c.quote] for c in claims]
    sheets = {
        "factors": [["factor_id", "label"], *([end, labels[end]] for end in ends)],
        "links": [list(LINKS), *(_link(c, numbered[c.claim_id], labels) for c in claims)],
        "statements": [["statement_id", "source_id", "text"], *statements],
        "sources": [["source_id", "case", "role", "kind", "date", "synthetic"], *sources],
    }
    return {f"{how.name}.causal-map.xlsx": workbook(sheets)}


def _interactions(study: Study) -> dict[str, list[list[str]]]:
    """Give each interaction once, with its number of interviews; which of them say it is not told."""
    ends: dict[str, str] = {}
    links = []
    for case, network in study.networks.items():
        for _, item in sorted(network.drawn.items()):
            ends |= {end: network.factors[end].label(study.language) for end in (item.cause, item.effect)}
            sign = "" if item.sign == "unstated" else item.sign
            labels = [ends[item.cause], ends[item.effect]]
            links.append([*labels, study.case_name(case), sign, f"{item.n_sources}"])
    factors = [[end, label] for end, label in sorted(ends.items())]
    return {
        "factors": [["factor_id", "label"], *factors],
        "links": [["from_label", "to_label", "source_id", "sign", "interviews"], *links],
    }


def _label(study: Study, factor: str) -> str:
    known = next((n.factors[factor] for n in study.networks.values() if factor in n.factors), None)
    return known.label(study.language) if known else factor


def _link(claim: Claim, number: str, labels: dict[str, str]) -> list[str]:
    return [
        *(claim.claim_id, labels.get(claim.cause, ""), labels.get(claim.effect, "")),
        *(number, claim.document_id, claim.quote, claim.comment, claim.strength, claim.certainty),
        *("" if claim.sign == "unstated" else claim.sign, claim.status, "yes" if claim.denied else "no"),
        *(claim.about_case, claim.condition, claim.hedge, claim.coder_id, claim_place(claim)),
    ]
