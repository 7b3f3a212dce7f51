"""QualCoder's own project: the database ``data.qda`` in the folder ``NAME.qda``, of any version.

Positions count characters of the stored text. Lines between codes in a graph are relations;
their label and arrow exist since version 17. Pictures, audio and video are counted and not kept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualnet.corpus import (
    Attribute,
    Case,
    CodeRow,
    Corpus,
    DocumentCase,
    Import,
    Issue,
    Memo,
    Relation,
)
from qualnet.days import day_of
from qualnet.names import same_name
from qualnet.problems import Place, Problems, nearest
from qualnet.readers._sqlite import Database, Value, has_tables, read_database, rewrite_database
from qualnet.readers._stored import Stored, add_codings, add_document, whole_number
from qualnet.readers._words import sign_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.corpus.rows import Direction
    from qualnet.readers._source import Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "QualCoder-Projekt (.qda, data.qda): Texte, Kategorien, Codes, Codierungen, Codierer:innen, Fälle,"
    " Merkmale, Memos, Linien zwischen Codes. Stellen in Bild, Ton und Video werden gezählt, nicht gelesen.",
    "en": "QualCoder project (.qda, data.qda): texts, categories, codes, codings, coders, cases, attributes,"
    " memos, lines between codes. Passages in pictures, audio and video are counted, not read.",
}
COLUMNS = {
    "project": ("databaseversion",),
    "source": ("id", "name", "fulltext", "mediapath", "memo", "owner"),
    "code_cat": ("catid", "name", "memo", "supercatid"),
    "code_name": ("cid", "name", "memo", "catid", "color", "supercid"),
    "code_text": ("fid", "pos0", "pos1", "cid", "seltext", "owner", "date", "memo", "ctid"),
    "code_image": ("id", "cid"),
    "code_av": ("id", "cid"),
    "annotation": ("fid", "memo"),
    "journal": ("name", "jentry"),
    "cases": ("caseid", "name", "memo"),
    "case_text": ("caseid", "fid"),
    "attribute": ("attr_type", "id", "name", "value"),
    "gr_free_line_item": ("gflineid", "grid", "fromcid", "tocid", "label", "arrow_mode"),
    "gr_cdct_line_item": ("glineid", "grid", "fromcid", "tocid", "label", "arrow_mode"),
}
OPTIONAL = {
    *("code_name.supercid", "code_text.ctid", "code_image", "code_av", "annotation", "journal"),
    *("gr_free_line_item", "gr_free_line_item.label", "gr_free_line_item.arrow_mode"),
    *("gr_cdct_line_item", "gr_cdct_line_item.label", "gr_cdct_line_item.arrow_mode"),
}
MEDIA = ("/images/", "/audio/", "/video/", "images:", "audio:", "video:")
ARROWS: dict[str, Direction] = {"forward": "oneway", "backward": "oneway", "both": "both"}


def sniff(source: Source) -> bool:
    """Tell whether it is the database of a QualCoder project."""
    return has_tables(source, "source", "code_name", "code_text", "code_cat")


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read a project.

    Parameters
    ----------
    source
        The database.
    options
        None is known.
    problems
        Where to note what is wrong.
    """
    for name in sorted(options):
        problems.add(source.place, "unknown-field", field=name, near=nearest(name, []), names="")
    return read_database(
        source, COLUMNS, problems, lambda database: _Project(source, database, problems).read(), OPTIONAL
    )


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the database without a text and what is coded, noted and recorded about it.

    None when no other text is left.
    """
    del options
    found: list[Value] = []
    others: list[Value] = []

    def look(database: Database) -> Corpus:
        for number, name, *_ in database.rows("source"):
            (found if same_name(_text(name)) == same_name(document_id) else others).append(number)
        return Corpus()

    read_database(source, COLUMNS, problems, look, OPTIONAL)
    if not found:
        return source.path.read_bytes()
    steps = [step for number in found for step in _removal(source, number)]
    return rewrite_database(source, problems, steps) if others else None


def _removal(source: Source, number: Value) -> list[tuple[str, tuple[Value, ...]]]:
    """Give the commands that take a text out of a database, of those tables that it has."""
    mine = {
        "code_text": "fid",
        "annotation": "fid",
        "case_text": "fid",
        "code_image": "id",
        "code_av": "id",
        "gr_file_text_item": "fid",
        "source": "id",
    }
    steps = [
        (f"DELETE FROM [{table}] WHERE [{column}] = ?", (number,))  # noqa: S608 (names of ours)
        for table, column in mine.items()
        if table in source.tables
    ]
    return [*steps, ("DELETE FROM attribute WHERE attr_type = 'file' AND id = ?", (number,))]


def _text(value: Value) -> str:
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return "" if value is None else str(value)


@dataclass
class _Project:
    """One project."""

    source: Source
    database: Database
    problems: Problems
    corpus: Corpus = field(default_factory=Corpus)
    documents: dict[Value, str] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    codes: dict[Value, str] = field(default_factory=dict)

    def at(self, kind: str, name: Value) -> Place:
        return self.source.place.at(element=f"{kind} {_text(name)}")

    def issue(self, kind: str, seen: int, kept: int) -> None:
        self.corpus.issues.append(Issue(self.source.shown, kind, seen, kept))

    def read(self) -> Corpus:
        facts = self.read_attributes()
        self.read_codes()
        self.read_documents(facts)
        self.read_cases(facts)
        rule = self.read_codings()
        self.read_lines()
        self.read_memos()
        if not self.documents:
            if self.codes:
                self.problems.add(self.source.place, "codebook-only", n=len(self.codes))
            else:
                self.problems.add(self.source.place, "empty-file")
        self.corpus.imports.append(Import(self.source.shown, "", "qualcoder", rule))
        return self.corpus

    def read_attributes(self) -> dict[tuple[str, Value], dict[str, str]]:
        """Give the values of each file and case; those without a value say nothing."""
        found: dict[tuple[str, Value], dict[str, str]] = defaultdict(dict)
        seen = kept = 0
        for kind, number, name, value in self.database.rows("attribute"):
            seen += 1
            if _text(name) and _text(value) and _text(kind) in {"file", "case"}:
                found[_text(kind), number][_text(name)] = _text(value)
                kept += 1
        self.issue("attributes", seen, kept)
        return found

    def read_codes(self) -> None:
        categories = list(self.database.rows("code_cat"))
        codes = list(self.database.rows("code_name"))
        taken = {_text(name) for _, name, *_ in codes}
        # names are unique, of codes and of categories, but one of each may be called the same
        groups = {
            number: f"{_text(name)} (category)" if _text(name) in taken else _text(name)
            for number, name, *_ in categories
        }
        self.codes = {number: _text(name) for number, name, *_ in codes}
        above: dict[str, str] = {}
        for number, _, _, parent in categories:
            above[groups[number]] = groups.get(parent, "")
        for number, _, _, category, _, parent in codes:
            above[self.codes[number]] = self.codes.get(parent) or groups.get(category, "")
        for number, name, memo, _ in categories:
            self.code(groups[number], _text(name), above, memo, "", codable=False)
        for number, name, memo, _, colour, _ in codes:
            self.code(self.codes[number], _text(name), above, memo, _text(colour), codable=True)
        self.issue("categories", len(categories), len(groups))
        self.issue("codes", len(codes), len(self.codes))

    def code(
        self, code_id: str, name: str, above: dict[str, str], memo: Value, colour: str, *, codable: bool
    ) -> None:
        place = self.at("code" if codable else "category", name)
        way, at = [code_id], above[code_id]
        while at and at not in way:
            way.append(at)
            at = above[at]
        if at:
            self.problems.add(place, "parent-cycle", code=name, cycle=" > ".join([*way, at]))
        self.corpus.codes.append(
            CodeRow(code_id, name, "" if at else above[code_id], codable, colour, _text(memo), place)
        )

    def read_documents(self, facts: dict[tuple[str, Value], dict[str, str]]) -> None:
        seen = 0
        media = []
        for number, given, text, path, memo, _ in self.database.rows("source"):
            seen += 1
            name, place = _text(given), self.at("file", given)
            if not _text(text).strip() and _text(path).lower().startswith(MEDIA):
                media.append(number)
                continue
            raw = _text(text).removeprefix("\ufeff")
            self.documents[number], self.raw[name] = name, raw
            add_document(self.corpus, name, raw, facts["file", number], place)
            self.memo(f"file {name}", memo, place)
        self.issue("files", seen, len(self.documents))
        for table in ("code_image", "code_av"):
            self.issue(f"passages ({table})", sum(1 for _ in self.database.rows(table)), 0)
        if media:
            self.issue("media", len(media), 0)

    def read_cases(self, facts: dict[tuple[str, Value], dict[str, str]]) -> None:
        names: dict[Value, str] = {}
        for number, name, memo in self.database.rows("cases"):
            names[number] = _text(name)
            place = self.at("case", name)
            self.corpus.cases.append(Case(_text(name), _text(name), "qualcoder", place))
            self.memo(f"case {_text(name)}", memo, place)
            for key, value in facts["case", number].items():
                self.corpus.attributes.append(Attribute("case", _text(name), key, value, place=place))
        links = dict.fromkeys(self.database.rows("case_text"))
        for case, file in links:
            if case in names and file in self.documents:
                place = self.at("case", names[case])
                self.corpus.document_cases.append(
                    DocumentCase(self.documents[file], names[case], "case", place)
                )
        self.issue("cases", len(names), len(names))

    def memo(self, memo_id: str, text: Value, place: Place) -> None:
        if _text(text).strip():
            self.corpus.memos.append(Memo(memo_id, _text(text), place=place))

    def read_codings(self) -> str:
        seen = 0
        found = []
        for file, start, end, code, quote, owner, date, memo, number in self.database.rows("code_text"):
            seen += 1
            if file not in self.documents or code not in self.codes:
                continue
            document = self.documents[file]
            found.append(
                Stored(
                    document,
                    self.codes[code],
                    _text(owner),
                    whole_number(start),
                    whole_number(end),
                    _text(quote),
                    _text(memo),
                    day_of(_text(date)),
                    self.at("coding", number if number is not None else f"{document} {_text(start)}"),
                )
            )
        rule, kept = add_codings(self.corpus, self.raw, found, self.problems)
        self.issue("codings", seen, kept)
        return rule

    def read_lines(self) -> None:
        """Read the lines between two codes; a line of the tree of codes is one only where it is labelled."""
        seen = kept = 0
        for table in ("gr_free_line_item", "gr_cdct_line_item"):
            for number, graph, start, end, label, arrow in self.database.rows(table):
                if table == "gr_cdct_line_item" and not _text(label).strip():
                    continue
                seen += 1
                if start not in self.codes or end not in self.codes:
                    continue  # an end is a text, a case, a category or a note
                ends = [self.codes[start], self.codes[end]]
                if _text(arrow) == "backward":
                    ends.reverse()
                self.corpus.relations.append(
                    Relation(
                        f"graph {_text(graph)}/{table[3:7]} {_text(number)}",
                        from_id=ends[0],
                        to_id=ends[1],
                        label=_text(label),
                        direction=ARROWS.get(_text(arrow), "none"),
                        sign=sign_of(_text(label)) or "unstated",
                        source_kind="graph",
                        place=self.at("line", number),
                    )
                )
                kept += 1
        self.issue("lines between codes", seen, kept)

    def read_memos(self) -> None:
        seen = 0
        for table in ("annotation", "journal"):
            for k, (about, text) in enumerate(self.database.rows(table), start=1):
                seen += 1
                name = self.documents.get(about, "") if table == "annotation" else _text(about)
                self.memo(f"{table} {k}", text, self.at(table, name))
        kept = sum(m.memo_id.startswith(("annotation", "journal")) for m in self.corpus.memos)
        self.issue("memos", seen, kept)
