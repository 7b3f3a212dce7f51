"""From a project file to its outputs, in the order in which the data flows.

The module is not called `build`, so that ``qualnet.build`` is always the function.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualnet.prepare import prepare
from qualnet.problems import Problems
from qualnet.project import FILE_NAME, find_project

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualnet.comparison import Study

__all__ = ["build"]


def build(
    path: str | Path = FILE_NAME,
    *,
    write: bool = True,
    strict: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Study:
    """Build a project: read, derive, compare, and write its outputs.

    Parameters
    ----------
    path
        The project file, or a folder in or above which it lies.
    write
        False: only give the study; nothing is written but the store of what was read.
    strict
        Let warnings stop the build too.
    progress
        Told what is done next, in a word or a file's name.

    Returns
    -------
    Study
        Everything built, for a notebook.

    Raises
    ------
    InputError
        With every problem of every input; nothing is written.
    """
    from qualnet.report import write_outputs  # noqa: PLC0415
    from qualnet.study import derive_study  # noqa: PLC0415

    problems = Problems()
    prepared = prepare(find_project(Path(path)), problems, progress)
    problems.stop_on_errors()
    if prepared is None or (strict and problems.warnings):
        problems.fail()
    study = derive_study(prepared)
    if write:
        progress("outputs")
        write_outputs(study, prepared)
    return study
