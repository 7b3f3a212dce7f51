"""What annotation tools have in common: marked passages, and relations drawn between two of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualnet.corpus import (
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
)
from qualnet.names import same_name
from qualnet.problems import nearest
from qualnet.readers._claims import commented
from qualnet.readers._offsets import calibrate, calibrate_by_quotes, converter
from qualnet.readers._speakers import speaker_at
from qualnet.readers._stored import add_document, plain_text
from qualnet.readers._words import says_cause, sign_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qualnet.corpus.rows import Direction, Sign
    from qualnet.problems import Place, Problems
    from qualnet.readers._offsets import OffsetRule
    from qualnet.readers._source import Source

__all__ = ["OPTION", "Annotations", "Span", "Tie", "options_known", "sign_among"]

ROLES = {"cause": "cause", "ursache": "cause", "effect": "effect", "wirkung": "effect"}
"""Labels that say what part a passage has in a relation, and not of which factor it speaks."""
OPTION = "claims"
"""Labels of relations that are claims, separated by commas; ``all`` for every one."""
ALL = "all"
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Span:
    """A marked passage.

    Attributes
    ----------
    span_id
        By which relations of its document name it.
    parts
        Its places as the tool counts; several where words between are left out.
    words
        What the tool stored as its words; empty where it stores none.
    codes
        Given to it; may be none, where it is only marked.
    """

    span_id: str
    document_id: str
    parts: tuple[tuple[int, int], ...]
    words: str
    codes: tuple[str, ...]
    place: Place
    coder: str = ""
    comment: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation between two marked passages of a document.

    Attributes
    ----------
    ends
        Spans it leads from and to; an empty one is open.
    is_cause
        Whether its ends are called cause and effect; else its label tells.
    others
        Further spans that belong to it, such as the word that says "because".
    """

    tie_id: str
    document_id: str
    ends: tuple[str, str]
    label: str
    place: Place
    direction: Direction = "oneway"
    is_cause: bool | None = None
    sign: Sign = "unstated"
    denied: bool = False
    others: tuple[str, ...] = ()
    coder: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


def options_known(
    source: Source, options: Mapping[str, str], problems: Problems, *names: str
) -> Mapping[str, str]:
    """Give the options of an annotation tool's file, noting those that there are not."""
    known = (OPTION, *names)
    for name in sorted(set(options) - set(known)):
        near = nearest(name, known)
        problems.add(source.place, "unknown-field", field=name, near=near, names=", ".join(known))
    return options


