"""The passages in which a claim may stand, and what was decided about each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from qualnet.corpus import Segment
from qualnet.corpus.anchor import paragraph_starts
from qualnet.cues import find_cues
from qualnet.overlays import JOIN, passage_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qualnet.corpus import Decided, Document
    from qualnet.cues import Cue
    from qualnet.interactions import Claim
    from qualnet.interactions._model import Sources

__all__ = ["Completeness", "Passage", "Unit", "completeness", "list_passages", "list_uncoded"]

Unit: TypeAlias = Literal["segment", "paragraph"]
_Unit: TypeAlias = tuple[tuple[Segment, ...], tuple[Segment, ...]]

_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"“”»«'’)]*(?=\s|$)|$)", re.MULTILINE)
_LABEL = re.compile(r"([^:\n]{1,40}?)\s?:")

AROUND = 300
"""Characters of context shown before and after a passage."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A coded passage that may state cause and effect.

    Attributes
    ----------
    id
        Of its document and words: :func:`qualnet.overlays.passage_id`.
    quote
        Its words; of a paragraph, those of its coded parts.
    segments
        The segments that it is made of, in the order of the text.
    codes
        Codes given to them, in the order of the text.
    cues
        Its causal expressions; positions count from the beginning of its quote.
    before, after
        What stands around it in the transcript; empty where there is none.
    claims
        Claims that rest on it.
    none_by
        Who decided that it states no cause and effect.
    decisions
        Ids of everything decided about it in qualnet.
    """

    id: str
    case_id: str
    document_id: str
    quote: str
    segments: tuple[Segment, ...]
    codes: tuple[str, ...]
    cues: tuple[Cue, ...] = ()
    role: str = ""
    before: str = ""
    after: str = ""
    claims: tuple[Claim, ...] = ()
    none_by: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()

    @property
    def paragraph(self) -> int | None:
        """The paragraph in which it begins."""
        return self.segments[0].paragraph

    @property
    def decided(self) -> bool:
        """Whether somebody said what it states, or that it states nothing."""
        return bool(self.claims or self.none_by)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far the work is.

    Attributes
    ----------
    n_cued, n_cued_decided
        Coded passages with a causal expression, and how many of them are decided.
    n_passages, n_decided
        All coded passages of the worklist, and how many of them are decided.
    n_uncoded, n_uncoded_decided
        Sentences with a causal expression that nobody has coded, and how many are decided.
    """

    n_cued: int = 0
    n_cued_decided: int = 0
    n_passages: int = 0
    n_decided: int = 0
    n_uncoded: int = 0
    n_uncoded_decided: int = 0


def completeness(passages: Iterable[Passage]) -> Completeness:
    """Count what is decided, of coded passages and of uncoded sentences."""
    found = list(passages)
    coded = [p for p in found if p.codes]
    cued = [p for p in coded if p.cues]
    uncoded = [p for p in found if not p.codes]
    counts = ((len(x), sum(p.decided for p in x)) for x in (cued, coded, uncoded))
    return Completeness(*(n for pair in counts for n in pair))


def list_passages(sources: Sources, claims: Iterable[Claim], *, by: Unit = "segment") -> list[Passage]:
    """List the coded passages with two factors or more, or with a causal expression.

    What an interviewer says is no passage.

    Parameters
    ----------
    sources
        A checked corpus; its codes are resolved and its segments anchored.
    claims
        All claims, whoever stated them.
    by
        ``segment``: a segment that lies within another one belongs to that one's passage;
        ``paragraph``: all coded segments of a paragraph are one passage.

    Returns
    -------
    list of Passage
        In the order of cases, documents and text.
    """
    codes: dict[str, list[str]] = defaultdict(list)
    for coding in sources.corpus.codings:
        if coding.code_id not in codes[coding.segment_id]:
            codes[coding.segment_id].append(coding.code_id)
    by_document: dict[str, list[Segment]] = defaultdict(list)
    for segment_id in codes:
        segment = sources.segments[segment_id]
        speaker = sources.speakers.get(segment.speaker_id)
        if segment.quote.strip() and not (speaker and speaker.interviewer):
            by_document[segment.document_id].append(segment)
    found = _Passages(sources, claims)
    for document in sources.corpus.documents:
        units = _joined(by_document[document.document_id])
        for outer, inner in _paragraphs(units) if by == "paragraph" else units:
            given = tuple(dict.fromkeys(c for s in (*outer, *inner) for c in codes[s.segment_id]))
            found.add(document, JOIN.join(s.quote for s in outer), (*outer, *inner), given)
    return found.sorted()


