"""The command line stays light and says what each command is for."""

import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from qualnet.cli import main


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
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += commands(command, f"{path}{name} ")
        else:
            found.append((f"{path}{name}", command))
    return found


@pytest.mark.parametrize(("path", "command"), commands(main), ids=lambda x: x if isinstance(x, str) else "")
def test_every_command_has_an_example(path: str, command: click.Command) -> None:
    assert f"qualnet {path}" in (command.help or "").replace("qualnet --lang en ", "qualnet ")


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
