"""`qualnet city`."""

from __future__ import annotations

from pathlib import Path

import click

from qualnet.cli._common import PROJECT, Group, bilingual, say, typed
from qualnet.language import counted

__all__ = ["command"]


@bilingual("""Städte eines Projekts.""")
@click.group("city", cls=Group)
def command() -> None:
    """Cities of a project."""


@bilingual(
    """Nimm die Stadt NAME mit ihrem Material FILE in ein Projekt auf, in einem Schritt.

    Das Material wird ins Projekt kopiert; die Stadt bekommt ein Codebuch, das das gemeinsame
    erweitert (Codes, die nur hier vorkommen, stehen schon darin), eine Zeile in der Tabelle der
    Fakten und einen Eintrag in qualnet.yaml. Geht etwas nicht, bleibt das Projekt, wie es war.

    \b
    Beispiel:
      qualnet city add Kamen kamen.xlsx
    """
)
@command.command("add")
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@PROJECT
def add(name: str, file: Path, project: Path) -> None:
    """Add the city NAME with its material FILE to a project, in one step.

    The material is copied into the project; the city gets a codebook that extends the common one
    (codes found only here stand in it already), a row in the table of facts and an entry in
    qualnet.yaml. If something cannot be done, the project stays as it was.

    \b
    Example:
      qualnet city add Kamen kamen.xlsx
    """
    from qualnet.city import add_city  # noqa: PLC0415

    made = add_city(project, name, file)
    say(
        f"{name}: {counted(made.n_documents, 'Interview', 'Interviews')} aus {made.material}",
        f"{name}: {counted(made.n_documents, 'interview', 'interviews')} out of {made.material}",
    )
    codes = ", ".join(made.codes)
    say(
        f"Codebuch: {made.codebook}" + (f"; neu darin: {codes}" if codes else ""),
        f"Codebook: {made.codebook}" + (f"; new in it: {codes}" if codes else ""),
    )
    if made.facts:
        say(
            f"Fakten zur Stadt: bitte in {made.facts} eintragen",
            f"Facts about the city: please fill in {made.facts}",
        )
    check, build = typed("check", project), typed("build", project)
    say(f"Weiter: {check}, dann {build}", f"Next: {check}, then {build}")
