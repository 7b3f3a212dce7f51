"""A codebook goes out as a table, a page, a document, a REFI-QDA codebook, and comes back."""

import io
import re
import shutil
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from qualnet.codebook import Code, Codebook, load_codebook, shipped_folder
from qualnet.codebook.exchange import codebook_csv, codebook_qdc, codebook_xlsx
from qualnet.codebook.model import KINDS
from qualnet.codebook.printed import guide_page, guide_table, guide_word
from qualnet.codebook.table import codes_of_table, codes_text, column_of, update_codebook
from qualnet.language import Language, Text
from qualnet.located import yaml_mapping
from qualnet.names import same_name
from qualnet.problems import InputError, Problems
from qualnet.start import codebook_from_export, codes_table

EVIL = '=HYPERLINK("http://x")|<script>alert(1)</script>&*_`[a](b)\nzwei\x0b'
SMALL = Codebook(
    "small",
    "",
    {"de": "Klein & fein", "en": "Small"},
    {
        "top": Code("top", {"de": "Oben", "en": "Top"}, codable=False, definition=EVIL),
        "a": Code("a", EVIL, "driver", "top", definition="d", color="#ff0000", aliases=("x;y", 'q"q', "z")),
        "b": Code("b", "B", parent="a", color="red", anchor_example={"en": "only English"}),
        "c": Code("c", "C", parent="gone", opposite_of="gone", codable=False),
    },
)


def shipped(name: str = "soest") -> Codebook:
    path = shipped_folder() / f"{name}.yaml"
    book = load_codebook(path, path.parent, Problems())
    assert book
    return book


def read(path: Path, language: Language = "de") -> tuple[list[Code], list[str]]:
    problems = Problems()
    table = codes_table(path, problems)
    codes = codes_of_table(table, language, problems) if table else []
    return codes, [str(p) for p in problems]


def csv(folder: Path, *lines: str) -> Path:
    path = folder / "codes.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def texts(alphabet: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=1, max_size=8).map(str.strip).filter(bool)


ODD = st.sampled_from("äß=+-@'＝\"|;,:#\t\n<>&_ xA1")
PLAIN = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp", "Zs"))
WORDS = texts(ODD | PLAIN)
SPOKEN: st.SearchStrategy[Text] = WORDS | st.dictionaries(
    st.sampled_from(["de", "en"]), WORDS, min_size=1
).map(lambda text: {x: text[x] for x in ("de", "en") if x in text})
MAYBE = st.just("") | SPOKEN


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    ids = draw(st.lists(WORDS, min_size=1, max_size=5, unique_by=same_name))
    taken = {same_name(x) for x in ids}
    codes: dict[str, Code] = {}
    for code_id in ids:
        aliases = [
            x for x in draw(st.lists(WORDS, max_size=2, unique_by=same_name)) if same_name(x) not in taken
        ]
        taken |= {same_name(x) for x in aliases}
        codes[code_id] = Code(
            id=code_id,
            label=draw(SPOKEN),
            kind=draw(st.sampled_from(KINDS)),
            parent=draw(st.sampled_from([None, *codes])),
            codable=draw(st.booleans()),
            definition=draw(MAYBE),
            code_when=draw(MAYBE),
            do_not_code_when=draw(MAYBE),
            anchor_example=draw(MAYBE),
            pole=draw(st.sampled_from([None, "deficit", "asset"])),
            opposite_of=draw(st.sampled_from([None, *ids])),
            aliases=tuple(aliases),
            color=draw(st.none() | WORDS),
            origin=draw(st.sampled_from([None, "abstract", "literature", "ours"])),
            reference=draw(MAYBE),
            thesis_link=draw(MAYBE),
        )
    return Codebook("made", "", "", codes)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(book=codebooks(), language=st.sampled_from(["de", "en"]))
