"""Dedoose's exports of excerpts, written by hand after the columns that its users' programs read."""

from pathlib import Path

import pytest

from qualnet import readers
from qualnet.corpus import Corpus
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file
from tests.readers.test_tables import workbook

HEADER = (
    "Media Title,Excerpt Range,Excerpt Creator,Excerpt Date,Excerpt Copy,Codes Applied Combined,"
    '"Code: Geld, eigenes Applied","Code: Geld, eigenes Range","Code: Geld, eigenes Weight",'
    "Code: Leute Applied,Code: Leute Range,Code: Leute Weight,Resource Creator,Descriptor: Stadt,Rolle"
)
EXCERPTS = (
    f"{HEADER}\n"
    '"i1","0-10","AB","11/30/2025","Geld haben wir.","Geld, eigenes",True,1-5,3,False,,,"AB","Soest","Amt"\n'
    '"i1","11-30","AB","12/01/2025","Leute und Geld fehlen.","Geld, eigenes, Leute",TRUE,1-5,,true,2-3,,"AB","Soest","Amt"\n'
    '"i2","0-4","CD","12/01/2025","Nein.","Leute",False,,,True,,,"AB","Kamen",""\n'
)


def read(path: Path) -> tuple[Corpus, list[str]]:
    problems, corpus = Problems(), Corpus()
    for found in find_inputs(path, path.name, problems):
        assert found.reader == "dedoose"
        corpus.extend(read_file(found, {}, problems))
    return corpus, [f"{p.place}: {p.rule}" for p in problems]


def written(folder: Path, text: str) -> Path:
    (folder / "excerpts.csv").write_text(text, "utf-8")
    return folder / "excerpts.csv"


def test_an_excerpt_has_its_codes_by_their_own_columns(tmp_path: Path) -> None:
    corpus, problems = read(written(tmp_path, EXCERPTS))
    assert not problems
    quotes = {s.segment_id: s.quote for s in corpus.segments}
    assert [(quotes[c.segment_id], c.code_id, c.coder_id, c.date, c.weight) for c in corpus.codings] == [
        ("Geld haben wir.", "Geld, eigenes", "AB", "2025-11-30", "3"),
        ("Leute und Geld fehlen.", "Geld, eigenes", "AB", "2025-12-01", ""),
        ("Leute und Geld fehlen.", "Leute", "AB", "2025-12-01", ""),
        ("Nein.", "Leute", "CD", "2025-12-01", ""),
    ]
    assert [c.name for c in corpus.codes] == ["Geld, eigenes", "Leute"]
    assert [c.name for c in corpus.coders] == ["AB", "CD"]
    assert [(d.name, d.role) for d in corpus.documents] == [("i1", "Amt"), ("i2", "")]
    assert [(a.owner_id, a.name, a.value) for a in corpus.attributes] == [
        ("i1", "Stadt", "Soest"),
        ("i2", "Stadt", "Kamen"),
    ]
    assert [(i.kind, i.seen, i.kept) for i in corpus.issues] == [("excerpts", 3, 3)]


def test_without_columns_of_codes_the_list_is_taken_as_it_stands(tmp_path: Path) -> None:
    text = 'Resource Title;Excerpt Copy;Codes Applied Combined\ni1;Zu wenig.;"Geld, eigenes, Leute"\ni1;Zu wenig.;Leute\n'
    corpus, problems = read(written(tmp_path, text))
    assert not problems
    # the codebook parts names that are joined by commas
    assert [c.code_id for c in corpus.codings] == ["Geld, eigenes, Leute", "Leute"]
    assert len({s.segment_id for s in corpus.segments}) == 2


def test_workbooks_are_read_and_other_sheets_left_alone(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Media Title", "Excerpt Copy", "Code: Leute Applied"],
        ["i1", "Wenige.", True],
    ]
    corpus, problems = read(workbook(tmp_path / "e.xlsx", Excerpts=rows, Info=[["a"], ["b"]]))
    assert not problems
    assert [c.code_id for c in corpus.codings] == ["Leute"]
    assert [i.kind for i in corpus.issues] == ["excerpts (Excerpts)"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",Worte,True", "excerpts.csv, row 2, column Media Title: row-without-document"),
        ("i1,,True", "excerpts.csv, row 2, column Excerpt Copy: row-without-quote"),
        ("i1,Worte,False", "excerpts.csv, row 2: row-without-code"),
        ("", "excerpts.csv, row 1: no-rows"),
    ],
)
def test_rows_that_say_too_little_are_told_with_their_place(tmp_path: Path, row: str, problem: str) -> None:
    corpus, problems = read(written(tmp_path, f"Media Title,Excerpt Copy,Code: Leute Applied\n{row}\n"))
    assert problems == [problem]
    assert not corpus.codings
    assert [(i.seen, i.kept) for i in corpus.issues] == [(bool(row), 0)]


def test_other_tables_and_files_are_none_of_dedoose(tmp_path: Path) -> None:
    for name, data in (("a.csv", b"Media Title,Excerpt Copy\ni1,x\n"), ("a.png", b"\x89PNG\r\n\0")):
        (tmp_path / name).write_bytes(data)
        assert "dedoose" not in {f.reader for f in find_inputs(tmp_path / name, name, Problems())}


def test_a_document_is_taken_out_with_all_its_excerpts(tmp_path: Path) -> None:
    path = written(tmp_path, EXCERPTS)
    (found,) = find_inputs(path, path.name, Problems())
    content = readers.forget(found, {}, "i1", Problems())
    assert content == (EXCERPTS.split("\n", maxsplit=1)[0] + "\n" + EXCERPTS.split("\n")[3] + "\n").encode()
    path.write_bytes(content)
    (found,) = find_inputs(path, path.name, Problems())
    assert readers.forget(found, {}, "I2", Problems()) is None
