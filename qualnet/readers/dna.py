"""Databases of the Discourse Network Analyzer (.dna), versions 2 and 3.

A statement is a passage with a form filled in: who says it, for whom, which concept, and whether they
agree. The table of coders holds hashes of their passwords beside their names; they are never read.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualnet.corpus import (
    Attribute,
    Coder,
    CodeRow,
    Coding,
    Corpus,
    Import,
    Issue,
    Memo,
    Relation,
    RelationEvidence,
    Segment,
    Speaker,
)
from qualnet.names import same_name
from qualnet.problems import nearest
from qualnet.readers._forget import is_of
from qualnet.readers._offsets import OffsetRule, calibrate, converter
from qualnet.readers._sqlite import has_tables, read_database, rewrite_database
from qualnet.readers._stored import add_document, plain_text, whole_number
from qualnet.readers._words import sign_of, yes_or_no

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.corpus.rows import Sign
    from qualnet.problems import Place, Problems
    from qualnet.readers._source import Source
    from qualnet.readers._sqlite import Database, Value

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "Discourse Network Analyzer 2 und 3 (.dna): Texte und Aussagen mit Person, Organisation, Konzept."
    " Ein abgelehntes Konzept ist der Gegenpol (~). Farben und Suchmuster entfallen.",
    "en": "Discourse Network Analyzer 2 and 3 (.dna): texts and statements with person, organization,"
    " concept. A rejected concept is its opposite (~). Colours and search patterns are not kept.",
}
SHORT = "DATASHORTTEXT"
DATA = (SHORT, "DATALONGTEXT", "DATABOOLEAN", "DATAINTEGER")
COLUMNS: dict[str, tuple[str, ...]] = {
    "CODERS": ("ID", "Name"),
    "DOCUMENTS": ("ID", "Title", "Text", "Author", "Source", "Section", "Type", "Notes", "Date"),
    "STATEMENTTYPES": ("ID", "Label"),
    "VARIABLES": ("ID", "StatementTypeId", "Variable", "DataType"),
    "STATEMENTS": ("ID", "DocumentId", "StatementTypeId", "Start", "Stop", "Coder"),
    SHORT: ("StatementId", "VariableId", "Value", "Entity"),
    "DATALONGTEXT": ("StatementId", "VariableId", "Value"),
    "DATABOOLEAN": ("StatementId", "VariableId", "Value"),
    "DATAINTEGER": ("StatementId", "VariableId", "Value"),
    # version 3 has values in a table of their own, version 2 has their attributes in one
    "ENTITIES": ("ID", "Value"),
    "ATTRIBUTEVARIABLES": ("ID", "AttributeVariable"),
    "ATTRIBUTEVALUES": ("EntityId", "AttributeVariableId", "AttributeValue"),
    "ATTRIBUTES": ("ID", "VariableId", "Value", "Type", "Alias", "Notes"),
}
OPTIONAL = {
    *("ENTITIES", "ATTRIBUTEVARIABLES", "ATTRIBUTEVALUES", "ATTRIBUTES"),
    *(f"{SHORT}.Value", f"{SHORT}.Entity"),
}
MEANINGS: dict[str, tuple[str, ...]] = {
    "concept": ("concept", "konzept", "category", "kategorie"),
    "person": ("person", "actor", "akteur", "speaker"),
    "organization": ("organization", "organisation"),
    "agreement": ("agreement", "zustimmung"),
    "cause": ("cause", "ursache"),
    "effect": ("effect", "wirkung"),
    "sign": ("sign", "vorzeichen", "polarity", "direction"),
}
"""What a variable says, and how it is called where no option names it."""
CODED = {"concept", "cause", "effect"}
TYPES = "types"
REJECTED = "~"
FACTS = ("author", "source", "section", "type")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
AGES = 400 * 365 * 24 * 3600
"""Seconds that no interview is older or younger."""


def sniff(source: Source) -> bool:
    """Tell whether it is such a database."""
    return has_tables(source, "STATEMENTS", "STATEMENTTYPES", SHORT)


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read a database.

    Parameters
    ----------
    source
        The file.
    options
        ``concept``, ``person``, ``organization``, ``agreement``, ``cause``, ``effect``, ``sign``: the
        variable that says so; ``types``: the statement types to read, separated by commas.
    problems
        Where to note what is wrong.
    """

    def work(database: Database) -> Corpus:
        study = _Study(source, database, options, problems)
        study.read()
        return study.corpus

    return read_database(source, COLUMNS, problems, work, OPTIONAL)


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the database without a text, its statements, and the actors whom only they name."""
    steps: list[tuple[str, tuple[Value, ...]]] = []
    left: list[Value] = []

    def look(database: Database) -> Corpus:
        study = _Study(source, database, options, problems)
        names = study.titles()
        gone = {n for n, name in names.items() if is_of(name, document_id)}
        left.extend(names.keys() - gone)
        steps.extend(study.removal(gone) if gone else ())
        return Corpus()

    read_database(source, COLUMNS, problems, look, OPTIONAL)
    if not steps:
        return source.path.read_bytes()
    return rewrite_database(source, problems, steps) if left else None


def _text(value: Value) -> str:
    return "" if value is None else value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def _day(value: Value, *, milliseconds: bool) -> str:
    """Give the day: version 3 counts seconds, version 2 milliseconds."""
    number = whole_number(value)
    seconds = number // 1000 if number is not None and milliseconds else number
    if seconds is None or abs(seconds) > AGES:
        return ""
    return (EPOCH + dt.timedelta(seconds=seconds)).date().isoformat()


@dataclass
class _Study:
    source: Source
    database: Database
    options: Mapping[str, str]
    problems: Problems
    corpus: Corpus = field(default_factory=Corpus)
    names: dict[Value, str] = field(default_factory=dict)
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def at(self, kind: str, name: Value) -> Place:
        return self.source.place.at(element=f"{kind} {_text(name)}")

    def issue(self, kind: str, seen: int, kept: int) -> None:
        self.corpus.issues.append(Issue(self.source.shown, kind, seen, kept))

    def is_new(self, *row: str) -> bool:
        new = row not in self.seen
        self.seen.add(row)
        return new

    def titles(self) -> dict[Value, str]:
        """Name each text by its title; of those of one title, each by title and number."""
        found = {n: _text(title).strip() or "document" for n, title, *_ in self.database.rows("DOCUMENTS")}
        times: dict[str, int] = defaultdict(int)
        for title in found.values():
            times[same_name(title)] += 1
        return {n: t if times[same_name(t)] == 1 else f"{t} ({_text(n)})" for n, t in found.items()}

    def meanings(self) -> dict[Value, tuple[str, str, str]]:
        """Give for each variable its name, its type and what it says; empty where nobody knows."""
        rows = {n: (of, _text(v), _text(kind)) for n, of, v, kind in self.database.rows("VARIABLES")}
        known = sorted({name for _, name, _ in rows.values()})
        for option in sorted(set(self.options) - {*MEANINGS, TYPES}):
            near = nearest(option, MEANINGS)
            names = ", ".join([*MEANINGS, TYPES])
            self.problems.add(self.source.place, "unknown-field", field=option, near=near, names=names)
        for option in sorted(set(self.options) & set(MEANINGS)):
            value = self.options[option]
            if same_name(value) not in map(same_name, known):
                near = nearest(value, known)
                self.problems.add(
                    self.source.place,
                    "unknown-value",
                    field=option,
                    value=value,
                    near=near,
                    names=", ".join(known),
                )
        named = {same_name(v): option for option, v in self.options.items() if option in MEANINGS}
        usual = {word: m for m, words in MEANINGS.items() if m not in self.options for word in words}
        meant = named | {word: m for word, m in usual.items() if word not in named}
        return {n: (name, kind, meant.get(same_name(name), "")) for n, (_, name, kind) in rows.items()}

    def values(self) -> dict[Value, dict[Value, str]]:
        """Give what is filled in: statement to variable to text."""
        entities = {n: _text(value) for n, value in self.database.rows("ENTITIES")}
        found: dict[Value, dict[Value, str]] = defaultdict(dict)
        for table in DATA:
            for statement, variable, value, *more in self.database.rows(table):
                text = entities.get(more[0], "") if more and more[0] is not None else _text(value)
                if text.strip():
                    found[statement][variable] = text.strip()
        return found

    def read(self) -> None:
        """Read everything into the normal form."""
        milliseconds = not any(True for _ in self.database.rows("ENTITIES"))
        self.names = self.titles()
        raw: dict[str, str] = {}
        for number, _, text, *about, notes, date in self.database.rows("DOCUMENTS"):
            name, place = self.names[number], self.at("document", number)
            raw[name] = _text(text)
            # what it calls type or source says nothing of an interview in our sense
            add_document(self.corpus, name, raw[name], {"date": _day(date, milliseconds=milliseconds)}, place)
            for fact, value in zip(FACTS, (_text(x).strip() for x in about), strict=True):
                if value:
                    self.corpus.attributes.append(Attribute("document", name, fact, value, place=place))
            if _text(notes).strip():
                self.corpus.memos.append(Memo(f"{name}/notes", _text(notes), "document", name, place=place))
        self.issue("documents", len(raw), len(raw))
        self.read_statements(raw)

    def read_statements(self, raw: Mapping[str, str]) -> None:
        # Java counts in units of two; whether its window counts a line end as two is measured
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for _, document, _, start, stop, _ in self.database.rows("STATEMENTS"):
            begin, end = whole_number(start), whole_number(stop)
            if document in self.names and begin is not None and end is not None:
                spans[self.names[document]].append((begin, end))
        crlf = calibrate((raw[name], found) for name, found in spans.items()).crlf
        rule = OffsetRule(utf16=True, crlf=crlf)
        self.corpus.imports.append(Import(self.source.shown, "", "dna", rule.name))
        positions = {name: converter(text, rule) for name, text in raw.items()}
        meanings, values = self.meanings(), self.values()
        coders = {n: _text(name).strip() for n, name in self.database.rows("CODERS")}
        types = {n: _text(label) for n, label in self.database.rows("STATEMENTTYPES")}
        wanted = {same_name(t) for t in self.options.get(TYPES, "").split(",") if t.strip()}
        for name in sorted(wanted - set(map(same_name, types.values()))):
            names = ", ".join(types.values())
            near = nearest(name, types.values())
            place = self.source.place
            self.problems.add(place, "unknown-value", field=TYPES, value=name, near=near, names=names)
        facts = self.facts()
        seen = kept = 0
        for number, document, kind, start, stop, coder in self.database.rows("STATEMENTS"):
            seen += 1
            place = self.at("statement", number)
            if document not in self.names:
                self.problems.add(place, "reference-to-nothing", value=f"document {_text(document)}")
                continue
            name = self.names[document]
            if wanted and same_name(types.get(kind, "")) not in wanted:
                continue
            begin, end = whole_number(start), whole_number(stop)
            if begin is None or end is None or not 0 <= begin < end < len(positions[name]):
                length = len(positions[name]) - 1
                self.problems.add(
                    place, "offsets-outside", start=_text(start), end=_text(stop), length=length
                )
                continue
            said, aside, notes = self.filled(values.get(number, {}), meanings)
            self.add_facts(name, values.get(number, {}), meanings, facts, place)
            span = (positions[name][begin], positions[name][end])
            segment = self.segment(number, name, plain_text(raw[name]), span, said, place)
            who = coders.get(coder, "")
            if who and self.is_new("coder", who):
                self.corpus.coders.append(Coder(who, who, place))
            for text in notes:
                memo = Memo(f"{segment.segment_id}/note", text, "segment", segment.segment_id, who, place)
                self.corpus.memos.append(memo)
            kept += self.coded(segment, said, aside, who, place) or bool(notes)
        self.issue("statements", seen, kept)

    def filled(
        self, values: Mapping[Value, str], meanings: Mapping[Value, tuple[str, str, str]]
    ) -> tuple[dict[str, str], str, list[str]]:
        """Give what a form says by meaning, what else it says as text, and its notes."""
        said: dict[str, str] = {}
        aside: list[str] = []
        notes: list[str] = []
        for variable, filled in values.items():
            label, data_type, meaning = meanings.get(variable, ("", "", ""))
            text = filled if data_type != "boolean" else "yes" if filled == "1" else "no"
            if meaning:
                said[meaning] = text
            if data_type == "long text" and not meaning:
                notes.append(text)
            elif label and meaning not in CODED:
                aside.append(f"{label}: {text}")
        return said, "\n".join(aside), notes

    def add_facts(
        self,
        document: str,
        values: Mapping[Value, str],
        meanings: Mapping[Value, tuple[str, str, str]],
        facts: Mapping[tuple[Value, str], list[tuple[str, str]]],
        place: Place,
    ) -> None:
        """Add what is recorded about the actors of a statement to its document."""
        for variable, text in values.items():
            label = meanings.get(variable, ("", "", ""))[0]
            for fact, value in facts.get((variable, text), ()):
                if self.is_new("fact", document, f"{label} {fact}", value):
                    row = Attribute("document", document, f"{label} {fact}", value, place=place)
                    self.corpus.attributes.append(row)

    def facts(self) -> dict[tuple[Value, str], list[tuple[str, str]]]:
        """Give what is recorded about actors: variable and text to names and values."""
        found: dict[tuple[Value, str], list[tuple[str, str]]] = defaultdict(list)
        for _, variable, value, *about in self.database.rows("ATTRIBUTES"):
            named = zip(("type", "alias", "notes"), map(_text, about), strict=True)
            found[variable, _text(value).strip()] += [(k, v.strip()) for k, v in named if v.strip()]
        variables = {n: _text(name) for n, name in self.database.rows("ATTRIBUTEVARIABLES")}
        recorded: dict[Value, list[tuple[str, str]]] = defaultdict(list)
        for entity, attribute, value in self.database.rows("ATTRIBUTEVALUES"):
            if _text(value).strip() and attribute in variables:
                recorded[entity].append((variables[attribute], _text(value).strip()))
        entities = {n: _text(value).strip() for n, value in self.database.rows("ENTITIES")}
        for _, variable, _, entity in self.database.rows(SHORT):
            if entity is not None and entity in recorded:
                found[variable, entities.get(entity, "")] = recorded[entity]
        return found

    def segment(
        self,
        number: Value,
        document: str,
        text: str,
        span: tuple[int, int],
        said: Mapping[str, str],
        place: Place,
    ) -> Segment:
        """Add the passage of a statement with who speaks."""
        who = " / ".join(said[x] for x in ("person", "organization") if x in said)
        speaker = f"{document}/{who}" if who else ""
        if who and self.is_new("speaker", speaker):
            role = said.get("organization", "")
            self.corpus.speakers.append(Speaker(speaker, document, who, role, place=place))
        start, end = span
        segment = Segment(
            f"{document}/s{_text(number)}",
            document,
            text[start:end],
            start,
            end,
            speaker_id=speaker,
            anchor="calibrated",
            place=place,
        )
        self.corpus.segments.append(segment)
        return segment

    def coded(self, segment: Segment, said: Mapping[str, str], aside: str, who: str, place: Place) -> bool:
        """Add the coding and the claim of a statement; tell whether there is any."""
        agreed = yes_or_no(said["agreement"]) if "agreement" in said else None
        sign: Sign | None = sign_of(said["sign"]) if "sign" in said else None
        is_claim = "cause" in said and "effect" in said
        concept = said.get("concept", "")
        if concept:
            # without a sign of its own, a claim takes the agreement for it; a concept alone is turned
            name = REJECTED + concept if agreed is False and not is_claim else concept
            self.code(name, place)
            coding_id = f"{segment.segment_id}/{name}"
            self.corpus.codings.append(Coding(coding_id, segment.segment_id, name, who, aside, place=place))
        if is_claim:
            if sign is None and agreed is not None:
                sign = "+" if agreed else "-"
            for end in ("cause", "effect"):
                self.code(said[end], place)
            claim = Relation(
                f"{segment.segment_id}/claim",
                said["cause"],
                said["effect"],
                sign=sign or "unstated",
                denied="sign" in said and agreed is False,
                document_id=segment.document_id,
                coder_id=who,
                comment=aside,
                place=place,
            )
            self.corpus.relations.append(claim)
            evidence = RelationEvidence(claim.relation_id, segment.segment_id, place)
            self.corpus.relation_evidence.append(evidence)
        return bool(concept) or is_claim

    def code(self, name: str, place: Place) -> None:
        if self.is_new("code", name):
            self.corpus.codes.append(CodeRow(name, name, place=place))

    def removal(self, gone: set[Value]) -> list[tuple[str, tuple[Value, ...]]]:
        """Give the commands that take texts out of the database, of those tables that it has."""
        meanings, values = self.meanings(), self.values()
        named: dict[bool, set[tuple[Value, str]]] = {True: set(), False: set()}
        steps: list[tuple[str, tuple[Value, ...]]] = []
        for number, document, *_ in self.database.rows("STATEMENTS"):
            named[document in gone] |= set(values.get(number, {}).items())
            if document in gone:
                steps += [(f"DELETE FROM {table} WHERE StatementId = ?", (number,)) for table in DATA]  # noqa: S608
        actors = {
            (variable, text)
            for variable, text in named[True] - named[False]
            if meanings.get(variable, ("", "", ""))[2] not in CODED
        }
        tables = self.source.tables
        for variable, text in sorted(actors, key=repr):
            if "ENTITIES" in tables:
                of = "SELECT ID FROM ENTITIES WHERE VariableId = ? AND TRIM(Value) = ?"
                if "ATTRIBUTEVALUES" in tables:
                    command = f"DELETE FROM ATTRIBUTEVALUES WHERE EntityId IN ({of})"  # noqa: S608 (words of ours)
                    steps.append((command, (variable, text)))
                command = "DELETE FROM ENTITIES WHERE VariableId = ? AND TRIM(Value) = ?"
                steps.append((command, (variable, text)))
            if "ATTRIBUTES" in tables:
                command = "DELETE FROM ATTRIBUTES WHERE VariableId = ? AND TRIM(Value) = ?"
                steps.append((command, (variable, text)))
        for document in gone:
            steps.append(("DELETE FROM STATEMENTS WHERE DocumentId = ?", (document,)))
            steps.append(("DELETE FROM DOCUMENTS WHERE ID = ?", (document,)))
        return steps
