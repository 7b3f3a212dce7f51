"""`qualnet codebook`: what a researcher sees when she changes a codebook and passes it on."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qualnet.cli import main
from qualnet.codebook import load_codebook
from qualnet.problems import Problems

TOWN = """format: 1
id: town
extends: starter
codes:
  - {id: lab, label: {de: Labor, en: Lab}}   # ours
"""


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "codebooks" / "town.yaml"
    path.parent.mkdir()
    path.write_text(TOWN, "utf-8")
    return path


def call(*words: str, lang: str = "en") -> Result:
    result = CliRunner().invoke(main, ["--lang", lang, "codebook", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def ids(path: Path) -> set[str]:
    book = load_codebook(path, path.parent, Problems())
    assert book
    return set(book.codes)


def test_a_dry_run_shows_the_change_and_writes_nothing(town: Path) -> None:
    result = call("rename", "town", "lab", "space", "--label-de", "Raum", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "--- town.yaml",
        "+++ town.yaml",
        "@@ -2,4 +2,4 @@",
        " id: town",
        " extends: starter",
        " codes:",
        "-  - {id: lab, label: {de: Labor, en: Lab}}   # ours",
        "+  - {id: space, label: {de: Raum, en: Lab}, aliases: [lab, Labor]}   # ours",
    ]
    assert result.stderr == "Nothing written (--dry-run).\n"
    assert town.read_text("utf-8") == TOWN


def test_every_change_is_shown_and_written(town: Path) -> None:
    codes = sorted(ids(town) - {"lab"})
    first, second, third, fourth, *_ = codes
    assert call("rename", "town", "lab", "space", lang="de").stderr == "Geändert: codebooks/town.yaml\n"
    assert call("rename", "codebooks/town.yaml", first, "one", "--label", "Eins").exit_code == 0
    merged = call(
        "merge", "town", second, "space", "--into", "two", "--label-de", "Zwei", "--label-en", "Two"
    )
    assert (
        f"+  - {{merge: [{second}, space]" in merged.stdout
        or f"+  - merge: [{second}, space]" in merged.stdout
    )
    words = ("split", "town", third, "--into", "a", "--label-de", "A", "--into", "b", "--label-de", "B")
    assert call(*words).exit_code == 0
    assert call("split", "town", "one", "--into", "c", "--into", "d").exit_code == 0
    assert call("retire", "town", fourth, "--because", "nie genannt").exit_code == 0
    assert ids(town) == {*codes[4:], "two", "a", "b", "c", "d"}
    assert "# ours" in town.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("rename", "town", "lob", "x"), 2, "town.yaml: unknown-code: rename 'lob' is no code of this codebook\n    did you mean 'lab'?"),
        (("rename", "starter", "a", "b"), 2, "starter: unknown-codebook: there is no codebook 'starter'"),
        (("rename", "town", "lab", "x", "--label", "X", "--label-en", "X"), 2, "give either --label, or --label-de and --label-en"),
        (("split", "town", "lab", "--into", "x"), 2, "give two different --into or more"),
        (("split", "town", "lab", "--into", "x", "--into", "y", "--label", "X"), 2, "give no label, or one for each part"),
        (("retire", "town", "lab"), 2, "Missing option '--because'"),
        (("update", "town", "--from", "town.csv"), 2, "'town.csv' does not exist"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told(town: Path, words: tuple[str, ...], code: int, said: str) -> None:
    result = call(*words)
    assert (result.exit_code, said in result.stderr) == (code, True), result.output
    assert town.read_text("utf-8") == TOWN


def test_a_change_that_breaks_the_codebook_is_not_written(town: Path) -> None:
    town.write_text(TOWN + "  - {id: x, label: X, aliases: [y]}\n", "utf-8")
    result = call("rename", "town", "lab", "y", lang="de")
    assert result.exit_code == 3
    assert "town.yaml:6:6: alias-claimed-twice: 'y' bezeichnet schon den Code 'y'" in result.stderr
    assert "id: lab" in town.read_text("utf-8")


def test_differences_are_sentences_or_rows(town: Path) -> None:
    del town
    assert call("diff", "starter", "town").stdout == "The code lab (Lab) is new.\n"
    assert call("diff", "starter", "town", lang="de").stdout == "Der Code lab (Labor) ist neu.\n"
    assert call("diff", "town", "town").stdout == "No difference.\n"
    rows = json.loads(call("diff", "town", "starter", "--format", "json").stdout)["differences"]
    assert [(row["what"], row["how"], row["name"]) for row in rows] == [("code", "removed", "lab")]


@pytest.mark.parametrize(
    ("form", "ending", "start"),
    [
        ("kodierleitfaden", "html", b"<!doctype html>"),
        ("csv", "csv", b"\xef\xbb\xbfid,"),
        ("xlsx", "xlsx", b"PK"),
        ("qdc", "qdc", b"<?xml"),
        ("md", "md", b"# Coding guide: "),
        ("docx", "docx", b"PK"),
    ],
)
def test_every_form_is_written_beside_nothing(town: Path, form: str, ending: str, start: bytes) -> None:
    path = Path(f"town.{ending}")
    n = len(ids(town))
    assert call("export", "town", "--format", form).stdout == f"Written: {path} with {n} codes\n"
    content = path.read_bytes()
    assert content.startswith(start)
    assert call("export", "town", "--format", form).exit_code == 0
    assert path.read_bytes() == content
    path.write_bytes(b"mine")
    result = call("export", "town", "--format", form)
    assert (result.exit_code, path.read_bytes()) == (5, b"mine")
    assert "exists-already" in result.stderr
    assert call("export", "town", "--format", form, "-o", str(path)).exit_code == 0
    assert path.read_bytes() == content


def test_a_spreadsheet_goes_out_and_comes_back(town: Path) -> None:
    call("export", "town", "--format", "csv")
    same = call("update", "town", "--from", "town.csv")
    assert (same.stdout, same.stderr) == ("Nothing changes.\n", "")
    table = Path("town.csv").read_text("utf-8").replace("Labor", "Werkstatt")
    Path("town.csv").write_text(table, "utf-8")
    result = call("update", "town", "--from", "town.csv")
    assert "+  - {id: lab, label: {de: Werkstatt, en: Lab}}   # ours" in result.stdout
    assert "Werkstatt" in town.read_text("utf-8")
    assert call("new", "Meins", "--from", "town.csv").exit_code == 0
    assert ids(Path("codebooks/meins.yaml")) == ids(town)
    assert "Werkstatt" in call("show", "meins", lang="de").stdout


def test_a_code_without_a_row_stays_and_is_named(town: Path) -> None:
    Path("t.csv").write_text("Code;Definition;Zahl\nNeues;d;1\n", "utf-8")
    result = call("update", "town", "--from", "t.csv", lang="de")
    assert result.exit_code == 0
    assert result.stderr == (
        "t.csv, Zeile 1, Spalte Zahl: column-not-used: die Spalte 'Zahl' wird nicht verwendet\n"
        "Geändert: codebooks/town.yaml\n"
        "1 Code hat in der Tabelle keine Zeile, nichts gelöscht: lab\n"
    )
    assert {"lab", "neues"} <= ids(town)


def test_a_table_with_faults_changes_nothing(town: Path) -> None:
    Path("t.csv").write_text("Code;Art\nNeues;Treibr\n;x\n", "utf-8")
    result = call("update", "town", "--from", "t.csv")
    assert result.exit_code == 3
    assert "t.csv, row 2, column Art: unknown-value" in result.stderr
    assert "t.csv, row 3: row-without-code" in result.stderr
    Path("t.csv").write_text("", "utf-8")
    assert "t.csv: empty-file" in call("update", "town", "--from", "t.csv").stderr
    assert call("new", "x", "--from", "t.csv").exit_code == 3
    assert town.read_text("utf-8") == TOWN


def test_a_new_codebook_tells_what_it_did_not_use(town: Path) -> None:
    del town
    Path("t.csv").write_text("Name;Zahl\nA;1\n", "utf-8")
    result = call("new", "x", "--from", "t.csv")
    assert result.exit_code == 0
    assert "t.csv, row 1, column Zahl: column-not-used" in result.stderr


def test_a_codebook_with_faults_is_neither_shown_nor_passed_on(town: Path) -> None:
    town.write_text("format: 1\nid: town\ncodez: []\n", "utf-8")
    for words in (("show", "town"), ("diff", "town", "town"), ("export", "town", "--format", "md")):
        result = call(*words)
        assert (result.exit_code, "unknown-field" in result.stderr) == (3, True)


VILLAGE = """format: 1
id: village
extends: town
codes:
  - {id: corner, label: Ecke, parent: lab}
