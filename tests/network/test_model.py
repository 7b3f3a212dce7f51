"""Networks as a notebook and other tools see them, counted by hand."""

from pathlib import Path

import pytest

from qualnet import build
from qualnet.comparison import Study
from qualnet.network import Factor
from tests.project_files import CLAIMS, project

SEGMENTS = """Dokument;Fall;Code;Zitat;Codierer
i1;A;staff;eins;
i1;A;money;eins;
i2;A;staff;zwei;
i2;A;money;zwei;
i2;A;progress;zwei;
"""


@pytest.fixture
def claims(tmp_path: Path) -> Study:
    return build(project(tmp_path))


@pytest.fixture
def met(tmp_path: Path) -> Study:
    return build(project(tmp_path, SEGMENTS, more="interactions: {layers: [overlap]}\n"))


def test_an_edge_a_sign_carries_its_own_interviews(claims: Study) -> None:
    graph = claims.networks["A"].to_networkx()
    assert dict(graph.graph, nodes=None) == {
        "case": "A", "layer": "stated", "directed": True, "n_documents": 3, "synthetic": False, "nodes": None,
    }  # fmt: skip
    edges = {(a, b, key): data for a, b, key, data in graph.edges(keys=True, data=True)}
    assert set(edges) == {("staff", "progress", "+"), ("staff", "progress", "-")}
    minus, plus = edges["staff", "progress", "-"], edges["staff", "progress", "+"]
    assert (minus["n_sources"], minus["n_claims"], minus["sources"]) == (2, 2, "i1; i3")
    assert (plus["n_sources"], plus["n_claims"], plus["sources"]) == (1, 1, "i2")
    assert minus["contested"]
    # what is only denied has no edge, and its factor no node
    assert set(graph) == {"staff", "progress"}
    assert graph.nodes["staff"]["label_de"] == "Personalmangel"


def test_a_pair_that_only_meets_is_one_edge_without_sign(met: Study) -> None:
    network = met.comparisons["overlap"].networks["A"]
    edges = {(a, b): data for a, b, data in network.to_networkx().edges(data=True)}
    assert {pair: (d["sign"], d["n_sources"], d["n_claims"]) for pair, d in edges.items()} == {
        ("money", "staff"): ("", 2, 2),
        ("money", "progress"): ("", 1, 1),
        ("progress", "staff"): ("", 1, 1),
    }
    assert not met.networks
    assert repr(network) == "<Network A (overlap): 3 factors, 3 co-occurrences, 2 interviews>"


def test_a_notebook_shows_interactions_most_interviews_first_and_escaped(tmp_path: Path) -> None:
    book = (
        "format: 1\nid: base\ncodes:\n  - {id: staff, label: '<b>'}\n"
        "  - {id: money, label: M}\n  - {id: progress, label: P, aliases: [Umsetzung, Personalmangel]}\n"
    )
    head = CLAIMS.splitlines()[0]
    text = f"{head}\ni1;A;money;progress;+;x;;;\ni1;A;staff;progress;-;x;;;\ni2;A;staff;progress;-;x;;;\n"
    study = build(project(tmp_path, text, book))
    assert study._repr_html_() == (
        "<table><caption>&lt;Network A (stated): 3 factors, 2 interactions, 2 interviews&gt;</caption>"
        "<tr><th>Ursache</th><th></th><th>Wirkung</th><th>Interviews</th></tr>"
        "<tr><td>&lt;b&gt;</td><td>-</td><td>P</td><td>2/2</td></tr>"
        "<tr><td>M</td><td>+</td><td>P</td><td>1/2</td></tr></table>"
    )
    assert repr(study) == "<Study: 1 cases, 2 interviews, 3 claims>"


def test_signs_by_majority_tie_and_silence(tmp_path: Path) -> None:
    head = CLAIMS.splitlines()[0]
    rows = [
        "i1;A;staff;progress;+;x;;;", "i2;A;staff;progress;-;x;;;",
        "i1;A;money;progress;;x;;;", "i2;A;money;progress;+;x;;;",
        "i1;A;money;staff;;x;;;",
        "i1;A;progress;money;teils;x;;;",
    ]  # fmt: skip
    network = build(project(tmp_path, "\n".join([head, *rows]))).networks["A"]
    assert {pair: (i.sign, i.contested) for pair, i in network.interactions.items()} == {
        ("staff", "progress"): ("mixed", True),
        ("money", "progress"): ("+", False),
        ("money", "staff"): ("unstated", False),
        ("progress", "money"): ("ambivalent", False),
    }


def test_a_programme_is_a_source_of_its_own_kind(tmp_path: Path) -> None:
    head = "Dokument;Fall;Dokumentart;Ursache;Wirkung;Vorzeichen;Zitat\n"
    text = head + "i1;A;interview;staff;progress;-;x\np1;A;programme;staff;progress;-;x\np2;A;programme;money;staff;+;x\n"  # fmt: skip
    network = build(project(tmp_path, text)).networks["A"]
    item = network.interactions["staff", "progress"]
    assert (item.n_sources, item.n_other_sources, item.n_claims) == (1, 1, 2)
    assert network.documents == ("i1",)
    assert network.interactions["money", "staff"].n_sources == 0


def test_a_factor_without_a_code_is_called_by_its_id() -> None:
    assert Factor("x", "other", None).label("en") == "x"


def test_half_a_chain_is_kept_as_evidence_and_makes_no_interaction(tmp_path: Path) -> None:
    head = CLAIMS.splitlines()[0]
    study = build(project(tmp_path, f"{head}\ni1;A;staff;;-;x;;;\ni2;A;staff;progress;-;y;;;\n"))
    assert [(c.cause, c.effect) for c in study.claims] == [("staff", ""), ("staff", "progress")]
    assert {p: i.sources for p, i in study.networks["A"].interactions.items()} == {
        ("staff", "progress"): ("i2",)
    }
    assert study.networks["A"].factors["staff"].sources == ("i2",)
