"""MAXQDA's table of coded segments, and its table of document variables, as Excel or CSV.

MAXQDA names the columns in the language of its menus and orders them as the user did. It gives
no character positions: a place is a paragraph (in a PDF a page, in a recording a time). The
code stands with the whole path of its parents.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING

from qualnet.corpus import (
    Attribute,
    Coder,
    CodeRow,
    Coding,
    Corpus,
    Document,
    DocumentCase,
    Issue,
    Segment,
)
from qualnet.days import Order, day_of, order_of
from qualnet.names import same_name
from qualnet.problems import Place, Problems
from qualnet.readers._claims import commented
from qualnet.readers._forget import is_of, without_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qualnet.readers._source import Sheet, Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "MAXQDA: Tabelle der codierten Segmente und der Dokumentvariablen (Excel, CSV; Menüsprache deutsch,"
    " englisch, polnisch, französisch, spanisch). Ohne Transkripte fehlt der Kontext.",
    "en": "MAXQDA: tables of coded segments and of document variables (Excel, CSV; menus in German, English,"
    " Polish, French, Spanish). Without transcripts quotes have no context.",
}

# German, English, Polish, French, Spanish. The Polish ones stand in a real export; the others
# are MAXQDA's menu words, and a column that is called otherwise is told.
COLUMNS: dict[str, tuple[str, ...]] = {
    "comment": ("Kommentar", "Comment", "Komentarz", "Commentaire", "Comentario"),
    "group": (
        "Dokumentgruppe",
        "Document group",
        "Grupa dokumentów",
        "Groupe de documents",
        "Grupo de documentos",
    ),
    "document": (
        "Dokumentname",
        "Document name",
        "Nazwa dokumentu",
        "Nom du document",
        "Nombre de documento",
        "Nombre del documento",
    ),
    "code": ("Code", "Kod", "Código"),
    "begin": ("Anfang", "Begin", "Beginning", "Początek", "Début", "Inicio", "Comienzo"),
    "end": ("Ende", "End", "Koniec", "Fin", "Final"),
    "segment": ("Segment", "Fragment", "Segmento", "Coded segment", "Codiertes Segment"),
    "created": (
        *("Erstellt am", "Created", "Created on", "Erstellt", "Data utworzenia", "Date de création"),
        *("Créé le", "Fecha de creación", "Creado el"),
    ),
    "weight": ("Gewicht", "Gewichtung", "Weight", "Weight score", "Waga", "Poids", "Peso"),
    "author": ("Autor", "Author", "Erstellt von", "Created by", "Auteur", "Créé par", "Creado por"),
}
# What the normal form has no place for; nobody need be told that it is left out.
LEFT_OUT: tuple[str, ...] = (
    *("Farbe", "Color", "Colour", "Kolor", "Couleur"),
    *("Fläche", "Area", "Objętość", "Surface", "Área", "Abdeckungsgrad", "Abdeckung", "Coverage"),
    *("Obszar", "Couverture", "Cobertura", "Abgedeckte Fläche"),
    *("Bearbeitet von", "Bearbeitet am", "Geändert von", "Geändert am", "Modified by", "Modified on"),
    *("Modifié par", "Modifié le", "Modificado por", "Modificado el", "Modyfikowane przez"),
)
_FIELDS = {same_name(name): field for field, names in COLUMNS.items() for name in names}
_LEFT_OUT = {same_name(name) for name in LEFT_OUT}
_PATH = re.compile(r" > |\\")
_TIME = re.compile(r"\d{1,2}(:\d{2}){1,2}([.,]\d+)?")
CUT = 32_767
"""Characters at which Excel cuts a cell."""


def sniff(source: Source) -> bool:
    """Tell whether a table has MAXQDA's columns: group and name of the document beside each other."""
    if not (source.is_spreadsheet or source.is_text):
        return False
    return any(_kind(sheet) for sheet in source.sheets(Problems()))


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read all sheets with MAXQDA's columns."""
    del options
    export = _Export(source, problems)
    sheets = [(sheet, kind) for sheet in source.sheets(problems) if (kind := _kind(sheet))]
    for sheet, _ in sheets:
        export.meet(sheet)
    for sheet, kind in sheets:
        export.read(sheet, kind)
    return export.corpus


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the file without the rows of a document; None when no row of another one is left."""
    del options
    export = _Export(source, problems)
    named = [s for s in source.sheets(problems) if "document" in _columns(s)]
    ours = [sheet for sheet in named if _kind(sheet)]
    for sheet in ours:
        export.meet(sheet)
    gone = {
        sheet.name: {n for n, values, _ in export.rows(sheet) if is_of(export.name(values), document_id)}
        for sheet in named
    }
    left = any(len(gone[s.name]) < len(s.rows) for s in ours)
    return without_rows(source, gone, problems) if left else None


def _columns(sheet: Sheet) -> dict[str, int]:
    return _columns_of(sheet.header)


@functools.lru_cache(maxsize=8)
def _columns_of(headers: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for i, header in enumerate(headers):
        name = _FIELDS.get(same_name(header))
        if name:
            found.setdefault(name, i)
    return found


def _kind(sheet: Sheet) -> str:
    """Give ``segments``, ``variables``, or nothing for a table that is none of MAXQDA's."""
    columns = _columns(sheet).keys()
    if not columns >= {"group", "document"}:
        return ""
    if columns >= {"code", "segment"}:
        return "segments"
    return "" if "code" in columns or "segment" in columns else "variables"


