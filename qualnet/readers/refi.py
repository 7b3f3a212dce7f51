"""REFI-QDA projects (.qdpx, .qde) and codebooks (.qdc): MAXQDA, ATLAS.ti, NVivo, QualCoder and others.

A Link between two codes is a relation. qualnet's own convention for claims: each evidence
selection carries a Note of one YAML line, ``claim: {cause: ..., effect: ..., sign: +, ...}``.
"""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.parsers.expat import ExpatError

from qualnet.corpus import (
    Attribute,
    Case,
    Coder,
    CodeRow,
    Coding,
    Corpus,
    Document,
    DocumentCase,
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
from qualnet.problems import Problems
from qualnet.readers._claims import claim_facts
from qualnet.readers._forget import archive, is_of
from qualnet.readers._offsets import calibrate, converter
from qualnet.readers._refi import Node, Tree, guid_of
from qualnet.readers._source import decode_head
from qualnet.readers._words import FACTS, column_of, is_yes, sign_of
from qualnet.readers._xml import children, local, parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from qualnet.corpus.rows import Direction, EndType
    from qualnet.problems import Place
    from qualnet.readers._source import Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "REFI-QDA-Projekt (.qdpx, .qde): Texte, Codes, Codierungen, Fälle mit Variablen,"
    " Gruppen von Dokumenten, Codierer:innen, Links, Netzwerke und Notizen."
    " Bild-, Ton- und Videostellen noch nicht."
    " Codebuch (.qdc): die Codes.",
    "en": "REFI-QDA project (.qdpx, .qde): texts, codes, codings, cases with variables,"
    " groups of documents, coders, links, networks and notes."
    " No picture, audio or video selections yet. Codebook (.qdc): the codes.",
}
ROOT = re.compile(r"<(\w+:)?(Project|CodeBook)[\s>]")
DIRECTIONS: dict[str, Direction] = {"oneway": "oneway", "bidirectional": "both"}
SET = "Set"
"""What the attribute is called whose values are the names of groups of documents."""
VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")
CLAIM = re.compile(r"^\s*claim:\s*\{(?P<body>.*)\}\s*$", re.DOTALL)
PART = re.compile(r"(\w+):\s*(\"(?:[^\"\\]|\\.)*\"|[^,{}]*)")
LABEL = re.compile(r"^([A-ZÄÖÜ][\w.-]{0,24}):\s")


def sniff(source: Source) -> bool:
    """Tell whether it is an archive with a .qde, or the XML of a project or codebook."""
    if source.is_zip:
        return any(m.lower().endswith(".qde") for m in source.members)
    return source.is_text and ROOT.search(decode_head(source.head[:4096])) is not None


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read a REFI-QDA project, or the codes of a REFI-QDA codebook."""
    del options
    if source.is_zip:
        inner = [m for m in source.members if m.lower().endswith(".qde") and "/" not in m]
        if len(inner) != 1:
            why = f"{len(inner)} files *.qde in the archive, expected 1"
            problems.add(source.place, "unreadable", why=why)
            return Corpus()
        data = source.member(inner[0], problems)
        place = source.place.at(element=inner[0])
    else:
        data, place = source.path.read_bytes(), source.place
    root = parse_xml(data, place, problems) if data is not None else None
    if root is None:
        return Corpus()
    if local(root) == "CodeBook":
        return _Project(source, problems, place).read_codebook(root)
    if local(root) != "Project":
        problems.add(place, "unreadable", why=f"the root is <{local(root)}>, expected <Project>")
        return Corpus()
    return _Project(source, problems, place).read(root)


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the project without a source, its text, selections, notes, and what refers to it alone.

    An archive is written anew. None when no other source is left.
    """
    del options
    before = len(problems.errors)
    inner = next((m for m in source.members if m.lower().endswith(".qde") and "/" not in m), "")
    data = source.member(inner, problems) if source.is_zip else source.path.read_bytes()
    if data is None or len(problems.errors) > before:
        return None
    try:
        tree = Tree(data)
    except (ExpatError, ValueError, LookupError) as error:
        problems.add(source.place, "cannot-forget", why=str(error))
        return None
    names: dict[str, int] = {}
    gone: list[Node] = []
    left: list[Node] = []
    for node in tree.sources():
        name = node.attributes.get("name") or node.guid
        document = _numbered(names, name) if node.name == "TextSource" else name
        (gone if is_of(document, document_id) else left).append(node)
    if not gone:
        return source.path.read_bytes()
    if not left:
        return None
    claims = [r for r in read(source, {}, Problems()).relations if r.source_kind == "note"]
    ends = {
        mine: {(r.from_id, r.to_id) for r in claims if is_of(r.document_id, document_id) == mine}
        for mine in (True, False)
    }
    drawn = ends[True] - ends[False]
    tree.remove(gone, lambda pair: pair in drawn)
    if not source.is_zip:
        return tree.xml()
    kept = tree.kept_members(tuple(dict.fromkeys(source.members)))
    contents = {m: tree.xml() if m == inner else source.member(m, problems) for m in kept}
    return archive({name: content or b"" for name, content in contents.items()})


