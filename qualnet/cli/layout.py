"""`qualnet layout`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import PROJECT, Command, bilingual, option, say

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@bilingual(
    """Zeige, wo die Faktoren im Bild stehen, oder ordne sie neu.

    Ein Lauf von build lässt jeden Faktor, wo er steht; nur --reset bewegt sie.

    \b
    Beispiele:
      qualnet layout
      qualnet layout --reset
    """
)
@click.command("layout", cls=Command)
@PROJECT
@option(
    "--reset",
    is_flag=True,
    de="Alle Faktoren neu anordnen und die Ausgaben neu schreiben.",
    en="Lay out all factors anew and write the outputs again.",
)
def command(project: Path, *, reset: bool) -> None:
    """Show where the factors stand in the picture, or lay them out anew.

    A build leaves every factor where it stands; only --reset moves them.

    \b
    Examples:
      qualnet layout
      qualnet layout --reset
    """
    from qualnet.pipeline import run  # noqa: PLC0415
    from qualnet.project import FILE_NAME, find_project  # noqa: PLC0415

    file = find_project(project).parent / "layout.json"
    if reset:
        run(project, move_factors=True)
    if not file.is_file():
        say(
            f"Noch keine Anordnung: qualnet build legt {file.name} neben {FILE_NAME} an.",
            f"No layout yet: qualnet build makes {file.name} beside {FILE_NAME}.",
        )
        return
    n = len(json.loads(file.read_text("utf-8"))["positions"])
    say(f"{file}: {n} Faktoren haben ihren Platz", f"{file}: {n} factors have their place")
