"""Make a project out of one export: a folder with project file, codebook and a copy of the file."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from typing import TYPE_CHECKING

from qualnet.codebook import Codebook, common_vocabulary
from qualnet.corpus import Corpus
from qualnet.corpus.cases import assign_case_by
from qualnet.files import writing
from qualnet.interactions._model import Sources
from qualnet.interactions.stated import derive
from qualnet.names import slug
from qualnet.problems import InputError, OutputError, Place, Problem, Problems
from qualnet.project import FILE_NAME
from qualnet.readers import find_inputs, read_file

if TYPE_CHECKING:
    from pathlib import Path

    from qualnet.corpus import CodeRow

__all__ = ["start_project"]


def start_project(folder: Path, export: Path, case_by: str) -> Corpus:
    """Write a project whose cases are the values of an attribute of the export.

    Parameters
    ----------
    folder
        New folder, or an empty one.
    export
        A file that some reader knows.
    case_by
        Any unambiguous part of an attribute's name.

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
    corpus = Corpus()
    for found in find_inputs(export, export.name, problems):
        corpus.extend(read_file(found, {}, problems))
    if not problems.errors:
        assign_case_by(corpus, case_by, Place(export.name), problems)
    if problems.errors:
        raise InputError(*problems)
    name = slug(folder.resolve().name)
    copy = shutil.copytree if export.is_dir() else shutil.copyfile
    ignored = ".qualnet/\noutputs/\nshare/\ninterviews/\n"
    with writing(folder):
        (folder / "codebooks").mkdir(parents=True)
        (folder / "interviews").mkdir()
        copy(export, folder / "interviews" / export.name)
        (folder / "codebooks" / f"{name}.yaml").write_text(_codebook(name, corpus.codes), "utf-8")
        (folder / ".gitignore").write_text(ignored, "utf-8")
        (folder / FILE_NAME).write_text(_project(name, export.name, case_by, corpus), "utf-8")
    return corpus


def _quoted(text: str) -> str:
    # a JSON string is a YAML string, whatever characters a label has
    return json.dumps(text, ensure_ascii=False)


def _codebook(name: str, rows: list[CodeRow]) -> str:
    ids: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for row in rows:
        plain = slug(row.name).replace("-", "_")
        taken[plain] += 1
        ids[row.code_id] = plain if taken[plain] == 1 else f"{plain}_{taken[plain]}"
    labels = Counter(row.name for row in rows)
    parents = {row.code_id: row for row in rows}
    lines = [
        "# Made from the codes of the import; add definition, rules and anchor example.",
        "format: 1",
        f"id: {name}",
        "codes:",
    ]
    for row in rows:
        above = parents.get(row.parent_id)
        label = f"{above.name} > {row.name}" if above and labels[row.name] > 1 else row.name
        lines += [f"  - id: {_quoted(ids[row.code_id])}", f"    label: {_quoted(label)}"]
        if above:
            lines.append(f"    parent: {_quoted(ids[row.parent_id])}")
        if not row.codable:
            lines.append("    codable: false")
        if row.definition:
            lines.append(f"    definition: {_quoted(row.definition)}")
    return "\n".join(lines) + "\n"


def _project(name: str, export: str, case_by: str, corpus: Corpus) -> str:
    as_written = common_vocabulary(Codebook("", "", "", {}), {})
    stated = derive(Sources(corpus, as_written))
    layers = "[stated, overlap]" if stated else "[overlap, paragraph]"
    several = len({c.coder_id for c in corpus.codings if c.coder_id}) > 1
    lines = [
        "format: 1",
        f"title: {_quoted(name)}",
        f"codebook: codebooks/{name}.yaml",
        "inputs:",
        f"  - path: {_quoted('interviews/' + export)}",
        f"    case_by: {_quoted(case_by)}",
    ]
    if several:
        lines.append("coding: {use: all}             # several coders; or {use: primary, primary: NAME}")
    lines.append(f"interactions: {{layers: {layers}}}")
    return "\n".join(lines) + "\n"
