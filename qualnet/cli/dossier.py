"""`qualnet dossier`."""

from __future__ import annotations

from pathlib import Path

import click

from qualnet.cli._common import PROJECT, Group, bilingual, language, option, say
from qualnet.problems import Problems

__all__ = ["command"]


@bilingual(
    """Für Gutachter:innen und Prüfer:innen: alles in einem Archiv, und eine Stichprobe zum Nachprüfen."""
)
@click.group("dossier", cls=Group)
def command() -> None:
    """For reviewers and examiners: everything in one archive, and a sample to audit."""


@bilingual(
    """Schreibe das Dossier: Codebuch, Belege, Gegenstimmen, Vergleichbarkeit, Übereinstimmung, Stichprobe.

    Es enthält Zitate und ist INTERN; die Seite im Ordner public darf weitergegeben werden.

    \b
    Beispiele:
      qualnet dossier write
      qualnet dossier write --archive -o forschungsdaten.zip
    """
)
@command.command("write")
@PROJECT
@option(
    "--archive",
    is_flag=True,
    de="Mit Transkripten und Kontext, wie ein Forschungsdatenzentrum es will.",
    en="With transcripts and context, as a research data centre asks for.",
)
@option(
    "--seed", type=int, default=1, show_default=True, de="Startwert der Stichprobe.", en="Seed of the sample."
)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    de="Datei; sonst INTERN-Dossier.zip im Projekt.",
    en="File; else INTERN-Dossier.zip in the project.",
)
def write(project: Path, seed: int, output: Path | None, *, archive: bool) -> None:
    """Write the dossier: codebook, evidence, opposing voices, comparability, agreement, sample.

    It holds quotes and is INTERNAL; the page in its folder public may be passed on.

    \b
    Examples:
      qualnet dossier write
      qualnet dossier write --archive -o research-data.zip
    """
    from qualnet.forms.dossier import write_dossier  # noqa: PLC0415

    path, n = write_dossier(project, language(), archive=archive, seed=seed, output=output)
    say(f"Geschrieben: {path}", f"Written: {path}")
    say(
        f"Darin audit.xlsx: {n} Pfeile zum Nachprüfen. Ausgefüllt: qualnet dossier result audit.xlsx",
        f"In it audit.xlsx: {n} arrows to check. Filled in: qualnet dossier result audit.xlsx",
    )


@bilingual(
    """Sage in einem Satz, was eine Nachprüfung FILE ergab.

    \b
    Beispiel:
      qualnet dossier result audit.xlsx
    """
)
@command.command("result")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def result(file: Path) -> None:
    """Say in one sentence what an audit FILE found.

    \b
    Example:
      qualnet dossier result audit.xlsx
    """
    from qualnet.forms.dossier import audit_result  # noqa: PLC0415

    problems = Problems()
    found = audit_result(file, problems)
    problems.stop_on_errors()
    done = found["yes"] + found["no"] + found["unclear"]
    say(
        f"{found['yes']} von {done} geprüften Pfeilen hielten stand"
        f" ({found['no']} nicht, {found['unclear']} unklar, {found['open']} nicht geprüft)",
        f"{found['yes']} of {done} arrows that were checked held"
        f" ({found['no']} did not, {found['unclear']} unclear, {found['open']} not checked)",
    )
