"""Nobody can mistake the demonstration for findings, and nothing private stands in what is shared."""

import csv
import json
import re
import shutil
from pathlib import Path

import networkx as nx
import pytest

from qualnet import build
from qualnet.comparison import Study
from qualnet.pipeline import publish
from qualnet.report.sharing import OTHER_ROLE, coarser_roles
from tests.demonstration import ROOT

MARK = "Erfundene Daten"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Study]:
    folder = tmp_path_factory.mktemp("demo")
    for part in ("interviews", "codebooks"):
        shutil.copytree(ROOT / part, folder / part)
    for part in ("qualnet.yaml", "layout.json"):
        shutil.copy(ROOT / part, folder / part)
    study = build(folder)
    publish(folder)
    return folder, study


def files(folder: Path, *parts: str) -> list[Path]:
    return [p for part in parts for p in sorted((folder / part).rglob("*")) if p.is_file()]


def test_every_output_says_that_the_data_is_invented(built: tuple[Path, Study]) -> None:
    folder, _ = built
    kinds = set()
    for file in files(folder, "outputs", "share"):
        kinds.add(file.suffix)
        text = file.read_text("utf-8")
        if file.suffix == ".html":
            assert MARK in text, file
        elif file.suffix == ".csv":
            rows = list(csv.DictReader(text.lstrip("\ufeff").splitlines()))
            assert "synthetic" in text.splitlines()[0], file
            assert {r["synthetic"] for r in rows} <= {"true"}, file
        elif file.suffix == ".cx2":
            aspects = {k: v for aspect in json.loads(text) for k, v in aspect.items()}
            assert [a["synthetic"] for a in aspects["networkAttributes"]] == [True]
            assert {x["v"]["synthetic"] for k in ("nodes", "edges") for x in aspects[k]} == {True}, file
        elif file.name.endswith(".kumu.json"):
            rows = json.loads(text)
            assert {x["synthetic"] for x in (*rows["elements"], *rows["connections"])} == {True}, file
        elif file.suffix == ".json" and file.parent.name == "graphs":
            graph = json.loads(text)
            assert graph["graph"]["synthetic"] is True
            assert all(x["synthetic"] is True for x in (*graph["nodes"], *graph["edges"])), file
        elif file.suffix == ".graphml":
            read = nx.read_graphml(file)
            assert {d["synthetic"] for _, d in read.nodes(data=True)} == {True}, file
            assert {d["synthetic"] for *_, d in read.edges(data=True)} == {True}, file
        elif file.suffix == ".gexf":
            assert len(re.findall('title="synthetic"', text)) == 2, file
        else:
            assert json.loads(text)["synthetic"] is True, file
    assert kinds == {".html", ".csv", ".json", ".graphml", ".gexf", ".cx2"}


def test_cities_are_named_as_invented(built: tuple[Path, Study]) -> None:
    _, study = built
    names = [study.case_name(case.case_id) for case in study.cases]
    assert names == [
        "Soest (erfundene Daten)",
        "Ravensburg (erfundene Daten)",
        "Bad Nauheim (erfundene Daten)",
    ]


def test_what_is_shared_holds_no_quote_no_coder_no_document(built: tuple[Path, Study]) -> None:
    folder, study = built
    shared = "".join(p.read_text("utf-8") for p in files(folder, "share"))
    kept = "".join(p.read_text("utf-8") for p in files(folder, "outputs"))
    assert MARK in shared
    assert any(segment.quote[:50] in kept for segment in study.corpus.segments)
    for segment in study.corpus.segments:
        assert segment.quote[:50] not in shared
    for document in study.corpus.documents:
        assert not re.search(rf"\b{document.document_id}\b", shared)
    for file in study.corpus.imports:
        assert file.file not in shared


