"""`qualnet codebook`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from qualnet.cli._common import FORMAT, STRICT, Group, bilingual, language, option, say, show
from qualnet.problems import Place, Problem, Problems, UsageError, nearest

__all__ = ["command"]

FILE = click.argument("file", metavar="FILE")


def _path(name: str) -> Path:
    """Find a codebook by its file, or by its name in the project or among those that are shipped."""
    from qualnet.codebook.load import find_codebook, shipped_folder  # noqa: PLC0415

    folders = [Path(), Path("codebooks"), shipped_folder()]
    path = find_codebook(name, folders)
    if path is None:
        names = sorted({p.stem for folder in folders[1:] for p in folder.glob("*.yaml")})
        values = {"name": name, "near": nearest(name, names), "names": ", ".join(names)}
        raise UsageError(Problem(Place(name), "unknown-codebook", tuple(values.items())))
    return path


@bilingual("""Codebücher anlegen, prüfen und ansehen.""")
@click.group("codebook", cls=Group)
def command() -> None:
    """Make, check and show codebooks."""


@bilingual(
    """Lege ein Codebuch NAME an: es erweitert ein anderes, oder es hat die Codes eines Exports.

    \b
    Beispiele:
      qualnet codebook new Kamen --extends smart-city
      qualnet codebook new meine-codes --from codes.qdc
    """
)
@command.command("new")
@click.argument("name")
@option(
    "--extends",
    de="Das Codebuch, das erweitert wird: Name oder Datei.",
    en="The codebook to extend: name or file.",
)
@option(
    "--from",
    "export",
    type=click.Path(exists=True, path_type=Path),
    de="Ein Codebuch (.qdc) oder ein Export mit Codes.",
    en="A codebook (.qdc), or an export that has codes.",
)
@option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default="codebooks",
    show_default=True,
    de="Ordner der neuen Datei.",
    en="Folder of the new file.",
)
def new(name: str, extends: str | None, export: Path | None, folder: Path) -> None:
    """Make a codebook called NAME: it extends another one, or has the codes of an export.

    \b
    Examples:
      qualnet codebook new Kamen --extends smart-city
      qualnet codebook new my-codes --from codes.qdc
    """
    from qualnet.codebook.start import start_codebook  # noqa: PLC0415
    from qualnet.start import codebook_from_export  # noqa: PLC0415

    if not name.strip():
        raise click.UsageError({"de": "der Name ist leer", "en": "the name is empty"}[language()])
    if extends and not export:
        path = start_codebook(name, extends, folder)
    elif export and not extends:
        path = codebook_from_export(name, export, folder)
    else:
        asked = {"de": "entweder --extends oder --from angeben", "en": "give either --extends or --from"}
        raise click.UsageError(asked[language()])
    say(
        f"Angelegt: {path}. Eigene Codes und Änderungen dort eintragen, dann: qualnet codebook check {path}",
        f"Made: {path}. Write your own codes and changes there, then: qualnet codebook check {path}",
    )


@bilingual(
    """Nenne jedes Problem eines Codebuchs FILE.

    \b
    Beispiel:
      qualnet codebook check codebooks/soest.yaml
    """
)
@command.command("check")
@FILE
@FORMAT
@STRICT
def check(file: str, form: str, *, strict: bool) -> None:
    """List every problem of a codebook FILE.

    \b
    Example:
      qualnet codebook check codebooks/soest.yaml
    """
    from qualnet.codebook import load_codebook  # noqa: PLC0415

    problems = Problems()
    path = _path(file)
    book = load_codebook(path, path.parent, problems)
    show(problems, form)
    if form == "text" and book and not problems.errors:
        n = sum(1 for _ in book.factors())
        say(f"{file}: {n} Codes, keine Fehler", f"{file}: {n} codes, no errors")
    sys.exit(3 if problems.errors or (strict and problems.warnings) else 0)


@bilingual(
    """Zeige die Codes von FILE, geerbte eingeschlossen, als Baum.

    \b
    Beispiel:
      qualnet codebook show smart-city
    """
)
@command.command("show")
@FILE
def show_tree(file: str) -> None:
    """Show the codes of FILE, inherited ones included, as a tree.

    \b
    Example:
      qualnet codebook show smart-city
    """
    from qualnet.codebook import load_codebook  # noqa: PLC0415
    from qualnet.language import text_in  # noqa: PLC0415

    problems = Problems()
    path = _path(file)
    book = load_codebook(path, path.parent, problems)
    if book is None:
        problems.fail()

    def branch(parent: str | None, depth: int) -> None:
        for code in book.codes.values():
            above = code.parent if code.parent in book.codes else None
            if above == parent:
                kind = f"  [{code.kind}]" if code.codable else ""
                click.echo("  " * depth + f"{code.id}  {text_in(code.label, language())}{kind}")
                branch(code.id, depth + 1)

    branch(None, 0)
