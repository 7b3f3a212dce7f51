"""Do what a plan says, in an order in which a run that is broken off can be finished by another one."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

from qualnet.files import digest, locked, remove_file, write_file, writing
from qualnet.overlays import add_forgotten
from qualnet.problems import InputError, Place, Problem
from qualnet.report.outputs import SHARE

if TYPE_CHECKING:
    from pathlib import Path

    from qualnet.forgetting.plan import Change, Plan

__all__ = ["carry_out"]


def carry_out(plan: Plan, when: str) -> None:
    """Do what a plan says.

    First the record is written: from then on a build refuses the interview, and another call of
    the command goes on where this one was broken off. What was made of the inputs goes next, the
    inputs go last, for the interview can only be found as long as they hold it.

    Parameters
    ----------
    plan
        What :func:`plan_forgetting` gave.
    when
        ISO 8601, UTC.

    Raises
    ------
    InputError
        When a file has changed since the plan was made; nothing is written then.
    BusyError
        When a build, or another command, writes there; nothing is written then.
    OutputError
        When something cannot be written; the command can be called again.
    """
    if not plan.changes:
        return
    loaded = plan.loaded
    shown = loaded.project.overlays
    with contextlib.ExitStack() as stack:
        for folder in (loaded.path(loaded.project.report.output), loaded.folder / SHARE):
            if folder.is_dir():
                stack.enter_context(locked(folder))
        _check(plan)
        add_forgotten(
            loaded.path(shown),
            shown,
            plan.document,
            when,
            n_files=len(plan.changes),
            n_rows=plan.n_rows,
            n_claims=plan.n_claims,
        )
        stack.enter_context(locked(loaded.path(shown)))
        for change in plan.changes:
            _do(change, loaded.folder)


def _check(plan: Plan) -> None:
    changed = [c for c in plan.changes if c.was and (not c.path.is_file() or digest(c.path) != c.was)]
    if changed:
        why = (("why", "changed since"),)
        raise InputError(*(Problem(Place(c.shown), "cannot-forget", why) for c in changed))


def _do(change: Change, folder: Path) -> None:
    if change.content is not None:
        write_file(change.path, change.content)
    elif change.path.is_dir():
        with writing(change.path.parent):
            shutil.rmtree(change.path)
    else:
        remove_file(change.path)
        if change.kind == "output":
            _tidy(change.path.parent, folder)


def _tidy(place: Path, folder: Path) -> None:
    """Remove folders that held nothing else."""
    with contextlib.suppress(OSError):
        while place != folder:
            place.rmdir()
            place = place.parent
