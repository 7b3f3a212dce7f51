"""`qualnet import`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualnet.cli._common import FORMAT, PROJECT, Command, bilingual, language, option, plain, say, show, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualnet.importing import Arrival, Changed, Difference, Look

__all__ = ["command"]

LISTED = 8
LONGEST = 30
KINDS = {
    "attributes": "Angaben",
    "cases": "Fälle",
    "cells with codes": "Zellen mit Codes, Zahl bestätigt",
    "categories": "Kategorien",
    "coders": "Codierer:innen",
    "codes": "Codes",
    "codings": "Codierungen",
    "comments": "Kommentare",
    "decided": "Entscheidungen",
    "document_cases": "Fälle von Dokumenten",
    "extras": "Unbekanntes (aufgehoben)",
    "documents": "Dokumente",
    "memos": "Memos",
    "paragraphs": "Absätze",
    "relation_evidence": "Belege von Beziehungen",
    "relations": "Beziehungen",
    "segments": "Textstellen",
    "sets": "Gruppen",
    "speakers": "Sprecher:innen",
    "statements": "Aussagen",
    "variables": "Variablen",
}
"""In German; in English the tables' own names serve."""
ONE = {
    "document": ("Dokument", "document"),
    "code": ("Code", "code"),
    "coding": ("Codierung", "coding"),
    "claim": ("Beziehung", "relation"),
    "attribute": ("Angabe", "attribute"),
}


