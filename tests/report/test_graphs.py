"""Graph files are read by networkx, as Gephi and Cytoscape would, and hold the whole network."""

import json
from pathlib import Path

import networkx as nx
import pytest

from qualnet import build
from tests.project_files import project

# staff -> progress: i1 (twice, once a repeat) and i3 say -, i2 says +; money -> progress is only denied
EDGES = {
    ("staff", "progress", "-"): (2, 2, "i1; i3"),
    ("staff", "progress", "+"): (1, 1, "i2"),
}


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = project(tmp_path_factory.mktemp("graphs"))
    build(folder)
    return folder / "outputs/graphs"


def read(path: Path) -> "nx.Graph[str]":
    if path.suffix == ".json":
        return nx.node_link_graph(json.loads(path.read_text("utf-8")))
    return nx.read_gexf(path) if path.suffix == ".gexf" else nx.read_graphml(path, force_multigraph=True)


@pytest.mark.parametrize("kind", ["json", "graphml", "gexf"])
def test_a_file_is_read_without_any_option_and_holds_the_network(graphs: Path, kind: str) -> None:
    graph = read(graphs / f"a.{kind}")
    assert graph.is_directed()
    labels = {n: d["label"] for n, d in graph.nodes(data=True)}
    assert labels["staff"] == "Personalmangel"
    found = {
        (a, b, d["sign"]): (d["n_sources"], d["n_claims"], d["sources"]) for a, b, d in graph.edges(data=True)
    }
    assert found == EDGES
    assert {d["contested"] for *_, d in graph.edges(data=True)} == {True}


@pytest.mark.parametrize("kind", ["json", "graphml", "gexf"])
def test_a_file_holds_no_day_of_writing(graphs: Path, kind: str) -> None:
    assert "lastmodified" not in (graphs / f"a.{kind}").read_text("utf-8")
