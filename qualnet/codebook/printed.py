"""The codebook on paper: the Kodierleitfaden as a page, as a table in Markdown, and for Word."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from typing import TYPE_CHECKING

from qualnet.language import text_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualnet.codebook.model import Code, Codebook
    from qualnet.language import Language

__all__ = ["guide_page", "guide_table", "guide_word", "printable", "tree"]

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
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</body>
</html>
"""
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # same input, same bytes
WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_MEMBERS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>',
}
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WIDTH = 2900  # of a column, in twentieths of a point: five fill a landscape page
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKDOWN = re.compile(r"[\\`*\[\]|]|\b_|_\b")


def tree(book: Codebook) -> Iterator[tuple[Code, int]]:
    """Yield every code after its parent, with its depth; a parent that does not exist is none."""

    def below(parent: str | None, depth: int) -> Iterator[tuple[Code, int]]:
        for code in book.codes.values():
            if (code.parent if code.parent in book.codes else None) == parent:
                yield code, depth
                yield from below(code.id, depth + 1)

    return below(None, 0)


def printable(text: str) -> str:
    """Replace the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


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
    return PAGE.format(
        language=language,
        title=escape(_title(book, language)),
        style=STYLE,
        head="".join(f'<th scope="col">{escape(name[language])}</th>' for _, name in COLUMNS),
        rows="\n".join(rows),
    )


def guide_table(book: Codebook, language: Language) -> str:
    """Write the Kodierleitfaden as a table in Markdown.

    Parameters
    ----------
    book, language
        As for :func:`guide_page`.
    """
    lines = [
        f"# {_markdown(_title(book, language))}\n",
        _row(name[language] for _, name in COLUMNS),
        _row("---" for _ in COLUMNS),
    ]
    for code, _ in tree(book):
        label, *others = (_markdown(cell) for cell in _cells(code, language))
        name = f"{label} ({_markdown(code.id)})"
        lines.append(_row([name if code.codable else f"**{name}**", *others]))
    return "\n".join(lines) + "\n"


def _row(cells: Iterator[str] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _markdown(text: str) -> str:
    text = _MARKDOWN.sub(r"\\\g<0>", escape(text, quote=False))
    return "<br>".join(text.splitlines())


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
        f'<w:document xmlns:w="{WORD_NS}"><w:body>{_word_text(_title(book, language), bold=True, size=32)}'
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDTH * len(COLUMNS)}" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        '<w:p/><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"'
        ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {**WORD_MEMBERS, "word/document.xml": document}.items():
            member = zipfile.ZipInfo(name, LONG_AGO)
            member.create_system = 0  # the same on every system
            archive.writestr(member, XML + content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _word_cell(text: str, *, bold: bool = False) -> str:
    width = f'<w:tcPr><w:tcW w:w="{WIDTH}" w:type="dxa"/></w:tcPr>'
    return f"<w:tc>{width}{_word_text(text, bold=bold, size=18)}</w:tc>"


def _word_text(text: str, *, bold: bool, size: int) -> str:
    lines = escape(printable(text), quote=False).splitlines() or [""]
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    about = f'<w:rPr>{"<w:b/>" * bold}<w:sz w:val="{size}"/></w:rPr>'
    return f"<w:p><w:r>{about}{runs}</w:r></w:p>"
