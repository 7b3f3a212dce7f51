"""Causal Map workbooks made by hand."""

import json
from pathlib import Path

import pytest
import xlsxwriter

from qualnet.corpus import Corpus
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file

Sheets = dict[str, list[list[object]]]
FACTORS: list[list[object]] = [["factor_id", "label", "factor_memo"], [1, "~Money", "what it is"], [2, "Work; more", ""], [3, "", ""]]  # fmt: skip
SOURCES: list[list[object]] = [["source_id", "#Town"], ["i1", "A"], ["i2", ""], ["", "B"]]
STATEMENTS: list[list[object]] = [
    ["statement_id", "source_id", "text"],
    [1, "i1", "Without money\nno work."],
    [2, "i2", "Here it is the other way."],
    [3, "i1", "More work, more money."],
    [4, "", "Whose?"],
]


def workbook(path: Path, sheets: Sheets) -> Path:
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        table = book.add_worksheet(name)
        for i, row in enumerate(rows):
            table.write_row(i, 0, row)
    book.close()
    return path


def read(path: Path, reader: str | None = None) -> tuple[Corpus, list[str]]:
    problems = Problems()
    (found,) = find_inputs(path, path.name, problems, reader)
    assert found.reader == "causal_map"
    corpus = read_file(found, {}, problems)
    return corpus, [f"{p.place}: {p.rule}: {p.message()}" for p in problems]


def test_links_statements_and_sources_become_claims_on_texts(tmp_path: Path) -> None:
    links: list[list[object]] = [
        ["link_id", "statement_id", "from_label", "to_label", "quote", "sentiment", "link_memo"],
        [10, 1, 1, 2, "Without money", -1, "sure"],
        [11, 3, 2, "New", "", 1, ""],
        [12, 2, 1, "", "other way", "", ""],
        [13, 9, 1, 2, "nobody", "", ""],
    ]
    sheets: Sheets = {"Factors": FACTORS, "Sources": SOURCES, "Statements": STATEMENTS, "Links": links}
    corpus, problems = read(workbook(tmp_path / "x.xlsx", {"Links": links} | sheets))
    assert problems == [
        "x.xlsx, sheet Links, row 4: half-claim: the claim has no effect; kept as a half-chain, it draws no arrow",
        "x.xlsx, sheet Links, row 5, column statement_id: row-without-document: the row names no document",
        "x.xlsx, sheet Sources, row 4, column source_id: row-without-document: the row names no document",
        "x.xlsx, sheet Statements, row 5, column source_id: row-without-document: the row names no document",
    ]
    assert {d.document_id: d.text for d in corpus.documents} == {
        "i1": "Without money no work.\n\nMore work, more money.\n",
        "i2": "Here it is the other way.\n",
    }
    assert [(a.owner_id, a.name, a.value) for a in corpus.attributes] == [("i1", "#Town", "A")]
    # labels count as written; a label that the factors do not have is a code as well
    assert [(c.code_id, c.definition) for c in corpus.codes] == [
        ("~Money", "what it is"),
        ("Work; more", ""),
        ("New", ""),
    ]
    assert [
        (r.relation_id, r.from_id, r.to_id, r.sign, r.document_id, r.comment) for r in corpus.relations
    ] == [
        ("link-10", "~Money", "Work; more", "unstated", "i1", "sure"),
        ("link-11", "Work; more", "New", "unstated", "i1", ""),
        ("link-12", "~Money", "", "unstated", "i2", ""),
    ]
    # whether the effect is good is kept aside, and no sign
    assert json.loads(corpus.relations[0].extra)["sentiment"] == "-1"
    assert [(s.segment_id, s.quote, s.paragraph) for s in corpus.segments] == [
        ("i1/link-10", "Without money", 1),
        ("i1/link-11", "More work, more money.", 2),
        ("i2/link-12", "other way", 1),
    ]
    assert {i.kind: (i.seen, i.kept) for i in corpus.issues} == {
        "factors": (3, 2), "sources": (3, 2), "statements": (4, 3), "links": (4, 3),
    }  # fmt: skip


@pytest.mark.parametrize("ends", [("cause", "effect"), ("from", "to")])
def test_links_may_name_their_source_themselves_and_their_ends_otherwise(
    tmp_path: Path, ends: tuple[str, str]
) -> None:
    links: list[list[object]] = [[*ends, "source_id", "quote"], ["x", "x", "i1", "so"], ["x", "y", "i2", ""]]
    sheets: Sheets = {"links": links, "sources": [["source_id"], ["i1"]]}
    corpus, problems = read(workbook(tmp_path / "x.xlsx", sheets))
    assert not problems
    assert [(r.relation_id, r.from_id, r.to_id, r.document_id) for r in corpus.relations] == [
        ("link-1", "x", "x", "i1"),
        ("link-2", "x", "y", "i2"),
    ]
    # a factor that acts on itself is coded once
    assert [c.coding_id for c in corpus.codings] == ["i1/link-1/x", "i2/link-2/x", "i2/link-2/y"]
    assert [(d.document_id, d.text) for d in corpus.documents] == [("i1", None)]


def test_links_without_ends_are_told_with_the_columns_that_there_are(tmp_path: Path) -> None:
    sheets: Sheets = {"links": [["a", "b"], [1, 2]], "factors": FACTORS}
    corpus, problems = read(workbook(tmp_path / "x.xlsx", sheets))
    assert problems == ["x.xlsx, sheet links, row 1: missing-column: there is no column 'from_label'"]
    assert not corpus.relations


def test_a_workbook_that_is_called_so_and_has_no_links_gives_nothing(tmp_path: Path) -> None:
    corpus, problems = read(workbook(tmp_path / "x.xlsx", {"factors": FACTORS}), "causal_map")
    assert not corpus.documents
    assert problems == []
