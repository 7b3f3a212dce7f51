"""The pages that users read first are done as they stand: every command, in its order, on small files."""

import csv
import io
import shlex
import shutil
import webbrowser
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from qualnet import build
from qualnet.cli import main
from tests.claims.project import table
from tests.readers.test_brat import t as marked
from tests.readers.test_brat import written as brat
from tests.readers.test_dna import Dna
from tests.readers.test_qualcoder import QualCoder
from tests.readers.test_refi import CODES
from tests.readers.test_rqda import Rqda
from tests.readers.test_taguette import Taguette
from tests.test_docs import DOCS, ROOT, blocks, write

PAGES = ("five-steps", "tutorial", "coding-guide", "data-protection")
WORDS = ("Cause", "Effect", "Sign")
QUOTES = (
    "Ohne Leute geht nichts voran, weil alles an einer Stelle hängt.",
    "Mit eigenem Geld ging es schneller.",
)


def commands(page: Path) -> list[str]:
    """Give the lines of a page that are to be typed, without what only a developer types."""
    lines = [line for b in blocks(page) if b.language == "console" for line in b.text.splitlines()]
    assert all(line.startswith("$ ") for line in lines)
    return [line.removeprefix("$ ") for line in lines if not line.startswith("$ make ")]


def book(path: Path, rows: list[tuple[object, ...]]) -> None:
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("Tabelle1")
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)


def codings(case: str, *cities: str) -> list[tuple[object, ...]]:
    """Give a table of coded passages: two interviews of each city, two passages with two codes each."""
    rows: list[tuple[object, ...]] = [("Dokument", case, "Code", "Zitat")]
    for city in cities:
        for k in (1, 2):
            rows.append((f"{city}{k}", city, "Personalmangel; Fortschritt", QUOTES[0]))
            rows.append((f"{city}{k}", city, "Eigenmittel; Fortschritt", QUOTES[1]))
    return rows


def refi(path: Path, variable: str) -> None:
    """Write a REFI-QDA project whose documents say their city in a variable."""
    from tests.readers.test_refi import SELECTION, qdpx  # noqa: PLC0415

    coding = '<Coding guid="g{}{}"><CodeRef targetGUID="c{}"/></Coding>'
    sources = "".join(
        f'<TextSource guid="t{k}" name="i{k}"><PlainTextContent>B: {QUOTES[0]}</PlainTextContent>'
        + SELECTION.replace('"s1"', f'"s{k}"').format(
            3, 3 + len(QUOTES[0]), "".join(coding.format(k, c, c) for c in (1, 2))
        )
        + f'<VariableValue><VariableRef targetGUID="v1"/><TextValue>Stadt {k}</TextValue></VariableValue></TextSource>'
        for k in (1, 2)
    )
    variables = f'<Variables><Variable guid="v1" name="{variable}" typeOfVariable="Text"/></Variables>'
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<Project name="p" xmlns="urn:QDA-XML:project:1.0">'
        f"{CODES}{variables}<Sources>{sources}</Sources></Project>"
    )
    qdpx(path, {"project.qde": text})


def exports(folder: Path) -> None:
    """Write what the pages call by name: an export of each program, in German and in English."""
    for name, group in (("segmente", "Dokumentgruppe"), ("segments", "Document group")):
        german = name == "segmente"
        head = (
            (group, "Dokumentname", "Code", "Segment")
            if german
            else (group, "Document name", "Code", "Segment")
        )
        rows: list[tuple[object, ...]] = [head]
        rows += [(city, f"{city}1", code, QUOTES[0]) for city in ("A", "B") for code in ("Geld", "Leute")]
        book(folder / f"{name}.xlsx", rows)
    for name, case in (("zitate", "Fall"), ("quotations", "case")):
        rows = [("Document", "Quotation Content", "Codes", case), ("i1", QUOTES[0], "Geld\nLeute", "A")]
        book(folder / f"{name}.xlsx", rows)
    book(folder / "codierungen.xlsx", codings("Stadt", "A", "B"))
    book(folder / "codings.xlsx", codings("city", "A", "B"))
    book(folder / "kamen.xlsx", codings("Stadt", "K"))
    refi(folder / "soest.qdpx", "role")
    for name, city in (("study", "city"), ("studie", "Stadt")):
        coder = QualCoder(folder / name)
        for k in (1, 2):
            number = coder.text(f"i{k}", QUOTES[0])
            coder.coding(number, coder.code(f"Code {k}"), "Leute", QUOTES[0])
            coder.insert("attribute", name=city, attr_type="file", value=f"Ort {k}", id=number)
        shutil.move(coder.done(), folder / f"{name}.qda")
    made = Taguette(folder / "taguette.sqlite3")
    document = made.document(f"<p>{QUOTES[0]}</p>", "i1")
    made.highlight(document, 0, len(QUOTES[0].encode()), QUOTES[0], (made.tag("Geld"), made.tag("Leute")))
    made.done()
    more_exports(folder)


