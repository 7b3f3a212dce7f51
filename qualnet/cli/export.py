"""`qualnet export`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from qualnet.cli._common import PROJECT, Command, bilingual, language, option, say

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@bilingual(
    """Schreibe PROJECT in einer Form, die andere Programme öffnen, nach export/.

    Ohne --format: die Formen. Ein REFI-QDA-Projekt (qdpx) enthält die Texte der Interviews und
    bleibt wie sie intern; mit --share kommt nur heraus, was `qualnet publish` weitergibt.

    \b
    Beispiele:
      qualnet export --format qdpx
      qualnet export --format qdpx --claims codes
      qualnet export --format causal-map --share
    """
)
@click.command("export", cls=Command)
@PROJECT
@option("--format", "form", metavar="FORM", de="Die Form.", en="The form.")
@option(
    "--claims",
    type=click.Choice(["notes", "codes"]),
    default="notes",
    show_default=True,
    de="qdpx: Aussagen als Notizen an ihren Stellen oder als Codes »A -> B (+)«.",
    en="qdpx: claims as notes on their passages, or as codes `A -> B (+)`.",
)
@option(
    "--utf16",
    is_flag=True,
    de="qdpx: Stellen so zählen wie NVivo (UTF-16); sonst nach dem Standard.",
    en="qdpx: count positions as NVivo does (UTF-16); else by the standard.",
)
@option(
    "--share",
    is_flag=True,
    de="Nur was weitergegeben werden darf: ohne Zitate, ohne kleine Zahlen.",
    en="Only what may be passed on: no quotes, no small counts.",
)
def command(
    project: Path, form: str | None, claims: Literal["notes", "codes"], *, utf16: bool, share: bool
) -> None:
    """Write PROJECT in a form that other programs open, into export/.

    Without --format: the forms. A REFI-QDA project (qdpx) holds the texts of the interviews and
    is as internal as they are; with --share only what `qualnet publish` passes on comes out.

    \b
    Examples:
      qualnet export --format qdpx
      qualnet export --format qdpx --claims codes
      qualnet export --format causal-map --share
    """
    from qualnet.exporting import export, formats  # noqa: PLC0415

    if form is None:
        for name in formats:
            click.echo(f"{name.replace('_', '-'):16} {formats.module(name).SUMMARY[language()]}")
        return
    if share and form == "dna":
        asked = {
            "de": "dna besteht aus einzelnen Aussagen, und die werden nicht weitergegeben",
            "en": "dna consists of single claims, and those are not passed on",
        }
        raise click.UsageError(asked[language()])
    study, files = export(project, form.replace("-", "_"), claims=claims, utf16=utf16, share=share)
    for path in files:
        say(f"Geschrieben: {path}", f"Written: {path}")
    beyond = any(char > "\uffff" for d in study.corpus.documents for char in d.text or "")
    if form == "qdpx" and beyond and not utf16:
        say(
            "Texte enthalten Zeichen wie Emoji. Verrutschen Stellen in Ihrem Programm: --utf16",
            "Texts hold characters such as emoji. When passages are shifted in your program: --utf16",
            err=True,
        )
    if not share:
        say(
            "Intern. Zum Weitergeben an andere: --share",
            "Internal. To pass it on to others: --share",
            err=True,
        )
