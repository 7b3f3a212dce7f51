"""Databases as Taguette 1.5 makes them, and its tables of highlights."""

import json
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from qualnet.corpus import Corpus
from qualnet.corpus.anchor import anchor_segments
from qualnet.problems import Problems
from qualnet.readers import _sqlite, find_inputs, read_file
from qualnet.readers._html import flatten
from qualnet.readers._source import Source
from qualnet.readers.taguette import sniff

SCHEMA = """
CREATE TABLE users (login VARCHAR(30) PRIMARY KEY, hashed_password VARCHAR(192), email VARCHAR(256));
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
  description TEXT NOT NULL DEFAULT '');
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
  project_id INTEGER NOT NULL, contents TEXT NOT NULL);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL,
  path VARCHAR(200) NOT NULL, description TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL,
  start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL,
  CONSTRAINT pk_highlight_tags PRIMARY KEY (highlight_id, tag_id));
CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, date DATETIME NOT NULL DEFAULT '',
  user_login VARCHAR(30) NOT NULL, project_id INTEGER NOT NULL, document_id INTEGER, payload TEXT NOT NULL);
INSERT INTO users VALUES ('anna', 'scrypt:secret', 'anna@example.org'), ('ben', 'scrypt:other', NULL);
"""


class Taguette:
    """A database in the making."""

    def __init__(self, path: Path, *projects: str) -> None:
        self.path = path
        self.connection = sqlite3.connect(path)
        self.connection.executescript(SCHEMA)
        for name in projects or ("Studie",):
            self.insert("projects", name=name)

    def insert(self, table: str, **values: object) -> int:
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"  # noqa: S608
        return self.connection.execute(sql, tuple(values.values())).lastrowid or 0

    def document(self, contents: object, name: str = "i1", project: int = 1) -> int:
        return self.insert("documents", name=name, contents=contents, project_id=project)

    def tag(self, path: str, description: str = "", project: int = 1) -> int:
        return self.insert("tags", path=path, description=description, project_id=project)

    def highlight(
        self, document: int, start: object, end: object, snippet: str = "", tags: tuple[int, ...] = ()
    ) -> int:
        number = self.insert(
            "highlights", document_id=document, start_offset=start, end_offset=end, snippet=snippet
        )
        for tag in tags:
            self.insert("highlight_tags", highlight_id=number, tag_id=tag)
        return number

    def command(self, login: str, kind: str, document: int | None = 1, **payload: object) -> None:
        text = json.dumps({"type": kind, **payload})
        self.insert("commands", user_login=login, project_id=1, document_id=document, payload=text)

    def done(self) -> Path:
        self.connection.commit()
        self.connection.close()
        return self.path


@pytest.fixture
def taguette(tmp_path: Path) -> Taguette:
    return Taguette(tmp_path / "study.sqlite3")


def read(path: Path, reader: str | None = None, **options: str) -> tuple[Corpus, list[str]]:
    problems = Problems()
    corpus = Corpus()
    for found in find_inputs(path, path.name, problems, reader):
        assert found.reader == "taguette"
        corpus = read_file(found, options, problems)
    anchor_segments(corpus, problems)
    return corpus, [p.text().replace("\n    ", " | ") for p in problems]


def kept(corpus: Corpus) -> dict[str, tuple[int, int]]:
    return {i.kind: (i.seen, i.kept) for i in corpus.issues}


def in_bytes(plain: str, words: str) -> tuple[int, int]:
    """Give the positions that Taguette would store for words of a text without tags."""
    start = len(plain[: plain.index(words)].encode())
    return start, start + len(words.encode())


@pytest.mark.samples
def test_a_real_database(samples: Path) -> None:
    corpus, problems = read(samples / "taguette" / "generated_taguette_1.5.2.sqlite3")
    assert not problems
    (document,) = corpus.documents
    assert document.text == (
        "Interview Soest\n\nWir haben kein Personal 😊 und deshalb stockt die Umsetzung.\n\n"
        "Förderprogramme sind aufwändig & teuer.\n"
    )
    assert [(s.segment_id, s.quote, s.paragraph, s.anchor) for s in corpus.segments] == [
        ("Soest_01/1", "kein Personal 😊", 2, "exact"),
        ("Soest_01/2", "stockt die Umsetzung", 2, "exact"),
        ("Soest_01/3", "aufwändig & teuer", 3, "exact"),
    ]
    assert [(c.segment_id, c.code_id, c.coder_id) for c in corpus.codings] == [
        ("Soest_01/1", "challenge.personnel", "admin"),
        ("Soest_01/2", "challenge.implementation", "admin"),
        ("Soest_01/3", "challenge.personnel", "admin"),
        ("Soest_01/3", "challenge.implementation", "admin"),
    ]
    # as sqlite3 shows the log of commands
    assert {c.date for c in corpus.codings} == {"2026-11-23"}
    assert [(c.name, c.definition) for c in corpus.codes] == [
        ("challenge.personnel", "no staff"),
        ("challenge.implementation", ""),
    ]
    assert [c.name for c in corpus.coders] == ["admin"]
    assert kept(corpus) == {
        "documents": (1, 1), "codes": (2, 2), "commands": (3, 3), "highlights": (3, 3),
        "codings": (4, 4), "highlights without a tag": (0, 0),
    }  # fmt: skip
    assert [(i.reader, i.offset_rule) for i in corpus.imports] == [("taguette", "UTF-8 bytes without tags")]


@pytest.mark.parametrize(
    ("html", "plain", "words", "quote"),
    [
        ("<p>Für 😊 Ämter</p>", "Für 😊 Ämter", "Ämter", "Ämter"),
        ("<p>a &lt;b&gt; &amp; &uuml;ber &#128522; c</p>", "a <b> & über 😊 c", "& über 😊", "& über 😊"),
        ("<p>Per<b>so<i>nal</i></b>mangel</p>", "Personalmangel", "onalman", "onalman"),
        ("<p>Ende.</p><p>Anfang.</p>", "Ende.Anfang.", "de.An", "de.\n\nAn"),
        ("<p>Ende.</p>\n\n<p>Anfang.</p>\n", "Ende.\n\nAnfang.\n", "Ende.\n\n", "Ende."),
        ("<p>Ende.</p>\n\n<p>Anfang.</p>\n", "Ende.\n\nAnfang.\n", "\n\nAn", "An"),
        ("<p>Ende.</p>\n\n<p>Anfang.</p>\n", "Ende.\n\nAnfang.\n", "\n\n", ""),
        ("<ul><li>eins<ul><li>zwei</li></ul></li></ul>", "einszwei", "nszw", "ns\n\nzw"),
        ("<table><tr><td>B1</td><td><p>Ja</p></td></tr></table>", "B1Ja", "1J", "1\n\nJ"),
        ("<p>eins<br>zwei<br/><br/>drei</p>", "einszweidrei", "szweid", "s\nzwei\n\nd"),
        ("<p>  weit \n\t her</p>", "  weit \n\t her", "weit \n\t her", "weit her"),
        ("<p>weit \n\t her</p>", "weit \n\t her", "\t he", "he"),
        ("<p>weit <b> her</b></p>", "weit  her", "weit ", "weit "),
        ("<pre>\n\na  b\r\n c</pre>x", "\na  b\n cx", "  b\n cx", "  b\n c\n\nx"),
        ("<pre><b></b>\n a</pre>", "\n a", "\n a", "\n a"),
        ("<p>1 < 2 <!-- <p>nie</p> -->und<a href='x>y'> &gt;0</a></p>", "1 < 2 und >0", "2 und >", "2 und >"),
        ("<h1>Titel</h1>Text ohne Absatz", "TitelText ohne Absatz", "elTe", "el\n\nTe"),
    ],
)
def test_positions_are_bytes_of_the_text_without_tags(
    taguette: Taguette, html: str, plain: str, words: str, quote: str
) -> None:
    assert flatten(html).plain == plain
    taguette.highlight(taguette.document(html), *in_bytes(plain, words))
    corpus, problems = read(taguette.done())
    assert not problems
    (segment,), (document,) = corpus.segments, corpus.documents
    assert (segment.quote, segment.anchor) == (quote, "exact")
    assert document.text is not None
    assert document.text[segment.start : segment.end] == quote


def test_a_paragraph_to_a_block_with_a_blank_line_between() -> None:
    html = "<h1>T</h1> <div><p>a</p><blockquote><p>b</p>c</blockquote></div><hr><dl><dt>d<dd>e</dl>"
    assert flatten(html).text == "T\n\na\n\nb\n\nc\n\nd\n\ne"
    assert flatten("").text == ""
    assert flatten(" <p> </p><p></p> ").text == ""


