"""Which unit a tool counts positions in: measured on its own selections, never assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["RULES", "OffsetRule", "calibrate", "calibrate_by_beginnings", "calibrate_by_quotes", "converter"]

LEAST = 4
"""Letters that a name needs to be told from others."""
FEW = 3
"""Names that begin as their passage does, by chance."""


class OffsetRule(NamedTuple):
    """One way of counting: units of two for emoji, line ends as one or two."""

    utf16: bool
    crlf: int

    @property
    def name(self) -> str:
        """How the rule is recorded."""
        unit = "UTF-16 units" if self.utf16 else "code points"
        return f"{unit}, line end {self.crlf}"


# The standard's own reading stands first: it wins a tie.
RULES = (OffsetRule(False, 1), OffsetRule(False, 2), OffsetRule(True, 1), OffsetRule(True, 2))


def converter(raw: str, rule: OffsetRule) -> Sequence[int]:
    """Give for each position in the tool's counting the position in the text with LF ends.

    Parameters
    ----------
    raw
        The text as stored, CRLF included, BOM not.
    rule
        How the tool counts.

    Returns
    -------
    sequence of int
        Index: the tool's position, one past the end included. Value: code points.
    """
    if "\r\n" not in raw and not (rule.utf16 and max(raw, default="") > "\uffff"):
        return range(len(raw) + 1)
    positions: list[int] = []
    at = 0
    previous = ""
    for char in raw:
        if char == "\n" and previous == "\r":
            # the pair is one character of ours; the tool counts it as one or two
            if rule.crlf == 2:  # noqa: PLR2004
                positions.append(at - 1)
        else:
            positions += [at] * (2 if rule.utf16 and char > "\uffff" else 1)
            at += 1
        previous = char
    positions.append(at)
    return positions


def calibrate(texts: Iterable[tuple[str, list[tuple[int, int]]]]) -> OffsetRule:
    """Choose the rule under which most selections begin and end at a word's border.

    Parameters
    ----------
    texts
        Raw text and the selections in it, pooled over a project: one tool has one habit.
    """
    kept = [(raw, spans) for raw, spans in texts if "\r\n" in raw or not raw.isascii()]
    scores = []
    for rule in RULES:
        good = total = 0
        for raw, spans in kept:
            positions = converter(raw, rule)
            text = raw.replace("\r\n", "\n")
            for start, end in spans:
                total += 2
                if 0 <= start <= end < len(positions):
                    good += _border(text, positions[start]) + _border(text, positions[end])
        scores.append(good / total if total else 0.0)
    best = max(range(len(RULES)), key=lambda i: (scores[i], -i))
    return RULES[best]


def calibrate_by_quotes(texts: Iterable[tuple[str, list[tuple[int, int, str]]]]) -> OffsetRule:
    """Choose the rule under which most selections say what the tool stored as their words.

    Parameters
    ----------
    texts
        Raw text and the selections in it with their stored words, pooled over a project.
    """
    every = [(raw, spans) for raw, spans in texts if spans]
    scores = []
    for rule in RULES:
        good = 0
        for raw, spans in every:
            positions, text = converter(raw, rule), raw.replace("\r\n", "\n")
            for start, end, quote in spans:
                if 0 <= start <= end < len(positions):
                    words = text[positions[start] : positions[end]]
                    good += "".join(words.split()) == "".join(quote.split())
        scores.append(good)
    return RULES[max(range(len(RULES)), key=lambda i: (scores[i], -i))]


def calibrate_by_beginnings(texts: Iterable[tuple[str, list[tuple[int, int, str]]]]) -> OffsetRule | None:
    """Choose the rule under which most selections begin as the name says that the tool gave them.

    Parameters
    ----------
    texts
        Raw text and the selections in it with their names, which may be anything.

    Returns
    -------
    OffsetRule or None
        None where the names tell nothing: few are the beginning of a passage by any rule.
    """
    every = [
        (raw, [(start, end, "".join(name.rstrip(".… ").split())) for start, end, name in spans])
        for raw, spans in texts
        if "\r\n" in raw or max(raw, default="") > "\uffff"
    ]
    scores = []
    for rule in RULES:
        good = 0
        for raw, spans in every:
            positions, text = converter(raw, rule), raw.replace("\r\n", "\n")
            for start, end, name in spans:
                if len(name) >= LEAST and 0 <= start <= end < len(positions):
                    good += "".join(text[positions[start] : positions[end]].split()).startswith(name)
        scores.append(good)
    best = max(range(len(RULES)), key=lambda i: (scores[i], -i))
    return RULES[best] if scores[best] >= FEW else None


def _border(text: str, position: int) -> bool:
    before = text[position - 1 : position] if position else " "
    after = text[position : position + 1] or " "
    return before.isalnum() != after.isalnum() or not (before.isalnum() or after.isalnum())
