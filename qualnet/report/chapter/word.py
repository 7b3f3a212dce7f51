"""A chapter for Word (.docx): styles that Word knows by name, and figures drawn as its own shapes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qualnet.paper import WORD, printable, word_file
from qualnet.report.chapter.figure import ABOVE, LINE, LINES, PAD
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
    from collections.abc import Iterator, Sequence

    from qualnet.language import Language
    from qualnet.report.chapter.figure import Arrow, Box, Picture
    from qualnet.report.chapter.parts import Chapter, Part, Quote

__all__ = ["write_word"]

WIDTH = 9638
"""Of a page's text, in twentieths of a point: A4 with 2 cm on each side."""
POINT = 20
EMU = 12700
"""Units of a drawing in a point."""
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SHAPES = "http://schemas.microsoft.com/office/word/2010"
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    f' xmlns:wp="{DRAWING}/wordprocessingDrawing" xmlns:a="{DRAWING}/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    f' xmlns:wpg="{SHAPES}/wordprocessingGroup" xmlns:wps="{SHAPES}/wordprocessingShape"'
)
PAGE = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/>'
    '<w:footerReference w:type="default" r:id="rIdfooter"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567"'
    ' w:gutter="0"/></w:sectPr>'
)
SOFT = '<w:color w:val="4B5159"/><w:sz w:val="18"/>'
STYLES = {
    "Title": ("Title", '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="40"/>'),
    "Heading1": (
        "heading 1",
        '<w:keepNext/><w:spacing w:before="480" w:after="120"/><w:outlineLvl w:val="0"/>',
        '<w:b/><w:sz w:val="32"/>',
    ),
    "Heading2": (
        "heading 2",
        '<w:keepNext/><w:spacing w:before="320" w:after="100"/><w:outlineLvl w:val="1"/>',
        '<w:b/><w:sz w:val="26"/>',
    ),
    "Statement": ("Statement", '<w:keepNext/><w:spacing w:before="200" w:after="40"/>', ""),
    "Quote": ("Quote", '<w:keepLines/><w:spacing w:after="60"/><w:ind w:left="567" w:right="284"/>', ""),
    "Small": ("Small", '<w:spacing w:after="100"/>', SOFT),
    "Caption": ("caption", '<w:spacing w:before="60" w:after="120"/>', SOFT),
    "TableTitle": ("Table Title", '<w:keepNext/><w:spacing w:before="120" w:after="60"/>', SOFT),
    "Cell": ("Cell", '<w:spacing w:after="0"/>', '<w:sz w:val="18"/>'),
    "Figure": ("Figure", '<w:keepNext/><w:spacing w:before="120" w:after="0"/>', ""),
    "Mark": ("Mark", '<w:spacing w:after="0"/>', '<w:b/><w:color w:val="84204F"/><w:sz w:val="18"/>'),
    "Page": ("footer", '<w:spacing w:after="0"/><w:jc w:val="right"/>', ""),
    "Bullet": (
        "List Bullet",
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/>',
        "",
    ),
}
"""Id to name, and what a style says of its paragraphs and of its letters."""
DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri"'
    ' w:cs="Calibri"/><w:sz w:val="22"/><w:lang w:val="{}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/><w:qFormat/></w:style>'
)
NUMBERING = (
    f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0">'
    '<w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="397" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
SETTINGS = (
    f'<w:settings xmlns:w="{WORD}"><w:compat><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)
"""Without them Word takes the file for one of 2007, which had no such shapes."""
LOCALES: dict[Language, str] = {"de": "de-DE", "en": "en-GB"}
DASHES = {"-": "dash", "mixed": "sysDot"}
LEAST_LETTERS = 6  # in half points
MOST_SHAPES = 100_000  # of a figure, so that all ids of a document differ


def write_word(chapter: Chapter) -> bytes:
    """Write a chapter for Word; its marks stand on every page.

    Parameters
    ----------
    chapter
        The document.
    """
    blocks = [_paragraph(mark, "Mark") for mark in chapter.marks]
    blocks.append(_paragraph(chapter.title, "Title"))
    for number, (part, caption) in enumerate(captioned(chapter), start=1):
        blocks += _blocks(part, caption, number, chapter.language)
    marks = _paragraph(" · ".join(chapter.marks), "Mark")
    page = f'<w:fldSimple w:instr="PAGE">{_run("1")}</w:fldSimple>'
    return word_file(
        f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}{PAGE}</w:body></w:document>",
        {
            "styles": _styles(chapter.language),
            "numbering": NUMBERING,
            "settings": SETTINGS,
            "header": f'<w:hdr xmlns:w="{WORD}">{marks}</w:hdr>',
            "footer": f'<w:ftr xmlns:w="{WORD}">{_styled(page, "Page")}</w:ftr>',
        },
    )


def _styles(language: Language) -> str:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        for key, (name, paragraph, letters) in STYLES.items()
    )
    return f'<w:styles xmlns:w="{WORD}">{DEFAULTS.format(LOCALES[language])}{styles}</w:styles>'


