"""Our own tables: CSV, TSV or XLSX with documents, paragraphs, segments, claims, or codes against codes.

What a table holds is told by its columns: cause and effect make claims (also Gläser and
Laudel's extraction table, half-chains included), a code makes segments, a text makes
paragraphs, and a bare document list gives roles and cases. Where they do not tell it, a mapping
file does (``qualnet map``).
"""

from __future__ import annotations

import hashlib
import json
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
    Memo,
    Relation,
    RelationEvidence,
    Segment,
    Speaker,
)
from qualnet.days import Order, day_of, order_of
from qualnet.names import same_name
from qualnet.problems import Place, nearest
from qualnet.readers._claims import claim_facts, commented
from qualnet.readers._forget import rows_where, without_rows
from qualnet.readers._mapping import layouts, mapping_path
from qualnet.readers._matrices import matrix_options, read_matrix
from qualnet.readers._words import COLUMNS, column_of, is_yes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from qualnet.corpus.rows import Row
    from qualnet.problems import Problems
    from qualnet.readers._mapping import Layout, TableKind
    from qualnet.readers._source import Sheet, Source

__all__ = ["SUMMARY", "beside", "forget", "read", "sniff"]

SUMMARY = {
    "de": "Eigene Tabellen (CSV, TSV, XLSX): Textstellen, Wirkungsaussagen, Extraktionstabelle"
    " nach Gläser und Laudel, Matrizen Code gegen Code; unbekannte Spalten: qualnet map. Geht nichts"
    " verloren; ohne Absätze fehlt der Kontext der Zitate, Matrizen haben keine.",
    "en": "Our own tables (CSV, TSV, XLSX): segments, claims, Gläser and Laudel's extraction table,"
    " matrices of codes; unknown columns: qualnet map. Loses nothing; without paragraphs quotes have"
    " no context, and matrices have none.",
}
NEEDED = ("document", "code", "quote", "cause", "effect", "text")
ENDINGS = {".csv", ".tsv", ".tab"}
MARKUP = (b"<", b"{", b"SQLite format")
ROWS = 20
INTERVIEWERS = {"i", "int", "interviewer", "interviewerin", "interviewer:in"}


def sniff(source: Source) -> bool:
    """Tell whether it is a table: a spreadsheet, a header that we know, or as many cells in each row.

    A table whose header says nothing is taken as well: what it lacks can only be told here.
    """
    if source.is_spreadsheet:
        return True
    if not source.is_text or source.head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(MARKUP):
        return False
    encoding = "utf-16" if source.head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    lines = source.head.decode(encoding, "replace").splitlines()
    if source.path.suffix.lower() in ENDINGS or any(
        sum(column_of(cell.strip('"\ufeff')) is not None for cell in line.split(d)) > 1
        for line in lines[:2]
        for d in ",;\t"
    ):
        return True
    rows = [line for line in lines[:ROWS] if line.strip()]
    widths = [{row.count(d) for row in rows} for d in ";\t"]
    return len(rows) > 1 and any(len(w) == 1 and min(w) > 1 for w in widths)


def beside(source: Source, options: Mapping[str, str]) -> list[Path]:
    """Give the mapping file that says what the columns mean."""
    path = mapping_path(source, options)
    return [path] if path and path.is_file() else []


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read every table of the file; a sheet whose columns say nothing is reported."""
    book = _Book(source, problems)
    sheets = source.sheets(problems)
    if not sheets and not problems.errors:
        problems.add(source.place, "empty-file")
    found = layouts(source, sheets, options, problems)
    known = [(sheet, layout) for sheet, layout in found if layout.holds]
    for sheet, layout in found:
        if not layout.holds and (len(sheets) == 1 or not known):
            place = Place(source.shown, sheet=sheet.name, row=sheet.header_row)
            names = [name for field in NEEDED for name in COLUMNS[field]]
            unread = [header for header in sheet.header if column_of(header) is None]
            near = [n for header in unread if (n := nearest(header, names))]
            problems.add(place, "unknown-table", names=", ".join(sheet.header) or "-", near=", ".join(near))
    for wanted in ("documents", "paragraphs", "segments", "claims"):
        for sheet, layout in known:
            if layout.holds == wanted:
                book.read(sheet, layout, wanted)
    matrices = [sheet for sheet, layout in known if layout.holds == "matrix"]
    meaning = matrix_options(source, options, problems)
    corpus = book.finish()
    for sheet in matrices:
        name = f"{source.stem}/{sheet.name}" if len(matrices) > 1 else source.stem
        read_matrix(source, sheet, name, meaning, corpus, problems)
    return corpus


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the file without the rows of a document; None when no row of another one is left.

    Raises
    ------
    NotImplementedError
        When a sheet is a matrix: which of its cells rests on whom, nobody can tell.
    """
    sheets = source.sheets(problems)
    found = {sheet.name: layout for sheet, layout in layouts(source, sheets, options, problems)}
    if any(layout.holds == "matrix" for layout in found.values()):
        raise NotImplementedError
    gone = rows_where(sheets, lambda sheet: found[sheet.name].fields.get("document"), document_id)
    left = any(len(gone.get(s.name, ())) < len(s.rows) for s in sheets if found[s.name].holds)
    # a claim without an id is called by its row
    by_row = any(x.holds == "claims" and "id" not in x.fields for x in found.values())
    return without_rows(source, gone, problems, keep_numbers=by_row) if left else None


