"""From the normal form to the elements of a REFI-QDA project, in the order that the schema asks for."""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from qualnet.files import archive
from qualnet.paper import printable
from qualnet.readers._refi import DRAWN, ORIGIN, QUOTES
from qualnet.readers._refi_project import document_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualnet.corpus import Attribute, Coding, Corpus, Document, Memo, Relation, Segment

__all__ = ["Drawn", "archive_of", "is_guid"]

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://qualnet/project")
UTF16 = "qualnet (UTF-16)"
SET = "Set"
MEMBERS = ("MemberCode", "MemberSource", "MemberNote")
SCALE = 100
"""Points of a drawing to one unit of our layout."""
BOX = 40
FACTS = ("kind", "role", "language", "date")
_GUID = re.compile(r"\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?", re.IGNORECASE)
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_AREA = re.compile(r"(?:S\. (?P<page>\d+) \()?(?P<corners>-?\d+, -?\d+ - -?\d+, -?\d+)\)?")
_TIMES = re.compile(r"(\d{2,}):(\d\d):(\d\d) - (\d{2,}):(\d\d):(\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
DIRECTIONS = {"oneway": "OneWay", "both": "Bidirectional", "none": "Associative"}
SIGNS = {"+": "+", "-": "-", "ambivalent": "ambivalent", "mixed": "mixed", "unstated": "", "": ""}


@dataclass(frozen=True)
class Drawn:
    """A network as it is drawn.

    Attributes
    ----------
    nodes
        Code and its position.
    edges
        Cause, effect, sign and number of interviews.
    told
        Whether the numbers, and that no sign was stated, may be told.
    """

    title: str
    case: str
    nodes: tuple[tuple[str, tuple[float, float]], ...]
    edges: tuple[tuple[str, str, str, int], ...]
    directed: bool = True
    told: bool = True


def is_guid(text: str) -> bool:
    """Tell whether an id is a GUID, as other programs give them."""
    return _GUID.fullmatch(text) is not None


def archive_of(
    corpus: Corpus,
    title: str,
    drawn: Sequence[Drawn] = (),
    *,
    claims_as_codes: bool = False,
    utf16: bool = False,
) -> bytes:
    """Write a corpus as a REFI-QDA project.

    Parameters
    ----------
    corpus
        Codes, codings and claims name each other by the ids of their rows.
    title
        Of the project.
    drawn
        Networks, each as a graph and links.
    claims_as_codes
        Write claims as codes ``A -> B (+)`` on their passages; else as notes of one line.
    utf16
        Count positions in UTF-16 units; else in code points, as the standard has it.

    Returns
    -------
    bytes
        ``project.qde`` and ``sources/GUID.txt``: UTF-8, LF, no BOM, the same for the same corpus.
    """
    writer = _Writer(corpus, claims_as_codes=claims_as_codes, utf16=utf16)
    root = writer.project(title, drawn)
    ET.indent(root, " ")
    xml = '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
    return archive({"project.qde": xml.encode(), **writer.texts})


@dataclass
class _Writer:
    corpus: Corpus
    claims_as_codes: bool
    utf16: bool
    texts: dict[str, bytes] = field(default_factory=dict)
    notes: dict[str, ET.Element] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    elements: dict[tuple[str, str], ET.Element] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    on_segment: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    on_document: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    on_coding: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    stated: dict[str, list[tuple[str, Relation]]] = field(default_factory=lambda: defaultdict(list))
    relation_codes: dict[str, str] = field(default_factory=dict)

    def project(self, title: str, drawn: Sequence[Drawn]) -> ET.Element:
        self.named = {row.code_id: row.name for row in self.corpus.codes}
        self.times = Counter(self.named.values())
        self.facts: dict[tuple[str, str], list[Attribute]] = defaultdict(list)
        for row in self.corpus.attributes:
            self.facts[row.owner_type, row.owner_id].append(row)
        self.memos_and_claims()
        users, cases = self.users(), self.cases()
        sources, codebook = self.all_sources(), self.codebook()
        links, graphs = self.relations(drawn)
        origin = UTF16 if self.utf16 else ORIGIN
        root = ET.Element(
            "Project", {"xmlns": "urn:QDA-XML:project:1.0", "name": printable(title), "origin": origin}
        )
        variables = ET.Element("Variables")
        for name, guid in self.variables.items():
            about = {"guid": guid, "name": printable(name), "typeOfVariable": "Text"}
            ET.SubElement(variables, "Variable", about)
        notes = ET.Element("Notes")
        notes.extend(self.notes.values())
        for part in (users, codebook, variables, cases, sources, notes, links, self.sets(), graphs):
            if len(part):
                root.append(part)
        self.elements["project", ""] = root
        self.put_back()
        return root

    def guid(self, kind: str, name: str) -> str:
        if is_guid(name):
            return name.strip("{}").upper()
        return str(uuid.uuid5(NAMESPACE, f"{kind}\0{name}")).upper()

    def put_back(self) -> None:
        """Write back what of a project qualnet has no place for."""
        for row in self.corpus.extras:
            element = self.elements.get((row.owner_type, row.owner_id))
            if element is None:
                continue
            if row.name.startswith("@"):
                element.set(row.name[1:], row.value)
            else:
                element.append(ET.fromstring(row.value))  # noqa: S314 (written by us from what was parsed)

    # people, codes, cases

    def users(self) -> ET.Element:
        group = ET.Element("Users")
        names = {row.coder_id: row.name for row in self.corpus.coders}
        names |= {c.coder_id: c.coder_id for c in self.corpus.codings if c.coder_id not in names}
        for coder, name in names.items():
            if coder:
                ET.SubElement(group, "User", {"guid": self.guid("coder", coder), "name": printable(name)})
        return group

    def codebook(self) -> ET.Element:
        group = ET.Element("CodeBook")
        codes = ET.SubElement(group, "Codes")
        below: dict[str, list[str]] = defaultdict(list)
        rows = {row.code_id: row for row in self.corpus.codes}
        for row in rows.values():
            below[row.parent_id if row.parent_id in rows else ""].append(row.code_id)
        done: set[str] = set()

        def add(code_id: str, parent: ET.Element) -> None:
            row = rows[code_id]
            done.add(code_id)
            about = {
                "guid": self.guid("code", code_id),
                "name": printable(row.name),
                "isCodable": "true" if row.codable else "false",
            }
            if _COLOUR.fullmatch(row.color):
                about["color"] = row.color
            element = ET.SubElement(parent, "Code", about)
            self.elements["code", code_id] = element
            self.describe(element, row.definition)
            self.refer(element, self.on.get(("code", code_id), ()))
            for child in below[code_id]:
                if child not in done:
                    add(child, element)

        for code_id in below[""]:
            add(code_id, codes)
        for code_id in rows:  # those whose parents go round in a circle
            if code_id not in done:
                add(code_id, codes)
        for name, guid in self.relation_codes.items():
            ET.SubElement(codes, "Code", {"guid": guid, "name": printable(name), "isCodable": "true"})
        unknown = {c.code_id for c in self.corpus.codings} - rows.keys()
        for code_id in sorted(unknown):
            about = {"guid": self.guid("code", code_id), "name": printable(code_id), "isCodable": "true"}
            ET.SubElement(codes, "Code", about)
        return group if len(codes) else ET.Element("CodeBook")

    def describe(self, element: ET.Element, text: str) -> None:
        if text:
            ET.SubElement(element, "Description").text = printable(text)

    def refer(self, element: ET.Element, notes: Iterable[str]) -> None:
        for guid in notes:
            ET.SubElement(element, "NoteRef", {"targetGUID": guid})

    def value(self, element: ET.Element, variable: str, text: str) -> None:
        guid = self.variables.setdefault(variable, self.guid("variable", variable))
        value = ET.SubElement(element, "VariableValue")
        ET.SubElement(value, "VariableRef", {"targetGUID": guid})
        ET.SubElement(value, "TextValue").text = printable(text)

    def cases(self) -> ET.Element:
        group = ET.Element("Cases")
        known = {d.document_id for d in self.corpus.documents}
        for case in self.corpus.cases:
            about = {"guid": self.guid("case", case.case_id), "name": printable(case.name)}
            element = ET.SubElement(group, "Case", about)
            self.elements["case", case.case_id] = element
            self.describe(element, "\n\n".join(m.text for m in self.about("case", case.case_id)))
            for row in self.facts["case", case.case_id]:
                self.value(element, row.name, row.value)
            for member in self.corpus.document_cases:
                if member.case_id == case.case_id and member.document_id in known:
                    guid = self.guid("document", member.document_id)
                    ET.SubElement(element, "SourceRef", {"targetGUID": guid})
        return group

    def sets(self) -> ET.Element:
        group = ET.Element("Sets")
        members: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row in self.corpus.attributes:
            if row.owner_type == "document" and row.name == SET:
                members[row.value]["MemberSource"].append(self.guid("document", row.owner_id))
        for extra in self.corpus.extras:
            if extra.owner_type == "set" and extra.name in MEMBERS:
                members[extra.owner_id][extra.name].append(extra.value.upper())
        for name, found in members.items():
            about = {"guid": self.guid("set", name), "name": printable(name)}
            element = ET.SubElement(group, "Set", about)
            for kind in MEMBERS:
                for guid in found[kind]:
                    ET.SubElement(element, kind, {"targetGUID": guid})
        return group

    # notes: memos, comments, claims

    def about(self, kind: str, name: str) -> list[Memo]:
        return [m for m in self.corpus.memos if (m.target_type, m.target_id) == (kind, name)]

    def note(self, guid: str, text: str, coder: str = "") -> str:
        element = ET.Element("Note", {"guid": guid})
        if coder:
            element.set("creatingUser", self.guid("coder", coder))
        ET.SubElement(element, "PlainTextContent").text = printable(text)
        self.notes[guid] = element
        return guid

    def memos_and_claims(self) -> None:
        self.on: dict[tuple[str, str], list[str]] = defaultdict(list)
        comments = {c.coding_id: c.comment for c in self.corpus.codings}
        for memo in self.corpus.memos:
            if memo.target_type == "case" or (
                memo.target_type == "coding" and memo.text in comments.get(memo.target_id, "")
            ):
                continue  # a case has a description; a comment is written with its coding
            guid = self.note(self.guid("memo", memo.memo_id), memo.text, memo.coder_id)
            self.on[memo.target_type, memo.target_id].append(guid)
        evidence: dict[str, list[str]] = defaultdict(list)
        segments = {s.segment_id for s in self.corpus.segments}
        for row in self.corpus.relation_evidence:
            if row.segment_id in segments:
                evidence[row.relation_id].append(row.segment_id)
        self.passages = evidence
        for relation in self.corpus.relations:
            passages = evidence.get(relation.relation_id, [])
            if relation.withdrawn or not self.is_claim(relation, passages):
                continue
            arrow = relation.from_id and relation.to_id and relation.direction == "oneway"
            if self.claims_as_codes and passages and arrow:
                for segment_id in passages:
                    self.stated[segment_id].append((self.relation_code(relation), relation))
                continue
            guid = self.note(self.guid("claim", relation.relation_id), self.line(relation), relation.coder_id)
            for segment_id in passages:
                self.on["segment", segment_id].append(guid)
            if not passages:
                self.on["document", relation.document_id].append(guid)

    def is_claim(self, relation: Relation, passages: list[str]) -> bool:
        """Tell whether somebody states it somewhere; else it is a line that joins two things."""
        ends = {relation.from_type, relation.to_type}
        return ends == {"code"} and bool(passages or relation.document_id)

    def end(self, code_id: str) -> str:
        """Name a code: as people do, where no other one is called so."""
        name = self.named.get(code_id, code_id)
        return name if self.times[name] <= 1 else self.guid("code", code_id).lower()

    def relation_code(self, relation: Relation) -> str:
        sign = {"+": " (+)", "-": " (-)", "ambivalent": " (±)"}.get(relation.sign, "")
        ends = [self.named.get(end, end) for end in (relation.from_id, relation.to_id)]
        name = " -> ".join(ends) + sign
        return self.relation_codes.setdefault(name, self.guid("relation code", name))

    def line(self, relation: Relation) -> str:
        """Write a claim as one line."""
        said = {
            "id": relation.relation_id,
            "cause": self.end(relation.from_id),
            "effect": self.end(relation.to_id),
            "sign": "" if relation.sign == "unstated" else relation.sign,
            "status": "" if relation.status == "observed" else relation.status,
            "denied": "yes" * relation.denied,
            "repeat": "yes" * relation.repeat,
            "about_case": relation.about_case,
            "condition": relation.condition,
            "hedge": relation.hedge,
            "strength": relation.strength,
            "certainty": relation.certainty,
            "coder": relation.coder_id,
            "memo": relation.comment,
            "direction": "" if relation.direction == "oneway" else relation.direction,
            "label": relation.label,
            "kind": "" if relation.source_kind == "note" else relation.source_kind,
            "extra": relation.extra,
        }
        body = ", ".join(f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in said.items() if v)
        return f"claim: {{{body}}}"

    # sources

    def all_sources(self) -> ET.Element:
        group = ET.Element("Sources")
        by_document: dict[str, list[Segment]] = defaultdict(list)
        for segment in self.corpus.segments:
            by_document[segment.document_id].append(segment)
        codings: dict[str, list[Coding]] = defaultdict(list)
        for coding in self.corpus.codings:
            codings[coding.segment_id].append(coding)
        ids = [d.document_id for d in self.corpus.documents]
        names = [d.name for d in self.corpus.documents]
        # a name that a reader would number as the id has it stays a name
        if list(document_names(zip(names, ids, strict=True))) != ids:
            names = ids
        for document, name in zip(self.corpus.documents, names, strict=True):
            group.append(_Source(self, document, name, by_document[document.document_id], codings).element())
        return group

    # lines between things

    def relations(self, drawn: Sequence[Drawn]) -> tuple[ET.Element, ET.Element]:
        links, graphs = ET.Element("Links"), ET.Element("Graphs")
        lines = ET.Element("Graph", {"guid": self.guid("graph", "lines"), "name": "qualnet"})
        for relation in self.corpus.relations:
            if relation.withdrawn or self.is_claim(relation, self.passages.get(relation.relation_id, [])):
                continue
            ends = [
                self.guid(kind, name)
                for kind, name in (
                    (relation.from_type, relation.from_id),
                    (relation.to_type, relation.to_id),
                )
            ]
            if relation.source_kind == "graph":
                self.edge(lines, relation, ends)
                continue
            about = {"guid": self.guid("link", relation.relation_id)}
            about |= {"name": printable(relation.label)} if relation.label else {}
            about |= {"direction": DIRECTIONS[relation.direction], "originGUID": ends[0]}
            link = ET.SubElement(links, "Link", about | {"targetGUID": ends[1]})
            self.refer(link, self.on.get(("relation", relation.relation_id), ()))
        if len(lines):
            graphs.append(lines)
        for network in drawn:
            self.network(network, links, graphs)
        return links, graphs

    def edge(self, graph: ET.Element, relation: Relation, ends: list[str]) -> None:
        points = []
        for k, end in enumerate(ends):
            guid = self.guid("vertex", f"{relation.relation_id}/{k}")
            about = {"guid": guid, "representedGUID": end, "firstX": str(200 * k), "firstY": "0"}
            graph.insert(k, ET.Element("Vertex", about))
            points.append(guid)
        about = {"guid": self.guid("edge", relation.relation_id)}
        about |= {"name": printable(relation.label)} if relation.label else {}
        about |= {"sourceVertex": points[0], "targetVertex": points[1]}
        ET.SubElement(graph, "Edge", about | {"direction": DIRECTIONS[relation.direction]})

    def network(self, drawn: Drawn, links: ET.Element, graphs: ET.Element) -> None:
        about = {"guid": self.guid("graph", drawn.title), "name": printable(drawn.title)}
        graph = ET.SubElement(graphs, "Graph", about)
        points: dict[str, str] = {}
        for code, (x, y) in drawn.nodes:
            points[code] = self.guid("vertex", f"{drawn.title}\0{code}")
            corner = (round(x * SCALE), round(y * SCALE))
            about = {"guid": points[code], "representedGUID": self.guid("code", code)}
            about |= {"name": printable(self.named.get(code, code))}
            about |= {"firstX": str(corner[0]), "firstY": str(corner[1])}
            about |= {"secondX": str(corner[0] + BOX), "secondY": str(corner[1] + BOX)}
            ET.SubElement(graph, "Vertex", about)
        direction = DIRECTIONS["oneway" if drawn.directed else "none"]
        for cause, effect, sign, n in drawn.edges:
            said = [drawn.title, SIGNS[sign], str(n) * drawn.told]
            name = printable(DRAWN + ", ".join(x for x in said if x))
            key = f"{drawn.title}\0{cause}\0{effect}"
            link = self.guid("drawn", key)
            ends = {"originGUID": self.guid("code", cause), "targetGUID": self.guid("code", effect)}
            ET.SubElement(links, "Link", {"guid": link, "name": name, "direction": direction, **ends})
            about = {"guid": self.guid("edge", key), "representedGUID": link, "name": name}
            about |= {"sourceVertex": points[cause], "targetVertex": points[effect], "direction": direction}
            ET.SubElement(graph, "Edge", about)


@dataclass
class _Source:
    """One document: its element, and the selections in it."""

    writer: _Writer
    document: Document
    name: str
    segments: list[Segment]
    codings: dict[str, list[Coding]]

    def element(self) -> ET.Element:
        document, writer = self.document, self.writer
        apart = [s for s in self.segments if s.start is None]
        areas = [(s, m) for s in apart if s.kind == "area" and (m := _AREA.fullmatch(s.area))]
        spoken = [(s, m) for s in apart if s.kind == "time" and (m := _TIMES.fullmatch(s.time))]
        in_text = [s for s in self.segments if s.start is not None and document.text is not None]
        timed = any(_TIMES.fullmatch(s.time) for s in in_text)
        kind = "TextSource"
        if areas:
            kind = "PDFSource" if any(m["page"] for _, m in areas) else "PictureSource"
        elif spoken or timed:
            kind = "AudioSource"
        elsewhere = areas or spoken
        placed = {s.segment_id for s, _ in elsewhere} | {s.segment_id for s in in_text}
        loose = [s for s in self.segments if s.segment_id not in placed]
        guid = writer.guid("document", document.document_id)
        element = ET.Element(kind, {"guid": guid, "name": printable(self.name)})
        writer.elements["document", document.document_id] = element
        quotes = document.text is None and bool(loose)
        text = document.text
        spans = [(s, s.start or 0, s.end or 0) for s in in_text]
        if quotes:
            text, spans, loose = _quotes(loose)
        inner = element
        if kind != "TextSource":
            element.set("path", f"relative:///{printable(self.name)}")
            if text is not None:
                tag = {"PDFSource": "Representation", "PictureSource": "TextDescription"}.get(
                    kind, "Transcript"
                )
                inner = ET.Element(tag, {"guid": writer.guid("text", document.document_id)})
        if text is not None:
            file = f"{inner.get('guid')}.txt"
            inner.set("plainTextPath", f"internal://{file}")
            writer.texts[f"sources/{file}"] = text.encode("utf-8", "surrogatepass")
        marks = self.in_text(inner.tag, text or "", spans, loose)
        outside = [self.outside(s, found, kind) for s, found in elsewhere]
        if inner is element:
            element.extend(marks)
        else:
            inner.extend(marks)
            # a recording has its text first, a PDF its areas, a picture its text
            parts = [*outside, inner] if kind == "PDFSource" else [inner, *outside]
            element.extend(parts if text is not None else outside)
        if kind != "TextSource" and inner is element:
            element.extend(outside)
        writer.refer(element, writer.on.get(("document", document.document_id), ()))
        self.values(element, kind, quotes=quotes)
        return element

    def values(self, element: ET.Element, kind: str, *, quotes: bool) -> None:
        document = self.document
        usual = {"kind": "picture" if kind == "PictureSource" else "interview"}
        for fact in FACTS:
            said = str(getattr(document, fact))
            if said and said != usual.get(fact, ""):
                self.writer.value(element, fact, said)
        if document.synthetic:
            self.writer.value(element, "synthetic", "yes")
        for row in self.writer.facts["document", document.document_id]:
            if row.name != SET and row.value:
                self.writer.value(element, row.name, row.value)
        if quotes:
            self.writer.value(element, QUOTES, "quotes")

    def in_text(
        self, tag: str, text: str, spans: list[tuple[Segment, int, int]], loose: list[Segment]
    ) -> list[ET.Element]:
        units = _utf16(text) if self.writer.utf16 else range(len(text) + 1)
        spoken = tag == "Transcript"
        name = "TranscriptSelection" if spoken else "PlainTextSelection"
        points: list[ET.Element] = []
        marks = []
        for segment, start, end in [*spans, *((s, 0, 0) for s in loose)]:
            mark = self.mark(name, segment, segment.quote if start == end else "")
            if not spoken:
                mark.set("startPosition", str(units[start]))
                mark.set("endPosition", str(units[end]))
            else:
                found = _TIMES.fullmatch(segment.time)
                times = _milliseconds(found) if found else ("", "")
                for key, at, time in zip(("from", "to"), (start, end), times, strict=True):
                    guid = self.writer.guid("sync point", f"{segment.segment_id}/{key}")
                    point = ET.Element("SyncPoint", {"guid": guid, "position": str(units[at])})
                    if time:
                        point.set("timeStamp", time)
                    points.append(point)
                    mark.set(f"{key}SyncPoint", guid)
            marks.append(mark)
        return [*points, *marks]

    def outside(self, segment: Segment, found: re.Match[str], kind: str) -> ET.Element:
        """Give a passage that lies in no text, by its times or its corners."""
        mark = self.mark(kind.replace("Source", "Selection"), segment, "")
        if kind == "AudioSource":
            for key, time in zip(("begin", "end"), _milliseconds(found), strict=True):
                mark.set(key, time)
            return mark
        if kind == "PDFSource":
            mark.set("page", str(int(found["page"] or 1) - 1))
        corners = re.findall(r"-?\d+", found["corners"])
        for key, number in zip(("firstX", "firstY", "secondX", "secondY"), corners, strict=True):
            mark.set(key, number)
        if segment.quote and kind == "PDFSource":
            words = ET.Element("Representation", {"guid": self.writer.guid("words", segment.segment_id)})
            ET.SubElement(words, "PlainTextContent").text = printable(segment.quote)
            mark.insert(0, words)
        return mark

    def mark(self, tag: str, segment: Segment, words: str) -> ET.Element:
        writer = self.writer
        mark = ET.Element(tag, {"guid": writer.guid("segment", segment.segment_id)})
        if words:
            mark.set("name", printable(words))
        writer.elements["segment", segment.segment_id] = mark
        for coding in self.codings.get(segment.segment_id, ()):
            about = {"guid": writer.guid("coding", coding.coding_id)}
            if coding.coder_id:
                about["creatingUser"] = writer.guid("coder", coding.coder_id)
            if _DAY.fullmatch(coding.date):
                about["creationDateTime"] = f"{coding.date}T00:00:00Z"
            element = ET.SubElement(mark, "Coding", about)
            writer.elements["coding", coding.coding_id] = element
            ET.SubElement(element, "CodeRef", {"targetGUID": writer.guid("code", coding.code_id)})
            if coding.comment:
                guid = writer.guid("comment", coding.coding_id)
                writer.refer(element, [writer.note(guid, coding.comment, coding.coder_id)])
            writer.refer(element, writer.on.get(("coding", coding.coding_id), ()))
        for code, relation in writer.stated.get(segment.segment_id, ()):
            key = f"{relation.relation_id}\0{segment.segment_id}"
            about = {"guid": writer.guid("claim coding", key)}
            if relation.coder_id:
                about["creatingUser"] = writer.guid("coder", relation.coder_id)
            element = ET.SubElement(mark, "Coding", about)
            ET.SubElement(element, "CodeRef", {"targetGUID": code})
            if relation.comment:
                guid = writer.note(writer.guid("claim comment", key), relation.comment, relation.coder_id)
                writer.refer(element, [guid])
        writer.refer(mark, writer.on.get(("segment", segment.segment_id), ()))
        return mark


def _quotes(segments: list[Segment]) -> tuple[str, list[tuple[Segment, int, int]], list[Segment]]:
    """Give quotes below each other as a text, with their places; and the passages without words."""
    text, spans = "", []
    for segment in segments:
        if segment.quote:
            spans.append((segment, len(text), len(text) + len(segment.quote)))
            text += segment.quote + "\n\n"
    return text, spans, [s for s in segments if not s.quote]


def _utf16(text: str) -> list[int]:
    """Give for each position of a text the number of UTF-16 units before it."""
    units, at = [0], 0
    for char in text:
        at += 1 + (char > "\uffff")
        units.append(at)
    return units


def _milliseconds(found: re.Match[str]) -> tuple[str, str]:
    hours = [int(x) for x in found.groups()]
    begin, end = (h * 3600 + m * 60 + s for h, m, s in (hours[:3], hours[3:]))
    return f"{begin * 1000}", f"{end * 1000}"
