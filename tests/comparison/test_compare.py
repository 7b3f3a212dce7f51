"""Cities side by side, counted by hand."""

from pathlib import Path

import pytest

from qualnet import build
from qualnet.comparison import Comparison, Study
from qualnet.comparison.compare import similarity
from tests.project_files import CODEBOOK, project

HEAD = "Dokument;Fall;Ursache;Wirkung;Vorzeichen;Zitat;verneint\n"
# A has two interviews, B two, C one
CLAIMS = (
    HEAD
    + """i1;A;staff;progress;-;x;
i2;A;staff;progress;-;x;
i1;A;money;progress;+;x;
i3;B;staff;progress;+;x;
i4;B;money;progress;+;x;
i4;B;money;staff;-;x;ja
i5;C;staff;progress;-;x;
"""
)


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return build(project(tmp_path, CLAIMS))


@pytest.fixture
def stated(study: Study) -> Comparison:
    return study.comparisons["stated"]


STAFF, MONEY, DENIED = ("staff", "progress"), ("money", "progress"), ("money", "staff")


def test_what_is_named_denied_or_not_named_is_told_apart(stated: Comparison) -> None:
    assert {key: [stated.state(key, c) for c in "ABC"] for key in stated.keys} == {
        STAFF: ["named"] * 3,
        MONEY: ["named", "named", "not_named"],
        DENIED: ["not_named", "denied", "not_named"],
    }
    assert stated.cases_naming(MONEY) == ("A", "B")
    assert stated.cases_naming(DENIED) == ()
    assert [stated.factor_state("money", c) for c in "ABC"] == ["named", "named", "not_named"]


GUIDE = """Interview;Thema
i1;Mittel
i2;Fortschritt
i3;Personalmangel
"""


def test_what_nobody_was_asked_about_is_told_apart(tmp_path: Path) -> None:
    book = CODEBOOK.replace("{id: staff,", "{id: means, label: Mittel}\n  - {id: staff, parent: means,")
    book = book.replace("{id: money,", "{id: money, parent: means,") + "  - {id: trust, label: Vertrauen}\n"
    head = CLAIMS.splitlines()[0]
    claims = f"{head}\ni1;A;staff;trust;-;x;;;\ni2;A;money;trust;-;x;;;\ni3;B;trust;progress;+;x;;;\n"
    folder = project(tmp_path, claims, book, "guide: guide.csv\n")
    (folder / "guide.csv").write_text(GUIDE, "utf-8")
    stated = build(folder).comparisons["stated"]
    # A was asked about means (so about staff and money too) and progress; B about staff only
    assert [stated.factor_state("money", c) for c in "AB"] == ["named", "not_asked"]
    assert [stated.factor_state("progress", c) for c in "AB"] == ["not_named", "named"]
    assert stated.state(("staff", "trust"), "B") == "not_named"  # one end was a topic
    assert stated.state(("money", "trust"), "B") == "not_asked"
    assert stated.state(("trust", "progress"), "A") == "not_named"
    (pair,) = stated.pairs
    assert {(d.cause, d.effect): d.comparable for d in pair.differences} == {
        ("staff", "trust"): True,
        ("money", "trust"): False,
        ("trust", "progress"): True,
    }


def test_a_city_with_an_interview_that_the_guide_leaves_out_is_never_not_asked(tmp_path: Path) -> None:
    head = CLAIMS.splitlines()[0]
    claims = f"{head}\ni1;A;staff;progress;-;x;;;\ni2;A;staff;progress;-;x;;;\ni3;B;money;progress;+;x;;;\n"
    folder = project(tmp_path, claims, CODEBOOK, "guide: guide.csv\n")
    (folder / "guide.csv").write_text("document,topic\ni1,staff\ni3,progress\n", "utf-8")
    stated = build(folder).comparisons["stated"]
    assert [stated.factor_state("money", c) for c in "AB"] == ["not_named", "named"]
    assert [stated.factor_state("staff", c) for c in "AB"] == ["named", "not_asked"]


def test_opposite_majorities_are_a_flip(stated: Comparison) -> None:
    assert stated.flipped(STAFF)
    assert not stated.flipped(MONEY)
    kinds = {(p.a, p.b): {(d.cause, d.effect): d.kind for d in p.differences} for p in stated.pairs}
    assert kinds["A", "B"] == {STAFF: "flipped", MONEY: "both"}
    assert kinds["A", "C"] == {STAFF: "both", MONEY: "only_a"}
    assert kinds["B", "C"] == {STAFF: "flipped", MONEY: "only_a"}


def test_a_difference_is_in_shares_of_interviews(stated: Comparison) -> None:
    (pair,) = [p for p in stated.pairs if (p.a, p.b) == ("A", "B")]
    found = {(d.cause, d.effect): d for d in pair.differences}
    assert found[STAFF].difference == 1.0 - 0.5
    assert found[MONEY].difference == 0.0
    assert not found[STAFF].clear  # two interviews a city say nothing for sure


def test_similarity_is_the_smaller_over_the_larger_shares_by_sign(stated: Comparison) -> None:
    by = {(p.a, p.b): p.jaccard for p in stated.pairs}
    # A: staff- 2/2, money+ 1/2.  B: staff+ 1/2, money+ 1/2.  C: staff- 1/1
    assert by["A", "B"] == pytest.approx(0.5 / (1 + 0.5 + 0.5))
    assert by["A", "C"] == pytest.approx(1 / (1 + 0.5))
    assert by["B", "C"] == 0
    assert {similarity(n, n) for n in stated.networks.values()} == {1.0}


