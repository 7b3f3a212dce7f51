"""Word documents (.docx): a transcript, with comments as codes where there are some.

The words of a comment's range are a segment. A comment holds one code a line (or parted by
semicolons), `#tags`, `Code: note`, or `A -> B (+)` for a claim; sentences are notes. Commas part
nothing, for names of codes hold them. Dedoose writes such files too: a first line `Codes (0-120)`.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualnet.corpus import Coder, CodeRow, Coding, Corpus, Document, Import, Issue, Memo, Segment
from qualnet.days import day_of
from qualnet.readers._claims import claims_in_comment, commented
from qualnet.readers._speakers import speaker_at, speakers_of
from qualnet.readers._xml import local, parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from qualnet.problems import Place, Problems
    from qualnet.readers._source import Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "Word-Dokument (.docx): Transkript; Kommentare als Codes (auch von Dedoose), mit Person und Tag."
    " Gelöschtes aus der Überarbeitung, Fußnoten und Kopfzeilen nicht.",
    "en": "Word document (.docx): a transcript; comments as codes (Dedoose's too), with coder and day."
    " No deleted text of tracked changes, footnotes or headers.",
}
GONE = {"del", "moveFrom", "Fallback", "instrText"}
"""Elements whose text is no text of the document: deleted, moved away, shown twice, a field."""
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
DEDOOSE = re.compile(r"Codes \(\d+-\d+\)")
TAG = re.compile(r"#([\w-]+)")
NOTED = re.compile(r"(?P<code>[^:]{1,40}):\s+(?P<note>.+)")
LONGEST = 60
"""Characters of a code; what is longer, or ends like a sentence, is a note."""


def sniff(source: Source) -> bool:
    """Tell whether it is a Word document."""
    return source.kind == "docx"


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> None:
    """Say that the whole file goes: it holds one interview and nothing else."""
    del source, options, document_id, problems


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read a document; its id is the file's name without ending."""
    del options
    main = _related(source, "", "officeDocument", problems)
    body = _part(source, main, problems) if main else None
    if body is None:
        if not main:
            problems.add(source.place, "unreadable", why="no document in the archive")
        return Corpus()
    text = _Text()
    text.walk(body)
    plain = "\n".join(text.paragraphs)
    if not plain.strip():
        problems.add(source.place, "empty-file")
        return Corpus()
    corpus = Corpus()
    corpus.documents.append(Document(source.stem, source.stem, text=plain, place=source.place))
    corpus.speakers.extend(speakers_of(source.stem, plain))
    n = sum(1 for line in plain.split("\n") if line.strip())
    corpus.issues.append(Issue(source.shown, "paragraphs", n, n))
    name = _related(source, main, "comments", problems)
    comments = _part(source, name, problems) if name else None
    if comments is not None:
        extended = _related(source, main, "commentsExtended", problems)
        replies = _replies(_part(source, extended, problems)) if extended else {}
        _Comments(source, corpus, plain, text.ranges).read(comments, replies)
    corpus.imports.append(Import(source.shown, "", "word", "code points of the text"))
    return corpus


def _related(source: Source, part: str, kind: str, problems: Problems) -> str:
    """Give the member of the archive that a part (or the whole) names by a relation; may be none."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in source.members:
        return ""
    data = source.member(relations, problems)
    root = parse_xml(data, source.place.at(element=relations), problems) if data is not None else None
    for relation in root if root is not None else ():
        if relation.get("Type", "").endswith(f"/{kind}"):
            target = relation.get("Target", "")
            found = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            return found if found in source.members else ""
    return ""


def _part(source: Source, name: str, problems: Problems) -> Element | None:
    data = source.member(name, problems)
    return parse_xml(data, source.place.at(element=name), problems) if data is not None else None


def _attribute(element: Element, name: str) -> str:
    """Give an attribute, whatever its namespace."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _replies(extended: Element | None) -> dict[str, str]:
    """Give the paragraph that a reply answers, by the reply's own last paragraph."""
    rows = extended if extended is not None else ()
    return {_attribute(e, "paraId"): parent for e in rows if (parent := _attribute(e, "paraIdParent"))}


@dataclass
class _Text:
    """The text of a document, and where each comment begins and ends in it."""

    paragraphs: list[str] = field(default_factory=list)
    ranges: dict[str, list[int]] = field(default_factory=dict)
    length: int = 0
    """Of all paragraphs that are done, line ends included."""
    line: str = ""

    def walk(self, element: Element) -> None:
        for child in element:
            name = local(child)
            if name in GONE:
                continue
            if name == "t":
                self.line += child.text or ""
            elif name in BREAKS:
                self.line += BREAKS[name]
            elif name in {"commentRangeStart", "commentRangeEnd"}:
                self.ranges.setdefault(_attribute(child, "id"), []).append(self.length + len(self.line))
            elif name == "commentReference" and _attribute(child, "id") not in self.ranges:
                # a comment on no words is about its paragraph
                self.ranges[_attribute(child, "id")] = [self.length]
            elif name == "p":
                self.paragraph(child)
            else:
                self.walk(child)

    def paragraph(self, element: Element) -> None:
        outer, self.line = self.line, ""
        self.walk(element)
        self.paragraphs.append(self.line)
        self.length += len(self.line) + 1
        # a paragraph inside a drawing stands before the one that holds it
        self.line = outer