def _blocks(part: Part, caption: str, number: int, language: Language) -> Iterator[str]:
    match part:
        case Heading(text, level):
            yield _paragraph(text, f"Heading{level - 1}")
        case Paragraph(text, small):
            yield _paragraph(text, "Small" if small else "Normal")
        case Bullets(items):
            yield from (_paragraph(item, "Bullet") for item in items)
        case Statement():
            yield from _statement(part, language)
        case Table():
            yield from [_paragraph(caption, "TableTitle")] if caption else []
            yield _table(part)
        case Figure(_, _, picture):
            yield _styled(_drawing(picture, number), "Figure")
            yield _paragraph(caption, "Caption")


def _run(text: str, letters: str = "") -> str:
    lines = escape(printable(text), quote=False).splitlines() or [""]
    broken = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    about = f"<w:rPr>{letters}</w:rPr>" if letters else ""
    return f"<w:r>{about}{broken}</w:r>"


def _styled(runs: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _paragraph(text: str, style: str, letters: str = "") -> str:
    return _styled(_run(text, letters), style)


def _statement(part: Statement, language: Language) -> Iterator[str]:
    number = f"{part.number}. " if part.number else ""
    said = _run(f"{number}{part.sentence} ", "<w:b/>") if part.sentence else ""
    yield _styled(said + _run(part.told), "Statement" if part.quotes or part.evidence else "Normal")
    yield from (_quote(quote, language) for quote in part.quotes)
    yield from (_paragraph(text, "Small") for text in part.evidence)


def _quote(quote: Quote, language: Language) -> str:
    lead = _run(f"{quote.lead} ", "<w:b/>") if quote.lead else ""
    words = _run(quotation(quote, language))
    return _styled(f"{lead}{words}{_run(f' ({quote.reference})', SOFT)}", "Quote")


def _table(table: Table) -> str:
    n = len(table.columns)
    shares = table.widths or (1,) * n
    widths = [WIDTH * share // sum(shares) for share in shares]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A929B"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "".join(
        _cell(name, width, heading=True) for name, width in zip(table.columns, widths, strict=True)
    )
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    rows += [f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cells(row, widths)}</w:tr>" for row in table.rows]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/>'
        '<w:right w:w="80" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        f"{_paragraph('', 'Cell')}"
    )


