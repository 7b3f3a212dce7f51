"""The docs say what the code does: every example is run, every list is compared."""

import configparser
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from pathlib import Path

import click
import pytest
import xlsxwriter
from click.testing import CliRunner
from ruamel.yaml import YAML

from qualnet import __version__, build, problems, project
from qualnet.cli import main
from qualnet.codebook import model
from qualnet.comparison import tables
from qualnet.corpus.cases import CASE_COLUMNS
from qualnet.overlays import ASSIGNMENTS, CORRECTIONS, DECISIONS, FEEDBACK, FORGOTTEN, RELEASES, VERDICTS
from qualnet.readers import _mapping, _words
from qualnet.rules import RULES
from tests.project_files import project as small_project

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(p for p in (DOCS / "rules").glob("*.md") if p.stem != "README")
BLOCK = re.compile(r"^```(\w+)(?: +([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# A page shows no example where it would need a full disk, a second process or a huge file.
NO_EXAMPLE = {"too-large", "busy", "cannot-write", "cell-cut", "no-table", "reading-stopped"}
UNDEFINED = {"code-without-definition", "codebook-without-definitions"}


@dataclass(frozen=True)
class Block:
    """A fenced block of a page; named ones are files of the example."""

    language: str
    name: str
    words: tuple[str, ...]
    text: str


def blocks(page: Path) -> list[Block]:
    found = []
    for language, info, text in BLOCK.findall(page.read_text("utf-8")):
        name, *words = info.split() or [""]
        found.append(Block(language, name, tuple(words), text))
    return found


def write(folder: Path, files: list[Block]) -> None:
    """Write the files of an example; `book.xlsx#name` is a sheet of a workbook, SQL makes a database."""
    books: dict[str, dict[str, str]] = {}
    for block in files:
        name, _, sheet = block.name.partition("#")
        if sheet:
            books.setdefault(name, {})[sheet] = block.text
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if block.language == "sql":
            with closing(sqlite3.connect(path)) as database:
                database.executescript(block.text)
            continue
        path.write_bytes(block.text.encode("cp1252" if "cp1252" in block.words else "utf-8"))
    for name, sheets in books.items():
        book = xlsxwriter.Workbook(folder / name)
        for sheet, text in sheets.items():
            table = book.add_worksheet(sheet)
            for i, line in enumerate(text.splitlines()):
                table.write_row(i, 0, line.split(","))
        book.close()


def run(folder: Path, line: str) -> str:
    """Run one line of an example: qualnet itself, or the removal of a file."""
    program, *words = line.removeprefix("$ ").split()
    if program == "rm":
        (folder / words[0]).unlink()
        return ""
    assert program == "qualnet", line
    return CliRunner().invoke(main, words).output


def rules_in(output: str) -> set[str]:
    return set(re.findall(r"^\S.*?: ([a-z]+(?:-[a-z]+)*): ", output, re.MULTILINE)) & set(RULES)


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert {p.stem for p in PAGES} == set(RULES)


def test_what_is_generated_is_up_to_date() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(DOCS / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"run docs/generate.py\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_a_rule_is_explained_in_few_lines(page: Path) -> None:
    body = page.read_text("utf-8").partition("<!-- to here -->")[2]
    prose = [line for line in BLOCK.sub("", body).splitlines() if line.strip()]
    assert 2 <= len(prose) <= 10
    assert "To be written." not in body
    assert "does not report it yet" not in body


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, [b for b in blocks(DOCS / "rules" / "README.md") if b.name])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_project_of_the_examples_is_sound(example: Path) -> None:
    assert run(example, "qualnet check --strict").splitlines() == ["0 Fehler, 0 Warnungen"]


@pytest.mark.parametrize("page", [p for p in PAGES if p.stem not in NO_EXAMPLE], ids=lambda p: p.stem)
def test_an_example_causes_what_its_page_explains(page: Path, example: Path) -> None:
    output = ""
    found = [b for b in blocks(page) if "mended" not in b.words]
    write(example, [b for b in found if "#" in b.name])
    for block in found:
        if block.language == "console":
            output = "".join(run(example, line) for line in block.text.splitlines())
        elif block.name and "#" not in block.name:
            write(example, [block])
    output = output or run(example, "qualnet check")
    # an example for one thing does not make the reader look for another
    assert rules_in(output) - UNDEFINED <= {page.stem}
    assert page.stem in rules_in(output)


@pytest.mark.parametrize(
    "page", [p for p in PAGES if any("mended" in b.words for b in blocks(p))], ids=lambda p: p.stem
)
def test_a_mended_example_is_sound(page: Path, example: Path) -> None:
    named = [b for b in blocks(page) if b.name]
    write(example, [b for b in named if "mended" not in b.words])
    write(example, [b for b in named if "mended" in b.words])
    assert not rules_in(run(example, "qualnet check")) - UNDEFINED


def complete(page: Path) -> dict[str, list[list[str]]]:
    """Give the tables that claim to be complete: name to rows of cells without ticks."""
    found = {}
    for name, table in re.findall(
        r"^<!-- complete: (\S+) -->\n\n((?:\|.*\n)+)", page.read_text("utf-8"), re.MULTILINE
    ):
        rows = table.splitlines()[2:]
        found[name] = [[c.strip().strip("`") for c in row.strip("|").split("|")] for row in rows]
    return found


FORMATS = complete(DOCS / "formats.md")
SHAPES = [
    project.Project,
    project.Input,
    project.Coding,
    project.Privacy,
    project.Interactions,
    project.Report,
    model.CodebookFile,
    model.Code,
    model.Change,
    model.Recommendation,
    model.ActsOn,
    model.Edge,
    model.Hypothesis,
    _mapping.MappingFile,
    _mapping.TableMapping,
]


def default(field: Field[object]) -> str:
    """Write a field's default as the docs do."""
    value = field.default_factory() if field.default_factory is not MISSING else field.default
    if value is MISSING:
        return "needed"
    if is_dataclass(value):
        return "see below"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple) and value:
        return f"[{', '.join(map(str, value))}]"
    return str(value or "")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.__name__)
