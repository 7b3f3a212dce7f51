"""Our own tables: what each kind of table becomes, and what is told about it."""

import json
from pathlib import Path

import pytest
import xlsxwriter

from qualnet.corpus import Corpus
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file


def read(path: Path, text: str = "") -> tuple[Corpus, list[str]]:
    if text:
        path.write_text(text, "utf-8")
    problems = Problems()
    corpus = Corpus()
    for found in find_inputs(path, path.name, problems, "tables"):
        corpus = read_file(found, {}, problems)
    return corpus, [f"{p.place}: {p.rule}: {p.message()}" for p in problems]


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        table = book.add_worksheet(name)
        for i, row in enumerate(rows):
            table.write_row(i, 0, row)
    book.close()
    return path


def test_sheets_of_one_workbook_make_one_corpus(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "x.xlsx",
        Claims=[["id", "document", "cause", "effect", "quote", "paragraph"], ["c1", "i1", "x", "y", "short", 2]],
        Texts=[["document", "speaker", "role", "text"], ["i1", "I", "", "Why?"], ["i1", "B1", "Office", "Short\nof staff."], ["i1", "", "", "(laughs)"]],
        People=[["document", "role", "case", "kind", "date", "synthetic"], ["i1", "Mayor", "A", "interview", "2024", "yes"], ["p1", "", "A", "programme", "", ""]],
        Notes=[["anything"], ["else"]],
    )  # fmt: skip
    corpus, problems = read(path)
    assert not problems
    assert [(d.document_id, d.kind, d.role, d.date, d.synthetic, d.text) for d in corpus.documents] == [
        ("i1", "interview", "Mayor", "2024", True, "I: Why?\n\nB1: Short of staff.\n\n(laughs)\n"),
        ("p1", "programme", "", "", False, None),
    ]
    assert {(d.document_id, d.case_id) for d in corpus.document_cases} == {("i1", "A"), ("p1", "A")}
    assert [(s.label, s.role, s.interviewer) for s in corpus.speakers] == [
        ("I", "", True),
        ("B1", "Office", False),
    ]
    # who speaks follows from the paragraph
    assert [(s.quote, s.paragraph, s.speaker_id) for s in corpus.segments] == [("short", 2, "i1/B1")]
    assert [(r.relation_id, r.from_id, r.to_id) for r in corpus.relations] == [("c1", "x", "y")]
    assert {i.kind: (i.seen, i.kept) for i in corpus.issues} == {
        "documents (People)": (2, 2), "paragraphs (Texts)": (3, 3), "claims (Claims)": (1, 1),
    }  # fmt: skip


def test_a_workbook_of_sheets_that_say_nothing_is_told_sheet_by_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", One=[["a", "b"], [1, 2]], Two=[["c"], [1]])
    _, problems = read(path)
    assert [p.partition(": unknown-table")[0] for p in problems] == [
        "x.xlsx, sheet One, row 1",
        "x.xlsx, sheet Two, row 1",
    ]


def test_an_empty_workbook_is_told(tmp_path: Path) -> None:
    assert read(workbook(tmp_path / "x.xlsx", Empty=[]))[1] == ["x.xlsx: empty-file: the file is empty"]


def test_a_cell_of_several_codes_is_a_coding_each(tmp_path: Path) -> None:
    head = "document,code,quote,coder,start,end,time,speaker,role,memo\n"
    text = (
        head + 'i1,"x; y\nz",words,AB,0,5,00:01,,Mayor,why\ni1,y,words,AB,0,5,,,,\ni1,x,more,,,,,B2,Office,\n'
    )
    corpus, problems = read(tmp_path / "x.csv", text)
    assert not problems
    assert [(c.code_id, c.coder_id, c.comment) for c in corpus.codings] == [
        ("x", "AB", "why"), ("y", "AB", "why"), ("z", "AB", "why"), ("x", "", ""),
    ]  # fmt: skip
    first, second = corpus.segments
    assert (first.quote, first.start, first.end, first.time, first.speaker_id) == (
        "words",
        0,
        5,
        "00:01",
        "i1/Mayor",
    )
    assert (second.quote, second.start, second.speaker_id) == ("more", None, "i1/B2")
    assert [c.coder_id for c in corpus.coders] == ["AB"]


