"""The chapter in Markdown, with its figures as files beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.paper import markdown, printable
from qualnet.report.chapter.parts import Bullets, Figure, Heading, Paragraph, Statement, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qualnet.report.chapter.parts import Chapter, Part, Quote

__all__ = ["chapter_markdown"]

QUOTED = {"de": "„{}“", "en": "“{}”"}


def chapter_markdown(chapter: Chapter, pictures: Mapping[str, str]) -> str:
    """Write a chapter as Markdown.

    Parameters
    ----------
    chapter
        The chapter.
    pictures
        Name of each figure to the file that shows it.
    """
    head = [f"# {_text(chapter.title)}", *(f"**{_text(mark)}**" for mark in chapter.marks)]
    return "\n\n".join([*head, *(_part(part, chapter, pictures) for part in chapter.parts)]) + "\n"


def _text(text: str) -> str:
    """Give a text that begins no list, heading or number of its own."""
    plain = markdown(printable(text))
    return f"\\{plain}" if plain[:1] in {"#", "+", "-", ">", "="} else plain


def _part(part: Part, chapter: Chapter, pictures: Mapping[str, str]) -> str:
    match part:
        case Heading():
            return f"{'#' * part.level} {_text(part.text)}"
        case Paragraph():
            return _text(part.text)
        case Statement():
            return _statement(part, chapter)
        case Bullets():
            return "\n".join(f"- {_text(item)}" for item in part.items)
        case Table():
            caption = f"**{_text(part.caption)}**\n\n" if part.caption else ""
            rule = ["---"] * len(part.columns)
            return caption + "\n".join(_row(row) for row in (map(_text, part.columns), rule, *_rows(part)))
        case Figure():
            return f"![{_text(part.caption)}](<{pictures[part.name]}>)"


def _rows(part: Table) -> Iterable[Iterable[str]]:
    return (map(_text, row) for row in part.rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _statement(part: Statement, chapter: Chapter) -> str:
    number = f"({_text(part.number)})" if part.number else ""
    sentence = f"**{_text(part.sentence)}**" if part.sentence else ""
    said = " ".join(x for x in (number, sentence, _text(part.told)) if x)
    quotes = [_quote(quote, chapter) for quote in part.quotes]
    return "\n\n".join([said, *quotes, *(_text(line) for line in part.evidence)])


def _quote(quote: Quote, chapter: Chapter) -> str:
    lead = f"**{_text(quote.lead)}** " if quote.lead else ""
    words = (
        QUOTED[chapter.language].format(_text(quote.words)) if quote.verbatim else f"*{_text(quote.words)}*"
    )
    return f"> {lead}{words} ({_text(quote.reference)})"
