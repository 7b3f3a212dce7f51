"""A file as readers look at it: its beginning, its members, its text, each read once."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import sqlite3
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qualnet.located import decode
from qualnet.problems import Place, Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Record", "Sheet", "Source", "read_table", "records"]

HEAD = 65_536
HERE = Path()
MAX_TEXT = 256 * 2**20
MAX_MEMBER = 256 * 2**20
MAX_STREAM = 2**30
"""Bytes of a member that is read piece by piece and never held as a whole."""
PIECE = 2**20
SMALL = 2**20
RATIO = 200
"""A member that grows to more times its size, and is not small, was made to fill the memory."""
MAX_MEMBERS = 20_000
MAX_FIELD = 2**20
ENDINGS = {
    ".csv": ("text",),
    ".tsv": ("text",),
    ".txt": ("text", "xml"),
    ".md": ("text", "xml"),
    ".xlsx": ("xlsx",),
    ".xlsm": ("xlsx",),
    ".xls": ("xls",),
    ".qdpx": ("qdpx",),
    ".qde": ("xml",),
    ".docx": ("docx",),
    ".pdf": ("pdf",),
}
"""What the content of a file may be, by the ending of its name; other endings promise nothing."""
_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"SQLite format 3\0", "database"),
)
_MEMBERS = (
    (re.compile(r"^xl/"), "xlsx"),
    (re.compile(r"^word/"), "docx"),
    (re.compile(r"\.qde$", re.IGNORECASE), "qdpx"),
)
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError)
_MARKUP = re.compile(r"\s*<[?!a-z]", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A table as text: header and rows, each row with its number in the file."""

    name: str
    header: tuple[str, ...]
    header_row: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Source:
    """A file to be read.

    Attributes
    ----------
    path
        The file.
    shown
        How problems name it.
    root
        Folder from which paths in a reader's options are counted.
    """

    path: Path
    shown: str
    root: Path = HERE

    @property
    def place(self) -> Place:
        """The file as a place."""
        return Place(self.shown)

    @property
    def stem(self) -> str:
        """The file's name without ending."""
        return self.path.name.rsplit(".", 1)[0] if "." in self.path.name else self.path.name

    @cached_property
    def head(self) -> bytes:
        """The first bytes."""
        with self.path.open("rb") as file:
            return file.read(HEAD)

    @property
    def is_zip(self) -> bool:
        """Whether it is a ZIP archive (xlsx, docx and qdpx are)."""
        return self.head.startswith(b"PK\x03\x04")

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The names of the members of an archive; empty for anything else."""
        if not self.is_zip:
            return ()
        try:
            with zipfile.ZipFile(self.path) as archive:
                return tuple(archive.namelist()[:MAX_MEMBERS])
        except _BROKEN:
            return ()

    @cached_property
    def tables(self) -> frozenset[str]:
        """The names of the tables of an SQLite database; empty for anything else."""
        if self.kind != "database":
            return frozenset()
        address = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            with contextlib.closing(sqlite3.connect(address, uri=True)) as database:
                rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        except sqlite3.Error:
            return frozenset()
        return frozenset(str(name) for (name,) in rows)

    @property
    def is_spreadsheet(self) -> bool:
        """Whether it is an Excel workbook, by its content."""
        return any(m.startswith("xl/") for m in self.members) or self.head.startswith(b"\xd0\xcf\x11\xe0")

    @property
    def is_text(self) -> bool:
        """Whether it looks like text in any encoding."""
        return not self.is_zip and (
            self.head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in self.head
        )

    @property
    def kind(self) -> str:
        """What the file is by its content, as a word of :data:`qualnet.rules.WORDS`."""
        if self.is_zip:
            if not self.members:
                return "damaged archive"
            return next((kind for test, kind in _MEMBERS for m in self.members if test.search(m)), "zip")
        known = next((kind for start, kind in _BEGINNINGS if self.head.startswith(start)), "")
        if known or not self.is_text:
            return known or "unknown"
        return "xml" if _MARKUP.match(decode_head(self.head)) else "text"

    @property
    def is_what_its_name_says(self) -> bool:
        """Whether the content is what the ending of the name promises."""
        return self.kind in ENDINGS.get(self.path.suffix.lower(), (self.kind,))

    def member(self, name: str, problems: Problems) -> bytes | None:
        """Read a member of an archive, never more than the limit."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                info = archive.getinfo(name)
                if info.flag_bits & 1:
                    problems.add(self.place.at(element=name), "unsafe-file", why="encrypted member")
                    return None
                with archive.open(info) as file:
                    data = file.read(MAX_MEMBER + 1)
        except (KeyError, *_BROKEN) as error:
            problems.add(self.place.at(element=name), "unreadable", why=str(error))
            return None
        if len(data) > MAX_MEMBER:
            problems.add(self.place.at(element=name), "too-large", what=name, limit="256 MiB")
            return None
        return data

    def chunks(self, name: str, problems: Problems, limit: int = MAX_STREAM) -> Iterator[bytes]:
        """Give a member of an archive piece by piece, never more than the limit.

        Where it breaks off, the problem is noted and nothing follows.
        """
        place, n = self.place.at(element=name), 0
        try:
            with zipfile.ZipFile(self.path) as archive:
                info = archive.getinfo(name)
                if info.flag_bits & 1:
                    problems.add(place, "unsafe-file", why="encrypted member")
                    return
                with archive.open(info) as file:
                    while part := file.read(PIECE):
                        n += len(part)
                        if n > limit or (n > SMALL and n > RATIO * info.compress_size):
                            problems.add(place, "too-large", what=name, limit=f"{limit >> 20} MiB")
                            return
                        yield part
        except (KeyError, *_BROKEN) as error:
            problems.add(place, "unreadable", why=str(error))

    def pieces(self) -> Iterator[bytes]:
        """Give the content of the file piece by piece."""
        with self.path.open("rb") as file:
            while part := file.read(PIECE):
                yield part

    def text(self, problems: Problems) -> str | None:
        """Read the file as text with LF line ends.

        A BOM decides, else strict UTF-8, else cp1252 with a notice that names the first line
        that is not ASCII.
        """
        if self.path.stat().st_size > MAX_TEXT:
            problems.add(self.place, "too-large", what=self.shown, limit="256 MiB")
            return None
        raw = self.path.read_bytes()
        text = decode(raw, self.place, problems)
        return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n")

    def sheets(self, problems: Problems) -> list[Sheet]:
        """Read a spreadsheet or a delimited text as tables of text."""
        sheets, found = self._sheets
        problems.found.extend(found)
        return list(sheets)

    @cached_property
    def _sheets(self) -> tuple[list[Sheet], Problems]:
        """The tables and what is wrong with them; several readers may ask whether they know them."""
        problems = Problems()
        if self.is_spreadsheet:
            return workbook_of(self, problems), problems
        text = self.text(problems)
        return [] if text is None else self._delimited(text, problems), problems

    def workbook(self, problems: Problems) -> list[Sheet]:
        """Read the sheets of a workbook in this process; :meth:`sheets` has it done where it is safe."""
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

        try:
            workbook = CalamineWorkbook.from_path(str(self.path))
            tables = [(n, workbook.get_sheet_by_name(n)) for n in workbook.sheet_names]
            cells = [(n, s.start[0] if s.start else 0, s.to_python(skip_empty_area=True)) for n, s in tables]
        except (CalamineError, OSError, ValueError) as error:
            problems.add(self.place, "unreadable", why=str(error))
            return []
        return [
            sheet
            for name, first, rows in cells
            if (
                sheet := _sheet(
                    name,
                    [
                        (first + i + 1, [c if type(c) is str else cell_text(c) for c in r])
                        for i, r in enumerate(rows)
                    ],
                )
            )
        ]

    def _delimited(self, text: str, problems: Problems) -> list[Sheet]:
        rows: list[tuple[int, list[str]]] = []
        line = 1
        try:
            for record in records(text):
                rows.append((record.line, record.cells))
                line = record.end
        except csv.Error as error:
            rule = (
                "unclosed-quote"
                if "end of data" in str(error) or "expected after" in str(error)
                else "unreadable"
            )
            problems.add(Place(self.shown, line=max(line, 1 + _skipped(text))), rule, why=str(error))
            return []
        sheet = _sheet("", rows)
        return [sheet] if sheet else []


