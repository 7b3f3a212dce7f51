"""`qualnet init`."""

from __future__ import annotations

from pathlib import Path

import click

from qualnet.cli._common import Command, bilingual, option, say
from qualnet.language import counted

__all__ = ["command"]


@bilingual(
    """Mache aus einem Export ein Projekt im Ordner FOLDER.

    \b
    Beispiel:
      qualnet init meine-studie --from export.qdpx --case-by stadt
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
    required=True,
    de="Merkmal, dessen Werte die Fälle sind; ein eindeutiger Teil seines Namens genügt.",
    en="Attribute whose values are the cases; any unambiguous part of its name.",
)
def command(folder: Path, export: Path, case_by: str) -> None:
    """Make a project in FOLDER out of an export.

    \b
    Example:
      qualnet init my-study --from export.qdpx --case-by city
    """
    from qualnet.start import start_project  # noqa: PLC0415

    corpus = start_project(folder, export, case_by)
    n = {c.case_id: 0 for c in corpus.cases}
    for row in corpus.document_cases:
        n[row.case_id] += 1
    for case, documents in n.items():
        say(
            f"{case}: {counted(documents, 'Dokument', 'Dokumente')}",
            f"{case}: {counted(documents, 'document', 'documents')}",
        )
    say(f"Weiter: qualnet build {folder}", f"Next: qualnet build {folder}")
