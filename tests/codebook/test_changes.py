"""What a city changes in the codebook it extends, and the way back."""

from pathlib import Path

import pytest

from qualnet import build
from qualnet.codebook import Codebook, common_vocabulary, load_codebook
from qualnet.codebook.model import Code
from qualnet.prepare import prepare
from qualnet.problems import Problems
from tests.project_files import CODEBOOK, project

TOWN = "format: 1\nid: town\nextends: base\ncodes:\n  - {id: grants, label: G, parent: money}\nchanges:\n"


def town(folder: Path, *changes: str) -> tuple[Codebook | None, list[str]]:
    (folder / "base.yaml").write_text(CODEBOOK, "utf-8")
    (folder / "town.yaml").write_text(TOWN + "".join(f"  - {c}\n" for c in changes), "utf-8")
    problems = Problems()
    book = load_codebook(folder / "town.yaml", folder, problems)
    return book, [str(p) for p in problems.errors]


def test_a_rename_keeps_the_label_the_old_name_as_alias_and_the_children(tmp_path: Path) -> None:
    book, errors = town(tmp_path, "{rename: money, to: funds}")
    assert not errors
    assert book is not None
    assert "money" not in book.codes
    funds = book.codes["funds"]
    assert (funds.label, funds.aliases) == ("Eigenmittel", ("money",))
    assert book.codes["grants"].parent == "funds"
    assert list(book.codes) == ["staff", "funds", "progress", "grants"]
    assert book.base_id("funds") == "money"
    assert book.names()["eigenmittel"] == "funds"


def test_a_split_retires_the_whole_and_its_parts_go_back_to_it(tmp_path: Path) -> None:
    book, errors = town(tmp_path, "{split: staff, into: [grants, money], because: two things}")
    assert not errors
    assert book is not None
    assert dict(book.retired) == {"staff": "two things"}
    assert {x: book.base_id(x) for x in ("grants", "money", "progress")} == {
        "grants": "staff", "money": "staff", "progress": "progress",
    }  # fmt: skip
    one, errors = town(tmp_path, "{split: staff, into: grants}")
    assert not errors
    assert one is not None
    assert one.base_id("grants") == "staff"


def test_a_merge_into_a_new_code_or_into_one_of_them(tmp_path: Path) -> None:
    book, errors = town(tmp_path, "{merge: [staff, money], into: means, label: Mittel}")
    assert not errors
    assert book is not None
    assert set(book.codes) == {"means", "progress", "grants"}
    assert (book.codes["means"].label, book.codes["means"].aliases) == ("Mittel", ("staff", "money"))
    assert book.merged == {"staff": "means", "money": "means"}
    kept, errors = town(tmp_path, "{merge: [staff, money], into: money}")
    assert not errors
    assert kept is not None
    assert kept.codes["money"].label == "Eigenmittel"
    assert kept.codes["money"].aliases == ("staff",)
    unnamed, _ = town(tmp_path, "{merge: [staff, money], into: means}")
    assert unnamed is not None
    assert unnamed.codes["means"].label == "means"


