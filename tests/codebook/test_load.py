"""Codebooks: what is shipped, what a city changes, and what goes wrong."""

import csv
from pathlib import Path

import pytest

from qualnet.codebook import common_vocabulary, load_codebook
from qualnet.codebook.load import shipped_folder
from qualnet.problems import Problems

SHIPPED = shipped_folder()
CITIES = ("soest", "ravensburg", "bad-nauheim")


def load(path: Path) -> tuple[object, Problems]:
    problems = Problems()
    return load_codebook(path, path.parent, problems), problems


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda p: p.stem)
def test_a_shipped_codebook_has_no_problem(path: Path) -> None:
    book, problems = load(path)
    assert book is not None
    assert not list(problems)


def test_the_smart_city_codebook_has_what_the_thesis_and_the_literature_give() -> None:
    book = load_codebook(SHIPPED / "smart-city.yaml", SHIPPED, Problems())
    assert book is not None
    factors = list(book.factors())
    assert len(factors) == 42
    assert sum(code.origin == "abstract" for code in factors) == 13
    assert len(book.recommendations) == 6
    assert len(book.hypotheses) == 113
    assert sum(h.support == "hypothesis" for h in book.hypotheses) == 60


def test_the_answer_key_uses_codes_of_the_codebook() -> None:
    book = load_codebook(SHIPPED / "smart-city.yaml", SHIPPED, Problems())
    assert book is not None
    key = Path(__file__).parents[1] / "data" / "demo_key.csv"
    with key.open(encoding="utf-8", newline="") as file:
        used = {row[end] for row in csv.DictReader(file) for end in ("cause", "effect")}
    assert used <= set(book.codes)


def test_cities_map_back_to_the_common_ancestor() -> None:
    base = load_codebook(SHIPPED / "smart-city.yaml", SHIPPED, Problems())
    assert base is not None
    cities = {}
    for city in CITIES:
        book = load_codebook(SHIPPED / f"{city}.yaml", SHIPPED, Problems())
        assert book is not None
        cities[city] = book
    common = common_vocabulary(base, cities)
    assert common.ids["application_burden"] == common.ids["reporting_burden"] == "funding_burden"
    assert common.ids["digital_unit"] == "anchoring"
    assert "legal_mandate" not in common.known["bad-nauheim"]
    assert "legal_mandate" in common.known["soest"]
    assert "anchoring" in common.known["ravensburg"]


BAD = """format: 1
id: bad
codes:
  - {id: resources, label: R}
  - id: staff
    label: S
    parent: resouces
  - {id: staff, label: again}
  - {id: a, label: A, parent: b, aliases: [Geld]}
  - {id: b, label: B, parent: a, aliases: [geld]}
"""


def test_every_fault_of_meaning_has_its_line_and_a_suggestion(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(BAD, "utf-8")
    book, problems = load(path)
    assert book is None
    assert [p.text() for p in problems.errors] == [
        "bad.yaml:5:5: unknown-code: parent 'resouces' is no code of this codebook\n    did you mean 'resources'?",
        "bad.yaml:8:6: duplicate-code: code 'staff' exists already\n    first at bad.yaml:5:5",
        "bad.yaml:9:6: parent-cycle: code 'a' is its own ancestor: a -> b -> a",
        "bad.yaml:10:6: alias-claimed-twice: 'geld' already names the code 'a'\n    first at bad.yaml:9:6",
        "bad.yaml:10:6: parent-cycle: code 'b' is its own ancestor: b -> a -> b",
    ]


def test_a_codebook_that_extends_itself(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("format: 1\nid: x\nextends: y\n", "utf-8")
    (tmp_path / "y.yaml").write_text("format: 1\nid: y\nextends: x\n", "utf-8")
    _, problems = load(tmp_path / "x.yaml")
    (problem,) = problems
    assert problem.rule == "codebook-cycle"
    assert problem.message() == "the codebook extends itself: x -> y -> x"


def test_shape_faults_are_found_together(tmp_path: Path) -> None:
    text = "format: 1\nid: x\ncodes:\n  - id: no\n    lable: N\n    kind: challange\n"
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    _, problems = load(tmp_path / "x.yaml")
    assert [(p.rule, p.place.line) for p in problems] == [
        ("missing-field", 4),
        ("unknown-field", 5),
        ("unknown-value", 6),
    ]
    assert next(p for p in problems if p.rule == "unknown-field").hint() == "did you mean 'label'?"


def test_a_code_without_definition_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("format: 1\nid: x\ncodes:\n  - {id: a, label: A}\n", "utf-8")
    book, problems = load(tmp_path / "x.yaml")
    assert book is not None
    assert [p.rule for p in problems] == ["code-without-definition"]
