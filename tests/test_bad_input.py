"""What a researcher reads when something is wrong, and that nothing is written or lost then.

Each trial begins with a project that was built; then one thing is made wrong. `check` must say
it in German and in English, with its place; `build` must end with the exit code of its kind,
and the old outputs must be the same to the byte.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xlsxwriter
from click.testing import CliRunner

from qualnet import build
from qualnet.cli import main
from qualnet.readers import Source
from tests.project_files import CLAIMS, CODEBOOK, project

LONG = "x" * 300
NFD = "Ko\u0308ln"
PROJECT = "format: 1\ntitle: t\ncodebook: base.yaml\ninputs: [{path: %s, case: %s}]\n"
Plant = Callable[[Path], object]


def run(*words: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output.splitlines()


def outputs(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in (folder / "outputs").rglob("*") if p.is_file()}


def rows(*more: str) -> Plant:
    """Plant rows at the end of the claims, from row 9 on."""
    return lambda folder: (folder / "claims.csv").write_text(CLAIMS + "".join(more), "utf-8")


def replaced(old: str, new: str) -> Plant:
    return lambda folder: (folder / "claims.csv").write_text(CLAIMS.replace(old, new), "utf-8")


def file(name: str, content: bytes | str) -> Plant:
    """Plant a file and make it the only input."""

    def plant(folder: Path) -> None:
        data = content.encode() if isinstance(content, str) else content
        (folder / name).write_bytes(data)
        (folder / "qualnet.yaml").write_text(PROJECT % (name, "A"), "utf-8")

    return plant


def codebook(text: str, **others: str) -> Plant:
    def plant(folder: Path) -> None:
        (folder / "base.yaml").write_text(text, "utf-8")
        for name, other in others.items():
            (folder / f"{name}.yaml").write_text(other, "utf-8")

    return plant


def settings(text: str) -> Plant:
    return lambda folder: (folder / "qualnet.yaml").write_text(text, "utf-8")


def transcript(codings: str) -> Plant:
    """Plant a transcript of 28 characters with a table of codings beside it."""

    def plant(folder: Path) -> None:
        (folder / "talks").mkdir()
        (folder / "talks" / "i1.txt").write_text("I: Woran?\n\nB: Leute fehlen.\n", "utf-8")
        (folder / "talks" / "codings.csv").write_text(codings, "utf-8")
        (folder / "qualnet.yaml").write_text(PROJECT % ("talks", "A"), "utf-8")

    return plant


def archive(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as members:
        for name in names:
            members.writestr(name, "x")
    return data.getvalue()


def workbook() -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    table = book.add_worksheet()
    for i, line in enumerate(CLAIMS.splitlines()):
        table.write_row(i, 0, line.split(";"))
    book.close()
    return data.getvalue()


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1"
EXPORT = ("    exportieren Sie die Datei neu, oder geben Sie ihr die richtige Endung",)
EXPORT_EN = ("    export the file again, or give it its right ending",)
SIGNS = "Vorzeichen sind: +, -, ambivalent, unstated"
SIGNS_EN = "signs are: +, -, ambivalent, unstated"
NO_CASE = (
    "    geben Sie jedem Eintrag einen 'case' oder eine Regel; qualnet import FILE --dry-run nennt mögliche"
)
NO_CASE_EN = (
    "    give each input a 'case', or a rule: qualnet import FILE --dry-run lists those that would work"
)


def not_what_it_says(name: str, de: str, en: str) -> tuple[list[str], list[str]]:
    ending = Path(name).suffix
    return (
        [f"{name}: not-what-its-name-says: der Name endet auf {ending}, der Inhalt ist aber {de}", *EXPORT],
        [f"{name}: not-what-its-name-says: the name ends in {ending}, but the content is {en}", *EXPORT_EN],
    )


# what is planted, and what is read in German and in English
ERRORS: dict[str, tuple[Plant, tuple[list[str], list[str]]]] = {
    "a code that is in no codebook": (
        rows("i5;A;stuff;progress;-;x;AB;;\n", "i5;A;staff;xyz;-;x;AB;;\n"),
        (
            [
                "claims.csv, Zeile 9, Spalte Ursache: unknown-code: Code 'stuff' ist kein Code dieses Codebuchs",
                "    meinten Sie 'staff'?",
                "claims.csv, Zeile 10, Spalte Wirkung: unknown-code: Code 'xyz' ist kein Code dieses Codebuchs",
                "    nehmen Sie ihn ins Codebuch auf, oder als Alias eines Codes: aliases: [xyz]",
            ],
            [
                "claims.csv, row 9, column Ursache: unknown-code: code 'stuff' is no code of this codebook",
                "    did you mean 'staff'?",
                "claims.csv, row 10, column Wirkung: unknown-code: code 'xyz' is no code of this codebook",
                "    add it to the codebook, or as an alias of a code: aliases: [xyz]",
            ],
        ),
    ),
    "offsets outside the text": (
        transcript("Dokument;Code;Anfang;Ende\ni1;staff;900;930\ni1;staff;5;2\ni1;staff;-3;2\ni1;staff;0;28\n"),
        (
            [
                "talks/codings.csv, Zeile 2: offsets-outside: die Positionen 900 bis 930 liegen außerhalb des Textes von 28 Zeichen",
                "talks/codings.csv, Zeile 3: offsets-outside: die Positionen 5 bis 2 liegen außerhalb des Textes von 28 Zeichen",
                "talks/codings.csv, Zeile 4, Spalte Anfang: not-a-number: '-3' ist keine Zeichenposition",
            ],
            [
                "talks/codings.csv, row 2: offsets-outside: positions 900 to 930 lie outside the text of 28 characters",
                "talks/codings.csv, row 3: offsets-outside: positions 5 to 2 lie outside the text of 28 characters",
                "talks/codings.csv, row 4, column Anfang: not-a-number: '-3' is no character position",
            ],
        ),
    ),
    "a place without an end and without a quote": (
        transcript("Dokument;Code;Anfang;Ende;Absatz\ni1;staff;3;;\ni1;staff;0;2;eins\n"),
        (
            [
                "talks/codings.csv, Zeile 2: row-without-quote: die Zeile gibt weder Zitat noch Positionen an",
                "talks/codings.csv, Zeile 3, Spalte Absatz: not-a-number: 'eins' ist keine Absatznummer",
            ],
            [
                "talks/codings.csv, row 2: row-without-quote: the row gives neither a quote nor positions",
                "talks/codings.csv, row 3, column Absatz: not-a-number: 'eins' is no number of a paragraph",
            ],
        ),
    ),
    "an unknown sign word": (
        rows("i5;A;staff;progress;up;x;AB;;\n", "i5;A;staff;progress;--;x;AB;;\n"),
        (
            [
                "claims.csv, Zeile 9, Spalte Vorzeichen: unknown-sign: 'up' ist kein Vorzeichen",
                f"    {SIGNS}",
                "claims.csv, Zeile 10, Spalte Vorzeichen: unknown-sign: '--' ist kein Vorzeichen",
                f"    {SIGNS}",
            ],
            [
                "claims.csv, row 9, column Vorzeichen: unknown-sign: 'up' is no sign",
                f"    {SIGNS_EN}",
                "claims.csv, row 10, column Vorzeichen: unknown-sign: '--' is no sign",
                f"    {SIGNS_EN}",
            ],
        ),
    ),
    "a row without a document": (
        rows(";A;staff;progress;-;x;AB;;\n", "   ;A;staff;progress;-;x;AB;;\n"),
        (
            [f"claims.csv, Zeile {n}, Spalte Dokument: row-without-document: die Zeile nennt kein Dokument" for n in (9, 10)],
            [f"claims.csv, row {n}, column Dokument: row-without-document: the row names no document" for n in (9, 10)],
        ),
    ),
    "a picture called .qdpx": (file("x.qdpx", PNG), not_what_it_says("x.qdpx", "ein Bild", "a picture")),
    "a table of text called .xlsx": (
        file("x.xlsx", CLAIMS),
        not_what_it_says("x.xlsx", "einfacher Text", "plain text"),
    ),
    "an archive called .csv": (
        file("x.csv", archive("a.txt")),
        not_what_it_says("x.csv", "ein anderes ZIP-Archiv", "some other ZIP archive"),
    ),
    "a workbook called .csv": (
        file("x.csv", workbook()),
        not_what_it_says("x.csv", "eine Excel-Arbeitsmappe (.xlsx)", "an Excel workbook (.xlsx)"),
    ),
    "an old workbook called .xlsx": (
        file("x.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
        not_what_it_says("x.xlsx", "eine alte Excel-Arbeitsmappe (.xls)", "an old Excel workbook (.xls)"),
    ),
    "a web page called .xlsx": (
        file("x.xlsx", "\ufeff<!DOCTYPE html><html><body>Bitte anmelden</body></html>"),
        not_what_it_says("x.xlsx", "XML oder eine Webseite", "XML or a web page"),
    ),
    "a Word document called .txt": (
        file("x.txt", archive("[Content_Types].xml", "word/document.xml")),
        not_what_it_says("x.txt", "ein Word-Dokument (.docx)", "a Word document (.docx)"),
    ),
    "a PDF called .txt": (file("x.txt", b"%PDF-1.7\n\0"), not_what_it_says("x.txt", "ein PDF", "a PDF")),
    "a database called .csv": (
        file("x.csv", b"SQLite format 3\0" + bytes(84)),
        not_what_it_says("x.csv", "eine SQLite-Datenbank", "an SQLite database"),
    ),
    "a project called .csv": (
        file("x.csv", archive("project.qde")),
        not_what_it_says("x.csv", "ein REFI-QDA-Projekt (.qdpx)", "a REFI-QDA project (.qdpx)"),
    ),
    "anything called .md": (
        file("x.md", b"\1\2\3\0\4"),
        not_what_it_says("x.md", "von unbekannter Art", "of an unknown kind"),
    ),
    "half an archive": (
        file("x.qdpx", archive("project.qde")[:-20]),
        (
            ["x.qdpx: unreadable: die Datei ist nicht lesbar: das Archiv ist beschädigt oder unvollständig"],
            ["x.qdpx: unreadable: the file cannot be read: the archive is damaged or not complete"],
        ),
    ),
    "an empty file": (
        file("x.csv", b""),
        (["x.csv: empty-file: die Datei ist leer"], ["x.csv: empty-file: the file is empty"]),
    ),
    "a file of blank lines": (
        file("x.csv", b"\xef\xbb\xbf \r\n\r\n"),
        (["x.csv: empty-file: die Datei ist leer"], ["x.csv: empty-file: the file is empty"]),
    ),
    "an empty project file": (
        settings(""),
        (["qualnet.yaml: empty-file: die Datei ist leer"], ["qualnet.yaml: empty-file: the file is empty"]),
    ),
    "an empty codebook": (
        codebook("\n"),
        (["base.yaml: empty-file: die Datei ist leer"], ["base.yaml: empty-file: the file is empty"]),
    ),
    "claims without a column for the case": (
        replaced("Fall", "Anmerkung"),
        (
            ["qualnet.yaml:5:5: no-cases: das Projekt hat keine Fälle (Städte, Gruppen), die sich vergleichen lassen", NO_CASE],
            ["qualnet.yaml:5:5: no-cases: the project has no cases (cities, groups) to compare", NO_CASE_EN],
        ),
    ),
    "a project without inputs": (
        settings("format: 1\ntitle: t\ncodebook: base.yaml\ninputs: []\n"),
        (
            ["qualnet.yaml:4:1: no-cases: das Projekt hat keine Fälle (Städte, Gruppen), die sich vergleichen lassen", NO_CASE],
            ["qualnet.yaml:4:1: no-cases: the project has no cases (cities, groups) to compare", NO_CASE_EN],
        ),
    ),
    "an interview without a city": (
        rows("i9; ;staff;progress;-;x;AB;;\n"),
        (
            [
                "claims.csv, Zeile 9, Spalte Dokument: document-without-case: das Dokument 'i9' gehört zu keinem Fall",
                "    geben Sie seinem Eintrag ein 'case', oder eine Regel, nach der jedes Dokument einen Fall hat",
            ],
            [
                "claims.csv, row 9, column Dokument: document-without-case: document 'i9' belongs to no case",
                "    give its input a 'case', or another rule by which every document has one",
            ],
        ),
    ),
    "an empty city name": (
        settings(PROJECT % ("claims.csv", '"  "')),
        (
            ["qualnet.yaml:4:29: bad-case-name: '  ' kann kein Name eines Falls sein: er ist leer"],
            ["qualnet.yaml:4:29: bad-case-name: '  ' cannot be the name of a case: it is empty"],
        ),
    ),
    "city names with path separators": (
        rows("i7;a/b;staff;progress;-;x;AB;;\n", "i8;a\\b;staff;progress;-;x;AB;;\n", "i9;..;staff;progress;-;x;AB;;\n"),
        (
            [f"claims.csv, Zeile {n}, Spalte Fall: bad-case-name: '{name}' kann kein Name eines Falls sein: er wäre ein Pfad" for n, name in ((9, "a/b"), (10, "a\\b"), (11, ".."))],
            [f"claims.csv, row {n}, column Fall: bad-case-name: '{name}' cannot be the name of a case: it would be a path" for n, name in ((9, "a/b"), (10, "a\\b"), (11, ".."))],
        ),
    ),
    "a codebook that extends itself": (
        codebook(CODEBOOK.replace("id: base", "id: base\nextends: base")),
        (
            ["base.yaml:3:1: codebook-cycle: das Codebuch erweitert sich selbst: base -> base", "    entfernen Sie ein 'extends'"],
            ["base.yaml:3:1: codebook-cycle: the codebook extends itself: base -> base", "    remove one 'extends'"],
        ),
    ),
    "codebooks that extend each other": (
        codebook(CODEBOOK.replace("id: base", "id: base\nextends: other"), other="format: 1\nid: other\nextends: base\n"),
        (
            ["base.yaml:3:1: codebook-cycle: das Codebuch erweitert sich selbst: base -> other -> base", "    entfernen Sie ein 'extends'"],
            ["base.yaml:3:1: codebook-cycle: the codebook extends itself: base -> other -> base", "    remove one 'extends'"],
        ),
    ),
    "a fault in the codebook and one in a table": (
        lambda folder: (
            codebook("format: 1\nid: base\ncodez: []\n")(folder),
            rows("i5;A;stuff;progress;up;x;AB;;\n")(folder),
        ),
        (
            [
                "base.yaml:3:1: unknown-field: es gibt kein Feld 'codez'",
                "    meinten Sie 'codes'?",
                "claims.csv, Zeile 9, Spalte Vorzeichen: unknown-sign: 'up' ist kein Vorzeichen",
                f"    {SIGNS}",
            ],
            [
                "base.yaml:3:1: unknown-field: there is no field 'codez'",
                "    did you mean 'codes'?",
                "claims.csv, row 9, column Vorzeichen: unknown-sign: 'up' is no sign",
                f"    {SIGNS_EN}",
            ],
        ),
    ),
}  # fmt: skip


def errors_in(lines: list[str]) -> int:
    return sum(not line.startswith(" ") for line in lines)


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_is_said_with_its_place_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    plant, (de, en) = ERRORS[name]
    folder = project(tmp_path)
    build(folder)
    before = outputs(folder)
    plant(folder)
    n = errors_in(de)
    assert run("check", str(folder)) == (3, [*de, f"{n} Fehler, 0 Warnungen"])
    counted = "1 error" if n == 1 else f"{n} errors"
    assert run("--lang", "en", "check", str(folder)) == (3, [*en, f"{counted}, 0 warnings"])
    assert run("build", str(folder)) == (3, de)
    assert outputs(folder) == before


@pytest.mark.parametrize("name", ERRORS)
def test_a_first_build_that_fails_leaves_no_folder_of_outputs(name: str, tmp_path: Path) -> None:
    plant, _ = ERRORS[name]
    folder = project(tmp_path)
    plant(folder)
    assert run("build", str(folder))[0] == 3
    assert not (folder / "outputs").exists()


WARNINGS: dict[str, tuple[Plant, str, str]] = {
    "a claim whose cause is its effect": (
        rows("i5;B;staff;staff;+;x;AB;;\n"),
        "claims.csv, Zeile 9: self-claim: Ursache und Wirkung sind gleich: 'staff'; gezählt und aufgeführt, aber in keiner Schleife",
        "claims.csv, row 9: self-claim: cause and effect are the same: 'staff'; it is counted and listed, and in no loop",
    ),
    "a name that Windows reserves": (
        replaced(";B;", ";CON;"),
        "claims.csv, Zeile 7, Spalte Fall: case-renamed: der Fall 'CON' bekommt den Dateinamen 'con-a3dbc4b6'",
        "claims.csv, row 7, column Fall: case-renamed: case 'CON' gets the file name 'con-a3dbc4b6'",
    ),
    "a name of 300 characters": (
        replaced(";B;", f";{LONG};"),
        # printf '%0300d' 0 | tr 0 x | sha256sum
        f"claims.csv, Zeile 7, Spalte Fall: case-renamed: der Fall '{LONG}' bekommt den Dateinamen '{'x' * 60}-0d4e2ca9'",
        f"claims.csv, row 7, column Fall: case-renamed: case '{LONG}' gets the file name '{'x' * 60}-0d4e2ca9'",
    ),
    "an umlaut in one Unicode form": (
        replaced(";B;", ";Köln;"),
        "claims.csv, Zeile 7, Spalte Fall: case-renamed: der Fall 'Köln' bekommt den Dateinamen 'koeln'",
        "claims.csv, row 7, column Fall: case-renamed: case 'Köln' gets the file name 'koeln'",
    ),
    "an umlaut in the other Unicode form": (
        replaced(";B;", f";{NFD};"),
        f"claims.csv, Zeile 7, Spalte Fall: case-renamed: der Fall '{NFD}' bekommt den Dateinamen 'koeln'",
        f"claims.csv, row 7, column Fall: case-renamed: case '{NFD}' gets the file name 'koeln'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WARNINGS)
def test_a_warning_is_said_with_its_place_and_the_build_goes_on(name: str, tmp_path: Path) -> None:
    plant, de, en = WARNINGS[name]
    folder = project(tmp_path)
    plant(folder)
    assert run("check", str(folder)) == (0, [de, "0 Fehler, 1 Warnung"])
    assert run("--lang", "en", "check", str(folder)) == (0, [en, "0 errors, 1 warning"])
    assert run("check", "--strict", str(folder))[0] == 3
    assert run("build", "--strict", str(folder)) == (3, [de])
    assert not (folder / "outputs").exists()
    code, lines = run("build", str(folder))
    assert code == 0
    assert lines[0] == de
    assert run("verify", str(folder))[0] == 0


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "outputs" / "tables" / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_claim_of_a_factor_about_itself_stands_in_the_tables_and_in_no_loop(tmp_path: Path) -> None:
    folder = project(tmp_path, CLAIMS + "i5;B;staff;staff;+;x;AB;;\n")
    study = build(folder)
    assert study.networks["B"].interactions["staff", "staff"].is_self
    (row,) = [r for r in table(folder, "interactions.csv") if r["cause"] == r["effect"]]
    assert (row["case"], row["cause"], row["sign"], row["n_sources"]) == ("B", "staff", "+", "1")
    (row,) = [r for r in table(folder, "evidence.csv") if r["cause"] == r["effect"]]
    assert (row["document"], row["quote"]) == ("i5", "x")
    # only the loop that was there before
    assert [r["loop"] for r in table(folder, "loops.csv")] == ["progress -> staff -> progress"]


@pytest.mark.parametrize("name", ["CON", LONG, "Köln", NFD])
def test_a_name_that_is_no_file_name_is_kept_in_the_tables(tmp_path: Path, name: str) -> None:
    folder = project(tmp_path, CLAIMS.replace(";B;", f";{name};"))
    build(folder)
    assert {r["case"] for r in table(folder, "interactions.csv")} == {"A", name}
    names = {p.name for p in (folder / "outputs").rglob("*")}
    assert all(re.fullmatch(r"[a-z0-9_.-]{1,80}", n) for n in names)
    assert not {n for n in names if n.partition(".")[0] == "con"}


def test_two_unicode_forms_of_a_city_are_one_city_in_one_table_and_across_inputs(tmp_path: Path) -> None:
    one = CLAIMS.replace("i4;B;progress", "i4;Köln;progress").replace("i4;B;staff", f"i5;{NFD};staff")
    study = build(project(tmp_path / "one", one))
    assert list(study.networks) == ["A", "Köln"]
    assert study.networks["Köln"].documents == ("i4", "i5")
    folder = project(tmp_path / "two", CLAIMS.replace(";B;", ";Köln;"), more="  - path: more.csv\n")
    more = CLAIMS.splitlines()[0] + f"\ni6;{NFD};money;staff;+;x;AB;;\n"
    (folder / "more.csv").write_text(more, "utf-8")
    study = build(folder)
    assert list(study.networks) == ["A", "Köln"]
    assert study.networks["Köln"].documents == ("i4", "i6")
    assert set(study.city_codebooks) == {"A", "Köln"}


HOSTILE = "</script><img src=x onerror=alert(1)>"


class Page(HTMLParser):
    """Collects what a browser would make of a page: elements, handlers, and every text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.handlers: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.texts += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def strings(data: object) -> list[str]:
    """Give every text in JSON data."""
    if isinstance(data, dict):
        return [*data, *(s for value in data.values() for s in strings(value))]
    if isinstance(data, list):
        return [s for value in data for s in strings(value)]
    return [data] if isinstance(data, str) else []


