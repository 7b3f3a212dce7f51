"""QualCoder's databases, as its versions 1 to 17 make them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualnet import readers
from qualnet.corpus import Corpus
from qualnet.corpus.anchor import anchor_segments
from qualnet.corpus.cases import assign_case_by
from qualnet.problems import Place, Problems
from qualnet.readers import find_inputs, read_file
from qualnet.readers._offsets import RULES, OffsetRule, calibrate_by_quotes, converter
from qualnet.readers._source import Source
from qualnet.readers.qualcoder import sniff

# Columns as the program's own statements have them; those of later versions stand in LATER.
SCHEMA = """
CREATE TABLE project (databaseversion text, date text, memo text, about text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
  date text, unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer,
  unique(name));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
  color text, unique(name));
CREATE TABLE code_text (cid integer, fid integer, seltext text, pos0 integer, pos1 integer, owner text, date text,
  memo text, unique(cid, fid, pos0, pos1, owner));
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text, unique(name));
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer);
INSERT INTO project VALUES ('v1', '2019-01-01', '', 'QualCoder');
"""
LATER = """
ALTER TABLE code_name ADD COLUMN supercid integer;
ALTER TABLE code_text ADD COLUMN ctid integer;
CREATE TABLE code_image (imid integer primary key, id integer, cid integer);
CREATE TABLE code_av (avid integer primary key, id integer, cid integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text);
CREATE TABLE journal (jid integer primary key, name text, jentry text);
CREATE TABLE gr_file_text_item (gfileid integer primary key, grid integer, fid integer);
CREATE TABLE gr_free_line_item (gflineid integer primary key, grid integer, fromcid integer, tocid integer);
CREATE TABLE gr_cdct_line_item (glineid integer primary key, grid integer, fromcid integer, tocid integer);
"""
SEVENTEEN = """
ALTER TABLE gr_free_line_item ADD COLUMN label text; ALTER TABLE gr_free_line_item ADD COLUMN arrow_mode text;
ALTER TABLE gr_cdct_line_item ADD COLUMN label text; ALTER TABLE gr_cdct_line_item ADD COLUMN arrow_mode text;
"""
TEXT = "I: Woran?\nB1: Leute 😊 fehlen."


class QualCoder:
    """A project in the making."""

    def __init__(self, folder: Path, version: int = 17) -> None:
        self.path = folder / "study.qda" / "data.qda"
        self.path.parent.mkdir(parents=True)
        self.connection = sqlite3.connect(self.path)
        self.connection.executescript(SCHEMA + LATER * (version > 1) + SEVENTEEN * (version > 16))

    def insert(self, table: str, **values: object) -> int:
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"  # noqa: S608
        return self.connection.execute(sql, tuple(values.values())).lastrowid or 0

    def text(self, name: str = "i1", fulltext: object = TEXT, **more: object) -> int:
        return self.insert("source", name=name, fulltext=fulltext, **more)

    def code(self, name: str, **more: object) -> int:
        return self.insert("code_name", name=name, **more)

    def coding(self, file: object, code: object, words: str, text: str = TEXT, **more: object) -> None:
        start = text.index(words)
        span = {"pos0": start, "pos1": start + len(words)}
        row = {"fid": file, "cid": code, "seltext": words, "owner": "anna"} | span | more
        self.insert("code_text", **row)

    def done(self) -> Path:
        self.connection.commit()
        self.connection.close()
        return self.path.parent


@pytest.fixture
def project(tmp_path: Path) -> QualCoder:
    return QualCoder(tmp_path)


def read(path: Path, **options: str) -> tuple[Corpus, list[str]]:
    problems = Problems()
    corpus = Corpus()
    for found in find_inputs(path, path.name, problems):
        assert found.reader == "qualcoder"
        corpus = read_file(found, options, problems)
    anchor_segments(corpus, problems)
    return corpus, [p.text().replace("\n    ", " | ") for p in problems]


def kept(corpus: Corpus) -> dict[str, tuple[int, int]]:
    return {i.kind: (i.seen, i.kept) for i in corpus.issues}


@pytest.mark.samples
def test_a_real_project(samples: Path) -> None:
    corpus, problems = read(samples / "qualcoder" / "generated_v17.qda")
    assert not problems
    assert [d.document_id for d in corpus.documents] == ["Soest_01.txt"]
    assert [(s.quote, s.anchor) for s in corpus.segments] == [
        ("kein Personal 😊", "exact"),
        ("stockt die Umsetzung", "exact"),
        ("Digitalstrategie", "exact"),
        ("Wissen aufzubauen", "exact"),
    ]
    assert [(c.name, c.parent_id) for c in corpus.codes if c.codable] == [
        ("Personalmangel", "Herausforderungen"),
        ("Umsetzung stockt", "Herausforderungen"),
        ("Digitalstrategie", "Treiber"),
        ("Wissensaufbau", "Treiber"),
        ("Know-how-Mangel", "Personalmangel"),
    ]
    assert [(r.from_id, r.to_id, r.label, r.direction) for r in corpus.relations] == [
        ("Personalmangel", "Umsetzung stockt", "is cause of", "oneway"),
        ("Digitalstrategie", "Wissensaufbau", "supports", "both"),
    ]
    assert [(a.owner_type, a.owner_id, a.name, a.value) for a in corpus.attributes] == [
        ("case", "Soest", "Bundesland", "NRW")
    ]
    assert [(d.document_id, d.case_id, d.rule) for d in corpus.document_cases] == [
        ("Soest_01.txt", "Soest", "case")
    ]
    assert kept(corpus) == {
        "attributes": (1, 1), "categories": (2, 2), "codes": (5, 5), "files": (1, 1), "cases": (1, 1),
        "codings": (4, 4), "lines between codes": (2, 2), "memos": (0, 0),
        "passages (code_image)": (0, 0), "passages (code_av)": (0, 0),
    }  # fmt: skip
    assert [i.reader for i in corpus.imports] == ["qualcoder"]


@pytest.mark.parametrize("version", [1, 16, 17])
def test_every_version_is_read(tmp_path: Path, version: int) -> None:
    project = QualCoder(tmp_path, version)
    file = project.text()
    a = project.code("Leute", color="#ff0000", memo="wer fehlt")
    project.coding(file, a, "Leute 😊", date="2024-05-04 10:00:00", memo="sicher")
    if version > 1:
        project.insert("gr_free_line_item", grid=1, fromcid=a, tocid=project.code("Geld"))
    corpus, problems = read(project.done())
    assert not problems
    (segment,), (coding,) = corpus.segments, corpus.codings
    assert (segment.quote, segment.start, segment.end, segment.anchor) == ("Leute 😊", 14, 21, "exact")
    assert (segment.document_id, segment.speaker_id) == ("i1", "i1/B1")
    assert (coding.code_id, coding.coder_id, coding.comment, coding.date) == (
        "Leute",
        "anna",
        "sicher",
        "2024-05-04",
    )
    assert [(c.coder_id, c.name) for c in corpus.coders] == [("anna", "anna")]
    assert [(c.name, c.color, c.definition) for c in corpus.codes][:1] == [("Leute", "#ff0000", "wer fehlt")]
    # without label and arrow nobody knows a direction
    assert [(r.direction, r.label, r.sign) for r in corpus.relations] == [("none", "", "unstated")] * (
        version > 1
    )


@pytest.mark.parametrize(
    ("text", "ends"),
    [("😊 zwei Wörter", 1), ("a\r\nzwei Wörter", 2), ("\ufeffzwei Wörter", 1), ("a\rzwei Wörter", 1)],
)
def test_positions_are_measured_on_the_stored_words(tmp_path: Path, text: str, ends: int) -> None:
    """Python counts a line end of two characters as two; a BOM is no character of the text."""
    project = QualCoder(tmp_path)
    plain = text.removeprefix("\ufeff")
    file = project.text(fulltext=text)
    project.coding(file, project.code("x"), "Wörter", plain)
    corpus, problems = read(project.done())
    assert not problems
    assert [(s.quote, s.anchor) for s in corpus.segments] == [("Wörter", "exact")]
    assert corpus.imports[0].offset_rule == f"code points, line end {ends}"


@settings(deadline=None)
@given(
    text=st.text(st.sampled_from("ab 😊ü\n"), min_size=1, max_size=40),
    wanted=st.sampled_from(RULES),
    data=st.data(),
)
def test_the_rule_that_gives_the_stored_words_is_found(
    text: str, wanted: OffsetRule, data: st.DataObject
) -> None:
    raw = text.replace("\n", "\r\n")
    positions = converter(raw, wanted)
    spans = []
    for _ in range(3):
        start = data.draw(st.integers(0, len(positions) - 1))
        end = data.draw(st.integers(start, len(positions) - 1))
        spans.append((start, end, text[positions[start] : positions[end]]))
    found = calibrate_by_quotes([(raw, spans), ("", [])])
    there = converter(raw, found)
    assert ["".join(text[there[a] : there[b]].split()) if b < len(there) else None for a, b, _ in spans] == [
        "".join(q.split()) for *_, q in spans
    ]


def test_the_tree_of_categories_and_codes_below_codes(project: QualCoder) -> None:
    project.text()
    top = project.insert("code_cat", name="Treiber", memo="was hilft")
    below = project.insert("code_cat", name="Innen", supercatid=top)
    parent = project.code("Kultur", catid=below)
    project.code("Fehlerkultur", supercid=parent, catid=None)
    project.code("Treiber", catid=top)
    project.code("lose", catid=99)
    corpus, problems = read(project.done())
    assert not problems
    assert [(c.code_id, c.name, c.parent_id, c.codable) for c in corpus.codes] == [
        # a category and a code of one name are two things
        ("Treiber (category)", "Treiber", "", False),
        ("Innen", "Innen", "Treiber (category)", False),
        ("Kultur", "Kultur", "Innen", True),
        ("Fehlerkultur", "Fehlerkultur", "Kultur", True),
        ("Treiber", "Treiber", "Treiber (category)", True),
        ("lose", "lose", "", True),
    ]


def test_categories_that_lie_in_themselves_are_told(project: QualCoder) -> None:
    project.text()
    project.insert("code_cat", name="a", supercatid=2)
    project.insert("code_cat", name="b", supercatid=1)
    corpus, problems = read(project.done())
    assert [p.split(": ")[1] for p in problems] == ["parent-cycle", "parent-cycle"]
    assert [c.parent_id for c in corpus.codes] == ["", ""]


def test_cases_and_attributes_say_the_city(project: QualCoder) -> None:
    files = [project.text(f"i{k}") for k in (1, 2)]
    case = project.insert("cases", name="Person 1", memo="ruhig")
    project.insert("case_text", caseid=case, fid=files[0], pos0=0, pos1=5)
    project.insert("case_text", caseid=case, fid=files[0], pos0=9, pos1=12)
    project.insert("case_text", caseid=case, fid=99)
    project.insert("case_text", caseid=98, fid=files[1])
    for kind, number, name, value in (
        ("case", case, "Stadt", "Soest"),
        ("file", files[1], "Stadt", "Kamen"),
        ("file", files[1], "Rolle", "Amt"),
        ("file", files[1], "Datum", "2026-05-04"),
        ("file", files[1], "Alter", ""),
        ("journal", 1, "Stadt", "x"),
    ):
        project.insert("attribute", name=name, attr_type=kind, value=value, id=number)
    corpus, problems = read(project.done())
    assert not problems
    assert [(d.document_id, d.role, d.date) for d in corpus.documents] == [
        ("i1", "", ""),
        ("i2", "Amt", "2026-05-04"),
    ]
    assert [(d.document_id, d.case_id) for d in corpus.document_cases] == [("i1", "Person 1")]
    assert [(m.memo_id, m.text) for m in corpus.memos] == [("case Person 1", "ruhig")]
    assert kept(corpus)["attributes"] == (6, 4)
    assign_case_by(corpus, "stadt", Place("x"), Problems())
    assert {d.document_id: d.case_id for d in corpus.document_cases} == {"i1": "Soest", "i2": "Kamen"}


def test_lines_between_codes_are_relations_with_their_arrow(project: QualCoder) -> None:
    project.text()
    a, b = project.code("A"), project.code("B")
    for label, arrow, ends in (
        ("leads to", "forward", (a, b)),
        ("-", "backward", (a, b)),
        ("", "none", (a, b)),
        ("x", "forward", (a, None)),
    ):
        project.insert(
            "gr_free_line_item", grid=1, fromcid=ends[0], tocid=ends[1], label=label, arrow_mode=arrow
        )
    project.insert("gr_cdct_line_item", grid=1, fromcid=a, tocid=b, label="")
    project.insert("gr_cdct_line_item", grid=1, fromcid=a, tocid=b, label="+", arrow_mode="both")
    corpus, problems = read(project.done())
    assert not problems
    assert [(r.relation_id, r.from_id, r.to_id, r.direction, r.sign) for r in corpus.relations] == [
        ("graph 1/free 1", "A", "B", "oneway", "unstated"),
        ("graph 1/free 2", "B", "A", "oneway", "-"),
        ("graph 1/free 3", "A", "B", "none", "unstated"),
        ("graph 1/cdct 2", "A", "B", "both", "+"),
    ]
    assert kept(corpus)["lines between codes"] == (5, 4)


def test_a_memo_of_a_coding_that_states_a_claim_is_one(project: QualCoder) -> None:
    file = project.text()
    project.coding(file, project.code("A"), "Leute", memo="A -> B (-)")
    corpus, _ = read(project.done())
    assert [(r.from_id, r.to_id, r.sign, r.source_kind) for r in corpus.relations] == [
        ("A", "B", "-", "comment")
    ]
    assert [e.segment_id for e in corpus.relation_evidence] == [corpus.segments[0].segment_id]


def test_two_codes_and_two_coders_of_the_same_words_share_a_segment(project: QualCoder) -> None:
    file = project.text()
    a, b = project.code("A"), project.code("B")
    for code, who in ((a, "anna"), (a, "ben"), (b, "anna"), (b, None)):
        project.coding(file, code, "Leute", owner=who)
    corpus, _ = read(project.done())
    assert len(corpus.segments) == 1
    assert sorted((c.code_id, c.coder_id) for c in corpus.codings) == [
        *(("A", "anna"), ("A", "ben"), ("B", ""), ("B", "anna"))
    ]
    assert len({c.coding_id for c in corpus.codings}) == 4


def test_what_points_nowhere_is_counted_or_told(project: QualCoder) -> None:
    file = project.text()
    a = project.code("A")
    project.coding(99, a, "Leute")
    project.coding(file, 98, "Leute")
    for start, end in ((-1, 3), (3, 3), (5, 999), ("x", 3)):
        project.insert("code_text", fid=file, cid=a, seltext="?", pos0=start, pos1=end, owner="")
    corpus, problems = read(project.done())
    assert [p.split(": ")[1] for p in problems] == ["offsets-outside"] * 4
    assert kept(corpus)["codings"] == (6, 0)
    assert not corpus.segments


def test_words_that_differ_from_the_text_are_told(project: QualCoder) -> None:
    file = project.text()
    project.coding(file, project.code("A"), "Leute", seltext="fehlen")
    project.coding(file, project.code("B"), "Woran", seltext=" Wor\r\nan")
    corpus, problems = read(project.done())
    assert [p.partition(" | ")[0].split(": ")[1] for p in problems] == ["quote-differs"]
    assert {s.quote for s in corpus.segments} == {"fehlen", "Woran"}


def test_media_are_counted_and_memos_kept(project: QualCoder) -> None:
    file = project.text(memo="im Café")
    project.text("bild.png", None, mediapath="/images/bild.png")
    project.text("ton", "", mediapath="audio:/home/x.mp3")
    project.text("leer", "")
    project.insert("code_image", id=2, cid=1)
    project.insert("annotation", fid=file, memo="nachfragen")
    project.insert("annotation", fid=file, memo=" ")
    project.insert("journal", name="Tag 1", jentry=b"viel gelesen")
    corpus, problems = read(project.done())
    assert not problems
    assert [d.document_id for d in corpus.documents] == ["i1", "leer"]
    assert [m.text for m in corpus.memos] == ["im Café", "nachfragen", "viel gelesen"]
    found = kept(corpus)
    assert (found["files"], found["media"], found["passages (code_image)"]) == ((4, 2), (2, 0), (1, 0))
    assert found["memos"] == (3, 2)


def test_a_project_without_texts_is_a_codebook_or_nothing(tmp_path: Path) -> None:
    empty = QualCoder(tmp_path / "a")
    assert [p.split(": ")[1] for p in read(empty.done())[1]] == ["empty-file"]
    codes = QualCoder(tmp_path / "b")
    codes.code("A")
    assert [p.split(": ")[1] for p in read(codes.done())[1]] == ["codebook-only"]


def test_options_are_told_and_a_missing_column_is_an_error(tmp_path: Path) -> None:
    project = QualCoder(tmp_path)
    project.text()
    _, problems = read(project.done(), project="1")
    assert [p.split(": ")[1] for p in problems] == ["unknown-field"]
    with closing(sqlite3.connect(project.path)) as database:
        database.execute("ALTER TABLE code_text DROP COLUMN seltext")
    assert [p.partition(" | ")[0] for p in read(project.path.parent)[1]] == [
        "study.qda/data.qda: unreadable: the file cannot be read: no column 'code_text.seltext'"
    ]
    with closing(sqlite3.connect(project.path)) as database:
        database.execute("DROP TABLE cases")
    assert "no column 'code_text.seltext'" not in read(project.path.parent)[1][0]


def test_only_its_own_database_is_taken(tmp_path: Path) -> None:
    project = QualCoder(tmp_path)
    project.done()
    assert sniff(Source(project.path, "data.qda"))
    (tmp_path / "x.qda").write_text("source code_name code_text code_cat", "utf-8")
    assert not sniff(Source(tmp_path / "x.qda", "x.qda"))


@pytest.mark.parametrize("version", [1, 17])
def test_a_text_is_forgotten_with_all_that_stands_about_it(tmp_path: Path, version: int) -> None:
    def made(folder: Path, *names: str) -> Path:
        project = QualCoder(folder, version)
        code = project.code("A")
        for name in names:
            words = "Zeisig" if name == "i2" else "Leute"
            text = f"B: {words} fehlen."
            number = {"i1": 1, "i2": 2, "i3": 3}[name]
            project.text(name, text, id=number)
            project.coding(number, code, words, text)
            project.insert("attribute", name="Ort", attr_type="file", value=words, id=number)
            if version > 1:
                project.insert("annotation", fid=number, memo=words)
        return project.done() / "data.qda"

    path = made(tmp_path / "a", "i1", "i2", "i3")
    problems = Problems()
    (found,) = find_inputs(path, "data.qda", problems)
    content = readers.forget(found, {}, " I2 ", problems)
    assert not problems.found
    assert content is not None
    assert b"Zeisig" not in content
    never = made(tmp_path / "b", "i1", "i3")
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as mine, closing(sqlite3.connect(never)) as other:
        for table in ("source", "code_text", "attribute", "code_name"):
            asked = f"SELECT * FROM {table} ORDER BY 1, 2, 3"  # noqa: S608
            rows = [sorted(map(str, db.execute(asked))) for db in (mine, other)]
            assert table == "attribute" or rows[0] == rows[1]
    assert readers.forget(found, {}, "i9", problems) == content
    for name in ("i1", "i3"):
        content = readers.forget(found, {}, name, problems)
        path.write_bytes(content or path.read_bytes())
    assert content is None
