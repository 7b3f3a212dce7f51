"""A chapter as one page to read and to print, without scripts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qualnet.paper import html_page, printable
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
from qualnet.report.chapter.words import TEXTS

if TYPE_CHECKING:
    from qualnet.language import Language
    from qualnet.report.chapter.parts import Chapter, Quote

__all__ = ["write_page"]

STYLE = """
:root { --ink: #1b1f24; --soft: #4b5159; --page: #fff; --line: #8a929b; --shade: #eef0f3; --link: #00528c;
  --mark: #84204f; }
@media screen and (prefers-color-scheme: dark) { :root { color-scheme: dark; --ink: #e8eaed; --soft: #b4bac2;
  --page: #16191d; --line: #5d6670; --shade: #262b31; --link: #8cc4f5; --mark: #ff9dc4; } }
* { box-sizing: border-box; }
body { font: 17px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem;
  color: var(--ink); background: var(--page); overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.2; break-after: avoid; }
h2 { margin: 3rem 0 1rem; padding-top: .5rem; border-top: 2px solid var(--line); }
h3 { margin: 2rem 0 .75rem; }
a { color: var(--link); }
nav ul { columns: 14rem; padding-left: 1.2rem; }
.mark { margin: 0 0 .25rem; font-weight: bold; color: var(--mark); }
.small, .evidence, figcaption, caption { font-size: .85rem; color: var(--soft); }
.statement { margin: 1.25rem 0; }
.statement p { margin: .25rem 0; }
.sentence { font-weight: 600; break-after: avoid; }
.told { break-after: avoid; }
blockquote { margin: .4rem 0 .4rem 1rem; padding-left: .75rem; border-left: 3px solid var(--line);
  break-inside: avoid; }
blockquote .lead { font-size: .85rem; font-weight: 600; }
blockquote p { white-space: pre-line; }
blockquote footer { font-size: .85rem; color: var(--soft); }
figure { margin: 1.5rem 0; break-inside: avoid; }
svg { display: block; width: 100%; height: auto; max-height: 230mm; background: #fff;
  border: 1px solid var(--line); }
figcaption { margin-top: .5rem; }
.table { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; padding-bottom: .4rem; break-after: avoid; }
th, td { border: 1px solid var(--line); padding: .3em .5em; text-align: left; vertical-align: top;
  white-space: pre-line; font-weight: normal; overflow-wrap: break-word; min-width: 5rem; }
thead th, .heading th { background: var(--shade); font-weight: 600; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
@page { size: A4; margin: 20mm 18mm; @bottom-right { content: counter(page); font: 9pt sans-serif; } }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; }
  .table { overflow: visible; padding-right: 1px; } h2 { break-before: page; border: 0; } }
"""
RUNNING = '@page {{ @top-left {{ content: "{}"; font: bold 9pt sans-serif; }} }}\n'
"""What stands on every page that is printed."""


def write_page(chapter: Chapter) -> str:
    """Write a chapter as one page.

    Parameters
    ----------
    chapter
        The document.
    """
    headings = [p for p in chapter.parts if isinstance(p, Heading) and p.level == 2]  # noqa: PLR2004 (a section)
    links = "".join(
        f'<li><a href="#section-{k}">{_text(h.text)}</a></li>' for k, h in enumerate(headings, start=1)
    )
    lines = [f'<p class="mark">{_text(mark)}</p>' for mark in chapter.marks]
    lines += [f"<h1>{_text(chapter.title)}</h1>"]
    lines += [f'<nav aria-label="{_text(TEXTS["contents"][chapter.language])}"><ul>{links}</ul></nav>']
    section = 0
    for part, caption in captioned(chapter):
        match part:
            case Heading(text, 2):
                section += 1
                lines.append(f'<h2 id="section-{section}">{_text(text)}</h2>')
            case Heading(text, level):
                lines.append(f"<h{level}>{_text(text)}</h{level}>")
            case Paragraph(text, small):
                lines.append(f"<p{_class('small' * small)}>{_text(text)}</p>")
            case Statement():
                lines.append(_statement(part, chapter.language))
            case Bullets(items):
                lines.append(f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in items)}</ul>")
            case Table():
                lines.append(_table(part, caption))
            case Figure(name, _, picture):
                drawn = svg(picture, f"picture-{name}").strip()
                lines.append(f"<figure>{drawn}<figcaption>{_text(caption)}</figcaption></figure>")
    running = RUNNING.format(" · ".join(chapter.marks)) if chapter.marks else ""
    body = "\n".join(("<main>", *lines, "</main>"))
    return html_page(chapter.language, printable(chapter.title), STYLE + running, body)


def _text(text: str) -> str:
    return escape(printable(text))


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _statement(part: Statement, language: Language) -> str:
    number = f"{_text(part.number)}. " if part.number else ""
    said = f'<p class="sentence">{number}{_text(part.sentence)}</p>' if part.sentence else ""
    told = f'<p class="told">{_text(part.told)}</p>'
    quotes = "".join(_quote(quote, language) for quote in part.quotes)
    evidence = "".join(f'<p class="evidence">{_text(text)}</p>' for text in part.evidence)
    return f'<div class="statement">{said}{told}{quotes}{evidence}</div>'


def _quote(quote: Quote, language: Language) -> str:
    lead = f'<p class="lead">{_text(quote.lead)}</p>' if quote.lead else ""
    words = _text(quotation(quote, language))
    return f"<blockquote>{lead}<p>{words}</p><footer>{_text(quote.reference)}</footer></blockquote>"


def _table(table: Table, caption: str) -> str:
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in table.columns)
    widths = "".join(f'<col style="width: {width}%">' for width in table.widths)
    rows = "\n".join(_row(row) for row in table.rows)
    title = f"<caption>{_text(caption)}</caption>" if caption else ""
    groups = f"<colgroup>{widths}</colgroup>" if widths else ""
    return (
        f'<div class="table" tabindex="0"><table>{title}{groups}<thead><tr>{head}</tr></thead>\n'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(row: tuple[str, ...]) -> str:
    first, *others = row
    if not any(others):
        return f'<tr class="heading"><th colspan="{len(row)}" scope="rowgroup">{_text(first)}</th></tr>'
    cells = "".join(f"<td>{_text(cell)}</td>" for cell in others)
    head = f'<th scope="row">{_text(first)}</th>' if first else "<td></td>"
    return f"<tr>{head}{cells}</tr>"
