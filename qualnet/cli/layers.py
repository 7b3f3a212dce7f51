"""`qualnet layers`."""

from __future__ import annotations

import click

from qualnet.cli._common import Command, bilingual, language

__all__ = ["command"]


@bilingual(
    """Nenne die Ebenen: Wirkungsaussagen und die Arten gemeinsamen Vorkommens.

    \b
    Beispiel:
      qualnet layers
    """
)
@click.command("layers", cls=Command)
def command() -> None:
    """List the layers of interactions: claims, and the ways of co-occurrence.

    \b
    Example:
      qualnet layers
    """
    from qualnet.interactions import layers  # noqa: PLC0415

    for name in layers:
        click.echo(f"{name:12} {layers.module(name).SUMMARY[language()]}")
