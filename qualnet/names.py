"""Names: safe as file names, equal in two spellings, found in any file."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from html import unescape

__all__ = ["LONGEST", "bad_name", "only_words", "same_name", "slug", "slugs"]

_SPOKEN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_RESERVED = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(10)}
LONGEST = 60
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")
_WORD = re.compile(r"[^\W_]+")


def same_name(name: str) -> str:
    """Give the form in which two spellings of one name are equal (Unicode form, case).

    Examples
    --------
    >>> same_name("KO\u0308LN ") == same_name("köln")
    True
    """
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def bad_name(name: str) -> str:
    """Say in English why something cannot name a case; empty when it can."""
    if not name.strip():
        return "empty"
    if "/" in name or "\\" in name or name.strip() in {".", ".."}:
        return "path"
    return ""


def _plain(name: str) -> str:
    spoken = unicodedata.normalize("NFC", name).translate(_SPOKEN)
    ascii_only = unicodedata.normalize("NFKD", spoken).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_]+", "-", ascii_only.lower()).strip("-")[:LONGEST].rstrip("-")


def _marked(name: str, plain: str) -> str:
    mark = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{plain or 'x'}-{mark}"


def only_words(text: str) -> str:
    r"""Give a text's letters and digits, its words one space apart: what is left whatever a file escapes.

    Examples
    --------
    >>> only_words('J\\u00f6rg ""Jo"" &amp; Müller-S&#246;hne')
    'jörg jo müller söhne'
    """
    plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else " ", unescape(text))
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", plain).casefold()))


def slug(name: str) -> str:
    """Make a file name of letters a-z, digits, ``_`` and ``-``, at most 69 characters.

    Names that are reserved on Windows, too long or empty get eight digits of their hash.

    Examples
    --------
    >>> slug("Köln"), slug("CON")
    ('koeln', 'con-a3dbc4b6')
    """
    plain = _plain(name)
    if not plain or plain in _RESERVED or len(_plain_length(name)) > LONGEST:
        return _marked(name, plain)
    return plain


def _plain_length(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def slugs(names: list[str]) -> dict[str, str]:
    """Make file names that differ from each other, for a project's cases.

    Returns
    -------
    dict
        Name to file name. Names that would meet all carry their hash.
    """
    plain = {name: slug(name) for name in names}
    met = {s for s in plain.values() if list(plain.values()).count(s) > 1}
    return {name: _marked(name, s) if s in met else s for name, s in plain.items()}
