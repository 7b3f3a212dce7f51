"""RQDA's projects (.rqda): R's package for coding, no longer developed and common in theses.

Nothing is ever deleted in such a file: a status of 1 says that a row is alive. A code may lie in
several categories. Texts were often edited after they were coded, so the stored words count.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualnet.corpus import Attribute, Case, CodeRow, Corpus, DocumentCase, Import, Issue, Memo
from qualnet.days import day_of
from qualnet.names import same_name
from qualnet.problems import Place, Problems, nearest
from qualnet.readers._sqlite import Database, Value, has_tables, read_database, rewrite_database
from qualnet.readers._stored import Stored, add_codings, add_document, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qualnet.readers._source import Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "RQDA-Projekt (.rqda): Texte, Codes, Kategorien, Codierungen, auch der zweiten Person, Fälle,"
    " Merkmale, Memos. Bei einem Code in mehreren Kategorien gilt die erste.",
    "en": "RQDA project (.rqda): texts, codes, categories, codings, those of the second coder too, cases,"
    " attributes, memos. Of a code in several categories the first one counts.",
}
COLUMNS = {
    "source": ("id", "name", "file", "memo", "status"),
    "freecode": ("id", "name", "memo", "color", "status"),
    "codecat": ("catid", "name", "memo", "status"),
    "treecode": ("cid", "catid", "status"),
    "coding": ("fid", "selfirst", "selend", "cid", "seltext", "owner", "date", "memo", "status"),
    "coding2": ("fid", "selfirst", "selend", "cid", "seltext", "owner", "date", "memo", "status"),
    "cases": ("id", "name", "memo", "status"),
    "caselinkage": ("caseid", "fid", "status"),
    "caseAttr": ("caseID", "variable", "value", "status"),
    "fileAttr": ("fileID", "variable", "value", "status"),
    "annotation": ("fid", "annotation", "status"),
    "journal": ("name", "journal", "status"),
}
OPTIONAL = {
    "coding2",
    "freecode.color",
    "annotation",
    "journal",
    "caseAttr",
    "fileAttr",
    "caseAttr.status",
    "fileAttr.status",
}
LIVE = 1


def sniff(source: Source) -> bool:
    """Tell whether it is an RQDA project."""
    return has_tables(source, "source", "freecode", "coding", "treecode")


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read a project.

    Parameters
    ----------
    source
        The file.
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

    A text that RQDA shows as deleted is still in the file, and goes as well. None when no other
    text is left.
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


def _removal(source: Source, number: Value) -> Iterator[tuple[str, tuple[Value, ...]]]:
    """Yield the commands that take a text out of a database, of those tables that it has."""
    mine = dict.fromkeys(("coding", "coding2", "caselinkage", "annotation", "treefile"), "fid")
    for table, column in {**mine, "fileAttr": "fileID", "source": "id"}.items():
        if table in source.tables:
            yield f"DELETE FROM [{table}] WHERE [{column}] = ?", (number,)  # noqa: S608 (names of ours)


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
    dead: int = 0

    def at(self, kind: str, name: Value) -> Place:
        return self.source.place.at(element=f"{kind} {_text(name)}")

    def issue(self, kind: str, seen: int, kept: int) -> None:
        self.corpus.issues.append(Issue(self.source.shown, kind, seen, kept))

    def live(self, table: str) -> Iterator[tuple[Value, ...]]:
        """Yield the rows that were not deleted, without their status; tables without one delete."""
        for *row, status in self.database.rows(table):
            if status is None or whole_number(status) == LIVE:
                yield tuple(row)
            else:
                self.dead += 1

    def memo(self, memo_id: str, text: Value, place: Place) -> None:
        if _text(text).strip():
            self.corpus.memos.append(Memo(memo_id, _text(text), place=place))

    def read(self) -> Corpus:
        self.read_codes()
        self.read_documents()
        self.read_cases()
        rule = self.read_codings()
        self.read_memos()
        self.issue("deleted rows", self.dead, 0)
        if not self.documents:
            if self.codes:
                self.problems.add(self.source.place, "codebook-only", n=len(self.codes))
            else:
                self.problems.add(self.source.place, "empty-file")
        self.corpus.imports.append(Import(self.source.shown, "", "rqda", rule))
        return self.corpus

    def read_codes(self) -> None:
        codes = list(self.live("freecode"))
        categories = list(self.live("codecat"))
        taken = {_text(name) for _, name, *_ in codes}
        groups: dict[Value, str] = {}
        for number, given, memo in categories:
            name = _text(given)
            # a code and a category may be called the same
            groups[number] = f"{name} (category)" if name in taken else name
            place = self.at("category", name)
            self.corpus.codes.append(
                CodeRow(groups[number], name, codable=False, definition=_text(memo), place=place)
            )
        above: dict[Value, str] = {}
        links = [(code, groups[group]) for code, group in self.live("treecode") if group in groups]
        for code, group in links:
            above.setdefault(code, group)
        for number, given, memo, colour in codes:
            name = _text(given)
            self.codes[number] = name
            parent, place = above.get(number, ""), self.at("code", name)
            self.corpus.codes.append(CodeRow(name, name, parent, True, _text(colour), _text(memo), place))
        self.issue("codes", len(codes), len(self.codes))
        self.issue("categories", len(categories), len(groups))
        self.issue("codes in categories", len(links), len(above))

    def read_documents(self) -> None:
        facts: dict[Value, dict[str, str]] = defaultdict(dict)
        for file, variable, value in self.live("fileAttr"):
            if _text(value):
                facts[file][_text(variable)] = _text(value)
        for number, given, text, memo in self.live("source"):
            name, place = _text(given), self.at("file", given)
            raw = _text(text).removeprefix("\ufeff")
            self.documents[number], self.raw[name] = name, raw
            add_document(self.corpus, name, raw, facts[number], place)
            self.memo(f"file {name}", memo, place)
        self.issue("files", len(self.documents), len(self.documents))

    def read_cases(self) -> None:
        names: dict[Value, str] = {}
        for number, name, memo in self.live("cases"):
            names[number] = _text(name)
            place = self.at("case", name)
            self.corpus.cases.append(Case(_text(name), _text(name), "rqda", place))
            self.memo(f"case {_text(name)}", memo, place)
        for case, variable, value in self.live("caseAttr"):
            if case in names and _text(value):
                place = self.at("case", names[case])
                self.corpus.attributes.append(
                    Attribute("case", names[case], _text(variable), _text(value), place=place)
                )
        for case, file in dict.fromkeys(self.live("caselinkage")):
            if case in names and file in self.documents:
                place = self.at("case", names[case])
                row = DocumentCase(self.documents[file], names[case], "case", place)
                self.corpus.document_cases.append(row)
        self.issue("cases", len(names), len(names))

    def read_codings(self) -> str:
        seen = 0
        found = []
        for table in ("coding", "coding2"):
            for file, start, end, code, quote, owner, date, memo in self.live(table):
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
                        self.at(table, f"{document} {_text(start)}"),
                    )
                )
        rule, kept = add_codings(self.corpus, self.raw, found, self.problems)
        self.issue("codings", seen, kept)
        return rule

    def read_memos(self) -> None:
        before = len(self.corpus.memos)
        seen = 0
        for table in ("annotation", "journal"):
            for k, (about, text) in enumerate(self.live(table), start=1):
                seen += 1
                name = self.documents.get(about, "") if table == "annotation" else _text(about)
                self.memo(f"{table} {k}", text, self.at(table, name))
        self.issue("memos", seen, len(self.corpus.memos) - before)