def test_on_the_level_above_sources_are_united_and_not_summed(tmp_path: Path) -> None:
    book = CODEBOOK.replace("{id: staff,", "{id: means, label: Mittel}\n  - {id: staff, parent: means,")
    book = book.replace("{id: money,", "{id: money, parent: means,")
    # i1 names both parts; above them it is one interview of two
    claims = (
        HEAD + "i1;A;staff;progress;+;x;\ni1;A;money;progress;+;x;\ni2;A;;;;x;\ni3;B;staff;progress;+;x;\n"
    )
    claims = claims.replace("i2;A;;;;x;", "i2;A;progress;staff;+;x;")
    (pair,) = build(project(tmp_path, claims, book)).comparisons["stated"].pairs
    # below: staff+ 1/2 and 1, money+ 1/2 and 0, back 1/2 and 0; above: means+ 1/2 and 1, back 1/2 and 0
    assert pair.jaccard == pytest.approx(0.5 / (1 + 0.5 + 0.5))
    assert pair.jaccard_parent == pytest.approx(0.5 / (1 + 0.5))


def test_two_networks_in_which_nothing_meets_are_the_same(tmp_path: Path) -> None:
    claims = HEAD + "i1;A;staff;progress;+;x;ja\ni2;B;money;progress;+;x;ja\n"
    (pair,) = build(project(tmp_path, claims)).comparisons["stated"].pairs
    assert (pair.jaccard, pair.differences) == (1.0, ())


def test_meetings_are_compared_by_interviews_without_sign(tmp_path: Path) -> None:
    segments = (
        "Dokument;Fall;Code;Zitat\ni1;A;staff;x\ni1;A;money;x\ni2;B;staff;y\ni2;B;money;y\ni3;B;staff;z\n"
    )
    study = build(project(tmp_path, segments, more="interactions: {layers: [overlap]}\n"))
    (pair,) = study.comparisons["overlap"].pairs
    assert pair.jaccard == pytest.approx(0.5)
    assert study.comparisons["overlap"].state(("money", "staff"), "A") == "named"
    # a table of comparisons is about claims
    text = (tmp_path / "outputs" / "tables" / "comparison.csv").read_text("utf-8-sig")
    assert len(text.splitlines()) == 1


def test_a_code_that_a_city_s_codebook_does_not_have_is_not_called_not_named(tmp_path: Path) -> None:
    more = "    codebook: town.yaml\n  - {path: b.csv, case: B}\n"
    town = "format: 1\nid: town\nextends: base\nchanges:\n  - {retire: money, because: nobody spoke of it}\n"
    folder = project(tmp_path, HEAD + "i1;A;staff;progress;-;x;\n", more=more)
    (folder / "town.yaml").write_text(town, "utf-8")
    (folder / "b.csv").write_text(
        "Dokument;Ursache;Wirkung;Vorzeichen;Zitat\ni2;money;progress;+;x\n", "utf-8"
    )
    stated = build(folder).comparisons["stated"]
    assert [stated.state(MONEY, c) for c in "AB"] == ["no_code", "named"]
    assert [stated.factor_state("money", c) for c in "AB"] == ["no_code", "named"]
    assert [stated.factor_state("staff", c) for c in "AB"] == ["named", "not_named"]


def test_a_city_that_could_not_name_it_differs_in_nothing(tmp_path: Path) -> None:
    """Ten interviews against ten: Newcombe's interval of 1 against 0 excludes 0, by far."""
    more = "    codebook: town.yaml\n  - {path: b.csv, case: B}\n"
    town = "format: 1\nid: town\nextends: base\nchanges:\n  - {retire: money, because: nobody spoke of it}\n"
    rows = "".join(f"a{k};A;staff;progress;-;x;\n" for k in range(10))
    folder = project(tmp_path, HEAD + rows, more=more)
    (folder / "town.yaml").write_text(town, "utf-8")
    (folder / "b.csv").write_text(
        "Dokument;Ursache;Wirkung;Vorzeichen;Zitat\n"
        + "".join(f"b{k};money;progress;+;x\n" for k in range(10)),
        "utf-8",
    )
    (pair,) = build(folder).comparisons["stated"].pairs
    found = {(d.cause, d.effect): (d.low > 0 or d.high < 0, d.comparable, d.clear) for d in pair.differences}
    assert found == {MONEY: (True, False, False), ("staff", "progress"): (True, True, True)}


def test_a_contested_interaction_is_told_in_the_comparison(tmp_path: Path) -> None:
    claims = (
        HEAD
        + "i1;A;staff;progress;-;x;\ni2;A;staff;progress;-;x;\ni3;A;staff;progress;+;x;\ni4;B;staff;progress;-;x;\n"
    )
    (pair,) = build(project(tmp_path, claims)).comparisons["stated"].pairs
    assert [d.kind for d in pair.differences] == ["contested"]


@pytest.mark.parametrize("layer", ["stated", "overlap"])
def test_programmes_count_in_no_share(tmp_path: Path, layer: str) -> None:
    more = f"interactions: {{layers: [{layer}]}}\n"
    claims = "Dokument;Fall;Dokumentart;Ursache;Wirkung;Vorzeichen;Zitat\n"
    claims += "i1;A;;staff;progress;-;x\np1;A;programme;staff;progress;-;x\np1;A;programme;money;staff;-;x\ni2;B;;staff;progress;-;x\n"
    segments = "Dokument;Fall;Dokumentart;Code;Zitat\n"
    segments += "i1;A;;staff;x\ni1;A;;money;x\np1;A;programme;staff;x\np1;A;programme;progress;x\ni2;B;;staff;x\ni2;B;;money;x\n"
    study = build(project(tmp_path, claims if layer == "stated" else segments, more=more))
    (pair,) = study.comparisons[layer].pairs
    assert pair.jaccard == 1.0