def test_every_field_of_a_file_is_documented_with_its_default(shape: type) -> None:
    documented = [(name, value) for name, value, _ in FORMATS[shape.__name__]]
    assert documented == [(f.name, default(f)) for f in fields(shape)]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("interactions.csv", tables.INTERACTION_COLUMNS),
        ("factors.csv", tables.FACTOR_COLUMNS),
        ("evidence.csv", tables.EVIDENCE_COLUMNS),
        ("loops.csv", tables.LOOP_COLUMNS),
        ("comparison.csv", tables.COMPARISON_COLUMNS),
        ("feedback.csv", tables.FEEDBACK_COLUMNS),
        ("cases", tuple(CASE_COLUMNS)),
        ("overlays/claims.csv", DECISIONS.columns),
        ("overlays/corrections.csv", CORRECTIONS.columns),
        ("overlays/consensus.csv", VERDICTS.columns),
        ("overlays/assignments.csv", ASSIGNMENTS.columns),
        ("overlays/forgotten.csv", FORGOTTEN.columns),
        ("overlays/releases.csv", RELEASES.columns),
        ("overlays/feedback.csv", FEEDBACK.columns),
    ],
)
def test_every_column_of_a_table_is_documented(name: str, columns: tuple[str, ...]) -> None:
    assert tuple(row[0] for row in FORMATS[name]) == columns


def test_every_name_of_a_column_that_is_understood_is_documented() -> None:
    assert {row[0]: tuple(row[1].split(", ")) for row in FORMATS["columns"]} == _words.COLUMNS


@pytest.mark.parametrize(("name", "words"), [("signs", _words._SIGNS), ("status", _words._STATUS)])  # noqa: SLF001
def test_every_word_for_a_sign_or_status_is_documented(name: str, words: dict[str, str]) -> None:
    documented = {word: row[0] for row in FORMATS[name] for word in row[1].split(", ")}
    assert documented == {word: meaning for word, meaning in words.items() if word}


def test_attributes_of_graphs_and_keys_of_the_manifest_are_documented(tmp_path: Path) -> None:
    study = build(small_project(tmp_path))
    graph = study.networks["A"].to_networkx()
    for name, items in (("node", graph.nodes.data()), ("edge", graph.edges.data())):
        for *_, attributes in items:
            assert list(attributes) == [row[0] for row in FORMATS[name]]
    manifest = json.loads((tmp_path / "outputs" / "manifest.json").read_text("utf-8"))
    assert sorted(manifest) == sorted(row[0] for row in FORMATS["manifest"])


def test_no_list_that_claims_to_be_complete_is_left_unchecked() -> None:
    checked = {s.__name__ for s in SHAPES} | {
        "columns",
        "signs",
        "status",
        "node",
        "edge",
        "manifest",
        "cases",
        "overlays/claims.csv",
        "overlays/corrections.csv",
        "overlays/consensus.csv",
        "overlays/assignments.csv",
        "overlays/forgotten.csv",
        "overlays/releases.csv",
        "overlays/feedback.csv",
    }
    assert set(FORMATS) == checked | {
        f"{n}.csv" for n in ("interactions", "factors", "evidence", "loops", "comparison", "feedback")
    }


