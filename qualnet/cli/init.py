"""`qualnet init`."""

from __future__ import annotations

from pathlib import Path

import click

from qualnet.cli._common import Command, bilingual, language, option, say, typed
from qualnet.language import counted

__all__ = ["command"]


@bilingual(
    """Mache aus einem Export ein Projekt im Ordner FOLDER.

    \b
    Beispiele:
      qualnet init meine-studie --from export.qdpx --case-by stadt
      qualnet init meine-studie --from interviews --case-in-name "{case}_*"
      qualnet init meine-studie --from codings.csv --case Soest
    """
)
@click.command("init", cls=Command)
@click.argument("folder", type=click.Path(path_type=Path))
@option(
    "--from",
    "export",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    de="Der Export, mit dem begonnen wird.",
    en="The export to start from.",
)
@option(
    "--case-by",
    de="Merkmal, dessen Werte die Fälle sind; ein eindeutiger Teil seines Namens genügt.",
    en="Attribute whose values are the cases; any unambiguous part of its name.",
)
@option(
    "--case-in-name",
    de="Wo der Fall im Namen der Dokumente steht: '{case}_*' für Soest_03, '{case}#' für SO3.",
    en="Where the case stands in the documents' names: '{case}_*' for Soest_03, '{case}#' for SO3.",
)
@option(
    "--case",
    de="Der eine Fall, zu dem alle Interviews gehören, wenn kein Merkmal ihn nennt.",
    en="The one case that all interviews belong to, when no attribute names it.",
)
def command(
    folder: Path, export: Path, case_by: str | None, case_in_name: str | None, case: str | None
) -> None:
    """Make a project in FOLDER out of an export.

    \b
    Examples:
      qualnet init my-study --from export.qdpx --case-by city
      qualnet init my-study --from interviews --case-in-name "{case}_*"
      qualnet init my-study --from codings.csv --case Soest
    """
    from qualnet.start import start_project  # noqa: PLC0415

    if sum(map(bool, (case_by, case_in_name, case))) != 1:
        asked = {
            "de": "genau eines angeben: --case-by, --case-in-name oder --case",
            "en": "give exactly one of --case-by, --case-in-name and --case",
        }
        raise click.UsageError(asked[language()])
    corpus = start_project(
        folder,
        export,
        case_by=case_by or "",
        case_in_name=case_in_name or "",
        case=case or "",
        language=language(),
    )
    n = {c.case_id: 0 for c in corpus.cases}
    for row in corpus.document_cases:
        n[row.case_id] += 1
    for name, documents in n.items():
        say(
            f"{name}: {counted(documents, 'Dokument', 'Dokumente')}",
            f"{name}: {counted(documents, 'document', 'documents')}",
        )
    say(f"Weiter: {typed('build', folder)}", f"Next: {typed('build', folder)}")
