"""Which case a document belongs to."""

import pytest

from qualnet.corpus import Attribute, Corpus, Document, DocumentCase, Relation, Segment
from qualnet.corpus.anchor import anchor_segments, find_quote
from qualnet.corpus.cases import assign_case_by
from qualnet.corpus.checks import check_corpus
from qualnet.problems import Place, Problems


def corpus() -> Corpus:
    return Corpus(
        documents=[Document("i1", "i1", place=Place("i1")), Document("i2", "i2", place=Place("i2"))],
        attributes=[
            Attribute("document", "i1", "Stadt des Interviews", "Soest"),
            Attribute("case", "k", "Stadt des Interviews", "Kamen"),
            Attribute("document", "i1", "Stadtgröße", "groß"),
        ],
        document_cases=[DocumentCase("i2", "k")],
    )


@pytest.mark.parametrize("wanted", ["interviews", "STADT DES INTERVIEWS"])
def test_an_attribute_is_found_by_a_part_of_its_name_and_documents_follow_their_case(wanted: str) -> None:
    found, problems = corpus(), Problems()
    assign_case_by(found, wanted, Place("q"), problems)
    assert not list(problems)
    assert {d.document_id: d.case_id for d in found.document_cases} == {"i1": "Soest", "i2": "Kamen"}
    assert [c.case_id for c in found.cases] == ["Kamen", "Soest"]


def test_a_part_of_several_names_is_told_with_all_of_them() -> None:
    problems = Problems()
    assign_case_by(corpus(), "stadt", Place("q"), problems)
    (problem,) = problems
    assert problem.rule == "ambiguous-attribute"
    assert "\n      Stadt des Interviews\n      Stadtgröße" in problem.text()


def test_an_attribute_of_no_name_is_told_with_those_that_there_are_and_not_too_many() -> None:
    found, problems = Corpus(), Problems()
    found.attributes += [Attribute("document", "i1", f"name {i:02}", "x") for i in range(40)]
    assign_case_by(found, "city", Place("q"), problems)
    (problem,) = problems
    assert problem.rule == "unknown-attribute"
    shown = [n for n in range(40) if f"name {n:02}" in problem.text("de")]
    assert shown == list(range(len(shown)))
    assert 0 < len(shown) < 40
    assert str(40 - len(shown)) in problem.text("de").splitlines()[-1]


def test_a_document_whose_attribute_is_empty_is_told() -> None:
    found, problems = corpus(), Problems()
    assign_case_by(found, "Stadtgröße", Place("q"), problems)
    assert [(str(p.place), p.rule) for p in problems] == [("i2", "document-without-case")]
    assert [d.document_id for d in found.document_cases] == ["i1"]


def test_an_id_of_a_claim_in_two_inputs_is_told_with_both_places() -> None:
    problems = Problems()
    rows = [Relation("7", "x", "y", document_id="i1", place=Place(f"{n}.csv")) for n in "ab"]
    check_corpus(Corpus(relations=rows), problems)
    assert [p.text("de") for p in problems] == [
        "b.csv: duplicate-id: Wirkungsaussage '7' gibt es schon\n    zuerst: a.csv"
    ]


def test_quotes_of_a_document_that_nobody_gave_are_told_once() -> None:
    found, problems = Corpus(), Problems()
    found.segments += [Segment(f"s{i}", "gone", "words", place=Place("x.csv", row=i)) for i in (2, 3)]
    anchor_segments(found, problems)
    assert [f"{p.place}: {p.rule}" for p in problems] == ["x.csv, row 2: unknown-document"]


def test_a_segment_without_words_has_no_place_and_is_no_fault() -> None:
    found, problems = Corpus(documents=[Document("i1", "i1", text="Words.")]), Problems()
    found.segments.append(Segment("s", "i1", ""))
    anchor_segments(found, problems)
    assert not list(problems)
    assert (found.segments[0].start, found.segments[0].anchor) == (None, "none")
    assert find_quote("Words.", "  ") is None
