"""`qualnet open`."""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import PROJECT, Command, bilingual, option, say
from qualnet.problems import Place, Problem, Problems, UsageError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@bilingual(
    """Öffne die gebaute Seite von PROJECT im Browser.

    \b
    Beispiele:
      qualnet open
      qualnet open --share     die Fassung, die weitergegeben werden darf
    """
)
@click.command("open", cls=Command)
@PROJECT
@option("--share", is_flag=True, de="Die Seite aus share/ öffnen.", en="Open the page in share/.")
def command(project: Path, *, share: bool) -> None:
    """Open the page that was built for PROJECT in the browser.

    \b
    Examples:
      qualnet open
      qualnet open --share     the version that may be passed on
    """
    from qualnet.files import finish  # noqa: PLC0415
    from qualnet.project import find_project, load_project  # noqa: PLC0415

    problems = Problems()
    loaded = load_project(find_project(project), problems)
    problems.stop_on_errors()
    if loaded is None:
        problems.fail()
    folder = "share" if share else loaded.project.report.output
    finish(loaded.path(folder), loaded.folder)
    page = loaded.path(folder) / "index.html"
    if not page.is_file():
        made_by = "publish" if share else "build"
        raise UsageError(Problem(Place(f"{folder}/index.html"), "no-page", (("command", made_by),)))
    if not webbrowser.open(page.resolve().as_uri()):
        say(f"Kein Browser gefunden. Die Seite: {page}", f"No browser found. The page: {page}")
