"""ATLAS.ti's tables: quotations with their codes, lists of codes, links.

All codes of a quotation stand in one cell, joined by commas or line breaks, and the name of a code may
hold commas itself. A list of the codes in the same folder, or named by the option ``codebook``, tells
where one ends; the column with their number proves it.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
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
    Relation,
    RelationEvidence,
    Segment,
)
from qualnet.days import day_of, order_of
from qualnet.names import same_name
from qualnet.problems import Place, Problems
from qualnet.readers._claims import commented
from qualnet.readers._forget import is_of, rows_where, without_rows
from qualnet.readers._source import Source
from qualnet.readers._words import column_of, says_cause, sign_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from qualnet.corpus.rows import EndType
    from qualnet.readers._source import Sheet

__all__ = ["SUMMARY", "beside", "forget", "read", "sniff"]

SUMMARY = {
    "de": "ATLAS.ti: Tabellen der Zitate, Codes und Links (Excel, CSV; deutsch, englisch, portugiesisch,"
    " spanisch). Codes in CSV trennt eine Codeliste daneben. Ohne Transkripte fehlt der Kontext.",
    "en": "ATLAS.ti: tables of quotations, codes and links (Excel, CSV; German, English, Portuguese,"
    " Spanish). A list of codes beside it parts codes in CSV. Without transcripts quotes have no context.",
}
# The English and Portuguese ones stand in a real export; the others are the words of its menus.
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("Number", "ID", "Nummer", "Número"),
    "reference": ("Reference", "Referenz", "Referência", "Referencia"),
    "text": (
        *("Text Content", "Quotation Content", "Textinhalt", "Zitatinhalt", "Inhalt des Zitats"),
        *("Conteúdo do texto", "Conteúdo da citação", "Contenido del texto", "Contenido de la cita"),
    ),
    "document": ("Document", "Dokument", "Documento"),
    "groups": (
        *("Document Groups", "Dokumentgruppen", "Grupos de documentos"),
        *("Document Group", "Dokumentgruppe", "Grupo de documentos"),
    ),
    "codes": ("Codes", "Kodes", "Códigos"),
    "n": ("Number of Codes", "Anzahl der Codes", "Anzahl Codes", "Número de códigos"),
    "code": ("Code", "Kode", "Código"),
    "grounded": (
        *("Grounded", "Groundedness", "Magnitude", "Magnitude Degree", "Density", "Code Group 1"),
        *("Groups", "Code Groups", "Verankerung", "Dichte", "Codegruppen", "Magnitude"),
        *("Enraizamento", "Densidade", "Enraizamiento", "Densidad"),
    ),
    "comment": ("Comment", "Kommentar", "Comentário", "Comentario"),
    "position": ("Initial Position", "Anfangsposition", "Posição inicial", "Posición inicial"),
    "author": ("Created by", "Erstellt von", "Criado por", "Creado por"),
    "created": ("Creation Date", "Created", "Erstellungsdatum", "Erstellt am", "Data de criação"),
    "source": ("Source", "Quelle", "Origem", "Origen"),
    "relation": ("Relation", "Relation Name", "Beziehung", "Relação", "Relación"),
    "target": ("Target", "Ziel", "Alvo", "Destino"),
}
_FIELDS = {same_name(header): name for name, headers in COLUMNS.items() for header in headers}
OPTION = "codebook"
TABLES = {".csv", ".tsv", ".txt", ".xlsx", ".xls"}
BULLET = "●○•◦ \t"
_NUMBER = re.compile(r"(\d+:\d+)\b")
_PARAGRAPH = re.compile(r"¶\s*(\d+)")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")


def sniff(source: Source) -> bool:
    """Tell whether a sheet has the columns of quotations, of codes, or of links."""
    if not (source.is_spreadsheet or source.is_text):
        return False
    return any(_kind(sheet) for sheet in source.sheets(Problems()))


def beside(source: Source, options: Mapping[str, str]) -> list[Path]:
    """Give the lists of codes that part those of quotations: the one that is named, or those beside it."""
    if not any(_kind(sheet) == "quotations" for sheet in source.sheets(Problems())):
        return []
    if OPTION in options:
        named = source.root / options[OPTION]
        return [named] if named.is_file() else []
    others = (p for p in sorted(source.path.parent.iterdir()) if p.suffix.lower() in TABLES)
    return [p for p in others if p != source.path and p.is_file() and _is_list(Source(p, p.name))]


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read quotations, and the links and codes that stand beside them."""
    export = _Export(source, problems)
    sheets = [(sheet, kind) for sheet in source.sheets(problems) if (kind := _kind(sheet))]
    kinds = {kind for _, kind in sheets}
    if "quotations" in kinds:
        lists = beside(source, options)
        if OPTION in options and not lists:
            problems.add(Place(options[OPTION]), "not-found", path=options[OPTION])
        for path in lists:
            export.listed(Source(path, path.name))
    for wanted in ("codes", "quotations", "links"):
        for sheet, kind in sheets:
            if kind == wanted:
                getattr(export, wanted)(sheet)
    if kinds == {"codes"}:
        problems.add(source.place, "codebook-only", n=len(export.corpus.codes))
    return export.corpus


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the file without the quotations of a document and their links; None when none is left."""
    del options
    sheets = source.sheets(problems)
    ours = [sheet for sheet in sheets if _kind(sheet) == "quotations"]
    gone = rows_where(ours, lambda sheet: _columns(sheet).get("document"), document_id)
    numbers = {
        values.get("number", "")
        for sheet in ours
        for _, values in _rows(sheet)
        if is_of(values["document"], document_id)
    }
    for sheet in (s for s in sheets if _kind(s) == "links"):
        gone[sheet.name] = {
            n
            for n, values in _rows(sheet)
            if any(_number(values[end]) in numbers for end in ("source", "target"))
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
    """Give ``quotations``, ``codes``, ``links``, or nothing."""
    columns = _columns(sheet).keys()
    if columns >= {"text", "document", "codes"}:
        return "quotations"
    if columns >= {"source", "relation", "target"}:
        return "links"
    return "codes" if columns >= {"code", "grounded"} and "document" not in columns else ""


def _is_list(source: Source) -> bool:
    if not (source.is_spreadsheet or source.is_text):
        return False
    return [k for sheet in source.sheets(Problems()) if (k := _kind(sheet))] == ["codes"]


def _rows(sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    columns, width = _columns(sheet), len(sheet.header)
    for number, cells in sheet.rows:
        padded = (*cells, *[""] * (width - len(cells)))
        yield number, {name: padded[i].strip() for name, i in columns.items()}


def _own(sheet: Sheet, cells: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Give the case and the role of a document, which the researcher has added in columns of her own."""
    named = zip(sheet.header, cells, strict=False)
    known = _columns(sheet).values()
    return {
        meaning: (header, text.strip())
        for i, (header, text) in enumerate(named)
        if i not in known and (meaning := column_of(header)) in {"case", "role"} and text.strip()
    }


