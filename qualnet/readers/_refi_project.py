"""From the elements of a REFI-QDA project to the normal form."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args, get_type_hints
from urllib.parse import unquote

from qualnet.corpus import (
    Attribute,
    Case,
    Coder,
    CodeRow,
    Coding,
    Corpus,
    Document,
    DocumentCase,
    Extra,
    Import,
    Issue,
    Memo,
    Relation,
    RelationEvidence,
    Segment,
    Speaker,
)
from qualnet.days import day_of
from qualnet.located import decode
from qualnet.problems import Place
from qualnet.readers._claims import claim_facts, commented
from qualnet.readers._offsets import OffsetRule, calibrate, calibrate_by_beginnings, converter
from qualnet.readers._refi import DRAWN, ORIGIN, QUOTES, guid_of
from qualnet.readers._refi_sources import unknown
from qualnet.readers._words import FACTS, column_of, is_yes, sign_of
from qualnet.readers._xml import children, local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from qualnet.corpus.rows import Direction, EndType
    from qualnet.problems import Problems
    from qualnet.readers._refi_sources import Coded, Mark, Part, SourceElement
    from qualnet.readers._source import Source

__all__ = ["Project", "document_names"]

DIRECTIONS: dict[str, Direction] = {"oneway": "oneway", "bidirectional": "both"}
SET = "Set"
"""What the attribute is called whose values are the names of groups of documents."""
VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")
CLAIM = re.compile(r"^\s*claim:\s*\{(?P<body>.*)\}\s*$", re.DOTALL)
PART = re.compile(r"(\w+):\s*(\"(?:[^\"\\]|\\.)*\"|[^,{}]*)")
LABEL = re.compile(r"^([A-ZÄÖÜ][\w.-]{0,24}):\s")
INTERVIEWERS = {"i", "int", "interviewer", "interviewerin"}
MEASURED = 5_000
"""Selections on which the counting of positions is measured, spread over the project."""
KINDS = get_args(get_type_hints(Relation)["source_kind"])
PICTURES = {"PictureSource": "picture"}
"""Kinds of documents that are no interviews."""
IN_TEXT = {"PlainTextSelection", "TranscriptSelection"}
IN_PROJECT = {
    *("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs"),
    *("Description", "NoteRef"),
}
IN_CODE = {"Description", "NoteRef", "Code"}
IN_CASE = {"Description", "CodeRef", "VariableValue", "SourceRef", "SelectionRef", "NoteRef"}
IN_SET = {"Description", "MemberCode", "MemberSource", "MemberNote"}


def document_names(sources: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Give the ids of sources: their names, with a number where an earlier one is called the same.

    Parameters
    ----------
    sources
        Name and guid of each.
    """
    seen: Counter[str] = Counter()
    for name, guid in sources:
        shown = name or guid
        seen[shown] += 1
        yield shown if seen[shown] == 1 else f"{shown} ({seen[shown]})"


