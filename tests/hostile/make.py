"""The hostile corpus: files of strangers that were made to do harm, or that programs wrote wrongly.

Deterministic; the large ones are made when they are needed. Numbers are those of the list of threats.
"""

import io
import sqlite3
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.readers.test_isolation import sparse
from tests.readers.test_refi import SELECTION, qde, texts
from tests.readers.test_tables import workbook

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
TABLE = "Dokument;Fall;Code;Zitat\n"
ROW = "i1;A;Geld;Kein Geld.\n"


@dataclass(frozen=True)
class Case:
    """A file, and what is to be said of it.

    Attributes
    ----------
    make
        Writes the file into a folder.
    rules
        All rules that are told; none where it is read.
    place
        What the first line begins with.
    """

    number: int
    name: str
    make: Callable[[Path], Path]
    rules: tuple[str, ...] = ()
    place: str = ""
    code: int = 3


CASES: list[Case] = []


def case(
    number: int, *rules: str, place: str = "", code: int | None = None
) -> Callable[[Callable[[Path], Path]], None]:
    def note(make: Callable[[Path], Path]) -> None:
        name = make.__name__.strip("_")
        CASES.append(Case(number, name, make, rules, place, code if code is not None else 3 if rules else 0))

    return note


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(folder: Path, members: dict[str, str | bytes], name: str = "x.qdpx") -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return folder / name


# XML


@case(1, "unsafe-file", place="x.qde")
def billion_laughs(folder: Path) -> Path:
    entities = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    return write(folder, "x.qde", f"{HEAD}<!DOCTYPE Project [{entities}]><Project>&j;</Project>")


@case(2, "unsafe-file", place="x.qde")
def small_bomb(folder: Path) -> Path:
    text = f'{HEAD}<!DOCTYPE Project [<!ENTITY a "{"x" * 300}">]><Project>{"&a;" * 100}</Project>'
    return write(folder, "x.qde", text)


@case(3, "unknown-format", place="x.qde")  # no reader looks behind so long a DOCTYPE
def quadratic_entity(folder: Path) -> Path:
    text = f'{HEAD}<!DOCTYPE Project [<!ENTITY a "{"x" * 50_000}">]><Project>{"&a;" * 50_000}</Project>'
    return write(folder, "x.qde", text)


@case(4, "unsafe-file", place="x.qde")
def external_entity(folder: Path) -> Path:
    text = f'{HEAD}<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/passwd">]><Project>&a;</Project>'
    return write(folder, "x.qde", text)


@case(5, "unsafe-file", place="x.qde")
def external_dtd(folder: Path) -> Path:
    return write(folder, "x.qde", f'{HEAD}<!DOCTYPE Project SYSTEM "http://127.0.0.1/x.dtd"><Project/>')


@case(6, "unsafe-file", place="x.qde")
def parameter_entity(folder: Path) -> Path:
    text = f'{HEAD}<!DOCTYPE Project [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><Project/>'
    return write(folder, "x.qde", text)


@case(7)
def xinclude(folder: Path) -> Path:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    return write(folder, "x.qde", qde(texts() + include))


@case(8, "unreadable", place="x.qde")
def utf_7(folder: Path) -> Path:
    text = '<?xml version="1.0" encoding="utf-7"?><Project>+ADw-script+AD4-</Project>'
    return write(folder, "x.qde", text)


@case(9, "unsafe-file", place="x.qde")
def a_million_levels(folder: Path) -> Path:
    return write(folder, "x.qde", f"{HEAD}<Project>{'<a>' * 1_000_000}")


@case(10)
def many_attributes(folder: Path) -> Path:
    attributes = " ".join(f'a{i}="1"' for i in range(200_000))
    return write(folder, "x.qde", qde(texts()).replace("<Sources>", f"<Sources {attributes}>"))


@case(11, "unsafe-file", place="x.qde")
def attribute_of_30_megabytes(folder: Path) -> Path:
    return write(folder, "x.qde", f'{HEAD}<Project name="{"x" * 30_000_000}"/>')


@case(12, "unreadable", place="x.qde")
def nul(folder: Path) -> Path:
    return write(folder, "x.qde", f"{HEAD}<Project>\x01</Project>")


@case(13, "unreadable", place="x.qde")
def truncated(folder: Path) -> Path:
    return write(folder, "x.qde", qde(texts())[:-40])


@case(14, "unknown-format", place="x.xml")
def wrong_root(folder: Path) -> Path:
    return write(folder, "x.xml", f"{HEAD}<Projekt/>")


@case(16, "unknown-code", place="x.qde, Coding")
def coding_of_no_code(folder: Path) -> Path:
    coding = '<Coding guid="k1"><CodeRef targetGUID="gone"/></Coding>'
    return write(folder, "x.qde", qde(texts(SELECTION.format(0, 2, coding))))


