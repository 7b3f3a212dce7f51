"""Write a set of files so that after the next run there is the whole old or the whole new set.

Lock, stage, fsync, journal, rename, roll forward: the journal is the commit point. Files that
an earlier run did not write are never touched. Nothing is written outside the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualnet.problems import BusyError, OutputError, Place, Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["MANIFEST", "Stage", "changed_files", "staged", "writing"]

LOCK = ".qualnet.lock"
JOURNAL = ".qualnet.journal"
MANIFEST = "manifest.json"
FORMAT = 1


def _cannot(path: Path, error: OSError) -> OutputError:
    why = error.strerror or type(error).__name__
    return OutputError(Problem(Place(path.name), "cannot-write", (("why", why),)))


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn every failing write inside into one clear error; other errors pass."""
    try:
        yield
    except OSError as error:
        raise _cannot(folder, error) from error


@dataclass
class Stage:
    """The new set while it is written; nothing of it is visible before it is complete.

    Attributes
    ----------
    folder
        Where to write; same file system as the outputs.
    """

    folder: Path
    written: set[str] = field(default_factory=set)

    def path(self, name: str) -> Path:
        """Give the path for a file of the set, e.g. ``tables/interactions.csv``."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.written.add(name)
        return path

    def write(self, name: str, content: str | bytes) -> None:
        """Write one file; text is UTF-8 with LF."""
        data = content.encode() if isinstance(content, str) else content
        self.path(name).write_bytes(data)

    def files(self) -> list[str]:
        """Give the names of all files written, sorted."""
        return sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file())


@contextlib.contextmanager
def staged(target: Path, within: Path, beside: tuple[Path, ...] = ()) -> Iterator[Stage]:
    """Write a new set of files for a folder, and put it in place when the block ends.

    Parameters
    ----------
    target
        The folder, e.g. ``outputs``.
    within
        The project's folder: a target that leads out of it is refused.
    beside
        Files outside the folder that belong to the set, such as ``layout.json``: the stage
        holds them as ``../NAME``, written by :meth:`Stage.write` under ``beside/NAME``.

    Raises
    ------
    BusyError
        When another process writes there.
    OutputError
        When it cannot be written; the old set is untouched.
    """
    if target.is_symlink() or within.resolve() not in (target.resolve(), *target.resolve().parents):
        raise OutputError(Problem(Place(target.name), "output-outside"))
    with writing(target):
        target.mkdir(parents=True, exist_ok=True)
        probe = target / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    with _locked(target):
        with writing(target):
            _roll_forward(target)
            for old in target.glob(".stage-*"):
                shutil.rmtree(old, ignore_errors=True)
            folder = target / f".stage-{os.getpid()}"
            folder.mkdir()
        try:
            with writing(target):
                stage = Stage(folder)
                yield stage
                _commit(target, stage, beside)
        finally:
            if not (target / JOURNAL).exists():
                shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[None]:
    path = target / LOCK
    with writing(target):
        handle = path.open("a+")
    with handle:
        try:
            _lock(handle.fileno())
        except OSError:
            handle.seek(0)
            pid = handle.read().strip() or "?"
            raise BusyError(Problem(Place(target.name), "busy", (("pid", pid),))) from None
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _lock(descriptor: int) -> None:
    """Take the lock; the system frees it when the process ends, however it ends."""
    if os.name == "nt":  # pragma: no cover (Windows)
        import msvcrt  # noqa: PLC0415

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest(path: Path) -> str:
    """Hash a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _previous(target: Path) -> list[str]:
    try:
        names = json.loads((target / MANIFEST).read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        return []
    return [n for n in names if isinstance(n, str) and ".." not in n.split("/")]


def _commit(target: Path, stage: Stage, beside: tuple[Path, ...]) -> None:
    names = stage.files()
    for name in names:
        _sync(stage.folder / name)
    outside = {f"beside/{p.name}": p for p in beside}
    moves = [[name, str(outside[name]) if name in outside else name] for name in names]
    # the manifest is renamed last: who finds a new manifest finds the whole new set
    moves.sort(key=lambda m: (m[0] == MANIFEST, m[0]))
    gone = sorted(set(_previous(target)) - set(names))
    journal = {"format": FORMAT, "stage": stage.folder.name, "moves": moves, "delete": gone}
    draft = stage.folder / JOURNAL
    draft.write_text(json.dumps(journal), "utf-8")
    _sync(draft)
    _sync(stage.folder)
    draft.replace(target / JOURNAL)
    _sync(target)
    _roll_forward(target)


def _roll_forward(target: Path) -> None:
    """Finish what a journal says; done twice it does no harm."""
    path = target / JOURNAL
    try:
        journal = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return
    stage = target / journal["stage"]
    for name, goal in journal["moves"]:
        source, place = stage / name, target / goal
        if source.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            source.replace(place)
    for name in journal["delete"]:
        (target / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (target / name).parent.rmdir()
    _sync(target)
    path.unlink()
    shutil.rmtree(stage, ignore_errors=True)


def changed_files(target: Path, shown: str, problems: Problems) -> int:
    """Compare a folder with its manifest and note every missing or changed file.

    Returns
    -------
    int
        How many files the manifest lists.
    """
    try:
        listed = json.loads((target / MANIFEST).read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        problems.add(Place(f"{shown}/{MANIFEST}"), "no-manifest")
        return 0
    for name, wanted in sorted(listed.items()):
        path = target / name
        if not path.is_file():
            problems.add(Place(f"{shown}/{name}"), "output-missing")
        elif digest(path) != wanted:
            problems.add(Place(f"{shown}/{name}"), "output-changed")
    return len(listed)
