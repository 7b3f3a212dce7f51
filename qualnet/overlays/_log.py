"""A table that only grows: read with the place of every row, written whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualnet.cells import armoured, csv_text, plain
from qualnet.files import locked, write_file, writing
from qualnet.names import same_name
from qualnet.problems import Place, Problems, nearest
from qualnet.readers import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["Log"]


@dataclass(frozen=True, slots=True)
class Log:
    """One overlay file.

    Attributes
    ----------
    file
        Its name in the folder of overlays.
    columns
        Its columns, in their order.
    needed
        Columns that every row fills.
    """

    file: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]

    def read(self, folder: Path, shown: str, problems: Problems) -> list[tuple[Place, dict[str, str]]]:
        """Read all rows; a table that does not exist has none.

        Parameters
        ----------
        folder
            The folder of overlays.
        shown
            How problems name it.
        problems
            Where to note what is wrong.

        Returns
        -------
        list
            Place and values of each row, a value for every column.
        """
        path, name = folder / self.file, f"{shown}/{self.file}"
        if not path.exists():
            return []
        sheet = read_table(path, name, problems)
        if sheet is None:
            return []
        header = {same_name(h): i for i, h in enumerate(sheet.header)}
        missing = [c for c in self.needed if c not in header]
        for column in missing:
            problems.add(
                Place(name, row=sheet.header_row),
                "missing-column",
                wanted=column,
                near=nearest(column, sheet.header),
                names=", ".join(sheet.header),
            )
        rows: list[tuple[Place, dict[str, str]]] = []
        for number, cells in () if missing else sheet.rows:
            place = Place(name, row=number)
            if len(cells) > len(sheet.header):
                found, expected = len(cells), len(sheet.header)
                problems.add(place, "row-too-long", found=found, expected=expected)
                continue
            at = {c: header.get(c, len(cells)) for c in self.columns}
            values = {c: plain(cells[i]) if i < len(cells) else "" for c, i in at.items()}
            for column in self.needed:
                if not values[column].strip():
                    problems.add(place.at(column=column), "overlay-cell-empty", column=column)
            rows.append((place, values))
        return rows

    def add(self, folder: Path, shown: str, rows: Iterable[Mapping[str, str]]) -> None:
        """Add rows at the end, and leave what is there as it is.

        Raises
        ------
        InputError
            When the table that exists cannot be read; nothing is written then.
        BusyError
            When another process writes there.
        OutputError
            When it cannot be written; the old table is untouched.
        """
        added = list(rows)
        if not added:
            return
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            problems = Problems()
            old = [values for _, values in self.read(folder, shown, problems)]
            problems.stop_on_errors()
            table = [[armoured(row.get(c, "")) for c in self.columns] for row in (*old, *added)]
            write_file(folder / self.file, csv_text(self.columns, table))
