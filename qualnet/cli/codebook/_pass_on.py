"""`qualnet codebook new`, `update` and `export`: codebooks from and for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualnet.cli._common import bilingual, language, option, say, show
from qualnet.cli.codebook._change import DRY, put_in_place
from qualnet.cli.codebook._group import FILE, codebook_path, command, sound_codebook
from qualnet.language import counted
from qualnet.problems import OutputError, Place, Problem, Problems

if TYPE_CHECKING:
    from qualnet.codebook import Codebook
    from qualnet.language import Language

__all__ = ["export", "new", "update"]

ENDINGS = {
    "kodierleitfaden": ".html",
    "csv": ".csv",
    "xlsx": ".xlsx",
    "qdc": ".qdc",
    "md": ".md",
    "docx": ".docx",
}


@bilingual(
    """Lege ein Codebuch NAME an: es erweitert ein anderes, oder es hat die Codes einer Datei.

    Die Datei ist eine Tabelle (CSV, Excel) mit einer Spalte Code und vielleicht Definition,
    Ankerbeispiel, Kodierregel, Abgrenzung, Oberkategorie, Art; ein REFI-QDA-Codebuch (.qdc);
    oder ein Export mit Codes.

    \b
    Beispiele:
      qualnet codebook new Kamen --extends smart-city
      qualnet codebook new meine-codes --from codes.qdc
      qualnet codebook new meine-codes --from kodierleitfaden.xlsx
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
    de="Eine Tabelle von Codes, ein Codebuch (.qdc) oder ein Export mit Codes.",
    en="A table of codes, a codebook (.qdc), or an export that has codes.",
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
    """Make a codebook called NAME: it extends another one, or has the codes of a file.

    The file is a table (CSV, Excel) with a column Code and perhaps Definition, Anchor example,
    Coding rule, Exclusion, Parent, Kind; a REFI-QDA codebook (.qdc); or an export that has codes.

    \b
    Examples:
      qualnet codebook new Kamen --extends smart-city
      qualnet codebook new my-codes --from codes.qdc
      qualnet codebook new my-codes --from coding-guide.xlsx
    """
    from qualnet.codebook.start import start_codebook  # noqa: PLC0415
    from qualnet.start import codebook_from_export  # noqa: PLC0415

    if not name.strip():
        raise click.UsageError({"de": "der Name ist leer", "en": "the name is empty"}[language()])
    if extends and not export:
        path = start_codebook(name, extends, folder)
    elif export and not extends:
        problems = Problems()
        path = codebook_from_export(name, export, folder, language(), problems)
        show(problems)
    else:
        asked = {"de": "entweder --extends oder --from angeben", "en": "give either --extends or --from"}
        raise click.UsageError(asked[language()])
    say(
        f"Angelegt: {path}. Eigene Codes und Änderungen dort eintragen, dann: qualnet codebook check {path}",
        f"Made: {path}. Write your own codes and changes there, then: qualnet codebook check {path}",
    )


@bilingual(
    """Übernimm eine Tabelle (CSV, Excel) in das Codebuch FILE.

    Namen, Definitionen, Regeln und neue Codes kommen hinein. Eine leere Zelle ändert nichts.
    Ein Code ohne Zeile bleibt und wird genannt.

    \b
    Beispiele:
      qualnet codebook export codebooks/soest.yaml --format xlsx
      qualnet codebook update codebooks/soest.yaml --from soest.xlsx --dry-run
    """
)
@command.command("update")
@FILE
@option(
    "--from",
    "table",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    de="Die Tabelle: eine Spalte Code oder Kürzel, und was sich ändern soll.",
    en="The table: a column Code or id, and what is to change.",
)
@DRY
def update(file: str, table: Path, *, dry_run: bool) -> None:
    """Take a table (CSV, Excel) into the codebook FILE.

    Labels, definitions, rules and new codes go in. An empty cell changes nothing.
    A code without a row stays and is named.

    \b
    Examples:
      qualnet codebook export codebooks/soest.yaml --format xlsx
      qualnet codebook update codebooks/soest.yaml --from soest.xlsx --dry-run
    """
    from qualnet.codebook.table import update_codebook  # noqa: PLC0415
    from qualnet.start import codes_table  # noqa: PLC0415

    problems = Problems()
    path = codebook_path(file, shipped=False)
    read = codes_table(table, problems)
    if read is None:
        problems.fail()
    edited, missing = update_codebook(path, read, language(), problems)
    show(problems)
    put_in_place(edited, dry_run=dry_run)
    if missing:
        n, names = len(missing), ", ".join(missing)
        say(
            f"{counted(n, 'Code hat', 'Codes haben')} in der Tabelle keine Zeile, nichts gelöscht: {names}",
            f"{counted(n, 'code has', 'codes have')} no row in the table, nothing deleted: {names}",
            err=True,
        )


@bilingual(
    """Schreibe das Codebuch FILE für Menschen oder andere Programme, geerbte Codes auch.

    kodierleitfaden: Seite zum Drucken. docx, md: dieselbe Tabelle für Word und als Markdown.
    csv, xlsx: alle Felder; zurück mit `qualnet codebook update`. qdc: REFI-QDA, für MAXQDA,
    ATLAS.ti, NVivo und andere.

    \b
    Beispiele:
      qualnet codebook export codebooks/soest.yaml --format kodierleitfaden
      qualnet codebook export smart-city --format qdc -o codes.qdc
    """
)
@command.command("export")
@FILE
@option(
    "--format",
    "form",
    required=True,
    type=click.Choice(list(ENDINGS)),
    de="Die Form.",
    en="The form.",
)
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    de="Datei; sonst der Name des Codebuchs in diesem Ordner, und nichts wird überschrieben.",
    en="File; else the codebook's name in this folder, and nothing is overwritten.",
)
def export(file: str, form: str, output: Path | None) -> None:
    """Write the codebook FILE for people or other programs, with the codes it inherits.

    kodierleitfaden: a page to print. docx, md: the same table for Word and as Markdown.
    csv, xlsx: all fields; back with `qualnet codebook update`. qdc: REFI-QDA, for MAXQDA,
    ATLAS.ti, NVivo and others.

    \b
    Examples:
      qualnet codebook export codebooks/soest.yaml --format kodierleitfaden
      qualnet codebook export smart-city --format qdc -o codes.qdc
    """
    from qualnet.files import write_file  # noqa: PLC0415

    book = sound_codebook(file)
    written = _written(book, form, language())
    content = written.encode() if isinstance(written, str) else written
    path = output or Path(codebook_path(file).stem + ENDINGS[form])
    if output is None and path.exists() and path.read_bytes() != content:
        raise OutputError(Problem(Place(str(path)), "exists-already"))
    write_file(path, content)
    say(
        f"Geschrieben: {path} mit {counted(len(book.codes), 'Code', 'Codes')}",
        f"Written: {path} with {counted(len(book.codes), 'code', 'codes')}",
    )


def _written(book: Codebook, form: str, language: Language) -> str | bytes:
    from qualnet.codebook import exchange, printed  # noqa: PLC0415

    match form:
        case "kodierleitfaden":
            return printed.guide_page(book, language)
        case "md":
            return printed.guide_table(book, language)
        case "docx":
            return printed.guide_word(book, language)
        case "csv":
            return exchange.codebook_csv(book, language)
        case "xlsx":
            return exchange.codebook_xlsx(book, language)
        case _:
            return exchange.codebook_qdc(book, language)