def test_a_codebook_comes_back_from_a_table_and_from_the_file_made_of_it(
    tmp_path: Path, book: Codebook, language: Language
) -> None:
    (tmp_path / "x.csv").write_text(codebook_csv(book, language), "utf-8", newline="")
    (tmp_path / "x.xlsx").write_bytes(codebook_xlsx(book, language))
    wanted = list(book.codes.values())
    for name in ("x.csv", "x.xlsx"):
        assert read(tmp_path / name, language) == (wanted, [])
    (tmp_path / "x.yaml").write_text(codes_text("x", wanted), "utf-8", newline="")
    problems = Problems()
    found = load_codebook(tmp_path / "x.yaml", tmp_path, problems)
    assert found is not None, [str(p) for p in problems]
    assert found.codes == book.codes
    for kind in ("csv", "xlsx"):
        table = codes_table(tmp_path / f"x.{kind}", problems)
        assert table is not None
        edited, missing = update_codebook(tmp_path / "x.yaml", table, language, problems)
        assert (edited.diff(), missing) == ("", [])


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_same_codebook_gives_the_same_bytes(language: Language) -> None:
    book = shipped()
    for write in (codebook_csv, codebook_xlsx, codebook_qdc, guide_page, guide_table, guide_word):
        assert write(book, language) == write(shipped(), language)


def test_shipped_codebooks_come_back(tmp_path: Path) -> None:
    for name in ("soest", "starter"):
        book = shipped(name)
        (tmp_path / "x.csv").write_text(codebook_csv(book, "de"), "utf-8")
        (tmp_path / "x.xlsx").write_bytes(codebook_xlsx(book, "en"))
        gone = [x for x in book.codes.values() if x.parent and x.parent not in book.codes]
        assert not gone
        assert read(tmp_path / "x.csv")[0] == read(tmp_path / "x.xlsx")[0] == list(book.codes.values())


def test_no_cell_is_a_formula() -> None:
    lines = codebook_csv(SMALL, "de").lstrip("\ufeff").splitlines()
    assert lines[0].startswith("Kürzel,Code,Code (de),Code (en),Art,Oberkategorie,codierbar,Definition,")
    assert not re.findall(r'(?:^|,)"?[=+@-]', "\n".join(lines), re.MULTILINE)
    with zipfile.ZipFile(io.BytesIO(codebook_xlsx(SMALL, "de"))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_text_that_no_cell_can_hold_is_told() -> None:
    book = Codebook("big", "", "", {"a": Code("a", "A", definition="x" * 32_768)})
    with pytest.raises(InputError) as caught:
        codebook_xlsx(book, "en")
    assert str(caught.value).startswith("big, a: too-large: 'Definition' is larger than 32767")


def test_a_workbook_has_all_codes() -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(codebook_xlsx(shipped(), "en"))).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0][:6] == ["id", "Code (de)", "Code (en)", "Kind", "Parent", "codable"]
    assert len(rows) == 1 + len(shipped().codes)
    empty = CalamineWorkbook.from_filelike(io.BytesIO(codebook_xlsx(Codebook("x", "", "", {}), "de")))
    header = [
        "Kürzel",
        "Code",
        "Art",
        "Oberkategorie",
        "Definition",
        "Ankerbeispiel",
        "Kodierregel",
        "Abgrenzung",
    ]
    assert empty.get_sheet_by_index(0).to_python() == [header]


