"""Which rules give documents a case: what they find, what they leave, and what is recorded."""

from pathlib import Path

import pytest

from qualnet.corpus import Attribute, Case, Corpus, Document, DocumentCase
from qualnet.corpus.case_rules import CaseRule, case_in_name, case_rules
from qualnet.prepare import prepare
from qualnet.problems import Problems
from tests.project_files import CODEBOOK


@pytest.mark.parametrize(
    ("pattern", "name", "case"),
    [
        ("{case}_*", "Soest_03", "Soest"),
        ("{case}_*", "Bad_Nauheim_03", "Bad"),  # the first place where it fits
        ("{case}_#", "Bad_Nauheim_03", "Bad_Nauheim"),
        ("{case}#", "SO3", "SO"),
        ("Interview_#_{case}", "Interview_12_Soest", "Soest"),
        ("{case} *", "Soest (Amt) 3", "Soest"),
        ("{case}.*", "Soest_03", None),  # a point is a point
        ("{case}_*", "_03", None),
    ],
)
def test_a_pattern_says_where_the_case_stands(pattern: str, name: str, case: str | None) -> None:
    assert case_in_name(pattern, name) == case


def interviews(folder: Path, rule: str, *names: str) -> Problems:
    (folder / "texts").mkdir()
    for name in names:
        (folder / "texts" / f"{name}.txt").write_text(f"B: Ich bin {name}.\n", "utf-8")
    (folder / "base.yaml").write_text(CODEBOOK, "utf-8")
    text = f"format: 1\ntitle: t\ncodebook: base.yaml\ninputs:\n  - {{path: texts{rule}}}\n"
    (folder / "qualnet.yaml").write_text(text, "utf-8")
    problems = Problems()
    prepared = prepare(folder / "qualnet.yaml", problems)
    rows = prepared.corpus.document_cases if prepared else []
    assert all(row.rule == "name {case}_*" for row in rows)
    problems.found = [p for p in problems.found if p.rule not in {"no-claims", "no-codings"}]
    (folder / "found").write_text(" ".join(f"{r.document_id}={r.case_id}" for r in rows), "utf-8")
    return problems


def test_the_names_of_the_files_give_the_cities(tmp_path: Path) -> None:
    problems = interviews(tmp_path, ', case_in_name: "{case}_*"', "Soest_1", "Soest_2", "Unna_1")
    assert not problems.errors
    assert (tmp_path / "found").read_text("utf-8") == "Soest_1=Soest Soest_2=Soest Unna_1=Unna"


def test_a_name_of_another_form_is_told(tmp_path: Path) -> None:
    problems = interviews(tmp_path, ', case_in_name: "{case}_*"', "Soest_1", "Probe")
    (error,) = problems.errors
    assert (error.rule, str(error.place)) == ("document-without-case", "texts/Probe.txt")


def test_a_pattern_must_name_the_case(tmp_path: Path) -> None:
    problems = interviews(tmp_path, ', case_in_name: "Soest_*"', "Soest_1")
    assert [p.rule for p in problems.errors] == ["no-case-in-pattern"]


def test_rules_are_listed_with_what_they_would_find() -> None:
    corpus = Corpus()
    for name, town, size in (("SO_1", "Soest", "klein"), ("SO_2", "Soest", ""), ("UN_1", "Unna", "groß")):
        corpus.documents.append(Document(name, name))
        corpus.attributes.append(Attribute("document", name, "Stadt", town))
        corpus.attributes.append(Attribute("document", name, "Größe", size))
        corpus.attributes.append(Attribute("document", name, "Kürzel", name))
    assert case_rules(corpus) == [
        CaseRule("case_by", "Stadt", {"Soest": 2, "Unna": 1}, 0),
        CaseRule("case_in_name", "{case}_*", {"SO": 2, "UN": 1}, 0),
    ]


def test_what_the_file_says_itself_comes_first_and_its_cases_hand_on_their_facts() -> None:
    corpus = Corpus(
        cases=[Case("S", "Soest"), Case("U", "Unna")],
        documents=[Document("i1", "i1"), Document("i2", "i2"), Document("i3", "i3")],
        document_cases=[DocumentCase("i1", "S", "group"), DocumentCase("i2", "S", "group")],
        attributes=[Attribute("case", "S", "Land", "NRW"), Attribute("case", "U", "Land", "NRW")],
    )
    assert case_rules(corpus)[:2] == [
        CaseRule("", "group", {"Soest": 2}, 1),
        CaseRule("case_by", "Land", {"NRW": 2}, 1),
    ]


def test_one_document_alone_may_have_any_rule() -> None:
    corpus = Corpus(documents=[Document("Soest_1", "Soest_1")])
    assert CaseRule("case_in_name", "{case}_*", {"Soest": 1}, 0) in case_rules(corpus)
