"""Codes whose name states a relation: claims only if both parts are codes and the researcher agreed."""

from pathlib import Path

import pytest

from qualnet.pipeline import build
from qualnet.prepare import prepare
from qualnet.problems import Problem, Problems
from tests.project_files import CODEBOOK, project

AGREED = "relation_codes: yes\ninteractions: {layers: [stated, overlap]}\n"
HEAD = "Dokument;Fall;Code;Zitat;Codierer\n"


def problems_of(folder: Path) -> list[Problem]:
    problems = Problems()
    prepare(folder / "qualnet.yaml", problems)
    return list(problems)


@pytest.mark.parametrize(
    ("name", "cause", "effect", "sign"),
    [
        ("Personalmangel -> Fortschritt (-)", "staff", "progress", "-"),
        ("staff → Umsetzung (+)", "staff", "progress", "+"),
        ("Eigenmittel => Fortschritt", "money", "progress", "unstated"),
        ("Personalmangel > Fortschritt", "staff", "progress", "unstated"),
        ("Personalmangel > Fortschritt (-)", "staff", "progress", "-"),
    ],
)
def test_each_coding_of_such_a_code_is_a_claim_with_its_passage(
    tmp_path: Path, name: str, cause: str, effect: str, sign: str
) -> None:
    rows = f"i1;A;{name};Ohne Leute geht nichts.;AB\ni2;A;{name};Es fehlt an allem.;CD\n"
    study = build(project(tmp_path, HEAD + rows, more="relation_codes: yes\ncoding: {use: all}\n"))
    claims = study.claims
    assert {(c.cause, c.effect, c.sign) for c in claims} == {(cause, effect, sign)}
    assert [(c.document_id, c.quote, c.coder_id) for c in claims] == [
        ("i1", "Ohne Leute geht nichts.", "AB"),
        ("i2", "Es fehlt an allem.", "CD"),
    ]


def test_it_is_proposed_and_nothing_is_read_before_the_researcher_agrees(tmp_path: Path) -> None:
    book = CODEBOOK + "  - {id: both, label: 'staff -> progress (-)', definition: d, code_when: c}\n"
    rows = "i1;A;staff -> progress (-);Ohne Leute geht nichts.;AB\n"
    more = "interactions: {layers: [stated, overlap]}\n"
    folder = project(tmp_path, HEAD + rows, book, more=more)
    (told,) = [p for p in problems_of(folder) if p.rule == "relation-code"]
    assert str(told.place) == "claims.csv, row 2, column Code"
    assert told.message() == "the code 'staff -> progress (-)' seems to state that 'staff' acts on 'progress'"
    assert told.hint() == "to read such codes as claims, write in qualnet.yaml: relation_codes: yes"
    assert not build(folder).claims


def test_a_code_that_is_in_no_codebook_stays_an_error_until_then(tmp_path: Path) -> None:
    folder = project(tmp_path, HEAD + "i1;A;staff -> progress (-);Ohne Leute geht nichts.;AB\n")
    assert {p.rule for p in problems_of(folder)} >= {"relation-code", "unknown-code"}


@pytest.mark.parametrize(
    "name",
    [
        "Hemmnisse > Personalmangel",  # a path: one stands above the other
        "staff -> Zufriedenheit",  # one part names no code
        "Zufriedenheit > progress",
        "staff > money > progress",  # a longer path
    ],
)
def test_paths_and_unknown_parts_are_no_relations(tmp_path: Path, name: str) -> None:
    book = CODEBOOK.replace("label: Personalmangel,", "label: Personalmangel, parent: obstacles,")
    book += "  - {id: obstacles, label: Hemmnisse, codable: false}\n"
    folder = project(tmp_path, f'{HEAD}i1;A;"{name}";Ohne Leute geht nichts.;AB\n', book, more=AGREED)
    found = problems_of(folder)
    assert "relation-code" not in {p.rule for p in found}
    assert "unknown-code" in {p.rule for p in found}


def test_a_code_called_like_a_path_is_that_code(tmp_path: Path) -> None:
    book = CODEBOOK + "  - {id: both, label: 'staff > progress', definition: d, code_when: c}\n"
    folder = project(tmp_path, HEAD + "i1;A;staff > progress;Ohne Leute.;AB\n", book, more=AGREED)
    assert not {p.rule for p in problems_of(folder)} & {"relation-code", "unknown-code"}
    assert not build(folder).claims


def test_a_code_that_nobody_gave_is_not_asked_about(tmp_path: Path) -> None:
    book = CODEBOOK + "  - {id: both, label: 'staff -> progress (-)', definition: d, code_when: c}\n"
    folder = project(
        tmp_path, HEAD + "i1;A;staff;Ohne Leute.;AB\n", book, more="interactions: {layers: [overlap]}\n"
    )
    assert "relation-code" not in {p.rule for p in problems_of(folder)}


def test_two_such_codes_may_share_an_end(tmp_path: Path) -> None:
    rows = "i1;A;staff -> progress (-);Ohne Leute geht nichts.;AB\ni1;A;staff -> money (+);Leute kosten.;AB\n"
    study = build(project(tmp_path, HEAD + rows, more=AGREED))
    assert {(c.cause, c.effect, c.sign) for c in study.claims} == {
        ("staff", "progress", "-"),
        ("staff", "money", "+"),
    }