@dataclass
class _Export:
    """What the tables of one file hold."""

    source: Source
    problems: Problems
    corpus: Corpus = field(default_factory=Corpus)
    groups: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    seen: set[tuple[str, str]] = field(default_factory=set)
    times: Counter[tuple[str, ...]] = field(default_factory=Counter)
    paths: dict[str, str] = field(default_factory=dict)
    order: Order = ""

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, dict[str, str], tuple[str, ...]]]:
        columns, width = list(_columns(sheet).items()), len(sheet.header)
        for number, cells in sheet.rows:
            padded = cells if len(cells) >= width else (*cells, *[""] * (width - len(cells)))
            yield number, {name: padded[i].strip() for name, i in columns}, padded

    def column(self, sheet: Sheet, name: str) -> list[str]:
        """Give the cells of a column; of one that is not there, empty ones."""
        at = _columns(sheet).get(name, len(sheet.header))
        return [cells[at].strip() if at < len(cells) else "" for _, cells in sheet.rows]

    def meet(self, sheet: Sheet) -> None:
        """Learn which names stand for documents of several groups."""
        names, groups = self.column(sheet, "document"), self.column(sheet, "group")
        for document, group in set(zip(names, groups, strict=True)):
            self.groups[same_name(document)].add(group)

    def place(self, sheet: Sheet, row: int, column: str = "") -> Place:
        at = _columns(sheet).get(column)
        return Place(self.source.shown, sheet.name, 0, 0, row, column if at is None else sheet.header[at])

    def is_new(self, kind: str, row_id: str) -> bool:
        """Tell whether a row that many rows of the table imply is still to be added, and note it."""
        if not row_id or (kind, row_id) in self.seen:
            return False
        self.seen.add((kind, row_id))
        return True

    def read(self, sheet: Sheet, kind: str) -> None:
        if not sheet.rows:
            self.problems.add(self.place(sheet, sheet.header_row), "no-rows")
        kept = 0
        self.order = order_of(dict.fromkeys(self.column(sheet, "created")))
        known = _columns(sheet).values()
        for i, header in enumerate(sheet.header) if kind == "segments" else ():
            if i not in known and same_name(header).rstrip(" %") not in _LEFT_OUT:
                at = self.place(sheet, sheet.header_row).at(column=header)
                self.problems.add(at, "column-not-used", column=header)
        for number, values, cells in self.rows(sheet):
            if not values["document"]:
                self.problems.add(self.place(sheet, number, "document"), "row-without-document")
                continue
            document = self.document(sheet, number, values)
            if kind == "variables":
                kept += self.variables(sheet, number, document, cells)
            else:
                kept += self.segment(sheet, number, document, values)
        name = kind + (f" ({sheet.name})" if sheet.name else "")
        self.corpus.issues.append(Issue(self.source.shown, name, len(sheet.rows), kept))

    def name(self, values: dict[str, str]) -> str:
        """Give the id of a row's document: with its group, where several groups have the name."""
        name, group = values["document"], values.get("group", "")
        several = len(self.groups.get(same_name(name), ())) > 1
        return f"{group}/{name}" if several and group else name

    def document(self, sheet: Sheet, number: int, values: dict[str, str]) -> str:
        document, group = self.name(values), values["group"]
        if self.is_new("documents", document):
            place = self.place(sheet, number, "document")
            self.corpus.documents.append(Document(document, document, place=place))
        if group and self.is_new("document_cases", document):
            at = self.place(sheet, number, "group")
            self.corpus.document_cases.append(DocumentCase(document, group, "group", at))
            self.corpus.attributes.append(Attribute("document", document, at.column, group, place=at))
        return document

    def variables(self, sheet: Sheet, number: int, document: str, cells: tuple[str, ...]) -> int:
        known = _columns(sheet).values()
        for i, header in enumerate(sheet.header):
            value = cells[i].strip()
            if header and value and i not in known:
                at = self.place(sheet, number).at(column=header)
                if self.is_new("attributes", f"{document}\0{header}"):
                    self.corpus.attributes.append(Attribute("document", document, header, value, place=at))
        return 1

    def segment(self, sheet: Sheet, number: int, document: str, values: dict[str, str]) -> int:
        quote, begin = values["segment"], values.get("begin", "")
        if not values["code"]:
            self.problems.add(self.place(sheet, number, "code"), "row-without-code")
            return 0
        if not quote:
            self.problems.add(self.place(sheet, number, "segment"), "row-without-quote")
            return 0
        if len(quote) == CUT:
            self.problems.add(self.place(sheet, number, "segment"), "cell-cut", n=CUT)
        is_time = bool(_TIME.fullmatch(begin))
        if begin and not (is_time or begin.isdecimal()):
            at = self.place(sheet, number, "begin")
            self.problems.add(at, "not-a-number", value=begin, what="paragraph number")
            return 0
        end = values.get("end", "")
        coder, comment = values.get("author", ""), values.get("comment", "")
        code = self.code(sheet, number, values["code"])
        # the same words twice in a paragraph, with the same code, are two passages
        words = (document, begin, end, quote)
        nth = self.times[*words, code, coder]
        self.times[*words, code, coder] += 1
        # what json.dumps writes of the list, without its start-up for each row
        written = ", ".join((*map(encode_basestring_ascii, words), str(nth)))
        mark = hashlib.sha256(f"[{written}]".encode()).hexdigest()[:12]
        segment_id = f"{document}/{mark}"
        if self.is_new("segments", segment_id):
            self.corpus.segments.append(
                Segment(
                    segment_id=segment_id,
                    document_id=document,
                    quote=quote,
                    paragraph=int(begin) if begin and not is_time else None,
                    time=begin if is_time else "",
                    kind="time" if is_time else "text",
                    place=self.place(sheet, number),
                )
            )
        if self.is_new("coders", coder):
            self.corpus.coders.append(Coder(coder, coder, self.place(sheet, number, "author")))
        at, day = self.place(sheet, number, "code"), day_of(values.get("created", ""), self.order)
        coding_id = f"{segment_id}/{code}/{coder}"
        weight = values.get("weight", "")
        coding = Coding(coding_id, segment_id, code, coder, comment, day, weight, at)
        self.corpus.codings.append(coding)
        if comment:
            at = self.place(sheet, number, "comment")
            for relation, evidence in commented(comment, segment_id, document, coder, at):
                if self.is_new("relations", relation.relation_id):
                    self.corpus.relations.append(relation)
                    self.corpus.relation_evidence.append(evidence)
        return 1

    def code(self, sheet: Sheet, number: int, path: str) -> str:
        """Give the id of a code: its path; those above it get rows too."""
        if path not in self.paths:
            parts = [part.strip() for part in _PATH.split(path) if part.strip()]
            above = ""
            for k, name in enumerate(parts, start=1):
                code_id = " > ".join(parts[:k])
                if self.is_new("codes", code_id):
                    row = CodeRow(code_id, name, above, place=self.place(sheet, number, "code"))
                    self.corpus.codes.append(row)
                above = code_id
            self.paths[path] = above
        return self.paths[path]
