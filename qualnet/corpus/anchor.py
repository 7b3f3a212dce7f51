"""Find the places of quotes in their documents, and check given places against quotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualnet.corpus.rows import Corpus, Document, Segment
    from qualnet.problems import Problems

__all__ = ["SHOWN", "alike", "anchor_segments", "find_alike", "find_quote", "paragraph_starts", "time_at"]

SHOWN = 60
ALIKE = 0.9
"""Share of two passages that must agree for one to be taken for the other."""
FEWEST = 4
"""Words that a passage needs to be known by most of them."""
TIME = re.compile(r"#((?:\d{1,2}:)?\d{2}:\d{2}(?:-\d)?)#|\[((?:\d{1,2}:)?\d{2}:\d{2})\]")
_ALIKE = str.maketrans(
    {
        "„": '"',
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "‚": "'",
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "\u00a0": " ",
        "\u00ad": "",
    }
)


def paragraph_starts(text: str) -> list[int]:
    r"""Give where each paragraph (a line that is not blank) starts; paragraph 1 is the first.

    Examples
    --------
    >>> paragraph_starts("I: So?\n\nB: Ja.")
    [0, 8]
    """
    return [m.start() for m in re.finditer(r"^(?=.*\S).*$", text, re.MULTILINE)]


def time_at(text: str, position: int) -> str:
    """Give the time mark of the turn around a position: the next one in it, else the last one before.

    Examples
    --------
    >>> time_at("B: Ja. #00:00:41-2#", 3)
    '00:00:41-2'
    """
    end = text.find("\n", position)
    marks = TIME.finditer(text, 0, len(text) if end < 0 else end)
    found = ""
    for mark in marks:
        found = mark[1] or mark[2]
        if mark.start() >= position:
            break
    return found


def find_quote(text: str, quote: str, near: int = 0) -> tuple[int, int, str] | None:
    """Find a quote in a text: exactly, else with white space, quotes and dashes made alike.

    Parameters
    ----------
    text, quote
        What to search in, and for.
    near
        Position that the hit should be close to, when there are several.

    Returns
    -------
    tuple or None
        Start, end, and how it was found: ``exact`` or ``searched``.
    """
    if not quote.strip():
        return None
    exact = [m.start() for m in re.finditer(re.escape(quote), text)]
    if exact:
        start = min(exact, key=lambda s: (abs(s - near), s))
        return start, start + len(quote), "exact"
    alike = text.translate({k: v for k, v in _ALIKE.items() if v})  # same length as text
    words = quote.translate(_ALIKE).split()
    pattern = r"\s+".join("\u00ad?".join(map(re.escape, word)) for word in words)
    hits = [m.span() for m in re.finditer(pattern, alike)]
    if not hits:
        return None
    start, end = min(hits, key=lambda s: (abs(s[0] - near), s))
    return start, end, "searched"


def _ratio(a: str, b: str) -> float:
    """Give how much of two texts agrees, 0 to 1; cheap bounds first."""
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return min(matcher.real_quick_ratio(), matcher.quick_ratio(), matcher.ratio())


def alike(quote: str, passages: Sequence[str]) -> int | None:
    """Give the index of the passage that differs least from a quote; None when none is alike enough.

    Examples
    --------
    >>> alike("Es felt uns am Ende das Geld.", ["Wir haben Zeit.", "Es fehlt uns am Ende das Geld."])
    1
    """
    if len(quote.split()) < FEWEST:
        return None
    best, index = max(((_ratio(quote, p), -i) for i, p in enumerate(passages)), default=(0.0, 0))
    return -index if best >= ALIKE else None


def find_alike(text: str, quote: str) -> tuple[int, int] | None:
    """Find the words of a text that a quote was before somebody corrected them.

    The longest run of words that both share says where to look; there, a passage of about as
    many words must agree by nine tenths.

    Returns
    -------
    tuple or None
        Start and end.

    Examples
    --------
    >>> find_alike("B: Am Ende fehlt uns das Geld dafür, immer.", "Am Ende felt uns das Geld dafür")
    (3, 36)
    """
    words = [(m[0], m.start(), m.end()) for m in re.finditer(r"\S+", text)]
    wanted = quote.split()
    if len(wanted) < FEWEST:
        return None
    matcher = SequenceMatcher(None, [w for w, _, _ in words], wanted, autojunk=False)
    run = matcher.find_longest_match()
    if not run.size:
        return None
    first, last = run.a - run.b, run.a - run.b + len(wanted)
    near = [
        (words[i][1], words[j - 1][2])
        for i in range(max(0, first - 1), min(len(words) - 1, first + 1) + 1)
        for j in range(max(i + 1, last - 1), min(len(words), last + 1) + 1)
    ]
    found = alike(quote, [text[start:end] for start, end in near])
    return None if found is None else near[found]


def anchor_segments(corpus: Corpus, problems: Problems) -> None:
    """Give every segment its place in the text where there is one, in place.

    Positions outside the text are errors. A quote that is not found stays as a quote without
    a place, and is a warning. Paragraph numbers and time marks follow from the position.
    """
    documents = {d.document_id: d for d in corpus.documents}
    starts = {d.document_id: paragraph_starts(d.text) for d in corpus.documents if d.text}
    missing: set[str] = set()
    for i, segment in enumerate(corpus.segments):
        document = documents.get(segment.document_id)
        if document is None or document.text is None:
            if document is None and segment.document_id not in missing:
                missing.add(segment.document_id)
                problems.add(segment.place, "unknown-document", document=segment.document_id)
            continue
        anchored = _anchored(segment, document, starts.get(document.document_id, []), problems)
        if anchored.start is not None and not anchored.time:
            anchored = replace(anchored, time=time_at(document.text, anchored.start))
        corpus.segments[i] = anchored


def _words(text: str) -> list[str]:
    return text.translate(_ALIKE).split()


def _anchored(segment: Segment, document: Document, starts: list[int], problems: Problems) -> Segment:
    text, differs = document.text or "", False
    if segment.start is not None and segment.end is not None:
        if not 0 <= segment.start <= segment.end <= len(text):
            problems.add(
                segment.place,
                "offsets-outside",
                start=segment.start,
                end=segment.end,
                length=len(text),
            )
            return segment
        found = text[segment.start : segment.end]
        if not segment.quote:
            segment = replace(segment, quote=found)
        if segment.quote == found:
            anchor = "exact" if segment.anchor == "none" else segment.anchor
            begin: int = segment.start or 0
            paragraph = bisect_right(starts, begin) or None
            return replace(segment, anchor=anchor, paragraph=paragraph)
        differs = _words(found) != _words(segment.quote)
    near = segment.start or 0
    if segment.paragraph and segment.paragraph <= len(starts):
        near = starts[segment.paragraph - 1]
    hit = find_quote(text, segment.quote, near)
    if hit is None and (other := find_alike(text, segment.quote)):
        start, end = other
        old, new = segment.quote[:SHOWN], text[start:end]
        problems.add(segment.place, "quote-changed", old=old, new=new[:SHOWN])
        paragraph = bisect_right(starts, start) or None
        return replace(segment, quote=new, start=start, end=end, anchor="fuzzy", paragraph=paragraph)
    if hit is None:
        if segment.quote:
            problems.add(
                segment.place,
                "quote-not-found",
                document=document.name,
                quote=segment.quote[:SHOWN],
            )
        return replace(segment, start=None, end=None, anchor="none")
    start, end, how = hit
    if differs:
        problems.add(segment.place, "quote-differs", quote=found[:SHOWN])
    anchor = "exact" if how == "exact" else "searched"
    paragraph = bisect_right(starts, start) or None
    return replace(segment, start=start, end=end, anchor=anchor, paragraph=paragraph)
