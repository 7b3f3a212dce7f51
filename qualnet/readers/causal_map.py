"""Causal Map workbooks (versions 3 and 4): links with quotes, statements, sources.

``posneg`` and ``sentiment`` say whether the *effect* is good or bad, whatever its cause; they
are kept aside and never read as the sign. Labels count as written, ``~`` and ``;`` included.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualnet.corpus import (
    Attribute,
    CodeRow,
    Coding,
    Corpus,
    Document,
    Issue,
    Relation,
    RelationEvidence,
    Segment,
)
from qualnet.problems import Place
from qualnet.readers._forget import is_of, without_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qualnet.problems import Problems
    from qualnet.readers._source import Sheet, Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "Causal-Map-Arbeitsmappe: Links mit Zitat, Aussagen, Quellen mit Merkmalen."
    " Das Vorzeichen fehlt dort und bleibt offen.",
    "en": "Causal Map workbook: links with quotes, statements, sources with attributes."
    " It holds no signs; they stay unstated.",
}
ENDS = (("from_label", "to_label"), ("cause", "effect"), ("from", "to"))


def sniff(source: Source) -> bool:
    """Tell whether it is a workbook with a sheet of links and one of factors or statements."""
    if not source.is_spreadsheet:
        return False
    from qualnet.problems import Problems  # noqa: PLC0415

    names = {s.name.casefold() for s in source.sheets(Problems())}
    return "links" in names and bool({"factors", "statements", "sources"} & names)


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read the sheets `factors`, `links`, `statements` and `sources`; copies are left alone."""
    del options
    sheets = {s.name.casefold(): s for s in source.sheets(problems)}
    return _Workbook(source, problems, sheets).read() if "links" in sheets else Corpus()


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the workbook without a source, its statements and links, in copies of the sheets as well.

    None when no other source is left.
    """
    del options
    sheets = source.sheets(problems)
    by_name = {s.name.casefold(): s for s in sheets}
    book = _Workbook(source, problems, by_name)
    statements = [values for values, _ in book.rows("statements")]
    mine = {v.get("statement_id", "") for v in statements if is_of(v.get("source_id", ""), document_id)} - {
        ""
    }
    gone: dict[str, set[int]] = {}
    for sheet in sheets:
        whose = [sheet.header.index(c) for c in ("source_id", "source") if c in sheet.header]
        where = [sheet.header.index("statement_id")] if "statement_id" in sheet.header else []
        gone[sheet.name] = {
            number
            for number, cells in sheet.rows
            if any(is_of(cells[i], document_id) for i in whose if i < len(cells))
            or any(cells[i] in mine for i in where if i < len(cells))
        }
    named = ((by_name[n], n) for n in ("sources", "statements", "links") if n in by_name)
    left = any(len(gone[sheet.name]) < len(sheet.rows) for sheet, _ in named)
    return without_rows(source, gone, problems, keep_header=True) if left else None


@dataclass
class _Workbook:
    source: Source
    problems: Problems
    sheets: dict[str, Sheet]
    corpus: Corpus = field(default_factory=Corpus)
    labels: dict[str, str] = field(default_factory=dict)
    statements: dict[str, tuple[str, str]] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)
    texts: dict[str, list[str]] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)

    def rows(self, name: str) -> Iterator[tuple[dict[str, str], Place]]:
        sheet = self.sheets.get(name)
        for number, cells in sheet.rows if sheet else ():
            values = dict(zip(sheet.header, cells, strict=False)) if sheet else {}
            yield values, Place(self.source.shown, sheet=sheet.name if sheet else "", row=number)

    def issue(self, name: str, kept: int) -> None:
        seen = len(self.sheets[name].rows) if name in self.sheets else 0
        self.corpus.issues.append(Issue(self.source.shown, name, seen, kept))

    def read(self) -> Corpus:
        for values, place in self.rows("factors"):
            label = values.get("label", "")
            if label:
                self.labels[values.get("factor_id", "")] = label
                self.code(label, place, values.get("factor_memo", ""))
        self.issue("factors", len(self.codes))
        self.read_sources()
        self.read_statements()
        self.read_links()
        return self.corpus

    def code(self, label: str, place: Place, definition: str = "") -> str:
        if label not in self.codes:
            self.codes.add(label)
            self.corpus.codes.append(CodeRow(label, label, definition=definition, place=place))
        return label

    def read_sources(self) -> None:
        kept = 0
        for values, place in self.rows("sources"):
            name = values.get("source_id", "")
            if not name:
                self.problems.add(place.at(column="source_id"), "row-without-document")
                continue
            kept += 1
            for key, value in values.items():
                if key and key != "source_id" and value:
                    row = Attribute("document", name, key, value, place=place.at(column=key))
                    self.corpus.attributes.append(row)
            self.add_document(name, place)
        self.issue("sources", kept)

    def add_document(self, name: str, place: Place) -> None:
        if name not in self.texts:
            self.texts[name], self.lengths[name], self.places[name] = [], 0, place

    def read_statements(self) -> None:
        kept = 0
        for values, place in self.rows("statements"):
            number, name = values.get("statement_id", ""), values.get("source_id", "")
            if not name:
                self.problems.add(place.at(column="source_id"), "row-without-document")
                continue
            kept += 1
            self.add_document(name, place)
            # one statement is one paragraph of the interview's text
            text = " ".join(values.get("text", "").split("\n"))
            self.starts[number] = self.lengths[name]
            self.statements[number] = (name, text)
            self.texts[name].append(text)
            self.lengths[name] += len(text) + 2
        self.issue("statements", kept)
        for name, texts in self.texts.items():
            whole = "\n\n".join(texts) + "\n" if texts else None
            self.corpus.documents.append(Document(name, name, text=whole, place=self.places[name]))

    def read_links(self) -> None:
        header = self.sheets["links"].header
        ends = next((e for e in ENDS if set(e) <= set(header)), None)
        if ends is None:
            place = Place(self.source.shown, sheet="links", row=self.sheets["links"].header_row)
            self.problems.add(place, "missing-column", wanted="from_label", near="", names=", ".join(header))
            return
        kept = 0
        for k, (values, place) in enumerate(self.rows("links"), start=1):
            kept += self.link(values, place, ends, k)
        self.issue("links", kept)

    def link(self, values: dict[str, str], place: Place, ends: tuple[str, str], k: int) -> bool:
        cause, effect = (self.labels.get(values[e], values[e]) for e in ends)
        document, text = self.statements.get(values.get("statement_id", ""), ("", ""))
        document = document or values.get("source_id", "")
        if not document:
            self.problems.add(place.at(column="statement_id"), "row-without-document")
            return False
        if not cause or not effect:
            missing = "effect" if cause else "cause"
            self.problems.add(place, "half-claim", missing=missing)
        link_id = f"link-{values.get('link_id') or k}"
        quote = values.get("quote", "") or text
        start = self.starts.get(values.get("statement_id", ""))
        paragraph = None
        if start is not None:
            known = [s for n, (d, _) in self.statements.items() if d == document for s in [self.starts[n]]]
            paragraph = sorted(known).index(start) + 1
        segment_id = f"{document}/{link_id}"
        self.corpus.segments.append(
            Segment(segment_id, document, quote, paragraph=paragraph, kind="quote", place=place)
        )
        for label in dict.fromkeys(x for x in (cause, effect) if x):
            code = self.code(label, place)
            self.corpus.codings.append(Coding(f"{segment_id}/{code}", segment_id, code, place=place))
        kept_aside = {h: v for h, v in values.items() if v and h not in {*ends, "quote"}}
        self.corpus.relations.append(
            Relation(
                relation_id=link_id,
                from_id=cause,
                to_id=effect,
                source_kind="row",
                strength=values.get("strength", ""),
                certainty=values.get("certainty", ""),
                document_id=document,
                comment=values.get("link_memo", ""),
                extra=json.dumps(kept_aside, ensure_ascii=False),
                place=place,
            )
        )
        self.corpus.relation_evidence.append(RelationEvidence(link_id, segment_id, place))
        return True
