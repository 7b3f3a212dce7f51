"""CX2 and Kumu's JSON: what Cytoscape and Kumu read, worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from qualnet import build
from qualnet.pipeline import run
from tests.project_files import CLAIMS, CODEBOOK, project


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = project(tmp_path_factory.mktemp("drawings"), more="interactions: {layers: [stated]}\n")
    build(folder)
    return folder / "outputs/graphs"


def cx2(path: Path) -> dict[str, Any]:
    aspects = json.loads(path.read_text("utf-8"))
    assert aspects[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert aspects[-1] == {"status": [{"success": True}]}
    merged = {name: value for aspect in aspects[1:-1] for name, value in aspect.items()}
    assert {m["name"]: m["elementCount"] for m in merged["metaData"]} == {
        name: len(value) for name, value in merged.items() if name != "metaData"
    }
    return merged


def test_cx2_has_an_edge_for_each_sign(graphs: Path) -> None:
    found = cx2(graphs / "a.cx2")
    names = {n["id"]: n["v"]["name"] for n in found["nodes"]}
    assert sorted(names.values()) == ["Fortschritt", "Personalmangel"]
    # i2 says +, i1 (twice) and i3 say -
    assert [
        (names[e["s"]], names[e["t"]], e["v"]["interaction"], e["v"]["n_sources"]) for e in found["edges"]
    ] == [
        ("Personalmangel", "Fortschritt", "+", 1),
        ("Personalmangel", "Fortschritt", "-", 2),
    ]
    assert found["networkAttributes"] == [
        {"name": "A", "layer": "stated", "directed": True, "n_interviews": 3, "synthetic": False}
    ]
    declared = found["attributeDeclarations"][0]
    for aspect in ("nodes", "edges"):
        assert all(row["v"].keys() <= declared[aspect].keys() for row in found[aspect])
    assert len({(n["x"], n["y"]) for n in found["nodes"]}) == 2


def test_kumu_joins_elements_by_their_labels(graphs: Path) -> None:
    found = json.loads((graphs / "a.kumu.json").read_text("utf-8"))
    assert {e["label"]: (e["type"], e["interviews"]) for e in found["elements"]} == {
        "Personalmangel": ("challenge", 3),
        "Fortschritt": ("outcome", 3),
    }
    assert [
        (c["from"], c["to"], c["direction"], c["type"], c["interviews"]) for c in found["connections"]
    ] == [
        ("Personalmangel", "Fortschritt", "directed", "+", 1),
        ("Personalmangel", "Fortschritt", "directed", "-", 2),
    ]


def test_a_co_occurrence_has_no_direction_and_no_sign(tmp_path: Path) -> None:
    claims = "Dokument;Fall;Code;Zitat;Absatz\ni1;A;staff;a;1\ni1;A;progress;a;1\n"
    folder = project(tmp_path, claims, more="interactions: {layers: [overlap]}\n")
    run(folder)
    (edge,) = cx2(folder / "outputs/graphs/a.cx2")["edges"]
    assert edge["v"] == {"interaction": "with", "n_sources": 1, "synthetic": False}
    (connection,) = json.loads((folder / "outputs/graphs/a.kumu.json").read_text("utf-8"))["connections"]
    assert (connection["direction"], connection["type"]) == ("undirected", "")


def test_factors_of_one_label_are_told_apart_in_kumu(tmp_path: Path) -> None:
    folder = project(
        tmp_path,
        codebook=CODEBOOK.replace("Personalmangel", "Fortschritt"),
        claims=CLAIMS.replace("Personalmangel", "staff").replace("Umsetzung", "progress"),
    )
    build(folder)
    found = json.loads((folder / "outputs/graphs/a.kumu.json").read_text("utf-8"))
    labels = {e["label"] for e in found["elements"]}
    assert labels == {"Fortschritt (staff)", "Fortschritt (progress)"}
    assert {c["from"] for c in found["connections"]} <= labels
