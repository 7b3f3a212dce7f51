"""What the columns of a table mean: told by their names, or by a mapping file that the researcher edits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from qualnet.located import Located, load_yaml, shaped
from qualnet.names import same_name
from qualnet.problems import nearest
from qualnet.readers._matrices import is_matrix
from qualnet.readers._words import COLUMNS, column_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qualnet.problems import Problems
    from qualnet.readers._source import Sheet, Source

__all__ = [
    "ENDING",
    "OPTION",
    "Layout",
    "MappingFile",
    "TableKind",
    "TableMapping",
    "layouts",
    "mapping_path",
]

ENDING = ".map.yaml"
OPTION = "mapping"
CLOSED: Mapping[str, Any] = {"extra": "forbid", "use_attribute_docstrings": True}
TableKind = Literal["claims", "segments", "paragraphs", "documents", "matrix"]
"""``matrix``: codes against codes; all others have a row for each thing."""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What one table holds, and in which of its columns."""

    __pydantic_config__: ClassVar = CLOSED
    holds: TableKind
    """`segments`, `claims`, `paragraphs`, `documents` or `matrix` (codes against codes)."""
    columns: dict[str, str] = field(default_factory=dict)
    """Field to the header of its column; a matrix has none."""
    sheet: str | None = None
    """Name of the sheet; without it the mapping is for every sheet that has none of its own."""
    signs: dict[str, Literal["+", "-", "ambivalent", "unstated"]] = field(default_factory=dict)
    """What stands in the column of signs to the sign that it means."""


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping file: what the tables of a file hold."""

    __pydantic_config__: ClassVar = CLOSED
    format: Literal[1]
    tables: tuple[TableMapping, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read one sheet.

    Attributes
    ----------
    holds
        None when its columns say nothing that we know.
    fields, extra
        Columns that mean a field, and by their header those that mean none.
    twice
        Headers that stand there more than once.
    signs
        What its signs are called, in comparable form.
    mapped
        Whether a mapping file says so; then nothing else of the sheet is used.
    """

    holds: TableKind | None
    fields: dict[str, int]
    extra: dict[str, int]
    twice: tuple[str, ...] = ()
    signs: Mapping[str, str] = field(default_factory=dict)
    mapped: bool = False


def mapping_path(source: Source, options: Mapping[str, str]) -> Path | None:
    """Give the mapping file of a table: the one that an option names, or the one beside it."""
    if OPTION in options:
        return source.root / options[OPTION]
    path = source.path.with_name(source.path.name + ENDING)
    return path if path.is_file() else None


def layouts(
    source: Source, sheets: list[Sheet], options: Mapping[str, str], problems: Problems
) -> list[tuple[Sheet, Layout]]:
    """Give each sheet with its layout; what a mapping file says comes before what headers say.

    Parameters
    ----------
    source
        The file.
    sheets
        Its tables.
    options
        Of the reader.
    problems
        Where to note what is wrong with the mapping file, and what of it the table has not.
    """
    path = mapping_path(source, options)
    shown = options.get(OPTION, source.shown + ENDING)
    located = load_yaml(path, shown, problems) if path else None
    file = shaped(located, MappingFile, problems) if located else None
    if located is None or file is None:
        return [(sheet, _by_names(sheet)) for sheet in sheets]
    names = [sheet.name for sheet in sheets]
    for i, table in enumerate(file.tables):
        if table.sheet is not None and table.sheet not in names:
            place = located.place("tables", i, "sheet")
            shown_names = ", ".join(names)
            near = nearest(table.sheet, names)
            problems.add(
                place, "unknown-value", field="sheet", value=table.sheet, near=near, names=shown_names
            )
        for wrong in sorted(set(table.columns) - set(COLUMNS)):
            at = located.place("tables", i, "columns", wrong)
            near = nearest(wrong, COLUMNS)
            problems.add(at, "unknown-field", field=wrong, near=near, names=", ".join(COLUMNS))
    return [(sheet, _mapped(sheet, file, located, problems) or _by_names(sheet)) for sheet in sheets]


def _by_names(sheet: Sheet) -> Layout:
    fields: dict[str, int] = {}
    extra: dict[str, int] = {}
    twice = []
    for i, header in enumerate(sheet.header):
        name = column_of(header)
        if name and name not in fields:
            fields[name] = i
        elif header in extra or (name and header == sheet.header[fields[name]]):
            twice.append(header)
        else:
            extra[header] = i
    holds = _holds(fields, len(sheet.header))
    return Layout(holds or ("matrix" if is_matrix(sheet) else None), fields, extra, tuple(twice))


def _holds(has: Mapping[str, int], width: int) -> TableKind | None:
    if has.keys() & {"cause", "effect"} and has.keys() & {"document", "quote"}:
        return "claims"
    if "code" in has and has.keys() & {"document", "quote"}:
        return "segments"
    if has.keys() >= {"document", "text"}:
        return "paragraphs"
    # the same word twice is one thing said of a document, not two
    return "documents" if "document" in has and len(has) > 1 and width > 1 else None


def _mapped(sheet: Sheet, file: MappingFile, located: Located, problems: Problems) -> Layout | None:
    own = [i for i, table in enumerate(file.tables) if table.sheet == sheet.name]
    chosen = own or [i for i, table in enumerate(file.tables) if table.sheet is None]
    if not chosen:
        return None
    table = file.tables[chosen[0]]
    at = {same_name(header): i for i, header in reversed(list(enumerate(sheet.header)))}
    fields: dict[str, int] = {}
    for name, header in table.columns.items():
        if same_name(header) in at:
            fields[name] = at[same_name(header)]
            continue
        place = located.place("tables", chosen[0], "columns", name)
        near = nearest(header, sheet.header)
        problems.add(place, "missing-column", wanted=header, near=near, names=", ".join(sheet.header))
    signs = {same_name(word): sign for word, sign in table.signs.items()}
    return Layout(table.holds, fields, {}, signs=signs, mapped=True)
