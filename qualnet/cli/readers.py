"""`qualnet readers`."""

from __future__ import annotations

import click

from qualnet.cli._common import Command, bilingual, language

__all__ = ["command"]


@bilingual(
    """Nenne die Formate, die qualnet liest.

    \b
    Beispiel:
      qualnet readers
    """
)
@click.command("readers", cls=Command)
def command() -> None:
    """List the formats that qualnet reads.

    \b
    Example:
      qualnet readers
    """
    from qualnet.readers import readers  # noqa: PLC0415

    for name in readers:
        click.echo(f"{name:12} {readers[name].SUMMARY[language()]}")