@bilingual(
    """Nimm den Export FILE in PROJECT auf, oder seine neuere Fassung an die Stelle der alten.

    Zeigt, was in der Datei steht und was davon gelesen wird, wie die Dokumente zu ihrer Stadt
    kommen können, und bei einer neueren Fassung, was neu, geändert und weggefallen ist und welche
    Ihrer Entscheidungen Sie ansehen sollten. Mit --dry-run wird nichts geschrieben; das geht auch
    ohne Projekt. Geht etwas nicht, bleibt das Projekt, wie es war.

    \b
    Beispiele:
      qualnet import export.qdpx --dry-run
      qualnet import export.qdpx --case-by Stadt
      qualnet import interviews-mai.qdpx --replace interviews/interviews-april.qdpx
    """
)
@click.command("import", cls=Command)
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@PROJECT
@option("--dry-run", is_flag=True, de="Nur zeigen, nichts schreiben.", en="Only show, write nothing.")
@option("--case", de="Der eine Fall aller Dokumente.", en="The one case of all documents.")
@option(
    "--case-by",
    de="Merkmal, dessen Werte die Fälle sind.",
    en="Attribute whose values are the cases.",
)
@option(
    "--case-in-name",
    de="Wo der Fall im Namen der Dokumente steht: '{case}_*' für Soest_03.",
    en="Where the case stands in the documents' names: '{case}_*' for Soest_03.",
)
@option(
    "--replace",
    metavar="INPUT",
    de="Die Eingabe, an deren Stelle die Datei tritt, wenn sie anders heißt.",
    en="The input whose place the file takes, where that is called otherwise.",
)
@option(
    "--codebook",
    type=click.Path(exists=True, dir_okay=False),
    de="Liste der Codes, wenn der Export sie braucht (ATLAS.ti).",
    en="List of the codes, where the export needs one (ATLAS.ti).",
)
@option(
    "--option",
    "options",
    multiple=True,
    metavar="NAME=VALUE",
    de="Eine Option des Lesers, siehe docs/formats.md.",
    en="An option of the reader, see docs/formats.md.",
)
@option("--yes", is_flag=True, de="Nicht fragen.", en="Do not ask.")
@FORMAT
def command(
    file: Path,
    project: Path,
    form: str,
    case: str | None,
    case_by: str | None,
    case_in_name: str | None,
    replace: str | None,
    codebook: str | None,
    options: Sequence[str],
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    """Bring the export FILE into PROJECT, or its newer version in the place of the old one.

    Shows what stands in the file and what of it is read, by which rules its documents would find
    their city, and, for a newer version, what is new, changed and gone and which of your decisions
    you should look at. With --dry-run nothing is written; that works without a project as well. If
    something cannot be done, the project stays as it was.

    \b
    Examples:
      qualnet import export.qdpx --dry-run
      qualnet import export.qdpx --case-by city
      qualnet import interviews-may.qdpx --replace interviews/interviews-april.qdpx
    """
    from qualnet.importing import bring_in, look_into, plan_import  # noqa: PLC0415
    from qualnet.problems import UsageError  # noqa: PLC0415
    from qualnet.project import find_project  # noqa: PLC0415

    rules = {"case": case, "case_by": case_by, "case_in_name": case_in_name}
    rule = {field: value for field, value in rules.items() if value}
    if len(rule) > 1:
        _misused(
            "höchstens eines angeben: --case, --case-by oder --case-in-name",
            "give at most one of --case, --case-by and --case-in-name",
        )
    given = dict(_pair(text) for text in options) | ({"codebook": codebook} if codebook else {})
    try:
        find_project(project)
    except UsageError:
        if not dry_run:
            raise
        look = look_into(file, given, Path())
        _show_look(look, form)
        sys.exit(3 if look.problems.errors else 0)
    arrival = plan_import(project, file, rule, given, replace or "")
    if form == "text" or dry_run:
        _show_look(arrival.look, form, arrival)
    if arrival.new_problems and form == "text":
        show(arrival.new_problems)
    if arrival.entry is not None and any(p.rule == "unknown-code" for p in arrival.new_problems):
        say(
            "Eine neue Stadt mit eigenen Codes nimmt qualnet city add NAME FILE auf.",
            "A new city with codes of its own comes in by qualnet city add NAME FILE.",
            err=form == "json",
        )
    if arrival.new_problems:
        say("Nichts wurde geschrieben.", "Nothing was written.", err=form == "json")
        sys.exit(3)
    if dry_run:
        return
    if arrival.is_same:
        say(
            "Diese Datei liegt schon im Projekt; nichts ist zu tun.",
            "This very file is in the project already; nothing is to be done.",
        )
        return
    risky = bool(arrival.review or (arrival.changes and arrival.changes.removed))
    if risky and not yes and not click.confirm(_in("Trotzdem übernehmen?", "Take it all the same?")):
        say("Nichts wurde geschrieben.", "Nothing was written.")
        return
    bring_in(arrival)
    check, build = typed("check", project), typed("build", project)
    say(f"Liegt jetzt in {arrival.target}", f"Lies in {arrival.target} now")
    say(f"Weiter: {check}, dann {build}", f"Next: {check}, then {build}")


def _in(de: str, en: str) -> str:
    return {"de": de, "en": en}[language()]


def _misused(de: str, en: str) -> None:
    raise click.UsageError(_in(de, en))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        _misused(f"--option {text}: NAME=VALUE", f"--option {text}: NAME=VALUE")
    return name.strip(), value.strip()


def _show_look(look: Look, form: str, arrival: Arrival | None = None) -> None:
    if form == "json":
        whole: dict[str, Any] = {
            "format": ", ".join(look.format),
            "kinds": {kind: asdict(counts) for kind, counts in look.kinds.items()},
            "offset_rule": look.offset_rule,
            "case_rules": [asdict(rule) for rule in look.case_rules],
            "problems": plain([*look.problems, *(arrival.new_problems if arrival else ())]),
        }
        if arrival and arrival.changes is not None:
            whole |= {"changes": asdict(arrival.changes), "review": plain(arrival.review)}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
        return
    show(look.problems, fold=True, whole="--format json")
    if not look.format:
        return
    name = look.files[0].name
    formats = ", ".join(look.format)
    say(f"{name}: Leser {formats}", f"{name}: reader {formats}")
    if look.offset_rule:
        say(f"Positionen gezählt in: {look.offset_rule}", f"Positions counted in: {look.offset_rule}")
    _show_kinds(look)
    for list_ in dict.fromkeys(issue.note for issue in look.corpus.issues if issue.note):
        say(f"Codes getrennt nach der Liste {list_}", f"Codes parted by the list {list_}")
    if arrival is None or arrival.entry is not None:
        _show_rules(look)
    if arrival and arrival.changes is not None:
        _show_changes(arrival.changes)
    if arrival and arrival.review:
        say(
            f"\nEntschiedenes und Codiertes, das Sie ansehen sollten ({len(arrival.review)}):",
            f"\nDecisions and codings to look at ({len(arrival.review)}):",
        )
        show(arrival.review)


def _show_kinds(look: Look) -> None:
    rows = [(_in("", ""), _in("in der Datei", "in the file"), _in("gelesen", "read"))]
    rows += [
        (_in(KINDS.get(kind, kind), kind.replace("_", " ")), str(n.seen), str(n.kept))
        for kind, n in look.kinds.items()
    ]
    width = max(len(row[0]) for row in rows)
    click.echo()
    for kind, seen, kept in rows:
        click.echo(f"  {kind:{width}}  {seen:>12}  {kept:>8}")


def _show_rules(look: Look) -> None:
    if not look.kinds.get("documents"):
        return
    click.echo()
    if not look.case_rules:
        say(
            "Keine Regel nennt die Städte: geben Sie --case an.",
            "No rule tells the cities: give --case.",
        )
        return
    say("Regeln, nach denen die Dokumente ihre Stadt finden:", "Rules by which documents find their city:")
    for rule in look.case_rules[:LISTED]:
        cases = ", ".join(f"{_short(name)} {n}" for name, n in list(rule.cases.items())[:LISTED])
        cases += ", ..." if len(rule.cases) > LISTED else ""
        without = _in(f"; ohne Stadt: {rule.n_without}", f"; without a city: {rule.n_without}")
        flag = f'--{rule.field.replace("_", "-")} "{rule.value}"' if rule.field else ""
        own = _in(f"die Datei selbst ({rule.value})", f"the file itself ({rule.value})")
        click.echo(f"  {flag or own}: {cases}{without if rule.n_without else ''}")
    more = len(look.case_rules) - LISTED
    if more > 0:
        say(f"  und {more} weitere", f"  and {more} more")


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 3]}..."


def _show_changes(changes: Difference) -> None:
    click.echo()
    if not changes:
        say("Gegenüber der alten Fassung ist nichts anders.", "Nothing differs from the old version.")
        return
    say("Gegenüber der alten Fassung:", "Against the old version:")
    for (de, en), rows in (
        (("neu", "new"), changes.added),
        (("geändert", "changed"), changes.changed),
        (("weggefallen", "gone"), changes.removed),
    ):
        if rows:
            say(f"  {de}: {len(rows)}", f"  {en}: {len(rows)}")
        for row in rows[:LISTED]:
            click.echo(f"    {_in(*ONE[row.kind])} {_said(row)}")
        if len(rows) > LISTED:
            say(f"    und {len(rows) - LISTED} weitere", f"    and {len(rows) - LISTED} more")


def _said(row: Changed) -> str:
    if row.kind == "document" and row.old and row.new:
        return _in(f"{row.new} (Text)", f"{row.new} (text)")
    return f"{row.old}\n      -> {row.new}" if row.old and row.new else row.old or row.new