def more_exports(folder: Path) -> None:
    """Write those of programs that fewer people use."""
    head = ("Media Title", "Excerpt Copy", "Code: Geld Applied", "Code: Leute Applied", "Stadt", "city")
    book(
        folder / "excerpts.xlsx",
        [head, *((f"i{k}", QUOTES[0], True, True, f"S{k}", f"S{k}") for k in (1, 2))],
    )
    for name, city in (("study", "city"), ("studie", "Stadt")):
        coded = Rqda(folder / f"{name}-rqda")
        for k in (1, 2):
            coded.text(k, f"i{k}")
            coded.insert("freecode", id=k, name=f"Code {k}")
            coded.coding("Leute", code=k, file=k)
            coded.insert("fileAttr", variable=city, value=f"Ort {k}", fileID=k)
        shutil.move(coded.done(), folder / f"{name}.rqda")
        network = Dna(folder / f"{name}-dna")
        number = network.document(Source="Zeitung")
        network.statement(number, concept="Personalmangel", agreement=1)
        shutil.move(network.done(), folder / f"{name}.dna")
    for name, column in (("map", "province"), ("karte", "Provinz")):
        with xlsxwriter.Workbook(str(folder / f"{name}.xlsx")) as made:
            sheets: dict[str, list[tuple[object, ...]]] = {
                "factors": [("factor_id", "label"), (1, "Geld"), (2, "Leute")],
                "sources": [("source_id", column), ("i1", "Nord"), ("i2", "Süd")],
                "statements": [
                    ("statement_id", "source_id", "text"),
                    (1, "i1", QUOTES[0]),
                    (2, "i2", QUOTES[1]),
                ],
                "links": [
                    ("from", "to", "statement_id", "quote"),
                    (1, 2, 1, QUOTES[0]),
                    (1, 2, 2, QUOTES[1]),
                ],
            }
            for sheet, rows in sheets.items():
                written = made.add_worksheet(sheet)
                for r, row in enumerate(rows):
                    written.write_row(r, 0, row)
    for name in ("annotations", "annotationen"):
        brat(folder / name, marked(1, "Personalmangel", "Leute"))


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what would be opened in a browser."""
    found: list[str] = []

    def note(url: str, *_: object) -> bool:
        found.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", note)
    return found


def do(line: str) -> str:
    program, *words = shlex.split(line)
    assert program == "qualnet"
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, f"{line}\n{done.output}"
    return done.output


def walk(folder: Path, page: Path, variable: str) -> list[str]:
    """Do a page; a worklist is filled in before it is read back."""
    exports(folder)
    refi(folder / "export.qdpx", variable)
    outputs = []
    for block in blocks(page):
        if block.name:
            write(folder, [block])
        for line in block.text.splitlines() if block.language == "console" else ():
            if line.startswith("$ make "):
                continue
            words = shlex.split(line.removeprefix("$ "))
            if "init" in words:
                # each program's example makes the same project
                shutil.rmtree(folder / words[words.index("init") + 1], ignore_errors=True)
            if "read" in words and words[-2].endswith(".xlsx"):
                answer(folder / words[-2])
            outputs.append(do(line.removeprefix("$ ")))
    return outputs


def answer(path: Path) -> None:
    """Say of each passage that its first code acts on its second one."""
    rows = table(path)
    cause, effect, sign = ("Ursache", "Wirkung", "Vorzeichen") if "Ursache" in rows[0] else WORDS
    filled = [
        row | dict(zip((cause, effect), row["Codes"].split("; "), strict=False)) | {sign: "-"} for row in rows
    ]
    book(path, [tuple(rows[0]), *(tuple(row.values()) for row in filled)])


@pytest.mark.parametrize(("name", "variable"), [("five-steps.de", "Stadt"), ("five-steps", "city")])
def test_the_five_steps_can_be_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, variable: str
) -> None:
    monkeypatch.chdir(tmp_path)
    walk(tmp_path, DOCS / f"{name}.md", variable)
    project = tmp_path / ("meine-studie" if name.endswith("de") else "my-study")
    study = build(project, write=False)
    assert [c.name for c in study.cases] == ["A", "B", "Kamen"]
    made = {p.name for p in project.iterdir()}
    assert {"share", "feedback", "overlays"} <= made
    assert len([p for p in made if p.startswith("INTERN-")]) == 6
    # by hand: two passages of two interviews each, in the new city too
    for network in study.networks.values():
        assert [(i.n_sources, i.sign) for i in network.drawn.values()] == [(2, "-"), (2, "-")]


def test_the_readme_can_be_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    walk(tmp_path, ROOT / "README.md", "city")
    assert (tmp_path / "my-study" / "outputs" / "index.html").is_file()
    assert (tmp_path / "outputs" / "index.html").is_file()


@pytest.fixture
def demonstration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("codebooks", "interviews"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("qualnet.yaml", "layout.json"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_tutorial_can_be_done(demonstration: Path) -> None:
    outputs, states = [], []
    for line in commands(DOCS / "tutorial.de.md"):
        outputs.append(do(line))
        if line == "qualnet build":
            text = (demonstration / "outputs" / "tables" / "interactions.csv").read_text("utf-8-sig")
            key = ("stated", "soest", "communication", "acceptance_deficit")
            (row,) = (
                r
                for r in csv.DictReader(io.StringIO(text))
                if (r["layer"], r["case"], r["cause"], r["effect"]) == key
            )
            states.append((row["n_negative"], row["n_positive"], row["contested"]))
    # what the page tells: four against one, contested until the one is withdrawn
    assert states == [("4", "1", "true"), ("4", "0", "false"), ("4", "1", "true")]
    assert "SO5-4" in "".join(outputs)


def test_the_english_tutorial_types_the_same() -> None:
    german, english = (
        [shlex.split(line) for line in commands(DOCS / f"tutorial{ending}.md")] for ending in (".de", "")
    )
    for a, b in zip(german, english, strict=True):
        own = {i + 1 for i, word in enumerate(a) if word in {"--why", "-o"}}  # a reason, a new file's name
        assert [w for i, w in enumerate(a) if i not in own] == [w for i, w in enumerate(b) if i not in own]


@pytest.mark.samples
def test_a_real_export_goes_from_codings_to_a_second_city_and_a_dossier(
    samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(samples / "maxqda" / "maxqdar_test.xls", "segmente.xls")
    shutil.copy(samples / "taguette" / "generated_taguette_1.5.2.sqlite3", "taguette.sqlite3")
    do("qualnet init meine-studie --from segmente.xls --case Lissabon")
    # what the page says of a short list: the command tells of the way by paragraphs
    assert "--by paragraph" in do("qualnet claims sheet meine-studie --coder AB")
    work = "meine-studie/INTERN-absaetze.xlsx"
    do(f"qualnet claims sheet meine-studie --coder AB --by paragraph -o {work}")
    answer(Path(work))
    do(f"qualnet claims read {work} meine-studie")
    do("qualnet city add Soest taguette.sqlite3 meine-studie")
    do("qualnet claims sheet meine-studie --coder AB --case Soest")
    answer(Path("meine-studie/INTERN-Arbeitsliste-ab-soest.xlsx"))
    do("qualnet claims read meine-studie/INTERN-Arbeitsliste-ab-soest.xlsx meine-studie")
    do("qualnet build meine-studie")
    do("qualnet dossier write meine-studie")
    study = build(Path("meine-studie"), write=False)
    # by hand: each of the 41 places of the export is one claim, and so is the only one of the other city
    assert [(c.name, sum(x.case_id == c.case_id for x in study.claims)) for c in study.cases] == [
        ("Lissabon", 41),
        ("Soest", 1),
    ]
    assert Path("meine-studie/INTERN-Dossier.zip").is_file()


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_say_the_same_with_the_same_headings_and_commands(name: str) -> None:
    pages = (DOCS / f"{name}.de.md", DOCS / f"{name}.md")
    said = []
    for page in pages:
        text = page.read_text("utf-8")
        lines = [line for line in text.splitlines() if line.startswith("#") and not line.startswith("#!")]
        levels = [line.split(" ")[0] for line in lines]
        typed = [shlex.split(line.replace("--lang en ", "")) for line in commands(page)]
        verbs = [[w for w in words if w.islower() and w.isalpha()][:3] for words in typed]
        tables = sum(line.startswith("| ") for line in text.splitlines())
        said.append(
            (levels, [v[:2] for v in verbs], [len(words) for words in typed], tables, text.count("!["))
        )
    assert said[0] == said[1]
