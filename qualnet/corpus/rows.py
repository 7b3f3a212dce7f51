"""The tables of the normal form, a dataclass a row."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias

from qualnet.problems import Place

__all__ = [
    "Attribute",
    "Case",
    "CodeRow",
    "Coder",
    "Coding",
    "Corpus",
    "Decided",
    "Direction",
    "Document",
    "DocumentCase",
    "EndType",
    "Import",
    "Issue",
    "Memo",
    "Relation",
    "RelationEvidence",
    "Row",
    "Segment",
    "Sign",
    "Speaker",
    "Status",
]

Sign: TypeAlias = Literal["+", "-", "ambivalent", "unstated"]
Status: TypeAlias = Literal["observed", "expected", "demanded", "reported"]
EndType: TypeAlias = Literal["code", "segment", "case", "document", "memo"]
Direction: TypeAlias = Literal["oneway", "both", "none"]
NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class Case:
    """A city (or organisation, group) that is compared."""

    case_id: str
    name: str
    kind: str = "city"
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Attribute:
    """A fact about a case, a document or a coder, with unit, year and source where known."""

    owner_type: Literal["case", "document", "coder"]
    owner_id: str
    name: str
    value: str
    unit: str = ""
    year: str = ""
    source: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Document:
    """One interview or text: the source that evidence counts."""

    document_id: str
    name: str
    kind: str = "interview"
    """``interview`` counts in "k of n"; any other kind (``programme``, ``strategy``) apart."""
    text: str | None = None
    language: str = ""
    date: str = ""
    synthetic: bool = False
    role: str = ""
    """Role of the person interviewed, when the document has one speaker."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DocumentCase:
    """Which case a document belongs to, and the rule by which that was found."""

    document_id: str
    case_id: str
    rule: str = "explicit"
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a document; an interviewer's words are no evidence."""

    speaker_id: str
    document_id: str
    label: str
    role: str = ""
    interviewer: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Coder:
    """Who coded."""

    coder_id: str
    name: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code as the file names it; the codebook says what it means."""

    code_id: str
    name: str
    parent_id: str = ""
    codable: bool = True
    color: str = ""
    definition: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Segment:
    """A span (or row) of a document with its quote."""

    segment_id: str
    document_id: str
    quote: str
    start: int | None = None
    end: int | None = None
    paragraph: int | None = None
    time: str = ""
    speaker_id: str = ""
    anchor: Literal["exact", "calibrated", "searched", "fuzzy", "none"] = "none"
    kind: Literal["text", "area", "time", "row", "quote"] = "text"
    area: str = ""
    """Page and corners of a passage in a picture or on a page, for a person to read."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Coding:
    """A code that a coder gave to a segment."""

    coding_id: str
    segment_id: str
    code_id: str
    coder_id: str = ""
    comment: str = ""
    date: str = ""
    """The day on which it was given, ISO 8601, where the file says so."""
    weight: str = ""
    """How much the coder made of it, in the tool's own numbers; never counted."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Relation:
    """What a tool stored between two things, unread."""

    relation_id: str
    from_id: str
    to_id: str
    from_type: EndType = "code"
    to_type: EndType = "code"
    label: str = ""
    direction: Direction = "oneway"
    sign: Sign = "unstated"
    status: Status = "observed"
    denied: bool = False
    repeat: bool = False
    about_case: str = ""
    condition: str = ""
    hedge: str = ""
    strength: str = ""
    certainty: str = ""
    source_kind: Literal[
        "link",
        "graph",
        "note",
        "row",
        "relation_code",
        "comment",
        "decision",
        "event",
        "annotation",
        "matrix",
    ] = "row"
    """``event``: drawn in a text and called cause and effect; ``annotation``: drawn, and not called so;
    ``matrix``: a cell of codes against codes, without a passage."""
    withdrawn: bool = False
    """Taken back by who stated it, or by a correction; kept, so that it can be restored."""
    document_id: str = ""
    coder_id: str = ""
    comment: str = ""
    extra: str = ""
    """Columns or attributes of the file that the normal form has no field for, as JSON."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class RelationEvidence:
    """A segment that a relation rests on."""

    relation_id: str
    segment_id: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Decided:
    """A passage of which somebody decided whether it states cause and effect."""

    decision_id: str
    segment_id: str
    coder_id: str
    claim: bool
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Memo:
    """A note of the researcher; never leaves the project."""

    memo_id: str
    text: str
    target_type: str = ""
    target_id: str = ""
    coder_id: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Extra:
    """What a file holds and the normal form has no place for; kept, and written back."""

    owner_type: str
    """What it belongs to: `project`, `document`, `segment`, `coding`, `code`, `case` or `set`."""
    owner_id: str
    name: str
    """Name of the element, or of the attribute after ``@``."""
    value: str
    """XML of the element, or value of the attribute."""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Import:
    """One file that was read: by which reader, with which offset rule."""

    file: str
    sha256: str
    reader: str
    offset_rule: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """How many rows of a kind a file held, and how many were kept."""

    file: str
    kind: str
    seen: int
    kept: int
    note: str = ""


Row: TypeAlias = (
    Case
    | Attribute
    | Document
    | DocumentCase
    | Speaker
    | Coder
    | CodeRow
    | Segment
    | Coding
    | Relation
    | RelationEvidence
    | Decided
    | Memo
    | Extra
    | Import
    | Issue
)


@dataclass(slots=True)
class Corpus:
    """Everything read, in one form; readers append rows, later rooms only read."""

    cases: list[Case] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    document_cases: list[DocumentCase] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    coders: list[Coder] = field(default_factory=list)
    codes: list[CodeRow] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    relation_evidence: list[RelationEvidence] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    memos: list[Memo] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def extend(self, other: Corpus) -> None:
        """Append the rows of another corpus."""
        for table in fields(self):
            getattr(self, table.name).extend(getattr(other, table.name))
