"""`qualnet map`."""

from __future__ import annotations

from pathlib import Path

import click

from qualnet.cli._common import Command, bilingual, language, say

__all__ = ["command"]


@bilingual(
    """Schreibe neben die Tabelle FILE eine Datei, die sagt, was ihre Spalten bedeuten.

    Für Tabellen mit Spalten, die qualnet nicht kennt. Was sich aus Namen und Werten erkennen lässt,
    steht schon darin; Sie prüfen und ändern es in einem Texteditor. Von da an wird die Tabelle so
    gelesen, und jede andere mit options: {mapping: DATEI}. Nichts wird überschrieben.

    \b
    Beispiele:
      qualnet map codierungen.xlsx
      qualnet import codierungen.xlsx --dry-run
    """
)
@click.command("map", cls=Command)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Write a file beside the table FILE that says what its columns mean.

    For tables whose columns qualnet does not know. What names and values tell stands in it already;
    you check and change it in a text editor. From then on the table is read in this way, and any
    other one with options: {mapping: FILE}. Nothing is overwritten.

    \b
    Examples:
      qualnet map codings.xlsx
      qualnet import codings.xlsx --dry-run
    """
    from qualnet.files import writing  # noqa: PLC0415
    from qualnet.importing import propose_mapping  # noqa: PLC0415

    proposal = propose_mapping(file, language())
    with writing(proposal.path.parent):
        proposal.path.write_text(proposal.text, "utf-8")
    say(f"Geschrieben: {proposal.path}", f"Written: {proposal.path}")
    if proposal.guessed:
        names = ", ".join(f"'{name}'" for name in proposal.guessed)
        say(f"Geraten, bitte prüfen: {names}", f"Guessed, please check: {names}")
    if proposal.signs:
        names = ", ".join(f"'{word}'" for word in proposal.signs)
        say(f"Welches Vorzeichen ist gemeint? {names}", f"Which sign is meant? {names}")
    if proposal.open_fields:
        names = ", ".join(proposal.open_fields)
        say(f"Noch offen, bitte eintragen: {names}", f"Still open, please fill in: {names}")
    say(f"Weiter: qualnet import {file} --dry-run", f"Next: qualnet import {file} --dry-run")