@dataclass
class Project:
    """Gathers the rows of one project.

    Parameters
    ----------
    source
        The file.
    problems
        Where to note what is wrong.
    place
        The XML.

    Attributes
    ----------
    sources
        To be filled before :meth:`read`.
    """

    source: Source
    problems: Problems
    place: Place
    sources: list[SourceElement] = field(default_factory=list)
    corpus: Corpus = field(default_factory=Corpus)
    notes: dict[str, str] = field(default_factory=dict)
    writers: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    stated: set[str] = field(default_factory=set)
    origin: str = ""
    by_name: dict[str, str] = field(default_factory=dict)
    counted: dict[str, list[int]] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    codes_: dict[str, str] = field(default_factory=dict)
    coders: dict[str, str] = field(default_factory=dict)
    cases_: dict[str, str] = field(default_factory=dict)
    coded_cases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def count(self, kind: str, n: int = 1, *, kept: bool = True) -> None:
        seen = self.counted.setdefault(kind, [0, 0])
        seen[0] += n
        seen[1] += n * kept

    def at(self, kind: str, guid: str, name: str = "") -> Place:
        return Place(self.place.file, element=f"{kind} {name or guid[:13]}".strip())

    def at_element(self, element: Element) -> Place:
        return self.at(local(element), element.get("guid", ""), element.get("name", ""))

    def keep(self, owner_type: str, owner_id: str, found: Iterable[tuple[str, str]], place: Place) -> None:
        for name, value in found:
            self.corpus.extras.append(Extra(owner_type, owner_id, name, value, place))

    def memo(self, text: str, target_type: str, target_id: str, place: Place, memo_id: str = "") -> None:
        if text:
            known = memo_id or f"{target_type}/{target_id}/description"
            self.corpus.memos.append(Memo(known, text, target_type, target_id, place=place))

    def read(self, root: Element) -> Corpus:
        """Read the project, of which the sources have been read before."""
        self.origin = root.get("origin", "")
        for user in children(root, "Users", "User"):
            guid = guid_of(user.get("guid"))
            # rows refer to coders by name: a project file says `primary: AB`, no GUID
            self.coders[guid] = user.get("name") or guid
            self.corpus.coders.append(Coder(self.coders[guid], self.coders[guid], self.at_element(user)))
            self.count("users")
        for variable in children(root, "Variables", "Variable"):
            self.variables[guid_of(variable.get("guid"))] = variable.get("name", "")
            self.count("variables")
        for note in children(root, "Notes", "Note"):
            self.notes[guid_of(note.get("guid"))] = self.note_text(note)
            coder = guid_of(note.get("creatingUser"))
            self.writers[guid_of(note.get("guid"))] = self.coders.get(coder, coder)
        for book in children(root, "CodeBook"):
            self.codes(book)
        times = Counter(self.codes_.values())
        self.by_name = {name: guid for guid, name in self.codes_.items() if times[name] == 1}
        for i, case in enumerate(children(root, "Cases", "Case"), start=1):
            self.cases_[guid_of(case.get("guid"))] = case.get("name") or f"Case {i}"
        self.read_sources()
        self.cases(root)
        self.sets(root)
        self.links(root)
        self.edges(root)
        self.other_notes(root)
        self.keep("project", "", unknown(root, IN_PROJECT), self.place)
        for kind, (seen, kept) in sorted(self.counted.items()):
            self.corpus.issues.append(Issue(self.source.shown, kind, seen, kept))
        return self.corpus

    def read_codebook(self, root: Element) -> Corpus:
        """Read the codes of a codebook that stands alone."""
        self.codes(root)
        self.problems.add(self.place, "codebook-only", n=len(self.corpus.codes))
        return self.corpus

    # codes

    def codes(self, book: Element) -> None:
        for code in children(book, "Codes", "Code"):
            self.code(code, "")

    def code(self, element: Element, parent: str) -> None:
        guid, place = guid_of(element.get("guid")), self.at_element(element)
        described = [d.text or "" for d in children(element, "Description")]
        # portableQDA writes an attribute, against the standard
        definition = "\n".join(described).strip() or element.get("description", "")
        name = element.get("name") or guid
        codable = is_yes(element.get("isCodable", "true"))
        self.corpus.codes.append(
            CodeRow(guid, name, parent, codable, element.get("color", ""), definition, place)
        )
        self.codes_[guid] = name
        self.count("codes")
        for reference in children(element, "NoteRef"):
            self.about(guid_of(reference.get("targetGUID")), "code", guid, place)
        self.keep("code", guid, unknown(element, IN_CODE), place)
        for child in children(element, "Code"):
            self.code(child, guid)

    # notes

    def note_text(self, note: Element) -> str:
        inline = children(note, "PlainTextContent")
        if inline:
            return inline[0].text or ""
        path = note.get("plainTextPath")
        place = self.at_element(note)
        said = (self.stored(path, place) or "") if path else ""
        described = "\n".join(d.text.strip() for d in children(note, "Description") if d.text)
        return said or described

    def about(self, guid: str, target_type: str, target_id: str, place: Place) -> str:
        """Keep a note as a memo of what refers to it; give its text."""
        text = self.notes.get(guid, "")
        if guid in self.notes:
            # a note that says nothing is a note all the same
            self.corpus.memos.append(Memo(guid, text, target_type, target_id, self.writers[guid], place))
            self.told.add(guid)
            self.count("notes")
        return text

    def other_notes(self, root: Element) -> None:
        """Keep the notes that nothing refers to as memos of the project."""
        for note in children(root, "Notes", "Note"):
            guid = guid_of(note.get("guid"))
            if guid not in self.told:
                self.note_on(guid, "project", "", self.at_element(note))

    # sources

    def stored(self, path: str, place: Place) -> str | None:
        """Read a text of the archive; paths out of it are never followed."""
        if path.startswith(("absolute:", "relative:")) or not self.source.is_zip:
            self.problems.add(place, "text-missing", path=path)
            return None
        wanted = posixpath.basename(unquote(path.removeprefix("internal://"))).casefold()
        member = next((m for m in self.source.members if posixpath.basename(m).casefold() == wanted), None)
        if member is None:
            self.problems.add(place, "text-missing", path=path)
            return None
        data = self.source.member(member, self.problems)
        return None if data is None else decode(data, self.place.at(element=member), self.problems)

    def read_sources(self) -> None:
        raw: dict[int, str] = {}
        for source in self.sources:
            for part in source.parts:
                place = self.at(part.element, part.guid, part.name)
                text = part.inline
                if text is None and part.path:
                    text = self.stored(part.path, place)
                if text is not None:
                    raw[id(part)] = text
        rule = self.rule(raw)
        names = document_names((s.name, s.guid) for s in self.sources)
        for source, name in zip(self.sources, names, strict=True):
            self.read_source(source, name, raw, rule)
        self.corpus.imports.append(Import(self.source.shown, "", "refi", rule.name))

    def rule(self, raw: dict[int, str]) -> OffsetRule:
        """Find how positions are counted: by the words that the tool stored, else by the borders of words."""
        if self.origin.startswith(ORIGIN):
            return OffsetRule(utf16="UTF-16" in self.origin, crlf=1)
        parts = [p for s in self.sources for p in s.parts if id(p) in raw]
        every = sum(len(p.marks) for p in parts) // MEASURED + 1
        spans = [(raw[id(p)], [(*_span(m, p), m.name) for m in p.marks[::every]]) for p in parts]
        return calibrate_by_beginnings(spans) or calibrate(
            (text, [(begin, end) for begin, end, _ in found]) for text, found in spans
        )

    def read_source(self, source: SourceElement, name: str, raw: dict[int, str], rule: OffsetRule) -> None:
        texts = [part for part in source.parts if id(part) in raw]
        in_media = source.marks or source.codings
        # a picture or recording of which nothing is coded, and that has no text, is no document
        wanted = source.element == "TextSource" or texts or in_media or any(p.marks for p in source.parts)
        kind = "documents" if source.element == "TextSource" else source.element
        self.count(kind, kept=bool(texts) or bool(wanted and source.element != "TextSource"))
        if not wanted:
            return
        place = self.at(source.element, source.guid, source.name)
        self.documents[source.guid] = name
        values = self.values(source, name, place)
        quotes = values.get(QUOTES) is not None
        parts = source.parts
        several = len(parts) > 1
        if in_media and (several or not parts):
            self.document(name, source, values, None, place)
        for part, suffix in zip(parts, document_names((p.name, p.guid) for p in parts), strict=True):
            # the text of a source is the source; of several transcripts each is a document of its own
            own = f"{name}/{suffix}" if several else name
            text = raw.get(id(part))
            self.document(own, source, values, None if quotes else text, place)
            self.documents[part.guid] = own
            self.part(part, own, text, rule, values.get("role", ""), quotes=quotes)
            part.marks.clear()  # a project of a million codings is not held twice
        for mark in source.marks:
            self.mark(mark, name, *_outside(mark))
        self.whole(source, name, place)

    def document(
        self, name: str, source: SourceElement, values: dict[str, str], text: str | None, place: Place
    ) -> None:
        self.corpus.documents.append(
            Document(
                document_id=name,
                name=source.name or source.guid if "/" not in name else name,
                kind=values.get("kind") or PICTURES.get(source.element, "interview"),
                text=None if text is None else text.replace("\r\n", "\n").replace("\r", "\n"),
                language=values.get("language", ""),
                date=values.get("date", ""),
                synthetic=is_yes(values.get("synthetic", "")),
                role=values.get("role", ""),
                place=place,
            )
        )

    def whole(self, source: SourceElement, name: str, place: Place) -> None:
        """Keep what is said of a source as a whole: codings as facts, notes, what we do not know."""
        for coded in source.codings:
            known = coded.code in self.codes_
            self.count("codings of whole documents", kept=known)
            if known:
                fact = Attribute("document", name, self.codes_[coded.code], "x", place=place)
                self.corpus.attributes.append(fact)
            elif coded.code in self.cases_:
                self.coded_cases[name].add(coded.code)
        for guid in source.notes:
            self.note_on(guid, "document", name, place)
        self.memo(source.description, "document", name, place)
        self.keep("document", name, source.extras, place)

    def values(self, source: SourceElement, name: str, place: Place) -> dict[str, str]:
        """Give the variables of a source that are facts about a document, and keep the others."""
        found = {}
        for element in source.values:
            variable, text = self.value(element)
            fact = column_of(variable)
            if fact in FACTS or variable == QUOTES:
                found[fact or variable] = text
            elif variable and text:
                self.corpus.attributes.append(Attribute("document", name, variable, text, place=place))
                self.count("document values")
        return found

    def value(self, element: Element) -> tuple[str, str]:
        reference = children(element, "VariableRef")
        guid = guid_of(reference[0].get("targetGUID")) if reference else ""
        texts = [v.text or "" for name in VALUES for v in children(element, name)]
        return self.variables.get(guid, guid), texts[0] if texts else ""

    # what is marked

    def part(
        self, part: Part, document_id: str, raw: str | None, rule: OffsetRule, role: str, *, quotes: bool
    ) -> None:
        if raw is None:
            for mark in part.marks:
                self.mark(mark, document_id, "quote", "")
            return
        text = raw.replace("\r\n", "\n").replace("\r", "\n")
        positions = converter(raw, rule)
        labels = {} if quotes else self.speakers(document_id, text, role)
        for mark in part.marks:
            begin, end = _span(mark, part)
            if mark.element not in IN_TEXT:
                self.mark(mark, document_id, *_outside(mark))
            elif 0 <= begin <= end < len(positions):
                start, stop = positions[begin], positions[end]
                if quotes or (start == stop and mark.name and self.origin.startswith(ORIGIN)):
                    # qualnet's own: words that stand in no text
                    words = mark._replace(words=text[start:stop] or mark.name)
                    self.mark(words, document_id, "quote", "")
                    continue
                self.mark(mark, document_id, "text", _times(mark, part), (start, stop), text, labels)
            else:
                self.count("selections")
                place, length = self.at(mark.element, mark.guid, mark.name), len(positions) - 1
                self.problems.add(place, "offsets-outside", start=mark.begin, end=mark.end, length=length)

    def mark(
        self,
        mark: Mark,
        document_id: str,
        kind: Literal["text", "area", "time", "quote"],
        time: str,
        ends: tuple[int, int] | None = None,
        text: str = "",
        labels: dict[str, str] | None = None,
    ) -> None:
        self.count("selections")
        place = self.at(mark.element, mark.guid, mark.name)
        # of a text that is not in the file, the name of a selection is often the beginning of its words
        quote = mark.words or (mark.name if kind == "quote" else "")
        start = stop = None
        speaker = ""
        if ends:
            start, stop = ends
            quote = text[start:stop]
            line = text.rfind("\n", 0, start) + 1
            label = LABEL.match(text[line : line + 40])
            speaker = (labels or {}).get(label[1], "") if label else ""
        segment_id = mark.guid
        self.corpus.segments.append(
            Segment(
                segment_id,
                document_id,
                quote,
                start,
                stop,
                None,
                time,
                speaker,
                "calibrated" if ends else "none",
                kind,
                mark.area,
                place,
            )
        )
        for coded in mark.codings:
            self.coding(coded, mark, document_id, place)
        if mark.description:
            for relation, evidence in commented(mark.description, segment_id, document_id, "", place):
                self.corpus.relations.append(relation)
                self.corpus.relation_evidence.append(evidence)
            if not mark.codings:
                self.memo(mark.description, "segment", segment_id, place)
        for guid in mark.notes:
            self.claim(guid, segment_id, document_id, place)
        if mark.extras:
            self.keep("segment", segment_id, mark.extras, place)

    def speakers(self, document_id: str, text: str, role: str) -> dict[str, str]:
        labels = dict.fromkeys(m[1] for line in text.split("\n") if (m := LABEL.match(line)) is not None)
        for label in labels:
            asks = label.casefold().rstrip("0123456789") in INTERVIEWERS
            speaker = Speaker(f"{document_id}/{label}", document_id, label, "" if asks else role, asks)
            self.corpus.speakers.append(speaker)
        return {label: f"{document_id}/{label}" for label in labels}

    def coding(self, coded: Coded, mark: Mark, document_id: str, place: Place) -> None:
        if coded.code in self.cases_:
            # NVivo codes passages at cases as well: who speaks there
            self.coded_cases[document_id].add(coded.code)
            self.count("codings at cases")
            return
        known = coded.code in self.codes_
        self.count("codings", kept=known)
        if not known:
            at = self.at("Coding", coded.guid)
            self.problems.add(at, "unknown-code", what="CodeRef", code=coded.code or "(none)", near="")
            return
        coding_id = coded.guid or f"{mark.guid}/{coded.code}"
        said = [mark.description] if mark.description else []
        said += [text for guid in coded.notes if (text := self.about(guid, "coding", coding_id, place))]
        coder = self.coders.get(coded.user, coded.user)
        day = day_of(coded.created)
        self.corpus.codings.append(
            Coding(coding_id, mark.guid, coded.code, coder, "\n".join(said), day, "", place)
        )
        if coded.extras:
            self.keep("coding", coding_id, coded.extras, place)

    def claim(self, guid: str, segment_id: str, document_id: str, at: Place) -> None:
        """Read a note of a passage: a claim with the passage as evidence, or a memo."""
        if guid not in self.notes:
            self.corpus.memos.append(Memo(guid, "", "segment", segment_id, place=at))
            self.count("notes")
        relation_id = self.note_on(guid, "segment", segment_id, at, document_id)
        if relation_id:
            self.corpus.relation_evidence.append(
                RelationEvidence(relation_id, segment_id, self.at_note(guid))
            )

    def at_note(self, guid: str) -> Place:
        return self.place.at(element=f"Note {guid[:13]}")

    def note_on(self, guid: str, target_type: str, target_id: str, at: Place, document_id: str = "") -> str:
        """Keep a note as the claim that it states, once, or as a memo; give the claim's id."""
        found = CLAIM.match(self.notes.get(guid, ""))
        if not found:
            self.about(guid, target_type, target_id, at)
            return ""
        values = {k: _unquoted(v) for k, v in PART.findall(found["body"])}
        claim_id = values.get("id") or guid
        if guid not in self.told:
            self.told.add(guid)
            whose = document_id or (target_id if target_type == "document" else "")
            self.state(claim_id, values, whose, self.at_note(guid))
        return claim_id if claim_id in self.stated else ""

    def state(self, claim_id: str, values: dict[str, str], document_id: str, place: Place) -> None:
        facts: dict[str, Any] | None = claim_facts(values, lambda _: place, self.problems)
        self.count("claims", kept=facts is not None)
        if facts is None:
            return
        ends = [self.named_code(values.get(end, ""), place) for end in ("cause", "effect")]
        for end, value in zip(("cause", "effect"), ends, strict=True):
            if not value:
                self.problems.add(place, "half-claim", missing=end)
        kind, direction = values.get("kind", ""), values.get("direction", "")
        self.stated.add(claim_id)
        self.corpus.relations.append(
            Relation(
                relation_id=claim_id,
                from_id=ends[0],
                to_id=ends[1],
                **facts,
                label=values.get("label", ""),
                direction=direction if direction in {"both", "none"} else "oneway",  # type: ignore[arg-type] # one of them
                source_kind=kind if kind in KINDS else "note",  # type: ignore[arg-type] # one of them
                document_id=document_id,
                coder_id=values.get("coder", ""),
                extra=values.get("extra", ""),
                place=place,
            )
        )

    def named_code(self, name: str, place: Place) -> str:
        """Give the id of the code that a claim names; a new row where the project has none."""
        known = guid_of(name)
        if known in self.codes_:
            return known
        if name and name not in self.by_name:
            self.codes_[name] = self.by_name[name] = name
            self.corpus.codes.append(CodeRow(name, name, place=place))
        return self.by_name.get(name, "")

    # what belongs together

    def cases(self, root: Element) -> None:
        segments: dict[str, str] = {}
        if children(root, "Cases", "Case", "SelectionRef"):
            segments = {s.segment_id: s.document_id for s in self.corpus.segments}
        for case in children(root, "Cases", "Case"):
            guid, place = guid_of(case.get("guid")), self.at_element(case)
            self.corpus.cases.append(Case(guid, self.cases_[guid], "refi", place))
            self.count("cases")
            for value in children(case, "VariableValue"):
                variable, text = self.value(value)
                self.corpus.attributes.append(Attribute("case", guid, variable, text, place=place))
                self.count("case values")
            for reference in children(case, "SourceRef"):
                document = self.documents.get(guid_of(reference.get("targetGUID")))
                if document:
                    self.corpus.document_cases.append(DocumentCase(document, guid, "case", place))
            for reference in children(case, "SelectionRef"):
                document = segments.get(guid_of(reference.get("targetGUID")))
                self.count("selections of cases", kept=document is not None)
                if document:
                    self.coded_cases[document].add(guid)
            for reference in children(case, "NoteRef"):
                self.about(guid_of(reference.get("targetGUID")), "case", guid, place)
            described = children(case, "Description")
            self.memo(((described[0].text if described else "") or "").strip(), "case", guid, place)
            self.keep("case", guid, unknown(case, IN_CASE), place)
        cased = {row.document_id for row in self.corpus.document_cases}
        places = {row.case_id: row.place for row in self.corpus.cases}
        for document, found in self.coded_cases.items():
            # passages of two cases in one document say of neither that the document is theirs
            if document not in cased and len(found) == 1:
                (guid,) = found
                row = DocumentCase(document, guid, "selection", places.get(guid, self.place))
                self.corpus.document_cases.append(row)

    def sets(self, root: Element) -> None:
        """Read groups of documents: one called ``attribute: value`` says so of each of its documents."""
        for group in children(root, "Sets", "Set"):
            place = self.at_element(group)
            references = (m.get("targetGUID") or m.get("guid") for m in children(group, "MemberSource"))
            members = [self.documents[g] for m in references if (g := guid_of(m)) in self.documents]
            name = group.get("name", "")
            attribute, _, value = (part.strip() for part in name.partition(":"))
            self.count("sets", kept=bool(members and attribute))
            for document in members if attribute else ():
                fact = (attribute, value) if value else (SET, attribute)
                self.corpus.attributes.append(Attribute("document", document, *fact, place=place))
            others = children(group, "MemberCode") + children(group, "MemberNote")
            kept = [(local(m), guid_of(m.get("targetGUID") or m.get("guid"))) for m in others]
            self.keep("set", name, [*kept, *unknown(group, IN_SET)], place)

    def edges(self, root: Element) -> None:
        """Read edges of graphs that join two codes; one that stands for a link was read with it."""
        links = {guid_of(x.get("guid")) for x in children(root, "Links", "Link")}
        claimed = self.claimed()
        for graph in children(root, "Graphs", "Graph"):
            stands = {
                guid_of(v.get("guid")): guid_of(v.get("representedGUID")) for v in children(graph, "Vertex")
            }
            for k, edge in enumerate(children(graph, "Edge"), start=1):
                ends = [stands.get(guid_of(edge.get(e)), "") for e in ("sourceVertex", "targetVertex")]
                drawn = guid_of(edge.get("representedGUID")) in links
                joins = all(end in self.codes_ for end in ends)
                self.count("edges", kept=drawn or joins)
                if drawn or not joins or tuple(ends) in claimed:
                    continue
                relation_id = guid_of(edge.get("guid")) or f"{guid_of(graph.get('guid'))}/{k}"
                self.relation(edge, relation_id, ends, ("code", "code"), "graph")

    def claimed(self) -> set[tuple[str, str]]:
        """Give the ends of what notes claim."""
        return {(r.from_id, r.to_id) for r in self.corpus.relations if r.relation_id in self.stated}

    def links(self, root: Element) -> None:
        """Read links; one between two codes that only draws what claims say is none of its own."""
        found = children(root, "Links", "Link")
        segments = {s.segment_id for s in self.corpus.segments} if found else set()
        claimed = self.claimed()
        for link in found:
            ends = [guid_of(link.get(k)) for k in ("originGUID", "targetGUID")]
            kinds: list[EndType] = [
                "code" if e in self.codes_ else "segment" if e in segments else "memo" for e in ends
            ]
            self.count("links")
            guid, place = guid_of(link.get("guid")), self.at_element(link)
            for reference in children(link, "NoteRef"):
                note = guid_of(reference.get("targetGUID"))
                if note not in self.told:
                    self.about(note, "relation", guid, place)
            if tuple(ends) not in claimed and not link.get("name", "").startswith(DRAWN):
                self.relation(link, guid, ends, (kinds[0], kinds[1]), "link")

    def relation(
        self,
        element: Element,
        relation_id: str,
        ends: Sequence[str],
        kinds: tuple[EndType, EndType],
        source_kind: Literal["link", "graph"],
    ) -> None:
        label = element.get("name", "")
        self.corpus.relations.append(
            Relation(
                relation_id=relation_id,
                from_id=ends[0],
                to_id=ends[1],
                from_type=kinds[0],
                to_type=kinds[1],
                label=label,
                direction=DIRECTIONS.get(element.get("direction", "").lower(), "none"),
                sign=sign_of(label) or "unstated",
                source_kind=source_kind,
                extra=json.dumps(dict(element.attrib), ensure_ascii=False),
                place=self.at_element(element),
            )
        )