def test_a_position_inside_a_character_means_the_next(taguette: Taguette) -> None:
    document = taguette.document("<p>a😊bü</p>")
    taguette.highlight(document, 2, 6, "<p>b</p>")
    taguette.highlight(document, 0, 3, "<p>a😊</p>")
    taguette.highlight(document, 6, 8, "<p>ü</p>")
    corpus, problems = read(taguette.done())
    assert not problems
    assert [s.quote for s in corpus.segments] == ["b", "a😊", "ü"]


@pytest.mark.parametrize("ends", [(0, 6), (-1, 2), (3, 2), (6, 6), ("x", 2), (0, 1.5), (0, b"5")])
def test_positions_outside_the_text_are_told(taguette: Taguette, ends: tuple[object, object]) -> None:
    taguette.highlight(taguette.document("<p>123ü</p>"), *ends)
    corpus, problems = read(taguette.done())
    assert [p.partition(": positions")[0] for p in problems] == [
        "study.sqlite3, highlight 1: offsets-outside"
    ]
    assert "of 5 characters" in problems[0]
    assert kept(corpus)["highlights"] == (1, 0)
    assert kept(corpus)["highlights without a tag"] == (1, 0)


def test_a_snippet_that_says_something_else_is_told(taguette: Taguette) -> None:
    document = taguette.document("<p>Wir haben kein Geld.</p><p>Und keine Zeit.</p>")
    taguette.highlight(document, 0, 9, "<p>keine <i>Zeit</i></p>")
    taguette.highlight(document, 10, 23, "<p>kein\n Geld.</p>\n\n<p>Und</p>")
    taguette.highlight(document, 0, 9, "&#" + "9" * 5000)  # no snippet that could be read
    corpus, problems = read(taguette.done())
    assert [p.partition(" | ")[0] for p in problems] == [
        "study.sqlite3, highlight 1: quote-differs: the quote found at these positions differs: Wir haben"
    ]
    assert [(s.quote, s.anchor) for s in corpus.segments] == [
        ("keine Zeit", "exact"),
        ("kein Geld.\n\nUnd", "exact"),
        ("Wir haben", "exact"),
    ]
    assert [s.start for s in corpus.segments] == [26, 10, 0]


def test_who_speaks_is_told_by_the_labels(taguette: Taguette) -> None:
    plain = "I: Woran?B1: Leute fehlen.Und Zeit."
    document = taguette.document("<p>I: Woran?</p><p><b>B1:</b> Leute fehlen.</p><p>Und Zeit.</p>")
    for words in ("Woran", "fehlen", "Zeit"):
        taguette.highlight(document, *in_bytes(plain, words))
    corpus, _ = read(taguette.done())
    assert [(s.speaker_id, s.interviewer) for s in corpus.speakers] == [("i1/I", True), ("i1/B1", False)]
    assert [s.speaker_id for s in corpus.segments] == ["i1/I", "i1/B1", ""]


def test_tags_stand_below_the_nearest_tag_that_exists(taguette: Taguette) -> None:
    for path in ("a", "a.b.c", "a : x", "b.c", "ab.c:d", "ab.c"):
        taguette.tag(path, f"says {path}")
    taguette.document("<p>x</p>")
    corpus, problems = read(taguette.done())
    assert not problems
    assert [(c.code_id, c.parent_id, c.definition) for c in corpus.codes] == [
        ("a", "", "says a"),
        ("a.b.c", "a", "says a.b.c"),
        ("a : x", "a", "says a : x"),
        ("b.c", "", "says b.c"),
        ("ab.c:d", "ab.c", "says ab.c:d"),
        ("ab.c", "", "says ab.c"),
    ]


