"""The chapter for Word (.docx), with headings, tables and figures that Word can edit."""

from __future__ import annotations

from html import escape
from itertools import count
from typing import TYPE_CHECKING

from qualnet.paper import WORD, printable, word_file
from qualnet.report.chapter.figure import LINES
from qualnet.report.chapter.parts import Bullets, Figure, Heading, Paragraph, Statement, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualnet.report.chapter.figure import Arrow, Box, Picture
    from qualnet.report.chapter.parts import Chapter, Part, Quote

__all__ = ["chapter_word"]

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessing"
NAMES = {
    "w": WORD,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": f"{DRAWING}/wordprocessingDrawing",
    "a": f"{DRAWING}/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wpg": f"{SHAPES}Group",
    "wps": f"{SHAPES}Shape",
}
SPACES = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMES.items())
WIDE = 9638
"""Of the text, in twentieths of a point: A4 with margins of 20 mm."""
UNIT = 12_700
"""English metric units of a point; a unit of the layout is a point."""
QUOTED = {"de": "„{}“", "en": "“{}”"}
FAMILY = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
STYLES = {
    # id: name, based on, paragraph, letters
    "Title": ("Title", '<w:spacing w:after="240"/>', '<w:b/><w:sz w:val="36"/>'),
    "Heading2": (
        "heading 2",
        '<w:keepNext/><w:spacing w:before="480" w:after="120"/><w:outlineLvl w:val="1"/>',
        '<w:b/><w:sz w:val="30"/>',
    ),
    "Heading3": (
        "heading 3",
        '<w:keepNext/><w:spacing w:before="320" w:after="80"/><w:outlineLvl w:val="2"/>',
        '<w:b/><w:sz w:val="25"/>',
    ),
    "Mark": ("Mark", '<w:spacing w:after="120"/>', "<w:b/>"),
    "Statement": ("Statement", '<w:keepNext/><w:spacing w:before="200" w:after="60"/>', ""),
    "Quote": ("Quote", '<w:spacing w:after="60"/><w:ind w:left="454"/>', ""),
    "Evidence": ("Evidence", '<w:spacing w:after="40"/>', '<w:color w:val="4B5159"/><w:sz w:val="17"/>'),
    "Small": ("Small", '<w:spacing w:after="120"/>', '<w:color w:val="4B5159"/><w:sz w:val="20"/>'),
    "Listed": ("Listed", '<w:spacing w:after="60"/><w:ind w:left="340" w:hanging="227"/>', ""),
    "Caption": (
        "caption",
        '<w:keepNext/><w:spacing w:before="160" w:after="60"/>',
        '<w:b/><w:sz w:val="20"/>',
    ),
    "Cell": ("Cell", '<w:spacing w:after="0"/>', '<w:sz w:val="18"/>'),
    "Edge": ("Edge", '<w:spacing w:after="0"/>', '<w:color w:val="4B5159"/><w:sz w:val="17"/>'),
}


def chapter_word(chapter: Chapter) -> bytes:
    """Write a chapter as a file for Word.

    Figures are groups of shapes (Word 2010 and later, LibreOffice), so that they can be moved,
    edited and enlarged; no picture of them is stored.
    """
    numbers = count(1)
    parts = [_paragraph("Title", _run(chapter.title))]
    parts += [_paragraph("Mark", _run(mark)) for mark in chapter.marks]
    parts += [piece for part in chapter.parts for piece in _part(part, chapter, numbers)]
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/>'
        '<w:footerReference w:type="default" r:id="rIdfooter"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1304" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567"'
        ' w:gutter="0"/></w:sectPr>'
    )
    page = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    page += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return word_file(
        f"<w:document {SPACES}><w:body>{''.join(parts)}{section}</w:body></w:document>",
        {
            "styles": _styles(chapter),
            "header": f"<w:hdr {SPACES}>{_paragraph('Edge', _run(' · '.join(chapter.marks)))}</w:hdr>",
            "footer": f"<w:ftr {SPACES}>{_paragraph('Edge', page)}</w:ftr>",
        },
    )


def _styles(chapter: Chapter) -> str:
    language = {"de": "de-DE", "en": "en-GB"}[chapter.language]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        for style, (name, paragraph, letters) in STYLES.items()
    )
    return (
        f'<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>{FAMILY}<w:sz w:val="22"/>'
        f'<w:lang w:val="{language}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"'
        ' w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f"{styles}</w:styles>"
    )


def _run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    lines = [escape(line, quote=False) for line in printable(text).splitlines()] or [""]
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    about = f"<w:rPr>{'<w:b/>' * bold}{'<w:i/>' * italic}</w:rPr>" if bold or italic else ""
    return f"<w:r>{about}{inside}</w:r>"


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _part(part: Part, chapter: Chapter, numbers: Iterator[int]) -> Iterator[str]:
    match part:
        case Heading():
            yield _paragraph(f"Heading{part.level}", _run(part.text))
        case Paragraph():
            yield _paragraph("Small" if part.small else "Normal", _run(part.text))
        case Statement():
            yield from _statement(part, chapter)
        case Bullets():
            yield from (_paragraph("Listed", _run(f"•  {item}")) for item in part.items)
        case Table():
            if part.caption:
                yield _paragraph("Caption", _run(part.caption))
            yield _table(part)
            yield _paragraph("Cell", "")
        case Figure():
            yield _paragraph("Caption", _run(part.caption))
            yield _paragraph("Normal", f"<w:r>{_drawing(part.picture, part.caption, numbers)}</w:r>")


