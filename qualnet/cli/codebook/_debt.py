"""`qualnet codebook debt`."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import FORMAT, PROJECT, bilingual, language, say
from qualnet.cli.codebook._group import command
from qualnet.language import Language, counted, text_in

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["debt"]

UNKNOWN: dict[Language, str] = {
    "de": "wann codiert wurde, steht in keiner Datei",
    "en": "no file says when it was coded",
}


@bilingual(
    """Nenne die Interviews, die codiert wurden, bevor es einen Code gab: nach ihm hat dort niemand gesucht.

    Seit wann es einen Code gibt, sagt sein Feld `since` im Codebuch.
    Wann codiert wurde, sagen die Exporte, die Entscheidungen in qualnet,
    oder eine Spalte codiert_am in Ihrer Tabelle der Interviews.

    \b
    Beispiel:
      qualnet codebook debt
    """
)
@command.command("debt")
@PROJECT
@FORMAT
def debt(project: Path, form: str) -> None:
    """List the interviews that were coded before a code existed: nobody looked for it there.

    Since when there is a code, its field `since` in the codebook says.
    When an interview was coded, the exports say, the decisions in qualnet,
    or a column coded_on in your table of interviews.

    \b
    Example:
      qualnet codebook debt
    """
    from qualnet.prepare import prepare_sound  # noqa: PLC0415
    from qualnet.project import find_project  # noqa: PLC0415

    prepared = prepare_sound(find_project(project))
    found = prepared.debt()
    if form == "json":
        click.echo(json.dumps({"debt": [asdict(x) for x in found]}, ensure_ascii=False, indent=1))
        return
    books = (prepared.codebook, *prepared.city_codebooks.values())
    labels = {code.id: text_in(code.label, language()) for book in books for code in book.codes.values()}
    for (code, since), debts in groupby(found, lambda x: (x.code_id, x.since)):
        say(f"{labels[code]} ({code}), neu seit {since}", f"{labels[code]} ({code}), new since {since}")
        for x in debts:
            last = {"de": f"zuletzt codiert am {x.last}", "en": f"last coded on {x.last}"}
            click.echo(f"  {x.document_id} ({x.case_id}): {(last if x.known else UNKNOWN)[language()]}")
    n = len({x.document_id for x in found})
    dated = any(code.since for book in books for code in book.codes.values())
    if found:
        say(
            f"{n} {'Interview ist' if n == 1 else 'Interviews sind'} daraufhin durchzusehen."
            " Danach die Stellen codieren; wo nichts ist, genügt ein neuer Tag in der Spalte codiert_am.",
            f"{counted(n, 'interview', 'interviews')} to look through."
            " Then code the places; where there is none, a new day in the column coded_on is enough.",
        )
    elif dated:
        say("Jedes codierte Interview kennt alle Codes.", "Every coded interview knows all codes.")
    else:
        say(
            "Kein Code sagt, seit wann es ihn gibt: geben Sie neuen Codes im Codebuch `since: 2026-11-30`.",
            "No code says since when there is one: give new codes `since: 2026-11-30` in the codebook.",
        )
