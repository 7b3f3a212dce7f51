"""Add a city to a project: its material, a codebook that extends the project's, a row of facts, an input."""

from __future__ import annotations

import contextlib
import copy
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualnet.cells import csv_text
from qualnet.codebook import load_codebook, resolve_codes
from qualnet.codebook.start import start_codebook
from qualnet.corpus import Corpus
from qualnet.files import write_file, writing
from qualnet.located import YamlText
from qualnet.names import bad_name, same_name, slug
from qualnet.prepare import prepare, prepare_sound
from qualnet.problems import OutputError, Place, Problem, Problems
from qualnet.project import find_project
from qualnet.readers import find_inputs, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qualnet.codebook import Codebook
    from qualnet.corpus import CodeRow
    from qualnet.prepare import Prepared

__all__ = ["Added", "add_city"]

CASES = "cases.csv"
HEAD = ("case", "attribute", "value", "unit", "year", "source")


@dataclass(frozen=True)
class Added:
    """What was made for a new city.

    Attributes
    ----------
    material, codebook, facts
        Its files, counted from the project's folder; `facts` is empty where the table of facts
        is no CSV and a row must be added by hand.
    codes
        Codes that its material uses and no codebook had; they stand in the new one now.
    n_documents
        How many interviews it has.
    """

    material: str
    codebook: str
    facts: str
    codes: tuple[str, ...]
    n_documents: int


def add_city(project: Path, name: str, export: Path) -> Added:
    """Add a city to a project, in one step; what cannot be added leaves the project as it was.

    Parameters
    ----------
    project
        The project file, or a folder in or above which it lies.
    name
        Name of the city.
    export
        File or folder of its coded material; it is copied into the project.

    Raises
    ------
    InputError
        With every problem of the material, or of the project with it.
    OutputError
        When a file that would be written is there already.
    """
    file = find_project(project)
    before = prepare_sound(file)
    problems = before.problems
    folder = file.parent
    if why := bad_name(name):
        problems.add(Place("NAME"), "bad-case-name", name=name, why=why)
    elif same_name(name) in {same_name(n) for c in before.corpus.cases for n in (c.case_id, c.name)}:
        problems.add(Place("NAME"), "city-exists", case=name)
    corpus, beside = _read(export, problems)
    problems.stop_on_errors()
    with _undoing(folder) as made:
        material = _material(folder, export, made)
        for path in beside:
            _material(folder, path, made)
        codebook, codes = _codebook(folder, name, before, corpus, made)
        facts = _facts(folder, name, before, made)
        text = YamlText.read(file)
        shown = {"path": material, "case": name, "codebook": codebook}
        text.extend(("inputs",), [shown])
        if not before.loaded.project.cases:
            text.set(("cases",), CASES)
        made.keep(file)
        write_file(file, text.after())
        after = Problems()
        prepare(file, after)
        after.stop_on_errors()
    return Added(material, codebook, facts, codes, len(corpus.documents))


def _read(export: Path, problems: Problems) -> tuple[Corpus, list[Path]]:
    """Read an export; give what it holds, and the files that must be copied with it."""
    corpus, beside = Corpus(), []
    for found in find_inputs(export, export.name, problems):
        corpus.extend(read_file(found, {}, problems))
        beside += [path for path in found.beside if not export.is_dir()]
    return corpus, beside


class _Made:
    """Files that were made or changed, so that they can be taken back."""

    def __init__(self) -> None:
        self.old: list[tuple[Path, bytes | None]] = []

    def keep(self, path: Path) -> None:
        self.old.append((path, path.read_bytes() if path.is_file() else None))

    def undo(self) -> None:
        for path, content in reversed(self.old):
            if content is not None:
                path.write_bytes(content)
            elif path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


@contextlib.contextmanager
def _undoing(folder: Path) -> Iterator[_Made]:
    made = _Made()
    try:
        with writing(folder):
            yield made
    except BaseException:
        made.undo()
        raise


def _material(folder: Path, export: Path, made: _Made) -> str:
    """Copy the material into the project, unless it lies there already."""
    if export.resolve().is_relative_to(folder.resolve()):
        return export.resolve().relative_to(folder.resolve()).as_posix()
    goal = folder / "interviews" / export.name
    if goal.exists():
        raise OutputError(Problem(Place(f"interviews/{export.name}"), "exists-already"))
    goal.parent.mkdir(parents=True, exist_ok=True)
    made.keep(goal)
    (shutil.copytree if export.is_dir() else shutil.copyfile)(export, goal)
    return f"interviews/{export.name}"


def _codebook(
    folder: Path, name: str, before: Prepared, corpus: Corpus, made: _Made
) -> tuple[str, tuple[str, ...]]:
    """Write a codebook that extends the project's, with the codes that are new in the material."""
    base = before.codebook
    found = _unknown(corpus, base)
    books = folder / "codebooks"
    path = books / f"{slug(name)}.yaml"
    if path.exists():
        raise OutputError(Problem(Place(f"codebooks/{path.name}"), "exists-already"))
    made.keep(path)
    start_codebook(name, base.id, books, folder)
    text = YamlText.read(path)
    rows = {row.code_id: row for row in corpus.codes}
    names = base.names()
    ids: dict[str, str] = {}
    items = []
    for row in found:
        plain = slug(row.name).replace("-", "_")
        taken = {*ids.values(), *base.codes}
        ids[row.code_id] = next(
            i for n in range(len(found) + 2) if (i := f"{plain}_{n}" if n else plain) not in taken
        )
        above = rows.get(row.parent_id)
        parent = ids.get(row.parent_id) or (names.get(same_name(above.name)) if above else None)
        items.append({"id": ids[row.code_id], "label": row.name} | ({"parent": parent} if parent else {}))
    text.extend(("codes",), items)
    write_file(path, text.after())
    problems = Problems()
    load_codebook(path, folder, problems)
    problems.stop_on_errors()
    return f"codebooks/{path.name}", tuple(row.name for row in found)


def _unknown(corpus: Corpus, base: Codebook) -> list[CodeRow]:
    """Give the codes that the material uses and the codebook does not have, each once."""
    problems = Problems()
    resolve_codes(copy.deepcopy(corpus), base, problems)
    missing = {v for p in problems if p.rule == "unknown-code" for k, v in p.values if k == "code"}
    used = {c.code_id for c in corpus.codings} | {e for r in corpus.relations for e in (r.from_id, r.to_id)}
    return [row for row in corpus.codes if row.name in missing and row.code_id in used]


def _facts(folder: Path, name: str, before: Prepared, made: _Made) -> str:
    """Add a row to the table of facts, or make the table; one that is no CSV is left alone."""
    table = before.loaded.project.cases
    row = (name, "label", name, "", "", "")
    if not table:
        made.keep(folder / CASES)
        if (folder / CASES).exists():
            raise OutputError(Problem(Place(CASES), "exists-already"))
        write_file(folder / CASES, csv_text(HEAD, [row]))
        return CASES
    path = folder / table
    text = path.read_bytes() if path.suffix.lower() == ".csv" else b""
    head = text.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    mark = next((d for d in ",;\t" if same_name(head).startswith(f"case{d}attribute{d}value")), "")
    if not mark:
        return ""
    made.keep(path)
    width = head.count(mark) + 1
    line = csv_text((), [row[:width]]).splitlines()[-1]
    line = line if mark == "," else mark.join(row[:width])
    write_file(path, text.rstrip(b"\r\n") + b"\n" + line.encode() + b"\n")
    return table
