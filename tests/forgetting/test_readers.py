"""What the readers take out of single files, and when they refuse to: files written by hand."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from qualnet import readers
from qualnet.problems import Problems
from qualnet.readers import Source, find_inputs, refi
from qualnet.readers._forget import without_rows
from qualnet.readers._sqlite import rewrite_database
from tests.readers.test_refi import SELECTION, TEXT, noted, qde, qdpx, texts
from tests.readers.test_taguette import Taguette


def forget(path: Path, name: str) -> tuple[bytes | None, list[str]]:
    """Give a file without an interview, and why not."""
    problems = Problems()
    (found,) = find_inputs(path, path.name, problems)
    content = readers.forget(found, {}, name, problems)
    return content, [p.text().partition("\n")[0].partition("certainty: ")[2] for p in problems.errors]


SECOND = '<TextSource guid="t2" name="i2"><PlainTextContent>B: Zwei.</PlainTextContent>{}</TextSource>'


def project(notes: str = "", more: str = "", second: str = "") -> str:
    """Give a REFI-QDA project of i1, with a selection s1, and i2, with s2."""
    first = SELECTION.format(15, 20, notes)
    other = SECOND.format(second or SELECTION.format(3, 7, "").replace("s1", "s2"))
    return qde(texts(first).replace("</Sources>", f"{other}</Sources>") + more)


def without(tmp_path: Path, text: str, name: str = "i2") -> str:
    path = tmp_path / "x.qde"
    path.write_text(text, "utf-8")
    content, why = forget(path, name)
    assert not why
    assert content is not None
    return content.decode()


def test_a_project_without_archive_loses_the_source_and_keeps_all_else_as_it_is(tmp_path: Path) -> None:
    text = project()
    assert without(tmp_path, text) == text.replace(
        SECOND.format(SELECTION.format(3, 7, "").replace("s1", "s2")), ""
    )
    assert without(tmp_path, text, "i3") == text


@pytest.mark.parametrize(
    ("kept", "gone"),
    [
        # a case or a set that gathers others too stays, without what refers to the one that goes
        (
            '<Cases><Case guid="k1" name="A"><SourceRef targetGUID="t1"/>{}</Case></Cases>',
            '<SourceRef targetGUID="t2"/>',
        ),
        (
            '<Cases><Case guid="k0" name="leer"/>{}</Cases>',
            '<Case guid="k1" name="A"><SelectionRef targetGUID="{{S2}}"/></Case>',
        ),
        (
            '<Sets><Set guid="m1" name="A"><MemberSource targetGUID="t1"/></Set>{}</Sets>',
            '<Set guid="m2" name="B"><MemberSource targetGUID="t2"/></Set>',
        ),
        (
            '<Links><Link guid="l0" direction="OneWay" originGUID="c1" targetGUID="c2"/>{}</Links>',
            '<Link guid="l1" direction="OneWay" originGUID="s2" targetGUID="s1"/>',
        ),
        (
            '<Graphs><Graph guid="g1" name="Karte"><Vertex guid="v1" representedGUID="c1"/>{}</Graph></Graphs>',
            '<Vertex guid="v2" representedGUID="s2"/><Edge guid="e1" sourceVertex="v1" targetVertex="v2"/>',
        ),
    ],
    ids=["case", "case of its own", "set", "link", "graph"],
)  # fmt: skip
def test_what_refers_to_a_source_alone_goes_with_it(tmp_path: Path, kept: str, gone: str) -> None:
    gone = gone.replace("{{S2}}", "{S2}")
    assert without(tmp_path, project(more=kept.format(gone))) == project(more=kept.format("")).replace(
        SECOND.format(SELECTION.format(3, 7, "").replace("s1", "s2")), ""
    )


def test_notes_and_links_that_stand_for_a_claim_of_it_go_and_those_of_others_stay(tmp_path: Path) -> None:
    note = '<Note guid="{}" name="n"><PlainTextContent>claim: {{cause: {}, effect: {}}}</PlainTextContent></Note>'
    link = '<Link guid="{}" direction="OneWay" originGUID="{}" targetGUID="{}">{}</Link>'
    of_second = SELECTION.format(3, 7, '<NoteRef targetGUID="n2"/>').replace("s1", "s2")

    def whole(mine: bool) -> str:
        notes = note.format("n1", "One", "Two") + (note.format("n2", "Two", "One") if mine else "")
        links = link.format("l1", "c1", "c2", "")
        if mine:
            # one draws the claim, one carries its note
            links += link.format("l2", "c2", "c1", "")
            links += link.format("l3", "c1", "c1", '<NoteRef targetGUID="n2"/>')
        more = f"<Notes>{notes}</Notes><Links>{links}</Links>"
        text = project('<NoteRef targetGUID="n1"/>', more, second=of_second)
        return text if mine else text.replace(SECOND.format(of_second), "")

    assert without(tmp_path, whole(mine=True)) == whole(mine=False)


def test_a_project_in_another_encoding_is_written_as_utf_8(tmp_path: Path) -> None:
    text = project().replace('encoding="utf-8"', 'encoding="utf-16"').replace("fehlen", "fählen")
    for data in (
        text.encode("utf-16"),
        text.replace('"utf-16"', '"windows-1252"').encode("cp1252"),
    ):
        (tmp_path / "x.qde").write_bytes(data)
        content, _ = forget(tmp_path / "x.qde", "i2")
        assert content is not None
        assert 'encoding="utf-8"' in content.decode()
        assert "fählen" in content.decode()
        assert "Zwei" not in content.decode()


def test_an_archive_keeps_the_members_of_others_and_one_that_two_share(tmp_path: Path) -> None:
    source = '<TextSource guid="t{}" name="i{}" plainTextPath="internal://{}.txt" richTextPath="internal://all.docx"/>'
    both = f"<Sources>{source.format(1, 1, 'one')}{source.format(2, 2, 'two')}</Sources>"
    members: dict[str, str | bytes] = {
        "project.qde": qde(both),
        "sources/one.txt": TEXT,
        "sources/two.txt": "B: Zwei.",
        "sources/all.docx": b"PK",
        "sources/t2.pdf": b"%PDF",
    }
    path = qdpx(tmp_path / "x.qdpx", members)
    content, _ = forget(path, "i2")
    assert content is not None
    path.write_bytes(content)
    problems = Problems()
    source_file = Source(path, "x.qdpx")
    assert sorted(source_file.members) == ["project.qde", "sources/all.docx", "sources/one.txt"]
    assert b"i2" not in (source_file.member("project.qde", problems) or b"")


def test_a_project_that_is_not_sound_is_left_alone(tmp_path: Path) -> None:
    path = qdpx(tmp_path / "x.qdpx", {"project.qde": project()})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    source = Source(path, "x.qdpx")
    problems = Problems()
    assert refi.forget(source, {}, "i2", problems) is None
    assert [p.rule for p in problems] == ["unreadable"]
    problems = Problems()
    (tmp_path / "y.qde").write_text("<Project>", "utf-8")
    assert refi.forget(Source(tmp_path / "y.qde", "y.qde"), {}, "i2", problems) is None
    assert [p.rule for p in problems] == ["cannot-forget"]


@pytest.fixture
def taguette(tmp_path: Path) -> Taguette:
    made = Taguette(tmp_path / "study.sqlite3")
    tag = made.tag("Personalmangel")
    for name in ("i1", "i2"):
        made.highlight(made.document(f"<p>Text {name}.</p>", name), 0, 4, "Text", (tag,))
    return made


def test_a_database_without_it_stays_as_it_is(taguette: Taguette) -> None:
    path = taguette.done()
    assert forget(path, "i3") == (path.read_bytes(), [])


def test_a_database_that_a_program_has_open_is_left_alone(taguette: Taguette) -> None:
    path = taguette.done()
    path.with_name(f"{path.name}-wal").write_bytes(b"not written back yet")
    problems = Problems()
    assert rewrite_database(Source(path, "x"), problems, []) is None
    assert "a program has it open" in next(iter(problems)).text()


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER DELETE ON documents BEGIN INSERT INTO tags (path) VALUES (old.name); END",
        "CREATE VIEW v AS SELECT * FROM documents",
        "CREATE VIRTUAL TABLE f USING fts5(contents)",
    ],
)
def test_a_database_with_code_of_its_own_is_left_alone(taguette: Taguette, sql: str) -> None:
    taguette.connection.execute(sql)
    content, why = forget(taguette.done(), "i2")
    assert content is None
    assert why == ["the database holds triggers, views or tables of another program; nothing was changed"]


def test_samples_that_a_database_keeps_for_its_indexes_go(taguette: Taguette) -> None:
    taguette.connection.execute("CREATE INDEX names ON documents (name)")
    taguette.connection.execute("ANALYZE")
    path = taguette.done()
    content, why = forget(path, "i2")
    assert content is not None
    assert not why
    assert b"i2" not in content
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        assert connection.execute("SELECT count(*) FROM sqlite_stat1").fetchone() == (0,)
        assert connection.execute("SELECT name FROM documents").fetchall() == [("i1",)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_database_that_refuses_is_told(taguette: Taguette) -> None:
    problems = Problems()
    steps = [("DELETE FROM none WHERE id = ?", (1,))]
    assert rewrite_database(Source(taguette.done(), "x"), problems, steps) is None
    assert "no such table: none" in next(iter(problems)).text()


def book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for r, row in enumerate(rows):
                sheet.write_row(r, 0, row)
    return path


HEAD: list[object] = ["Dokument", "Code", "Zitat"]


def test_other_sheets_and_kinds_of_cells_stay(tmp_path: Path) -> None:
    path = book(
        tmp_path / "x.xlsx",
        {
            "Codings": [HEAD, ["i1", "Eins", "a"], ["i2", "Eins", "b"], ["i1", "Zwei", "c"]],
            "Notizen": [["frei", 1, 2.5, True], ["Zeile"]],
            "leer": [],
        },
    )
    content, why = forget(path, "i2")
    assert not why
    assert content is not None
    path.write_bytes(content)
    found = CalamineWorkbook.from_path(str(path))
    assert found.sheet_names == ["Codings", "Notizen", "leer"]
    rows = found.get_sheet_by_name("Codings").to_python()
    assert rows == [HEAD, ["i1", "Eins", "a"], ["i1", "Zwei", "c"]]
    assert found.get_sheet_by_name("Notizen").to_python() == [["frei", 1, 2.5, True], ["Zeile", "", "", ""]]


def test_old_excel_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(book(tmp_path / "x.xlsx", {"A": [HEAD, ["i1", "Eins", "a"], ["i2", "Eins", "b"]]}), "x")
    monkeypatch.setattr(Source, "kind", "xls")
    problems = Problems()
    assert without_rows(source, {"A": {3}}, problems) == source.path.read_bytes()
    assert "it is in Excel's old format; save it as .xlsx" in next(iter(problems)).text()


@pytest.mark.samples
def test_old_excel_of_maxqda_is_left_alone(samples: Path) -> None:
    path = samples / "maxqda" / "maxqdar_test.xls"
    content, why = forget(path, "28_17402")
    assert content == path.read_bytes()
    assert why == ["it is in Excel's old format; save it as .xlsx; nothing was changed"]


def test_a_workbook_that_cannot_be_written_again_is_told(tmp_path: Path) -> None:
    source = Source(book(tmp_path / "x.xlsx", {"A": [HEAD, ["i1", "Eins", "a"], ["i2", "Eins", "b"]]}), "x")
    source.sheets(Problems())
    source.path.write_bytes(b"PK\x03\x04 damaged meanwhile")
    problems = Problems()
    without_rows(source, {"A": {3}}, problems)
    assert [p.rule for p in problems] == ["cannot-forget"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_keeps_all_other_bytes(tmp_path: Path, encoding: str, end: str) -> None:
    rows = ["Dokument;Code;Zitat", 'i1;Eins;"für', ' zwei Zeilen"', 'i2;Eins;"auch', 'zwei"', "i1;Zwei;c"]
    bom = "\ufeff" if encoding == "utf-16-be" else ""
    path = tmp_path / "x.csv"
    path.write_bytes((bom + end.join([*rows, ""])).encode(encoding))
    content, why = forget(path, "i2")
    assert not why
    assert content == (bom + end.join([*rows[:3], rows[5], ""])).encode(encoding)


@pytest.mark.parametrize(
    "content",
    [
        "Dokument;Code;Zitat\ni1;Eins;a\ni2;Eins;b\n".encode("utf-16") + b"\x00\xd8",
        b"Dokument;Code;Zitat\ni1;Eins;f\xfcr\ni2;Eins;\x81\n",
    ],
    ids=["half a pair", "no letter"],
)
def test_a_text_that_would_not_come_back_as_it_was_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    problems = Problems()
    without_rows(Source(path, "x.csv"), {"": {3}}, problems)
    assert "its characters are not of one encoding" in next(iter(problems)).text()


def test_a_sheet_of_which_nothing_is_left_goes(tmp_path: Path) -> None:
    codings: list[list[object]] = [HEAD, ["i1", "Eins", "a"], ["i2", "Eins", "b"]]
    path = book(tmp_path / "x.xlsx", {"Codings": codings, "Zweite": [HEAD, ["i2", "Eins", "c"]]})
    content, _ = forget(path, "i2")
    assert content is not None
    path.write_bytes(content)
    assert CalamineWorkbook.from_path(str(path)).sheet_names == ["Codings"]


def test_notes_of_several_passages_stay_as_long_as_one_does(tmp_path: Path) -> None:
    path = tmp_path / "x.qde"
    path.write_text(qde(noted("claim: {cause: One, effect: Two}", "memo")), "utf-8")
    assert forget(path, "i1") == (None, [])
