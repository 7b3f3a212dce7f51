"""A chapter as Markdown, with its figures as files beside it."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote as percent

from qualnet.paper import markdown, printable
from qualnet.report.chapter.figure import svg
from qualnet.report.chapter.parts import (
    Bullets,
    Figure,
    Heading,
    Paragraph,
    Statement,
    Table,
    captioned,
    quotation,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualnet.language import Language
    from qualnet.report.chapter.parts import Chapter, Part

__all__ = ["write_text"]

_BEGINS = re.compile(r"^(\d+)([.)])|^([#+=-])")
"""What at the beginning of a line Markdown takes for a heading or a list."""


def write_text(chapter: Chapter, name: str) -> dict[str, str]:
    """Write a chapter as Markdown.

    Parameters
    ----------
    chapter
        The document.
    name
        Of its file.

    Returns
    -------
    dict
        Names of files to their contents: the pictures, and the text last.
    """
    pictures: dict[str, str] = {}
    blocks = [f"**{_text(mark)}**" for mark in chapter.marks]
    blocks.append(f"# {_text(chapter.title)}")
    for part, caption in captioned(chapter):
        if isinstance(part, Figure):
            beside = f"{PurePath(name).stem}-{part.name}.svg"
            pictures[beside] = svg(part.picture, f"picture-{part.name}")
            blocks.append(f"![{_text(part.picture.description)}]({percent(beside)})\n\n*{_text(caption)}*")
        else:
            blocks += _blocks(part, caption, chapter.language)
    return pictures | {name: "\n\n".join(blocks) + "\n"}


def _text(text: str) -> str:
    """Escape a text; at the beginning of a line it makes no heading and no list."""
    return _BEGINS.sub(
        lambda m: rf"{m[1]}\{m[2]}" if m[1] else rf"\{m[3]}", markdown(printable(text).strip())
    )


def _blocks(part: Part, caption: str, language: Language) -> Iterator[str]:
    match part:
        case Heading(text, level):
            yield f"{'#' * level} {_text(text)}"
        case Paragraph(text):
            yield _text(text)
        case Bullets(items):
            yield "\n".join(f"- {_text(item)}" for item in items)
        case Statement():
            yield from _statement(part, language)
        case Table():
            yield from [f"*{_text(caption)}*"] if caption else []
            ruler = f"|{' --- |' * len(part.columns)}"
            yield "\n".join((_row(part.columns), ruler, *(_row(row) for row in part.rows)))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_text, cells))} |"


def _statement(part: Statement, language: Language) -> Iterator[str]:
    number = f"{part.number}\\. " if part.number else ""
    said = f"**{number}{_text(part.sentence)}** " if part.sentence else ""
    yield f"{said}{_text(part.told)}"
    for quote in part.quotes:
        lead = f"{_text(quote.lead)} " if quote.lead else ""
        yield f"> {lead}{_text(quotation(quote, language))} ({_text(quote.reference)})"
    yield from (_text(text) for text in part.evidence)
