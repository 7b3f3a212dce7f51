"""Graph files per case: GraphML, GEXF and node-link JSON, of the first layer built."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from qualnet.names import slugs

if TYPE_CHECKING:
    from qualnet.comparison import Study
    from qualnet.files import Stage

__all__ = ["write"]


def write(study: Study, stage: Stage) -> None:
    """Write each case's network; every node, edge and graph says whether it is synthetic."""
    import networkx as nx  # noqa: PLC0415

    files = slugs([c.case_id for c in study.cases])
    comparison = next(iter(study.comparisons.values()))
    for case, network in comparison.networks.items():
        graph = network.to_networkx()
        name = f"graphs/{files[case]}"
        out = io.BytesIO()
        nx.write_graphml_xml(graph, out)
        stage.write(f"{name}.graphml", out.getvalue())
        # GEXF stamps the day of writing; the same study must give the same bytes
        gexf = "\n".join(line for line in nx.generate_gexf(graph) if "lastmodifieddate" not in line)
        stage.write(f"{name}.gexf", gexf.replace("</creator>\n    </meta>", "</creator>\n    </meta>"))
        data = nx.node_link_data(graph, edges="links")
        stage.write(f"{name}.json", json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n")