def in_use(passages: list[Passage], paragraphs: list[Passage]) -> list[Passage]:
    """Give the worklist that people work with: of paragraphs, once one was decided that is no passage.

    Parameters
    ----------
    passages, paragraphs
        The same work by segment and by paragraph, as :func:`list_passages` gives it.
    """
    known = {decision for passage in passages for decision in passage.decisions}
    more = any(not known.issuperset(passage.decisions) for passage in paragraphs)
    return paragraphs if more else passages


def list_uncoded(sources: Sources, claims: Iterable[Claim]) -> list[Passage]:
    """List the sentences with a causal expression that nobody has coded.

    Only where there is a transcript, and not what an interviewer says.

    Parameters
    ----------
    sources, claims
        As for :func:`list_passages`.

    Returns
    -------
    list of Passage
        In the order of cases, documents and text; they have no codes.
    """
    taken: dict[str, list[Segment]] = defaultdict(list)
    for coding in sources.corpus.codings:
        segment = sources.segments[coding.segment_id]
        taken[segment.document_id].append(segment)
    labels: dict[str, dict[str, bool]] = defaultdict(dict)
    for speaker in sources.corpus.speakers:
        labels[speaker.document_id][speaker.label] = speaker.interviewer
    found = _Passages(sources, claims)
    for document in sources.corpus.documents:
        for sentence in _sentences(document, labels[document.document_id]):
            if not any(_meet(sentence, s) for s in taken[document.document_id]):
                found.add(document, sentence.quote, (sentence,), ())
    return found.sorted()


class _Passages:
    """Makes passages: finds their causal expressions, their context, and what was decided."""

    def __init__(self, sources: Sources, claims: Iterable[Claim]) -> None:
        self.sources = sources
        self.decided = _Decisions.of(sources, claims)
        self.seen: Counter[str] = Counter()
        self.found: list[Passage] = []

    def add(
        self, document: Document, quote: str, segments: tuple[Segment, ...], codes: tuple[str, ...]
    ) -> None:
        """Add a passage, if it has two codes or a causal expression."""
        plain_id = passage_id(document.document_id, quote)
        nth, self.seen[plain_id] = self.seen[plain_id], self.seen[plain_id] + 1
        cues = tuple(find_cues(quote))
        if len(codes) < 2 and not cues:  # noqa: PLR2004 (a claim needs two factors)
            return
        sources = self.sources
        passage = Passage(
            id=passage_id(document.document_id, quote, nth),
            case_id=sources.case_of.get(document.document_id, ""),
            document_id=document.document_id,
            quote=quote,
            segments=segments,
            codes=codes,
            cues=cues,
            role=sources.role(document.document_id, segments[0]),
        )
        self.found.append(self.decided.add(_with_context(passage, document.text)))

    def sorted(self) -> list[Passage]:
        """Give the passages in the order of their cases."""
        order = {case.case_id: i for i, case in enumerate(self.sources.corpus.cases)}
        return sorted(self.found, key=lambda p: order.get(p.case_id, len(order)))


