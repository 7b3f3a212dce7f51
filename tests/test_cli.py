"""The command line stays light and says what each command is for."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from qualnet.cli import main
from qualnet.cli._common import Command


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


def test_layers_and_schemas_are_listed() -> None:
    runner = CliRunner()
    listed = runner.invoke(main, ["layers"]).output
    assert [line.split()[0] for line in listed.splitlines()] == [
        "overlap",
        "paragraph",
        "proximity",
        "stated",
    ]
    schema = json.loads(runner.invoke(main, ["schema", "codebook"]).output)
    assert {"format", "id"} <= set(schema["required"])
