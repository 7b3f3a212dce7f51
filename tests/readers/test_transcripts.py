"""Transcripts with and without a head of facts."""

from pathlib import Path

import pytest

from qualnet.corpus import Corpus
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file
from qualnet.readers._source import Source
from qualnet.readers.transcripts import sniff


def read(path: Path, text: str | bytes) -> tuple[Corpus, list[str]]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    problems = Problems()
    corpus = Corpus()
    for found in find_inputs(path, path.name, problems, "transcripts"):
        corpus = read_file(found, {}, problems)
    return corpus, [f"{p.place}: {p.rule}: {p.message()}" for p in problems]


def test_a_head_gives_facts_and_is_no_part_of_the_words(tmp_path: Path) -> None:
    head = "---\nInterview: B7\nFall: Soest\nRolle: Amt\n# a remark\nHinweis: erfunden\n\nerfunden: ja\ndate: 2024\n---\n\n"
    corpus, problems = read(tmp_path / "x.md", head + "I: Woran?\n\nB1: Leute fehlen. #00:01:02-3#\n")
    assert not problems
    (document,) = corpus.documents
    assert (document.document_id, document.role, document.synthetic, document.date) == (
        "B7",
        "Amt",
        True,
        "2024",
    )
    assert document.text == "I: Woran?\n\nB1: Leute fehlen. #00:01:02-3#\n"
    assert [(d.document_id, d.case_id) for d in corpus.document_cases] == [("B7", "Soest")]
    assert [(s.label, s.role, s.interviewer) for s in corpus.speakers] == [
        ("I", "", True),
        ("B1", "Amt", False),
    ]
    assert [(i.kind, i.seen, i.kept) for i in corpus.issues] == [("paragraphs", 2, 2)]


def test_an_unknown_fact_is_told_with_its_line(tmp_path: Path) -> None:
    corpus, problems = read(tmp_path / "x.txt", "---\nFall: A\nWetter: gut\nkein Feld\n---\nB: Ja.\n")
    assert problems == [
        "x.txt:3: unknown-field: there is no field 'Wetter'",
        "x.txt:4: unknown-field: there is no field 'kein Feld'",
    ]
    assert [d.document_id for d in corpus.documents] == ["x"]


def test_a_text_without_head_and_labels_is_one_document(tmp_path: Path) -> None:
    corpus, problems = read(tmp_path / "x.txt", "Nur Worte.\n")
    assert not problems
    assert [(d.document_id, d.role) for d in corpus.documents] == [("x", "")]
    assert not corpus.document_cases
    assert not corpus.speakers


def test_a_head_without_words_is_an_empty_file(tmp_path: Path) -> None:
    corpus, problems = read(tmp_path / "x.txt", "---\nFall: A\n---\n \n")
    assert problems == ["x.txt: empty-file: the file is empty"]
    assert not corpus.documents


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    corpus, problems = read(tmp_path / "x.txt", b"B: \x81\n")
    assert [p.partition(": the")[0] for p in problems] == ["x.txt: unreadable"]
    assert not corpus.documents


@pytest.mark.parametrize(
    "data", [b"<a/>", b'{"a": 1}', b"SQLite format 3\0", b"PK\x03\x04", b"a\0b", b"\xef\xbb\xbf "]
)
def test_what_is_machine_s_writing_is_no_transcript(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    assert not sniff(Source(tmp_path / "x", "x"))