def test_the_coder_of_a_tag_is_whoever_gave_it(taguette: Taguette) -> None:
    document = taguette.document("<p>Leute fehlen.</p>")
    x, y, z, merged = (taguette.tag(path) for path in ("x", "y", "z", "merged"))
    first = taguette.highlight(document, 0, 5, tags=(x, y, merged))
    second = taguette.highlight(document, 6, 12, tags=(y, z))
    taguette.highlight(document, 0, 12, tags=(x,))  # of which the log knows nothing
    taguette.command("anna", "document_add")
    taguette.command("anna", "highlight_add", highlight_id=first, tags=[x, z])
    taguette.command("ben", "highlight_add", highlight_id=first, tags=[x, y, z])
    taguette.command("ben", "highlight_add", id=second, tags=[y])
    taguette.command("ben", "tag_merge", None, src_tag_id=z, dest_tag_id=merged)
    taguette.command("anna", "highlight_add", highlight_id=second, tags=[])
    taguette.command("anna", "highlight_add", highlight_id=second, tags=[y])
    # of a document that was deleted
    taguette.command("ben", "highlight_add", -7, highlight_id=-9, tags=[-1])
    for payload in (
        "{",
        "[]",
        "[" * 100_000,
        '{"type": "highlight_add"}',
        '{"type": "highlight_add", "id": []}',
    ):
        taguette.insert("commands", user_login="eve", project_id=1, payload=payload)
    corpus, problems = read(taguette.done())
    assert not problems
    assert [(c.segment_id, c.code_id, c.coder_id) for c in corpus.codings] == [
        ("i1/1", "x", "anna"),
        ("i1/1", "y", "ben"),
        ("i1/1", "merged", "anna"),
        ("i1/2", "y", "anna"),
        ("i1/2", "z", ""),
        ("i1/3", "x", ""),
    ]
    assert [(c.coder_id, c.name) for c in corpus.coders] == [("anna", "anna"), ("ben", "ben")]
    assert kept(corpus)["commands"] == (13, 8)


def test_highlights_without_a_tag_are_kept_and_counted(taguette: Taguette) -> None:
    document = taguette.document("<p>Leute fehlen.</p>")
    taguette.highlight(document, 0, 5)
    taguette.highlight(document, 6, 12, tags=(taguette.tag("x"), 99))  # a tag that is gone
    taguette.highlight(document, 6, 99, tags=(1,))
    taguette.highlight(77, 0, 5, tags=(1,))  # a document that is gone
    corpus, problems = read(taguette.done())
    assert [p.split(": ")[1] for p in problems] == ["offsets-outside"]
    assert [s.segment_id for s in corpus.segments] == ["i1/1", "i1/2"]
    assert [c.coding_id for c in corpus.codings] == ["i1/2/x"]
    assert kept(corpus) == {
        "codes": (1, 1), "documents": (1, 1), "commands": (0, 0), "highlights": (3, 2),
        "codings": (3, 1), "highlights without a tag": (1, 1),
    }  # fmt: skip


def test_documents_of_one_name_get_names_of_their_own(taguette: Taguette) -> None:
    taguette.document("<p>a</p>")
    taguette.document(b"<p>b\xff</p>")
    taguette.document("")
    corpus, problems = read(taguette.done())
    assert not problems
    assert [(d.document_id, d.name, d.text) for d in corpus.documents] == [
        ("i1", "i1", "a\n"),
        ("i1 (2)", "i1", "b\ufffd\n"),
        ("i1 (3)", "i1", ""),
    ]


def test_a_document_that_cannot_be_read_is_told(taguette: Taguette) -> None:
    taguette.document("&#" + "9" * 5000 + ";")
    taguette.document("<p>a</p>", "i2")
    corpus, problems = read(taguette.done())
    assert [p.partition(": Exceeds")[0] for p in problems] == [
        "study.sqlite3, document i1: unreadable: the file cannot be read"
    ]
    assert kept(corpus)["documents"] == (2, 1)


def test_several_projects_must_be_chosen_from(tmp_path: Path) -> None:
    taguette = Taguette(tmp_path / "study.sqlite3", "Soest", "Kamen", "Kamen", "2")
    for project in (1, 2, 3, 4):
        document = taguette.document(f"<p>Text {project}</p>", f"i{project}", project)
        tag = taguette.tag(f"t{project}", project=project)
        taguette.highlight(document, 0, 4, tags=(tag,))
    path = taguette.done()
    corpus, problems = read(path)
    assert not corpus.documents
    (problem,) = problems
    assert problem == (
        "study.sqlite3: which-project: the file holds 4 projects that may be meant:"
        " Soest (1), Kamen (2), Kamen (3), 2 (4)"
        " | name one in qualnet.yaml by name or number: options: {project: NAME};"
        " or export it from Taguette as a file of its own"
    )
    # a name counts before a number
    for wanted, documents in ((" soest", ["i1"]), ("3", ["i3"]), ("2", ["i4"])):
        corpus, problems = read(path, project=wanted)
        assert not problems
        assert [d.name for d in corpus.documents] == documents
        assert [(s.segment_id, c.code_id) for s, c in zip(corpus.segments, corpus.codings, strict=True)] == [
            (f"{documents[0]}/{documents[0][1]}", f"t{documents[0][1]}")
        ]
        assert kept(corpus)["highlights"] == (1, 1)
    assert "which-project: the file holds 2 projects" in read(path, project="Kamen")[1][0]
    assert read(path, project="Soost")[1] == [
        "study.sqlite3: unknown-value: project: 'Soost' is not allowed | did you mean 'Soest'?"
    ]
    assert read(path, projekt="Soest")[1][0] == (
        "study.sqlite3: unknown-field: there is no field 'projekt' | did you mean 'project'?"
    )