@dataclass
class _Comments:
    """What the comments of a document say of its words."""

    source: Source
    corpus: Corpus
    text: str
    ranges: dict[str, list[int]]
    codes: dict[str, Place] = field(default_factory=dict)
    coders: dict[str, Coder] = field(default_factory=dict)

    def read(self, root: Element, replies: Mapping[str, str]) -> None:
        seen = kept = 0
        by_paragraph: dict[str, Segment] = {}
        for comment in root:
            seen += 1
            number = _attribute(comment, "id")
            place = self.source.place.at(element=f"comment {number}")
            paragraphs = [p for p in comment.iter() if local(p) == "p"]
            lines = [_words(p) for p in paragraphs]
            own = _attribute(paragraphs[-1], "paraId") if paragraphs else ""
            author, day = _attribute(comment, "author"), day_of(_attribute(comment, "date"))
            # old files have no ids of paragraphs, and no replies
            parent = by_paragraph.get(replies.get(own, "")) if own else None
            if parent is not None:
                self.note(number, f"{author}: {' '.join(lines)}", parent, place)
                kept += 1
                continue
            segment = self.segment(number, place)
            if segment is None:
                continue
            by_paragraph[own] = segment
            self.corpus.segments.append(segment)
            kept += 1
            self.comment(number, lines, segment, author, day)
        self.corpus.codes.extend(CodeRow(code, code, place=place) for code, place in self.codes.items())
        self.corpus.coders.extend(self.coders.values())
        self.corpus.issues.append(Issue(self.source.shown, "comments", seen, kept))

    def segment(self, number: str, place: Place) -> Segment | None:
        """Give the words of a comment's range; without one, its paragraph."""
        ends = self.ranges.get(number)
        if not ends:
            return None
        start, end = ends[0], ends[-1]
        if not self.text[start:end].strip():
            start = self.text.rfind("\n", 0, start) + 1
            end = self.text.find("\n", start)
            end = len(self.text) if end < 0 else end
        if not self.text[start:end].strip():
            return None
        document = self.source.stem
        return Segment(
            f"{document}/comment {number}",
            document,
            self.text[start:end],
            start,
            end,
            speaker_id=speaker_at(document, self.text, start),
            anchor="exact",
            place=place,
        )

    def comment(self, number: str, lines: list[str], segment: Segment, author: str, day: str) -> None:
        if author:
            self.coders.setdefault(author, Coder(author, author, segment.place))
        dedoose = bool(lines) and DEDOOSE.fullmatch(lines[0].strip()) is not None
        for code, note in self.coded(lines, dedoose=dedoose):
            if not code:
                self.note(number, note, segment, segment.place)
                continue
            self.codes.setdefault(code, segment.place)
            coding_id = f"{segment.segment_id}/{code}"
            coding = Coding(coding_id, segment.segment_id, code, author, note, day, place=segment.place)
            self.corpus.codings.append(coding)
        whole = "\n".join(lines)
        for relation, evidence in commented(
            whole, segment.segment_id, segment.document_id, author, segment.place
        ):
            self.corpus.relations.append(relation)
            self.corpus.relation_evidence.append(evidence)

    def coded(self, lines: list[str], *, dedoose: bool) -> Iterator[tuple[str, str]]:
        """Yield codes with a note, and notes without a code."""
        if dedoose:
            yield from ((line.strip(), "") for line in lines[1:] if line.strip())
            return
        for part in (p.strip() for line in lines for p in line.split(";")):
            noted = NOTED.fullmatch(part)
            if not part or claims_in_comment(part):
                continue
            if part.startswith("#"):
                yield from ((tag, "") for tag in TAG.findall(part))
            elif noted:
                yield noted["code"].strip(), noted["note"].strip()
            elif len(part) > LONGEST or part[-1] in ".!?":
                yield "", part
            else:
                yield part, ""

    def note(self, number: str, text: str, segment: Segment, place: Place) -> None:
        memo_id = f"{segment.segment_id}/note {number}"
        self.corpus.memos.append(Memo(memo_id, text, "segment", segment.segment_id, place=place))


def _words(paragraph: Element) -> str:
    text = _Text()
    text.walk(paragraph)
    return text.line
