"""What the commands of `qualnet codebook` share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import Group, bilingual
from qualnet.problems import Place, Problem, Problems, UsageError, nearest

if TYPE_CHECKING:
    from qualnet.codebook import Codebook

__all__ = ["FILE", "codebook_path", "command", "sound_codebook"]

FILE = click.argument("file", metavar="FILE")


def codebook_path(name: str, *, shipped: bool = True) -> Path:
    """Find a codebook by its file, or by its name in the project or among those that are shipped."""
    from qualnet.codebook.load import find_codebook, shipped_folder  # noqa: PLC0415

    folders = [Path(), Path("codebooks"), *([shipped_folder()] if shipped else [])]
    path = find_codebook(name, folders)
    if path is None:
        names = sorted({p.stem for folder in folders[1:] for p in folder.glob("*.yaml")})
        values = {"name": name, "near": nearest(name, names), "names": ", ".join(names)}
        raise UsageError(Problem(Place(name), "unknown-codebook", tuple(values.items())))
    return path


def sound_codebook(name: str) -> Codebook:
    """Read a codebook, or say everything that is wrong with it."""
    from qualnet.codebook import load_codebook  # noqa: PLC0415

    problems = Problems()
    path = codebook_path(name)
    book = load_codebook(path, path.parent, problems)
    if book is None:
        problems.fail()
    return book


@bilingual("""Codebücher anlegen, prüfen, ansehen, ändern, vergleichen und weitergeben.""")
@click.group("codebook", cls=Group)
def command() -> None:
    """Make, check, show, change, compare and pass on codebooks."""