class Annotations:
    """Gathers the passages and relations of a file, and makes a corpus of them.

    Parameters
    ----------
    source
        The file.
    reader
        Who reads it.
    options
        ``claims``: labels of relations that are claims.
    problems
        Where to note what is wrong.
    """

    def __init__(self, source: Source, reader: str, options: Mapping[str, str], problems: Problems) -> None:
        self.source, self.reader, self.problems = source, reader, problems
        self.corpus = Corpus()
        self.raw: dict[str, str] = {}
        self.spans: dict[tuple[str, str], Span] = {}
        self.ties: list[Tie] = []
        self.notes: list[tuple[str, str, str, Place]] = []
        self.counted: dict[str, list[int]] = {}
        self.claims = {same_name(x) for x in options.get(OPTION, "").split(",") if x.strip()}
        self.unread: Counter[str] = Counter()
        self._segments: dict[tuple[str, str], Segment | None] = {}

    def count(self, kind: str, *, kept: bool = True) -> None:
        """Count a row of a kind, kept or not."""
        seen = self.counted.setdefault(kind, [0, 0])
        seen[0] += 1
        seen[1] += kept

    def document(self, name: str, raw: str, facts: Mapping[str, str], place: Place) -> None:
        """Add a text, as the tool counts in it."""
        self.raw[name] = raw
        add_document(self.corpus, name, raw, facts, place)

    def span(self, span: Span) -> None:
        """Add a passage; a second one with its id is refused."""
        key = (span.document_id, span.span_id)
        known = self.spans.setdefault(key, span)
        if known is not span:
            self.count("passages", kept=False)
            self.problems.add(
                span.place, "duplicate-id", what="annotation", value=span.span_id, first=known.place
            )

    def note(self, document_id: str, span_id: str, text: str, place: Place) -> None:
        """Add a note about a passage, or about the document when the passage is none."""
        self.notes.append((document_id, span_id, text, place))

    def finish(self, rule: OffsetRule | None = None, codes: Iterable[CodeRow] = ()) -> Corpus:
        """Make the corpus.

        Parameters
        ----------
        rule
            How the tool counts, where its format says so; else that is measured.
        codes
            What is known of the codes; others are added as they are used.
        """
        rule = rule or self._measured()
        self._take_roles()
        positions = {name: converter(raw, rule) for name, raw in self.raw.items()}
        texts = {name: plain_text(raw) for name, raw in self.raw.items()}
        rows = {code.code_id: code for code in codes}
        coders: dict[str, Coder] = {}
        segments: dict[str, Segment] = {}
        for key, span in self.spans.items():
            found = self._segment(span, texts[span.document_id], positions[span.document_id])
            self._segments[key] = found
            self.count("passages", kept=found is not None)
            if found is None:
                continue
            segment = segments.setdefault(found.segment_id, found)
            if span.coder:
                coders.setdefault(span.coder, Coder(span.coder, span.coder, span.place))
            for code in span.codes:
                rows.setdefault(code, CodeRow(code, code, place=span.place))
                self._coding(span, segment, code)
        self.corpus.segments.extend(segments.values())
        for tie in self.ties:
            if tie.coder:
                coders.setdefault(tie.coder, Coder(tie.coder, tie.coder, tie.place))
            self._relation(tie)
        for number, note in enumerate(self.notes, start=1):
            self._note(number, *note)
        self._tell_unread()
        self.corpus.codes.extend(rows.values())
        self.corpus.coders.extend(coders.values())
        for kind, (seen, kept) in self.counted.items():
            self.corpus.issues.append(Issue(self.source.shown, kind, seen, kept))
        self.corpus.imports.append(Import(self.source.shown, "", self.reader, rule.name))
        return self.corpus

    def _take_roles(self) -> None:
        """Let labels that say cause and effect be roles of a relation between two passages, and no codes."""
        taken = set()
        for i, tie in enumerate(self.ties):
            keys = [(tie.document_id, end) for end in tie.ends]
            roles = [
                {ROLES.get(same_name(code)) for code in self.spans[key].codes} if key in self.spans else set()
                for key in keys
            ]
            if "cause" in roles[0] and "effect" in roles[1]:
                self.ties[i] = replace(tie, is_cause=True, direction="oneway")
            elif "effect" in roles[0] and "cause" in roles[1]:
                self.ties[i] = replace(tie, is_cause=True, direction="oneway", ends=tie.ends[::-1])
            else:
                continue
            taken.update(keys)
        for key in taken:
            codes = tuple(c for c in self.spans[key].codes if same_name(c) not in ROLES)
            self.spans[key] = replace(self.spans[key], codes=codes)

    def _measured(self) -> OffsetRule:
        worded: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        bare: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for span in self.spans.values():
            if span.words and len(span.parts) == 1:
                worded[span.document_id].append((*span.parts[0], span.words))
            bare[span.document_id].extend(span.parts)
        if worded:
            return calibrate_by_quotes((self.raw[name], spans) for name, spans in worded.items())
        return calibrate((self.raw[name], spans) for name, spans in bare.items())

    def _segment(self, span: Span, text: str, positions: Sequence[int]) -> Segment | None:
        """Give the passage from its first part to its last: what is left out between is shown as well."""
        document = span.document_id
        for start, end in span.parts:
            if not 0 <= start < end < len(positions):
                length = len(positions) - 1
                self.problems.add(span.place, "offsets-outside", start=start, end=end, length=length)
                return None
        first, last = min(s for s, _ in span.parts), max(e for _, e in span.parts)
        begin, stop = positions[first], positions[last]
        quote = text[begin:stop]
        said = "".join(text[positions[s] : positions[e]] for s, e in span.parts)
        if span.words.strip() and "".join(span.words.split()) != "".join(said.split()):
            quote = plain_text(span.words)  # whoever anchors it tells that the text says something else here
        return Segment(
            f"{document}/{first}-{last}",
            document,
            quote,
            begin,
            stop,
            speaker_id=speaker_at(document, text, begin),
            place=span.place,
        )

    def _coding(self, span: Span, segment: Segment, code: str) -> None:
        coding_id = f"{segment.segment_id}/{code}/{span.coder}"
        self.corpus.codings.append(
            Coding(
                coding_id,
                segment.segment_id,
                code,
                span.coder,
                span.comment,
                span.day,
                place=span.place,
            )
        )

    def _relation(self, tie: Tie) -> None:
        named = [span for span in (*tie.ends, *tie.others) if span]
        missing = next((x for x in named if (tie.document_id, x) not in self.spans), None)
        found = [self._segments.get((tie.document_id, span)) for span in named]
        kept = [segment for segment in found if segment is not None]
        self.count("relations", kept=len(kept) == len(named))
        if missing is not None:
            self.problems.add(tie.place, "reference-to-nothing", value=missing)
        if len(kept) < len(named):
            return
        of = {span: segment.segment_id for span, segment in zip(named, kept, strict=True)}
        start, end = tie.ends
        says = self._says_cause(tie)
        relation = Relation(
            f"{tie.document_id}/{tie.tie_id}",
            of.get(start, ""),
            of.get(end, ""),
            "segment" if start else "code",
            "segment" if end else "code",
            label=tie.label,
            direction=tie.direction,
            sign=tie.sign if says else "unstated",
            denied=tie.denied,
            source_kind="event" if says else "annotation",
            document_id=tie.document_id,
            coder_id=tie.coder,
            extra=json.dumps(tie.extra, ensure_ascii=False) if tie.extra else "",
            place=tie.place,
        )
        self.corpus.relations.append(relation)
        passages = {segment.segment_id: segment for segment in kept}.values()
        for segment in sorted(passages, key=lambda s: (s.start or 0, s.end or 0)):
            self.corpus.relation_evidence.append(
                RelationEvidence(relation.relation_id, segment.segment_id, tie.place)
            )

    def _says_cause(self, tie: Tie) -> bool:
        """Tell whether a relation is cause and effect, and note its label if nothing says so."""
        if self.claims:
            return ALL in self.claims or same_name(tie.label) in self.claims
        by_label = says_cause(tie.label)
        if by_label is False:
            return False
        says = bool(tie.is_cause or by_label or tie.sign != "unstated")
        if not says and tie.direction != "none":
            self.unread[tie.label] += 1
        return says

    def _tell_unread(self) -> None:
        if self.unread:
            names = ", ".join(f"'{label}'" for label, _ in self.unread.most_common(SHOWN))
            more = ", ..." if len(self.unread) > SHOWN else ""
            self.problems.add(
                self.source.place, "relations-not-claims", n=self.unread.total(), names=names + more
            )

    def _note(self, number: int, document_id: str, span_id: str, text: str, place: Place) -> None:
        segment = self._segments.get((document_id, span_id))
        whose = ("segment", segment.segment_id) if segment else ("document", document_id)
        self.corpus.memos.append(Memo(f"{document_id}/note {number}", text, *whose, place=place))
        if segment is None:
            return
        for relation, evidence in commented(text, segment.segment_id, document_id, "", place):
            self.corpus.relations.append(relation)
            self.corpus.relation_evidence.append(evidence)


def sign_among(words: Iterable[str]) -> Sign:
    """Give the sign that some words state; none when they state none, or contradict each other."""
    signs: set[Sign] = {sign for word in words if (sign := sign_of(word)) and sign != "unstated"}
    return signs.pop() if len(signs) == 1 else "unstated"
