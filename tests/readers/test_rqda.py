"""RQDA's projects, as version 0.2 of the package makes them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from qualnet import readers
from qualnet.corpus import Corpus
from qualnet.corpus.anchor import anchor_segments
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file

SCHEMA = """
CREATE TABLE source (name text, id integer, file text, memo text, owner text, date text, dateM text, status integer);
CREATE TABLE freecode (name text, memo text, owner text, date text, dateM text, id integer, status integer, color text);
CREATE TABLE treecode (cid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
CREATE TABLE treefile (fid integer, catid integer, status integer);
CREATE TABLE codecat (name text, cid integer, catid integer, owner text, date text, dateM text, memo text, status integer);
CREATE TABLE coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text,
  date text, memo text);
CREATE TABLE coding2 (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text,
  date text, memo text);
CREATE TABLE cases (name text, memo text, owner text, date text, dateM text, id integer, status integer);
CREATE TABLE caselinkage (caseid integer, fid integer, selfirst real, selend real, status integer, owner text);
CREATE TABLE caseAttr (variable text, value text, caseID integer, date text, dateM text, owner text, status integer);
CREATE TABLE fileAttr (variable text, value text, fileID integer, date text, dateM text, owner text, status integer);
CREATE TABLE annotation (fid integer, position integer, annotation text, owner text, date text, status integer);
CREATE TABLE journal (name text, journal text, date text, dateM text, owner text, status integer);
"""
TEXT = "I: Woran?\nB1: Leute 😊 fehlen."


class Rqda:
    """A project in the making; rows are alive unless they say otherwise."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.path = folder / "study.rqda"
        self.connection = sqlite3.connect(self.path)
        self.connection.executescript(SCHEMA)

    def insert(self, table: str, **values: object) -> None:
        row = {"status": 1} | values
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608
        self.connection.execute(sql, tuple(row.values()))

    def text(self, number: int = 1, name: str = "i1", file: object = TEXT, **more: object) -> None:
        self.insert("source", id=number, name=name, file=file, **more)

    def coding(self, words: str, code: int = 1, file: int = 1, table: str = "coding", **more: object) -> None:
        start = TEXT.index(words)
        row = {"cid": code, "fid": file, "seltext": words, "selfirst": float(start), "owner": "anna"}
        self.insert(table, **(row | {"selend": float(start + len(words))} | more))

    def done(self) -> Path:
        self.connection.commit()
        self.connection.close()
        return self.path


@pytest.fixture
def project(tmp_path: Path) -> Rqda:
    made = Rqda(tmp_path / "p")
    made.text()
    made.insert("freecode", id=1, name="Leute", memo="wer fehlt", color="red")
    return made


def read(path: Path, **options: str) -> tuple[Corpus, list[str]]:
    problems = Problems()
    corpus = Corpus()
    for found in find_inputs(path, path.name, problems):
        assert found.reader == "rqda"
        corpus = read_file(found, options, problems)
    anchor_segments(corpus, problems)
    return corpus, [p.text().replace("\n    ", " | ") for p in problems]


def kept(corpus: Corpus) -> dict[str, tuple[int, int]]:
    return {i.kind: (i.seen, i.kept) for i in corpus.issues}


@pytest.mark.samples
def test_a_real_project(samples: Path) -> None:
    corpus, problems = read(samples / "rqda" / "igo_OPCW-CSP-DG.rqda")
    assert not problems
    # counted with sqlite3: 13 speeches, 2 codes, 22 codings of which one was deleted
    assert (len(corpus.documents), len(corpus.codings), len(corpus.segments)) == (13, 21, 21)
    assert [c.name for c in corpus.codes] == ["transparency", "participation"]
    assert {s.anchor for s in corpus.segments} == {"exact"}
    assert {c.coder_id for c in corpus.codings} == {"tobiasweise"}
    assert {c.date for c in corpus.codings} == {"2015-05-02"}
    found = kept(corpus)
    assert (found["codings"], found["deleted rows"], found["files"]) == ((21, 21), (1, 0), (13, 13))