@dataclass
class _Table:
    """One sheet's rows as fields, with the place of each."""

    source: Source
    sheet: Sheet
    problems: Problems
    layout: Layout
    kind: TableKind
    order: Order = ""

    def __post_init__(self) -> None:
        for header in self.layout.twice:
            self.problems.add(self.place(self.sheet.header_row), "duplicate-column", column=header)
        if "coded_on" in self.fields:
            at = self.fields["coded_on"]
            self.order = order_of(cells[at] for _, cells in self.sheet.rows if at < len(cells))

    @property
    def fields(self) -> dict[str, int]:
        return self.layout.fields

    @property
    def extra(self) -> dict[str, int]:
        return self.layout.extra

    def place(self, row: int, column: str = "") -> Place:
        header = self.sheet.header[self.fields[column]] if column in self.fields else ""
        return Place(self.source.shown, sheet=self.sheet.name, row=row, column=header)

    def require(self, *names: str) -> bool:
        missing = [n for n in names if n not in self.fields]
        for name in missing:
            near = nearest(COLUMNS[name][0], self.sheet.header)
            self.problems.add(
                self.place(self.sheet.header_row),
                "missing-column",
                wanted=COLUMNS[name][0],
                near=near,
                names=", ".join(self.sheet.header),
            )
        return not missing

    def rows(self) -> Iterator[tuple[int, dict[str, str], dict[str, str]]]:
        width = len(self.sheet.header)
        for number, cells in self.sheet.rows:
            if any(c.strip() for c in cells[width:]):
                self.problems.add(self.place(number), "row-too-long", found=len(cells), expected=width)
                continue
            padded = (*cells, *[""] * (width - len(cells)))
            values = {name: padded[i].strip() for name, i in self.fields.items()}
            extra = {name: padded[i].strip() for name, i in self.extra.items() if padded[i].strip()}
            yield number, values, extra


