"""`qualnet claims`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import FORMAT, PROJECT, Group, bilingual, language, option, say, show, typed
from qualnet.language import counted

if TYPE_CHECKING:
    from qualnet.forms.desk import Desk
    from qualnet.forms.fix import Event
    from qualnet.language import Language
    from qualnet.overlays import Level
    from qualnet.worklist import Completeness, Unit

__all__ = ["command", "now", "say_completeness"]

CODER = option("--coder", default="", de="Wer entscheidet (Kürzel).", en="Who decides (initials).")
BY = option(
    "--by",
    type=click.Choice(["segment", "paragraph"]),
    default="segment",
    show_default=True,
    de="Was eine Stelle ist: ein codiertes Segment, oder alle codierten Segmente eines Absatzes.",
    en="What a place is: a coded segment, or all coded segments of a paragraph.",
)
ID = click.argument("claim_id", metavar="ID")


MORE: dict[str, dict[Language, str]] = {
    "hedge": {"de": "Wie sicher die Person ist", "en": "How sure the person is"},
    "repeat": {"de": "Wiederholung", "en": "Repeat"},
    "strength": {"de": "Stärke", "en": "Strength"},
    "withdrawn": {"de": "Zurückgezogen", "en": "Withdrawn"},
    "release": {"de": "Freigabe", "en": "Release"},
}
"""Names of fields that the worklist does not ask for."""
YES: dict[Language, str] = {"de": "ja", "en": "yes"}
NONE: dict[Language, str] = {"de": "(nichts)", "en": "(nothing)"}


def now() -> str:
    """Give the time, ISO 8601, UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def say_completeness(done: Completeness) -> None:
    """Print how much is decided."""
    say(
        f"{done.n_cued_decided} von {done.n_cued} Stellen mit einem kausalen Ausdruck entschieden;"
        f" {done.n_decided} von {done.n_passages} Stellen insgesamt",
        f"{done.n_cued_decided} of {done.n_cued} places with a causal expression decided;"
        f" {done.n_decided} of {done.n_passages} places in all",
    )
    if done.n_uncoded:
        say(
            f"Dazu {counted(done.n_uncoded, 'uncodierter Satz', 'uncodierte Sätze')} mit kausalem Ausdruck"
            f" ({done.n_uncoded_decided} entschieden): qualnet claims page",
            f"Beside them {counted(done.n_uncoded, 'uncoded sentence', 'uncoded sentences')} with a causal"
            f" expression ({done.n_uncoded_decided} decided): qualnet claims page",
        )


def _told(event: Event) -> str:
    """Say what changed, in the words of the worklist; a sign stays the sign that it is."""
    from qualnet.forms.words import COLUMNS  # noqa: PLC0415

    name = (COLUMNS | MORE).get(event.field, {}).get(language(), event.field)
    was, now = ({"yes": YES[language()], "": NONE[language()]}.get(v, v) for v in (event.old, event.new))
    return f"{name}: {was} → {now}"


def _say_more(desk: Desk, by: Unit) -> None:
    more = len(desk.paragraphs)
    if by == "segment" and more > len(desk.passages):
        say(
            f"Codes, die im selben Absatz stehen, ergeben mehr ({more}): --by paragraph",
            f"Codes that stand in the same paragraph give more ({more}): --by paragraph",
        )


@bilingual(
    """Von Codierungen zu Wirkungsaussagen: Arbeitsliste schreiben und einlesen, Aussagen korrigieren."""
)
@click.group("claims", cls=Group)
def command() -> None:
    """From codings to claims: write the worklist and read it back, correct claims."""


@bilingual(
    """Schreibe eine Arbeitsliste (Excel): jede Stelle mit zwei Codes oder einem kausalen Ausdruck.

    \b
    Beispiele:
      qualnet claims sheet
      qualnet claims sheet --coder AB --case Soest -o soest.xlsx
    """
)
@command.command("sheet")
@PROJECT
@CODER
@option("--case", default="", de="Nur diese Stadt.", en="Only this city.")
@BY
@option("--open", "only_open", is_flag=True, de="Nur offene Stellen.", en="Only places not decided yet.")
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    de="Datei; sonst INTERN-Arbeitsliste-CODIERER[-STADT].xlsx im Projekt.",
    en="File; else INTERN-Worklist-CODER[-CITY].xlsx in the project.",
)
def sheet(project: Path, coder: str, case: str, output: Path | None, by: Unit, *, only_open: bool) -> None:
    """Write a worklist (Excel): every place with two codes or a causal expression.

    \b
    Examples:
      qualnet claims sheet
      qualnet claims sheet --coder AB --case Soest -o soest.xlsx
    """
    from qualnet.forms.desk import open_desk  # noqa: PLC0415

    desk = open_desk(project)
    who = desk.coder(coder)
    path, n = desk.write_sheet(who, language(), by=by, case=case, only_open=only_open, output=output)
    say(
        f"Geschrieben: {path} mit {counted(n, 'Stelle', 'Stellen')} für {who}",
        f"Written: {path} with {counted(n, 'place', 'places')} for {who}",
    )
    say_completeness(desk.completeness_by(by))
    _say_more(desk, by)
    back = typed("claims read", path, project)
    say(
        f"In Excel oder LibreOffice ausfüllen, dann: {back}",
        f"Fill it in with Excel or LibreOffice, then: {back}",
    )


