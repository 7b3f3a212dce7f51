"""Days as programs write them. A day that could be another one is not read."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Order", "day_of", "order_of"]

Order: TypeAlias = Literal["day first", "month first", ""]
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_DOTS = re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d{2})(?!\d)")
_SLASHES = re.compile(r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<y>\d{4}|\d{2})(?!\d)")
# as C and R write it in English, whatever the language of the system: "Thu Apr 30 18:54:26 2015"
_NAMED = re.compile(r"[A-Z][a-z]{2} (?P<m>[A-Z][a-z]{2}) +(?P<d>\d{1,2}) [\d:]{8} (?P<y>\d{4})(?!\d)")
MONTHS = 12
NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def order_of(texts: Iterable[str]) -> Order:
    """Tell what a column with slashes writes first: Americans the month, others the day.

    A number that is no month shows it. Where nothing does, or the column contradicts itself,
    its order is not known.

    Examples
    --------
    >>> order_of(["11/30/17", "12/1/17"]), order_of(["11/12/17"])
    ('month first', '')
    """
    pairs = [(int(x["first"]), int(x["second"])) for text in texts if (x := _SLASHES.match(text.strip()))]
    day_first, month_first = (any(pair[i] > MONTHS for pair in pairs) for i in (0, 1))
    if day_first == month_first:
        return ""
    return "day first" if day_first else "month first"


def day_of(text: str, order: Order = "") -> str:
    """Give a day as ISO 8601, or nothing.

    Parameters
    ----------
    text
        A day, with or without a time.
    order
        Of a day with slashes.

    Examples
    --------
    >>> day_of("30.11.2017 20:55:14"), day_of("2017-11-30T20:55:14Z"), day_of("soon"), day_of("11/12/17")
    ('2017-11-30', '2017-11-30', '', '')
    >>> day_of("11/30/17 8:55 PM", "month first"), day_of("Thu Nov 30 20:55:14 2017")
    ('2017-11-30', '2017-11-30')
    """
    text = text.strip()
    if found := _ISO.match(text) or _DOTS.match(text):
        year, month, day = found["y"], found["m"], found["d"]
    elif (found := _NAMED.match(text)) and found["m"] in NAMES:
        year, month, day = found["y"], str(NAMES.index(found["m"]) + 1), found["d"]
    elif order and (found := _SLASHES.match(text)):
        year, month, day = found["y"], found["first"], found["second"]
        if order == "day first":
            month, day = day, month
    else:
        return ""
    try:
        return dt.date(int(year) + (2000 if len(year) < len("2000") else 0), int(month), int(day)).isoformat()
    except ValueError:
        return ""
