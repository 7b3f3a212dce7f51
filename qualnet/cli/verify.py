"""`qualnet verify`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualnet.cli._common import PROJECT, Command, bilingual, say
from qualnet.language import counted
from qualnet.problems import Problems

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@bilingual(
    """Nenne jede Ausgabe von PROJECT, die fehlt oder vom Verzeichnis abweicht.

    \b
    Beispiel:
      qualnet verify
    """
)
@click.command("verify", cls=Command)
@PROJECT
def command(project: Path) -> None:
    """Name every output of PROJECT that is missing or differs from the manifest.

    \b
    Example:
      qualnet verify
    """
    from qualnet.files import changed_files, finish  # noqa: PLC0415
    from qualnet.project import find_project, load_project  # noqa: PLC0415

    problems = Problems()
    loaded = load_project(find_project(project), problems)
    problems.stop_on_errors()
    if loaded is None:
        problems.fail()
    output = loaded.project.report.output
    finish(loaded.path(output), loaded.folder)
    n = changed_files(loaded.path(output), output, problems)
    problems.stop_on_errors()
    say(f"{counted(n, 'Datei', 'Dateien')} unverändert", f"{counted(n, 'file', 'files')} unchanged")