def test_a_database_without_documents(taguette: Taguette) -> None:
    path = taguette.done()
    assert read(path)[1] == ["study.sqlite3: empty-file: the file is empty"]
    with closing(sqlite3.connect(path)) as database:
        database.execute("INSERT INTO tags VALUES (1, 1, 'x', '')")
        database.commit()
    assert [p.split(": ")[1] for p in read(path)[1]] == ["codebook-only"]
    with closing(sqlite3.connect(path)) as database:
        database.execute("DELETE FROM projects")
        database.commit()
    assert read(path)[1] == ["study.sqlite3: empty-file: the file is empty"]


def test_what_a_running_taguette_has_not_yet_written_into_its_file_is_read(tmp_path: Path) -> None:
    taguette = Taguette(tmp_path / "study.sqlite3")
    taguette.connection.commit()
    taguette.connection.execute("PRAGMA journal_mode = WAL")
    taguette.document("<p>neu</p>")
    taguette.connection.commit()
    assert (tmp_path / "study.sqlite3-wal").stat().st_size
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    corpus, problems = read(taguette.path)
    assert not problems
    assert [d.text for d in corpus.documents] == ["neu\n"]
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before
    taguette.done()


@pytest.mark.parametrize("size", [5_000, 20_000, -1])
def test_a_truncated_database_is_one_problem(taguette: Taguette, size: int) -> None:
    taguette.document("<p>" + "Wort " * 10_000 + "</p>")
    path = taguette.done()
    path.write_bytes(path.read_bytes()[:size])
    corpus, problems = read(path)
    assert not corpus.documents
    assert [p.partition(": the file")[0] for p in problems] == ["study.sqlite3: unreadable"]


def test_a_damaged_page_is_one_problem(taguette: Taguette) -> None:
    for i in range(50):
        taguette.document("<p>" + "Wort " * 500 + "</p>", f"i{i}")
    path = taguette.done()
    data = bytearray(path.read_bytes())
    data[-8192:-4096] = b"\xff" * 4096
    path.write_bytes(data)
    corpus, problems = read(path)
    assert not corpus.documents
    assert [p.partition(": the file")[0] for p in problems] == ["study.sqlite3: unreadable"]


@pytest.mark.parametrize(
    "instead",
    [
        "CREATE VIEW highlights AS SELECT 1 AS id, 1 AS document_id, 0 AS start_offset, 1 AS end_offset, hashed_password AS snippet FROM users",
        "CREATE VIRTUAL TABLE highlights USING fts4(id, document_id, start_offset, end_offset, snippet)",
    ],
)
def test_a_view_or_a_virtual_table_is_no_table(taguette: Taguette, instead: str) -> None:
    taguette.document("<p>a</p>")
    taguette.connection.execute("DROP TABLE highlights")
    taguette.connection.execute(instead)
    path = taguette.done()
    assert read(path, "taguette")[1] == [
        "study.sqlite3: unreadable: the file cannot be read: no table 'highlights'"
    ]
    assert sniff(Source(path, "x")) == ("VIRTUAL" in instead)


def test_nothing_but_the_named_columns_can_be_read(taguette: Taguette) -> None:
    taguette.document("<p>a</p>")
    path = taguette.done()
    problems = Problems()
    asked: list[str] = []

    def work(database: _sqlite.Database) -> Corpus:
        assert list(database.rows("projects")) == [("Studie", 1)]
        for sql in (
            "SELECT email FROM users",
            "SELECT description FROM projects",
            "SELECT * FROM projects",
            "SELECT name FROM sqlite_master",
            "SELECT load_extension('x')",
            "ATTACH 'other' AS other",
            "PRAGMA trusted_schema = ON",
            "DELETE FROM projects",
        ):
            with pytest.raises(sqlite3.DatabaseError):
                list(database._within(sql))  # noqa: SLF001
            asked.append(sql)
        return Corpus()

    _sqlite.read_database(Source(path, "x"), {"projects": ("name", "id")}, problems, work)
    assert len(asked) == 8
    assert not problems