CALL = "from qualnet.cli import main; main()"
MEASURE = (
    "import qualnet\nfrom qualnet.analysis import measures\n"
    "study = qualnet.build(write=False)\n"
    "print([measures['density'].density(n) for n in study.networks.values()])\n"
)


def called(path: Path, folder: Path, code: str, *words: str) -> str:
    """Run Python in a fresh process that finds what lies in `path` first."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("way", ["in the room", "by entry points"])
def test_the_parts_shown_to_contributors_work(
    way: str, example: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("path")
    shown = {b.name: b.text for b in blocks(ROOT / "CONTRIBUTING.md") if b.name}
    modules = [n for n in shown if n.endswith(".py")]
    assert len(modules) == 3
    if way == "in the room":
        shutil.copytree(ROOT / "qualnet", path / "qualnet", ignore=shutil.ignore_patterns("__pycache__"))
        for name in modules:
            (path / name).write_text(shown[name], "utf-8")
    else:
        (path / "my_package").mkdir()
        for name in modules:
            (path / "my_package" / Path(name).name).write_text(shown[name], "utf-8")
        points = configparser.ConfigParser()
        points.read_string(shown["setup.cfg"])
        about = path / "my_package-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: my-package\nVersion: 1.0\n", "utf-8")
        sections = (f"[{group}]\n{lines}\n" for group, lines in points["options.entry_points"].items())
        (about / "entry_points.txt").write_text("".join(sections), "utf-8")
    claim = {
        "document": "i1",
        "cause": "Personalmangel",
        "effect": "Fortschritt",
        "sign": "-",
        "quote": "...",
    }
    (example / "claims.json").write_text(json.dumps({"claims": [claim]}), "utf-8")
    text = (
        (example / "qualnet.yaml")
        .read_text("utf-8")
        .replace("path: claims.csv", "{path: claims.json, case: A-Stadt}")
    )
    (example / "qualnet.yaml").write_text(text, "utf-8")
    assert "json_claims" in called(path, example, CALL, "readers")
    called(path, example, CALL, "build")
    listed = (example / "outputs" / "lists" / "a-stadt.md").read_text("utf-8")
    assert listed == "# A-Stadt\n\n- staff_shortage -> progress (-): 1 of 1\n"
    assert called(path, example, MEASURE) == "[0.5]\n"


MARKDOWN = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def anchors(page: Path) -> set[str]:
    """Give the anchors that a page's headings get."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", BLOCK.sub("", page.read_text("utf-8"))):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


def every_command(group: click.Group, path: str = "") -> set[str]:
    names = set()
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        names.add(f"{path}{name}")
        if isinstance(command, click.Group):
            names |= every_command(command, f"{path}{name} ")
    return names


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_command_that_is_named_exists(page: Path) -> None:
    known = every_command(main)
    for call in re.findall(r"(?:`|\$ )qualnet ((?:--lang \w+ )?[a-z][a-z -]*)", page.read_text("utf-8")):
        words = call.removeprefix("--lang en ").split()
        assert words[0] in known or words[0] == "COMMAND", call
        if words[0] == "codebook":
            assert " ".join(words[:2]) in known, call


def test_every_decision_is_listed_and_numbered() -> None:
    folder = DOCS / "decisions"
    listed = re.findall(
        r"^\| \[(\d{4})\]\((.+?)\) \| (.+?) \|$", (folder / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert [int(number) for number, _, _ in listed] == list(range(1, len(listed) + 1))
    assert {name for _, name, _ in listed} == {p.name for p in folder.glob("0*.md")}
    for number, name, title in listed:
        first = (folder / name).read_text("utf-8").splitlines()[0]
        assert first == f"# {number} {title}"


def test_exit_codes_are_documented() -> None:
    codes = {int(n) for n in re.findall(r"^\| (\d) \|", (DOCS / "cli.md").read_text("utf-8"), re.MULTILINE)}
    raised = {
        c.exit_code
        for c in vars(problems).values()
        if isinstance(c, type) and issubclass(c, problems.QualnetError)
    }
    assert codes == raised | {0}


def test_the_table_in_the_readme_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, [b for b in blocks(ROOT / "README.md") if b.name])
    monkeypatch.chdir(tmp_path)
    assert not rules_in(run(tmp_path, "qualnet check")) - UNDEFINED
    assert build().networks["A-Stadt"].to_networkx().number_of_edges() == 1


def test_the_citation_names_this_version() -> None:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    cited = YAML(typ="safe", pure=True).load(text)
    assert cited["cff-version"] == "1.2.0"
    assert cited["version"] == __version__
    assert cited["authors"] == [{"name": "qualnet contributors"}]
    assert "not the codebook of that thesis" in cited["references"][0]["notes"]
