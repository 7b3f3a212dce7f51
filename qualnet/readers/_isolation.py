"""Strangers' files are read in a process of their own, which may fall without harm.

A file that makes a library abort, takes all memory or never ends is one line that names it, and
the next file is read. The process has no right to write, and answers in plain data.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualnet.corpus import Corpus
from qualnet.readers import _reading, _source
from qualnet.readers._reading import HERE, NO_OPTIONS, Found
from qualnet.readers._source import Sheet, Source
from qualnet.readers._wire import add_rows, problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qualnet.problems import Problems

__all__ = ["elsewhere", "find_inputs", "forget", "here", "read_file"]

SECONDS = 60.0
"""Time of the processor for a file of up to ten megabytes; larger ones have as much more."""
TEN_MEGABYTES = 10_000_000
PATIENCE = 4
"""How much longer than its time of the processor a file may take on a busy machine."""
SIGXCPU = 24
OUT_OF_TIME = ("time", "")
STARTED = """
import sys
sys.path[:] = {path!r}
import runpy
runpy.run_module("qualnet.readers._worker", run_name="__main__")
"""


class _StoppedError(Exception):
    """The process fell, or was ended because of its time."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.detail = detail


class _Reader:
    """The other process: started when it is first needed, and again after it fell."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        self.rest = b""

    def start(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.end()
            # an empty folder: nothing is found or left where the user works; on a full disk there is none
            where = os.sep
            with contextlib.suppress(OSError):
                self.folder = tempfile.TemporaryDirectory(prefix="qualnet-", ignore_cleanup_errors=True)
                where = self.folder.name
            code = STARTED.format(path=[str(Path(p).resolve()) for p in sys.path])
            self.process = subprocess.Popen(  # noqa: S603 (our own interpreter, our own words)
                [sys.executable, "-I", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=where,
                env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), where)},
                start_new_session=True,
            )
            self.rest = b""
        return self.process

    def end(self) -> None:
        """End the process, if there is one."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None
        if self.folder is not None:
            self.folder.cleanup()
            self.folder = None

    def ask(self, request: dict[str, Any], size: int) -> Iterator[str]:
        """Give the lines of the answer.

        Raises
        ------
        _StoppedError
            When there is none, or it breaks off.
        """
        seconds = SECONDS * max(1.0, size / TEN_MEGABYTES)
        latest = time.monotonic() + PATIENCE * seconds
        process = self.start()
        assert process.stdin is not None  # noqa: S101 (both are pipes)
        line = json.dumps(request | {"seconds": seconds}) + "\n"
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(line.encode())
            process.stdin.flush()
        while True:
            answered = self.line(process, latest)
            yield answered
            if answered.startswith("{"):
                return

    def line(self, process: subprocess.Popen[bytes], latest: float) -> str:
        assert process.stdout is not None  # noqa: S101
        parts = [self.rest]
        while b"\n" not in parts[-1]:
            left = latest - time.monotonic()
            if left <= 0 or not _is_ready(process.stdout, left):
                self.end()
                raise _StoppedError(*OUT_OF_TIME)
            part = os.read(process.stdout.fileno(), 2**20)
            if not part:
                code = process.wait()
                self.end()
                raise _StoppedError(*_why(code))
            parts.append(part)
        whole, _, self.rest = b"".join(parts).partition(b"\n")
        return whole.decode("utf-8", "replace")


def _is_ready(stream: Any, seconds: float) -> bool:
    if os.name == "nt":  # pipes cannot be waited for there; a file that never ends is ended by the user
        return True
    return bool(select.select([stream], [], [], seconds)[0])


def _why(code: int) -> tuple[str, str]:
    """Say why a process fell, by the code it left."""
    if code == -SIGXCPU:
        return OUT_OF_TIME
    return ("signal", str(-code)) if code < 0 else ("fault", f"exit code {code}")


_reader: _Reader | None = _Reader()


@atexit.register
def _end() -> None:
    if _reader is not None:
        _reader.end()


def here() -> None:
    """Read in this process from now on: it is the other one, or a test that looks inside."""
    global _reader  # noqa: PLW0603 (one process, one reader)
    _end()
    _reader = None


def elsewhere() -> None:
    """Read in a process of its own from now on, as is usual."""
    global _reader  # noqa: PLW0603
    _reader = _reader or _Reader()


