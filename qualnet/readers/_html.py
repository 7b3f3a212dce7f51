"""HTML as a text of paragraphs, with the way back from positions that were counted in the HTML.

Tools that keep documents as HTML count in the text that is left without tags. There the words of
two paragraphs touch, and white space stands that no browser shows; the text that is stored has
the paragraphs that people saw.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from html import unescape
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Flat", "flatten"]

BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|d[dlt]|details|div|fieldset|fig(caption|ure)|footer|form"
    "|h[1-6r]|header|html|li|main|nav|[ou]l|p|pre|section|summary|t[dhr]|table|t(body|foot|head)"
)
PARAGRAPH = "\n\n"
MARK = re.compile(r"<(?:!--|[!?]|/?[a-zA-Z])")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# possessive, so that a tag without an end costs one look at the rest of the text
TAG = re.compile(r"""<(?P<name>/?[a-zA-Z][^\s/>]*+)?(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
RUN = re.compile(r"(?P<white>[ \t\n\r\f]+)|[^ \t\n\r\f]+")


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """Give texts with entities decoded, and the names of tags: ``("some text", "")``, ``("", "/p")``.

    Not the standard library's parser: a few hundred kilobytes of ``<a <a <a`` keep that busy for
    hours.
    """
    at = 0
    while mark := MARK.search(html, at):
        yield unescape(html[at : mark.start()]), ""
        whole = (COMMENT if mark[0] == "<!--" else TAG).match(html, mark.start())
        if whole is None:
            return  # never closed: a browser shows nothing of the rest either
        at = whole.end()
        yield "", (whole.groupdict().get("name") or "").lower()
    yield unescape(html[at:]), ""


@dataclass(frozen=True)
class Flat:
    """A text of paragraphs, and where in it each character of the HTML's own text stands.

    Attributes
    ----------
    text
        One paragraph to a block, a blank line between them.
    plain
        The HTML without tags, in which positions were counted.
    starts
        For each character of `plain`, and its end, the position in UTF-8 bytes.
    begins, ends
        For each character of `plain`, where it begins and ends in `text`. White space that is
        not shown begins with the next word and ends with the last one.
    """

    text: str
    plain: str
    starts: array[int]
    begins: array[int]
    ends: array[int]

    @property
    def n_bytes(self) -> int:
        """Length of the HTML's own text in UTF-8 bytes."""
        return self.starts[-1]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        r"""Give the positions in `text` of a span in UTF-8 bytes; None when it lies outside.

        A position inside a character means the next one, as it does for Taguette.

        Examples
        --------
        >>> flat = flatten("<p>für</p><p>uns</p>")
        >>> flat.span(0, 6), flat.text[0:7]
        ((0, 7), 'für\n\nun')
        """
        if not 0 <= start <= end <= self.n_bytes:
            return None
        first, after = bisect_left(self.starts, start), bisect_left(self.starts, end)
        begin = self.begins[first] if first < len(self.begins) else len(self.text)
        return begin, max(begin, self.ends[after - 1]) if after > first else begin


def flatten(html: str) -> Flat:
    r"""Turn HTML into paragraphs: blocks apart by a blank line, ``<br>`` a line end, white space as shown.

    Raises
    ------
    ValueError
        When a character's number is too long to be one.

    Examples
    --------
    >>> flatten("<h1>Titel</h1>\n<p>Ein <b>Wort</b> &amp;\n  noch<br>eins</p>").text
    'Titel\n\nEin Wort & noch\neins'
    """
    out: list[str] = []
    plain: list[str] = []
    begins, ends = array("L"), array("L")
    at = 0  # length of `out`
    gap = ""  # line ends that are due before the next word
    waiting = 0  # white space before the next word
    verbatim = fresh = False  # inside <pre>; just after its tag

    def settle(begin: int, end: int) -> None:
        begins.extend([begin] * waiting)
        ends.extend([end] * waiting)

    def write(word: str) -> None:
        nonlocal at, gap, waiting
        if waiting and out and not gap:
            out.append(" ")
            begins.append(at)
            ends.append(at + 1)
            at += 1
            waiting -= 1
            settle(at, at)
        else:
            before = gap if out else ""
            out.append(before)
            settle(at + len(before), at)
            at += len(before)
        out.append(word)
        begins.extend(range(at, at + len(word)))
        ends.extend(range(at + 1, at + len(word) + 1))
        at += len(word)
        gap, waiting = "", 0

    for piece, tag in _pieces(html.replace("\r\n", "\n").replace("\r", "\n")):
        text = piece.removeprefix("\n") if fresh else piece  # the first line end of <pre> is none
        fresh = tag == "pre" or (fresh and not (tag or piece))
        name = tag.removeprefix("/")
        if BLOCK.fullmatch(name):
            gap = PARAGRAPH
            verbatim = tag == "pre" or (verbatim and tag != "/pre")
        elif name == "br":
            gap = PARAGRAPH if gap else "\n"
        plain.append(text)
        if verbatim and text:
            write(text.replace("\r", "\n"))
            continue
        for run in RUN.finditer(text):
            if run["white"]:
                waiting += len(run["white"])
            else:
                write(run[0])
    settle(at, at)
    whole = "".join(plain)
    starts = array("L", accumulate((len(c.encode()) for c in whole), initial=0))
    return Flat("".join(out), whole, starts, begins, ends)