@case(18, "offsets-outside", place="x.qde, PlainTextSelection")
def offset_beyond_the_text(folder: Path) -> Path:
    return write(folder, "x.qde", qde(texts(SELECTION.format(0, 999, ""))))


@case(19, "offsets-outside", place="x.qde, PlainTextSelection")
def start_after_end(folder: Path) -> Path:
    return write(folder, "x.qde", qde(texts(SELECTION.format(9, 2, ""))))


@case(20, "offsets-outside", place="x.qde, PlainTextSelection")
def negative_and_huge_integers(folder: Path) -> Path:
    return write(folder, "x.qde", qde(texts(SELECTION.format(-4, "9" * 4000, ""))))


# archives


@case(21, "unsafe-file", place="x.qdpx")
def a_member_that_inflates(folder: Path) -> Path:
    return zipped(folder, {"project.qde": qde(" " * 300_000_000)})


@case(23, "unreadable", place="x.qdpx")
def nested_zip(folder: Path) -> Path:
    inner = zipped(folder, {"project.qde": qde(texts())}, "inner.qdpx").read_bytes()
    (folder / "inner.qdpx").unlink()
    return zipped(folder, {"project.qde": inner})


@case(24)
def a_name_that_leads_out(folder: Path) -> Path:
    return zipped(folder, {"project.qde": qde(texts()), "../../evil.txt": "x"})


@case(25, "text-missing", place="x.qdpx")
def an_absolute_path(folder: Path) -> Path:
    source = '<Sources><TextSource guid="t1" name="i1" plainTextPath="absolute:///etc/passwd"/></Sources>'
    return zipped(folder, {"project.qde": qde(source), "/etc/passwd": "x"})


@case(26)
def a_drive(folder: Path) -> Path:
    return zipped(folder, {"project.qde": qde(texts()), "C:\\evil.txt": "x"})


