"""Networks for programs that draw: CX2 for Cytoscape, and Kumu's JSON; of the first layer built."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from qualnet.names import slugs

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.files import Stage
    from qualnet.network import Interaction, Network

__all__ = ["write"]

SIGNED = ("+", "-", "ambivalent", "unstated")
SCALE = 100
"""Points on a sheet to one unit of our layout."""


def write(study: Study, stage: Stage) -> None:
    """Write each case's network: one edge per stated sign, factors where the pages show them."""
    files = slugs([c.case_id for c in study.cases])
    comparison = next(iter(study.comparisons.values()))
    for case, network in comparison.networks.items():
        name = f"graphs/{files[case]}"
        stage.write(f"{name}.cx2", _json(_cx2(study, network)))
        stage.write(f"{name}.kumu.json", _json(_kumu(study, network)))


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _edges(study: Study, network: Network) -> list[tuple[Interaction, str, int]]:
    """Give each drawn interaction once for each sign that may be told, with the number of interviews."""
    found: list[tuple[Interaction, str, int]] = []
    for _, item in sorted(network.drawn.items()):
        if not network.directed:
            found.append((item, "", item.n_sources))
            continue
        for sign in SIGNED:
            if any(c.sign == sign for c in item.drawing):
                # where small counts are hidden, "no sign" is not told
                shown = "" if sign == "unstated" and study.min_sources > 1 else sign
                found.append((item, shown, item.n_signed(sign)))
    return found


def _cx2(study: Study, network: Network) -> list[dict[str, Any]]:
    """Give the aspects of a CX2 network, in the order that its specification asks for."""
    number = {factor: i for i, factor in enumerate(network.nodes)}
    nodes = []
    for factor, i in number.items():
        known = network.factors[factor]
        x, y = study.positions.get(factor, (0.0, 0.0))
        values = {
            "name": known.label(study.language),
            "id": factor,
            "kind": known.kind,
            "n_sources": known.n_sources,
            "synthetic": network.synthetic,
        }
        nodes.append({"id": i, "x": round(x * SCALE, 2), "y": round(y * SCALE, 2), "v": values})
    edges = [
        {
            "id": k,
            "s": number[item.cause],
            "t": number[item.effect],
            "v": {"interaction": sign or "with", "n_sources": n, "synthetic": network.synthetic},
        }
        for k, (item, sign, n) in enumerate(_edges(study, network))
    ]
    declared = {
        "networkAttributes": {
            "name": {"d": "string"},
            "layer": {"d": "string"},
            "directed": {"d": "boolean"},
            "n_interviews": {"d": "integer"},
            "synthetic": {"d": "boolean"},
        },
        "nodes": {
            "name": {"d": "string"},
            "id": {"d": "string"},
            "kind": {"d": "string"},
            "n_sources": {"d": "integer"},
            "synthetic": {"d": "boolean"},
        },
        "edges": {
            "interaction": {"d": "string"},
            "n_sources": {"d": "integer"},
            "synthetic": {"d": "boolean"},
        },
    }
    about = {
        "name": network.case_id,
        "layer": network.layer,
        "directed": network.directed,
        "n_interviews": network.n_documents,
        "synthetic": network.synthetic,
    }
    counts = {"attributeDeclarations": 1, "networkAttributes": 1, "nodes": len(nodes), "edges": len(edges)}
    return [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": [{"name": name, "elementCount": n} for name, n in counts.items()]},
        {"attributeDeclarations": [declared]},
        {"networkAttributes": [about]},
        {"nodes": nodes},
        {"edges": edges},
        {"status": [{"success": True}]},
    ]


def _kumu(study: Study, network: Network) -> dict[str, Any]:
    """Give elements and connections; Kumu tells elements apart by their labels."""
    labels = {factor: network.factors[factor].label(study.language) for factor in network.nodes}
    times = Counter(labels.values())
    named = {f: label if times[label] == 1 else f"{label} ({f})" for f, label in labels.items()}
    elements = [
        {
            "label": named[factor],
            "type": network.factors[factor].kind,
            "interviews": network.factors[factor].n_sources,
            "synthetic": network.synthetic,
        }
        for factor in network.nodes
    ]
    connections = [
        {
            "from": named[item.cause],
            "to": named[item.effect],
            "direction": "directed" if network.directed else "undirected",
            "type": sign,
            "interviews": n,
            "synthetic": network.synthetic,
        }
        for item, sign, n in _edges(study, network)
    ]
    return {"elements": elements, "connections": connections}
