"""The store: each input's corpus as Parquet, keyed by the content of what it was read from.

A second build whose inputs did not change reads nothing again.
"""

from __future__ import annotations

import hashlib
import json
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

FORMAT = 1


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
        if not (folder / "complete.json").is_file():
            return None
        import duckdb  # noqa: PLC0415

        corpus = Corpus()
        with duckdb.connect() as connection:
            for table in fields(corpus):
                path = folder / f"{table.name}.parquet"
                if path.is_file():
                    cursor = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
                    make = _reader(_row_type(table.name))
                    getattr(corpus, table.name).extend(make(row) for row in cursor.fetchall())
        noted = json.loads((folder / "complete.json").read_text("utf-8"))
        found = [
            Problem(Place(**p["place"]), p["rule"], tuple((k, v) for k, v in p["values"]))
            for p in noted["problems"]
        ]
        return corpus, Problems(found)

    def put(self, key: str, corpus: Corpus, problems: Problems) -> None:
        """Keep a corpus; a half-written one is never taken for whole."""
        import duckdb  # noqa: PLC0415
        import pandas as pd  # noqa: PLC0415

        folder = self.folder / key
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with duckdb.connect() as connection:
            for table in fields(corpus):
                kept = getattr(corpus, table.name)
                if not kept:
                    continue
                frame = pd.DataFrame([_flat(row) for row in kept])
                connection.register("kept", frame)
                types_ = ", ".join(
                    f'CAST("{f.name}" AS {_sql(f.type)}) AS "{f.name}"' for f in fields(_row_type(table.name))
                )
                target = str(folder / f"{table.name}.parquet").replace("'", "''")
                connection.execute(f"COPY (SELECT {types_} FROM kept) TO '{target}' (FORMAT parquet)")  # noqa: S608 (names of our own fields)
                connection.unregister("kept")
        noted = {"problems": [asdict(p) for p in problems]}
        (folder / "complete.json").write_text(json.dumps(noted), "utf-8")

    def keep_only(self, keys: set[str]) -> None:
        """Remove what no input of the project needs any more."""
        if self.folder.is_dir():
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
