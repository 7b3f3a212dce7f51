"""The results chapter: what interviews say, with its evidence, assembled and never interpreted.

:func:`results_chapter` makes a document of a study once; one module for each format writes it.
"""

from __future__ import annotations

from qualnet.report.chapter.content import results_chapter
from qualnet.report.chapter.figure import svg
from qualnet.report.chapter.page import chapter_page
from qualnet.report.chapter.parts import Chapter, figures, plain_text
from qualnet.report.chapter.text import chapter_markdown
from qualnet.report.chapter.word import chapter_word

__all__ = [
    "Chapter",
    "chapter_markdown",
    "chapter_page",
    "chapter_word",
    "figures",
    "plain_text",
    "results_chapter",
    "svg",
]
