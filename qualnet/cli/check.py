"""`qualnet check`."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import FORMAT, PROJECT, STRICT, Command, bilingual, say, show
from qualnet.language import counted
from qualnet.problems import Problems

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

MANY = 5
"""From more than so many problems of one rule on, their number is said at the end."""


@bilingual(
    """Nenne jedes Problem jeder Eingabe von PROJECT; keine Ausgabe wird geschrieben.

    \b
    Beispiele:
      qualnet check
      qualnet check --format json
    """
)
@click.command("check", cls=Command)
@PROJECT
@FORMAT
@STRICT
def command(project: Path, form: str, *, strict: bool) -> None:
    """List every problem of every input of PROJECT; no output is written.

    \b
    Examples:
      qualnet check
      qualnet check --format json
    """
    from qualnet.prepare import prepare  # noqa: PLC0415
    from qualnet.project import find_project  # noqa: PLC0415

    problems = Problems()
    prepare(find_project(project), problems)
    show(problems, form)
    if form == "text":
        for rule, n in Counter(p.rule for p in problems).most_common():
            if n > MANY:
                say(f"{n} × {rule}", f"{n} × {rule}")
        errors, warnings = len(problems.errors), len(problems.warnings)
        say(
            f"{errors} Fehler, {counted(warnings, 'Warnung', 'Warnungen')}",
            f"{counted(errors, 'error', 'errors')}, {counted(warnings, 'warning', 'warnings')}",
        )
    sys.exit(3 if problems.errors or (strict and problems.warnings) else 0)
