"""Write a set of files so that after the next run there is the whole old or the whole new set.

Lock, stage, fsync, journal, rename, roll forward: the journal is the commit point. Files that
an earlier run did not write are never touched. Nothing is written outside the folder.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import json
import os
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualnet.problems import BusyError, OutputError, Place, Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from io import FileIO

__all__ = [
    "JOURNAL",
    "MANIFEST",
    "STAGE",
    "Stage",
    "archive",
    "changed_files",
    "digest",
    "finish",
    "locked",
    "remove_file",
    "staged",
    "write_file",
    "writing",
    "written_files",
]

LOCK = ".qualnet.lock"
JOURNAL = ".qualnet.journal"
MANIFEST = "manifest.json"
STAGE = ".stage-"
FORMAT = 1
WHY = {
    errno.ENOSPC: "disk full",
    errno.EDQUOT: "disk full",
    errno.EFBIG: "disk full",
    errno.EROFS: "read-only",
    errno.EACCES: "not allowed",
    errno.EPERM: "not allowed",
    errno.EEXIST: "file in the way",
    errno.ENOTDIR: "file in the way",
    errno.EISDIR: "folder in the way",
}
"""What an error of the system means to a person, in a word of :data:`qualnet.rules.WORDS`."""


def _cannot(folder: Path, error: OSError) -> OutputError:
    why = WHY.get(error.errno or 0) or error.strerror or type(error).__name__
    return OutputError(
        Problem(_place(folder, error.filename2 or error.filename), "cannot-write", (("why", why),))
    )


def _place(folder: Path, path: object) -> Place:
    """Name a file as it will be called once it is in place."""
    if isinstance(path, str | Path) and Path(path).is_relative_to(folder):
        parts = Path(path).relative_to(folder).parts
        parts = parts[1:] if parts and parts[0].startswith(STAGE) else parts
        return Place("/".join((folder.name, *parts)))
    return Place(folder.name)


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
    if target.is_symlink():
        raise OutputError(Problem(Place(target.name), "output-outside"))
    _stay(target, within)
    with writing(target):
        target.mkdir(parents=True, exist_ok=True)
    with locked(target):
        with writing(target):
            _roll_forward(target, within)
            for old in target.glob(f"{STAGE}*"):
                shutil.rmtree(old, ignore_errors=True)
            folder = target / f"{STAGE}{os.getpid()}"
            folder.mkdir()
        try:
            with writing(target):
                stage = Stage(folder)
                yield stage
                _commit(target, within, stage, beside)
        finally:
            if not (target / JOURNAL).exists():
                shutil.rmtree(folder, ignore_errors=True)


def finish(target: Path, within: Path) -> None:
    """Finish the set that a killed process left half in place; do nothing where there is none.

    Parameters
    ----------
    target, within
        As for :func:`staged`.

    Raises
    ------
    BusyError
        When another process writes there.
    """
    if _journal(target) is not None:
        with locked(target), writing(target):
            _roll_forward(target, within)


def _stay(path: Path, within: Path) -> None:
    """Refuse a place that a link leads out of the project."""
    if within.resolve() not in (path.resolve(), *path.resolve().parents):
        raise OutputError(Problem(Place(path.name), "output-outside"))


@contextlib.contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep other processes from writing into a folder while the block runs.

    Raises
    ------
    BusyError
        When another process writes there.
    """
    with _lock_file(target) as handle:
        try:
            with writing(target):
                handle.truncate(0)
                handle.write(str(os.getpid()).encode())
            yield
        finally:
            with contextlib.suppress(OSError):
                (target / LOCK).unlink()


def _lock_file(target: Path) -> FileIO:
    path = target / LOCK
    while True:
        with writing(target):
            handle = path.open("a+b", buffering=0)
        try:
            _lock(handle.fileno())
        except OSError:
            with handle:
                handle.seek(0)
                pid = handle.read().decode("ascii", "replace").strip() or "?"
            raise BusyError(Problem(Place(target.name), "busy", (("pid", pid),))) from None
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle.fileno()), path.stat()):
                return handle
        handle.close()  # its owner removed the file just before we took it: the next one has another


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


def write_file(path: Path, content: str | bytes) -> None:
    """Write one file of its own: whoever looks finds the whole old content or the whole new one.

    Raises
    ------
    OutputError
        When it cannot be written; the old content is untouched.
    """
    data = content.encode() if isinstance(content, str) else content
    draft = path.with_name(f"{STAGE}{os.getpid()}-{path.name}")
    with writing(path.parent):
        try:
            draft.write_bytes(data)
            _sync(draft)
            draft.replace(path)
            _sync(path.parent)
        finally:
            draft.unlink(missing_ok=True)