@dataclass(frozen=True)
class Record:
    """One record of a delimited text: its first line, the line after its last one, its cells."""

    line: int
    end: int
    cells: list[str]


def records(text: str) -> Iterator[Record]:
    """Give the records of a delimited text with LF line ends, blank ones too.

    Raises
    ------
    csv.Error
        When a quotation mark is not closed, or a cell is too long.
    """
    skipped = _skipped(text)
    delimiter = text[4] if skipped else ""
    text = text.partition("\n")[2] if skipped else text
    head = text.partition("\n")[0]
    delimiter = delimiter or max("\t;,", key=lambda d: (head.count(d), d == ","))
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1 + skipped
    for row in reader:
        end = reader.line_num + 1 + skipped
        yield Record(line, end, row)
        line = end


def _skipped(text: str) -> int:
    """Give how many lines stand before the header: Excel's `sep=;` is one."""
    first = text.partition("\n")[0]
    return int(first.lower().startswith("sep=") and len(first) > 4)  # noqa: PLR2004


workbook_of: Callable[[Source, Problems], list[Sheet]] = Source.workbook
"""Reads a workbook; replaced by what has it read in a process of its own."""


def read_table(path: Path, shown: str, problems: Problems) -> Sheet | None:
    """Read a file that holds one table, as leniently as an input: any separator, encoding, or Excel."""
    source, mine = Source(path, shown), Problems()
    sheets: list[Sheet] = []
    try:
        sheets = source.sheets(mine)
    except OSError as error:
        mine.add(source.place, "unreadable", why=error.strerror or str(error))
    if not sheets and not mine.errors:
        mine.add(source.place, "empty-file")
    problems.found.extend(mine.found)
    return sheets[0] if sheets else None


def _sheet(name: str, rows: list[tuple[int, list[str]]]) -> Sheet | None:
    filled = [(n, r) for n, r in rows if any(c.strip() for c in r)]
    if not filled:
        return None
    number, header = filled[0]
    while header and not header[-1].strip():
        header = header[:-1]
    body = tuple((n, tuple(r)) for n, r in filled[1:])
    return Sheet(name, tuple(h.strip() for h in header), number, body)


def cell_text(cell: object) -> str:
    """Write a spreadsheet's cell as text: whole numbers without a point, dates ISO."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def decode_head(head: bytes) -> str:
    """Decode the first bytes of a text well enough to tell what it is."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return head.decode(encoding, "replace")