def _cells(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = row
    if not any(others):
        return _cell(first, sum(widths), heading=True, span=len(row))
    return "".join(_cell(text, width) for text, width in zip(row, widths, strict=True))


def _cell(text: str, width: int, *, heading: bool = False, span: int = 1) -> str:
    about = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    about += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    about += '<w:shd w:val="clear" w:color="auto" w:fill="EEF0F3"/>' if heading else ""
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{_paragraph(text, 'Cell', '<w:b/>' * heading)}</w:tc>"


def _drawing(picture: Picture, number: int) -> str:
    """Give a picture as one group of shapes; programs that do not know shapes show its description."""
    scale = WIDTH / POINT * EMU / picture.size[0]
    width, height = (round(side * scale) for side in picture.size)
    size = f'cx="{width}" cy="{height}"'
    told = escape(printable(picture.description))
    bodies = [_arrow(arrow, scale) for arrow in picture.arrows]
    bodies += [_box(item, picture.letters, scale) for item in picture.boxes]
    bodies += [_mark(picture, scale)] if picture.mark else []
    shapes = "".join(
        f'<wps:wsp><wps:cNvPr id="{number * MOST_SHAPES + k}" name="shape{number}-{k}"/><wps:cNvSpPr/>'
        f"{body}</wps:wsp>"
        for k, body in enumerate(bodies, start=1)
    )
    group = (
        f'<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
        f'<a:chOff x="0" y="0"/><a:chExt {size}/></a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp>'
    )
    inline = (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="figure{number}" descr="{told}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{SHAPES}/wordprocessingGroup">{group}</a:graphicData></a:graphic>'
        "</wp:inline>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>{inline}</w:drawing></mc:Choice>'
        f'<mc:Fallback><w:t xml:space="preserve">{told}</w:t></mc:Fallback></mc:AlternateContent></w:r>'
    )


def _place(x: float, y: float, width: float, height: float, scale: float) -> str:
    sides = (round(side * scale) for side in (x, y, width, height))
    return '<a:xfrm><a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/></a:xfrm>'.format(*sides)


def _line(colour: str, points: float, more: str = "") -> str:
    fill = f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill>'
    return f'<a:ln w="{round(points * EMU)}">{fill}{more}</a:ln>'


def _arrow(arrow: Arrow, scale: float) -> str:
    xs, ys = zip(*arrow.points, strict=True)
    left, top = min(xs), min(ys)
    width, height = (max(max(side) - min(side), 0.1) for side in (xs, ys))
    first, *others = (
        f'<a:pt x="{round((x - left) * scale)}" y="{round((y - top) * scale)}"/>' for x, y in arrow.points
    )
    curve = "quadBezTo" if len(others) == 2 else "cubicBezTo"  # noqa: PLR2004 (as in figure)
    colour, _ = LINES[arrow.line]
    dashes = f'<a:prstDash val="{DASHES[arrow.line]}"/>' if arrow.line in DASHES else ""
    head = '<a:tailEnd type="triangle" w="med" len="med"/>' if arrow.directed else ""
    return (
        f"<wps:spPr>{_place(left, top, width, height, scale)}<a:custGeom><a:avLst/><a:gdLst/>"
        '<a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{round(width * scale)}" h="{round(height * scale)}" fill="none">'
        f"<a:moveTo>{first}</a:moveTo><a:{curve}>{''.join(others)}</a:{curve}></a:path></a:pathLst></a:custGeom>"
        f"<a:noFill/>{_line(colour, arrow.width * scale / EMU, dashes + head)}</wps:spPr><wps:bodyPr/>"
    )


def _box(item: Box, letters: float, scale: float) -> str:
    (x, y), (width, height) = item.at, item.size
    kind = "roundRect" if item.corner else "rect"
    corner = f'<a:gd name="adj" fmla="val {round(item.corner / min(width, height) * 100_000)}"/>'
    points = letters * scale / EMU
    # rounded down: a line that is too long would break, and the last one would not be seen
    size = max(LEAST_LETTERS, int(points * 2))
    text = _run("\n".join(item.lines), f'<w:sz w:val="{size}"/>')
    return (
        f"<wps:spPr>{_place(x - width / 2, y - height / 2, width, height, scale)}"
        f'<a:prstGeom prst="{kind}"><a:avLst>{corner if item.corner else ""}</a:avLst></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
        f"{_line(item.outline, 1.2 * scale / EMU)}</wps:spPr>{_content(text, 'center', size)}"
    )


def _mark(picture: Picture, scale: float) -> str:
    place = _place(PAD, 0, picture.size[0] - 2 * PAD, ABOVE, scale)
    frame = f'{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>'
    size = int(ABOVE * scale / EMU * 2 * 0.6)
    text = _run(picture.mark, f'<w:b/><w:sz w:val="{size}"/>')
    return f"<wps:spPr>{frame}</wps:spPr>{_content(text, 'left', size)}"


def _content(runs: str, side: str, size: int) -> str:
    # lines stand as close as in the other formats, whatever the font
    spacing = (
        f'<w:spacing w:before="0" w:after="0" w:line="{round(size * POINT / 2 * LINE)}" w:lineRule="exact"/>'
    )
    return (
        f'<wps:txbx><w:txbxContent><w:p><w:pPr>{spacing}<w:jc w:val="{side}"/></w:pPr>{runs}</w:p>'
        '</w:txbxContent></wps:txbx><wps:bodyPr rot="0" vert="horz" wrap="square" lIns="0" tIns="0" rIns="0"'
        ' bIns="0" anchor="ctr">'
        "<a:noAutofit/></wps:bodyPr>"
    )