@bilingual(
    """Schreibe eine Seite zum Klicken: Transkripte mit Codierungen und kausalen Ausdrücken.

    Auch Sätze mit einem kausalen Ausdruck, die niemand codiert hat, sind darin markiert. Die Seite
    ist eine Datei und braucht kein Netz; was sie sichert, liest `qualnet claims read` ein.

    \b
    Beispiel:
      qualnet claims page --coder AB --case Soest
    """
)
@command.command("page")
@PROJECT
@CODER
@option("--case", default="", de="Nur diese Stadt.", en="Only this city.")
@BY
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    de="Datei; sonst INTERN-Stellen-CODIERER[-STADT].html im Projekt.",
    en="File; else INTERN-Places-CODER[-CITY].html in the project.",
)
def page(project: Path, coder: str, case: str, by: Unit, output: Path | None) -> None:
    """Write a page to click in: transcripts with codings and causal expressions.

    Sentences with a causal expression that nobody has coded are marked in it too. The page is one
    file and needs no network; what it saves is read by `qualnet claims read`.

    \b
    Example:
      qualnet claims page --coder AB --case Soest
    """
    from qualnet.forms.desk import open_desk  # noqa: PLC0415

    desk = open_desk(project)
    who = desk.coder(coder)
    path, n = desk.write_page(who, language(), by=by, case=case, output=output)
    say(
        f"Geschrieben: {path} mit {counted(n, 'Stelle', 'Stellen')} für {who}",
        f"Written: {path} with {counted(n, 'place', 'places')} for {who}",
    )
    say_completeness(desk.completeness_by(by))
    _say_more(desk, by)
    say(
        f"Im Browser öffnen, entscheiden, sichern, dann: {typed('claims read DATEI', project)}",
        f"Open it in a browser, decide, save, then: {typed('claims read FILE', project)}",
    )


@bilingual(
    """Lies eine Arbeitsliste FILE ein, auch halb ausgefüllt und beliebig oft.

    \b
    Beispiel:
      qualnet claims read INTERN-Arbeitsliste-AB.xlsx
    """
)
@command.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@PROJECT
@FORMAT
def read(file: Path, project: Path, form: str) -> None:
    """Read a worklist FILE back, partly filled in too, any number of times.

    \b
    Example:
      qualnet claims read INTERN-Worklist-AB.xlsx
    """
    from qualnet.forms.desk import open_desk  # noqa: PLC0415

    desk = open_desk(project)
    answers, warnings = desk.read_sheet(file, now())
    after = open_desk(project)
    done = after.completeness
    if form == "json":
        found = {"new": len(answers.new), "changed": len(answers.changed)}
        found |= {"same": answers.n_same, "open": answers.n_open}
        click.echo(json.dumps(found | asdict(done), indent=1))
        return
    show(warnings)
    say(
        f"{len(answers.new)} neu, {len(answers.changed)} geändert, {answers.n_same} wie bisher,"
        f" {answers.n_open} nicht ausgefüllt",
        f"{len(answers.new)} new, {len(answers.changed)} changed, {answers.n_same} as before,"
        f" {answers.n_open} not filled in",
    )
    for decision in answers.changed:
        say(f"    geändert: {decision.claim_id}", f"    changed: {decision.claim_id}")
    say_completeness(done)
    show(after.pending)
    say(f"Weiter: {typed('build', project)}", f"Next: {typed('build', project)}")


