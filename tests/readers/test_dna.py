"""Databases of the Discourse Network Analyzer: made by hand after its schemas, and its own samples."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from qualnet import readers
from qualnet.corpus import Corpus
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file

CANARY = "hash-of-a-secret-word"
TEXT = "B: Ohne Leute 🙂 geht nichts.\r\nB: Das Geld reicht."
COMMON = """
CREATE TABLE CODERS(ID INTEGER PRIMARY KEY, Name TEXT, Password TEXT);
CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT, Source TEXT, Section TEXT, Notes TEXT, Type TEXT, Date INTEGER);
CREATE TABLE STATEMENTTYPES(ID INTEGER PRIMARY KEY, Label TEXT);
CREATE TABLE VARIABLES(ID INTEGER PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER, Stop INTEGER, Coder INTEGER);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value INTEGER);
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);
"""
VERSIONS = {
    2: """
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Value TEXT);
CREATE TABLE ATTRIBUTES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT, Type TEXT, Alias TEXT, Notes TEXT);
""",
    3: """
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY, StatementId INTEGER, VariableId INTEGER, Entity INTEGER);
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY, VariableId INTEGER, Value TEXT);
CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY, VariableId INTEGER, AttributeVariable TEXT);
CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY, EntityId INTEGER, AttributeVariableId INTEGER, AttributeValue TEXT);
""",
}
NUMBERS = {
    "concept": 1,
    "person": 2,
    "organization": 3,
    "agreement": 4,
    "cause": 5,
    "effect": 6,
    "sign": 7,
    "note": 8,
    "strength": 9,
}
KINDS = {
    "agreement": ("DATABOOLEAN", "boolean"),
    "note": ("DATALONGTEXT", "long text"),
    "strength": ("DATAINTEGER", "integer"),
}


class Dna:
    """A database in the making, of version 2 or 3."""

    def __init__(self, folder: Path, version: int = 3) -> None:
        folder.mkdir(exist_ok=True)
        self.path, self.version = folder / "study.dna", version
        self.connection = sqlite3.connect(self.path)
        self.connection.executescript(COMMON + VERSIONS[version])
        self.insert("CODERS", ID=1, Name="Anna", Password=CANARY)
        self.insert("STATEMENTTYPES", ID=1, Label="Aussage")
        self.insert("STATEMENTTYPES", ID=2, Label="Anmerkung")
        for name, number in NUMBERS.items():
            kind = KINDS.get(name, ("", "short text"))[1]
            self.insert("VARIABLES", ID=number, Variable=name, DataType=kind, StatementTypeId=1)
        self.entities: dict[tuple[int, str], int] = {}

    def insert(self, table: str, **values: object) -> int:
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"  # noqa: S608
        return self.connection.execute(sql, tuple(values.values())).lastrowid or 0

    def document(self, title: str = "i1", text: str = TEXT, seconds: int = 1106697600, **more: object) -> int:
        date = seconds * (1000 if self.version == 2 else 1)
        return self.insert("DOCUMENTS", Title=title, Text=text, Date=date, **more)

    def statement(
        self, document: int = 1, start: object = 3, stop: object = 13, kind: int = 1, **said: object
    ) -> int:
        row = {"DocumentId": document, "Start": start, "Stop": stop, "Coder": 1, "StatementTypeId": kind}
        number = self.insert("STATEMENTS", **row)
        for name, value in said.items():
            table = KINDS.get(name, ("DATASHORTTEXT", ""))[0]
            given = {"Value": value}
            if table == "DATASHORTTEXT" and self.version == 3:
                given = {"Entity": self.entity(NUMBERS[name], str(value))}
            self.insert(table, StatementId=number, VariableId=NUMBERS[name], **given)
        return number

    def entity(self, variable: int, value: str) -> int:
        if (variable, value) not in self.entities:
            self.entities[variable, value] = self.insert("ENTITIES", VariableId=variable, Value=value)
        return self.entities[variable, value]

    def fact(self, name: str, value: str, kind: str) -> None:
        variable = NUMBERS[name]
        if self.version == 2:
            self.insert("ATTRIBUTES", VariableId=variable, Value=value, Type=kind, Alias="", Notes="")
            return
        of = self.insert("ATTRIBUTEVARIABLES", VariableId=variable, AttributeVariable="type")
        more = {"AttributeVariableId": of, "AttributeValue": kind}
        self.insert("ATTRIBUTEVALUES", EntityId=self.entity(variable, value), **more)

    def done(self) -> Path:
        self.connection.commit()
        self.connection.close()
        return self.path


def read(path: Path, **options: str) -> tuple[Corpus, list[str]]:
    problems, corpus = Problems(), Corpus()
    for found in find_inputs(path, path.name, problems):
        assert found.reader == "dna"
        corpus.extend(read_file(found, options, problems))
    return corpus, [p.text().partition("\n")[0] for p in problems]


def kept(corpus: Corpus) -> dict[str, tuple[int, int]]:
    return {i.kind: (i.seen, i.kept) for i in corpus.issues}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_statement_is_a_passage_with_who_says_what(tmp_path: Path, version: int) -> None:
    made = Dna(tmp_path, version)
    made.document(Author="Presse", Notes="lang")
    made.statement(
        1, 14, 16, person="Frau A", organization="Amt", concept="Personalmangel", agreement=1, strength=3
    )
    made.statement(1, 38, 42, organization="Amt", concept="Geld", agreement=0)
    made.statement(1, 38, 42, person="Frau A", concept="Geld")
    made.statement(1, 3, 13, note="nachfragen")
    made.statement(1, 3, 13)
    made.fact("organization", "Amt", "Verwaltung")
    corpus, problems = read(made.done())
    assert not problems
    (document,) = corpus.documents
    assert (document.document_id, document.date) == ("i1", "2005-01-26")
    assert document.text == TEXT.replace("\r\n", "\n")
    # the smiley is two units in Java, and a line end with two characters is two
    assert [s.quote for s in corpus.segments] == ["🙂", "Geld", "Geld", "Ohne Leute", "Ohne Leute"]
    assert [(s.label, s.role) for s in corpus.speakers[1:]] == [
        ("Frau A / Amt", "Amt"),
        ("Amt", "Amt"),
        ("Frau A", ""),
    ]
    assert [(c.code_id, c.coder_id) for c in corpus.codings] == [
        ("Personalmangel", "Anna"),
        ("~Geld", "Anna"),
        ("Geld", "Anna"),
    ]
    assert sorted(corpus.codings[0].comment.split("\n")) == [
        "agreement: yes",
        "organization: Amt",
        "person: Frau A",
        "strength: 3",
    ]
    assert [(a.name, a.value) for a in corpus.attributes] == [
        ("author", "Presse"),
        ("organization type", "Verwaltung"),
    ]
    assert [(m.target_type, m.text) for m in corpus.memos] == [
        ("document", "lang"),
        ("segment", "nachfragen"),
    ]
    assert kept(corpus) == {"documents": (1, 1), "statements": (5, 4)}
    assert [c.code_id for c in corpus.codes] == ["Personalmangel", "~Geld", "Geld"]


def test_cause_and_effect_make_a_claim_and_agreement_its_sign(tmp_path: Path) -> None:
    made = Dna(tmp_path)
    made.document()
    ends: dict[str, Any] = {"cause": "Personalmangel", "effect": "Fortschritt"}
    made.statement(**ends, agreement=0)
    made.statement(**ends, agreement=1)
    made.statement(**ends)
    made.statement(**ends, sign="hemmt", agreement=0, concept="Klage")
    made.statement(cause="Personalmangel")
    corpus, problems = read(made.done())
    assert not problems
    assert [(r.from_id, r.to_id, r.sign, r.denied) for r in corpus.relations] == [
        ("Personalmangel", "Fortschritt", "-", False),
        ("Personalmangel", "Fortschritt", "+", False),
        ("Personalmangel", "Fortschritt", "unstated", False),
        # with a sign of its own, whoever disagrees denies it
        ("Personalmangel", "Fortschritt", "-", True),
    ]
    assert len(corpus.relation_evidence) == 4
    assert [c.code_id for c in corpus.codings] == ["Klage"]
    assert kept(corpus)["statements"] == (5, 4)


def test_options_name_variables_and_types(tmp_path: Path) -> None:
    made = Dna(tmp_path)
    made.document()
    made.statement(note="Geld", concept="x")
    made.statement(kind=2, concept="x")
    path = made.done()
    corpus, problems = read(path, concept="Note", types="Aussage")
    assert (problems, [c.code_id for c in corpus.codings]) == ([], ["Geld"])
    assert kept(corpus)["statements"] == (2, 1)
    _, problems = read(path, concpt="x", cause="Grnd", types="Ausage")
    assert problems == [
        "study.dna: unknown-field: there is no field 'concpt'",
        "study.dna: unknown-value: cause: 'Grnd' is not allowed",
        "study.dna: unknown-value: types: 'ausage' is not allowed",
    ]


def test_what_points_to_nothing_is_told(tmp_path: Path) -> None:
    made = Dna(tmp_path)
    made.document(seconds=10**15)
    made.document("i1", b"Bytes".decode())
    made.statement(9, concept="x")
    for start, stop in ((3, 999), (5, 5), ("a", 9), (-2, 4)):
        made.statement(1, start, stop, concept="x")
    made.insert("ATTRIBUTEVALUES", EntityId=99, AttributeVariableId=9, AttributeValue="x")
    made.insert("DATABOOLEAN", StatementId=1, VariableId=99, Value=1)
    made.insert("DATALONGTEXT", StatementId=1, VariableId=8, Value="  ")
    corpus, problems = read(made.done())
    assert [d.document_id for d in corpus.documents] == ["i1 (1)", "i1 (2)"]
    assert {d.date for d in corpus.documents} == {"", "2005-01-26"}
    assert sorted(p.partition(": ")[2].partition(":")[0] for p in problems) == ["offsets-outside"] * 4 + [
        "reference-to-nothing"
    ]
    assert kept(corpus)["statements"] == (5, 0)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_interview_goes_with_the_people_whom_only_it_names(tmp_path: Path, version: int) -> None:
    made = Dna(tmp_path, version)
    made.document("i1", "B: Der Zeisig pfeift.")
    made.document("i2", "B: Alles gut.")
    made.statement(1, 3, 8, person="Herr Zeisig", organization="Amt", concept="Geld")
    made.statement(2, 3, 8, organization="Amt", concept="Leute")
    made.fact("person", "Herr Zeisig", "Vogelwart")
    path = made.done()
    problems = Problems()
    (found,) = find_inputs(path, path.name, problems)
    content = readers.forget(found, {}, "i1", problems)
    assert content is not None
    for sign in (b"Zeisig", b"Vogelwart"):
        assert sign in path.read_bytes()
        assert sign not in content
    assert readers.forget(found, {}, "i9", problems) == path.read_bytes()
    path.write_bytes(content)
    corpus, told = read(path)
    assert ([d.document_id for d in corpus.documents], told) == (["i2"], [])
    assert [c.code_id for c in corpus.codings] == ["Leute"]
    (found,) = find_inputs(path, path.name, problems)
    assert readers.forget(found, {}, "i2", problems) is None


def test_of_version_3_only_what_is_there_is_deleted(tmp_path: Path) -> None:
    made = Dna(tmp_path)
    made.connection.executescript("DROP TABLE ATTRIBUTEVALUES; DROP TABLE ATTRIBUTEVARIABLES;")
    made.document("i1")
    made.document("i2")
    made.statement(1, person="Herr Zeisig")
    path = made.done()
    problems = Problems()
    (found,) = find_inputs(path, path.name, problems)
    content = readers.forget(found, {}, "i1", problems)
    assert content is not None
    assert b"Zeisig" not in content


def test_hashes_of_passwords_are_never_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = sqlite3.connect

    def watched(*args: object, **more: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*args, **more)  # type: ignore[call-overload]
        connection.set_trace_callback(asked.append)
        return connection

    made = Dna(tmp_path)
    made.document()
    made.statement(concept="x", person="y")
    path = made.done()
    monkeypatch.setattr(sqlite3, "connect", watched)
    corpus, _ = read(path)
    assert asked
    assert not any("password" in sql.lower() for sql in asked)
    assert CANARY not in repr(corpus)


@pytest.mark.samples
def test_the_samples_of_both_versions_say_the_same(samples: Path) -> None:
    """7 hearings and 41 statements by the program's own documentation; one of them is only a note."""
    two, three = (read(samples / "dna" / f"dna{v}_sample.dna") for v in (2, 3))
    for corpus, problems in (two, three):
        assert not problems
        assert (len(corpus.documents), len(corpus.segments)) == (7, 41)
        assert kept(corpus)["statements"] == (41, 41)
        assert len(corpus.codings) == 40
    assert [(d.document_id, d.date) for d in two[0].documents] == [
        (d.document_id, d.date) for d in three[0].documents
    ]
    said = [sorted((c.code_id, c.coder_id) for c in corpus.codings) for corpus, _ in (two, three)]
    assert said[0] == said[1]
    quotes = [sorted(s.quote for s in corpus.segments) for corpus, _ in (two, three)]
    assert quotes[0] == quotes[1]
