"""The passages in which a claim may stand, and what was decided about each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualnet.corpus import Segment
from qualnet.corpus.anchor import paragraph_starts
from qualnet.cues import find_cues
from qualnet.overlays import passage_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qualnet.corpus import Decided, Document
    from qualnet.cues import Cue
    from qualnet.interactions import Claim
    from qualnet.interactions._model import Sources

__all__ = ["Completeness", "Passage", "completeness", "list_passages", "list_uncoded"]

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
    segments
        The coded segments that it is made of; the first one holds all others.
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
    def quote(self) -> str:
        """Its words."""
        return self.segments[0].quote

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


def list_passages(sources: Sources, claims: Iterable[Claim]) -> list[Passage]:
    """List the passages with two factors or more, or with a causal expression.

    A segment that lies within another one belongs to that one's passage. What an interviewer
    says is no passage.

    Parameters
    ----------
    sources
        A checked corpus; its codes are resolved and its segments anchored.
    claims
        All claims, whoever stated them.

    Returns
    -------
    list of Passage
        In the order of cases, documents and text.
    """
    corpus = sources.corpus
    codes: dict[str, list[str]] = defaultdict(list)
    for coding in corpus.codings:
        if coding.code_id not in codes[coding.segment_id]:
            codes[coding.segment_id].append(coding.code_id)
    by_document: dict[str, list[Segment]] = defaultdict(list)
    for segment_id in codes:
        segment = sources.segments.get(segment_id)
        speaker = sources.speakers.get(segment.speaker_id) if segment else None
        if segment and segment.quote.strip() and not (speaker and speaker.interviewer):
            by_document[segment.document_id].append(segment)
    decided = _Decisions.of(sources, claims)
    order = {case.case_id: i for i, case in enumerate(corpus.cases)}
    found = []
    for document in corpus.documents:
        case_id = sources.case_of.get(document.document_id, "")
        seen: Counter[str] = Counter()
        for segments in _joined(by_document[document.document_id]):
            given = tuple(dict.fromkeys(c for s in segments for c in codes[s.segment_id]))
            quote = segments[0].quote
            plain_id = passage_id(document.document_id, quote)
            nth, seen[plain_id] = seen[plain_id], seen[plain_id] + 1
            cues = tuple(find_cues(quote))
            if len(given) < 2 and not cues:  # noqa: PLR2004 (a claim needs two factors)
                continue
            passage = Passage(
                id=passage_id(document.document_id, quote, nth),
                case_id=case_id,
                document_id=document.document_id,
                segments=segments,
                codes=given,
                cues=cues,
                role=sources.role(document.document_id, segments[0]),
            )
            found.append(decided.add(_with_context(passage, document.text)))
    return sorted(found, key=lambda p: order.get(p.case_id, len(order)))


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
    corpus = sources.corpus
    taken: dict[str, list[Segment]] = defaultdict(list)
    for coding in corpus.codings:
        if coding.segment_id in sources.segments:
            taken[sources.segments[coding.segment_id].document_id].append(sources.segments[coding.segment_id])
    labels: dict[str, dict[str, bool]] = defaultdict(dict)
    for speaker in corpus.speakers:
        labels[speaker.document_id][speaker.label] = speaker.interviewer
    decided = _Decisions.of(sources, claims)
    order = {case.case_id: i for i, case in enumerate(corpus.cases)}
    found = []
    for document in corpus.documents:
        case_id = sources.case_of.get(document.document_id, "")
        seen: Counter[str] = Counter()
        for segment in _sentences(document, labels[document.document_id]):
            cues = tuple(find_cues(segment.quote))
            if not cues or any(_meet(segment, s) for s in taken[document.document_id]):
                continue
            plain_id = passage_id(document.document_id, segment.quote)
            nth, seen[plain_id] = seen[plain_id], seen[plain_id] + 1
            passage = Passage(
                id=passage_id(document.document_id, segment.quote, nth),
                case_id=case_id,
                document_id=document.document_id,
                segments=(segment,),
                codes=(),
                cues=cues,
                role=sources.role(document.document_id, None),
            )
            found.append(decided.add(_with_context(passage, document.text)))
    return sorted(found, key=lambda p: order.get(p.case_id, len(order)))


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


def _joined(segments: list[Segment]) -> list[tuple[Segment, ...]]:
    """Join each segment to the widest one that holds it; without positions, to the same words."""
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
    return [tuple(group) for group in groups]


def _spans(segments: list[Segment]) -> list[tuple[int, int, Segment]]:
    return [(s.start, s.end, s) for s in segments if s.start is not None and s.end is not None]


def _with_context(passage: Passage, text: str | None) -> Passage:
    first = passage.segments[0]
    if text is None or first.start is None or first.end is None:
        return passage
    before = " ".join(text[max(0, first.start - AROUND) : first.start].split())
    after = " ".join(text[first.end : first.end + AROUND].split())
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
            decisions=tuple(row.decision_id for row in rows),
        )


def _meet(a: Segment, b: Segment) -> bool:
    if a.segment_id == b.segment_id:
        return True
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return a.quote == b.quote and a.paragraph == b.paragraph
    return a.start < b.end and b.start < a.end