def test_a_missing_column_is_told(taguette: Taguette) -> None:
    taguette.connection.execute("ALTER TABLE tags RENAME COLUMN path TO name")
    assert read(taguette.done())[1] == [
        "study.sqlite3: unreadable: the file cannot be read: no column 'tags.path'"
    ]


def test_limits(taguette: Taguette, monkeypatch: pytest.MonkeyPatch) -> None:
    taguette.document("<p>" + "x" * 3000 + "</p>")
    path = taguette.done()
    size = path.stat().st_size
    monkeypatch.setattr(_sqlite, "MAX_FILE", size)
    assert not read(path)[1]
    monkeypatch.setattr(_sqlite, "MAX_FILE", size - 1)
    assert read(path)[1] == [
        "study.sqlite3: too-large: study.sqlite3 is larger than 4 GiB; nothing of it was used"
    ]
    monkeypatch.setattr(_sqlite, "MAX_FILE", size)
    # the row with the text, for SQLite counts a whole row
    monkeypatch.setattr(_sqlite, "MAX_VALUE", 2000)
    corpus, problems = read(path)
    assert not corpus.documents
    assert [p.partition(" MiB")[0] for p in problems] == ["study.sqlite3: too-large: value is larger than 0"]


def test_a_database_that_takes_too_long_is_refused(
    taguette: Taguette, monkeypatch: pytest.MonkeyPatch
) -> None:
    taguette.document("<p>a</p>")
    path = taguette.done()
    monkeypatch.setattr(_sqlite, "SECONDS", -1.0)
    monkeypatch.setattr(_sqlite, "STEPS", 1)
    assert read(path)[1] == [
        "study.sqlite3: unreadable: the file cannot be read: the database took longer than -1 s"
    ]


def test_an_endless_tag_costs_no_time() -> None:
    begun = time.monotonic()
    for part in ("<a ", '<a "', "<a b='", "<!--", "<!d", "<?", "</", "<", "&#", "<script>"):
        flatten(part * 50_000)
    assert time.monotonic() - begun < 20
    assert flatten("<p>a<b").text == "a"


@pytest.mark.parametrize("what", ["other tables", "no database"])
def test_what_is_no_taguette(tmp_path: Path, what: str) -> None:
    path = tmp_path / "x.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript("CREATE TABLE highlights (id); CREATE TABLE highlight_tags (id);")
    if what == "no database":
        path.write_bytes(b"\x01\0\x02")
    assert not sniff(Source(path, "x"))


TEXTS = st.text(st.sampled_from("aß😊 \n\t&<>\u00a0é:"), max_size=8)
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<br>",
        "<ul><li>",
        "</li></ul>",
        "<td>",
        "<!-- x -->",
        "<a title='>'>",
        "</pre>",
    ]
)