def said(path: Path) -> list[str]:
    """Give every text that a reader of a file meets, as the program that opens it decodes it."""
    text = path.read_text("utf-8-sig")
    if path.suffix == ".csv":
        return [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    if path.suffix == ".json":
        return strings(json.loads(text))
    if path.suffix == ".graphml":
        elements = list(ET.fromstring(text).iter())  # noqa: S314 (written by us)
        return [x for e in elements for x in (e.text or "", *e.attrib.values())]
    page = Page(text)
    found = []
    for part in page.texts:
        found.append(part)
        if part.lstrip().startswith(("{", "[")):
            try:
                found += strings(json.loads(part))
            except ValueError:
                continue
    return found


def test_a_quote_with_markup_survives_in_all_outputs_and_does_nothing(tmp_path: Path) -> None:
    book = CODEBOOK.replace("label: Eigenmittel", f"label: 'Geld {HOSTILE}'")
    claims = (
        CLAIMS.replace(";B;", ";<img src=y onerror=alert(2)>;") + f"i5;A;money;staff;+;Zitat {HOSTILE};AB;;\n"
    )
    folder = project(tmp_path / "hostile", claims, book)
    assert run("build", str(folder))[0] == 0
    plain = project(tmp_path / "plain", CLAIMS + "i5;A;money;staff;+;Zitat;AB;;\n")
    build(plain)
    tables = folder / "outputs" / "tables"
    assert f"Zitat {HOSTILE}" in said(tables / "evidence.csv")
    assert f"Geld {HOSTILE}" in said(tables / "factors.csv")
    quotes = labels = 0
    for path in sorted((folder / "outputs").rglob("*")):
        if path.suffix in {".csv", ".json", ".graphml", ".html"}:
            found = said(path)
            quotes += any(f"Zitat {HOSTILE}" in text for text in found)
            labels += any(f"Geld {HOSTILE}" in text for text in found)
        if path.suffix == ".html":
            text = path.read_text("utf-8")
            assert HOSTILE not in text
            page = Page(text)
            assert "img" not in page.elements
            assert not page.handlers
    pages = len(list((folder / "outputs").rglob("*.html")))
    assert pages >= 2
    assert quotes >= 1 + 2  # the table, the comparison and the page of the city
    assert labels >= 1 + pages
    # the comparison has the elements that it has with harmless words, and no other
    ours, theirs = (Page((f / "outputs" / "index.html").read_text("utf-8")) for f in (folder, plain))
    assert ours.elements == theirs.elements


def file_for_folder(folder: Path) -> None:
    (folder / "outputs").mkdir()
    (folder / "outputs" / "tables").write_text("mine", "utf-8")


OUTPUT_MESSAGES: dict[str, tuple[Plant, str, str]] = {
    "a file stands where the folder should be": (
        lambda folder: (folder / "outputs").write_text("mine", "utf-8"),
        "outputs: cannot-write: kann nicht geschrieben werden: eine Datei dieses Namens steht einem Ordner im Weg; die alten Ausgaben sind unverändert",
        "outputs: cannot-write: cannot be written: a file of this name is in the way of a folder; the old outputs are untouched",
    ),
    "a folder stands where a file should be": (
        lambda folder: (folder / "outputs" / "tables" / "loops.csv").mkdir(parents=True),
        "outputs/tables/loops.csv: cannot-write: kann nicht geschrieben werden: ein Ordner dieses Namens steht einer Datei im Weg; die alten Ausgaben sind unverändert",
        "outputs/tables/loops.csv: cannot-write: cannot be written: a folder of this name is in the way of a file; the old outputs are untouched",
    ),
    "a file stands where a folder of the outputs should be": (
        file_for_folder,
        "outputs/tables: cannot-write: kann nicht geschrieben werden: eine Datei dieses Namens steht einem Ordner im Weg; die alten Ausgaben sind unverändert",
        "outputs/tables: cannot-write: cannot be written: a file of this name is in the way of a folder; the old outputs are untouched",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTPUT_MESSAGES)
def test_what_stands_in_the_way_is_named_and_stays(name: str, tmp_path: Path) -> None:
    plant, de, en = OUTPUT_MESSAGES[name]
    folder = project(tmp_path)
    plant(folder)
    before = outputs(folder), (folder / "outputs").is_file()
    assert run("build", str(folder)) == (5, [de])
    assert run("--lang", "en", "build", str(folder)) == (5, [en])
    assert (outputs(folder), (folder / "outputs").is_file()) == before


@pytest.mark.parametrize(
    ("error", "de", "en"),
    [
        (PermissionError(13, "Permission denied"), "schreibgeschützt, oder in einem anderen Programm geöffnet", "it is read-only, or open in another program"),
        (OSError(30, "Read-only file system"), "der Datenträger ist schreibgeschützt", "the disk is read-only"),
        (OSError(5, "Input/output error"), "Input/output error", "Input/output error"),
    ],
    ids=["folder", "disk", "broken disk"],
)  # fmt: skip
def test_a_read_only_folder_is_told_and_keeps_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, de: str, en: str
) -> None:
    # A test that runs as root may write whatever the mode of a folder says: the refusal of the
    # system is put in where Python opens files.
    folder = project(tmp_path)
    build(folder)
    before = outputs(folder)
    real = io.open

    def refusing(path: object, mode: str = "r", *more: object, **named: object) -> object:
        if str(path).startswith(str(folder / "outputs")) and set(mode) & set("wxa+"):
            raise OSError(error.errno, error.strerror, str(path))
        return real(path, mode, *more, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(io, "open", refusing)
    german = f"outputs/.qualnet.lock: cannot-write: kann nicht geschrieben werden: {de}; die alten Ausgaben sind unverändert"
    english = f"outputs/.qualnet.lock: cannot-write: cannot be written: {en}; the old outputs are untouched"
    assert run("build", str(folder)) == (5, [german])
    assert run("--lang", "en", "build", str(folder)) == (5, [english])
    monkeypatch.undo()
    assert outputs(folder) == before
    assert run("verify", str(folder))[0] == 0


def test_a_folder_that_another_process_writes_is_told_with_its_number(tmp_path: Path) -> None:
    folder = project(tmp_path)
    build(folder)
    before = outputs(folder)
    hold = (
        "import sys; from pathlib import Path; from qualnet.files import staged\n"
        "folder = Path(sys.argv[1])\n"
        "with staged(folder / 'outputs', folder): print('held', flush=True); sys.stdin.read(); raise SystemExit"
    )
    words = [sys.executable, "-c", hold, str(folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True) as other:  # noqa: S603
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        de = f"outputs: busy: hier schreibt schon ein anderer Lauf (Prozess {other.pid})"
        en = f"outputs: busy: another build writes here (process {other.pid})"
        assert run("build", str(folder)) == (4, [de, "    warten Sie, oder: qualnet build --wait"])
        assert run("--lang", "en", "build", str(folder)) == (4, [en, "    wait for it, or: qualnet build --wait"])  # fmt: skip
    assert outputs(folder) == before
    assert run("build", str(folder))[0] == 0


def test_an_input_that_the_system_does_not_open_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path)
    build(folder)
    before = outputs(folder)

    def refused(_: Source) -> bytes:
        raise PermissionError(13, "Permission denied", "claims.csv")

    monkeypatch.setattr(Source, "head", property(refused))
    code, lines = run("check", str(folder))
    assert code == 3
    assert lines[0] == "claims.csv: unreadable: die Datei ist nicht lesbar: Permission denied"
    assert run("build", str(folder))[0] == 3
    assert outputs(folder) == before


def test_a_pipe_is_no_input_and_nobody_waits_for_it(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "claims.csv").unlink()
    os.mkfifo(folder / "claims.csv")
    assert run("check", str(folder)) == (
        3,
        ["claims.csv: unsafe-file: abgelehnt: es ist keine gewöhnliche Datei", "1 Fehler, 0 Warnungen"],
    )


def test_a_file_without_an_ending_may_hold_what_a_reader_knows(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "claims.csv").rename(folder / "claims")
    (folder / "qualnet.yaml").write_text(
        (folder / "qualnet.yaml").read_text().replace("claims.csv", "claims")
    )
    assert run("check", str(folder)) == (0, ["0 Fehler, 0 Warnungen"])


@pytest.mark.parametrize(("name", "made"), [("none", False), ("folder", True)])
def test_an_input_that_is_not_there_and_a_folder_without_files_are_told(
    tmp_path: Path, name: str, *, made: bool
) -> None:
    folder = project(tmp_path)
    if made:
        (folder / name).mkdir()
        (folder / name / ".hidden").write_text("x", "utf-8")
    (folder / "qualnet.yaml").write_text(PROJECT % (name, "A"), "utf-8")
    code, lines = run("check", str(folder))
    assert code == 3
    if made:
        assert lines[0] == "folder: empty-file: die Datei ist leer"
    else:
        assert lines[0] == "none: not-found: die Datei oder den Ordner 'none' gibt es nicht"


def test_a_codebook_that_is_not_there_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    folder = project(tmp_path)
    text = (folder / "qualnet.yaml").read_text("utf-8").replace("base.yaml", "smart-citty")
    (folder / "qualnet.yaml").write_text(text, "utf-8")
    assert run("check", str(folder)) == (
        3,
        [
            "qualnet.yaml:3:1: unknown-codebook: es gibt kein Codebuch 'smart-citty'",
            "    meinten Sie 'smart-city'?",
            "1 Fehler, 0 Warnungen",
        ],
    )


def test_a_primary_coder_that_nobody_is_is_told(tmp_path: Path) -> None:
    folder = project(tmp_path, more="coding: {primary: ABC}\n")
    assert run("check", str(folder))[1][:2] == [
        "qualnet.yaml:6:1: unknown-coder: keine Codierer:in heißt 'ABC'",
        "    meinten Sie 'AB'?",
    ]


def test_tables_beside_the_inputs_that_are_empty_are_told(tmp_path: Path) -> None:
    folder = project(tmp_path, more="cases: cases.csv\ncontext: context\n")
    (folder / "cases.csv").write_text("\n", "utf-8")
    (folder / "context").mkdir()
    (folder / "context" / "size.csv").write_text("", "utf-8")
    assert run("check", str(folder))[1][:2] == [
        "cases.csv: empty-file: die Datei ist leer",
        "context/size.csv: empty-file: die Datei ist leer",
    ]
    (folder / "cases.csv").write_text("case;value\nA;1\n", "utf-8")
    (folder / "context" / "size.csv").write_text("a;b\n1;2\n", "utf-8")
    assert run("check", str(folder))[1][0] == "cases.csv, Zeile 1: missing-column: es gibt keine Spalte 'Merkmal'"  # fmt: skip


def test_a_folder_without_a_project_is_told_and_the_project_file_may_be_named(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    assert run("check", str(folder / "qualnet.yaml")) == (0, ["0 Fehler, 0 Warnungen"])
    code, lines = run("check", str(tmp_path))
    assert code == 2
    assert "no-project: hier liegt keine Projektdatei" in lines[0]


def test_a_codebook_of_an_input_that_does_not_extend_the_project_s_is_told(tmp_path: Path) -> None:
    folder = project(tmp_path, more="    codebook: other.yaml\n")
    (folder / "other.yaml").write_text(CODEBOOK.replace("id: base", "id: other"), "utf-8")
    code, lines = run("check", str(folder))
    assert code == 3
    assert lines[0].startswith("qualnet.yaml:6:5: not-an-extension: das Codebuch 'other' erweitert")


def test_a_guide_that_names_no_document_or_no_code_is_told_in_one_go(tmp_path: Path) -> None:
    folder = project(tmp_path, more="guide: guide.csv\n")
    (folder / "guide.csv").write_text(
        "Interview;Thema\nI1;staff\nInterview 1;staff\ni2;Personalmangl\n", "utf-8"
    )
    code, lines = run("check", str(folder))
    assert code == 3
    assert [line.strip() for line in lines[:-1]] == [
        "guide.csv, Zeile 3: guide-without-document: kein Dokument heißt hier 'Interview 1'",
        "schreiben Sie den Namen so, wie ihn die Eingaben schreiben",
        "guide.csv, Zeile 4: unknown-code: Code 'Personalmangl' ist kein Code dieses Codebuchs",
        "meinten Sie 'Personalmangel'?",
    ]


def test_a_guide_without_its_columns_or_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder = project(tmp_path, more="guide: guide.csv\n")
    code, lines = run("check", str(folder))
    assert code == 3
    assert lines[0].startswith("qualnet.yaml:6:1: not-found: ")
    (folder / "guide.csv").write_text("Wer;Thema\ni1;staff\n", "utf-8")
    code, lines = run("check", str(folder))
    assert code == 3
    assert lines[0].startswith("guide.csv, Zeile 1: missing-column: es gibt keine Spalte 'Dokument'")


HEAD = "Dokument;Fall;Ursache;Wirkung;Vorzeichen;Zitat\n"
TWO = HEAD + "1;A-Stadt;staff;progress;-;x\n2;A-Stadt;staff;progress;-;x\n1;B-Stadt;money;progress;+;x\n"


@pytest.mark.parametrize("more", ["", "    case_by: Fall\n"])
def test_interviews_of_one_name_in_two_cities_are_told_and_never_joined(tmp_path: Path, more: str) -> None:
    code, lines = run("check", str(project(tmp_path, TWO, more=more)))
    assert code == 3
    assert [line.strip() for line in lines[:-1]] == [
        "claims.csv, Zeile 4, Spalte Fall: document-in-two-cases: das Dokument '1' steht im Fall 'B-Stadt', und vorher im Fall 'A-Stadt'",
        "zuerst: claims.csv, Zeile 2, Spalte Fall; zwei Interviews brauchen zwei Namen, ein Interview braucht einen Fall",
    ]


def test_one_interview_under_two_spellings_of_its_city_is_told(tmp_path: Path) -> None:
    claims = HEAD + "1;A-Stadt;staff;progress;-;x\n1;A Stadt;money;progress;+;x\n"
    code, lines = run("check", str(project(tmp_path, claims)))
    assert code == 3
    assert any("document-in-two-cases: das Dokument '1' steht im Fall 'A Stadt'" in line for line in lines)


def test_a_case_of_the_project_that_overrules_the_file_is_told_once_a_case(tmp_path: Path) -> None:
    claims = (
        HEAD + "1;A;staff;progress;-;x\n2;A;staff;progress;-;x\n3;B;money;progress;+;x\n4;X;staff;money;-;x\n"
    )
    code, lines = run("check", str(project(tmp_path, claims, more="    case: X\n")))
    assert code == 0
    assert lines[:-1] == [
        "claims.csv, Zeile 2, Spalte Fall: case-overruled: die Datei sagt Fall 'A', das Projekt sagt 'X' für alles; es gilt das Projekt",
        "claims.csv, Zeile 4, Spalte Fall: case-overruled: die Datei sagt Fall 'B', das Projekt sagt 'X' für alles; es gilt das Projekt",
    ]


def test_codings_without_a_claim_are_told_how_they_become_a_network(tmp_path: Path) -> None:
    codings = "Dokument;Fall;Code;Zitat\ni1;A;staff;Leute fehlen.\ni1;A;money;Geld fehlt.\n"
    folder = project(tmp_path, codings)
    code, lines = run("check", str(folder))
    assert code == 0
    assert [line.strip() for line in lines[:-1]] == [
        "qualnet.yaml:1:1: no-claims: Codierungen (2) und keine einzige Wirkungsaussage: die Netze der Wirkungsaussagen bleiben leer",
        "für das gemeinsame Vorkommen von Codes: interactions: {layers: [overlap, paragraph]}",
    ]
    code, lines = run("check", str(project(tmp_path, codings, more="interactions: {layers: [paragraph]}\n")))
    assert lines == ["0 Fehler, 0 Warnungen"]


def test_a_codebook_and_a_project_saved_by_an_editor_of_windows_are_read(tmp_path: Path) -> None:
    folder = project(
        tmp_path, codebook=CODEBOOK.replace("Personalmangel", "Müßiggang, aliases: [Personalmangel]")
    )
    for name in ("base.yaml", "qualnet.yaml"):
        text = (folder / name).read_text("utf-8").replace("title: t", "title: Schöne Städte")
        (folder / name).write_bytes(text.encode("cp1252"))
    code, lines = run("check", str(folder))
    assert code == 0
    assert [line for line in lines[:-1] if ": encoding-guessed: " in line] == [
        (
            "base.yaml: encoding-guessed: die Datei ist nicht UTF-8; gelesen als cp1252, zuerst in Zeile 4:"
            " - {id: staff, label: Müßiggang, aliases: [Personalma"
        ),
        (
            "qualnet.yaml: encoding-guessed: die Datei ist nicht UTF-8; gelesen als cp1252, zuerst in Zeile 2:"
            " title: Schöne Städte"
        ),
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            "privacy: {min_sources: 0}\n",
            "qualnet.yaml:6:11: too-small: min_sources: mindestens 1 muss es sein, nicht 0",
        ),
        (
            "privacy: {min_role: -1}\n",
            "qualnet.yaml:6:11: too-small: min_role: mindestens 1 muss es sein, nicht -1",
        ),
        ("report: {output: .}\n", "qualnet.yaml:6:10: output-outside: kein eigener Ordner im Projekt"),
        ("report: {output: ''}\n", "qualnet.yaml:6:10: output-outside: kein eigener Ordner im Projekt"),
    ],
)
def test_settings_that_would_protect_nothing_or_spill_are_refused(
    tmp_path: Path, more: str, said: str
) -> None:
    code, lines = run("check", str(project(tmp_path, more=more)))
    assert code == 3
    assert lines[0].startswith(said)


def test_the_table_of_facts_may_have_german_headers(tmp_path: Path) -> None:
    folder = project(tmp_path, more="cases: cases.csv\n")
    facts = "Fall;Merkmal;Wert;Einheit;Jahr;Quelle\nA;population;32000;inhabitants;2020;Amt\nC;x;1;;;\n"
    (folder / "cases.csv").write_text(facts, "utf-8")
    code, lines = run("check", str(folder))
    assert code == 3
    assert lines[0].startswith("cases.csv, Zeile 3, Spalte Fall: unknown-case: ")
    (folder / "cases.csv").write_text(facts.rsplit("C;", 1)[0], "utf-8")
    facts_of_a = [a for a in build(folder).corpus.attributes if a.owner_id == "A" and a.name == "population"]
    assert [(a.value, a.unit, a.year, a.source) for a in facts_of_a] == [
        ("32000", "inhabitants", "2020", "Amt")
    ]


def test_a_word_that_is_neither_yes_nor_no_is_told_and_not_guessed(tmp_path: Path) -> None:
    code, lines = run("check", str(project(tmp_path, CLAIMS.replace("AB;ja;", "AB;vielleicht;"))))
    assert code == 3
    assert [line.strip() for line in lines[:2]] == [
        "claims.csv, Zeile 6, Spalte verneint: not-yes-or-no: 'vielleicht' ist weder ja noch nein",
        "schreiben Sie ja oder nein; eine leere Zelle heißt nein",
    ]
