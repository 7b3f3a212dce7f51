"""`qualnet schema`."""

from __future__ import annotations

import json

import click

from qualnet.cli._common import Command, bilingual

__all__ = ["command"]


@bilingual(
    """Gib das JSON-Schema einer Dateiart KIND aus, für Editoren, die beim Tippen prüfen.

    \b
    Beispiel:
      qualnet schema codebook > codebook.schema.json
    """
)
@click.command("schema", cls=Command)
@click.argument("kind", type=click.Choice(["project", "codebook"]))
def command(kind: str) -> None:
    """Print the JSON Schema of a file KIND, for editors that check while one types.

    \b
    Example:
      qualnet schema codebook > codebook.schema.json
    """
    from qualnet.codebook import CodebookFile  # noqa: PLC0415
    from qualnet.located import schema  # noqa: PLC0415
    from qualnet.project import Project  # noqa: PLC0415

    shape = {"project": Project, "codebook": CodebookFile}[kind]
    click.echo(json.dumps(schema(shape), ensure_ascii=False, indent=1))
