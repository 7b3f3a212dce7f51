"""Graph files per case: GraphML, GEXF and node-link JSON, of the first layer built."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

from qualnet.names import slugs

if TYPE_CHECKING:
    import networkx as nx

    from qualnet.comparison import Study
    from qualnet.files import Stage

__all__ = ["write"]

TODAY = re.compile(rb' lastmodifieddate="[^"]*"')


def write(study: Study, stage: Stage) -> None:
    """Write each case's network; every node, edge and graph says whether it is synthetic."""
    import networkx as nx  # noqa: PLC0415

    files = slugs([c.case_id for c in study.cases])
    comparison = next(iter(study.comparisons.values()))
    for case, network in comparison.networks.items():
        graph = network.to_networkx()
        # Gephi and others show the attribute of this name
        nx.set_node_attributes(
            graph, {f: x.label(study.language) for f, x in network.factors.items()}, "label"
        )
        name = f"graphs/{files[case]}"
        if study.min_sources > 1:
            _leave_out(graph)
        graphml, gexf = io.BytesIO(), io.BytesIO()
        nx.write_graphml_xml(graph, graphml)
        stage.write(f"{name}.graphml", graphml.getvalue())
        nx.write_gexf(graph, gexf)
        # GEXF stamps the day of writing; the same study must give the same bytes
        stage.write(f"{name}.gexf", TODAY.sub(b"", gexf.getvalue(), count=1))
        data = nx.node_link_data(graph, edges="edges")
        stage.write(f"{name}.json", json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n")


def _leave_out(graph: nx.MultiDiGraph[str]) -> None:
    """Leave out what is not told where small counts are hidden: no "no", no zero, no "no sign"."""
    for *_, data in graph.edges(data=True):
        data["sign"] = data["sign"].replace("unstated", "")
        for name in ("contested", "n_denied"):
            if not data[name]:
                del data[name]
