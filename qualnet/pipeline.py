"""From a project file to its outputs, in the order in which the data flows.

The module is not called `build`, so that ``qualnet.build`` is always the function.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualnet.prepare import prepare
from qualnet.problems import BusyError, Problems
from qualnet.project import FILE_NAME, find_project

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualnet.comparison import Study
    from qualnet.prepare import Prepared

__all__ = ["Built", "build", "publish", "run"]

PAUSE = 0.5


@dataclass(frozen=True)
class Built:
    """What one run made, and of what.

    Attributes
    ----------
    outputs
        The folder that was written; None when nothing was to be written.
    """

    study: Study
    prepared: Prepared
    outputs: Path | None


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
    return run(path, write=write, strict=strict, progress=progress).study


def run(
    path: str | Path = FILE_NAME,
    *,
    write: bool = True,
    strict: bool = False,
    move_factors: bool = False,
    wait: Callable[[BusyError], None] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Built:
    """Do what :func:`build` does, and tell what was read and written.

    Parameters
    ----------
    path, write, strict, progress
        As for :func:`build`.
    move_factors
        Forget where the factors stood, and lay them out anew.
    wait
        Wait for another build that writes there, and call this once; None makes it an error.
    """
    from qualnet.study import derive_study  # noqa: PLC0415

    problems = Problems()
    prepared = prepare(find_project(Path(path)), problems, progress)
    problems.stop_on_errors()
    if prepared is None or (strict and problems.warnings):
        problems.fail()
    study = derive_study(prepared)
    if not write:
        return Built(study, prepared, None)
    progress("outputs")
    return Built(study, prepared, _written(study, prepared, wait, move_factors=move_factors))


def publish(path: str | Path = FILE_NAME) -> Path:
    """Write what of a project may be passed on, into `share/` beside its outputs.

    Parameters
    ----------
    path
        The project file, or a folder in or above which it lies.

    Returns
    -------
    Path
        The folder written.

    Raises
    ------
    InputError
        With every problem of every input; nothing is written.
    PrivacyError
        When a file would hold a name of the project's key file; nothing is written.
    """
    from qualnet.report import write_share  # noqa: PLC0415

    built = run(path, write=False)
    return write_share(built.study, built.prepared)


def _written(
    study: Study,
    prepared: Prepared,
    wait: Callable[[BusyError], None] | None,
    *,
    move_factors: bool,
) -> Path:
    from qualnet.report import write_outputs  # noqa: PLC0415

    told = False
    while True:
        try:
            return write_outputs(study, prepared, move_factors=move_factors)
        except BusyError as error:
            if wait is None:
                raise
            if not told:
                wait(error)
            told = True
        time.sleep(PAUSE)