@case(27)
def a_symlink(folder: Path) -> Path:
    path = zipped(folder, {"project.qde": qde(texts())})
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("sources/passwd.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return path


@case(31, "unsafe-file", place="x.qdpx")
def encrypted(folder: Path) -> Path:
    path = zipped(folder, {"project.qde": qde(texts())})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return write(folder, "x.qdpx", bytes(data))


@case(32, "unreadable", place="x.qdpx")
def bad_crc(folder: Path) -> Path:
    path = zipped(folder, {"project.qde": qde(texts())})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 16
    data[at : at + 4] = struct.pack("<I", 1)
    return write(folder, "x.qdpx", bytes(data))


@case(33, "not-what-its-name-says", place="x.qdpx")
def no_project(folder: Path) -> Path:
    return zipped(folder, {"readme.txt": "x"})


@case(34, "unreadable", place="x.qdpx")
def two_projects(folder: Path) -> Path:
    return zipped(folder, {"a.qde": qde(""), "b.qde": qde("")})


@case(35)
def trailing_garbage(folder: Path) -> Path:
    path = zipped(folder, {"project.qde": qde(texts())})
    return write(folder, "x.qdpx", path.read_bytes() + b"garbage")


@case(37, "unreadable", place="x.qdpx")
def unknown_compression(folder: Path) -> Path:
    path = zipped(folder, {"project.qde": qde(texts())})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        at = data.index(mark) + offset
        data[at : at + 2] = struct.pack("<H", 97)
    return write(folder, "x.qdpx", bytes(data))


@case(29)
def names_that_differ_in_form_only(folder: Path) -> Path:
    name = "sources/Münster.txt"
    return zipped(
        folder,
        {
            "project.qde": qde(texts()),
            unicodedata.normalize("NFC", name): "a",
            unicodedata.normalize("NFD", name): "b",
        },
    )


# workbooks


@case(38, "reading-stopped", place="x.xlsx")
def corner_cells(folder: Path) -> Path:
    return sparse(folder / "x.xlsx")


def changed(folder: Path, part: str, content: str) -> Path:
    """Write a sound workbook with one part replaced."""
    whole = workbook(folder / "whole.xlsx", A=[["Dokument", "Code", "Zitat"], ["i1", "Geld", "Worte"]])
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(folder / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name.endswith(part) else old.read(name))
    whole.unlink()
    return folder / "x.xlsx"


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


@case(46, "row-without-quote", place="x.xlsx, sheet A, row 2, column Zitat")
def error_cells(folder: Path) -> Path:
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c><c r="B{0}" t="inlineStr"><is><t>{2}</t></is></c><c r="C{0}" t="{3}">{4}</c></row>'
    text = row.format(1, "Dokument", "Code", "inlineStr", "<is><t>Zitat</t></is>")
    text += row.format(2, "i1", "Geld", "e", "<v>#N/A</v>")
    return changed(folder, "sheet1.xml", HEAD + SHEET.format(text))


@case(50, "not-what-its-name-says", place="x.xlsx")
def text_called_workbook(folder: Path) -> Path:
    return write(folder, "x.xlsx", TABLE + ROW)


# tables


@case(51, "unclosed-quote", place="x.csv:3")
def unclosed_quote(folder: Path) -> Path:
    return write(folder, "x.csv", TABLE + ROW + 'i1;A;Geld;"Kein Ende\n' + ROW)


@case(52, "row-too-long", place="x.csv, row 2")
def long_row(folder: Path) -> Path:
    return write(folder, "x.csv", f"{TABLE}i1;A;Geld;Worte;zu;viel\n{ROW}")


@case(53, "duplicate-column", place="x.csv, row 1")
def duplicate_header(folder: Path) -> Path:
    return write(folder, "x.csv", "Dokument;Code;Zitat;Code\ni1;Geld;Worte;Leute\n")


@case(54, "unknown-table", place="x.csv, row 1")
def missing_column(folder: Path) -> Path:
    return write(folder, "x.csv", "Dokumnt;Cod;Ziat\ni1;Geld;Worte\n")


@case(56, "unreadable", place="x.csv:2")
def a_field_of_more_than_a_megabyte(folder: Path) -> Path:
    return write(folder, "x.csv", f"{TABLE}i1;A;Geld;{'x' * (2**20 + 1)}\n")


@case(57)
def cr_only(folder: Path) -> Path:
    return write(folder, "x.csv", (TABLE + ROW).replace("\n", "\r"))


@case(58, "encoding-guessed", place="x.csv", code=0)
def cp1252(folder: Path) -> Path:
    return write(folder, "x.csv", (TABLE + "i1;A;Fördermittel;2,5 Stellen\n").encode("cp1252"))


@case(59)
def utf_16(folder: Path) -> Path:
    return write(folder, "x.csv", (TABLE + ROW).encode("utf-16"))


@case(60, "unreadable", place="x.csv")
def undecodable_byte(folder: Path) -> Path:
    return write(folder, "x.csv", TABLE.encode() + b"i1;A;Geld;\x81\n")


@case(62)
def values_that_programs_change(folder: Path) -> Path:
    codes = ("NA", "null", "None", "nan", "007", "TRUE", "1e5")
    return write(folder, "x.csv", TABLE + "".join(f"i1;A;{c};Worte {c}\n" for c in codes))


@case(63)
def formulas(folder: Path) -> Path:
    return write(folder, "x.csv", TABLE + "i1;A;=cmd|' /C calc'!A0;Worte\n")


@case(64, "empty-file", place="x.csv")
def empty(folder: Path) -> Path:
    return write(folder, "x.csv", b"")


@case(65, "no-rows", place="x.csv")
def header_only(folder: Path) -> Path:
    return write(folder, "x.csv", TABLE)


@case(66)
def sep_line(folder: Path) -> Path:
    return write(folder, "x.csv", "sep=;\n" + TABLE + ROW)


# JSON


@case(69, "unknown-format", place="x.json")
def brackets(folder: Path) -> Path:
    return write(folder, "x.json", "[" * 100_000)


# databases


def database(folder: Path, script: str, name: str = "x.sqlite3") -> Path:
    connection = sqlite3.connect(folder / name)
    connection.executescript(script)
    connection.commit()
    connection.close()
    return folder / name


@case(85, "unknown-format", place="x.sqlite3")
def a_database_of_nobody(folder: Path) -> Path:
    return database(folder, "CREATE TABLE x (y);")


@case(86, "unknown-format", place="x.sqlite3")
def missing_tables(folder: Path) -> Path:
    return database(folder, "CREATE TABLE highlights (id); CREATE TABLE tags (id);")


# content


def coded(folder: Path, code: str, quote: str = "Worte") -> Path:
    out = io.StringIO()
    import csv  # noqa: PLC0415

    csv.writer(out, delimiter=";").writerow(["i1", "A", code, quote])
    return write(folder, "x.csv", TABLE + out.getvalue())


@case(89)
def script_in_a_label(folder: Path) -> Path:
    return coded(folder, "</script><script>alert(1)</script>")


@case(93)
def line_separator(folder: Path) -> Path:
    return coded(folder, "a\u2028b", "c\u2029d")


@case(94)
def right_to_left(folder: Path) -> Path:
    return coded(folder, "\u202egnp.exe")


@case(95)
def emoji(folder: Path) -> Path:
    return coded(folder, "👩‍👩‍👧‍👦", "Wir 👩‍👩‍👧‍👦 zusammen")


@case(96)
def a_label_of_10_000_letters(folder: Path) -> Path:
    return coded(folder, "x" * 10_000)


@case(98)
def braces(folder: Path) -> Path:
    return coded(folder, "{{7*7}}", "{% raw %} {value} %s")


@case(101)
def proto(folder: Path) -> Path:
    return coded(folder, "__proto__")


# environment


@case(112, "empty-file", place="x")
def an_empty_folder(folder: Path) -> Path:
    (folder / "x").mkdir()
    return folder / "x"
