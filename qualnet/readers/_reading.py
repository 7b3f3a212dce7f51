"""Find the reader of a file and read it, in this process."""

from __future__ import annotations

import contextlib
import gc
import hashlib
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from qualnet.corpus import Corpus, Import
from qualnet.readers._foreign import tool_of
from qualnet.readers._source import Source, decode_head
from qualnet.registry import Registry
from qualnet.rules import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qualnet.problems import Problems

__all__ = ["Found", "Reader", "find_inputs", "forget", "read_file", "readers"]


class Reader(Protocol):
    """What a reader's module offers."""

    SUMMARY: dict[str, str]
    """What it reads and what the tool loses, in ``de`` and ``en``."""

    def sniff(self, source: Source) -> bool:
        """Tell by the content whether the file is of this reader's kind."""

    def read(self, source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
        """Read the file into the normal form, noting what is wrong with it."""


readers: Registry[Reader] = Registry("reader", "qualnet.readers", "")

# Asked in this order: ours for one particular content, then every other reader, and at last
# the two that take any table and any text.
FIRST = ("refi", "causal_map", "maxqda")
LAST = ("tables", "transcripts")
IGNORED = {".yaml", ".yml", ".lock", ".conf"}
NO_OPTIONS: Mapping[str, str] = MappingProxyType({})
HERE = Path()


@dataclass(frozen=True, slots=True)
class Found:
    """A file of an input, the reader that knows it, and the files that are read with it."""

    source: Source
    reader: str
    beside: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything that reading depends on, the file itself first."""
        return (self.source.path, *self.beside)


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
    reader
        Use this reader and do not look at the content.
    options
        The reader's options, some of which name files.
    root
        Folder from which those are counted.
    """
    source = Source(path, shown, root)
    if not path.exists():
        problems.add(source.place, "not-found", path=shown)
        return
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.is_file() and not _ignored(p))
        if not files:
            problems.add(source.place, "empty-file")
        inside = f"{shown.rstrip('/')}/"
        every = [
            found
            for file in files
            for found in find_inputs(file, f"{inside}{file.name}", problems, reader, options, root)
        ]
        taken = {other for found in every for other in found.beside}
        yield from (found for found in every if found.source.path not in taken)
        return
    if not path.is_file():
        problems.add(source.place, "unsafe-file", why="no ordinary file")
        return
    try:
        blank = not decode_head(source.head).strip("\ufeff \t\r\n\0")
    except OSError as error:
        problems.add(source.place, "unreadable", why=error.strerror or str(error))
        return
    if blank:
        problems.add(source.place, "empty-file")
        return
    if source.kind == "damaged archive":
        problems.add(source.place, "unreadable", why=source.kind)
        return
    if reader is None and not source.is_what_its_name_says:
        ending = path.suffix
        problems.add(source.place, "not-what-its-name-says", ending=ending, found=source.kind)
        return
    name = reader or next((n for n in _order() if readers[n].sniff(source)), None)
    if name is None:
        tool = tool_of(source)
        how = f"out of {tool}"
        problems.add(source.place, "unknown-format", found=tool, how=how if how in WORDS else "")
        return
    yield Found(source, name, _beside(name, source, options))


def _beside(name: str, source: Source, options: Mapping[str, str]) -> tuple[Path, ...]:
    part = getattr(readers[name], "beside", None)
    return tuple(part(source, options)) if part else ()


def _ignored(path: Path) -> bool:
    # brat makes an empty file of annotations for each text that is looked at
    unmarked = path.suffix == ".ann" and not path.stat().st_size and path.with_suffix(".txt").is_file()
    return path.name.startswith((".", "~$")) or path.suffix.lower() in IGNORED or unmarked


def _order() -> list[str]:
    return [*FIRST, *(name for name in readers if name not in FIRST + LAST), *LAST]


def read_file(found: Found, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read one file and record by which reader."""
    source = found.source
    part = readers[found.reader]
    with _collecting_later():
        corpus = part.read(source, options, problems)
    digest = hashlib.sha256(source.path.read_bytes()).hexdigest()
    rule = next((i.offset_rule for i in corpus.imports), "")
    corpus.imports[:] = [Import(source.shown, digest, found.reader, rule)]
    return corpus


@contextlib.contextmanager
def _collecting_later() -> Iterator[None]:
    """Look for unused cycles afterwards: rows hold none, and each look goes through all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def forget(found: Found, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give a file's bytes without one document; None: the whole file goes.

    Raises
    ------
    NotImplementedError
        When the reader does not know how.
    """
    part = getattr(readers[found.reader], "forget", None)
    if part is None:
        raise NotImplementedError
    content: bytes | None = part(found.source, options, document_id, problems)
    return content