def _statement(part: Statement, chapter: Chapter) -> Iterator[str]:
    number = _run(f"{part.number}. ") if part.number else ""
    sentence = _run(f"{part.sentence} ", bold=True) if part.sentence else ""
    yield _paragraph("Statement", number + sentence + _run(part.told))
    yield from (_paragraph("Quote", _quote(quote, chapter)) for quote in part.quotes)
    yield from (_paragraph("Evidence", _run(line)) for line in part.evidence)


def _quote(quote: Quote, chapter: Chapter) -> str:
    lead = _run(f"{quote.lead} ", bold=True) if quote.lead else ""
    words = QUOTED[chapter.language].format(quote.words) if quote.verbatim else quote.words
    return lead + _run(words, italic=not quote.verbatim) + _run(f" ({quote.reference})")


def _table(part: Table) -> str:
    columns = len(part.columns)
    shares = part.widths or (100 // columns,) * columns
    widths = [WIDE * share // sum(shares) for share in shares]
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A929B"/>'
        for side in ("top", "bottom", "insideH")
    )
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * head}</w:trPr>"
        f"{_cells(row, widths, bold=head)}</w:tr>"
        for head, row in ((True, part.columns), *((False, row) for row in part.rows))
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _cells(row: Iterable[str], widths: list[int], *, bold: bool) -> str:
    return "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_paragraph('Cell', _run(cell, bold=bold))}</w:tc>"
        for cell, width in zip(row, widths, strict=True)
    )


def _drawing(picture: Picture, caption: str, numbers: Iterator[int]) -> str:
    """Give a drawing as one group of shapes, as wide as the text."""
    width, height = (_units(side) for side in picture.size)
    wide = min(width, WIDE * UNIT // 20)
    high = height * wide // width
    frame = f'<a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/><a:chOff x="0" y="0"/>'
    described = escape(printable(picture.description))
    shapes = [_mark(picture, numbers)] if picture.mark else []
    shapes += [_arrow(arrow, numbers) for arrow in picture.arrows]
    shapes += [_box(box, wide / width, numbers) for box in picture.boxes]
    return (
        '<mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
        '<wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{next(numbers)}"'
        f' name="{escape(printable(caption))}" descr="{described}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{NAMES["wpg"]}"><wpg:wgp><wpg:cNvGrpSpPr/>'
        f'<wpg:grpSpPr><a:xfrm>{frame}<a:chExt cx="{width}" cy="{height}"/></a:xfrm></wpg:grpSpPr>'
        f"{''.join(shapes)}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:t>{described}</w:t></mc:Fallback></mc:AlternateContent>"
    )


def _units(length: float) -> int:
    return round(length * UNIT)


def _shape(
    at: tuple[float, float],
    size: tuple[float, float],
    inside: str,
    numbers: Iterator[int],
    *,
    lines: Iterable[str] = (),
    letters: float = 0,
) -> str:
    """Give a shape by its upper left corner, with centred lines of text."""
    number = next(numbers)
    place = f'<a:off x="{_units(at[0])}" y="{_units(at[1])}"/>'
    place += f'<a:ext cx="{_units(size[0])}" cy="{_units(size[1])}"/>'
    about = f'<w:rPr><w:color w:val="1B1F24"/><w:sz w:val="{max(2, round(2 * letters))}"/></w:rPr>'
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in lines)
    box = (
        '<wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:jc w:val="center"/></w:pPr><w:r>{about}{text}</w:r></w:p></w:txbxContent></wps:txbx>'
    )
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="{number}"/><wps:cNvSpPr/><wps:spPr><a:xfrm>{place}</a:xfrm>'
        f'{inside}</wps:spPr>{box if text else ""}<wps:bodyPr wrap="square" lIns="0" tIns="0"'
        ' rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#").upper()}"/></a:solidFill>'


def _mark(picture: Picture, numbers: Iterator[int]) -> str:
    inside = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>'
    return _shape((0, 0), (picture.size[0], 20), inside, numbers, lines=(printable(picture.mark),), letters=9)


def _box(box: Box, scale: float, numbers: Iterator[int]) -> str:
    (x, y), (width, height) = box.at, box.size
    round_ = round(100_000 * box.corner / min(width, height))
    inside = (
        f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val {round_}"/></a:avLst></a:prstGeom>'
        f'{_fill("#ffffff")}<a:ln w="{_units(1)}">{_fill(box.outline)}</a:ln>'
    )
    corner = (x - width / 2, y - height / 2)
    return _shape(corner, box.size, inside, numbers, lines=box.lines, letters=box.letters * scale)


def _arrow(arrow: Arrow, numbers: Iterator[int]) -> str:
    left, top = (min(p[i] for p in arrow.points) for i in (0, 1))
    # a path of no width or height is scaled by nothing
    size = tuple(max(max(p[i] for p in arrow.points) - low, 0.1) for i, low in ((0, left), (1, top)))
    first, *others = (f'<a:pt x="{_units(x - left)}" y="{_units(y - top)}"/>' for x, y in arrow.points)
    curve = "quadBezTo" if len(others) == 2 else "cubicBezTo"  # noqa: PLR2004 (one point in between)
    colour, dashes = LINES[arrow.line]
    dash = {"": "solid", "5 3": "dash"}.get(dashes, "sysDot")
    end = '<a:tailEnd type="triangle"/>' if arrow.directed else ""
    inside = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{_units(size[0])}" h="{_units(size[1])}" fill="none"><a:moveTo>{first}</a:moveTo>'
        f"<a:{curve}>{''.join(others)}</a:{curve}></a:path></a:pathLst></a:custGeom><a:noFill/>"
        f'<a:ln w="{_units(arrow.width)}">{_fill(colour)}<a:prstDash val="{dash}"/>{end}</a:ln>'
    )
    return _shape((left, top), (size[0], size[1]), inside, numbers)
