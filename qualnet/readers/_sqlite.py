"""SQLite databases of other programs, opened so that a hostile or damaged one does no harm.

A database may hold views, triggers and generated columns, which are code of whoever made it. So
a copy is opened, read-only, its schema is not trusted, and nothing but columns that the reader
has named can be read, of tables and not of views.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from qualnet.corpus import Corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from qualnet.problems import Problems
    from qualnet.readers._source import Source

__all__ = ["Database", "Value", "has_tables", "read_database", "rewrite_database"]

Value: TypeAlias = str | int | float | bytes | None
MAX_FILE = 4 * 2**30
MAX_VALUE = 16 * 2**20
SECONDS = 10.0
"""How long a database may take to give the next row."""
STEPS = 10_000
BESIDE = ("", "-wal", "-journal")
"""What belongs to a database: changes of a program that is still running stand beside it."""


def has_tables(source: Source, *names: str) -> bool:
    """Tell whether it is a database with these tables, even if it is damaged.

    The tables of a truncated file cannot be asked for, but the text of its schema mostly stands
    in the beginning.
    """
    if source.kind != "database":
        return False
    if source.tables:
        return source.tables.issuperset(names)
    return all(
        any(f"CREATE TABLE {quote}{name}".encode() in source.head for quote in ("", '"', "[", "`"))
        for name in names
    )


class Database:
    """A database of which the columns named beforehand can be read, and nothing else.

    Parameters
    ----------
    connection
        To a copy.
    columns
        Each table that is read, with its columns that are.
    optional
        Tables, and columns as ``table.column``, that older versions of the program do not have.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        columns: Mapping[str, tuple[str, ...]],
        optional: Container[str] = (),
    ) -> None:
        self._connection = connection
        self._columns = columns
        self._optional = optional
        self._missing: set[str] = set()
        self._latest = time.monotonic() + SECONDS
        connection.set_progress_handler(self._is_late, STEPS)

    def _is_late(self) -> bool:
        return time.monotonic() > self._latest

    def _within(self, sql: str, values: tuple[Value, ...] = ()) -> Iterator[tuple[Value, ...]]:
        """Run a query; each row has its own time, for what is done with a row is not the database's."""
        self._latest = time.monotonic() + SECONDS
        for row in self._connection.execute(sql, values):
            yield row
            self._latest = time.monotonic() + SECONDS

    def prepare(self, size: int) -> str:
        """Check the file and bar everything but the named columns; say what is wrong, if anything is.

        Parameters
        ----------
        size
            Length of the file: SQLite fills up a page that was cut off in the middle.
        """
        # of files by strangers, as SQLite's own advice has it
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
            list(self._within(f"PRAGMA {setting}"))
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
        ((found, *_), *_) = self._within("PRAGMA quick_check(1)")
        if found != "ok":
            return str(found)
        ((page, *_), *_) = self._within("PRAGMA page_size")
        if isinstance(page, int) and size % page:
            return "the file is cut off"
        # a view, and a table whose rows a module makes, have no page of their own
        tables = self._within("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
        found_tables = {str(name) for (name,) in tables}
        for table, columns in self._columns.items():
            # what is computed when it is asked for is not named here, so it counts as missing
            there = {str(name) for _, name, *_ in self._within(f"PRAGMA table_info([{table}])")}
            if table not in found_tables:
                self._missing.add(table)
            else:
                self._missing |= {f"{table}.{column}" for column in columns if column not in there}
        unknown = sorted(name for name in self._missing if name not in self._optional)
        if unknown:
            return f"no table '{unknown[0]}'" if "." not in unknown[0] else f"no column '{unknown[0]}'"
        self._connection.set_authorizer(self._allow)
        return ""

    def _allow(self, action: int, table: str | None, column: str | None, *_: str | None) -> int:
        named = action == sqlite3.SQLITE_READ and column in self._columns.get(table or "", ())
        return sqlite3.SQLITE_OK if named or action == sqlite3.SQLITE_SELECT else sqlite3.SQLITE_DENY

    def rows(self, table: str, **where: Value) -> Iterator[tuple[Value, ...]]:
        """Give the named columns of each row of a table, in the order of the first two.

        Parameters
        ----------
        table
            One of the tables named beforehand; of one that is missing there are no rows, and a
            column that is missing is None.
        **where
            Columns and the value that they must have.
        """
        # names come from readers, never from a file; in brackets none is taken for a text
        if table in self._missing:
            return
        columns = ", ".join(
            "NULL" if f"{table}.{name}" in self._missing else f"[{name}]" for name in self._columns[table]
        )
        asked = " AND ".join(f"[{name}] = ?" for name in where) or "1"
        sql = f"SELECT {columns} FROM main.[{table}] WHERE {asked} ORDER BY 1, 2"  # noqa: S608
        yield from self._within(sql, tuple(where.values()))


def read_database(
    source: Source,
    columns: Mapping[str, tuple[str, ...]],
    problems: Problems,
    work: Callable[[Database], Corpus],
    optional: Container[str] = (),
) -> Corpus:
    """Open a copy of a database and read it; what cannot be read is one problem.

    Parameters
    ----------
    source
        The file.
    columns
        Each table that is read, with its columns that are.
    problems
        Where to note that the file is damaged, too large, or no such database.
    work
        Reads the tables into the normal form.
    optional
        Tables, and columns as ``table.column``, that may be missing.
    """
    size = source.path.stat().st_size
    if size > MAX_FILE:
        problems.add(source.place, "too-large", what=source.shown, limit="4 GiB")
        return Corpus()
    try:
        with tempfile.TemporaryDirectory(prefix="qualnet-") as folder:
            copy = Path(folder) / "copy"
            for ending in BESIDE:
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(f"{source.path}{ending}", f"{copy}{ending}")
            address = f"{copy.as_uri()}?mode=ro"
            with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
                database = Database(connection, columns, optional)
                why = database.prepare(size)
                if not why:
                    return work(database)
    except sqlite3.DataError:
        problems.add(source.place, "too-large", what="value", limit=f"{MAX_VALUE // 2**20} MiB")
        return Corpus()
    except (sqlite3.Error, OSError) as error:
        late = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
        why = f"the database took longer than {SECONDS:g} s" if late else str(error)
    problems.add(source.place, "unreadable", why=why)
    return Corpus()


ORDINARY = {"table", "index"}
WAL = slice(18, 20)
"""Where the head of a database says that changes stand beside it; 1 means that none do."""


def rewrite_database(
    source: Source, problems: Problems, steps: Iterable[tuple[str, tuple[Value, ...]]]
) -> bytes | None:
    """Give a database changed and written anew, so that no page keeps what was deleted.

    It is done in memory. A database with code of its own (triggers, views, virtual tables), and
    one that a program still writes to, is left alone.

    Parameters
    ----------
    source
        The file; :func:`read_database` has found it sound.
    problems
        Where to note that it cannot be done with certainty.
    steps
        Commands with their values, in their order.
    """
    if any(
        path.exists() and path.stat().st_size
        for ending in BESIDE[1:]
        for path in [Path(f"{source.path}{ending}")]
    ):
        problems.add(source.place, "cannot-forget", why="database open")
        return None
    raw = bytearray(source.path.read_bytes())
    raw[WAL] = b"\1\1"
    try:
        with contextlib.closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(bytes(raw))
            latest = time.monotonic() + 6 * SECONDS
            connection.set_progress_handler(lambda: time.monotonic() > latest, STEPS)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA secure_delete = ON")
            kinds = connection.execute("SELECT type, rootpage FROM sqlite_master").fetchall()
            if any(kind not in ORDINARY or not page for kind, page in kinds):
                problems.add(source.place, "cannot-forget", why="code in the database")
                return None
            for sql, values in steps:
                connection.execute(sql, values)
            # samples of the values in an index, where somebody had them made
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat_'"
            ).fetchall():
                connection.execute(f"DELETE FROM [{name}]")  # noqa: S608 (SQLite's own names)
            connection.commit()
            connection.execute("VACUUM")
            return connection.serialize()
    except sqlite3.Error as error:
        problems.add(source.place, "cannot-forget", why=str(error))
        return None
