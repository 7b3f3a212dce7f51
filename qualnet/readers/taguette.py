"""Taguette: its database (.sqlite3) with texts, and its tables of highlights (CSV, XLSX) without.

A document is HTML, and a highlight counts the UTF-8 bytes of the text that is left without tags.
Who highlighted stands in the log of commands alone. Tags have no tree; by convention a tag
``a.b`` or ``a:b`` stands below a tag ``a``, if there is one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualnet.corpus import Coder, CodeRow, Coding, Corpus, Document, Import, Issue, Segment
from qualnet.days import day_of
from qualnet.names import same_name
from qualnet.problems import Place, Problems, nearest
from qualnet.readers._forget import rows_where, without_rows
from qualnet.readers._html import Flat, flatten
from qualnet.readers._source import decode_head
from qualnet.readers._speakers import speaker_at, speakers_of
from qualnet.readers._sqlite import Database, Value, has_tables, read_database, rewrite_database

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qualnet.readers._source import Sheet, Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "Taguette: Datenbank (.sqlite3) mit Texten, Tags, Highlights und Codierer:innen;"
    " Tabelle der Highlights (CSV, XLSX). Fälle und Memos kennt Taguette nicht.",
    "en": "Taguette: database (.sqlite3) with texts, tags, highlights and coders;"
    " table of highlights (CSV, XLSX). Taguette knows neither cases nor memos.",
}
COLUMNS = {
    "projects": ("id", "name"),
    "documents": ("id", "name", "project_id", "contents"),
    "tags": ("id", "path", "project_id", "description"),
    "highlights": ("id", "document_id", "start_offset", "end_offset", "snippet"),
    "highlight_tags": ("highlight_id", "tag_id"),
    "commands": ("id", "user_login", "project_id", "payload", "date"),
}
"""All that is read; the table of users holds passwords and addresses and stays closed."""
OPTION = "project"
HEADER = ("id", "document", "tag", "content")
HEAD_LINE = re.compile(r'"?id"?([,;\t])"?document"?\1"?tag"?\1"?content"?')


def sniff(source: Source) -> bool:
    """Tell whether it is a Taguette database, or a table with exactly the columns of its export."""
    if source.is_spreadsheet:
        return any(sheet.header == HEADER for sheet in source.sheets(Problems()))
    if source.is_text:
        return HEAD_LINE.fullmatch(decode_head(source.head).partition("\n")[0].rstrip()) is not None
    return has_tables(source, "highlights", "highlight_tags", "documents", "tags")


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read one project of a database, or a table of highlights.

    Parameters
    ----------
    source
        The file.
    options
        ``project``: name or number of the project, needed when the database holds several.
    problems
        Where to note what is wrong.
    """
    for name in sorted(set(options) - {OPTION}):
        problems.add(source.place, "unknown-field", field=name, near=nearest(name, [OPTION]), names=OPTION)
    if source.is_spreadsheet or source.is_text:
        return _read_export(source, problems)
    wanted = options.get(OPTION, "")
    return read_database(
        source, COLUMNS, problems, lambda database: _read_project(source, database, wanted, problems)
    )


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the file without a document, its highlights and what the log of commands says about it.

    None when no other document is left, in any project of the database.
    """
    if source.is_spreadsheet or source.is_text:
        sheets = source.sheets(problems)
        gone = rows_where(sheets, lambda s: 1 if s.header == HEADER else None, document_id)
        left = any(len(gone[s.name]) < len(s.rows) for s in sheets if s.name in gone)
        return without_rows(source, gone, problems) if left else None
    found: list[Value] = []
    others: list[Value] = []

    def look(database: Database) -> Corpus:
        number = _chosen(source, database, options.get(OPTION, ""), Problems())
        names: dict[str, int] = {}
        for document, given, project, _ in database.rows("documents"):
            mine = project == number and same_name(_numbered(names, _text(given))) == same_name(document_id)
            (found if mine else others).append(document)
        return Corpus()

    read_database(source, COLUMNS, problems, look)
    if not found:
        return source.path.read_bytes()
    return (
        rewrite_database(source, problems, [step for n in found for step in _removal(n)]) if others else None
    )


def _removal(document: Value) -> list[tuple[str, tuple[Value, ...]]]:
    """Give the commands that take a document out of a database."""
    highlights = "SELECT id FROM highlights WHERE document_id = ?"
    return [
        (f"DELETE FROM highlight_tags WHERE highlight_id IN ({highlights})", (document,)),  # noqa: S608
        ("DELETE FROM highlights WHERE document_id = ?", (document,)),
        ("DELETE FROM commands WHERE document_id = ?", (document,)),
        ("DELETE FROM documents WHERE id = ?", (document,)),
    ]


def _numbered(names: dict[str, int], name: str) -> str:
    """Give a document's id: its name, with a number where an earlier one is called the same."""
    names[name] = names.get(name, 0) + 1
    return name if names[name] == 1 else f"{name} ({names[name]})"


def _read_project(source: Source, database: Database, wanted: str, problems: Problems) -> Corpus:
    number = _chosen(source, database, wanted, problems)
    return Corpus() if number is None else _Project(source, database, problems, number).read()


