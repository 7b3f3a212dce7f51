"""Make a project out of one export: a folder with project file, codebook and a copy of the file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from qualnet.cells import plain
from qualnet.codebook import Codebook, common_vocabulary
from qualnet.codebook.start import codebook_text, quoted, write_new
from qualnet.codebook.table import Table, codes_of_table, codes_text, column_of
from qualnet.corpus import Corpus
from qualnet.corpus.case_rules import assign_cases
from qualnet.corpus.cases import check_one_case_each
from qualnet.corpus.merge import unite
from qualnet.files import writing
from qualnet.interactions._model import Sources
from qualnet.interactions.stated import derive
from qualnet.names import bad_name, slug
from qualnet.problems import InputError, OutputError, Place, Problem, Problems
from qualnet.project import FILE_NAME, Input
from qualnet.readers import Sheet, Source, find_inputs, read_file
from qualnet.readers._words import column_of as column_of_codings

if TYPE_CHECKING:
    from pathlib import Path

    from qualnet.language import Language

__all__ = ["codebook_from_export", "codes_table", "start_project"]

RULES = {"definition", "code_when", "do_not_code_when"}
"""Fields that only a table of codes has."""


def codebook_from_export(
    name: str, export: Path, folder: Path, language: Language = "de", problems: Problems | None = None
) -> Path:
    """Write a codebook of a table of codes, or of the codes of an export.

    An export is a REFI-QDA codebook, or any file of coded material.

    Parameters
    ----------
    name
        What the codebook and its file are called.
    export
        A table of codes, or a file that some reader knows.
    folder
        Where to write.
    language
        Of a text whose column names none, where others name one.
    problems
        Where to note warnings.

    Raises
    ------
    InputError
        When the export cannot be read.
    OutputError
        When the file exists already: nobody's work is overwritten.
    """
    problems = Problems() if problems is None else problems
    corpus = Corpus()
    inputs = list(find_inputs(export, export.name, problems))
    if [found.reader for found in inputs] == ["tables"] and not _is_coded(inputs[0].source):
        table = codes_table(inputs[0].source.path, problems)
        codes = codes_of_table(table, language, problems) if table else []
        problems.stop_on_errors()
        return write_new(folder, name, codes_text(slug(name), codes))
    for found in inputs:
        corpus.extend(read_file(found, {}, problems))
    problems.stop_on_errors()
    return write_new(folder, name, codebook_text(slug(name), corpus.codes))


def _is_coded(source: Source) -> bool:
    """Tell whether a sheet holds coded material, and no codes alone."""
    return any(
        {"document", "quote", "cause", "effect"} & {column_of_codings(h) for h in sheet.header}
        and not RULES & _fields(sheet)
        for sheet in source.sheets(Problems())
    )


def _fields(sheet: Sheet) -> set[str]:
    return {column[0] for header in sheet.header if (column := column_of(header))}


def codes_table(path: Path, problems: Problems) -> Table | None:
    """Read a table of codes: the first sheet with a column of ids or names, else the first one.

    Parameters
    ----------
    path
        CSV, TSV or Excel.
    problems
        Where to note why it cannot be read.
    """
    source, before = Source(path, path.name), len(problems.errors)
    try:
        sheets = source.sheets(problems)
    except OSError as error:
        problems.add(source.place, "unreadable", why=error.strerror or str(error))
        return None
    if not sheets:
        if len(problems.errors) == before:
            problems.add(source.place, "empty-file")
        return None
    sheet = next((s for s in sheets if {"id", "label"} & _fields(s)), sheets[0])
    written = str if source.is_spreadsheet else plain  # in CSV text is armoured against formulas
    rows = tuple((number, tuple(written(cell) for cell in cells)) for number, cells in sheet.rows)
    return Table(Place(path.name, sheet=sheet.name), sheet.header_row, sheet.header, rows)


def start_project(
    folder: Path,
    export: Path,
    *,
    case_by: str = "",
    case_in_name: str = "",
    case: str = "",
    language: Language = "de",
) -> Corpus:
    """Write a project whose cases an attribute of the export names, or its documents' names; or one case.

    Parameters
    ----------
    folder
        New folder, or an empty one.
    export
        A file that some reader knows.
    case_by
        Any unambiguous part of an attribute's name.
    case_in_name
        Pattern of the documents' names, with ``{case}`` where the case stands.
    case
        The one case of the whole export; used when neither of the two is given.
    language
        Of the project's pages and messages.

    Returns
    -------
    Corpus
        What was read.

    Raises
    ------
    InputError
        When the export cannot be used, or no attribute (or several) fit.
    OutputError
        When there is something in the folder already; nothing is written.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise OutputError(Problem(Place(str(folder)), "exists-already"))
    problems = Problems()
    rules = {"case_by": case_by, "case_in_name": case_in_name}
    cases = next(((field, value) for field, value in rules.items() if value), ("case", case))
    if cases[0] == "case" and (why := bad_name(case)):
        problems.add(Place("--case"), "bad-case-name", name=case, why=why)
    corpus, files = Corpus(), [export]
    for found in find_inputs(export, export.name, problems):
        corpus.extend(read_file(found, {}, problems))
        files += [path for path in found.beside if not export.is_dir()]
    unite(corpus)
    if not problems.errors:
        only = case if cases[0] == "case" else None
        rule = Input(export.name, only, case_by or None, case_in_name or None)
        assign_cases(corpus, rule, lambda _: Place(export.name), problems)
        check_one_case_each(corpus, problems)
    if problems.errors:
        raise InputError(*problems)
    name = slug(folder.resolve().name)
    copy = shutil.copytree if export.is_dir() else shutil.copyfile
    ignored = ".qualnet/\noutputs/\nshare/\nexport/\ninterviews/\noverlays/\nINTERN-*\n"
    with writing(folder):
        (folder / "codebooks").mkdir(parents=True)
        (folder / "interviews").mkdir()
        for path in files:
            copy(path, folder / "interviews" / path.name)
        (folder / "codebooks" / f"{name}.yaml").write_text(codebook_text(name, corpus.codes), "utf-8")
        (folder / ".gitignore").write_text(ignored, "utf-8")
        (folder / FILE_NAME).write_text(_project(name, export.name, cases, corpus, language), "utf-8")
    return corpus


def _project(name: str, export: str, cases: tuple[str, str], corpus: Corpus, language: Language) -> str:
    as_written = common_vocabulary(Codebook("", "", "", {}), {})
    stated = derive(Sources(corpus, as_written))
    layers = "[stated, overlap]" if stated else "[stated, overlap, paragraph]"
    several = len({c.coder_id for c in corpus.codings if c.coder_id}) > 1
    lines = [
        "format: 1",
        f"title: {quoted(name)}",
        f"codebook: codebooks/{name}.yaml",
        "inputs:",
        f"  - path: {quoted('interviews/' + export)}",
        f"    {cases[0]}: {quoted(cases[1])}",
    ]
    if several:
        lines.append("coding: {use: all}             # several coders; or {use: primary, primary: NAME}")
    lines.append(f"interactions: {{layers: {layers}}}")
    if language != "de":  # else nothing need be said
        lines.append(f"report: {{language: {language}}}")
    return "\n".join(lines) + "\n"