def _numbered(names: dict[str, int], name: str) -> str:
    """Give a document's id: its name, with a number where an earlier one is called the same."""
    names[name] = names.get(name, 0) + 1
    return name if names[name] == 1 else f"{name} ({names[name]})"


_guid = guid_of


@dataclass
class _Project:
    source: Source
    problems: Problems
    place: Place
    corpus: Corpus = field(default_factory=Corpus)
    raw: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    counted: dict[str, list[int]] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    known_codes: set[str] = field(default_factory=set)

    def count(self, kind: str, *, kept: bool = True) -> None:
        seen = self.counted.setdefault(kind, [0, 0])
        seen[0] += 1
        seen[1] += kept

    def at(self, element: Element) -> Place:
        name = element.get("name") or element.get("guid", "")[:13]
        return self.place.at(element=f"{local(element)} {name}".strip())

    def read(self, root: Element) -> Corpus:
        for user in children(root, "Users", "User"):
            guid = _guid(user.get("guid"))
            self.corpus.coders.append(Coder(guid, user.get("name") or guid, self.at(user)))
            self.count("users")
        for variable in children(root, "Variables", "Variable"):
            self.variables[_guid(variable.get("guid"))] = variable.get("name", "")
            self.count("variables")
        for book in children(root, "CodeBook"):
            self.codes(book)
        for note in children(root, "Notes", "Note"):
            self.notes[_guid(note.get("guid"))] = self.note_text(note)
        sources = [s for group in children(root, "Sources") for s in group]
        names: dict[str, int] = {}
        for element in sources:
            if local(element) == "TextSource":
                self.text_source(element, names)
            else:
                self.count(local(element), kept=False)
        rule = calibrate(
            (
                self.raw[_guid(s.get("guid"))],
                [self.span(x) for x in children(s, "PlainTextSelection")],
            )
            for s in sources
            if _guid(s.get("guid")) in self.raw
        )
        document_ids = {_guid(s.get("guid")): s for s in sources}
        for guid, element in document_ids.items():
            if guid in self.raw:
                self.selections(element, guid, converter(self.raw[guid], rule))
        self.cases(root)
        self.sets(root)
        self.links(root)
        self.edges(root)
        for kind, (seen, kept) in sorted(self.counted.items()):
            self.corpus.issues.append(Issue(self.source.shown, kind, seen, kept))
        self.corpus.imports.append(Import(self.source.shown, "", "refi", rule.name))
        self.name_coders()
        return self.corpus

    def read_codebook(self, root: Element) -> Corpus:
        self.codes(root)
        self.problems.add(self.place, "codebook-only", n=len(self.corpus.codes))
        return self.corpus

    def codes(self, book: Element) -> None:
        for code in children(book, "Codes", "Code"):
            self.code(code, "")

    def name_coders(self) -> None:
        """Let rows refer to coders by name: a project file says `primary: AB`, no GUID."""
        names = {c.coder_id: c.name for c in self.corpus.coders}
        self.corpus.coders[:] = [replace(c, coder_id=c.name) for c in self.corpus.coders]
        self.corpus.codings[:] = [
            replace(c, coder_id=names.get(c.coder_id, c.coder_id)) for c in self.corpus.codings
        ]
        self.corpus.relations[:] = [
            replace(r, coder_id=names.get(r.coder_id, r.coder_id)) for r in self.corpus.relations
        ]

    def code(self, element: Element, parent: str) -> None:
        guid = _guid(element.get("guid"))
        described = [d.text or "" for d in children(element, "Description")]
        # portableQDA writes an attribute, against the standard
        definition = "\n".join(described).strip() or element.get("description", "")
        self.corpus.codes.append(
            CodeRow(
                code_id=guid,
                name=element.get("name") or guid,
                parent_id=parent,
                codable=is_yes(element.get("isCodable", "true")),
                color=element.get("color", ""),
                definition=definition,
                place=self.at(element),
            )
        )
        self.known_codes.add(guid)
        self.count("codes")
        for child in children(element, "Code"):
            self.code(child, guid)

    def note_text(self, note: Element) -> str:
        inline = children(note, "PlainTextContent")
        if inline:
            return inline[0].text or ""
        path = note.get("plainTextPath")
        return (self.stored(path, note) or "") if path else ""

    def stored(self, path: str, element: Element) -> str | None:
        """Read a text of the archive; paths out of it are never followed."""
        if path.startswith(("absolute:", "relative:")) or not self.source.is_zip:
            self.problems.add(self.at(element), "text-missing", path=path)
            return None
        wanted = posixpath.basename(unquote(path.removeprefix("internal://"))).casefold()
        member = next((m for m in self.source.members if posixpath.basename(m).casefold() == wanted), None)
        if member is None:
            self.problems.add(self.at(element), "text-missing", path=path)
            return None
        data = self.source.member(member, self.problems)
        return None if data is None else decode(data, self.place.at(element=member), self.problems)

    def text_source(self, element: Element, names: dict[str, int]) -> None:
        guid = _guid(element.get("guid"))
        name = element.get("name") or guid
        document_id = _numbered(names, name)
        inline = children(element, "PlainTextContent")
        path = element.get("plainTextPath")
        text = inline[0].text or "" if inline else self.stored(path, element) if path else None
        self.count("documents", kept=text is not None)
        values = self.values(element, document_id)
        self.corpus.documents.append(
            Document(
                document_id=document_id,
                name=name,
                kind=values.get("kind") or "interview",
                text=None if text is None else text.replace("\r\n", "\n").replace("\r", "\n"),
                language=values.get("language", ""),
                date=values.get("date", ""),
                synthetic=is_yes(values.get("synthetic", "")),
                role=values.get("role", ""),
                place=self.at(element),
            )
        )
        if text is not None:
            self.raw[guid] = text
        self.documents[guid] = document_id

    def values(self, element: Element, document_id: str) -> dict[str, str]:
        """Give the variables of a source that are facts about a document, and keep the others."""
        found = {}
        for value in children(element, "VariableValue"):
            name, text = self.value(value)
            fact = column_of(name)
            if fact in FACTS:
                found[fact] = text
            elif name and text:
                place = self.at(element)
                self.corpus.attributes.append(Attribute("document", document_id, name, text, place=place))
                self.count("document values")
        return found

    def value(self, element: Element) -> tuple[str, str]:
        reference = children(element, "VariableRef")
        guid = _guid(reference[0].get("targetGUID")) if reference else ""
        texts = [v.text or "" for name in VALUES for v in children(element, name)]
        return self.variables.get(guid, guid), texts[0] if texts else ""

    def span(self, selection: Element) -> tuple[int, int]:
        ends = [selection.get("startPosition", ""), selection.get("endPosition", "")]
        start, end = (int(e) if e.lstrip("-").isdecimal() else -1 for e in ends)
        return start, end

    def selections(self, element: Element, guid: str, positions: list[int]) -> None:
        document_id = self.documents[guid]
        text = next(d.text for d in self.corpus.documents if d.document_id == document_id) or ""
        labels = self.speakers(document_id, text)
        for selection in children(element, "PlainTextSelection"):
            start, end = self.span(selection)
            self.count("selections")
            if not 0 <= start <= end < len(positions):
                self.problems.add(
                    self.at(selection),
                    "offsets-outside",
                    start=selection.get("startPosition", ""),
                    end=selection.get("endPosition", ""),
                    length=len(positions) - 1,
                )
                continue
            begin, stop = positions[start], positions[end]
            segment_id = _guid(selection.get("guid"))
            line = text.rfind("\n", 0, begin) + 1
            label = LABEL.match(text[line : line + 40])
            speaker = labels.get(label[1], "") if label else ""
            self.corpus.segments.append(
                Segment(
                    segment_id=segment_id,
                    document_id=document_id,
                    quote=text[begin:stop],
                    start=begin,
                    end=stop,
                    speaker_id=speaker,
                    anchor="calibrated",
                    place=self.at(selection),
                )
            )
            for coding in children(selection, "Coding"):
                self.coding(coding, segment_id)
            for note in children(selection, "NoteRef"):
                self.claim(note, selection, segment_id, document_id)

    def speakers(self, document_id: str, text: str) -> dict[str, str]:
        role = next(d.role for d in self.corpus.documents if d.document_id == document_id)
        labels = dict.fromkeys(m[1] for line in text.split("\n") if (m := LABEL.match(line)) is not None)
        for label in labels:
            asks = label.casefold().rstrip("0123456789") in {
                "i",
                "int",
                "interviewer",
                "interviewerin",
            }
            speaker = Speaker(f"{document_id}/{label}", document_id, label, "" if asks else role, asks)
            self.corpus.speakers.append(speaker)
        return {label: f"{document_id}/{label}" for label in labels}

    def coding(self, element: Element, segment_id: str) -> None:
        reference = children(element, "CodeRef")
        code = _guid(reference[0].get("targetGUID")) if reference else ""
        known = code in self.known_codes
        self.count("codings", kept=known)
        if not known:
            self.problems.add(
                self.at(element), "unknown-code", what="CodeRef", code=code or "(none)", near=""
            )
            return
        coding_id = _guid(element.get("guid")) or f"{segment_id}/{code}"
        self.corpus.codings.append(
            Coding(
                coding_id,
                segment_id,
                code,
                _guid(element.get("creatingUser")),
                date=day_of(element.get("creationDateTime", "")),
                place=self.at(element),
            )
        )

    def claim(self, note: Element, selection: Element, segment_id: str, document_id: str) -> None:
        guid = _guid(note.get("targetGUID"))
        text = self.notes.get(guid, "")
        found = CLAIM.match(text)
        if not found:
            self.corpus.memos.append(Memo(guid, text, "segment", segment_id, place=self.at(selection)))
            self.count("notes")
            return
        values = {k: _unquoted(v) for k, v in PART.findall(found["body"])}
        place = self.place.at(element=f"Note {guid[:13]}")
        facts = claim_facts(values, lambda _: place, self.problems)
        self.count("claims", kept=facts is not None)
        if facts is None:
            return
        ends = [self.named_code(values.get(end, ""), place) for end in ("cause", "effect")]
        for end, value in zip(("cause", "effect"), ends, strict=True):
            if not value:
                self.problems.add(place, "half-claim", missing=end)
        coder = values.get("coder", "")
        claim_id = values.get("id") or guid
        self.corpus.relations.append(
            Relation(
                relation_id=claim_id,
                from_id=ends[0],
                to_id=ends[1],
                **facts,
                source_kind="note",
                document_id=document_id,
                coder_id=coder,
                place=place,
            )
        )
        self.corpus.relation_evidence.append(RelationEvidence(claim_id, segment_id, place))

    def named_code(self, name: str, place: Place) -> str:
        """Give the id of the code that a claim names; a new row where the project has none."""
        if not name:
            return ""
        if name not in self.known_codes:
            self.known_codes.add(name)
            self.corpus.codes.append(CodeRow(name, name, place=place))
        return name

    def cases(self, root: Element) -> None:
        for i, case in enumerate(children(root, "Cases", "Case"), start=1):
            guid = _guid(case.get("guid"))
            name = case.get("name") or f"Case {i}"
            self.corpus.cases.append(Case(guid, name, "refi", self.at(case)))
            self.count("cases")
            for value in children(case, "VariableValue"):
                variable, text = self.value(value)
                self.corpus.attributes.append(Attribute("case", guid, variable, text, place=self.at(case)))
                self.count("case values")
            for reference in children(case, "SourceRef"):
                document = self.documents.get(_guid(reference.get("targetGUID")))
                if document:
                    self.corpus.document_cases.append(DocumentCase(document, guid, "case", self.at(case)))

    def sets(self, root: Element) -> None:
        """Read groups of documents: one called ``attribute: value`` says so of each of its documents."""
        for group in children(root, "Sets", "Set"):
            references = (m.get("targetGUID") or m.get("guid") for m in children(group, "MemberSource"))
            members = [self.documents[g] for m in references if (g := _guid(m)) in self.documents]
            attribute, _, value = (part.strip() for part in group.get("name", "").partition(":"))
            self.count("sets", kept=bool(members and attribute))
            for document in members if attribute else ():
                fact = (attribute, value) if value else (SET, attribute)
                place = self.at(group)
                self.corpus.attributes.append(Attribute("document", document, *fact, place=place))

    def edges(self, root: Element) -> None:
        """Read edges of graphs that join two codes; one that stands for a link was read with it."""
        codes = {c.code_id for c in self.corpus.codes}
        links = {_guid(x.get("guid")) for x in children(root, "Links", "Link")}
        claimed = {(r.from_id, r.to_id) for r in self.corpus.relations if r.source_kind == "note"}
        for graph in children(root, "Graphs", "Graph"):
            stands = {
                _guid(v.get("guid")): _guid(v.get("representedGUID")) for v in children(graph, "Vertex")
            }
            for k, edge in enumerate(children(graph, "Edge"), start=1):
                ends = [stands.get(_guid(edge.get(e)), "") for e in ("sourceVertex", "targetVertex")]
                drawn = _guid(edge.get("representedGUID")) in links
                joins = codes.issuperset(ends)
                self.count("edges", kept=drawn or joins)
                if drawn or not joins or tuple(self.code_name(e) for e in ends) in claimed:
                    continue
                self.corpus.relations.append(
                    Relation(
                        relation_id=_guid(edge.get("guid")) or f"{_guid(graph.get('guid'))}/{k}",
                        from_id=ends[0],
                        to_id=ends[1],
                        label=edge.get("name", ""),
                        direction=DIRECTIONS.get(edge.get("direction", "").lower(), "none"),
                        sign=sign_of(edge.get("name", "")) or "unstated",
                        source_kind="graph",
                        extra=json.dumps(dict(edge.attrib), ensure_ascii=False),
                        place=self.at(edge),
                    )
                )

    def links(self, root: Element) -> None:
        codes = {c.code_id for c in self.corpus.codes}
        segments = {s.segment_id: s.document_id for s in self.corpus.segments}
        claimed = {(r.from_id, r.to_id) for r in self.corpus.relations}
        for link in children(root, "Links", "Link"):
            ends = [_guid(link.get(k)) for k in ("originGUID", "targetGUID")]
            kinds: list[EndType] = [
                "code" if e in codes else "segment" if e in segments else "memo" for e in ends
            ]
            self.count("links")
            names = tuple(self.code_name(e) for e in ends)
            if names in claimed:
                continue  # the link only draws what the claims of its notes say
            direction = DIRECTIONS.get(link.get("direction", "").lower(), "none")
            self.corpus.relations.append(
                Relation(
                    relation_id=_guid(link.get("guid")),
                    from_id=ends[0],
                    to_id=ends[1],
                    from_type=kinds[0],
                    to_type=kinds[1],
                    label=link.get("name", ""),
                    direction=direction,
                    sign=sign_of(link.get("name", "")) or "unstated",
                    source_kind="link",
                    extra=json.dumps(dict(link.attrib), ensure_ascii=False),
                    place=self.at(link),
                )
            )

    def code_name(self, guid: str) -> str:
        return next((c.name for c in self.corpus.codes if c.code_id == guid), guid)


def _unquoted(text: str) -> str:
    text = text.strip()
    return str(json.loads(text)) if text.startswith('"') else text