@bilingual(
    """Korrigiere eine Aussage; ID steht in der Seite unter ihrem Zitat.

    \b
    Beispiele:
      qualnet claims fix SO1-7 --sign - --why "zweites Lesen"
      qualnet claims fix 7f3a91c2-1/AB --withdraw --why "doch kein Zusammenhang"
    """
)
@command.command("fix")
@ID
@PROJECT
@CODER
@option("--why", default="", de="Begründung.", en="Reason.")
@option("--cause", de="Neue Ursache.", en="New cause.")
@option("--effect", de="Neue Wirkung.", en="New effect.")
@option(
    "--sign", de="Neues Vorzeichen: +, -, ambivalent, unstated.", en="New sign: +, -, ambivalent, unstated."
)
@option(
    "--status", de="observed, expected, demanded, reported.", en="observed, expected, demanded, reported."
)
@option("--denied/--not-denied", default=None, de="Verneint oder nicht.", en="Denied or not.")
@option("--about-case", de="Über welche Stadt.", en="About which city.")
@option("--condition", de="Bedingung.", en="Condition.")
@option("--hedge", de="Absicherung.", en="Hedge.")
@option("--certainty", de="Gewissheit.", en="Certainty.")
@option("--memo", de="Notiz zur Aussage.", en="Note on the claim.")
@option(
    "--withdraw/--restore",
    default=None,
    de="Die Aussage gilt nicht mehr, oder wieder.",
    en="The claim no longer holds, or again.",
)
def fix(
    claim_id: str,
    project: Path,
    coder: str,
    why: str,
    *,
    denied: bool | None,
    withdraw: bool | None,
    **values: str | None,
) -> None:
    """Correct a claim; the page shows its ID below its quote.

    \b
    Examples:
      qualnet claims fix SO1-7 --sign - --why "second reading"
      qualnet claims fix 7f3a91c2-1/AB --withdraw --why "no relation after all"
    """
    from qualnet.forms.desk import open_desk  # noqa: PLC0415
    from qualnet.forms.fix import fix_claim  # noqa: PLC0415

    changes = {field: value for field, value in values.items() if value is not None}
    if denied is not None:
        changes["denied"] = "yes" if denied else ""
    if withdraw is not None:
        changes["withdrawn"] = "yes" if withdraw else ""
    if not changes:
        asked = {"de": "nichts zu ändern angegeben", "en": "nothing to change is given"}
        raise click.UsageError(asked[language()])
    desk = open_desk(project)
    events = fix_claim(desk, claim_id, changes, who=desk.coder(coder), why=why, now=now())
    for event in events:
        click.echo(f"{claim_id}  {_told(event)}")
    if not events:
        say("Das steht schon so da.", "It says so already.")


@bilingual(
    """Gib das Zitat einer Aussage frei, oder eine Paraphrase: nur was freigegeben ist, steht in `share`.

    Freigegeben sind genau diese Worte. Ändern sie sich in einem neueren Export, gilt die Freigabe nicht mehr.

    \b
    Beispiele:
      qualnet claims release SO1-7 --why "Freigabe vom 3. März"
      qualnet claims release SO1-7 --paraphrase "Es fehlt an Stellen in der Kernverwaltung."
      qualnet claims release SO1-7 --withdraw
    """
)
@command.command("release")
@ID
@PROJECT
@CODER
@option(
    "--why",
    default="",
    de="Begründung, etwa das Datum der Freigabe.",
    en="Reason, such as the day of the release.",
)
@option(
    "--paraphrase",
    default="",
    de="Worte, die statt des Zitats stehen.",
    en="Words that stand instead of the quote.",
)
@option("--withdraw", is_flag=True, de="Die Freigabe zurücknehmen.", en="Take the release back.")
def release(claim_id: str, project: Path, coder: str, why: str, paraphrase: str, *, withdraw: bool) -> None:
    """Release the quote of a claim, or a paraphrase: `share` holds only what was released.

    Exactly these words are released. When a newer export changes them, the release holds no longer.

    \b
    Examples:
      qualnet claims release SO1-7 --why "released on 3 March"
      qualnet claims release SO1-7 --paraphrase "There are too few posts in the core administration."
      qualnet claims release SO1-7 --withdraw
    """
    from qualnet.forms.desk import open_desk  # noqa: PLC0415
    from qualnet.forms.fix import release_claim  # noqa: PLC0415

    if withdraw and paraphrase:
        asked = {"de": "entweder --withdraw oder --paraphrase", "en": "either --withdraw or --paraphrase"}
        raise click.UsageError(asked[language()])
    level: Level = "no" if withdraw else "paraphrase" if paraphrase else "quote"
    desk = open_desk(project)
    if not release_claim(desk, claim_id, level, paraphrase, who=desk.coder(coder), why=why, now=now()):
        say("Das steht schon so da.", "It says so already.")
        return
    said = {
        "no": ("nicht mehr freigegeben", "released no longer"),
        "paraphrase": ("als Paraphrase freigegeben", "released as a paraphrase"),
        "quote": ("Zitat freigegeben", "quote released"),
    }
    german, english = said[level]
    following = typed("publish", project)
    say(f"{claim_id}: {german}. Weiter: {following}", f"{claim_id}: {english}. Next: {following}")


@bilingual(
    """Zeige, was mit einer Aussage geschah: wer, wann, warum.

    \b
    Beispiel:
      qualnet claims history 7f3a91c2-1/AB
    """
)
@command.command("history")
@ID
@PROJECT
def history(claim_id: str, project: Path) -> None:
    """Show what was done to a claim: who, when, why.

    \b
    Example:
      qualnet claims history 7f3a91c2-1/AB
    """
    from qualnet.forms import fix as fixes  # noqa: PLC0415
    from qualnet.forms.desk import open_desk  # noqa: PLC0415

    events = fixes.history(open_desk(project), claim_id)
    for event in events:
        why = f"  ({event.why})" if event.why else ""
        click.echo(f"{event.when}  {event.who}  {_told(event)}{why}")
    if not events:
        say("Wie importiert; nichts wurde geändert.", "As it was imported; nothing was changed.")
