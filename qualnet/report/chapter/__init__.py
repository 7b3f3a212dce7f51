"""The results chapter: what the interviews say, as sentences with their evidence, not interpreted.

:func:`results_chapter` makes a document of a study once; one module for each format writes it.
"""

from __future__ import annotations

from qualnet.report.chapter.content import results_chapter
from qualnet.report.chapter.page import write_page
from qualnet.report.chapter.parts import Chapter, plain_text
from qualnet.report.chapter.text import write_text
from qualnet.report.chapter.word import write_word

__all__ = ["Chapter", "plain_text", "results_chapter", "write_page", "write_text", "write_word"]