def _sentences(document: Document, labels: Mapping[str, bool]) -> Iterator[Segment]:
    """Give the sentences of who is interviewed, without labels; `labels` says which of them asks."""
    text = document.text or ""
    starts = paragraph_starts(text)
    asks = False
    for line in re.finditer(r"^.*\S.*$", text, re.MULTILINE):
        label = _LABEL.match(line[0])
        begin = line.start()
        if label and label[1] in labels:
            asks = labels[label[1]]
            begin += label.end()
        for sentence in () if asks else _SENTENCE.finditer(text, begin, line.end()):
            start, end = sentence.span()
            mark = f"{document.document_id}@{start}"
            paragraph = bisect_right(starts, start)
            yield Segment(mark, document.document_id, sentence[0], start, end, paragraph)


def _joined(segments: list[Segment]) -> list[_Unit]:
    """Join each segment to the widest one that holds it; without positions, to the same words.

    Returns
    -------
    list of tuple
        The widest segment, alone in its tuple, and those that it holds.
    """
    groups: list[list[Segment]] = []
    alike: dict[tuple[int | None, str], list[Segment]] = {}
    for segment in segments:
        if segment.start is None or segment.end is None:
            key = segment.paragraph, segment.quote
            if key not in alike:
                groups.append(alike.setdefault(key, []))
            alike[key].append(segment)
    end = -1
    # the first of those that begin before and reach as far holds all that end before it does
    for _, last, segment in sorted(_spans(segments), key=lambda s: (s[0], -s[1])):
        if last > end:
            groups.append([])
            end = last
        groups[-1].append(segment)
    groups.sort(key=lambda g: (g[0].paragraph or 0, g[0].start or 0))
    return [((group[0],), tuple(group[1:])) for group in groups]


def _paragraphs(units: list[_Unit]) -> list[_Unit]:
    """Join the units of each paragraph; one whose paragraph is not known stays alone."""
    joined: dict[object, list[_Unit]] = defaultdict(list)
    for i, unit in enumerate(units):
        joined[unit[0][0].paragraph or f"unit {i}"].append(unit)
    return [
        (tuple(s for outer, _ in group for s in outer), tuple(s for _, inner in group for s in inner))
        for group in joined.values()
    ]


def _spans(segments: list[Segment]) -> list[tuple[int, int, Segment]]:
    return [(s.start, s.end, s) for s in segments if s.start is not None and s.end is not None]


def _with_context(passage: Passage, text: str | None) -> Passage:
    spans = _spans(list(passage.segments))
    if not text or not spans:
        return passage
    start, end = min(s[0] for s in spans), max(s[1] for s in spans)
    before = " ".join(text[max(0, start - AROUND) : start].split())
    after = " ".join(text[end : end + AROUND].split())
    return replace(passage, before=before, after=after)


@dataclass(frozen=True, slots=True)
class _Decisions:
    """What was decided, by the documents in which it stands."""

    claims: dict[str, list[tuple[Segment, Claim]]] = field(default_factory=lambda: defaultdict(list))
    rows: dict[str, list[tuple[Segment, Decided]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, sources: Sources, claims: Iterable[Claim]) -> _Decisions:
        made = cls()
        for claim in claims:
            for segment in claim.segments:
                made.claims[segment.document_id].append((segment, claim))
        for row in sources.corpus.decided:
            segment = sources.segments[row.segment_id]
            made.rows[segment.document_id].append((segment, row))
        return made

    def add(self, passage: Passage) -> Passage:
        """Give a passage with what was decided about any part of it."""

        def meets(segment: Segment) -> bool:
            return any(_meet(segment, own) for own in passage.segments)

        claims = {c.claim_id: c for s, c in self.claims[passage.document_id] if meets(s)}
        rows = [row for s, row in self.rows[passage.document_id] if meets(s)]
        return replace(
            passage,
            claims=tuple(claims.values()),
            none_by=tuple(sorted({row.coder_id for row in rows if not row.claim})),
            # one decision about a paragraph lies on each of its segments
            decisions=tuple(dict.fromkeys(row.decision_id for row in rows)),
        )


def _meet(a: Segment, b: Segment) -> bool:
    if a.segment_id == b.segment_id:
        return True
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return a.quote == b.quote and a.paragraph == b.paragraph
    return a.start < b.end and b.start < a.end