changes:
  - {split: lab, into: [corner]}
hypotheses:
  - {cause: corner, effect: space, sign: +, support: literature}
"""


def test_codebooks_that_extend_a_changed_one_follow(town: Path) -> None:
    town.write_text(TOWN + "  - {id: space, label: Raum}\n", "utf-8")
    village = town.with_name("village.yaml")
    village.write_text(VILLAGE, "utf-8")
    (town.parent / "hamlet.yaml").write_text("format: 1\nid: hamlet\nextends: village\n", "utf-8")
    (town.parent / "broken.yaml").write_text("format: 1\n", "utf-8")
    result = call("rename", "town", "lab", "workshop")
    assert result.stderr == "Changed: codebooks/town.yaml\nChanged: codebooks/village.yaml\n"
    assert village.read_text("utf-8") == VILLAGE.replace("lab,", "workshop,").replace(
        "parent: lab", "parent: workshop"
    )
    assert "corner" in ids(village)
    # a code that another codebook builds on cannot be taken away
    before = town.read_bytes(), village.read_bytes()
    refused = call("retire", "town", "workshop", "--because", "nie genannt")
    assert refused.exit_code == 3
    assert "village.yaml" in refused.stderr
    assert (town.read_bytes(), village.read_bytes()) == before


def test_codebooks_in_a_folder_below_follow_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.yaml").write_text(TOWN.replace("id: town", "id: base"), "utf-8")
    (tmp_path / "codebooks").mkdir()
    child = tmp_path / "codebooks" / "child.yaml"
    child.write_text(
        "format: 1\nid: child\nextends: base\nchanges:\n  - {rename: lab, to: studio}\n", "utf-8"
    )
    done = call("merge", "base.yaml", "lab", "--into", "workshop")
    assert done.exit_code == 0, done.output
    assert "{rename: workshop, to: studio}" in child.read_text("utf-8")
    book = load_codebook(child, tmp_path, Problems())
    assert book
    assert "studio" in book.codes
