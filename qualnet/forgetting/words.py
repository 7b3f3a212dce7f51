"""Does a file hold words of an interview, or its name? Any file, as far as it can be read."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualnet.names import only_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["NAME_OF", "WORDS_OF", "Words", "is_readable"]

LONG = 5
"""Words in a row that two people do not say by chance."""
SHORT = 3
ONE = 16
"""Letters of a single word that is no everyday word: an id, an address."""
DISTINCT = 5
"""Letters of a name that does not stand in other texts by chance."""
DEPTH = 3
LARGEST = 256 * 2**20
LISTED = 3
WORDS_OF, NAME_OF = "words of the interview", "name of the interview"
_TAG = re.compile(r"<[^<>]*>")
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError)
UNREADABLE = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"OggS",
    b"ID3",
    b"RIFF",
)
"""How files begin that hold text or speech in a form that is not searched."""


def is_readable(data: bytes) -> bool:
    """Tell whether what a file holds can be searched."""
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as file:
                return not any(info.flag_bits & 1 for info in file.infolist())
        except _BROKEN:
            return False
    return not data.startswith(UNREADABLE) and data[4:8] != b"ftyp"


@dataclass
class Words:
    """What to look for.

    Attributes
    ----------
    names
        What the interview is called, and who was interviewed, as words; looked for in any text.
    short
        Names that other texts hold by chance; they count where one is the whole of a cell, an
        element or a value.
    long
        Words in a row that are said in the interview and in no other one.
    few
        What is said in fewer words than that.
    """

    names: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    long: set[str] = field(default_factory=set)
    few: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, names: Iterable[str], texts: Iterable[str], others: Iterable[str]) -> Words:
        """Gather what is said in an interview and in no other one.

        Parameters
        ----------
        names
            How it is called.
        texts
            What it says, and what was written about it.
        others
            The same of all other interviews.
        """
        words = cls()
        for name in names:
            plain = only_words(name)
            if len(plain) >= DISTINCT:
                words.names.add(plain)
            elif plain:
                words.short.add(name.strip())
        for text in {only_words(t) for t in texts}:
            said = text.split()
            words.long |= set(_runs(said))
            if SHORT <= len(said) < LONG or (len(said) == 1 and len(text) >= ONE):
                words.few.add(text)
        known = [only_words(t) for t in others]
        for text in known:
            words.long.difference_update(_runs(text.split()))
        whole = " ".join(f" {t} |" for t in known)
        words.few = {t for t in words.few if f" {t} " not in whole}
        return words

    def hold_words(self, text: str) -> bool:
        """Tell whether a text holds words of the interview."""
        plain = only_words(text)
        if not self.long.isdisjoint(_runs(plain.split())):
            return True
        return any(f" {t} " in f" {plain} " for t in self.few)

    def hold_name(self, text: str) -> bool:
        """Tell whether a text holds a name of the interview."""
        plain = f" {only_words(text)} "
        return any(f" {n} " in plain for n in self.names) or any(
            re.search(rf"[>\"';:,=\t\n]\s*{re.escape(n)}\s*[<\"';:,\t\n]", f"\n{text}\n") for n in self.short
        )

    def name_file(self, name: str) -> bool:
        """Tell whether the name of a file holds a name of the interview."""
        plain = f" {only_words(name)} "
        return any(f" {n} " in plain for n in (*self.names, *map(only_words, self.short)))

    def in_file(self, data: bytes) -> tuple[str, tuple[int, ...]]:
        """Tell what a file holds, and in which lines.

        Returns
        -------
        tuple
            ``words of the interview``, ``name of the interview`` or nothing, and the first lines
            of a text that hold it; none where it has no lines.
        """
        for kind, held in ((WORDS_OF, self.hold_words), (NAME_OF, self.hold_name)):
            found = False
            for text, has_lines in _texts(data):
                if held(text):
                    found = True
                    lines = [
                        n for n, line in enumerate(text.splitlines(), start=1) if has_lines and held(line)
                    ]
                    if lines:
                        return kind, tuple(lines[:LISTED])
            if found:
                return kind, ()
        return "", ()


def _runs(words: list[str]) -> Iterator[str]:
    return (" ".join(words[i : i + LONG]) for i in range(len(words) - LONG + 1))


def _texts(data: bytes, depth: int = 0) -> Iterator[tuple[str, bool]]:
    """Give the texts of a file, with and without what marks them up, and whether they have lines."""
    if data.startswith(b"PK"):
        yield from _members(data, depth)
    elif data.startswith(b"\xd0\xcf\x11\xe0"):
        for encoding in ("utf-16-le", "cp1252"):
            yield data.decode(encoding, "replace"), False
        yield data[1:].decode("utf-16-le", "replace"), False
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield data.decode("utf-16", "replace"), True
    else:
        text = data.decode("utf-8", "replace")
        if "\ufffd" in text:
            yield data.decode("cp1252", "replace"), True
        yield text, True
        if "<" in text:
            # a word may stand in several elements, and an element may end a word
            yield _TAG.sub("", text), False
            yield _TAG.sub(" ", text), False


def _members(data: bytes, depth: int) -> Iterator[tuple[str, bool]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            for info in file.infolist():
                yield info.filename, False
                if depth < DEPTH and not info.is_dir() and not info.flag_bits & 1:
                    with file.open(info) as member:
                        content = member.read(LARGEST)
                    yield from ((text, False) for text, _ in _texts(content, depth + 1))
    except _BROKEN:
        return
