"""Rows and problems as lines of JSON, between the process that reads a file and the one that asked.

Whoever reads a stranger's file may be taken over by it. So what comes back is data and nothing else:
texts and numbers, of which the known rows are made.
"""

from __future__ import annotations

import json
import operator
import sys
import typing
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from qualnet.corpus import Corpus
from qualnet.problems import Place, Problem
from qualnet.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qualnet.problems import Problems

__all__ = ["add_rows", "lines_of", "problem_of", "problems_as_data"]

OFTEN = {"document_id", "speaker_id", "code_id", "coder_id", "date", "anchor", "kind"}
"""Texts that many rows share; each would otherwise be held once a row."""
ROWS = 500
"""Rows in a line."""
_place = operator.attrgetter(*(f.name for f in fields(Place)))
_TYPES: dict[str, Any] = {
    name: typing.get_args(hint)[0] for name, hint in typing.get_type_hints(Corpus).items()
}


def lines_of(corpus: Corpus) -> Iterator[str]:
    """Write a corpus, some hundred rows in a line; it is given up on the way."""
    for table in fields(Corpus):
        rows = getattr(corpus, table.name)
        values = operator.attrgetter(*(f.name for f in fields(_TYPES[table.name])))
        rows.reverse()  # so that what was sent can be given up at the end of the list
        while rows:
            some = [values(row) for row in reversed(rows[-ROWS:])]
            del rows[-ROWS:]
            yield json.dumps([table.name, some], default=_place)


def add_rows(line: str, corpus: Corpus) -> None:
    """Append the rows of a line.

    Raises
    ------
    ValueError, TypeError, KeyError
        When it is no line of rows.
    """
    name, rows = json.loads(line)
    make = _maker(_TYPES[name])
    getattr(corpus, name).extend(make(values) for values in rows)


def _maker(row_type: Any) -> Callable[[list[Any]], Any]:
    names = [f.name for f in fields(row_type)]
    if "place" not in names:
        return lambda values: row_type(*values)
    at = names.index("place")
    often = [i for i, name in enumerate(names) if name in OFTEN]

    def make(values: list[Any]) -> Any:
        file, *rest = values[at]
        values[at] = Place(sys.intern(file), *rest)
        for i in often:
            values[i] = sys.intern(values[i])
        return row_type(*values)

    return make


def problems_as_data(problems: Problems) -> list[Any]:
    """Give problems as lists of texts and numbers."""
    return [
        [_place(p.place), p.rule, [[k, _place(v) if isinstance(v, Place) else v] for k, v in p.values]]
        for p in problems.found
    ]


def problem_of(data: Any) -> Problem:
    """Make a problem of what was written.

    Raises
    ------
    ValueError, TypeError
        When it is none.
    """
    place, rule, values = data
    if rule not in RULES:
        raise ValueError(rule)
    named = tuple((str(k), v if isinstance(v, str) else Place(*v)) for k, v in values)
    return Problem(Place(*place), rule, named)