class Cells(HTMLParser):
    """The cells of a page, and every tag."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.inside = False
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in {"href", "src"} for name, _ in attrs)
        self.inside = tag in {"td", "th"} or (self.inside and tag in {"code", "span"})
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


def test_the_kodierleitfaden_has_the_columns_that_are_expected() -> None:
    page = guide_page(SMALL, "de")
    cells = Cells()
    cells.feed(page)
    assert "script" not in cells.tags
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in page
    assert cells.cells[:5] == ["Kategorie / Code", "Definition", "Ankerbeispiel", "Kodierregel", "Abgrenzung"]
    assert cells.cells[5] == f"Oben top\n{EVIL}"
    assert cells.cells[6:11] == [f"{EVIL} a", "d", "", "", ""]
    assert cells.cells[11:16] == ["B b", "", "only English", "", ""]
    assert cells.cells[16].strip().endswith("C c")
    english = guide_page(shipped(), "en")
    assert "<title>Coding guide: Smart-city processes, adapted for Soest" in english
    assert '<th scope="col">Anchor example</th>' in english


def test_a_table_in_markdown_has_one_line_per_code() -> None:
    lines = guide_table(SMALL, "de").splitlines()
    assert lines[0] == "# Kodierleitfaden: Klein &amp; fein"
    assert lines[2] == "| Kategorie / Code | Definition | Ankerbeispiel | Kodierregel | Abgrenzung |"
    assert len(lines) == 4 + len(SMALL.codes)
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 6 for line in lines[2:])
    assert lines[4].startswith('| **Oben (top)** | =HYPERLINK("http://x")\\|&lt;script&gt;')
    assert "zwei" in lines[4]
    assert guide_table(Codebook("no-title", "", "", {}), "en").startswith("# Coding guide: no-title\n")


def test_a_document_for_word_holds_the_same_table() -> None:
    with zipfile.ZipFile(io.BytesIO(guide_word(SMALL, "en"))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
        parts = [ET.fromstring(archive.read(name)) for name in archive.namelist()]  # noqa: S314
    word = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    rows = [
        [
            "\n".join(t.text or "" for t in cell.iterfind(".//w:t", word))
            for cell in row.iterfind("w:tc", word)
        ]
        for row in parts[2].iterfind(".//w:tr", word)
    ]
    assert rows[0] == ["Category / code", "Definition", "Anchor example", "Coding rule", "Exclusion"]
    assert [row[0].splitlines()[-1] for row in rows[1:]] == ["top", "a", "b", "c"]
    assert {len(row) for row in rows} == {5}


def test_a_refi_codebook_is_valid_and_comes_back(tmp_path: Path) -> None:
    text = codebook_qdc(SMALL, "de")
    space = "{urn:QDA-XML:codebook:1.0}"
    root = ET.fromstring(text)  # noqa: S314
    assert [x.tag for x in root] == [f"{space}Codes"]
    codes = list(root.iter(f"{space}Code"))
    assert [c.get("isCodable") for c in codes] == ["false", "true", "true", "false"]
    assert [c.get("color") for c in codes] == [None, "#ff0000", None, None]
    guids = [c.get("guid", "") for c in codes]
    assert len(set(guids)) == 4
    assert all(re.fullmatch(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", x) for x in guids)
    assert [[x.tag.removeprefix(space) for x in c] for c in codes] == [
        ["Description", "Code"],
        ["Description", "Code"],
        ["Description"],
        [],
    ]
    assert "Ankerbeispiel: only English" in text
    (tmp_path / "x.qdc").write_text(codebook_qdc(shipped(), "de"), "utf-8")
    book = load_codebook(codebook_from_export("x", tmp_path / "x.qdc", tmp_path), tmp_path, Problems())
    assert book
    assert len(book.codes) == len(shipped().codes)
    assert book.codes["personalmangel"].parent == "ressourcen"


def test_columns_are_known_by_their_german_and_english_names() -> None:
    assert column_of("Kategorie / Code") == ("label", "")
    assert column_of("DEFINITION_EN") == ("definition", "en")
    assert column_of("Art (de)") is None
    assert column_of("code") == ("label", "")


GERMAN = (
    "Code;Oberkategorie;Definition;Ankerbeispiel;Kodierregel;Abgrenzung;Art;Andere Namen;Notiz",
    "Personalmangel;Ressourcen;Es fehlen Leute;„So ist es.“;Stellen fehlen;Geld fehlt;herausforderung;a; 'b;x",
    "Geld;ressourcen;;;;;;;",
    "Geld;Personalmangel;;;;;;;",
)


def test_a_kodierleitfaden_out_of_a_spreadsheet_becomes_a_codebook(tmp_path: Path) -> None:
    path = csv(tmp_path, *(x.replace("a; 'b", '"a; b"') for x in GERMAN))
    codes, said = read(path)
    assert said == ["codes.csv, row 1, column Notiz: column-not-used: column 'Notiz' is not used"]
    assert [(c.id, c.parent, c.codable) for c in codes] == [
        ("ressourcen", None, False),
        ("personalmangel", "ressourcen", True),
        ("geld", "ressourcen", True),
        ("geld_2", "personalmangel", True),
    ]
    staff = codes[1]
    assert (staff.kind, staff.aliases, staff.do_not_code_when) == ("challenge", ("a", "b"), "Geld fehlt")
    made = codebook_from_export("Mein Buch", path, tmp_path)
    book = load_codebook(made, tmp_path, Problems())
    assert book
    assert (book.id, list(book.codes.values())) == ("mein-buch", codes)


def test_texts_in_both_languages_and_in_none(tmp_path: Path) -> None:
    path = csv(tmp_path, "id,label,label_en,,Definition,Definition (de)", "a,Eins,One,,x,", "b,,Two,,y,z")
    codes, said = read(path)
    assert not said
    assert [c.label for c in codes] == [{"de": "Eins", "en": "One"}, {"en": "Two"}]
    assert [c.definition for c in codes] == ["x", {"de": "z"}]
    assert read(path, "en")[0][1].definition == {"de": "z", "en": "y"}


def test_every_problem_of_a_table_is_told_with_row_and_column(tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        "id;Code;Oberkategorie;Art;codierbar;Pol;Gegenpol von;Aliase;Code",
        "a;Personal;;Treibr;vielleicht;gut;nirgends;;",
        "b;Geld;Persnal;;nein;;;;",
        "a;Noch einer;;;;;;;",
        ";;x;;;;;;",
        "c;C;c;;;;;a;;;zu lang",
        "d;D;d;;;;;A;",
    )
    _, said = read(path)
    assert [x.partition("\n")[0] for x in said] == [
        "codes.csv, row 1, column Code: duplicate-column: column 'Code' stands here twice",
        "codes.csv, row 2, column Art: unknown-value: Art: 'Treibr' is not allowed",
        "codes.csv, row 2, column Gegenpol von: unknown-code: opposite_of 'nirgends' is no code of this codebook",
        "codes.csv, row 2, column Pol: unknown-value: Pol: 'gut' is not allowed",
        "codes.csv, row 2, column codierbar: not-yes-or-no: 'vielleicht' is neither yes nor no",
        "codes.csv, row 3, column Oberkategorie: unknown-code: parent 'Persnal' is no code of this codebook",
        "codes.csv, row 4, column id: duplicate-code: code 'a' exists already",
        "codes.csv, row 5: row-without-code: the row names no code",
        "codes.csv, row 6: row-too-long: the row has 11 cells, the header 9",
        "codes.csv, row 7: alias-claimed-twice: 'A' already names the code 'a'",
        "codes.csv, row 7: parent-cycle: code 'd' is its own ancestor: d -> d",
    ]
    with pytest.raises(InputError):
        codebook_from_export("x", path, tmp_path)
    assert not list(tmp_path.glob("*.yaml"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Foo;Bar\nx;y\n", "codes.csv, row 1: missing-column: there is no column 'Code'"),
        ("Kode;Bar\nx;y\n", "codes.csv, row 1: missing-column: there is no column 'Code'"),
        ("Code;\n", "codes.csv, row 1: no-rows: there is a header but no row"),
        ("\n", "codes.csv: empty-file: the file is empty"),
        ('Code\n"x\n', "codes.csv:2: unclosed-quote: "),
    ],
)
def test_a_file_that_is_no_table_of_codes_is_told(tmp_path: Path, content: str, said: str) -> None:
    path = csv(tmp_path)
    path.write_text(content, "utf-8")
    assert read(path)[1][0].startswith(said)


def test_a_table_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert read(tmp_path)[1][0].startswith(f"{tmp_path.name}: unreadable: ")


def test_a_table_of_coded_material_gives_its_codes_as_before(tmp_path: Path) -> None:
    path = csv(tmp_path, "Dokument;Code;Zitat", "i1;Personal;Es fehlen Leute.")
    assert 'label: "Personal"' in codebook_from_export("x", path, tmp_path).read_text("utf-8")
    path = csv(tmp_path, "Code;Quelle;Definition", "Personal;Buch;d")
    assert "reference: Buch" in codebook_from_export("y", path, tmp_path).read_text("utf-8")


def town(folder: Path) -> Path:
    for name in ("soest", "smart-city"):
        shutil.copyfile(shipped_folder() / f"{name}.yaml", folder / f"{name}.yaml")
    return folder / "soest.yaml"


def update(path: Path, *lines: str) -> tuple[list[str], list[str], list[str]]:
    problems = Problems()
    table = codes_table(csv(path.parent, *lines), problems)
    assert table is not None
    edited, missing = update_codebook(path, table, "de", problems)
    diff = edited.diff().splitlines()[2:]
    edited.write()
    assert load_codebook(path, path.parent, problems)
    return [x[1:] for x in diff if x[0] == "-"], [x[1:] for x in diff if x[0] == "+" and x != "+"], missing


def test_a_table_is_taken_back_into_a_codebook(tmp_path: Path) -> None:
    path = town(tmp_path)
    gone, new, missing = update(
        path,
        "Code;Definition;Oberkategorie;Kodierregel;Andere Namen;codierbar",
        "Ehrenamt;Neu: so;;;A, B;",
        "Bürgerlabor;;cooperation;wenn;;nein",
        "Hochwasser;Wasser;Gefahren;;;",
    )
    assert gone == [
        "    parent: society",
        "      de: Der Raum, seine Öffnung oder was Menschen dort tun, wird genannt.",
        "      de: Unbezahltes Engagement von Menschen und Vereinen in der Stadt.",
        "    aliases: [Freiwilliges Engagement, Ehrenamtliche]",
    ]
    assert new == [
        "    parent: cooperation",
        "      de: wenn",
        "    codable: false",
        '      de: "Neu: so"',
        '    aliases: ["A, B"]',
        "  - id: gefahren",
        "    codable: false",
        "    label: Gefahren",
        "  - id: hochwasser",
        "    parent: gefahren",
        "    label: Hochwasser",
        "    definition: Wasser",
    ]
    assert missing == ["application_burden", "reporting_burden"]


def test_both_languages_of_a_text_are_updated_apart(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "format: 1\nid: x\ncodes:\n  - {id: a, label: A, definition: {de: x}}\n  - {id: b, label: B}\n",
        "utf-8",
    )
    gone, new, _ = update(path, "id,label_de,label_en,definition_en", "a,A,,y", "b,B,Bee,")
    assert gone == ["  - {id: a, label: A, definition: {de: x}}", "  - {id: b, label: B}"]
    assert new == [
        '  - {id: a, label: A, definition: {de: x, en: "y"}}',
        "  - {id: b, label: {de: B, en: Bee}}",
    ]


def test_what_is_inherited_or_retired_is_not_updated(tmp_path: Path) -> None:
    path = town(tmp_path)
    with pytest.raises(InputError) as caught:
        update(
            path,
            "id;Definition;Art",
            "staff_shortage;anders;Treiber",
            "funding_burden;x;",
            "volunteering;;Treibr",
        )
    assert [f"{p.place}: {p.rule}" for p in caught.value.problems] == [
        "codes.csv, row 2, column Art: inherited-code",
        "codes.csv, row 2, column Definition: inherited-code",
        "codes.csv, row 3: retired-code",
        "codes.csv, row 4, column Art: unknown-value",
    ]
    with pytest.raises(InputError):
        update(path, "Foo", "x")
    assert path.read_text("utf-8") == (shipped_folder() / "soest.yaml").read_text("utf-8")


def test_lines_of_a_file_are_written_for_any_value() -> None:
    assert yaml_mapping(
        {"a": "no", "b": {"c": [1, True, None]}, "d": [{"e": "f: g"}, {"h": "i", "j": []}]}
    ) == [
        'a: "no"',
        "b:",
        "  c: [1, true, null]",
        "d:",
        '  - e: "f: g"',
        "  - h: i",
        "    j: []",
    ]
    assert codes_text("x", []) == "format: 1\nid: x\ncodes: []\n"
