"""The pages that users read first are done as they stand: every command, in its order, on small files."""

import shlex
import shutil
import webbrowser
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from qualnet import build
from qualnet.cli import main
from tests.claims.project import fill, table
from tests.readers.test_refi import CODES
from tests.readers.test_taguette import Taguette
from tests.test_docs import DOCS, ROOT, blocks, write

PAGES = ("five-steps", "tutorial", "coding-guide", "data-protection")
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
    made = Taguette(folder / "taguette.sqlite3")
    document = made.document(f"<p>{QUOTES[0]}</p>", "i1")
    made.highlight(document, 0, len(QUOTES[0].encode()), QUOTES[0], (made.tag("Geld"), made.tag("Leute")))
    made.done()


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
    german = "Textstelle" in rows[0]
    if not german:
        return
    given = {
        r["Textstelle"]: [
            dict(zip(("Ursache", "Wirkung"), r["Codes"].split("; "), strict=False)) | {"Vorzeichen": "-"}
        ]
        for r in rows
    }
    shutil.move(fill(path, given), path)


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
    assert len([p for p in made if p.startswith("INTERN-")]) == 5
    if name.endswith("de"):
        # by hand: two passages of two interviews each
        assert [(i.n_sources, i.sign) for i in study.networks["A"].drawn.values()] == [(2, "-"), (2, "-")]


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
    outputs = [do(line) for line in commands(DOCS / "tutorial.de.md")]
    # what the page tells of the arrow: four against one, contested until the one is withdrawn
    key = ("communication", "acceptance_deficit")
    study = build(demonstration, write=False)
    item = study.networks["soest"].drawn[key]
    assert (item.n_sources, item.contested) == (5, True)
    assert "SO5-4" in "".join(outputs)
    do("qualnet claims fix SO5-4 --coder AB --withdraw --why x")
    item = build(demonstration, write=False).networks["soest"].drawn[key]
    assert (item.n_sources, item.contested) == (4, False)


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