def _chosen(source: Source, database: Database, wanted: str, problems: Problems) -> Value:
    """Give the number of the project to read; None when it is not certain which."""
    projects = [(number, _text(name)) for number, name in database.rows("projects")]
    fitting = [number for number, name in projects if same_name(name) == same_name(wanted)]
    if wanted and not fitting:
        fitting = [number for number, _ in projects if _text(number) == wanted.strip()]
    if not wanted:
        fitting = [number for number, _ in projects]
    names = ", ".join(f"{name} ({_text(number)})" for number, name in projects)
    if len(fitting) > 1:
        problems.add(source.place, "which-project", n=len(fitting), names=names)
    elif fitting:
        return fitting[0]
    elif projects:
        near = nearest(wanted, [name for _, name in projects])
        problems.add(source.place, "unknown-value", field=OPTION, value=wanted, near=near, names=names)
    else:
        problems.add(source.place, "empty-file")
    return None


def _text(value: Value) -> str:
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return "" if value is None else str(value)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _codes(tags: Iterable[tuple[str, str, Place]]) -> list[CodeRow]:
    """Make codes of tags (path, description, place), each below the nearest tag that it continues."""
    known: dict[str, tuple[str, Place]] = {}
    for path, description, place in tags:
        known.setdefault(path, (description, place))
    rows = []
    for path, (description, place) in known.items():
        above = (path[: m.start()].rstrip() for m in reversed([*re.finditer("[.:]", path)]))
        parent = next((p for p in above if p in known), "")
        rows.append(CodeRow(path, path, parent, definition=description, place=place))
    return rows


@dataclass
class _Project:
    """One project of a database."""

    source: Source
    database: Database
    problems: Problems
    number: Value
    corpus: Corpus = field(default_factory=Corpus)
    documents: dict[Value, tuple[Document, Flat]] = field(default_factory=dict)
    tags: dict[Value, str] = field(default_factory=dict)
    coders: dict[Value, dict[Value, tuple[str, str]]] = field(default_factory=dict)
    segments: dict[Value, Segment | None] = field(default_factory=dict)

    def at(self, kind: str, name: Value) -> Place:
        return self.source.place.at(element=f"{kind} {_text(name)}")

    def issue(self, kind: str, seen: int, kept: int) -> None:
        self.corpus.issues.append(Issue(self.source.shown, kind, seen, kept))

    def read(self) -> Corpus:
        self.read_tags()
        self.read_documents()
        self.read_commands()
        self.read_highlights()
        self.read_codings()
        if not self.documents:
            if self.tags:
                self.problems.add(self.source.place, "codebook-only", n=len(self.tags))
            else:
                self.problems.add(self.source.place, "empty-file")
        self.corpus.imports.append(Import(self.source.shown, "", "taguette", "UTF-8 bytes without tags"))
        return self.corpus

    def read_tags(self) -> None:
        found = []
        for number, path, _, description in self.database.rows("tags", project_id=self.number):
            self.tags[number] = _text(path)
            found.append((_text(path), _text(description), self.at("tag", path)))
        self.corpus.codes = _codes(found)
        self.issue("codes", len(found), len(self.corpus.codes))

    def read_documents(self) -> None:
        names: dict[str, int] = {}
        seen = 0
        for number, given, _, contents in self.database.rows("documents", project_id=self.number):
            seen += 1
            name, place = _text(given), self.at("document", given)
            document_id = _numbered(names, name)
            try:
                flat = flatten(_text(contents))
            except ValueError as error:
                self.problems.add(place, "unreadable", why=str(error))
                continue
            text = f"{flat.text}\n" if flat.text else ""
            document = Document(document_id, name, text=text, place=place)
            self.documents[number] = document, flat
            self.corpus.documents.append(document)
            self.corpus.speakers.extend(speakers_of(document_id, text))
        self.issue("documents", seen, len(self.documents))

    def read_commands(self) -> None:
        """Find out who gave which tag to which highlight: whoever was the first to, and did not take it back.

        A change of a highlight is logged as its addition, with all its tags.
        """
        seen = kept = 0
        for _, login, _, payload, date in self.database.rows("commands", project_id=self.number):
            seen += 1
            try:
                done = json.loads(_text(payload))
                kind = done["type"]
                if kind == "highlight_add":
                    # until 2021 it was called id
                    highlight = done["highlight_id"] if "highlight_id" in done else done["id"]
                    before = self.coders.get(highlight, {})
                    now = (_text(login), day_of(_text(date)))
                    self.coders[highlight] = {tag: before.get(tag, now) for tag in done["tags"]}
                elif kind == "tag_merge":
                    for given in self.coders.values():
                        if done["src_tag_id"] in given:
                            given.setdefault(done["dest_tag_id"], given.pop(done["src_tag_id"]))
            except (ValueError, KeyError, TypeError, RecursionError):
                continue  # a line of the log that says nothing: the coder stays unnamed
            kept += 1
        self.issue("commands", seen, kept)

    def read_highlights(self) -> None:
        kept = 0
        for number, in_document, start, end, snippet in self.database.rows("highlights"):
            if in_document in self.documents:
                document, flat = self.documents[in_document]
                segment = self.segment(number, document, flat, (start, end), _text(snippet))
                self.segments[number] = segment
                if segment is not None:
                    self.corpus.segments.append(segment)
                    kept += 1
        self.issue("highlights", len(self.segments), kept)

    def segment(
        self, number: Value, document: Document, flat: Flat, positions: tuple[Value, Value], snippet: str
    ) -> Segment | None:
        place = self.at("highlight", number)
        start, end = positions
        span = flat.span(start, end) if isinstance(start, int) and isinstance(end, int) else None
        if span is None:
            self.problems.add(place, "offsets-outside", start=start, end=end, length=flat.n_bytes)
            return None
        text = document.text or ""
        quote = text[span[0] : span[1]]
        try:
            stored = flatten(snippet).text
        except ValueError:
            stored = ""
        if stored and _squeezed(stored) != _squeezed(quote):
            quote = stored  # whoever anchors it tells that the text says something else here
        return Segment(
            segment_id=f"{document.document_id}/{_text(number)}",
            document_id=document.document_id,
            quote=quote,
            start=span[0],
            end=span[1],
            speaker_id=speaker_at(document.document_id, text, span[0]),
            place=place,
        )

    def read_codings(self) -> None:
        seen = kept = 0
        tagged = set()
        coders: dict[str, Coder] = {}
        for number, tag in self.database.rows("highlight_tags"):
            if number not in self.segments:
                continue
            seen += 1
            tagged.add(number)
            segment, path = self.segments[number], self.tags.get(tag)
            if segment is None or path is None:
                continue
            kept += 1
            coder, day = self.coders.get(number, {}).get(tag, ("", ""))
            if coder:
                coders.setdefault(coder, Coder(coder, coder, self.source.place))
            coding_id = f"{segment.segment_id}/{path}"
            self.corpus.codings.append(
                Coding(coding_id, segment.segment_id, path, coder, date=day, place=segment.place)
            )
        self.corpus.coders.extend(coders.values())
        self.issue("codings", seen, kept)
        untagged = [segment for number, segment in self.segments.items() if number not in tagged]
        self.issue("highlights without a tag", len(untagged), sum(s is not None for s in untagged))