def test_all_faults_of_a_table_are_told_at_once(tmp_path: Path) -> None:
    text = (
        "id,document,cause,effect,sign,status,quote,other,other,extra\n"
        "1,i1,x,y,up,someday,q,,,\n"
        "2,i1,x,,+,,q,,,\n"
        "2,i1,x,y,+,,q,,,\n"
        "3,,x,y,+,,q,,,\n"
        "4,i1,,,,,,,,\n"
        "5,i1,x,y,+,,q,,,,much\n"
        "6,i1,x,y\n"
    )
    corpus, problems = read(tmp_path / "x.csv", text)
    assert problems == [
        "x.csv, row 1: duplicate-column: column 'other' stands here twice",
        "x.csv, row 2, column sign: unknown-sign: 'up' is no sign",
        "x.csv, row 2, column status: unknown-value: status: 'someday' is not allowed",
        "x.csv, row 3, column effect: half-claim: the claim has no effect; kept as a half-chain, it draws no arrow",
        "x.csv, row 4, column id: duplicate-id: id '2' exists already",
        "x.csv, row 5, column document: row-without-document: the row names no document",
        "x.csv, row 6: half-claim: the claim has no cause, effect; kept as a half-chain, it draws no arrow",
        "x.csv, row 7: row-too-long: the row has 11 cells, the header 10",
    ]
    # a short row is one whose last cells are empty
    assert [r.relation_id for r in corpus.relations] == ["2", "6"]


def test_a_column_twice_is_told_also_when_it_is_one_that_is_understood(tmp_path: Path) -> None:
    _, problems = read(tmp_path / "x.csv", "document,cause,effect,quote,quote\ni1,x,y,q,r\n")
    assert problems == ["x.csv, row 1: duplicate-column: column 'quote' stands here twice"]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("document,cause,quote", "x.csv, row 1: missing-column: there is no column 'effect'"),
        ("effect,cause,quote", "x.csv, row 1: missing-column: there is no column 'document'"),
        ("code,quote", "x.csv, row 1: missing-column: there is no column 'document'"),
    ],
)
def test_a_column_that_is_needed_is_missed(tmp_path: Path, header: str, said: str) -> None:
    assert read(tmp_path / "x.csv", f"{header}\na,b,c\n"[: len(header) + 6])[1][0] == said


def test_a_row_of_an_extraction_table_without_cause_and_effect_is_a_note(tmp_path: Path) -> None:
    head = "document,cause,effect,cause_quote,effect_quote,variable,coder,other,id\n"
    text = head + "i1,,,,,Money,AB,more,\ni1,x,y,because of x,there is y,,,kept,\n"
    corpus, problems = read(tmp_path / "x.csv", text)
    assert not problems
    (memo,) = corpus.memos
    assert (memo.target_id, memo.coder_id) == ("i1", "AB")
    assert json.loads(memo.text) | {"variable": "Money", "other": "more"} == json.loads(memo.text)
    assert [s.quote for s in corpus.segments] == ["because of x [...] there is y"]
    assert json.loads(corpus.relations[0].extra) == {"other": "kept"}


def test_a_claim_without_a_quote_is_kept_without_evidence(tmp_path: Path) -> None:
    corpus, problems = read(tmp_path / "x.csv", "document,cause,effect,start,end\ni1,x,y,,\ni1,y,x,3,9\n")
    assert not problems
    assert len(corpus.relations) == 2
    assert [
        (e.relation_id, s.start) for e, s in zip(corpus.relation_evidence, corpus.segments, strict=True)
    ] == [("i1/c3", 3)]


def test_a_claim_whose_place_is_no_number_is_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path / "x.csv", "document,cause,effect,start,end\ni1,x,y,three,9\n")
    assert problems == ["x.csv, row 2, column start: not-a-number: 'three' is no character position"]


def test_a_row_of_segments_without_a_code_is_told(tmp_path: Path) -> None:
    corpus, problems = read(tmp_path / "x.csv", "document,code,quote\ni1,,q\ni1, ; ,r\n")
    assert problems == [
        f"x.csv, row {n}, column code: row-without-code: the row names no code" for n in (2, 3)
    ]
    assert not corpus.codings


def test_a_table_without_rows_and_a_column_that_is_not_used_are_told(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", "document,code,quote\n")[1] == [
        "a.csv, row 1: no-rows: there is a header but no row"
    ]
    # a column without a name and without cells is none
    assert read(tmp_path / "b.csv", "document,code,quote,,colour\ni1,x,q,,red\n")[1] == [
        "b.csv, row 1, column colour: column-not-used: column 'colour' is not used"
    ]