def test_what_is_shared_rests_on_enough_interviews(built: tuple[Path, Study]) -> None:
    folder, study = built
    with (folder / "share/tables/interactions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        assert row["n_sources"] or row["n_denied"]
        for column in ("n_sources", "n_positive", "n_negative", "n_ambivalent", "n_denied"):
            assert row[column] == "" or int(row[column]) >= 2, row
        assert row["n_unstated"] == ""
        assert row["contested"] in {"", "true"}
    wanted = {
        (case, *pair) for case, n in study.networks.items() for pair, i in n.drawn.items() if i.n_sources >= 2
    }
    stated = {(r["case"], r["cause"], r["effect"]) for r in rows if r["layer"] == "stated" and r["n_sources"]}
    assert stated == wanted
    with (folder / "share/tables/comparison.csv").open(encoding="utf-8-sig", newline="") as file:
        pairs = list(csv.DictReader(file))
    assert pairs
    assert all(int(r["n_a"]) >= 2 and int(r["n_b"]) >= 2 for r in pairs)
    with (folder / "share/tables/evidence.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == []


def test_the_shared_page_holds_no_count_of_too_few(built: tuple[Path, Study]) -> None:
    folder, _ = built
    page = (folder / "share/index.html").read_text("utf-8")
    data = json.loads(
        re.findall(r'<script type="application/json" id="payload">(.*?)</script>', page, re.DOTALL)[0]
    )
    (stated,) = [layer for layer in data["layers"] if layer["id"] == "stated"]
    items = [item for edge in stated["edges"] for item in edge["by"] if item]
    assert items
    for item in items:
        assert item["u"] is None
        assert item["n"] != 1
        for key in "pmad":
            assert item[key] is None or item[key] >= 2


def test_nothing_shared_contradicts_what_is_known_inside(built: tuple[Path, Study]) -> None:
    folder, _ = built
    inside, shared = (table(folder / part / "tables/interactions.csv") for part in ("outputs", "share"))
    assert shared.keys() < inside.keys()
    hidden = 0
    for key, row in shared.items():
        known = inside[key]
        for column in ("n_positive", "n_negative", "n_ambivalent", "n_sources", "n_denied", "contested"):
            assert row[column] in {"", known[column]}, (key, column)
        assert row["sign"] in {"", known["sign"]} or known["contested"] == "true" or known["sign"] == "mixed"
        hidden += known["contested"] == "true" and row["contested"] == ""
    assert hidden  # a lone opponent is neither told nor denied
    factors = table(folder / "share/tables/factors.csv", "case", "factor")
    for key, known in table(folder / "outputs/tables/factors.csv", "case", "factor").items():
        if factors[key]["state"] == "no_code":
            continue  # this city could not code it, which is no number of interviews
        for column in ("n_sources", "n_in", "n_out", "sources_in", "sources_out"):
            told = factors[key][column]
            assert told == "" or 0 < int(told) <= int(known[column]), (key, column)


def table(path: Path, *keys: str) -> dict[tuple[str, ...], dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {tuple(row[k] for k in keys or ("layer", "case", "cause", "effect")): row for row in rows}


def test_roles_that_few_hold_become_one(built: tuple[Path, Study]) -> None:
    _, study = built
    documents = study.corpus.documents
    held = {d.role for d in documents}
    assert set(coarser_roles(documents, 3).values()) == held  # three people hold each
    assert set(coarser_roles(documents, 4).values()) == {OTHER_ROLE}


def test_the_layout_stays_and_is_extended(tmp_path: Path, built: tuple[Path, Study]) -> None:
    folder, _ = built
    before = json.loads((folder / "layout.json").read_text("utf-8"))["positions"]
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    known = dict(list(before.items())[:-3])
    (copy / "layout.json").write_text(json.dumps({"format": 1, "positions": known}), "utf-8")
    build(copy)
    after = json.loads((copy / "layout.json").read_text("utf-8"))["positions"]
    assert set(after) == set(before)
    assert {f: after[f] for f in known} == known