def test_a_coding_keeps_its_words_its_coder_and_its_day(project: Rqda) -> None:
    project.coding("Leute 😊", date="Sat May  2 16:24:45 2015", memo="A -> B (-)")
    project.coding("fehlen", table="coding2", owner="ben", date="Sat Mai  2 16:24:45 2015")
    corpus, problems = read(project.done())
    assert not problems
    assert [(s.quote, s.anchor, s.speaker_id) for s in corpus.segments] == [
        ("Leute 😊", "exact", "i1/B1"),
        ("fehlen", "exact", "i1/B1"),
    ]
    assert [(c.code_id, c.coder_id, c.date) for c in corpus.codings] == [
        ("Leute", "anna", "2015-05-02"),
        ("Leute", "ben", ""),  # a day in another language is not guessed
    ]
    assert [(r.from_id, r.to_id, r.sign) for r in corpus.relations] == [("A", "B", "-")]
    assert [(c.name, c.color, c.definition) for c in corpus.codes] == [("Leute", "red", "wer fehlt")]
    assert corpus.imports[0].offset_rule == "code points, line end 1"


def test_what_was_deleted_is_counted_and_not_read(project: Rqda) -> None:
    project.coding("Leute", status=0)
    project.coding("Leute", status=-1)
    project.coding("Leute", file=2)
    project.text(2, "weg", status=0)
    project.insert("freecode", id=2, name="weg", status=0)
    project.coding("Leute", code=2)
    project.insert("journal", name="weg", journal="x", status=0)
    corpus, problems = read(project.done())
    assert not problems
    assert [d.document_id for d in corpus.documents] == ["i1"]
    assert [c.name for c in corpus.codes] == ["Leute"]
    assert not corpus.codings
    assert not corpus.memos
    assert kept(corpus)["deleted rows"] == (5, 0)
    assert kept(corpus)["codings"] == (2, 0)


def test_words_of_a_text_that_was_edited_later_are_found_near_by(tmp_path: Path) -> None:
    """As in every project that was corrected after it was coded."""
    made = Rqda(tmp_path / "p")
    made.text(file=TEXT.replace("Woran", "Woran denn"))
    made.insert("freecode", id=1, name="Leute")
    made.coding("Leute 😊 fehlen")
    corpus, problems = read(made.done())
    (segment,) = corpus.segments
    assert segment.quote == "Leute 😊 fehlen"
    assert (corpus.documents[0].text or "")[segment.start : segment.end] == "Leute 😊 fehlen"
    assert all("quote-differs" in p for p in problems)


def test_a_code_in_two_categories_has_the_first_above_it(project: Rqda) -> None:
    project.insert("codecat", catid=1, name="Mittel", memo="Geld und Leute")
    project.insert("codecat", catid=2, name="Leute")
    for category in (1, 2, 9):
        project.insert("treecode", cid=1, catid=category)
    corpus, _ = read(project.done())
    assert [(c.code_id, c.name, c.parent_id, c.codable, c.definition) for c in corpus.codes] == [
        ("Mittel", "Mittel", "", False, "Geld und Leute"),
        ("Leute (category)", "Leute", "", False, ""),
        ("Leute", "Leute", "Mittel", True, "wer fehlt"),
    ]
    assert kept(corpus)["codes in categories"] == (2, 1)


