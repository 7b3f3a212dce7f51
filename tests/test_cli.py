"""The command line stays light and says what each command is for."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from qualnet.cli import main
from qualnet.cli._common import Command
from tests.project_files import CLAIMS, project


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom qualnet.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'pandas', 'networkx', 'pyvis', 'numpy', 'pydantic'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stderr.strip() == "[]"


def commands(group: click.Group, path: str = "") -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        if isinstance(command, click.Group):
            found += commands(command, f"{path}{name} ")
        else:
            found.append((f"{path}{name}", command))
    return found


@pytest.mark.parametrize(("path", "command"), commands(main), ids=lambda x: x if isinstance(x, str) else "")
def test_every_command_has_an_example(path: str, command: click.Command) -> None:
    assert isinstance(command, Command)
    for text in (command.help or "", command.german):
        assert f"qualnet {path}" in text.replace("qualnet --lang en ", "qualnet ")


@pytest.mark.parametrize(("path", "command"), commands(main), ids=lambda x: x if isinstance(x, str) else "")
def test_help_is_german_unless_english_is_wanted(
    path: str, command: click.Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del command
    monkeypatch.chdir(tmp_path)
    german = CliRunner().invoke(main, [*path.split(), "--help"])
    english = CliRunner().invoke(main, ["--lang", "en", *path.split(), "--help"])
    assert german.exit_code == english.exit_code == 0
    assert german.output.startswith("Aufruf:")
    assert english.output.startswith("Usage:")
    assert "Diese Hilfe zeigen." in german.output
    assert "Show this message" in english.output


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_list_of_commands_gives_whole_sentences(language: str) -> None:
    for group in ((), ("claims",), ("agreement",), ("codebook",), ("dossier",), ("feedback",)):
        listed = CliRunner().invoke(main, ["--lang", language, *group, "--help"]).output
        rows = listed.partition("Befehle:\n" if language == "de" else "Commands:\n")[2]
        texts = re.split(r"^  \w+", rows, flags=re.MULTILINE)[1:]
        assert len(texts) > 1
        assert all(text.rstrip().endswith((".", "?", ".)")) for text in texts), listed


def test_what_to_type_next_works_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export = "Dokument;Stadt;Code;Zitat\ni1;A;Leute;Es fehlt an Leuten.\ni1;A;Geld;Es fehlt an Leuten.\n"
    (tmp_path / "export.csv").write_text(export, "utf-8")
    monkeypatch.chdir(tmp_path)

    def next_after(*call: str) -> list[str]:
        done = CliRunner().invoke(main, call)
        assert done.exit_code == 0, done.output
        return shlex.split(done.output.splitlines()[-1].partition("qualnet ")[2])

    built = next_after("init", "Meine Studie", "--from", "export.csv", "--case-by", "Stadt")
    assert built == ["build", "Meine Studie"]
    assert CliRunner().invoke(main, built).exit_code == 0
    read = next_after("claims", "sheet", "Meine Studie", "--coder", "AB")
    assert next_after(*read) == built
    shared = next_after("publish", "Meine Studie")
    assert shared == ["open", "--share", "Meine Studie"]
    # in the project's own folder it needs no name
    monkeypatch.chdir(tmp_path / "Meine Studie")
    assert next_after("publish") == ["open", "--share"]


def test_layers_and_schemas_are_listed() -> None:
    runner = CliRunner()
    listed = runner.invoke(main, ["layers"]).output
    assert [line.split()[0] for line in listed.splitlines()] == [
        "matrix",
        "overlap",
        "paragraph",
        "proximity",
        "stated",
    ]
    schema = json.loads(runner.invoke(main, ["schema", "codebook"]).output)
    assert {"format", "id"} <= set(schema["required"])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Aufruf: main build [OPTIONS] [PROJECT]\nHilfe: main build --help\n\nFehler: die Option '--formt' gibt es nicht; meinten Sie '--format'?\n"),
        ("en", "Usage: main build [OPTIONS] [PROJECT]\nTry 'main build --help' for help.\n\nError: No such option '--formt'. Did you mean '--format'?\n"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told_in_the_reader_s_language(language: str, said: str) -> None:
    result = CliRunner().invoke(main, ["--lang", language, "build", "--formt", "json"])
    assert (result.exit_code, result.output) == (2, said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["biuld"], "den Befehl 'biuld' gibt es nicht"),
        (["init", "x"], "es fehlt '--from'"),
        (
            ["init", "x", "--from", "nix", "--case", "A"],
            "'--from': die Datei oder den Ordner 'nix' gibt es nicht",
        ),
        (["check", "--format", "xml"], "'--format': 'xml' ist keines von 'text', 'json'"),
        (["readers", "all"], "zu viel angegeben: all"),
        (["--lang"], "die Option '--lang' braucht eine Angabe"),
        (["codebook", "new", " ", "--extends", "starter"], "der Name ist leer"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_in_german(words: list[str], said: str) -> None:
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert result.output.splitlines()[-1] == f"Fehler: {said}"


def test_problems_of_a_build_are_json_where_it_is_asked_for(tmp_path: Path) -> None:
    folder = project(tmp_path, CLAIMS.replace("i2;A;staff", "i2;A;stafff"))
    result = CliRunner().invoke(main, ["build", str(folder), "--format", "json"])
    assert result.exit_code == 3
    (problem,) = json.loads(result.stdout)["problems"]
    assert (problem["rule"], problem["place"], problem["severity"]) == (
        "unknown-code",
        "claims.csv, Zeile 4, Spalte Ursache",
        "error",
    )


def test_check_counts_what_it_says_often(tmp_path: Path) -> None:
    head = CLAIMS.splitlines()[0]
    rows = "".join(f"i{k};A;staff;staff;-;x{k};;;\n" for k in range(6))
    result = CliRunner().invoke(main, ["check", str(project(tmp_path, f"{head}\n{rows}"))])
    assert result.stdout.splitlines() == ["6 × self-claim", "0 Fehler, 6 Warnungen"]


def test_a_shipped_codebook_is_shown_by_its_name() -> None:
    shown = CliRunner().invoke(main, ["codebook", "show", "starter"])
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) >= 13
    missing = CliRunner().invoke(main, ["codebook", "show", "startr"])
    assert missing.exit_code == 2
    assert "meinten Sie 'starter'?" in missing.output
