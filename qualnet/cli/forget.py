"""`qualnet forget`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import PROJECT, Command, bilingual, option, say, show
from qualnet.cli.claims import now
from qualnet.language import counted

if TYPE_CHECKING:
    from pathlib import Path

    from qualnet.forgetting import Outside, Plan

__all__ = ["command"]

KINDS = {
    "output": ("Ausgaben", "outputs"),
    "store": ("Zwischenspeicher", "store"),
    "form": ("Arbeitslisten und Seiten", "worklists and pages"),
    "overlay": ("Entscheidungen", "decisions"),
    "table": ("Tabellen", "tables"),
    "input": ("Material", "material"),
    "project": ("Projektdatei", "project file"),
}
LISTED = 12


@bilingual(
    """Lösche ein Interview DOC aus PROJECT, etwa nach einem Widerruf.

    Zeigt zuerst, was gelöscht wird, und fragt. Dann gehen Text, Codierungen, Aussagen,
    Entscheidungen, Zwischenspeicher, Ausgaben und Arbeitslisten. Zum Schluss steht da, wohin
    qualnet nicht reicht: Versionsverwaltung, Sicherungen, Kopien. Rückgängig machen lässt es sich nicht.

    \b
    Beispiele:
      qualnet forget Interview_07 --dry-run     nur zeigen
      qualnet forget Interview_07
    """
)
@click.command("forget", cls=Command)
@click.argument("doc")
@PROJECT
@option("--dry-run", is_flag=True, de="Nur zeigen, nichts ändern.", en="Only show, change nothing.")
@option("--yes", is_flag=True, de="Nicht fragen.", en="Do not ask.")
def command(doc: str, project: Path, *, dry_run: bool, yes: bool) -> None:
    """Delete an interview DOC from PROJECT, after a withdrawal for example.

    Shows first what will be deleted, and asks. Then text, codings, claims, decisions, store,
    outputs and worklists go. At the end it says what qualnet cannot reach: version control,
    backups, copies. It cannot be undone.

    \b
    Examples:
      qualnet forget Interview_07 --dry-run     only show
      qualnet forget Interview_07
    """
    from qualnet.forgetting import carry_out, look_outside, plan_forgetting  # noqa: PLC0415

    plan = plan_forgetting(project, doc)
    if not plan.changes:
        when = plan.before[:10]
        say(
            f"'{plan.document}' wurde am {when} gelöscht; hier ist nichts mehr davon.",
            f"'{plan.document}' was deleted on {when}; nothing of it is left here.",
        )
        show(plan.left)
        return
    _show_plan(plan)
    outside = look_outside(plan.loaded.folder, [c.path for c in plan.changes])
    if dry_run:
        _show_rest(plan, outside)
        say("Es wurde nichts geändert.", "Nothing was changed.")
        return
    if not yes and not _confirmed(plan.document):
        say("Es wurde nichts geändert.", "Nothing was changed.")
        return
    carry_out(plan, now())
    say(f"'{plan.document}' ist gelöscht.", f"'{plan.document}' is deleted.")
    _show_rest(plan, outside)
    if plan.is_last:
        say("Das Projekt hat kein Interview mehr.", "The project has no interview any more.")
    else:
        say("qualnet build baut die Ausgaben neu.", "qualnet build builds the outputs anew.")


def _confirmed(document: str) -> bool:
    say("Das lässt sich nicht rückgängig machen.", "This cannot be undone.")
    say("Zum Löschen den Namen des Interviews eingeben:", "To delete, type the name of the interview:")
    return bool(click.prompt("", default="", show_default=False, prompt_suffix="> ").strip() == document)


def _show_plan(plan: Plan) -> None:
    n = len(plan.changes)
    say(
        f"'{plan.document}': {counted(n, 'Datei', 'Dateien')},"
        f" {counted(plan.n_rows, 'Tabellenzeile', 'Tabellenzeilen')},"
        f" {counted(plan.n_claims, 'Wirkungsaussage', 'Wirkungsaussagen')}",
        f"'{plan.document}': {counted(n, 'file', 'files')},"
        f" {counted(plan.n_rows, 'row of a table', 'rows of tables')},"
        f" {counted(plan.n_claims, 'claim', 'claims')}",
    )
    shown: Counter[str] = Counter()
    total = Counter(c.kind for c in plan.changes)
    for change in plan.changes:
        de, en = KINDS[change.kind]
        if not shown[change.kind]:
            say(f"{de}:", f"{en}:")
        shown[change.kind] += 1
        if shown[change.kind] > LISTED and change.kind == "output":
            continue
        if change.content is None:
            say(f"  {change.shown}: wird gelöscht", f"  {change.shown}: will be deleted")
        elif change.n_rows:
            rows = counted(change.n_rows, "Zeile wird", "Zeilen werden")
            say(
                f"  {change.shown}: {rows} gelöscht",
                f"  {change.shown}: {counted(change.n_rows, 'row', 'rows')} will be deleted",
            )
        else:
            say(
                f"  {change.shown}: wird ohne das Interview neu geschrieben",
                f"  {change.shown}: will be written anew without the interview",
            )
        if shown[change.kind] == LISTED < total[change.kind] and change.kind == "output":
            more = total[change.kind] - LISTED
            say(f"  und {more} weitere", f"  and {more} more")
    for case in plan.cases:
        say(
            f"{case} hat dann kein Interview mehr; Angaben und Rückmeldungen zu {case} werden mit gelöscht.",
            f"{case} will have no interview any more; facts and feedback about {case} are deleted as well.",
        )


def _show_rest(plan: Plan, outside: Outside) -> None:
    """Say what is not deleted, and what nobody can see from here."""
    show(plan.left)
    if plan.unsearched:
        say(
            "Nicht durchsucht (Bild, Ton, PDF, verschlüsselt, zu groß, Verknüpfung); bitte selbst nachsehen:",
            "Not searched (picture, sound, PDF, encrypted, very large or a link); please look yourself:",
        )
        for name in plan.unsearched:
            click.echo(f"  {name}")
    say("Hierhin reicht qualnet nicht:", "What qualnet cannot reach:")
    if outside.repository:
        _show_history(outside)
    if outside.cloud:
        say(
            f"  - Cloud-Ordner '{outside.cloud}': alte Fassungen und Papierkorb dort löschen",
            f"  - cloud folder '{outside.cloud}': delete old versions and the bin there",
        )
    say(
        "  - Ihr Projekt in MAXQDA, Taguette usw.: dort löschen, künftig ohne das Interview exportieren",
        "  - your project in MAXQDA, Taguette etc.: delete it there, export without it from now on",
    )
    say(
        "  - Aufnahme, Transkript und Schlüsseldatei außerhalb dieses Ordners",
        "  - recording, transcript and key file outside this folder",
    )
    say(
        "  - Sicherungen, E-Mails, Ausdrucke, Kopien bei anderen (Arbeitslisten, Dossiers, Seiten im Netz)",
        "  - backups, e-mails, prints, copies that others have (worklists, dossiers, published pages)",
    )
    say(
        "  - angefangene Arbeit im Browser an einer Seite 'Stellen': Websitedaten des Browsers löschen",
        "  - unfinished work in the browser on a page 'Places': delete the browser's site data",
    )


def _show_history(outside: Outside) -> None:
    if outside.tracked is None:
        say(
            f"  - Versionsverwaltung in {outside.repository}: git ließ sich nicht befragen",
            f"  - version control in {outside.repository}: git could not be asked",
        )
    for name, commits in outside.tracked or ():
        listed = ", ".join(commits[:LISTED]) + (" ..." if len(commits) > LISTED else "")
        say(f"  - Versionsverwaltung: {name} in {listed}", f"  - version control: {name} in {listed}")
    if outside.tracked:
        say(
            "    (wie man es dort entfernt: docs/data-protection.de.md)",
            "    (how to remove it there: docs/data-protection.md)",
        )