def _asked(
    do: str, source: Source, problems: Problems, rows: Corpus | None = None, **more: Any
) -> dict[str, Any]:
    """Ask, and give the last line; without one there is a problem that says why."""
    path = source.path.absolute()
    request: dict[str, Any] = {
        "do": do,
        "path": str(path),
        "shown": source.shown,
        "root": str(source.root.absolute()),
    }
    try:
        size = path.stat().st_size
        request |= {"may_copy": path.is_dir() or source.kind == "database", **more}
    except OSError:  # the other process will say what is wrong with it
        size, request = 0, request | {"may_copy": False, **more}
    done: dict[str, Any] = {}
    sheets = []
    assert _reader is not None  # noqa: S101
    try:
        for line in _reader.ask(request, size):
            if line.startswith("{"):
                done = json.loads(line)
            elif rows is not None:
                add_rows(line, rows)
            else:
                sheets.append(json.loads(line))
        found = [problem_of(data) for data in done.get("problems", ())]
    except _StoppedError as error:
        done = {"failed": error.why, "detail": error.detail}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        # an answer that is none: whoever gave it is not to be trusted any more
        _end()
        done = {"failed": "fault", "detail": type(error).__name__}
    if "failed" in done:
        detail = f" ({done['detail']})" if done.get("detail") else ""
        problems.add(source.place, "reading-stopped", why=f"reading: {done['failed']}", detail=detail)
        return {}
    problems.found.extend(p for p in found if p not in problems.found)
    return done | {"sheets": sheets}


def find_inputs(
    path: Path,
    shown: str,
    problems: Problems,
    reader: str | None = None,
    options: Mapping[str, str] = NO_OPTIONS,
    root: Path = HERE,
) -> Iterator[Found]:
    """Find the files of an input: the file itself, or all files of a folder.

    Parameters
    ----------
    path
        File or folder.
    shown
        How problems name it.
    problems
        Where to note what is wrong.
    reader
        Use this reader and do not look at the content.
    options
        The reader's options, some of which name files.
    root
        Folder from which those are counted.
    """
    if _reader is None:
        return _reading.find_inputs(path, shown, problems, reader, options, root)
    done = _asked("find", Source(path, shown, root), problems, reader=reader, options=dict(options))
    return iter(
        [
            Found(
                Source(_as_given(name, path, root), told, root),
                by,
                tuple(_as_given(other, path, root) for other in beside),
            )
            for name, told, by, beside in done.get("found", ())
        ]
    )


def _as_given(name: str, path: Path, root: Path) -> Path:
    """Give a path as it was given to us, and not as the other process was told it."""
    for known in (path, path.parent, root):
        if Path(name).is_relative_to(known.absolute()):
            return known / Path(name).relative_to(known.absolute())
    return Path(name)


def read_file(found: Found, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read one file and record by which reader."""
    if _reader is None:
        return _reading.read_file(found, options, problems)
    corpus = Corpus()
    done = _asked("read", found.source, problems, corpus, **_how(found, options))
    return corpus if done else Corpus()


def _how(found: Found, options: Mapping[str, str]) -> dict[str, Any]:
    beside = [str(path.absolute()) for path in found.beside]
    return {"reader": found.reader, "options": dict(options), "beside": beside}


def forget(found: Found, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give a file's bytes without one document; None: the whole file goes.

    Raises
    ------
    NotImplementedError
        When the reader does not know how.
    """
    if _reader is None:
        return _reading.forget(found, options, document_id, problems)
    done = _asked("forget", found.source, problems, document=document_id, **_how(found, options))
    if done.get("unable"):
        raise NotImplementedError
    content = done.get("content")
    return None if content is None else base64.b64decode(content)


def _sheets_of(source: Source, problems: Problems) -> list[Sheet]:
    """Read the sheets of a workbook: the library that does it ends the process at some files."""
    if _reader is None:
        return source.workbook(problems)
    done = _asked("sheets", source, problems)
    return [
        Sheet(name, tuple(header), number, tuple((n, tuple(cells)) for n, cells in rows))
        for name, header, number, rows in done.get("sheets", ())
    ]


_source.workbook_of = _sheets_of  # whoever asks a source for its sheets, asks the other process
