"""The chapter as a page without scripts: to read, to print, to copy from."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qualnet.paper import html_page, printable
from qualnet.report.chapter.figure import svg
from qualnet.report.chapter.parts import Bullets, Figure, Heading, Paragraph, Statement, Table

if TYPE_CHECKING:
    from qualnet.report.chapter.parts import Chapter, Part, Quote

__all__ = ["chapter_page"]

STYLE = """
@page { size: A4; margin: 20mm 18mm; }
:root { color-scheme: light dark; --ink: #1a1d21; --soft: #4b5159; --line: #c3c9d0; --ground: #fff; }
body { font: 16px/1.55 Georgia, "Times New Roman", serif; max-width: 46rem; margin: 0 auto;
  padding: 1.5rem 1rem 4rem; color: var(--ink); background: var(--ground); overflow-wrap: break-word; }
h1, h2, h3, table, figcaption, .mark, .evidence, cite {
  font-family: system-ui, "Segoe UI", Arial, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.35rem; margin: 3rem 0 .5rem; padding-top: .6rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1.08rem; margin: 2rem 0 .4rem; }
.mark { display: inline-block; margin: 0 .5rem .5rem 0; padding: .15rem .6rem; border: 1px solid;
  font-size: .9rem; font-weight: 600; }
.small { color: var(--soft); font-size: .92rem; }
.statement { margin: 1rem 0 1.4rem; }
.statement p { margin: 0 0 .35rem; }
blockquote { margin: .35rem 0 .35rem 1rem; padding-left: .8rem; border-left: 3px solid var(--line); }
blockquote.against { border-left-style: dashed; border-left-color: var(--ink); }
cite { font-style: normal; font-size: .85rem; color: var(--soft); }
.evidence { color: var(--soft); font-size: .82rem; line-height: 1.4; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0 1.2rem; font-size: .85rem; line-height: 1.4; }
caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .5rem .3rem 0; text-align: left;
  vertical-align: top; white-space: pre-line; font-weight: normal; }
thead th { border-bottom: 2px solid var(--ink); font-weight: 600; }
figure { margin: 1rem 0 1.5rem; }
figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--line); }
figcaption { font-size: .88rem; margin-top: .3rem; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --soft: #aeb5bd; --line: #4a515a; --ground: #16191d; }
}
@media print {
  :root { --ink: #000; --soft: #333; --line: #999; --ground: #fff; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  h2 { break-before: page; }
  h2, h3, caption { break-after: avoid; }
  tr, figure, blockquote { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""
SMALL = ' class="small"'


def chapter_page(chapter: Chapter) -> str:
    """Write a chapter as HTML; its figures stand in it as SVG."""
    marks = "".join(f'<span class="mark">{_text(mark)}</span>' for mark in chapter.marks)
    body = "\n".join(_part(part) for part in chapter.parts)
    whole = f"<main>\n{marks}\n<h1>{_text(chapter.title)}</h1>\n{body}\n</main>"
    return html_page(chapter.language, printable(chapter.title), STYLE, whole)


def _text(text: str) -> str:
    return escape(printable(text))


def _part(part: Part) -> str:
    match part:
        case Heading():
            return f"<h{part.level}>{_text(part.text)}</h{part.level}>"
        case Paragraph():
            return f"<p{SMALL if part.small else ''}>{_text(part.text)}</p>"
        case Statement():
            return _statement(part)
        case Bullets():
            return f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in part.items)}</ul>"
        case Table():
            return _table(part)
        case Figure():
            caption = f"<figcaption>{_text(part.caption)}</figcaption>"
            return f"<figure>{svg(part.picture, part.name)}{caption}</figure>"


def _statement(part: Statement) -> str:
    number = f"{_text(part.number)}." if part.number else ""
    sentence = f"<b>{_text(part.sentence)}</b>" if part.sentence else ""
    said = " ".join(x for x in (number, sentence, _text(part.told)) if x)
    quotes = "".join(_quote(quote) for quote in part.quotes)
    evidence = "".join(f'<p class="evidence">{_text(line)}</p>' for line in part.evidence)
    return f'<div class="statement"><p>{said}</p>{quotes}{evidence}</div>'


def _quote(quote: Quote) -> str:
    lead = f"<b>{_text(quote.lead)}</b> " if quote.lead else ""
    words = f"<q>{_text(quote.words)}</q>" if quote.verbatim else f"<i>{_text(quote.words)}</i>"
    against = ' class="against"' if quote.lead else ""
    return f"<blockquote{against}>{lead}{words} <cite>({_text(quote.reference)})</cite></blockquote>"


def _table(part: Table) -> str:
    caption = f"<caption>{_text(part.caption)}</caption>" if part.caption else ""
    columns = "".join(f'<col style="width: {width}%">' for width in part.widths)
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in part.columns)
    rows = "\n".join(
        f'<tr><th scope="row">{_text(first)}</th>{"".join(f"<td>{_text(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in part.rows
    )
    return (
        f'<div class="scroll"><table>{caption}<colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )
