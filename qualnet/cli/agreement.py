"""`qualnet agreement`."""

from __future__ import annotations

from pathlib import Path

import click

from qualnet.cli._common import PROJECT, Group, bilingual, language, option, say, typed
from qualnet.cli.claims import now
from qualnet.language import counted

__all__ = ["command"]

OUTPUT = option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    de="Datei; sonst INTERN-... im Projekt.",
    en="File; else INTERN-... in the project.",
)


def _two(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, str]:
    del ctx, param
    names = [name.strip() for name in value.split(",") if name.strip()]
    if len(names) != 2 or names[0] == names[1]:  # noqa: PLR2004 (two coders)
        asked = {"de": "zwei Kürzel, durch ein Komma getrennt", "en": "two initials, separated by a comma"}
        raise click.BadParameter(asked[language()])
    return names[0], names[1]


CODERS = option(
    "--coders",
    required=True,
    callback=_two,
    de="Die beiden, die erste Codierung zuerst: AB,CD.",
    en="The two, the first coding first: AB,CD.",
)


@bilingual(
    """Zwei Codierer:innen: verdeckte Pakete, Unterschiede, Konsens.

    Welche Codierung die Netze baut, steht in qualnet.yaml: coding: {use: primary, primary: AB}
    oder, nach dem Gespräch, coding: {use: consensus, primary: AB}.
    """
)
@click.group("agreement", cls=Group)
def command() -> None:
    """Two coders: blind packages, differences, consensus.

    Whose coding builds the networks stands in qualnet.yaml: coding: {use: primary, primary: AB}
    or, after the talk, coding: {use: consensus, primary: AB}.
    """


@bilingual(
    """Schreibe ein verdecktes Paket für die zweite Codierer:in: Interviews aus jeder Stadt, ausgelost.

    \b
    Beispiel:
      qualnet agreement assign --coder CD --share 0.2
    """
)
@command.command("assign")
@PROJECT
@option("--coder", required=True, de="Wer es bekommt (Kürzel).", en="Who gets it (initials).")
@option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.2,
    show_default=True,
    de="Anteil der Interviews je Stadt, mindestens eines.",
    en="Share of each city's interviews, at least one.",
)
@option(
    "--seed", type=int, default=1, show_default=True, de="Startwert der Auslosung.", en="Seed of the draw."
)
@OUTPUT
def assign(project: Path, coder: str, share: float, seed: int, output: Path | None) -> None:
    """Write a blind package for the second coder: interviews of every city, drawn by lot.

    \b
    Example:
      qualnet agreement assign --coder CD --share 0.2
    """
    from qualnet.forms.desk import open_desk  # noqa: PLC0415

    path, documents = open_desk(project).write_package(coder, language(), share, seed, now(), output=output)
    say(f"Ausgelost: {', '.join(documents)}", f"Drawn: {', '.join(documents)}")
    back = typed("claims read", path, project)
    say(
        f"Geschrieben: {path}, ohne das, was andere festgehalten haben. Ausgefüllt zurück: {back}",
        f"Written: {path}, without what others have recorded. Filled in, back: {back}",
    )


@bilingual(
    """Schreibe eine Liste der Stellen, an denen sich zwei Codierer:innen unterscheiden.

    \b
    Beispiel:
      qualnet agreement differences --coders AB,CD
    """
)
@command.command("differences")
@PROJECT
@CODERS
@OUTPUT
def differences(project: Path, coders: tuple[str, str], output: Path | None) -> None:
    """Write a list of the passages where two coders differ.

    \b
    Example:
      qualnet agreement differences --coders AB,CD
    """
    from qualnet.forms.agreement import KIND_WORDS, KINDS  # noqa: PLC0415
    from qualnet.forms.desk import open_desk  # noqa: PLC0415

    path, n, kinds = open_desk(project).write_differences(coders, language(), output=output)
    for kind in KINDS:
        name = KIND_WORDS[kind][language()].format(a=coders[0], b=coders[1])
        say(f"{kinds[kind]:5}  {name}", f"{kinds[kind]:5}  {name}")
    back = typed(f"agreement resolve --coders {','.join(coders)}", path, project)
    say(
        f"Geschrieben: {path} mit {counted(n, 'Stelle', 'Stellen')} zu besprechen. Dann: {back}",
        f"Written: {path} with {counted(n, 'passage', 'passages')} to talk about. Then: {back}",
    )


@bilingual(
    """Lies aus FILE ein, worauf sich zwei Codierer:innen geeinigt haben; ihre Codierungen bleiben.

    \b
    Beispiel:
      qualnet agreement resolve INTERN-Unterschiede-ab-cd.xlsx --coders AB,CD
    """
)
@command.command("resolve")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@PROJECT
@CODERS
def resolve(file: Path, project: Path, coders: tuple[str, str]) -> None:
    """Read from FILE what two coders agreed on; their own codings stay.

    \b
    Example:
      qualnet agreement resolve INTERN-Differences-ab-cd.xlsx --coders AB,CD
    """
    from qualnet.forms.desk import open_desk  # noqa: PLC0415

    desk = open_desk(project)
    resolved = desk.read_resolutions(file, coders, now())
    say(
        f"{counted(resolved.n_resolved, 'Stelle', 'Stellen')} entschieden, {resolved.n_open} offen",
        f"{counted(resolved.n_resolved, 'passage', 'passages')} decided, {resolved.n_open} open",
    )
    if desk.prepared.loaded.project.coding.use != "consensus":
        say(
            f"In die Netze kommt der Konsens mit: coding: {{use: consensus, primary: {coders[0]}}}",
            f"The consensus builds the networks with: coding: {{use: consensus, primary: {coders[0]}}}",
        )