def _read_export(source: Source, problems: Problems) -> Corpus:
    export = _Export(source, problems)
    for sheet in source.sheets(problems):
        if sheet.header == HEADER:
            export.read(sheet)
    return export.finish()


@dataclass
class _Export:
    """The rows of a table of highlights, one to a tag; the texts stay in Taguette."""

    source: Source
    problems: Problems
    corpus: Corpus = field(default_factory=Corpus)
    documents: dict[str, Document] = field(default_factory=dict)
    tags: list[tuple[str, str, Place]] = field(default_factory=list)
    segments: dict[str, Segment] = field(default_factory=dict)
    tagged: set[str] = field(default_factory=set)
    n_rows: int = 0
    n_kept: int = 0

    def read(self, sheet: Sheet) -> None:
        header = Place(self.source.shown, sheet=sheet.name, row=sheet.header_row)
        if not sheet.rows:
            self.problems.add(header, "no-rows")
        for number, cells in sheet.rows:
            place = Place(self.source.shown, sheet=sheet.name, row=number)
            self.n_rows += 1
            if any(cell.strip() for cell in cells[len(HEADER) :]):
                self.problems.add(place, "row-too-long", found=len(cells), expected=len(HEADER))
                continue
            self.n_kept += self.row(place, *(cell.strip() for cell in (*cells, "", "", "")[: len(HEADER)]))

    def row(self, place: Place, number: str, document: str, tag: str, content: str) -> bool:
        """Keep a row; rows with the same number are one highlight with several tags."""
        if not document:
            self.problems.add(place.at(column="document"), "row-without-document")
            return False
        if not content:
            self.problems.add(place.at(column="content"), "row-without-quote")
            return False
        segment_id = f"{document}/{number or f'row {place.row}'}"
        segment = Segment(segment_id, document, content, place=place)
        known = self.segments.setdefault(segment_id, segment)
        if known.quote != content:
            self.problems.add(
                place.at(column="id"), "duplicate-id", what="id", value=number, first=known.place
            )
            return False
        self.documents.setdefault(document, Document(document, document, place=place.at(column="document")))
        if tag:
            at = place.at(column="tag")
            self.tagged.add(segment_id)
            self.tags.append((tag, "", at))
            self.corpus.codings.append(Coding(f"{segment_id}/{tag}", segment_id, tag, place=at))
        return True

    def finish(self) -> Corpus:
        self.corpus.documents.extend(self.documents.values())
        self.corpus.segments.extend(self.segments.values())
        self.corpus.codes.extend(_codes(self.tags))
        untagged = len(self.segments) - len(self.tagged)
        for kind, seen, kept in (
            ("rows", self.n_rows, self.n_kept),
            ("highlights without a tag", untagged, untagged),
        ):
            self.corpus.issues.append(Issue(self.source.shown, kind, seen, kept))
        return self.corpus
