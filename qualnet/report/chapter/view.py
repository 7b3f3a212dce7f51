"""A study as a chapter looks at it: its words, its numbers, and where each of them stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qualnet.analysis._intervals import wilson
from qualnet.corpus.checks import counting_coders
from qualnet.corpus.consent import WITHHELD
from qualnet.interactions import Claim
from qualnet.interactions._model import Sources
from qualnet.language import text_in
from qualnet.report.chapter.parts import Quote
from qualnet.report.chapter.words import SIGNS, STATUS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from qualnet.comparison import Comparison, Study
    from qualnet.corpus import Segment
    from qualnet.interactions import Meeting
    from qualnet.language import Language
    from qualnet.network import Factor, Network
    from qualnet.prepare import Prepared

__all__ = ["QUOTED", "View"]

QUOTED = (40, 300)
"""Characters of a quote that is chosen before shorter and longer ones."""


@dataclass(frozen=True)
class View:
    """What a chapter is made of.

    Attributes
    ----------
    study
        What is shown: the whole, or what of it may leave the project.
    prepared
        What it was built from: settings, and how much there is of what may not be shown.
    """

    study: Study
    prepared: Prepared
    language: Language

    @property
    def public(self) -> bool:
        """Whether the chapter may leave the project: no words of anybody, nothing of one interview."""
        return self.study.profile == "public"

    @property
    def comparison(self) -> Comparison:
        """The claims; co-occurrence where there are none."""
        return self.study.main

    @cached_property
    def directed(self) -> bool:
        """Whether what is shown are claims, with direction and sign."""
        return all(n.directed for n in self.comparison.networks.values())

    @cached_property
    def _sources(self) -> Sources:
        coding = self.prepared.loaded.project.coding
        agreed = self.prepared.agreed if coding.use == "consensus" else {}
        corpus = self.prepared.corpus
        return Sources(corpus, self.study.vocabulary, counting_coders(corpus, coding), agreed)

    def counts(self, claim: Claim) -> bool:
        """Whether a claim is of the coder whose work counts."""
        counts = self._sources.counts(claim.document_id, "claims", claim.coder_id)
        return self._sources.agreed.get(claim.claim_id, counts)

    def say(self, key: str, **values: object) -> str:
        """Give a text with its values."""
        return TEXTS[key][self.language].format(**values)

    def label(self, code_id: str) -> str:
        """Give the name of a factor."""
        code = self.study.vocabulary.codes.get(code_id)
        return text_in(code.label, self.language) if code else code_id

    def count(self, k: int, n: int) -> str:
        """Say in how many of how many interviews."""
        return self.say("count", k=k, n=n)

    def name(self, document_id: str) -> str:
        """Give the name of an interview."""
        document = self.study.documents.get(document_id)
        return document.name if document and document.name else document_id

    def who(self, documents: Iterable[str]) -> str:
        """Name interviews in brackets; nothing where nobody may know which they are."""
        names = [] if self.public else sorted({self.name(d) for d in documents})
        return f" ({', '.join(names)})" if names else ""

    def percent(self, share: float) -> str:
        """Give a share as percent."""
        return f"{round(100 * share)}{' ' if self.language == 'de' else ''}%"

    def points(self, difference: float) -> str:
        """Give a difference of shares in percentage points."""
        rounded = round(100 * difference)
        return f"{'+' if rounded > 0 else '−' if rounded < 0 else '±'}{abs(rounded)}"

    def decimal(self, value: float) -> str:
        """Give a number with two decimals."""
        text = f"{value:.2f}"
        return text.replace(".", ",") if self.language == "de" else text

    def share(self, k: int, n: int) -> str:
        """Give a share with its interval."""
        low, high = wilson(k, n)
        return f"{self.percent(k / n)} ({round(100 * low)}–{round(100 * high)})" if n else ""

    def sign(self, sign: str) -> str:
        """Give a sign as people read it."""
        return SIGNS[sign][self.language] if sign in SIGNS else ""

    def by_kind(self, network: Network, kind: str) -> list[Factor]:
        """Give the factors of a kind that a city's interviews name, most interviews first."""
        named = (f for f in network.factors.values() if f.kind == kind and f.sources)
        return sorted(named, key=lambda f: (-f.n_sources, f.label(self.language), f.factor_id))

    def place(self, segment: Segment) -> str:
        """Name the spot of a segment in its document."""
        parts = [self.say("paragraph", n=segment.paragraph) if segment.paragraph else "", segment.time]
        return next((p for p in parts if p), "")

    def quoted(self, unit: Claim | Meeting, lead: str = "") -> Quote:
        """Give the words of a claim or a meeting with their reference."""
        words, verbatim = self._words(unit.document_id, unit.segments)
        notes = [self.name(unit.document_id), self.place(unit.segments[0]) if unit.segments else ""]
        if isinstance(unit, Claim):
            status = STATUS.get(unit.status)
            notes += [status[self.language] if status else ""]
            notes += [self.say("condition", text=unit.condition) if unit.condition else ""]
        return Quote(lead, words, verbatim, ", ".join(n for n in notes if n) + _number(unit))

    def coded(self, segment: Segment) -> Quote:
        """Give the words of a coded passage with their reference."""
        words, verbatim = self._words(segment.document_id, (segment,))
        notes = [self.name(segment.document_id), self.place(segment)]
        return Quote("", words, verbatim, ", ".join(n for n in notes if n))

    def _words(self, document_id: str, segments: Sequence[Segment]) -> tuple[str, bool]:
        level = self.prepared.consent.get(document_id, "quote")
        if level != "quote":
            return WITHHELD[level][self.language], False
        return " [...] ".join(s.quote for s in segments if s.quote), True

    def best(self, units: Iterable[Claim | Meeting]) -> Claim | Meeting | None:
        """Choose what is quoted, by the rule that the chapter states at its beginning."""
        return min((u for u in units if u.segments and _text(u.segments)), key=self._rank, default=None)

    def best_coded(self, segments: Iterable[Segment], denied: Container[str]) -> Segment | None:
        """Choose the passage that is quoted for a factor, by the same rule; denials by their segments."""
        interviews = {d.document_id for d in self.study.corpus.documents if d.kind == "interview"}
        return min(
            (s for s in segments if s.quote),
            key=lambda s: (
                self._silent(s.document_id),
                s.document_id not in interviews,
                s.segment_id in denied,
                _length(s.quote),
                s.document_id,
                s.start or 0,
                s.segment_id,
            ),
            default=None,
        )

    def _silent(self, document_id: str) -> bool:
        return self.prepared.consent.get(document_id, "quote") != "quote"

    def _rank(self, unit: Claim | Meeting) -> tuple[object, ...]:
        claim = unit if isinstance(unit, Claim) else None
        return (
            self._silent(unit.document_id),
            not unit.interview,
            claim is not None and claim.repeat,
            claim is not None and claim.status != "observed",
            len(unit.segments) > 1 if claim else False,
            _length(_text(unit.segments)),
            claim.claim_id if claim else "",
            unit.document_id,
            tuple(s.segment_id for s in unit.segments),
        )

    def places(self, units: Iterable[Claim | Meeting]) -> str:
        """Name every spot, and the number of every claim, so that each can be opened."""
        found: dict[str, list[str]] = defaultdict(list)
        for unit in units:
            spot = self.place(unit.segments[0]) if unit.segments else ""
            found[self.name(unit.document_id)].append(f"{spot}{_number(unit)}".strip())
        return _listed(found)

    def coded_places(self, segments: Iterable[Segment]) -> str:
        """Name every spot where a factor is coded."""
        found: dict[str, list[str]] = defaultdict(list)
        for segment in sorted(segments, key=lambda s: (s.document_id, s.start or 0, s.paragraph or 0)):
            spot = self.place(segment)
            if spot not in found[self.name(segment.document_id)]:
                found[self.name(segment.document_id)].append(spot)
        return _listed(found)


def _listed(found: dict[str, list[str]]) -> str:
    return "; ".join(", ".join(p for p in (name, *spots) if p) for name, spots in sorted(found.items()))


def _number(unit: Claim | Meeting) -> str:
    return f" [{unit.claim_id}]" if isinstance(unit, Claim) and unit.claim_id else ""


def _text(segments: Sequence[Segment]) -> str:
    return " [...] ".join(s.quote for s in segments if s.quote)


def _length(text: str) -> tuple[int, int]:
    """Rank a quote by its length: how far it is from what is wanted, then how long it is."""
    low, high = QUOTED
    return max(low - len(text), len(text) - high, 0), len(text)
