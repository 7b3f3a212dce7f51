"""`qualnet report`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import PROJECT, Command, bilingual, language, option, say

if TYPE_CHECKING:
    from qualnet.forms.report import Format

__all__ = ["command"]


@bilingual(
    """Schreibe das Ergebniskapitel von PROJECT als Rohfassung: zusammengestellt, nicht gedeutet.

    Je Stadt und über die Städte: Material, Herausforderungen, Treiber, Wirkbeziehungen als Sätze
    mit k von n, Zitat, Gegenstimme und Fundstelle, Schleifen, Abbildungen, Grenzen, Methode, COREQ.
    Es enthält Zitate und ist INTERN, außer mit --public.

    \b
    Beispiele:
      qualnet report
      qualnet report --format html --case Soest
      qualnet report --format md --public -o ergebnisse.md
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
    de="Für Word, als Markdown mit Abbildungen daneben, oder als Seite zum Lesen und Drucken.",
    en="For Word, as Markdown with its figures beside it, or as a page to read and print.",
)
@option("--case", default="", de="Nur diese Stadt.", en="Only this city.")
@option(
    "--public",
    is_flag=True,
    de="Was weitergegeben werden darf: ohne Zitate, ohne was zu wenige nennen.",
    en="What may be passed on: without quotes, without what too few name.",
)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    de="Datei; sonst INTERN-Ergebnisse im Projekt.",
    en="File; else INTERN-Results in the project.",
)
def command(project: Path, kind: Format, case: str, output: Path | None, *, public: bool) -> None:
    """Write the results chapter of PROJECT as a raw version: assembled, not interpreted.

    By city and across cities: material, challenges, drivers, interactions as sentences with k of
    n, quote, opposing voice and reference, loops, figures, limits, methods, COREQ. It holds quotes
    and is INTERNAL, but with --public.

    \b
    Examples:
      qualnet report
      qualnet report --format html --case Soest
      qualnet report --format md --public -o results.md
    """
    from qualnet.forms.report import write_report  # noqa: PLC0415

    paths = write_report(project, language(), form=kind, case=case, public=public, output=output)
    names = ", ".join(map(str, paths))
    say(f"Geschrieben: {names}", f"Written: {names}")
    if public:
        say("Bitte ansehen, bevor es jemand bekommt.", "Please look at it before anybody gets it.")
