import base64
import dataclasses
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from qualnet import build
from qualnet.codebook.model import KINDS
from qualnet.comparison import Study
from qualnet.files import Stage
from qualnet.report.exporters.city_pages import (
    COLOURS,
    DASHES,
    LOOKS,
    SHAPES,
    WORDS,
    city_page,
    city_page_name,
    to_pyvis,
    write,
)
from qualnet.report.layout import compute, union_graph
from tests.project_files import CLAIMS, CODEBOOK, project

EVIL = "</script><img src=x onerror=alert(1)>"
MEETINGS = "Dokument;Fall;Code;Zitat\ni1;A;staff;Beides hier.\ni1;A;money;Beides hier.\ni2;B;staff;Anders.\n"


def study_of(folder: Path, claims: str = CLAIMS, codebook: str = CODEBOOK, more: str = "") -> Study:
    return build(project(folder, claims, codebook, more), write=False)


def positions_of(study: Study) -> dict[str, tuple[float, float]]:
    return compute(*union_graph(study)).positions


def page_of(study: Study, case_id: str = "A") -> str:
    return city_page(study, case_id, positions_of(study))


def data_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def outside_the_library(page: str) -> str:
    start = page.index("/**\n * vis-network")
    return page[:start] + page[page.index("</script>", start) :]


def test_a_page_runs_only_what_its_policy_names(tmp_path: Path) -> None:
    page = page_of(study_of(tmp_path))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    inline = re.findall(r"<(script|style)>(.*?)</\1>", page, re.DOTALL)
    assert [kind for kind, _ in inline] == ["style", "script", "script"]
    for kind, text in inline:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert re.search(rf"{kind}-src [^;]*'sha256-{re.escape(digest)}'", policy[1])
    assert policy[1].startswith("default-src 'none';")
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy[1]
    assert "unsafe" not in policy[1]


def test_a_page_asks_for_nothing(tmp_path: Path) -> None:
    page = page_of(study_of(tmp_path))
    assert page.startswith('<!doctype html>\n<html lang="de"')
    assert "@license" in page  # of vis-network, which asks for its header to be kept
    own = outside_the_library(page)
    assert re.findall(r'(?:src|href)="([^"]*)"', own) == ["#list", "../index.html"]
    assert "http:" not in own
    assert "https:" not in own
    assert "sourceMappingURL" not in page
    assert "innerHTML" not in own
    assert "\r" not in page


def test_text_of_others_stays_text(tmp_path: Path) -> None:
    claims = CLAIMS.replace("Es fehlt an Leuten.", f"{EVIL}\u2028&amp").replace(";A;", f";{EVIL[9:]};")
    codebook = CODEBOOK.replace("label: Personalmangel", f"label: {EVIL!r}, aliases: [Personalmangel]")
    study = study_of(tmp_path, claims, codebook, "report: {language: de}\n")
    study = dataclasses.replace(study, title=EVIL)
    case = study.cases[0].case_id
    page = page_of(study, case)
    assert "<img" not in outside_the_library(page)
    assert "\u2028" not in outside_the_library(page)
    data = data_of(page)
    assert f"{EVIL}\u2028&amp" in data["texts"]
    assert EVIL in {factor["label"]["de"] for factor in data["factors"]}
    assert outside_the_library(page).count("<script") == 3


def test_the_same_study_gives_the_same_bytes_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_of(tmp_path / "project")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert page_of(study) == page_of(study)
    assert not list(here.iterdir())


def test_pages_are_written_under_safe_names(tmp_path: Path) -> None:
    study = study_of(tmp_path, CLAIMS.replace(";B;", ";Köln;"))
    write(study, stage := Stage(tmp_path / "stage"))
    assert stage.files() == ["cities/a.html", "cities/koeln.html"]
    assert city_page_name(study, study.cases[1].case_id) == "cities/koeln.html"
    assert b"\r" not in stage.path("cities/a.html").read_bytes()


def test_counter_evidence_has_its_own_place(tmp_path: Path) -> None:
    data = data_of(page_of(study_of(tmp_path)))
    ids = [factor["id"] for factor in data["factors"]]
    found = {(ids[i["cause"]], ids[i["effect"]]): i for i in data["interactions"]}

    def quotes(pair: tuple[str, str], kind: str) -> list[str]:
        return [data["texts"][data["evidence"][k]["text"]] for k in found[pair][kind]]

    contested = found["staff", "progress"]
    assert (contested["n"], contested["plus"], contested["minus"], contested["contested"]) == (3, 1, 2, True)
    assert quotes(("staff", "progress"), "against") == ["Mit wenigen Leuten waren wir schneller."]
    assert len(quotes(("staff", "progress"), "for")) == 3
    denied = found["money", "progress"]
    assert (denied["n"], denied["denied"], denied["drawn"], denied["for"]) == (0, 1, False, [])
    assert quotes(("money", "progress"), "against") == ["Am Geld liegt es nicht."]
    assert [edge["id"] for edge in data["edges"]] == [1]
    assert data["edges"][0]["label"] == "1 : 2"
    repeats = [e for e in data["evidence"] if e.get("repeat")]
    assert [data["texts"][e["text"]] for e in repeats] == ["Wie gesagt, ohne Leute nicht."]
    assert {e.get("coder") for e in data["evidence"]} == {"AB"}


