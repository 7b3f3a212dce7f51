"""`qualnet feedback`."""

from __future__ import annotations

from pathlib import Path

import click

from qualnet.cli._common import PROJECT, Group, bilingual, language, option, say, typed
from qualnet.cli.claims import now
from qualnet.language import counted

__all__ = ["command"]


@bilingual("""Zurück ins Feld (kommunikative Validierung): Blätter ohne Zitate, und was zurückkommt.""")
@click.group("feedback", cls=Group)
def command() -> None:
    """Back to the field (communicative validation): sheets without quotes, and what comes back."""


@bilingual(
    """Schreibe für jede Stadt ein Blatt: jeder Pfeil als Satz, stimmt / stimmt nicht / fehlt.

    Zum Drucken (.html) und zum Eintragen (.xlsx), ohne Zitate und Namen. Aufgenommen ist, was
    mindestens `privacy: min_sources` Interviews nennen.

    \b
    Beispiel:
      qualnet feedback sheet
    """
)
@command.command("sheet")
@PROJECT
@option("--case", default="", de="Nur diese Stadt.", en="Only this city.")
@option(
    "--min-sources",
    type=click.IntRange(1),
    de="Wie viele Interviews einen Pfeil mindestens nennen; sonst wie im Projekt.",
    en="How many interviews name an arrow at least; else as in the project.",
)
@option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    de="Wohin; sonst feedback im Projekt.",
    en="Where to; else feedback in the project.",
)
def sheet(project: Path, case: str, min_sources: int | None, folder: Path | None) -> None:
    """Write a sheet for each city: every arrow as a sentence, true / not true / missing.

    To print (.html) and to fill in (.xlsx), without quotes and names. It holds what at least
    `privacy: min_sources` interviews name.

    \b
    Example:
      qualnet feedback sheet
    """
    from qualnet.forms.field import write_sheets  # noqa: PLC0415

    for paths, n in write_sheets(project, language(), case=case, least=min_sources, folder=folder):
        names = ", ".join(map(str, paths))
        say(f"{counted(n, 'Satz', 'Sätze')}: {names}", f"{counted(n, 'sentence', 'sentences')}: {names}")
    german = typed("feedback read --date 2026-05-04 DATEI", project)
    english = typed("feedback read --date 2026-05-04 FILE", project)
    say(
        f"Bitte ansehen, bevor es jemand bekommt. Zurück: {german}",
        f"Please look at it before anybody gets it. Back: {english}",
    )


@bilingual(
    """Lies ein ausgefülltes Blatt FILE ein; es zählt für sich, nie mit den Interviews.

    \b
    Beispiel:
      qualnet feedback read soest.xlsx --date 2026-05-04 --role Verwaltung
    """
)
@command.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@PROJECT
@option("--date", default="", de="Tag des Treffens.", en="Day of the meeting.")
@option("--role", default="", de="Rolle, allgemein; keine Namen.", en="Role, general; no names.")
@option("--form", "form_id", default="", de="Name des Blattes, z. B. R1.", en="Name of the sheet, e.g. R1.")
def read(file: Path, project: Path, date: str, role: str, form_id: str) -> None:
    """Read a sheet FILE that was filled in; it counts by itself, never with the interviews.

    \b
    Example:
      qualnet feedback read soest.xlsx --date 2026-05-04 --role administration
    """
    from qualnet.forms.field import read_sheet  # noqa: PLC0415

    given = read_sheet(file, project, form_id=form_id, date=date, role=role, now=now())
    say(
        f"{len(given.new)} neu, {given.n_same} wie bisher, {given.n_open} ohne Antwort",
        f"{len(given.new)} new, {given.n_same} as before, {given.n_open} without an answer",
    )
    say(f"Weiter: {typed('build', project)}", f"Next: {typed('build', project)}")
