"""What a chapter is made of, whatever it is written as: plain text in named places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualnet.language import Language
    from qualnet.report.chapter.figure import Picture

__all__ = [
    "Bullets",
    "Chapter",
    "Figure",
    "Heading",
    "Paragraph",
    "Part",
    "Quote",
    "Statement",
    "Table",
    "figures",
    "plain_text",
]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 is a section of the chapter."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences; ``small`` ones explain."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, and where they stand.

    Attributes
    ----------
    lead
        What it stands for, where it opposes.
    words
        As in the transcript, or what stands in place of words that may not be quoted.
    verbatim
        Whether `words` are the interviewee's.
    reference
        Interview, paragraph, and the id of the claim.
    """

    lead: str
    words: str
    verbatim: bool
    reference: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with all that it rests on.

    Attributes
    ----------
    number
        Within its section; empty for a sentence that nothing refers to.
    sentence, told
        What is said, and in how many interviews.
    evidence
        Where each of them says so, and what speaks against it.
    """

    number: str
    sentence: str
    told: str
    quotes: tuple[Quote, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column names its rows. ``widths`` are shares of the page, one a column."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption; ``name`` is safe as part of a file name."""

    name: str
    caption: str
    picture: Picture


Part: TypeAlias = Heading | Paragraph | Statement | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, and what must stand on its pages: internal, invented."""

    language: Language
    title: str
    marks: tuple[str, ...]
    parts: tuple[Part, ...]


def figures(chapter: Chapter) -> Iterator[Figure]:
    """Yield the figures of a chapter."""
    return (part for part in chapter.parts if isinstance(part, Figure))


def plain_text(chapter: Chapter) -> str:
    """Give every text of a chapter, a line each: what a search for names must look at."""
    return "\n".join(
        (chapter.title, *chapter.marks, *(line for part in chapter.parts for line in _texts(part)))
    )


def _texts(part: Part) -> Iterator[str]:
    match part:
        case Heading() | Paragraph():
            yield part.text
        case Statement():
            yield from (part.number, part.sentence, part.told)
            for quote in part.quotes:
                yield from (quote.lead, quote.words, quote.reference)
            yield from part.evidence
        case Bullets():
            yield from part.items
        case Table():
            yield from (part.caption, *part.columns)
            yield from (cell for row in part.rows for cell in row)
        case Figure():
            yield from (part.caption, part.picture.mark)
            yield from (" ".join(box.lines) for box in part.picture.boxes)