def test_what_draws_no_arrow_is_kept(tmp_path: Path) -> None:
    claims = (
        CLAIMS.replace("verneint;", "verneint;Status;").replace("AB;;", "AB;;;").replace("AB;ja;", "AB;ja;;")
    )
    claims += "i2;A;money;staff;-;Man müsste das Geld haben.;AB;;gefordert;\n"
    page = page_of(study_of(tmp_path, claims))
    silent = [i for i in data_of(page)["interactions"] if i["silent"]]
    assert [(i["n"], i["drawn"], len(i["silent"])) for i in silent] == [(0, False, 1)]


def test_every_page_says_what_it_is(tmp_path: Path) -> None:
    real = study_of(tmp_path / "real")
    page = page_of(real)
    assert WORDS["de"]["internal"] in page
    assert "Erfunden" not in outside_the_library(page).split('id="data"')[0]
    claims = CLAIMS.replace("Wiederholung", "Wiederholung;erfunden").replace("AB;;\n", "AB;;;ja\n")
    invented = study_of(
        tmp_path / "invented", claims.replace("AB;;ja\n", "AB;;ja;ja\n").replace("ja;\n", "ja;;ja\n")
    )
    assert invented.synthetic
    page = page_of(invented)
    for language in ("de", "en"):
        assert f'lang="{language}">{WORDS[language]["synthetic"]}</span>' in page
    assert data_of(page)["marks"][0] == {"de": WORDS["de"]["synthetic"], "en": WORDS["en"]["synthetic"]}
    assert to_pyvis(invented.networks["A"]).heading == WORDS["de"]["synthetic"]


def test_a_public_page_holds_no_words_of_interviews(tmp_path: Path) -> None:
    study = dataclasses.replace(study_of(tmp_path), profile="public")
    page = page_of(study)
    data = data_of(page)
    assert data["texts"] == []
    assert all(
        e["text"] is None and not {"coder", "role", "id", "paragraph"} & set(e) for e in data["evidence"]
    )
    assert "Leute" not in page
    assert data["marks"] == []


def test_pairs_without_direction_get_lines(tmp_path: Path) -> None:
    page = page_of(study_of(tmp_path, MEETINGS, more="interactions: {layers: [overlap]}\n"))
    data = data_of(page)
    assert not data["directed"]
    assert [(e["arrows"], e["sign"], e["label"]) for e in data["edges"]] == [("", "", "")]
    assert data["texts"] == ["Beides hier."]
    assert WORDS["de"]["meeting"] in page
    assert "Vorzeichen</span></th>" not in page


def test_a_city_that_names_nothing_has_a_page(tmp_path: Path) -> None:
    claims = CLAIMS + "i5;C;money;progress;-;Das stimmt nicht.;AB;ja;\n"
    data = data_of(page_of(study_of(tmp_path, claims), "C"))
    assert (data["nodes"], data["edges"]) == ([], [])
    assert len(data["interactions"]) == 1


def test_the_page_opens_in_the_language_of_the_study(tmp_path: Path) -> None:
    study = study_of(tmp_path, more="report: {language: en}\n")
    assert page_of(study).startswith('<!doctype html>\n<html lang="en"')


def test_a_network_of_pyvis_stands_where_the_layout_says(tmp_path: Path) -> None:
    network = study_of(tmp_path).networks["A"]
    drawn = to_pyvis(network, {"staff": (100.0, 50.0), "progress": (100.0, 550.0)}, "en")
    assert [node["id"] for node in drawn.nodes] == ["progress", "staff"]
    low, high = drawn.nodes
    assert low["x"] == high["x"]
    assert low["y"] > high["y"]
    assert high["shape"] == "square"
    assert all("title" not in part for part in (*drawn.nodes, *drawn.edges))
    assert drawn.options["physics"] == {"enabled": False}
    assert drawn.options["edges"]["smooth"]["type"] == "curvedCW"
    assert drawn.edges[0]["arrows"] == "to"
    assert len({(node["x"], node["y"]) for node in to_pyvis(network).nodes}) == 2


def test_every_kind_and_sign_has_words_colours_and_a_form() -> None:
    assert WORDS["de"].keys() == WORDS["en"].keys()
    assert set(KINDS) == set(SHAPES)
    assert len({shape for shape, _ in SHAPES.values()}) == len(SHAPES)
    assert set(COLOURS) == {*KINDS, *LOOKS.values()}
    assert set(DASHES) == set(LOOKS.values())
    assert set(KINDS) | {sign for sign in LOOKS if sign} <= WORDS["de"].keys()
    page = Path(__file__).parents[2] / "qualnet" / "report" / "exporters" / "city_page.html"
    used = set(re.findall(r'\bsay\("(\w+)"\)', page.read_text("utf-8")))
    assert used <= WORDS["de"].keys()
