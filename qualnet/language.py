"""German and English: which language a person reads, and text that exists in both."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["LANGUAGES", "Language", "Text", "text_in"]

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