def _span(mark: Mark, part: Part) -> tuple[int, int]:
    """Give the ends of a selection as the file counts; -1 for what is none."""
    ends = (mark.begin, mark.end)
    if mark.element == "TranscriptSelection":
        points = [part.times.get(guid_of(x), ("", "")) for x in ends]
        ends = (points[0][0], points[1][0])
    begin, end = (int(e) if e.isdecimal() else -1 for e in ends)
    return begin, end


def _times(mark: Mark, part: Part) -> str:
    """Give from when to when a selection of a transcript is spoken."""
    if mark.element != "TranscriptSelection":
        return ""
    return _clock(*(part.times.get(guid_of(x), ("", ""))[1] for x in (mark.begin, mark.end)))


def _outside(mark: Mark) -> tuple[Literal["area", "time"], str]:
    """Give the kind and the time of a selection that lies in no text."""
    if mark.element in {"AudioSelection", "VideoSelection"}:
        return "time", _clock(mark.begin, mark.end)
    return "area", ""


def _clock(*milliseconds: str) -> str:
    """Write times as people do.

    Examples
    --------
    >>> _clock("0", "3723000")
    '00:00:00 - 01:02:03'
    """
    told = []
    for text in milliseconds:
        if text.isdecimal():
            seconds = int(text) // 1000
            told.append(f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}")
    return " - ".join(told)


def _unquoted(text: str) -> str:
    text = text.strip()
    return str(json.loads(text)) if text.startswith('"') else text
