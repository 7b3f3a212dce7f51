"""`qualnet mine`."""

from __future__ import annotations

from pathlib import Path

import click

from qualnet.cli._common import PROJECT, Command, bilingual, language, option, say

__all__ = ["command"]


@bilingual(
    """Schreibe die Seite »Und meine Stadt?« für andere Städte: ankreuzen, was man kennt.

    Eine Datei ohne Netz und ohne Zitate: welche Pfeile der untersuchten Städte zu einer
    Herausforderung sprechen, welche Empfehlungen ansetzen und wo keine ansetzt.

    \b
    Beispiel:
      qualnet mine
    """
)
@click.command("mine", cls=Command)
@PROJECT
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    de="Datei; sonst meine-stadt.html im Projekt.",
    en="File; else my-town.html in the project.",
)
def command(project: Path, output: Path | None) -> None:
    """Write the page "And my town?" for other towns: tick what you know.

    One file without network and without quotes: which arrows of the studied cities speak to a
    challenge, which recommendations start there, and where none does.

    \b
    Example:
      qualnet mine
    """
    from qualnet.forms.mine import write_town_page  # noqa: PLC0415

    path = write_town_page(project, language(), output)
    say(
        f"Geschrieben: {path}. Bitte ansehen, bevor es jemand bekommt.",
        f"Written: {path}. Please look at it before anybody gets it.",
    )
