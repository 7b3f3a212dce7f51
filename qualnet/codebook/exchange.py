"""The codebook for other programs: a table for spreadsheets, and a REFI-QDA codebook."""

from __future__ import annotations

import io
import re
import uuid
from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from qualnet.cells import armoured, csv_text
from qualnet.codebook.printed import tree
from qualnet.codebook.table import HEADERS, KIND_WORDS, TEXTS, YES_NO, Column
from qualnet.language import LANGUAGES, text_in
from qualnet.paper import printable
from qualnet.problems import InputError, Place, Problem

if TYPE_CHECKING:
    from qualnet.codebook.model import Code, Codebook
    from qualnet.language import Language, Text

__all__ = ["codebook_csv", "codebook_qdc", "codebook_xlsx", "description"]

GUIDE = ("definition", "anchor_example", "code_when", "do_not_code_when")
GUIDS = uuid.uuid5(uuid.NAMESPACE_URL, "https://qualnet/codebook")
LONG_AGO = datetime(2020, 1, 1)  # noqa: DTZ001 (same input, same bytes; Excel knows no zones)
LONGEST = 32_767
"""Characters that a cell of Excel holds."""
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_NEEDS_QUOTES = re.compile(r'[;"\n\r]|^\s|\s$')


def _columns(book: Codebook) -> list[Column]:
    """Give the columns that a codebook needs; what a Kodierleitfaden has is always among them."""
    used = {
        name: {language for code in book.codes.values() for language in _texts(getattr(code, name))}
        for name in TEXTS
    }
    columns: list[Column] = []
    for name in HEADERS:
        if name in TEXTS:
            wanted = used[name] or ((used["label"] or {""}) if name in ("label", *GUIDE) else set())
            columns += [(name, language) for language in ("", *LANGUAGES) if language in wanted]
        elif name in {"id", "kind", "parent"} or any(_said(code, name) for code in book.codes.values()):
            columns.append((name, ""))
    return columns


def _texts(text: Text) -> dict[str, str]:
    spoken = {**text} if isinstance(text, dict) else {"": text}
    return {language: words for language, words in spoken.items() if words}


def _said(code: Code, name: str) -> bool:
    return not code.codable if name == "codable" else bool(getattr(code, name))


def _rows(book: Codebook, columns: list[Column], language: Language) -> tuple[list[str], list[list[str]]]:
    nth = LANGUAGES.index(language)

    def cell(code: Code, column: Column) -> str:
        name, spoken = column
        value = getattr(code, name)
        if name in TEXTS:
            return _texts(value).get(spoken, "")
        if name == "kind":
            return KIND_WORDS[value][nth]
        if name == "codable":
            return YES_NO[value][nth]
        if name == "aliases":
            return "; ".join(_alias(alias) for alias in value)
        gone = name in {"parent", "opposite_of"} and value not in book.codes
        return "" if gone else value or ""

    header = [HEADERS[name][nth] + (f" ({spoken})" if spoken else "") for name, spoken in columns]
    return header, [[cell(code, column) for column in columns] for code in book.codes.values()]


def _alias(alias: str) -> str:
    return '"' + alias.replace('"', '""') + '"' if _NEEDS_QUOTES.search(alias) else alias


def codebook_csv(book: Codebook, language: Language) -> str:
    """Write every field of every code as CSV; text is inert against formulas.

    Parameters
    ----------
    book
        The codebook with everything it inherits.
    language
        Of the columns' names, kinds, yes and no; each text has a column for each of its languages.
    """
    header, rows = _rows(book, _columns(book), language)
    return csv_text(header, [[armoured(cell) for cell in row] for row in rows])


def codebook_xlsx(book: Codebook, language: Language) -> bytes:
    """Write every field of every code as an Excel workbook; every cell is text.

    Parameters
    ----------
    book, language
        As for :func:`codebook_csv`.

    Raises
    ------
    InputError
        When a text is longer than a cell of Excel can hold.
    """
    import xlsxwriter  # noqa: PLC0415

    columns = _columns(book)
    header, rows = _rows(book, columns, language)
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    workbook.set_properties({"created": LONG_AGO})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    bold = workbook.add_format({"bold": True, "bg_color": "#e6e6e6", "valign": "top"})
    sheet = workbook.add_worksheet("Codes")
    for i, name in enumerate(header):
        sheet.set_column(i, i, 40 if columns[i][0] in GUIDE else 20, wrapped)
        sheet.write_string(0, i, name, bold)
        for r, row in enumerate(rows, start=1):
            if len(row[i]) > LONGEST:
                limit = (("what", f"'{name}'"), ("limit", f"{LONGEST}"))
                raise InputError(Problem(Place(book.id, element=row[0]), "too-large", limit))
            sheet.write_string(r, i, row[i], wrapped)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(header) - 1)
    workbook.close()
    return out.getvalue()


RULES: dict[str, dict[Language, str]] = {
    "code_when": {"de": "Kodierregel", "en": "Coding rule"},
    "do_not_code_when": {"de": "Abgrenzung", "en": "Exclusion"},
    "anchor_example": {"de": "Ankerbeispiel", "en": "Anchor example"},
}


def description(code: Code, language: Language) -> str:
    """Give definition, rules and anchor example of a code as one text, for programs with one field."""
    said = {name: text_in(getattr(code, name), language) for name in ("definition", *RULES)}
    return "\n\n".join(
        f"{RULES[x][language]}: {text}" if x in RULES else text for x, text in said.items() if text
    )


def codebook_qdc(book: Codebook, language: Language) -> str:
    """Write a REFI-QDA codebook (.qdc), as MAXQDA, ATLAS.ti, NVivo and others read it.

    Parameters
    ----------
    book
        The codebook with everything it inherits.
    language
        Of names and descriptions; rules and anchor example stand in the description.
    """
    root = ET.Element("CodeBook", {"xmlns": "urn:QDA-XML:codebook:1.0", "origin": "qualnet"})
    above = [ET.SubElement(root, "Codes")]
    namespace = uuid.uuid5(GUIDS, book.id)
    for code, depth in tree(book):
        about = {
            "guid": str(uuid.uuid5(namespace, code.id)).upper(),
            "name": printable(text_in(code.label, language) or code.id),
            "isCodable": "true" if code.codable else "false",
        }
        if code.color and _COLOUR.fullmatch(code.color):
            about["color"] = code.color
        element = ET.SubElement(above[depth], "Code", about)
        if described := description(code, language):
            ET.SubElement(element, "Description").text = printable(described)
        above[depth + 1 :] = [element]
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
