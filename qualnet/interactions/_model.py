"""What the layers are made of, and the lookups that every layer needs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from qualnet.corpus.rows import NOWHERE
from qualnet.names import same_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.codebook import Vocabulary
    from qualnet.corpus import Corpus, Document, Relation, Segment, Speaker
    from qualnet.corpus.checks import Work
    from qualnet.corpus.rows import Sign, Status
    from qualnet.problems import Place

__all__ = ["Claim", "Meeting", "Sources"]

TURNED: dict[Sign, Sign] = {"+": "-", "-": "+"}


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation read as *cause -> effect*: who says so, where, and how.

    ``cause`` and ``effect`` are ids of the compared vocabulary, empty at the open end of a
    half-chain; ``cause_coded`` and ``effect_coded`` are what the city's codebook calls them.
    """

    claim_id: str
    case_id: str
    document_id: str
    cause: str
    effect: str
    sign: Sign = "unstated"
    status: Status = "observed"
    denied: bool = False
    repeat: bool = False
    about_case: str = ""
    condition: str = ""
    hedge: str = ""
    strength: str = ""
    certainty: str = ""
    coder_id: str = ""
    role: str = ""
    interview: bool = True
    segments: tuple[Segment, ...] = ()
    cause_coded: str = ""
    effect_coded: str = ""
    comment: str = ""
    place: Place = NOWHERE

    @property
    def draws(self) -> bool:
        """Whether it makes an interaction: observed or expected, here, and not denied."""
        return (
            bool(self.cause and self.effect)
            and not self.denied
            and self.status in {"observed", "expected"}
            and self.about_case in {"", self.case_id}
        )

    @property
    def counter(self) -> bool:
        """Whether it denies an interaction of this case."""
        return bool(self.cause and self.effect) and self.denied and self.about_case in {"", self.case_id}

    @property
    def quote(self) -> str:
        """The words of the claim."""
        return " [...] ".join(s.quote for s in self.segments if s.quote)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two codes that meet in one unit of a document; it has no direction and no sign.

    ``n`` is how often they met, where only their number is known.
    """

    case_id: str
    document_id: str
    first: str
    second: str
    segments: tuple[Segment, ...]
    interview: bool = True
    n: int = 1


@dataclass(frozen=True)
class Sources:
    """A corpus with the vocabulary of the comparison and the coders that count.

    Attributes
    ----------
    coders
        Codings or claims of a document to the one coder whose work counts there; elsewhere
        everybody's does.
    agreed
        Claim id to whether it counts, whoever stated it.
    """

    corpus: Corpus
    vocabulary: Vocabulary
    coders: Mapping[tuple[str, Work], str] = field(default_factory=dict)
    agreed: Mapping[str, bool] = field(default_factory=dict)

    def counts(self, document_id: str, work: Work, coder_id: str) -> bool:
        """Whether a coder's work on a document builds the networks; work without a name does."""
        return not coder_id or self.coders.get((document_id, work), coder_id) == coder_id

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Document by id."""
        return {d.document_id: d for d in self.corpus.documents}

    @cached_property
    def case_of(self) -> dict[str, str]:
        """Case of each document."""
        return {d.document_id: d.case_id for d in self.corpus.document_cases}

    @cached_property
    def segments(self) -> dict[str, Segment]:
        """Segment by id."""
        return {s.segment_id: s for s in self.corpus.segments}

    @cached_property
    def speakers(self) -> dict[str, Speaker]:
        """Speaker by id."""
        return {s.speaker_id: s for s in self.corpus.speakers}

    @cached_property
    def case_names(self) -> dict[str, str]:
        """Name or id of a case, in comparable form, to its id."""
        names = {same_name(c.name): c.case_id for c in self.corpus.cases}
        return names | {same_name(c.case_id): c.case_id for c in self.corpus.cases}

    def role(self, document_id: str, segment: Segment | None) -> str:
        """Give the role of who speaks in a segment, or of the document's interviewee."""
        speaker = self.speakers.get(segment.speaker_id) if segment else None
        if speaker and speaker.role:
            return speaker.role
        document = self.documents.get(document_id)
        return document.role if document else ""

    def common(self, code_id: str) -> str:
        """Give a code's id in the comparison."""
        return self.vocabulary.ids.get(code_id, code_id)

    def sign(self, relation: Relation) -> Sign:
        """Give the sign stated between two factors: an end that is folded into its opposite turns it."""
        turned = (relation.from_id in self.vocabulary.flipped) != (relation.to_id in self.vocabulary.flipped)
        return TURNED.get(relation.sign, relation.sign) if turned else relation.sign

    def codings_by_document(self) -> dict[str, list[tuple[Segment, str]]]:
        """Give each document's segments with the codes compared, in text order.

        Interviewers' segments are left out: a question is no evidence.
        """
        grouped: dict[str, list[tuple[Segment, str]]] = defaultdict(list)
        for coding in self.corpus.codings:
            segment = self.segments.get(coding.segment_id)
            if segment is None or not self.counts(segment.document_id, "codings", coding.coder_id):
                continue
            speaker = self.speakers.get(segment.speaker_id)
            if not (speaker and speaker.interviewer):
                grouped[segment.document_id].append((segment, self.common(coding.code_id)))
        for found in grouped.values():
            found.sort(key=lambda x: (x[0].start or 0, x[0].segment_id, x[1]))
        return dict(sorted(grouped.items()))

    def meeting(self, document_id: str, a: str, b: str, *segments: Segment) -> Meeting:
        """Note that two codes meet, in a fixed order of the two."""
        document = self.documents.get(document_id)
        case = self.case_of.get(document_id, "")
        interview = document is None or document.kind == "interview"
        return Meeting(case, document_id, min(a, b), max(a, b), segments, interview)