def remove_file(path: Path) -> None:
    """Remove a file, if it is there.

    Raises
    ------
    OutputError
        When it cannot be removed.
    """
    with writing(path.parent):
        if path.exists():
            path.unlink()
            _sync(path.parent)


def digest(path: Path) -> str:
    """Hash a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _listed(target: Path) -> dict[str, str] | None:
    """Give the files of the manifest with their hashes; names that lead elsewhere are none of ours."""
    try:
        files = json.loads((target / MANIFEST).read_text("utf-8"))["files"]
        return {name: value for name, value in files.items() if _inside(name)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _inside(name: str) -> bool:
    return not name.startswith("/") and not {"..", ""} & set(name.split("/")) and not {"\\", ":"} & set(name)


def _commit(target: Path, within: Path, stage: Stage, beside: tuple[Path, ...]) -> None:
    names = stage.files()
    for name in names:
        _sync(stage.folder / name)
    outside = {f"beside/{p.name}": os.path.relpath(p, target) for p in beside}
    moves = [[name, Path(outside.get(name, name)).as_posix()] for name in names]
    # the manifest is renamed last: who finds a new manifest finds the whole new set
    moves.sort(key=lambda m: (m[0] == MANIFEST, m[0]))
    gone = sorted(set(_listed(target) or ()) - set(names))
    # whatever can fail should fail before the commit point, while the old set is whole
    for goal in (*(goal for _, goal in moves), *gone):
        _stay((target / goal).parent, within)
    for _, goal in moves:
        _make_way(target / goal)
    journal = {"format": FORMAT, "stage": stage.folder.name, "moves": moves, "delete": gone}
    draft = stage.folder / JOURNAL
    draft.write_text(json.dumps(journal), "utf-8")
    _sync(draft)
    _sync(stage.folder)
    draft.replace(target / JOURNAL)
    _sync(target)
    _roll_forward(target, within)


def _make_way(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))
    if os.name == "nt" and place.exists():  # pragma: no cover (Windows)
        place.open("r+b").close()  # a table that is open in Excel is locked


def _journal(target: Path) -> dict[str, Any] | None:
    """Read the journal; None when there is none, or none of ours."""
    try:
        journal: dict[str, Any] = json.loads((target / JOURNAL).read_text("utf-8"))
        whole = bool(journal["stage"].startswith(STAGE)) and _inside(journal["stage"])
        whole &= all(_inside(name) and isinstance(goal, str) for name, goal in journal["moves"])
        whole &= all(_inside(name) for name in journal["delete"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return journal if whole else None


def _roll_forward(target: Path, within: Path) -> None:
    """Finish what a journal says; done twice it does no harm."""
    journal = _journal(target)
    if journal is None:
        return
    stage = target / journal["stage"]
    for name, goal in journal["moves"]:
        source, place = stage / name, target / goal
        _stay(place.parent, within)
        if source.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            source.replace(place)
    for name in journal["delete"]:
        _stay((target / name).parent, within)
        (target / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (target / name).parent.rmdir()
    _sync(target)
    (target / JOURNAL).unlink()
    shutil.rmtree(stage, ignore_errors=True)


def changed_files(target: Path, shown: str, problems: Problems) -> int:
    """Compare a folder with its manifest and note every missing or changed file.

    Returns
    -------
    int
        How many files the manifest lists.
    """
    listed = _listed(target)
    if listed is None:
        problems.add(Place(f"{shown}/{MANIFEST}"), "no-manifest")
        return 0
    for name, wanted in sorted(listed.items()):
        path = target / name
        if not path.is_file():
            problems.add(Place(f"{shown}/{name}"), "output-missing")
        elif digest(path) != wanted:
            problems.add(Place(f"{shown}/{name}"), "output-changed")
    return len(listed)


def written_files(target: Path) -> list[Path]:
    """Give everything in a folder that runs of qualnet wrote there, of a run that was killed too.

    Files that lie in it through a link are left out: they belong to somebody else.
    """
    listed = _listed(target)
    names = set(listed or ()) | ({MANIFEST} if listed is not None else set())
    journal = _journal(target)
    if journal is not None:
        names |= {JOURNAL, *journal["delete"]}
        names |= {goal for _, goal in journal["moves"] if _inside(goal)}
    names |= {p.relative_to(target).as_posix() for s in target.glob(f"{STAGE}*") for p in (s, *s.rglob("*"))}
    inside = target.resolve()
    return [
        path
        for name in sorted(names)
        if (path := target / name).is_file() and path.resolve().is_relative_to(inside)
    ]


def archive(contents: Mapping[str, bytes]) -> bytes:
    """Write a ZIP archive anew: no trace of what an older one held."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in contents.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(member, content)
    return buffer.getvalue()
