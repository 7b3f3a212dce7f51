"""The store: each input's corpus as Parquet, keyed by the content of what it was read from.

A second build whose inputs did not change reads nothing again. The store only saves time:
what cannot be kept, or was not kept whole, is read again and stops nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import typing
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from qualnet.corpus.rows import Corpus
from qualnet.problems import Place, Problem, Problems

if TYPE_CHECKING:
    import types
    from collections.abc import Iterable
    from pathlib import Path

    from qualnet.corpus import rows

__all__ = ["Store", "content_key"]

FORMAT = 12
COMPLETE = "complete.json"


def content_key(files: Iterable[Path], *settings: str) -> str:
    """Hash the names and contents of files, with the settings they are read with."""
    total = hashlib.sha256(json.dumps([FORMAT, *settings]).encode())
    for path in files:
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class Store:
    """Corpora that were read before.

    Parameters
    ----------
    folder
        ``.qualnet`` beside ``qualnet.yaml``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / f"store-{FORMAT}"

    def get(self, key: str) -> tuple[Corpus, Problems] | None:
        """Give the corpus kept under a key with the problems that its reading found."""
        folder = self.folder / key
        try:
            noted = json.loads((folder / COMPLETE).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        import duckdb  # noqa: PLC0415

        corpus = Corpus()
        try:
            with duckdb.connect() as connection:
                for table, n in noted["rows"].items():
                    path = str(folder / f"{table}.parquet")
                    cursor = connection.execute("SELECT * FROM read_parquet(?)", [path])
                    make = _reader(_row_type(table))
                    kept = [make(row) for row in cursor.fetchall()]
                    if len(kept) != n:
                        return None
                    getattr(corpus, table).extend(kept)
        except duckdb.Error:
            return None
        found = [Problem(Place(**p["place"]), p["rule"], _values(p["values"])) for p in noted["problems"]]
        return corpus, Problems(found)

    def put(self, key: str, corpus: Corpus, problems: Problems) -> None:
        """Keep a corpus; a half-written one is never taken for whole."""
        import duckdb  # noqa: PLC0415

        draft = self.folder / f"{key}.{os.getpid()}"
        try:
            draft.mkdir(parents=True)
            self._write(draft, corpus, problems)
            shutil.rmtree(self.folder / key, ignore_errors=True)
            draft.rename(self.folder / key)
        except (OSError, duckdb.Error):  # e.g. a full disk, or another build that keeps the same
            shutil.rmtree(draft, ignore_errors=True)

    def _write(self, folder: Path, corpus: Corpus, problems: Problems) -> None:
        import duckdb  # noqa: PLC0415
        import pandas as pd  # noqa: PLC0415

        rows: dict[str, int] = {}
        with duckdb.connect() as connection:
            for table in fields(corpus):
                kept = getattr(corpus, table.name)
                if not kept:
                    continue
                rows[table.name] = len(kept)
                frame = pd.DataFrame([_flat(row) for row in kept])
                connection.register("kept", frame)
                types_ = ", ".join(
                    f'CAST("{f.name}" AS {_sql(f.type)}) AS "{f.name}"' for f in fields(_row_type(table.name))
                )
                target = str(folder / f"{table.name}.parquet").replace("'", "''")
                connection.execute(f"COPY (SELECT {types_} FROM kept) TO '{target}' (FORMAT parquet)")  # noqa: S608 (names of our own fields)
                connection.unregister("kept")
        noted = {"rows": rows, "problems": [asdict(p) for p in problems]}
        (folder / COMPLETE).write_text(json.dumps(noted), "utf-8")

    def keep_only(self, keys: set[str]) -> None:
        """Remove what no input of the project needs any more."""
        with contextlib.suppress(OSError):
            for folder in self.folder.iterdir():
                if folder.name not in keys:
                    shutil.rmtree(folder, ignore_errors=True)


def _row_type(table: str) -> Any:
    hint = typing.get_type_hints(Corpus)[table]
    return typing.get_args(hint)[0]


def _flat(row: Any) -> dict[str, Any]:
    flat = {f.name: getattr(row, f.name) for f in fields(row)}
    if "place" in flat:
        flat["place"] = json.dumps(asdict(flat["place"]), ensure_ascii=False)
    return flat


def _sql(hint: Any) -> str:
    name = str(hint)
    if name.startswith("bool"):
        return "BOOLEAN"
    return "BIGINT" if name.startswith("int") else "VARCHAR"


def _reader(row_type: Any) -> types.FunctionType:
    names = [f.name for f in fields(row_type)]
    at = names.index("place") if "place" in names else None

    def make(values: tuple[Any, ...]) -> rows.Row:
        if at is not None:
            values = (*values[:at], Place(**json.loads(values[at])), *values[at + 1 :])
        return row_type(*values)  # type: ignore[no-any-return]

    return make  # type: ignore[return-value]


def _values(noted: list[tuple[str, Any]]) -> tuple[tuple[str, str | Place], ...]:
    return tuple((name, Place(**value) if isinstance(value, dict) else value) for name, value in noted)