def test_a_merge_of_one_city_holds_for_all(tmp_path: Path) -> None:
    merging, _ = town(tmp_path, "{merge: [staff, money], into: means, label: Mittel}")
    base = load_codebook(tmp_path / "base.yaml", tmp_path, Problems())
    assert merging is not None
    assert base is not None
    common = common_vocabulary(base, {"A": merging, "B": base})
    assert {x: common.ids[x] for x in ("staff", "money", "means")} == dict.fromkeys(
        ("staff", "money", "means"), "means"
    )
    assert set(common.codes) == {"means", "progress", "grants"}
    assert common.codes["means"].label == "Mittel"
    assert common.known == {
        "A": frozenset({"means", "progress", "grants"}),
        "B": frozenset({"means", "progress"}),
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("{rename: money}", "town.yaml:7:5: missing-field: 'to' is missing"),
        ("{rename: mony, to: funds}", "town.yaml:7:6: unknown-code: rename 'mony' is no code of this codebook\n    did you mean 'money'?"),
        ("{rename: money, to: staff}", "town.yaml:7:21: duplicate-code: code 'staff' exists already\n    first at base.yaml:4:6"),
        ("{split: money}", "town.yaml:7:5: missing-field: 'into' is missing"),
        ("{split: mony, into: [grants]}", "town.yaml:7:6: unknown-code: split 'mony' is no code of this codebook\n    did you mean 'money'?"),
        ("{split: money, into: [grant]}", "town.yaml:7:20: unknown-code: into 'grant' is no code of this codebook\n    did you mean 'grants'?"),
        ("{merge: [staff, money]}", "town.yaml:7:5: missing-field: 'into' is missing"),
        ("{merge: [staff, mony], into: x}", "town.yaml:7:6: unknown-code: merge 'mony' is no code of this codebook\n    did you mean 'money'?"),
        ("{retire: mony}", "town.yaml:7:6: unknown-code: retire 'mony' is no code of this codebook\n    did you mean 'money'?"),
        ("{because: of that}", "town.yaml:7:5: missing-field: 'rename | split | merge | retire' is missing"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_made_is_told_at_its_line(tmp_path: Path, change: str, said: str) -> None:
    book, errors = town(tmp_path, change)
    assert book is None
    assert errors == [said]


def test_what_a_codebook_names_must_be_a_code(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        CODEBOOK
        + "hypotheses:\n  - {cause: mony, effect: progress, sign: +, support: hypothesis}\n"
        + "recommendations:\n  - id: r\n    label: R\n"
        + "    acts_on:\n      - {factor: stuff, sign: +}\n"
        + "    opens:\n      - {cause: staff, effect: progres, sign: +}\n",
        "utf-8",
    )
    problems = Problems()
    assert load_codebook(tmp_path / "x.yaml", tmp_path, problems) is None
    assert [f"{p.place} {p.message()}" for p in problems.errors] == [
        "x.yaml:8:6 cause 'mony' is no code of this codebook",
        "x.yaml:13:10 factor 'stuff' is no code of this codebook",
        "x.yaml:15:24 effect 'progres' is no code of this codebook",
    ]


@pytest.mark.parametrize("name", ["none", "bas"])
def test_a_codebook_to_extend_that_does_not_exist_is_told_with_a_suggestion(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "base.yaml").write_text(CODEBOOK, "utf-8")
    (tmp_path / "town.yaml").write_text(
        TOWN.replace("extends: base", f"extends: {name}").replace("changes:\n", ""), "utf-8"
    )
    problems = Problems()
    assert load_codebook(tmp_path / "town.yaml", tmp_path, problems) is None
    (problem,) = problems
    assert problem.message() == f"there is no codebook '{name}'"
    assert str(problem.place) == "town.yaml:3:1"
    if name == "bas":
        assert problem.hint() == "did you mean 'base'?"


def test_a_codebook_outside_the_project_is_called_by_its_file_name(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "x.yaml").write_text("format: 1\n", "utf-8")
    problems = Problems()
    assert load_codebook(tmp_path / "x.yaml", tmp_path / "p", problems) is None
    assert [str(p.place) for p in problems] == ["x.yaml:1:1"]


def code(name: str, parent: str | None) -> Code:
    return Code(name, name, parent=parent)


def test_the_way_up_ends_at_the_top_at_a_circle_and_at_an_unknown_parent() -> None:
    above = {"a": None, "b": "a", "c": "b", "x": "y", "y": "x", "lost": "nowhere"}
    book = Codebook("", "", "", {k: code(k, v) for k, v in above.items()})
    assert book.ancestors_of("c") == ["b", "a"]
    assert [book.top(x) for x in ("c", "a", "lost", "unknown")] == ["a", "a", "lost", "unknown"]
    assert book.ancestors_of("x") == ["y", "x"]
    common = common_vocabulary(book, {})
    assert [common.parent(x) for x in ("c", "a", "lost", "unknown")] == ["a", "a", "lost", "unknown"]
    assert common.parent("x") == "y"


def test_a_retired_code_in_the_codings_is_told_as_such(tmp_path: Path) -> None:
    folder = project(tmp_path, more="    codebook: town.yaml\n")
    (folder / "town.yaml").write_text(TOWN + "  - {retire: money}\n", "utf-8")
    problems = Problems()
    prepare(folder / "qualnet.yaml", problems)
    assert [p.text().split("\n")[0] for p in problems.errors] == [
        "claims.csv, row 6, column Ursache: retired-code: code 'money' is retired in this codebook"
    ]


def test_a_code_is_found_by_its_path_where_names_repeat(tmp_path: Path) -> None:
    book = (
        "format: 1\nid: base\ncodes:\n  - {id: m, label: Mittel}\n  - {id: p, label: Personal}\n"
        "  - {id: m_other, label: Mittel > Sonstiges, parent: m}\n"
        "  - {id: p_other, label: Personal > Sonstiges, parent: p}\n"
    )
    folder = project(tmp_path, codebook=book, more="interactions: {layers: [overlap]}\n")
    xml = (
        '<Project name="x"><CodeBook><Codes><Code guid="1" name="Mittel"><Code guid="2" name="Sonstiges"/></Code>'
        '<Code guid="3" name="Personal"><Code guid="4" name="Sonstiges"/></Code></Codes></CodeBook>'
        '<Sources><TextSource guid="5" name="i1"><PlainTextContent>Worte.</PlainTextContent>'
        '<PlainTextSelection guid="6" startPosition="0" endPosition="5">'
        '<Coding guid="7"><CodeRef targetGUID="2"/></Coding><Coding guid="8"><CodeRef targetGUID="4"/></Coding>'
        "</PlainTextSelection></TextSource></Sources></Project>"
    )
    (folder / "x.qde").write_text(xml, "utf-8")
    text = (folder / "qualnet.yaml").read_text("utf-8")
    (folder / "qualnet.yaml").write_text(text.replace("path: claims.csv", "{path: x.qde, case: A}"), "utf-8")
    study = build(folder)
    assert sorted(c.code_id for c in study.corpus.codings) == ["m_other", "p_other"]


def test_only_the_end_of_a_link_that_is_a_code_is_looked_for_in_the_codebook(tmp_path: Path) -> None:
    folder = project(tmp_path, more="interactions: {layers: [overlap]}\n")
    xml = (
        '<Project name="x"><CodeBook><Codes><Code guid="1" name="staff"/></Codes></CodeBook>'
        '<Sources><TextSource guid="5" name="i1"><PlainTextContent>Worte.</PlainTextContent>'
        '<PlainTextSelection guid="6" startPosition="0" endPosition="5"/></TextSource></Sources>'
        '<Links><Link guid="7" direction="OneWay" originGUID="1" targetGUID="6"/></Links></Project>'
    )
    (folder / "x.qde").write_text(xml, "utf-8")
    text = (folder / "qualnet.yaml").read_text("utf-8")
    (folder / "qualnet.yaml").write_text(text.replace("path: claims.csv", "{path: x.qde, case: A}"), "utf-8")
    (relation,) = build(folder).corpus.relations
    assert (relation.from_id, relation.to_id) == ("staff", "6")
