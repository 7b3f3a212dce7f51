"""Files as readers look at them: encodings, archives and tables at their limits."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from qualnet.located import decode
from qualnet.problems import Place, Problems
from qualnet.readers import _source
from qualnet.readers._source import Source, cell_text, read_table

HERE = Place("x")


def source(path: Path, data: bytes) -> Source:
    path.write_bytes(data)
    return Source(path, path.name)


def rules(problems: Problems) -> list[str]:
    return [f"{p.place}: {p.rule}" for p in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_by_its_mark_or_as_utf_8(encoding: str) -> None:
    bom = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    problems = Problems()
    assert decode(bom + "Köln\n".encode(encoding), HERE, problems) == "Köln\n"
    assert not rules(problems)


def test_what_is_not_utf_8_is_read_as_windows_text_with_a_notice_of_the_first_such_line() -> None:
    problems = Problems()
    assert decode("a\nKöln\nSüß\n".encode("cp1252"), HERE, problems) == "a\nKöln\nSüß\n"
    assert [p.message("de") for p in problems] == [
        "die Datei ist nicht UTF-8; gelesen als cp1252, zuerst in Zeile 2: Köln"
    ]


@pytest.mark.parametrize("data", [b"a\n\x81\n", b"\xff\xfea", b"\xef\xbb\xbf\xff"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    problems = Problems()
    assert decode(data, HERE, problems) is None
    assert rules(problems) == ["x: unreadable"]


def test_line_ends_of_all_systems_become_one(tmp_path: Path) -> None:
    assert source(tmp_path / "a", b"a\r\nb\rc\n").text(Problems()) == "a\nb\nc\n"


def test_a_name_without_ending_is_its_own_stem(tmp_path: Path) -> None:
    assert [Source(tmp_path / n, n).stem for n in ("a.b.txt", "a")] == ["a.b", "a"]


def archive(method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as members:
        members.writestr("a.txt", "x" * 100)
    return data.getvalue()


def test_a_member_is_read_up_to_the_limit_and_not_beyond(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, problems = source(tmp_path / "a.zip", archive()), Problems()
    monkeypatch.setattr(_source, "MAX_MEMBER", 100)
    assert file.member("a.txt", problems) == b"x" * 100
    monkeypatch.setattr(_source, "MAX_MEMBER", 99)
    assert file.member("a.txt", problems) is None
    assert rules(problems) == ["a.zip, a.txt: too-large"]


@pytest.mark.parametrize("name", ["b.txt", "../a.txt"])
def test_a_member_that_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    problems = Problems()
    assert source(tmp_path / "a.zip", archive()).member(name, problems) is None
    assert rules(problems) == [f"a.zip, {name}: unreadable"]


def test_members_that_are_damaged_encrypted_or_packed_in_an_unknown_way_are_told(tmp_path: Path) -> None:
    whole = archive()
    flags = whole.index(b"PK\x01\x02") + 8
    damaged = bytearray(whole)
    damaged[35] ^= 0xFF  # the first byte of the packed data
    encrypted, unknown = bytearray(whole), bytearray(whole)
    for at in (6, flags):
        encrypted[at] |= 1
    for at in (8, flags + 2):
        unknown[at] = 99
    for name, data, rule in (
        ("d", damaged, "unreadable"),
        ("e", encrypted, "unsafe-file"),
        ("u", unknown, "unreadable"),
    ):
        problems = Problems()
        assert source(tmp_path / name, bytes(data)).member("a.txt", problems) is None
        assert rules(problems) == [f"{name}, a.txt: {rule}"]


def test_only_an_archive_has_members(tmp_path: Path) -> None:
    assert source(tmp_path / "a", archive()).members == ("a.txt",)
    assert source(tmp_path / "b", b"text").members == ()
    assert source(tmp_path / "c", b"PK\x03\x04 and no more").members == ()


def test_a_text_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, problems = source(tmp_path / "a.csv", b"a;b\n1;2\n"), Problems()
    monkeypatch.setattr(_source, "MAX_TEXT", 8)
    assert file.text(problems) == "a;b\n1;2\n"
    monkeypatch.setattr(_source, "MAX_TEXT", 7)
    assert file.sheets(problems) == []
    assert rules(problems) == ["a.csv: too-large"]


def test_a_field_at_the_limit_is_read_and_one_above_is_told_with_its_line(tmp_path: Path) -> None:
    field = b"x" * 2**20
    (sheet,) = source(tmp_path / "a.csv", b"a,b\n1," + field + b"\n").sheets(Problems())
    assert len(sheet.rows[0][1][1]) == 2**20
    problems = Problems()
    assert source(tmp_path / "b.csv", b"a,b\n1,2\n1," + field + b"x\n").sheets(problems) == []
    assert rules(problems) == ["b.csv:3: unreadable"]


@pytest.mark.parametrize("text", ['a,b\n1,"two\nthree\n', 'a,b\n1,"two"x\n'])
def test_a_quotation_mark_that_is_not_closed_loses_no_rows_in_silence(tmp_path: Path, text: str) -> None:
    problems = Problems()
    assert source(tmp_path / "a.csv", text.encode()).sheets(problems) == []
    assert rules(problems) == ["a.csv:2: unclosed-quote"]


@pytest.mark.parametrize(
    "text",
    ["a;b\n1;2,5\n\n3;4\n", "sep=;\na;b\n1;2,5\n\n3;4\n", "\ufeffa\tb\t\n1\t2,5\n\n3\t4\n", 'a,b,\n1,"2,5"\n\n3,4\n'],
)  # fmt: skip
def test_a_table_has_the_separator_of_its_header_and_the_lines_of_the_file(tmp_path: Path, text: str) -> None:
    (sheet,) = source(tmp_path / "a.csv", text.encode()).sheets(Problems())
    first = 2 if text.startswith("sep") else 1
    assert (sheet.header, sheet.header_row) == (("a", "b"), first)
    assert [(n, row[:2]) for n, row in sheet.rows] == [(first + 1, ("1", "2,5")), (first + 3, ("3", "4"))]


def test_a_row_over_several_lines_is_counted_where_it_begins(tmp_path: Path) -> None:
    (sheet,) = source(tmp_path / "a.csv", b'a,b\n1,"x\ny"\n2,z\n').sheets(Problems())
    assert sheet.rows == ((2, ("1", "x\ny")), (4, ("2", "z")))


def test_cells_are_written_as_people_read_them() -> None:
    cells = [None, True, False, 3.0, 2.5, 7, "007", date(2026, 1, 2)]
    assert [cell_text(c) for c in cells] == ["", "TRUE", "FALSE", "3", "2.5", "7", "007", "2026-01-02"]


def test_sheets_of_a_workbook_keep_their_row_numbers_and_empty_ones_are_none(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    book.add_worksheet("empty")
    table = book.add_worksheet("Köln")
    table.write_row(2, 0, ["a", "b"])
    table.write_row(4, 0, [1, True])
    book.close()
    (sheet,) = Source(tmp_path / "a.xlsx", "a.xlsx").sheets(Problems())
    assert (sheet.name, sheet.header_row, sheet.rows) == ("Köln", 3, ((5, ("1", "TRUE")),))


def test_a_workbook_that_is_damaged_is_told(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as members:
        members.writestr("xl/workbook.xml", "<no workbook")
    problems = Problems()
    assert source(tmp_path / "a.xlsx", data.getvalue()).sheets(problems) == []
    assert rules(problems) == ["a.xlsx: unreadable"]


def test_one_table_beside_the_inputs_is_read_or_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;b\n1;2\n", "utf-8")
    (tmp_path / "blank.csv").write_text("\n", "utf-8")
    problems = Problems()
    sheet = read_table(tmp_path / "a.csv", "a.csv", problems)
    assert sheet is not None
    assert sheet.header == ("a", "b")
    assert not rules(problems)
    assert read_table(tmp_path / "blank.csv", "blank.csv", problems) is None
    assert read_table(tmp_path / "none.csv", "none.csv", problems) is None
    assert rules(problems) == ["blank.csv: empty-file", "none.csv: unreadable"]
