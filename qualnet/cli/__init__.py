"""The command line: one file per command; turns errors into text and exit codes, holds no logic."""

from __future__ import annotations

import contextlib
import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from qualnet.cli._common import Group, bilingual, language, option, show
from qualnet.cli._german import Misuse
from qualnet.problems import InputError, QualnetError

__all__ = ["main"]

NAMES = {"open_page": "open", "import_file": "import", "map_file": "map"}
"""Modules that cannot have their command's name."""


class _Main(Group):
    """Finds commands by their files, and turns what qualnet raises into text and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        modules = [m.name for m in iter_modules(__path__) if not m.name.startswith("_")]
        return sorted(NAMES.get(name, name) for name in modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        modules = {command: module for module, command in NAMES.items()}
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"{__name__}.{modules.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        try:
            return super().make_context(*args, **extra)
        except click.UsageError as error:
            raise _told(error) from None

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _told(error) from None
        except QualnetError as error:
            with ctx:
                language()
                fold = ctx.invoked_subcommand == "build" and isinstance(error, InputError)
                show(error.problems, ctx.meta.get("form", "text"), fold=fold)
            sys.exit(error.exit_code)


def _told(error: click.UsageError) -> click.UsageError:
    with error.ctx or contextlib.nullcontext():
        return Misuse(error) if language() == "de" else error


@bilingual(
    """Von codierten Interviews zu Wirkungsnetzen, die man verteidigen kann.

    \b
    Beispiele:
      qualnet check            jedes Problem jeder Eingabe
      qualnet build            das Projekt in diesem Ordner bauen
      qualnet open             die gebaute Seite öffnen
      qualnet verify           Ausgaben mit ihrem Verzeichnis vergleichen
    """
)
@click.group(cls=_Main)
@option(
    "--lang",
    type=click.Choice(["de", "en"]),
    is_eager=True,  # known before --help is shown
    de="Sprache der Meldungen; sonst die des Projekts, sonst Deutsch.",
    en="Language of messages; else the project's, else German.",
)
@click.version_option(package_name="qualnet")
def main(lang: str | None) -> None:
    """From coded interviews to causal maps that can be defended.

    \b
    Examples:
      qualnet check            every problem of every input
      qualnet build            build the project in this folder
      qualnet open             open the page that was built
      qualnet verify           compare outputs with their manifest
    """
    del lang
