"""What is written for paper: pages without scripts, Markdown, and files for Word, each text as text."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.language import Language

__all__ = ["WORD", "html_page", "markdown", "printable", "word_file"]

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
{body}
</body>
</html>
"""
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # same input, same bytes
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKDOWN = re.compile(r"[\\`*\[\]|~]|\b_|_\b")


def printable(text: str) -> str:
    """Replace the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def html_page(language: Language, title: str, style: str, body: str) -> str:
    """Give a page that runs no script and loads nothing.

    Parameters
    ----------
    language
        Of its texts.
    title
        Plain text.
    style, body
        CSS and HTML, written by us; texts in them are escaped already.
    """
    return PAGE.format(language=language, title=escape(title), style=style, body=body)


def markdown(text: str) -> str:
    r"""Escape a text so that Markdown shows it as it is; lines are kept as breaks.

    Examples
    --------
    >>> markdown("*a* <b>")
    '\\*a\\* &lt;b&gt;'
    """
    return "<br>".join(_MARKDOWN.sub(r"\\\g<0>", escape(text, quote=False)).splitlines())


def word_file(document: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Pack a document for Word (.docx).

    Parameters
    ----------
    document
        The element ``w:document``; it may name a part as ``rId`` and the part's name.
    parts
        ``styles``, ``header`` and ``footer`` to their elements.
    """
    named = dict(parts or {})
    types = "".join(_type(name) for name in ("document", *named))
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations(_relation("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document,
    }
    if named:
        found = "".join(_relation(f"rId{name}", name, f"{name}.xml") for name in named)
        members["word/_rels/document.xml.rels"] = _relations(found)
        members |= {f"word/{name}.xml": content for name, content in named.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, LONG_AGO)
            member.create_system = 0  # the same on every system
            archive.writestr(member, XML + content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _type(name: str) -> str:
    kind = f"{name}.main" if name == "document" else name
    return f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>'


def _relations(relations: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
