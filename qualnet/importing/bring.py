"""Bring an export into a project, or a newer one in the place of an older; all or nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualnet.files import write_file, writing
from qualnet.importing.difference import Difference, difference
from qualnet.importing.look import Look, look_into
from qualnet.located import YamlText
from qualnet.prepare import prepare
from qualnet.problems import InputError, OutputError, Place, Problem, Problems, UsageError
from qualnet.project import Input, find_project, load_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qualnet.project import Loaded

__all__ = ["Arrival", "bring_in", "plan_import"]

FOLDER = "interviews"
OTHER_WORDS = {"quote-changed", "quote-gone", "quote-not-found", "quote-differs"}
"""What is said of passages that do not stand in their text as they were coded or decided."""


@dataclass(frozen=True)
class Arrival:
    """What an import would do.

    Attributes
    ----------
    look
        What the export holds.
    project
        The project file.
    target
        Where the export will lie, counted from the project's folder.
    entry
        What is added to `inputs`; None where an entry has it already.
    changes
        Against the older export in its place; None where there is none.
    review
        What was decided in qualnet, or coded, and does not sit as firmly as before: problems that name it,
        with the old and the new words.
    new_problems
        Errors that the project would have and did not have before: with one, nothing is brought in.
    is_same
        Whether it is the very file that lies there.
    """

    look: Look
    project: Path
    target: str
    entry: dict[str, object] | None
    changes: Difference | None
    review: tuple[Problem, ...]
    new_problems: tuple[Problem, ...]
    is_same: bool


def plan_import(
    project: Path, export: Path, rule: Mapping[str, str], options: Mapping[str, str], old: str = ""
) -> Arrival:
    """Plan how an export comes into a project; nothing is written.

    An export called like one that the project has takes its place.

    Parameters
    ----------
    project
        The project file, or a folder in or above which it lies.
    export
        File or folder.
    rule
        How its documents find their case: one of `case`, `case_by` and `case_in_name`; empty where the
        file says it, or its place in the project has a rule.
    options
        Of its reader. Files named there are counted from the folder one is in.
    old
        The older export that it replaces, where that is called otherwise.

    Raises
    ------
    InputError
        When the export or the project cannot be used.
    UsageError
        When there is no such older export, or its place has a rule and another one is given.
    """
    file = find_project(project)
    problems = Problems()
    loaded = load_project(file, problems)
    if loaded is None:
        raise InputError(*problems)
    target, known = _target(loaded, export, old)
    if known is not None and rule:
        values = (("path", loaded.project.inputs[known].path),)
        raise UsageError(Problem(Place("qualnet.yaml"), "case-known", values))
    if known is not None:
        options = {**loaded.project.inputs[known].options, **options}
    look = look_into(export, options, Path() if known is None else loaded.folder)
    if look.problems.errors:
        raise InputError(*look.problems)
    entry: dict[str, object] | None = None
    item = None
    if known is None:
        entry = {"path": target, **rule, **({"options": _inside(options)} if options else {})}
        whole = {k: str(Path(v).resolve()) if Path(v).is_file() else v for k, v in options.items()}
        item = Input(target, rule.get("case"), rule.get("case_by"), rule.get("case_in_name"), options=whole)
    place = loaded.folder / target
    changes = None
    if place.exists():
        changes = difference(look_into(place, options, loaded.folder).corpus, look.corpus)
    before, after = Problems(), Problems()
    prepare(file, before)
    with _seen_as(loaded, export, target, item) as instead:
        inputs = (*loaded.project.inputs, *([item] if item else []))
        seen = replace(loaded, project=replace(loaded.project, inputs=inputs), instead=instead)
        prepare(file, after, change=lambda _: seen)
    was = {(p.rule, p.values) for p in before}
    new = [p for p in after if (p.rule, p.values) not in was]
    overlays = loaded.project.overlays.rstrip("/") + "/"
    return Arrival(
        look,
        file,
        target,
        entry,
        changes,
        tuple(p for p in new if p.rule in OTHER_WORDS or p.place.file.startswith(overlays)),
        tuple(p for p in new if p.severity == "error"),
        entry is None and place.exists() and _content(place) == _content(export),
    )


def _target(loaded: Loaded, export: Path, old: str) -> tuple[str, int | None]:
    """Give where an export will lie, and the input that has that place."""
    inputs = loaded.project.inputs
    inside: dict[str, int] = {}
    for i, item in enumerate(inputs):
        path = loaded.path(item.path)
        inside.setdefault(item.path.rstrip("/"), i)
        for other in path.iterdir() if path.is_dir() and path.suffix != ".qda" else ():
            inside.setdefault(f"{item.path.rstrip('/')}/{other.name}", i)
    if old:
        if old not in inside:
            values = (("path", old), ("names", "\n".join(inside)))
            raise UsageError(Problem(Place("--replace"), "no-such-input", values))
        return old, inside[old]
    for place, i in inside.items():
        if Path(place).name == export.name:
            return place, i
    if export.resolve().is_relative_to(loaded.folder.resolve()):
        there = export.resolve().relative_to(loaded.folder.resolve())
        return there.as_posix(), inside.get(there.parent.as_posix())
    return f"{FOLDER}/{export.name}", inside.get(FOLDER)


def _inside(options: Mapping[str, str]) -> dict[str, str]:
    """Give the options as they will be written: files that are named come into the project as well."""
    return {k: f"{FOLDER}/{Path(v).name}" if Path(v).is_file() else v for k, v in options.items()}


@contextlib.contextmanager
def _seen_as(loaded: Loaded, export: Path, target: str, item: Input | None) -> Iterator[dict[str, Path]]:
    """Give what is to be looked at in which place; a file in a folder is seen in a copy of that folder."""
    folders = {item.path.rstrip("/") for item in loaded.project.inputs}
    parent = Path(target).parent.as_posix()
    if item is not None or target in folders:
        yield {target: export}
        return
    with tempfile.TemporaryDirectory(prefix="qualnet-") as folder:
        copy = Path(folder) / "inputs"
        shutil.copytree(loaded.folder / parent, copy)
        _put(export, copy / Path(target).name)
        yield {parent: copy}


def bring_in(arrival: Arrival) -> None:
    """Do what was planned.

    Raises
    ------
    InputError
        With the errors that the project would have.
    OutputError
        When it cannot be written; the project is as it was.
    """
    if arrival.new_problems:
        raise InputError(*arrival.new_problems)
    folder = arrival.project.parent
    target = folder / arrival.target
    text = YamlText.read(arrival.project)
    if arrival.entry is not None:
        text.extend(("inputs",), [arrival.entry])
    beside = [(path, target.parent / path.name) for path in arrival.look.files[1:]]
    for source, goal in beside:
        if goal.exists() and _content(goal) != _content(source) and arrival.changes is None:
            name = goal.relative_to(folder).as_posix()
            raise OutputError(Problem(Place(name), "exists-already"))
    with writing(folder):
        target.parent.mkdir(parents=True, exist_ok=True)
        for source, goal in [*beside, (arrival.look.files[0], target)]:
            if source.resolve() != goal.resolve():
                _put(source, goal)
        if arrival.entry is not None:
            write_file(arrival.project, text.after())


def _put(source: Path, target: Path) -> None:
    """Copy a file or folder; what stood there goes when the copy is whole."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    if source.is_dir():
        shutil.copytree(source, draft)
        if target.exists():
            shutil.rmtree(target)
    else:
        shutil.copyfile(source, draft)
    draft.replace(target)


def _content(path: Path) -> list[tuple[str, bytes]]:
    if path.is_file():
        return [("", path.read_bytes())]
    return [(p.relative_to(path).as_posix(), p.read_bytes()) for p in sorted(path.rglob("*")) if p.is_file()]