def test_cases_attributes_and_memos(project: Rqda) -> None:
    project.text(2, "i2", b"B: Nichts.", memo="kurz")
    project.insert("cases", id=1, name="Soest", memo="Mittelstadt")
    project.insert("caselinkage", caseid=1, fid=1)
    project.insert("caselinkage", caseid=1, fid=1)
    project.insert("caselinkage", caseid=9, fid=2)
    project.insert("caseAttr", caseID=1, variable="Land", value="NRW")
    project.insert("caseAttr", caseID=9, variable="Land", value="x")
    for variable, value in (("Rolle", "Amt"), ("Alter", "44"), ("leer", "")):
        project.insert("fileAttr", fileID=2, variable=variable, value=value)
    project.insert("annotation", fid=1, annotation="nachfragen")
    project.insert("journal", name="Tag 1", journal="gelesen")
    corpus, problems = read(project.done())
    assert not problems
    assert [(d.document_id, d.text, d.role) for d in corpus.documents] == [
        ("i1", TEXT, ""),
        ("i2", "B: Nichts.", "Amt"),
    ]
    assert [(d.document_id, d.case_id) for d in corpus.document_cases] == [("i1", "Soest")]
    assert sorted((a.owner_type, a.owner_id, a.name, a.value) for a in corpus.attributes) == [
        ("case", "Soest", "Land", "NRW"),
        ("document", "i2", "Alter", "44"),
    ]
    assert [m.text for m in corpus.memos] == ["kurz", "Mittelstadt", "nachfragen", "gelesen"]


@pytest.mark.parametrize(
    "ends", [(-1.0, 3.0), (3.0, 3.0), (5.0, 999.0), (0.5, 3.0), ("x", 3.0), (None, None)]
)
def test_positions_outside_the_text_are_told(project: Rqda, ends: tuple[object, object]) -> None:
    project.insert("coding", cid=1, fid=1, seltext="?", selfirst=ends[0], selend=ends[1])
    corpus, problems = read(project.done())
    assert [p.split(": ")[1] for p in problems] == ["offsets-outside"]
    assert kept(corpus)["codings"] == (1, 0)


def test_older_and_empty_projects(tmp_path: Path) -> None:
    made = Rqda(tmp_path / "a")
    for table in ("coding2", "annotation", "journal", "caseAttr", "fileAttr"):
        made.connection.execute(f"DROP TABLE {table}")
    made.connection.execute("ALTER TABLE freecode DROP COLUMN color")
    assert {p.split(": ")[1] for p in read(made.done(), x="1")[1]} == {"unknown-field", "empty-file"}
    codes = Rqda(tmp_path / "b")
    codes.insert("freecode", id=1, name="A")
    assert [p.split(": ")[1] for p in read(codes.done())[1]] == ["codebook-only"]


def test_a_text_is_forgotten_and_one_that_was_deleted_before_too(tmp_path: Path) -> None:
    def made(folder: Path, *names: str) -> Path:
        project = Rqda(folder)
        project.connection.execute("DROP TABLE coding2")
        project.insert("freecode", id=1, name="A")
        for number, name in enumerate(("i1", "i2", "i3"), start=1):
            if name not in names:
                continue
            words = "Zeisig" if name == "i2" else "Leute"
            project.text(number, name, f"B: {words} fehlen.", status=0 if name == "i2" else 1)
            row = {"cid": 1, "fid": number, "seltext": words, "selfirst": 3.0, "selend": 3.0 + len(words)}
            project.insert("coding", **row)
            project.insert("fileAttr", fileID=number, variable="Ort", value=words)
            project.insert("annotation", fid=number, annotation=words)
        return project.done()

    path = made(tmp_path / "a", "i1", "i2", "i3")
    problems = Problems()
    (found,) = find_inputs(path, "study.rqda", problems)
    content = readers.forget(found, {}, " I2 ", problems)
    assert not problems.found
    assert content is not None
    assert b"Zeisig" not in content
    path.write_bytes(content)
    never = made(tmp_path / "b", "i1", "i3")
    with closing(sqlite3.connect(path)) as mine, closing(sqlite3.connect(never)) as other:
        for table in ("source", "coding", "fileAttr", "annotation", "freecode"):
            asked = f"SELECT * FROM {table}"  # noqa: S608
            assert mine.execute(asked).fetchall() == other.execute(asked).fetchall()
    assert readers.forget(found, {}, "i9", problems) == content
    path.write_bytes(readers.forget(found, {}, "i1", problems) or b"")
    assert readers.forget(found, {}, "i3", problems) is None
