"""`qualnet codebook rename`, `merge`, `split` and `retire`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import bilingual, language, option, say
from qualnet.cli.codebook._group import FILE, codebook_path, command

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.codebook.edit import Edited
    from qualnet.language import Language, Text

__all__ = ["DRY", "merge", "put_in_place", "rename", "retire", "split"]

DRY = option("--dry-run", is_flag=True, de="Nur zeigen, nichts schreiben.", en="Only show, write nothing.")
LABEL = option("--label", default="", de="Name, wie er dasteht.", en="Label, as it is.")
LABEL_DE = option("--label-de", default="", de="Name auf Deutsch.", en="German label.")
LABEL_EN = option("--label-en", default="", de="Name auf Englisch.", en="English label.")


def put_in_place(edited: Edited, renamed: Mapping[str, str] | None = None, *, dry_run: bool) -> None:
    """Show what changes, in the codebooks that extend it too, and write it unless it is only to be shown."""
    from qualnet.codebook.edit import follow  # noqa: PLC0415

    if not edited.diff():
        say("Es ändert sich nichts.", "Nothing changes.")
        return
    every = [edited, *follow(edited, renamed or {})]
    for one in every:
        click.echo(one.diff())
    if dry_run:
        say("Nichts geschrieben (--dry-run).", "Nothing written (--dry-run).", err=True)
        return
    for one in every:
        one.write()
        say(f"Geändert: {one.path}", f"Changed: {one.path}", err=True)


def _text(label: str, german: str, english: str) -> Text:
    if label and (german or english):
        said = {
            "de": "entweder --label oder --label-de und --label-en angeben",
            "en": "give either --label, or --label-de and --label-en",
        }
        raise click.UsageError(said[language()])
    spoken: dict[Language, str] = {"de": german, "en": english}
    return label or {x: words for x, words in spoken.items() if words} or ""


@bilingual(
    """Gib dem Code OLD des Codebuchs FILE das Kürzel NEW; alte Importe finden ihn weiterhin.

    \b
    Beispiele:
      qualnet codebook rename codebooks/soest.yaml citizen_lab maker_space
      qualnet codebook rename soest knowhow_gap skills_gap --label-de "Fehlende Kenntnisse" --dry-run
    """
)
@command.command("rename")
@FILE
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@LABEL
@LABEL_DE
@LABEL_EN
@DRY
def rename(file: str, old: str, new: str, label: str, label_de: str, label_en: str, *, dry_run: bool) -> None:
    """Give code OLD of the codebook FILE the id NEW; old imports still find it.

    \b
    Examples:
      qualnet codebook rename codebooks/soest.yaml citizen_lab maker_space
      qualnet codebook rename soest knowhow_gap skills_gap --label-en "Skills gap" --dry-run
    """
    from qualnet.codebook.edit import rename_code  # noqa: PLC0415

    path = codebook_path(file, shipped=False)
    edited = rename_code(path, old, new, _text(label, label_de, label_en))
    put_in_place(edited, {old: new}, dry_run=dry_run)


@bilingual(
    """Mache aus den Codes CODE des Codebuchs FILE einen.

    \b
    Beispiel:
      qualnet codebook merge soest communication participation --into dialogue --label-de Dialog
    """
)
@command.command("merge")
@FILE
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@option("--into", required=True, de="Kürzel des gemeinsamen Codes.", en="Id of the common code.")
@LABEL
@LABEL_DE
@LABEL_EN
@DRY
def merge(
    file: str,
    codes: tuple[str, ...],
    into: str,
    label: str,
    label_de: str,
    label_en: str,
    *,
    dry_run: bool,
) -> None:
    """Make one code of the codes CODE of the codebook FILE.

    \b
    Example:
      qualnet codebook merge soest communication participation --into dialogue --label-en Dialogue
    """
    from qualnet.codebook.edit import merge_codes  # noqa: PLC0415

    path = codebook_path(file, shipped=False)
    edited = merge_codes(path, codes, into, _text(label, label_de, label_en))
    put_in_place(edited, dict.fromkeys(codes, into), dry_run=dry_run)


@bilingual(
    """Teile den Code CODE des Codebuchs FILE in mehrere auf.

    Namen gelten den Teilen in ihrer Reihenfolge; keiner oder für jeden einen.

    \b
    Beispiel:
      qualnet codebook split soest staff_shortage --into it_staff --label-de "Fehlende IT-Stellen" \\
        --into project_staff --label-de "Fehlende Projektstellen"
    """
)
@command.command("split")
@FILE
@click.argument("code", metavar="CODE")
@option(
    "--into", required=True, multiple=True, de="Kürzel eines Teils; mehrmals.", en="Id of a part; several."
)
@option("--label", "labels", multiple=True, de="Name eines Teils.", en="Label of a part.")
@option(
    "--label-de", "german", multiple=True, de="Name eines Teils auf Deutsch.", en="German label of a part."
)
@option(
    "--label-en", "english", multiple=True, de="Name eines Teils auf Englisch.", en="English label of a part."
)
@option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="2026-11-30",
    de="Seit wann es neue Teile gibt; sonst seit heute.",
    en="Since when there are new parts; else since today.",
)
@DRY
def split(
    file: str,
    code: str,
    into: tuple[str, ...],
    labels: tuple[str, ...],
    german: tuple[str, ...],
    english: tuple[str, ...],
    since: datetime | None,
    *,
    dry_run: bool,
) -> None:
    """Split code CODE of the codebook FILE into several.

    Labels belong to the parts in their order; none, or one for each.

    \b
    Example:
      qualnet codebook split soest staff_shortage --into it_staff --label-en "IT staff missing" \\
        --into project_staff --label-en "Project staff missing"
    """
    from qualnet.codebook.edit import split_code  # noqa: PLC0415

    if len(set(into)) != len(into) or len(into) < 2:  # noqa: PLR2004
        said = {
            "de": "mindestens zwei verschiedene --into angeben",
            "en": "give two different --into or more",
        }
        raise click.UsageError(said[language()])
    nothing = ("",) * len(into)
    given = [x or nothing for x in (labels, german, english)]
    if any(len(x) != len(into) for x in given):
        said = {
            "de": "keinen Namen angeben, oder für jeden Teil einen",
            "en": "give no label, or one for each part",
        }
        raise click.UsageError(said[language()])
    parts = {part: _text(*texts) for part, *texts in zip(into, *given, strict=True)}
    path = codebook_path(file, shipped=False)
    day = (since or datetime.now(UTC)).date().isoformat()
    put_in_place(split_code(path, code, parts, day), dry_run=dry_run)


@bilingual(
    """Lege den Code CODE des Codebuchs FILE still, mit dem Grund; sein Eintrag bleibt stehen.

    \b
    Beispiel:
      qualnet codebook retire soest legal_mandate --because "in keinem Interview genannt"
    """
)
@command.command("retire")
@FILE
@click.argument("code", metavar="CODE")
@option("--because", required=True, de="Der Grund.", en="The reason.")
@DRY
def retire(file: str, code: str, because: str, *, dry_run: bool) -> None:
    """Take code CODE of the codebook FILE out of use, with the reason; its entry stays.

    \b
    Example:
      qualnet codebook retire soest legal_mandate --because "not mentioned in any interview"
    """
    from qualnet.codebook.edit import retire_code  # noqa: PLC0415

    put_in_place(retire_code(codebook_path(file, shipped=False), code, because), dry_run=dry_run)
