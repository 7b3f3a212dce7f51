"""Files of one input that speak of the same documents."""

from qualnet.corpus import CodeRow, Corpus, Document, Segment
from qualnet.corpus.checks import check_corpus
from qualnet.corpus.merge import unite
from qualnet.problems import Place, Problems


def test_the_row_with_the_text_stays_and_gains_the_facts_of_a_table() -> None:
    corpus = Corpus(
        documents=[
            Document("i1", "i1", kind="programme", language="de", date="2024", synthetic=True, role="Amt"),
            Document("i1", "i1", text="Words.", role="", place=Place("i1.txt")),
        ],
        segments=[Segment("s", "i1", "first"), Segment("s", "i1", "again")],
        codes=[CodeRow("x", "first"), CodeRow("x", "again"), CodeRow("y", "y")],
    )
    unite(corpus)
    assert corpus.documents == [
        Document("i1", "i1", "programme", "Words.", "de", "2024", synthetic=True, role="Amt", place=Place("i1.txt"))
    ]  # fmt: skip
    assert [s.quote for s in corpus.segments] == ["first"]
    assert {c.code_id: c.name for c in corpus.codes} == {"x": "first", "y": "y"}


def test_two_texts_under_one_name_are_an_error_that_names_both() -> None:
    corpus = Corpus(
        documents=[
            Document("i1", "i1", text="One.", place=Place("a/i1.txt")),
            Document("i1", "i1", text="Two.", place=Place("b/i1.txt")),
        ]
    )
    unite(corpus)
    assert [d.text for d in corpus.documents] == ["One.", "Two."]
    problems = Problems()
    check_corpus(corpus, problems)
    assert [p.text("de") for p in problems] == [
        "b/i1.txt: duplicate-id: Dokument 'i1' gibt es schon\n    zuerst: a/i1.txt"
    ]
