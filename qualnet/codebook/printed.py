"""The codebook on paper: the Kodierleitfaden as a page, as a table in Markdown, and for Word."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qualnet.language import text_in
from qualnet.paper import WORD, html_page, markdown, printable, word_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualnet.codebook.model import Code, Codebook
    from qualnet.language import Language

__all__ = ["guide_page", "guide_table", "guide_word", "tree"]

COLUMNS: tuple[tuple[str, dict[Language, str]], ...] = (
    ("label", {"de": "Kategorie / Code", "en": "Category / code"}),
    ("definition", {"de": "Definition", "en": "Definition"}),
    ("anchor_example", {"de": "Ankerbeispiel", "en": "Anchor example"}),
    ("code_when", {"de": "Kodierregel", "en": "Coding rule"}),
    ("do_not_code_when", {"de": "Abgrenzung", "en": "Exclusion"}),
)
TITLE: dict[Language, str] = {"de": "Kodierleitfaden", "en": "Coding guide"}
STYLE = """
@page { size: A4 landscape; margin: 12mm; }
body { font: 14px/1.4 sans-serif; margin: 2em; color: #1a1d21; background: #fff; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid #8a929b; padding: .4em .5em; text-align: left; vertical-align: top;
  white-space: pre-line; overflow-wrap: anywhere; }
thead th, .heading { background: #eceff2; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.heading { break-after: avoid; }
.heading span, td { font-weight: normal; }
code { color: #4b5159; font-size: .85em; }
@media print { body { margin: 0; font-size: 9pt; } }
"""
BODY = """<h1>{title}</h1>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>"""
WIDTH = 2900  # of a column, in twentieths of a point: five fill a landscape page


def tree(book: Codebook) -> Iterator[tuple[Code, int]]:
    """Yield every code after its parent, with its depth; a parent that does not exist is none."""

    def below(parent: str | None, depth: int) -> Iterator[tuple[Code, int]]:
        for code in book.codes.values():
            if (code.parent if code.parent in book.codes else None) == parent:
                yield code, depth
                yield from below(code.id, depth + 1)

    return below(None, 0)


def _title(book: Codebook, language: Language) -> str:
    return f"{TITLE[language]}: {text_in(book.title, language) or book.id}"


def _cells(code: Code, language: Language) -> list[str]:
    return [text_in(getattr(code, name), language) for name, _ in COLUMNS]


def guide_page(book: Codebook, language: Language) -> str:
    """Write the Kodierleitfaden as one page to print, without scripts.

    Parameters
    ----------
    book
        The codebook with everything it inherits.
    language
        Of columns and texts; a text that exists only in the other one is shown in that.
    """
    rows = []
    for code, depth in tree(book):
        label, definition, *others = (escape(cell) for cell in _cells(code, language))
        name = f"{label} <code>{escape(code.id)}</code>"
        indent = f' style="padding-left: {0.5 + depth}em"'
        if code.codable:
            cells = "".join(f"<td>{cell}</td>" for cell in (definition, *others))
            rows.append(f'<tr><th scope="row"{indent}>{name}</th>{cells}</tr>')
        else:
            about = f"\n<span>{definition}</span>" if definition else ""
            heading = f'<th colspan="{len(COLUMNS)}" scope="rowgroup"{indent}>{name}{about}</th>'
            rows.append(f'<tr class="heading">{heading}</tr>')
    title = _title(book, language)
    body = BODY.format(
        title=escape(title),
        head="".join(f'<th scope="col">{escape(name[language])}</th>' for _, name in COLUMNS),
        rows="\n".join(rows),
    )
    return html_page(language, title, STYLE, body)


def guide_table(book: Codebook, language: Language) -> str:
    """Write the Kodierleitfaden as a table in Markdown.

    Parameters
    ----------
    book, language
        As for :func:`guide_page`.
    """
    lines = [
        f"# {markdown(_title(book, language))}\n",
        _row(name[language] for _, name in COLUMNS),
        _row("---" for _ in COLUMNS),
    ]
    for code, _ in tree(book):
        label, *others = (markdown(cell) for cell in _cells(code, language))
        name = f"{label} ({markdown(code.id)})"
        lines.append(_row([name if code.codable else f"**{name}**", *others]))
    return "\n".join(lines) + "\n"


def _row(cells: Iterator[str] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def guide_word(book: Codebook, language: Language) -> bytes:
    """Write the Kodierleitfaden as a table for Word (.docx).

    Parameters
    ----------
    book, language
        As for :func:`guide_page`.
    """
    head = "".join(_word_cell(name[language], bold=True) for _, name in COLUMNS)
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for code, _ in tree(book):
        label, *others = _cells(code, language)
        first = _word_cell(f"{label}\n{code.id}", bold=not code.codable)
        cells = first + "".join(_word_cell(cell) for cell in others)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A929B"/>' for side in sides)
    grid = f'<w:gridCol w:w="{WIDTH}"/>' * len(COLUMNS)
    document = (
        f'<w:document xmlns:w="{WORD}"><w:body>{_word_text(_title(book, language), bold=True, size=32)}'
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDTH * len(COLUMNS)}" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        '<w:p/><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"'
        ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    return word_file(document)


def _word_cell(text: str, *, bold: bool = False) -> str:
    width = f'<w:tcPr><w:tcW w:w="{WIDTH}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{width}{_word_text(text, bold=bold, size=18)}</w:tc>"


def _word_text(text: str, *, bold: bool, size: int) -> str:
    lines = escape(printable(text), quote=False).splitlines() or [""]
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    about = f'<w:rPr>{"<w:b/>" * bold}<w:sz w:val="{size}"/></w:rPr>'
    return f"<w:p><w:r>{about}{runs}</w:r></w:p>"
