"""`qualnet report`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import PROJECT, Command, bilingual, language, option, say

if TYPE_CHECKING:
    from qualnet.forms.chapter import Format

__all__ = ["command"]


@bilingual(
    """Schreibe ein Ergebniskapitel als Rohfassung: zusammengestellt, nicht gedeutet.

    Je Stadt und im Vergleich: Herausforderungen, Treiber und Wechselwirkungen als Sätze mit
    »k von n«, je ein Zitat und die Gegenstimme mit Fundstelle (B3, Abs. 47), Abbildungen,
    Methode und die COREQ-Punkte, die sich füllen lassen. Die Datei ist INTERN; mit --public
    ohne Zitate, wie bei qualnet publish.

    \b
    Beispiele:
      qualnet report
      qualnet report --format html --case Soest
      qualnet report --format md --public
    """
)
@click.command("report", cls=Command)
@PROJECT
@option(
    "--format",
    "kind",
    type=click.Choice(["docx", "md", "html"]),
    default="docx",
    show_default=True,
    de="Word, Markdown oder HTML.",
    en="Word, Markdown or HTML.",
)
@option("--case", default="", de="Nur diese Stadt.", en="Only this city.")
@option(
    "--public",
    is_flag=True,
    de="Nur, was weitergegeben werden darf: ohne Zitate und kleine Zahlen.",
    en="Only what may be passed on: without quotes and small counts.",
)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    de="Datei; sonst INTERN-Ergebnisse.docx im Projekt.",
    en="File; else INTERN-results.docx in the project.",
)
def command(project: Path, kind: Format, case: str, *, public: bool, output: Path | None) -> None:
    """Write a results chapter as a raw version: assembled, not interpreted.

    By city and across cities: challenges, drivers and interactions as sentences with "k of n", a
    quote each and the opposing voice with their place (B3, para. 47), figures, methods, and the
    items of COREQ that can be filled in. The file is internal; with --public it has no quotes, as
    with qualnet publish.

    \b
    Examples:
      qualnet report
      qualnet report --format html --case Soest
      qualnet report --format md --public
    """
    from qualnet.forms.chapter import write_chapter  # noqa: PLC0415

    first, *others = write_chapter(project, language(), kind, case=case, public=public, output=output)
    say(f"Geschrieben: {first}", f"Written: {first}")
    for path in others:
        say(f"  Abbildung: {path.name}", f"  figure: {path.name}")
    if public:
        say("Bitte ansehen, bevor es jemand bekommt.", "Please look at it before anybody gets it.")
