"""Dedoose's export of excerpts, as Excel or CSV: a row per excerpt, and three columns per code.

The columns of a code are called after it: ``Code: NAME Applied``, ``... Range``, ``... Weight``.
What is no column of Dedoose's own is a descriptor, and a fact about the document.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualnet.corpus import Attribute, Coder, CodeRow, Coding, Corpus, Document, Issue, Segment
from qualnet.days import day_of, order_of
from qualnet.names import same_name
from qualnet.problems import Place, Problems
from qualnet.readers._forget import rows_where, without_rows
from qualnet.readers._words import FACTS, column_of, is_yes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.readers._source import Sheet, Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "Dedoose: Export der Excerpts (Excel, CSV) mit Codes, Gewichten, Personen und Deskriptoren."
    " Ohne Transkripte fehlt der Kontext.",
    "en": "Dedoose: export of excerpts (Excel, CSV) with codes, weights, coders and descriptors."
    " Without transcripts quotes have no context.",
}
OWN = {
    "excerpt copy": "quote",
    "media title": "document",
    "resource title": "document",
    "excerpt creator": "coder",
    "excerpt date": "date",
    "codes applied combined": "codes",
}
LEFT_OUT = {"excerpt range", "excerpt id", "resource creator", "resource date", "media creator", "media date"}
NEEDED = {"quote", "document"}
DESCRIPTOR = re.compile(r"^descriptor:?\s+", re.IGNORECASE)
_CODE = re.compile(r"^Code:\s*(?P<name>.+?)\s+(?P<what>Applied|Range|Weight)$", re.IGNORECASE | re.DOTALL)


@dataclass
class _Columns:
    """Where a sheet has what."""

    own: dict[str, int] = field(default_factory=dict)
    applied: dict[str, int] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)


def _columns(sheet: Sheet) -> _Columns:
    found = _Columns()
    for i, header in enumerate(sheet.header):
        plain = same_name(header)
        if code := _CODE.match(header):
            kind = {"applied": found.applied, "weight": found.weights}.get(code["what"].lower())
            if kind is not None:
                kind.setdefault(code["name"], i)
        elif plain in OWN:
            found.own.setdefault(OWN[plain], i)
        elif header and plain not in LEFT_OUT:
            found.facts[DESCRIPTOR.sub("", header)] = i
    return found


def _is_export(sheet: Sheet) -> bool:
    columns = _columns(sheet)
    return columns.own.keys() >= NEEDED and bool(columns.applied or "codes" in columns.own)


def sniff(source: Source) -> bool:
    """Tell whether a table has excerpts with their media, and codes in Dedoose's way."""
    if not (source.is_spreadsheet or source.is_text):
        return False
    return any(_is_export(sheet) for sheet in source.sheets(Problems()))


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read the sheets with excerpts."""
    del options
    export = _Export(source, problems)
    for sheet in source.sheets(problems):
        if _is_export(sheet):
            export.read(sheet)
    return export.corpus


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the file without the excerpts of a document; None when no other is left."""
    del options
    sheets = source.sheets(problems)
    gone = rows_where(sheets, lambda sheet: _columns(sheet).own.get("document"), document_id)
    ours = [sheet for sheet in sheets if _is_export(sheet)]
    left = any(len(gone[sheet.name]) < len(sheet.rows) for sheet in ours)
    return without_rows(source, gone, problems) if left else None


@dataclass
class _Export:
    source: Source
    problems: Problems
    corpus: Corpus = field(default_factory=Corpus)
    documents: set[str] = field(default_factory=set)
    facts: set[tuple[str, str, str]] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    coders: set[str] = field(default_factory=set)
    times: Counter[tuple[str, str]] = field(default_factory=Counter)

    def read(self, sheet: Sheet) -> None:
        columns = _columns(sheet)
        if not sheet.rows:
            self.problems.add(Place(self.source.shown, sheet.name, row=sheet.header_row), "no-rows")
        dates = columns.own.get("date", len(sheet.header))
        order = order_of(cells[dates] for _, cells in sheet.rows if dates < len(cells))
        kept = 0
        for number, cells in sheet.rows:
            padded = (*cells, *[""] * (len(sheet.header) - len(cells)))
            values = {name: padded[i].strip() for name, i in columns.own.items()}
            values["date"] = day_of(values.get("date", ""), order)
            place = Place(self.source.shown, sheet.name, row=number)
            kept += self.excerpt(values, columns, padded, sheet, place)
        name = "excerpts" + (f" ({sheet.name})" if sheet.name else "")
        self.corpus.issues.append(Issue(self.source.shown, name, len(sheet.rows), kept))

    def excerpt(
        self, values: dict[str, str], columns: _Columns, cells: tuple[str, ...], sheet: Sheet, place: Place
    ) -> bool:
        document, quote = values["document"], values["quote"]
        if not document:
            self.problems.add(place.at(column=sheet.header[columns.own["document"]]), "row-without-document")
            return False
        self.document(document, columns, cells, sheet, place)
        if not quote:
            self.problems.add(place.at(column=sheet.header[columns.own["quote"]]), "row-without-quote")
            return False
        # the columns of the codes tell names apart that hold commas
        codes = [c for c, i in columns.applied.items() if is_yes(cells[i])]
        if not columns.applied and values["codes"]:
            codes = [values["codes"]]
        if not codes:
            self.problems.add(place, "row-without-code")
            return False
        nth = self.times[document, quote]
        self.times[document, quote] += 1
        mark = hashlib.sha256("\0".join((document, quote, str(nth))).encode()).hexdigest()[:12]
        segment = Segment(f"{document}/{mark}", document, quote, kind="quote", place=place)
        self.corpus.segments.append(segment)
        coder = values.get("coder", "")
        if coder and coder not in self.coders:
            self.coders.add(coder)
            self.corpus.coders.append(Coder(coder, coder, place))
        for code in codes:
            if code not in self.codes:
                self.codes.add(code)
                self.corpus.codes.append(CodeRow(code, code, place=place))
            at = columns.weights.get(code)
            weight = "" if at is None else cells[at].strip()
            coding_id = f"{segment.segment_id}/{code}"
            row = Coding(coding_id, segment.segment_id, code, coder, "", values["date"], weight, place)
            self.corpus.codings.append(row)
        return True

    def document(
        self, document: str, columns: _Columns, cells: tuple[str, ...], sheet: Sheet, place: Place
    ) -> None:
        """Add a document, and its descriptors."""
        facts = {name: cells[i].strip() for name, i in columns.facts.items() if cells[i].strip()}
        if document not in self.documents:
            self.documents.add(document)
            said = {fact: value for name, value in facts.items() if (fact := column_of(name)) in FACTS}
            self.corpus.documents.append(
                Document(
                    document,
                    document,
                    kind=said.get("kind") or "interview",
                    language=said.get("language", ""),
                    date=said.get("date", ""),
                    synthetic=is_yes(said.get("synthetic", "")),
                    role=said.get("role", ""),
                    place=place,
                )
            )
        for name, value in facts.items():
            # several values of one descriptor are kept: whoever asks for a city by it is told
            if column_of(name) not in FACTS and (document, name, value) not in self.facts:
                self.facts.add((document, name, value))
                at = place.at(column=sheet.header[columns.facts[name]])
                self.corpus.attributes.append(Attribute("document", document, name, value, place=at))