def _number(text: str) -> str:
    found = _NUMBER.match(text)
    return found[1] if found else ""


def _listed(sheet: Sheet) -> Iterator[tuple[int, str, str]]:
    """Give row, name and comment of each code of a list, the names as quotations have them.

    In one column stands the whole name, `Mittel: Geld`; in two, each marked by a dot, the code above
    stands in the first.
    """
    columns = _columns(sheet)
    at = columns["code"]
    two = at + 1 < len(sheet.header) and not sheet.header[at + 1]
    above = ""
    for number, cells in sheet.rows:
        padded = (*cells, *[""] * (len(sheet.header) - len(cells)))
        first, second = (padded[at + k].strip(BULLET) if k <= two else "" for k in (0, 1))
        above = first or above
        name = first or (f"{above}: {second}" if above and second else second)
        if name:
            yield number, name, padded[columns["comment"]].strip() if "comment" in columns else ""


@dataclass
class _Export:
    """What the tables of one export hold."""

    source: Source
    problems: Problems
    corpus: Corpus = field(default_factory=Corpus)
    known: dict[str, CodeRow] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    list_: str = ""

    def place(self, sheet: Sheet, row: int, column: str = "") -> Place:
        at = _columns(sheet).get(column)
        header = "" if at is None else sheet.header[at]
        return Place(self.source.shown, sheet=sheet.name, row=row, column=header)

    def listed(self, other: Source) -> None:
        """Learn the names of codes from a list."""
        sheets = other.sheets(self.problems)
        lists = [sheet for sheet in sheets if "code" in _columns(sheet)]
        if not lists:
            headers = ", ".join(header for sheet in sheets for header in sheet.header)
            self.problems.add(other.place, "missing-column", wanted="Code", near="", names=headers)
        for sheet in lists:
            self.list_ = other.shown
            for row, name, comment in _listed(sheet):
                place = Place(other.shown, sheet=sheet.name, row=row)
                self.known.setdefault(same_name(name), self.code_row(name, comment, place))

    def codes(self, sheet: Sheet) -> None:
        rows = list(_listed(sheet))
        for row, name, comment in rows:
            code = self.code_row(name, comment, self.place(sheet, row, "code"))
            self.known.setdefault(same_name(name), code)
            self.use(code)
        self.corpus.issues.append(Issue(self.source.shown, "codes", len(sheet.rows), len(rows)))

    def code_row(self, name: str, comment: str, place: Place) -> CodeRow:
        above, _, own = name.rpartition(": ")
        parent = self.known.get(same_name(above)) if own else None
        return CodeRow(name, name, parent.code_id if parent else "", definition=comment, place=place)

    def use(self, code: CodeRow) -> None:
        """Add a code with those above it, once."""
        if code.code_id in self.seen:
            return
        self.seen.add(code.code_id)
        if code.parent_id:
            self.use(self.known[same_name(code.parent_id)])
        self.corpus.codes.append(code)

    def quotations(self, sheet: Sheet) -> None:
        kept, split = 0, [0, 0]
        order = order_of(values.get("created", "") for _, values in _rows(sheet))
        documents: set[str] = set()
        own = {row: _own(sheet, cells) for row, cells in sheet.rows}
        for row, values in _rows(sheet):
            document = values["document"]
            if not document:
                self.problems.add(self.place(sheet, row, "document"), "row-without-document")
                continue
            if document not in documents:
                documents.add(document)
                self.document(sheet, row, document, values, own[row])
            codes, proven = self.parted(values["codes"], values.get("n", ""))
            split[0] += 1
            split[1] += proven
            segment = self.segment(sheet, row, document, values)
            if segment is None:
                continue
            kept += 1
            coder, at = values.get("author", ""), self.place(sheet, row, "codes")
            if coder and coder not in {c.coder_id for c in self.corpus.coders}:
                self.corpus.coders.append(Coder(coder, coder, self.place(sheet, row, "author")))
            comment, day = values.get("comment", ""), day_of(values.get("created", ""), order)
            for name in codes:
                code = self.known.get(same_name(name)) or CodeRow(name, name, place=at)
                self.use(code)
                coding = f"{segment.segment_id}/{code.code_id}"
                self.corpus.codings.append(
                    Coding(coding, segment.segment_id, code.code_id, coder, comment, day, place=at)
                )
            place = self.place(sheet, row, "comment")
            for relation, evidence in commented(comment, segment.segment_id, document, coder, place):
                self.corpus.relations.append(relation)
                self.corpus.relation_evidence.append(evidence)
        self.corpus.issues += [
            Issue(self.source.shown, "quotations", len(sheet.rows), kept),
            Issue(self.source.shown, "cells with codes", split[0], split[1], self.list_),
        ]

    def document(
        self, sheet: Sheet, row: int, document: str, values: dict[str, str], own: dict[str, tuple[str, str]]
    ) -> None:
        place = self.place(sheet, row, "document")
        _, role = own.get("role", ("", ""))
        self.corpus.documents.append(Document(document, document, role=role, place=place))
        if "case" in own:
            header, case = own["case"]
            at = place.at(column=header)
            self.corpus.document_cases.append(DocumentCase(document, case, "column", at))
            self.corpus.attributes.append(Attribute("document", document, header, case, place=at))
        at = self.place(sheet, row, "groups")
        for group in re.split(r"[\n;]", values.get("groups", "")):
            name, colon, value = (part.strip() for part in group.partition(":"))
            if name:
                # as in its projects: a group called `city: Soest` says so of each of its documents
                fact = (name, value) if colon and value else (at.column, group.strip())
                self.corpus.attributes.append(Attribute("document", document, *fact, place=at))

    def segment(self, sheet: Sheet, row: int, document: str, values: dict[str, str]) -> Segment | None:
        quote = values["text"]
        if quote[:1] == quote[-1:] == '"' and len(quote) > 1:
            quote = quote[1:-1]  # it sets quotes in quotes
        reference, position = values.get("reference", ""), values.get("position", "")
        if not quote and not reference:
            self.problems.add(self.place(sheet, row, "text"), "row-without-quote")
            return None
        found = _PARAGRAPH.search(reference)
        time = _TIME.search(reference)
        number = _number(values.get("number", "")) or f"r{row}"
        segment = Segment(
            segment_id=f"{document}/{number}" + f"@{sheet.name}" * (number in self.numbers),
            document_id=document,
            quote=quote,
            paragraph=int(position) if position.isdecimal() else int(found[1]) if found else None,
            time=time[0] if time and not found else "",
            kind="text" if quote else "time" if time else "area",
            area="" if quote else reference,
            place=self.place(sheet, row),
        )
        self.numbers.setdefault(number, segment.segment_id)
        self.corpus.segments.append(segment)
        return segment

    def parted(self, cell: str, n: str) -> tuple[list[str], bool]:
        """Part the codes of a cell; tell whether their number, or the list of codes, proves it.

        Of all ways to part it into as many as the sheet counts, the one in which fewest are unknown.
        What cannot be told stays whole, and is parted by the project's codebook.
        """
        parts = cell.split("\n") if "\n" in cell else re.split(r",\s", cell)
        whole = [part.strip() for part in parts if part.strip()]
        if "\n" in cell or len(whole) < 2:  # noqa: PLR2004 (nothing to part)
            return whole, not n or n == str(len(whole))
        count = int(n) if n.isdecimal() else 0
        ways = _ways(parts, self.known)
        counts = [count] if count else sorted(ways)
        best = min((ways[k] for k in counts if k in ways), default=None, key=lambda way: way[0])
        if best is not None and (best[0] == 0 or len(parts) == count):
            return list(best[1]) if best[0] == 0 else whole, bool(count)
        if best is not None and self.known:
            return list(best[1]), False
        return [cell], False

    def links(self, sheet: Sheet) -> None:
        for row, values in _rows(sheet):
            ends: list[tuple[EndType, str]] = [self.end(values[end]) for end in ("source", "target")]
            label, place = values["relation"], self.place(sheet, row, "relation")
            segments = [name for kind, name in ends if kind == "segment"]
            cause = says_cause(label)
            relation_id = f"link/{row}" + (f"@{sheet.name}" if sheet.name else "")
            document = segments[0].rpartition("/")[0] if segments else ""
            self.corpus.relations.append(
                Relation(
                    relation_id=relation_id,
                    from_id=ends[0][1],
                    to_id=ends[1][1],
                    from_type=ends[0][0],
                    to_type=ends[1][0],
                    label=label,
                    direction="oneway",
                    sign=sign_of(label) or "unstated",
                    source_kind="link" if not segments else "event" if cause else "annotation",
                    document_id=document,
                    comment=values.get("comment", ""),
                    place=place,
                )
            )
            for name in segments:
                self.corpus.relation_evidence.append(RelationEvidence(relation_id, name, place))
        self.corpus.issues.append(Issue(self.source.shown, "links", len(sheet.rows), len(sheet.rows)))

    def end(self, text: str) -> tuple[EndType, str]:
        """Give what a link leads from or to: a quotation by its number, else a code."""
        number = _number(text)
        if number in self.numbers:
            return "segment", self.numbers[number]
        name = text.strip(BULLET)
        code = self.known.get(same_name(name)) or CodeRow(name, name, place=self.source.place)
        self.use(code)
        return "code", code.code_id


def _ways(parts: Sequence[str], known: Mapping[str, CodeRow]) -> dict[int, tuple[int, tuple[str, ...]]]:
    """Give for each number of codes how many of them are unknown at least, and what they are then."""
    best: list[dict[int, tuple[int, tuple[str, ...]]]] = [{0: (0, ())}]
    for end in range(1, len(parts) + 1):
        found: dict[int, tuple[int, tuple[str, ...]]] = {}
        for start in range(end):
            name = ", ".join(parts[start:end]).strip()
            unknown = same_name(name) not in known
            for k, (n, names) in best[start].items():
                way = (n + unknown, (*names, known[same_name(name)].name if not unknown else name))
                if k + 1 not in found or way[0] < found[k + 1][0]:
                    found[k + 1] = way
        best.append(found)
    return best[-1]
