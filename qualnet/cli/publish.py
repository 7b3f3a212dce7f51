"""`qualnet publish`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualnet.cli._common import PROJECT, Command, bilingual, say, typed

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@bilingual(
    """Schreibe share/: was von PROJECT weitergegeben werden darf.

    Ohne Zitate, mit gröberen Rollen, und nichts, was weniger Interviews nennen, als
    `privacy: min_sources` verlangt. Steht in einer Datei ein Name aus der Schlüsseldatei, wird
    nichts geschrieben.

    \b
    Beispiel:
      qualnet publish
    """
)
@click.command("publish", cls=Command)
@PROJECT
def command(project: Path) -> None:
    """Write share/: what of PROJECT may be passed on.

    Without quotes, with coarser roles, and nothing that fewer interviews name than
    `privacy: min_sources` demands. When a file would hold a name of the key file, nothing is
    written.

    \b
    Example:
      qualnet publish
    """
    from qualnet.pipeline import publish  # noqa: PLC0415

    target = publish(project)
    look = typed("open --share", project)
    say(
        f"Geschrieben: {target}. Bitte ansehen, bevor es jemand bekommt: {look}",
        f"Written: {target}. Please look at it before anybody gets it: {look}",
    )