@given(st.lists(st.one_of(st.tuples(st.just(""), TAGS), st.tuples(TEXTS, st.just("")))), st.data())
def test_the_words_are_those_that_taguette_counts(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    marks = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
    html = "".join(tag or "".join(marks.get(c, c) for c in text) for text, tag in parts)
    plain = "".join(text for text, _ in parts)
    flat = flatten(html)
    assert flat.plain == plain
    whole = plain.encode()
    assert flat.n_bytes == len(whole)
    borders = [len(plain[:i].encode()) for i in range(len(plain) + 1)]
    start = data.draw(st.sampled_from(borders))
    end = data.draw(st.sampled_from([b for b in borders if b >= start]))
    span = flat.span(start, end)
    assert span is not None
    assert 0 <= span[0] <= span[1] <= len(flat.text)
    cut = flat.text[span[0] : span[1]]
    white = str.maketrans("", "", " \t\n")
    assert cut.translate(white) == whole[start:end].decode().translate(white)
    # one and the same word is never cut, and a text without blocks keeps its words apart
    if not any(tag for _, tag in parts):
        assert flat.text == " ".join(w for w in plain.replace("\n", " ").replace("\t", " ").split(" ") if w)
    assert "\n\n\n" not in flat.text


EXPORT = [
    ("id", "document", "tag", "content"),
    ("1", "i1", "a", "Leute fehlen."),
    ("1", "i1", "a.b", "Leute fehlen."),
    ("2", "i1", "", "Und Zeit."),
    ("1", "i2", "a", "Auch hier."),
]


def table(path: Path, rows: Sequence[tuple[str, ...]] = EXPORT, mark: str = ",") -> Path:
    if path.suffix == ".xlsx":
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("highlights")
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
        book.close()
    else:
        path.write_text("".join(mark.join(row) + "\r\n" for row in rows), "utf-8")
    return path


@pytest.mark.parametrize(("name", "mark"), [("x.csv", ","), ("x.csv", ";"), ("x.csv", "\t"), ("x.xlsx", "")])
def test_a_table_of_highlights(tmp_path: Path, name: str, mark: str) -> None:
    corpus, problems = read(table(tmp_path / name, mark=mark))
    assert not problems
    assert [(d.document_id, d.text) for d in corpus.documents] == [("i1", None), ("i2", None)]
    assert [(s.segment_id, s.document_id, s.quote) for s in corpus.segments] == [
        ("i1/1", "i1", "Leute fehlen."),
        ("i1/2", "i1", "Und Zeit."),
        ("i2/1", "i2", "Auch hier."),
    ]
    assert [(c.segment_id, c.code_id) for c in corpus.codings] == [
        ("i1/1", "a"),
        ("i1/1", "a.b"),
        ("i2/1", "a"),
    ]
    assert [(c.code_id, c.parent_id, c.place.row) for c in corpus.codes] == [("a", "", 2), ("a.b", "a", 3)]
    assert kept(corpus) == {"rows": (4, 4), "highlights without a tag": (1, 1)}


def test_rows_of_a_table_that_say_too_little(tmp_path: Path) -> None:
    rows = [
        EXPORT[0],
        ("1", "", "a", "Worte."),
        ("2", "i1", "a", ""),
        ("3", "i1", "a", "Worte.", "mehr"),
        ("4", "i1", "a", "Worte."),
        ("4", "i1", "b", "Andere."),
        ("", "i1", "a", "Ohne Nummer."),
        ("5", "i1"),
    ]
    corpus, problems = read(table(tmp_path / "x.csv", rows))
    assert [p.partition(" | ")[0].split(": ")[:2] for p in problems] == [
        ["x.csv, row 2, column document", "row-without-document"],
        ["x.csv, row 3, column content", "row-without-quote"],
        ["x.csv, row 4", "row-too-long"],
        ["x.csv, row 6, column id", "duplicate-id"],
        ["x.csv, row 8, column content", "row-without-quote"],
    ]
    assert [s.segment_id for s in corpus.segments] == ["i1/4", "i1/row 7"]
    assert kept(corpus)["rows"] == (7, 2)


def test_a_table_without_rows(tmp_path: Path) -> None:
    corpus, problems = read(table(tmp_path / "x.csv", EXPORT[:1]))
    assert problems == ["x.csv, row 1: no-rows: there is a header but no row"]
    assert not corpus.segments


def test_other_sheets_beside_are_left_alone(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "x.xlsx")
    book.add_worksheet("Notizen").write_row(0, 0, ["irgendwas"])
    sheet = book.add_worksheet("highlights")
    for i, row in enumerate(EXPORT):
        sheet.write_row(i, 0, row)
    book.close()
    corpus, problems = read(tmp_path / "x.xlsx")
    assert not problems
    assert len(corpus.segments) == 3


@pytest.mark.parametrize(
    "header",
    ["id,document,tag", "ID,Document,Tag,Content", "id,document,tag,content,memo", "id;document,tag,content"],
)
def test_only_exactly_these_columns_are_taguette_s(tmp_path: Path, header: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{header}\n1,2,3,4\n", "utf-8")
    assert not sniff(Source(path, "x.csv"))


def test_highlights_of_a_database_and_of_its_table_are_the_same(taguette: Taguette) -> None:
    document = taguette.document("<p>Leute fehlen.</p>")
    taguette.highlight(document, 0, 13, tags=(taguette.tag("a"),))
    stored, _ = read(taguette.done())
    exported, _ = read(table(taguette.path.with_name("x.csv"), EXPORT[:2]))
    assert [s.segment_id for s in stored.segments] == [s.segment_id for s in exported.segments]
    assert [c.coding_id for c in stored.codings] == [c.coding_id for c in exported.codings]