@dataclass
class _Book:
    source: Source
    problems: Problems
    corpus: Corpus = field(default_factory=Corpus)
    documents: dict[str, Document] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    paragraphs: dict[tuple[str, int], tuple[int, int, str]] = field(default_factory=dict)
    ids: dict[str, Place] = field(default_factory=dict)
    seen: set[tuple[str, str]] = field(default_factory=set)
    segments: dict[tuple[object, ...], str] = field(default_factory=dict)

    def read(self, sheet: Sheet, layout: Layout, kind: TableKind) -> None:
        table = _Table(self.source, sheet, self.problems, layout, kind)
        if not sheet.rows:
            self.problems.add(table.place(sheet.header_row), "no-rows")
            return
        needed = {
            "claims": ("document", "cause", "effect"),
            "segments": ("document", "code"),
            "paragraphs": ("document", "text"),
            "documents": ("document",),
        }[kind]
        if not table.require(*needed):
            return
        for header in table.extra if kind in {"segments", "paragraphs"} else ():
            if header:
                self.problems.add(
                    table.place(sheet.header_row).at(column=header),
                    "column-not-used",
                    column=header,
                )
        kept = 0
        for number, values, extra in table.rows():
            if not values["document"]:
                self.problems.add(table.place(number, "document"), "row-without-document")
                continue
            kept += getattr(self, f"_{kind}")(table, number, values, extra)
        name = f"{kind}" + (f" ({sheet.name})" if sheet.name else "")
        self.corpus.issues.append(Issue(self.source.shown, name, len(sheet.rows), kept))

    def once(self, kind: str, row_id: str, row: Row) -> None:
        """Append a row that many table rows may imply, once."""
        if row_id and (kind, row_id) not in self.seen:
            self.seen.add((kind, row_id))
            getattr(self.corpus, kind).append(row)

    def document(self, table: _Table, number: int, values: dict[str, str]) -> str:
        name = values["document"]
        place = table.place(number, "document")
        if name not in self.documents or table.kind == "documents":
            self.documents[name] = Document(
                document_id=name,
                name=name,
                kind=values.get("kind") or "interview",
                language=values.get("language", ""),
                date=values.get("date", ""),
                synthetic=is_yes(values.get("synthetic", "")),
                role=values.get("role", "") if table.kind == "documents" else "",
                place=place,
            )
        if values.get("case"):
            row = DocumentCase(name, values["case"], "column", table.place(number, "case"))
            self.once("document_cases", f"{name}\0{values['case']}", row)
            self.attribute(table, number, name, table.sheet.header[table.fields["case"]], values["case"])
        return name

    def attribute(self, table: _Table, number: int, name: str, header: str, value: str) -> None:
        place = table.place(number).at(column=header)
        row = Attribute("document", name, header, value, place=place)
        self.once("attributes", f"{name}\0{header}\0{value}", row)

    def _documents(self, table: _Table, number: int, values: dict[str, str], extra: dict[str, str]) -> int:
        name = self.document(table, number, values)
        given = {table.sheet.header[i]: values[field] for field, i in table.fields.items()}
        for header, value in {**given, **extra}.items():
            if value and header != table.sheet.header[table.fields["document"]]:
                self.attribute(table, number, name, header, value)
        return 1

    def _paragraphs(self, table: _Table, number: int, values: dict[str, str], extra: dict[str, str]) -> int:
        del extra
        name = self.document(table, number, values)
        lines = self.texts.setdefault(name, [])
        label = values.get("speaker", "")
        start = sum(len(x) + 2 for x in lines)
        text = " ".join(values["text"].split("\n"))
        lines.append(f"{label}: {text}" if label else text)
        speaker = f"{name}/{label}" if label else ""
        if label:
            interviewer = label.casefold().rstrip("0123456789:") in INTERVIEWERS
            row = Speaker(speaker, name, label, values.get("role", ""), interviewer, table.place(number))
            self.once("speakers", speaker, row)
        paragraph = len(lines)
        self.paragraphs[name, paragraph] = (start, start + len(lines[-1]), speaker)
        return 1

    def segment(self, table: _Table, number: int, values: dict[str, str]) -> str | None:
        name = self.document(table, number, values)
        numbers: dict[str, int | None] = {}
        for key in ("start", "end", "paragraph"):
            text = values.get(key, "")
            if text and not text.isdecimal():
                what = "paragraph number" if key == "paragraph" else "position"
                self.problems.add(table.place(number, key), "not-a-number", value=text, what=what)
                return None
            numbers[key] = int(text) if text else None
        quote = values.get("quote", "")
        if not quote and (numbers["start"] is None or numbers["end"] is None):
            self.problems.add(table.place(number, "quote"), "row-without-quote")
            return None
        key_ = (name, numbers["start"], numbers["end"], numbers["paragraph"], quote)
        if key_ not in self.segments:
            # from the content: two tables beside each other mean the same segment
            mark = hashlib.sha256(json.dumps(key_).encode()).hexdigest()[:12]
            segment_id = f"{name}/{mark}"
            speaker = self.speaker(table, number, name, values, numbers["paragraph"])
            self.segments[key_] = segment_id
            self.corpus.segments.append(
                Segment(
                    segment_id=segment_id,
                    document_id=name,
                    quote=quote,
                    start=numbers["start"],
                    end=numbers["end"],
                    paragraph=numbers["paragraph"],
                    time=values.get("time", ""),
                    speaker_id=speaker,
                    place=table.place(number),
                )
            )
        return self.segments[key_]

    def speaker(
        self, table: _Table, number: int, name: str, values: dict[str, str], paragraph: int | None
    ) -> str:
        label, role = values.get("speaker", ""), values.get("role", "")
        if not label and paragraph and (name, paragraph) in self.paragraphs:
            return self.paragraphs[name, paragraph][2]
        if not (label or role):
            return ""
        speaker = f"{name}/{label or role}"
        row = Speaker(speaker, name, label or role, role, place=table.place(number))
        self.once("speakers", speaker, row)
        return speaker

    def code(self, table: _Table, number: int, name: str, column: str) -> str:
        self.once("codes", name, CodeRow(name, name, place=table.place(number, column)))
        return name

    def coder(self, table: _Table, number: int, values: dict[str, str]) -> str:
        name = values.get("coder", "")
        self.once("coders", name, Coder(name, name, table.place(number, "coder")))
        return name

    def _segments(self, table: _Table, number: int, values: dict[str, str], extra: dict[str, str]) -> int:
        del extra
        names = [c.strip() for c in values["code"].replace("\n", ";").split(";") if c.strip()]
        if not names:
            self.problems.add(table.place(number, "code"), "row-without-code")
        segment_id = self.segment(table, number, values)
        if segment_id is None or not names:
            return 0
        coder = self.coder(table, number, values)
        for name in names:
            code = self.code(table, number, name, "code")
            coding_id = f"{segment_id}/{code}/{coder}"
            row = Coding(
                coding_id,
                segment_id,
                code,
                coder,
                values.get("memo", ""),
                day_of(values.get("coded_on", ""), table.order),
                values.get("weight", ""),
                table.place(number, "code"),
            )
            self.once("codings", coding_id, row)
        memo, at = values.get("memo", ""), table.place(number, "memo")
        for relation, evidence in commented(memo, segment_id, values["document"], coder, at):
            self.once("relations", relation.relation_id, relation)
            self.once("relation_evidence", relation.relation_id, evidence)
        return 1

    def _claims(self, table: _Table, number: int, values: dict[str, str], extra: dict[str, str]) -> int:
        said = table.layout.signs.get(same_name(values.get("sign", "")))
        values = {**values, "sign": said} if said else values
        facts = claim_facts(values, lambda field: table.place(number, field), self.problems)
        claim_id = self.claim_id(table, number, values)
        if not values["cause"] and not values["effect"]:
            return self._variable(table, number, values, extra)
        quote = values.get("quote") or " [...] ".join(
            q for q in (values.get("cause_quote", ""), values.get("effect_quote", "")) if q
        )
        located = {**values, "quote": quote}
        segment_id = self.segment(table, number, located) if quote or values.get("start") else None
        if facts is None or claim_id is None:
            return 0
        for end in ("cause", "effect"):
            if not values[end]:
                self.problems.add(table.place(number, end), "half-claim", missing=COLUMNS[end][0])
        name = self.document(table, number, values)
        ends = [values[e] and self.code(table, number, values[e], e) for e in ("cause", "effect")]
        coder = self.coder(table, number, values)
        self.corpus.relations.append(
            Relation(
                relation_id=claim_id,
                from_id=ends[0],
                to_id=ends[1],
                **facts,
                source_kind="row",
                document_id=name,
                coder_id=coder,
                extra=json.dumps(extra, ensure_ascii=False) if extra else "",
                place=table.place(number),
            )
        )
        if segment_id:
            self.corpus.relation_evidence.append(RelationEvidence(claim_id, segment_id, table.place(number)))
        return 1

    def _variable(self, table: _Table, number: int, values: dict[str, str], extra: dict[str, str]) -> int:
        """Keep a row of an extraction table that names neither cause nor effect as a memo."""
        text = values.get("variable") or values.get("quote") or values.get("memo", "")
        if not text:
            self.problems.add(table.place(number), "half-claim", missing="cause, effect")
            return 0
        name = self.document(table, number, values)
        whole = json.dumps({**values, **extra}, ensure_ascii=False)
        memo_id = f"{name}/m{number}{table.sheet.name}"
        self.corpus.memos.append(
            Memo(memo_id, whole, "document", name, values.get("coder", ""), table.place(number))
        )
        return 1

    def claim_id(self, table: _Table, number: int, values: dict[str, str]) -> str | None:
        given = values.get("id", "")
        claim_id = given or f"{values['document']}/c{number}" + (
            f"@{table.sheet.name}" if table.sheet.name else ""
        )
        if claim_id in self.ids:
            first = self.ids[claim_id]
            self.problems.add(
                table.place(number, "id"), "duplicate-id", what="id", value=claim_id, first=first
            )
            return None
        self.ids[claim_id] = table.place(number)
        return claim_id

    def finish(self) -> Corpus:
        for name, lines in self.texts.items():
            old = self.documents[name]
            self.documents[name] = Document(
                old.document_id,
                old.name,
                old.kind,
                "\n\n".join(lines) + "\n",
                old.language,
                old.date,
                old.synthetic,
                old.role,
                old.place,
            )
        self.corpus.documents.extend(self.documents.values())
        return self.corpus
