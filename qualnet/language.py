"""German and English: which language a person reads, and text that exists in both."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["LANGUAGES", "Language", "Text", "counted", "text_in"]

Language: TypeAlias = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")

Text: TypeAlias = str | dict[Language, str]
"""A text in one language, or in both: ``Personalmangel`` or ``{de: ..., en: ...}``."""


def text_in(text: Text, language: Language) -> str:
    """Give a text in a language, or in the other one where it exists only there.

    Examples
    --------
    >>> text_in({"de": "Stadt", "en": "town"}, "en")
    'town'
    >>> text_in({"de": "Stadt"}, "en")
    'Stadt'
    """
    if isinstance(text, str):
        return text
    return text.get(language) or next(iter(text.values()), "")


def counted(n: int, one: str, many: str) -> str:
    """Write a number with what it counts.

    Examples
    --------
    >>> counted(1, "Warnung", "Warnungen"), counted(0, "Warnung", "Warnungen")
    ('1 Warnung', '0 Warnungen')
    """
    return f"{n} {one if n == 1 else many}"
