"""JSON of strangers: no NaN, no key twice, bounded in size, depth and length of numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from qualnet.problems import Place, Problems
    from qualnet.readers._source import Source

__all__ = ["json_text", "parse_json"]

MAX_BYTES = 64 * 2**20
MAX_DEPTH = 64
MAX_DIGITS = 1000


def json_text(source: Source, problems: Problems) -> str | None:
    """Read a file that holds JSON as text, never more than the limit."""
    if source.path.stat().st_size > MAX_BYTES:
        problems.add(source.place, "too-large", what=source.shown, limit="64 MiB")
        return None
    return source.text(problems)


def parse_json(text: str, place: Place, problems: Problems) -> Any:
    """Parse JSON.

    Returns
    -------
    object
        Lists, dicts, text, numbers, truth values; None when it is refused or broken (the problem is
        noted), or is `null`.
    """
    try:
        parsed = json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_int=_int,
            parse_float=_float,
        )
    except RecursionError:
        problems.add(place, "unsafe-file", why=f"more than {MAX_DEPTH} levels")
        return None
    except ValueError as error:
        problems.add(place, "unreadable", why=str(error))
        return None
    if _is_deep(parsed):
        problems.add(place, "unsafe-file", why=f"more than {MAX_DEPTH} levels")
        return None
    return parsed


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        # which of the values counts is anybody's guess
        keys = [key for key, _ in pairs]
        msg = f"'{next(key for key in keys if keys.count(key) > 1)}' is given twice"
        raise ValueError(msg)
    return found


def _no_number(word: str) -> NoReturn:
    msg = f"{word} is no number of JSON"
    raise ValueError(msg)


def _int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        msg = f"a number of {len(digits)} digits"
        raise ValueError(msg)
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        _no_number(digits[:20])
    return number


def _is_deep(parsed: object) -> bool:
    level = [parsed]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
    return any(isinstance(item, dict | list) for item in level)
