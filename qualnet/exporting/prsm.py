"""Tables of factors and links per case that PRSM, the participatory system mapper, imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.exporting._workbook import workbook
from qualnet.names import slugs

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.exporting import How

__all__ = ["SUMMARY", "write"]

SUMMARY = {
    "de": "PRSM: je Fall eine Arbeitsmappe mit Faktoren (Factors) und Verbindungen (Links)",
    "en": "PRSM: a workbook of factors and links for each case",
}


def write(study: Study, how: How) -> dict[str, bytes]:
    """Give each case's network of the main layer."""
    del how
    files = slugs([c.case_id for c in study.cases])
    found = {}
    for case, network in study.main.networks.items():
        labels = {f: network.factors[f].label(study.language) for f in network.nodes}
        factors = [[labels[f], network.factors[f].kind, f"{network.factors[f].n_sources}"] for f in labels]
        told = study.min_sources <= 1
        links = [
            [
                labels[i.cause],
                labels[i.effect],
                i.sign if told or i.sign != "unstated" else "",
                f"{i.n_sources}",
            ]
            for _, i in sorted(network.drawn.items())
        ]
        sheets = {
            "Factors": [["Label", "Style", "Interviews"], *factors],
            "Links": [["From", "To", "Label", "Interviews"], *links],
        }
        found[f"{files[case]}.prsm.xlsx"] = workbook(sheets)
    return found
