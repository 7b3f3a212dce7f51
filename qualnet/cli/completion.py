"""`qualnet completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from qualnet.cli._common import Command, bilingual

__all__ = ["command"]


@bilingual(
    """Gib das Skript aus, mit dem die Shell SHELL Befehle ergänzt.

    \b
    Beispiele:
      qualnet completion bash >> ~/.bashrc
      qualnet completion zsh >> ~/.zshrc
      qualnet completion fish > ~/.config/fish/completions/qualnet.fish
    """
)
@click.command("completion", cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script with which SHELL completes commands.

    \b
    Examples:
      qualnet completion bash >> ~/.bashrc
      qualnet completion zsh >> ~/.zshrc
      qualnet completion fish > ~/.config/fish/completions/qualnet.fish
    """
    made = get_completion_class(shell)
    root = click.get_current_context().find_root().command
    if made is not None:
        click.echo(made(root, {}, "qualnet", "_QUALNET_COMPLETE").source())
