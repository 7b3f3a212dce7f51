"""Corrections of claims that came from an export: one field of one claim, with who, when and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualnet.corpus.anchor import SHOWN, alike
from qualnet.corpus.rows import NOWHERE
from qualnet.names import only_words, same_name
from qualnet.overlays._log import Log
from qualnet.overlays.decisions import SAID
from qualnet.problems import Problems, nearest
from qualnet.readers._claims import claim_facts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from qualnet.codebook import Codebook
    from qualnet.corpus import Corpus, Relation
    from qualnet.problems import Place

__all__ = [
    "CORRECTIONS",
    "FIELDS",
    "ClaimFinder",
    "Correction",
    "Target",
    "apply_corrections",
    "read_corrections",
]

FIELDS: tuple[str, ...] = (*SAID, "withdrawn")
"""What of a claim can be corrected; ``withdrawn`` takes it out of the networks."""

CORRECTIONS = Log(
    "corrections.csv",
    ("id", "who", "when", "why", "field", "old", "new", "document", "quote", "cause", "effect"),
    ("id", "who", "when", "field", "document"),
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one imported claim, corrected.

    Attributes
    ----------
    id
        The claim's id when it was corrected.
    who, when, why
        Who corrected it, at which time (ISO 8601, UTC), and for which reason.
    field, old, new
        What was corrected: one of :data:`FIELDS`, in the words of our tables.
    document, quote, cause, effect
        The claim as it was imported, by which it is found again in a newer export.
    """

    id: str
    who: str
    when: str
    field: str
    new: str
    document: str
    old: str = ""
    why: str = ""
    quote: str = ""
    cause: str = ""
    effect: str = ""
    place: Place = NOWHERE


def read_corrections(folder: Path, shown: str, problems: Problems) -> list[Correction]:
    """Read all corrections, in their order.

    Parameters
    ----------
    folder
        The folder of overlays.
    shown
        How problems name it.
    problems
        Where to note what is wrong.
    """
    found = []
    for place, values in CORRECTIONS.read(folder, shown, problems):
        column = values["field"]
        if column not in FIELDS:
            near = nearest(column, FIELDS)
            where = place.at(column="field")
            names = ", ".join(FIELDS)
            problems.add(where, "unknown-value", field="field", value=column, near=near, names=names)
            continue
        facts = claim_facts({column: values["new"]}, lambda _, at=place: at.at(column="new"), problems)  # type: ignore[misc]
        if facts is not None:
            found.append(Correction(**values, place=place))
    return found


def apply_corrections(
    corrections: Iterable[Correction], corpus: Corpus, codebook: Codebook, problems: Problems
) -> dict[str, list[Correction]]:
    """Correct the claims of one input, in place.

    A claim is found again by its id, if it still says the same or in the same words; else by
    its document, ends and words; else by what is alike, which is told.

    Parameters
    ----------
    corrections
        All corrections, in their order.
    corpus
        One input; its codes are resolved.
    codebook
        With which they were resolved.
    problems
        Where to note claims that changed, or are gone.

    Returns
    -------
    dict
        Claim id, as the input has it now, to its corrections.
    """
    finder = ClaimFinder(corpus, codebook, decisions=False)
    grouped: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        grouped[correction.id].append(correction)
    found: dict[str, list[Correction]] = {}
    for history in grouped.values():
        if same_name(history[0].document) not in finder.documents:
            continue
        first = history[0]
        target = Target(first.id, first.document, first.quote, first.cause, first.effect)
        at = finder.find(target, first.place, problems)
        if at is None:
            quote, document = first.quote[:SHOWN], first.document
            problems.add(first.place, "correction-gone", document=document, quote=quote)
            continue
        relation = corpus.relations[at]
        found[relation.relation_id] = history
        for correction in history:
            corpus.relations[at] = _corrected(corpus.relations[at], correction, codebook, problems)
    return found


def _corrected(
    relation: Relation, correction: Correction, codebook: Codebook, problems: Problems
) -> Relation:
    column, new = correction.field, correction.new
    if column == "withdrawn":
        return replace(relation, withdrawn=new == "yes")
    if column in {"cause", "effect"}:
        code = codebook.names().get(same_name(new)) if new else ""
        if code is None:
            place = correction.place.at(column="new")
            near = nearest(new, codebook.spellings())
            problems.add(place, "unknown-code", what="code", code=new, near=near)
            return relation
        return replace(relation, from_id=code) if column == "cause" else replace(relation, to_id=code)
    facts = claim_facts({column: new}, lambda _: correction.place, Problems()) or {}
    name = "comment" if column == "memo" else column
    return replace(relation, **{name: facts[name]})


@dataclass(frozen=True, slots=True)
class Target:
    """A claim that is looked for: as it was when somebody said something about it."""

    id: str
    document: str
    quote: str
    cause: str
    effect: str
    coder: str | None = None


class ClaimFinder:
    """Finds claims of an input again, whatever a newer export made of their ids and order.

    Parameters
    ----------
    corpus
        One input; its codes are resolved.
    codebook
        With which they were resolved.
    decisions
        Whether claims that were decided in qualnet are among them.
    """

    def __init__(self, corpus: Corpus, codebook: Codebook, *, decisions: bool = True) -> None:
        self.corpus = corpus
        self.names = codebook.names()
        self.documents = {same_name(d.document_id): d.document_id for d in corpus.documents}
        segments = {s.segment_id: s for s in corpus.segments}
        self.quotes: dict[str, str] = defaultdict(str)
        in_document: dict[str, str] = {}
        for link in corpus.relation_evidence:
            if link.segment_id in segments:
                segment = segments[link.segment_id]
                self.quotes[link.relation_id] += (
                    " " if self.quotes[link.relation_id] else ""
                ) + segment.quote
                in_document.setdefault(link.relation_id, segment.document_id)
        self.rows: dict[str, list[int]] = defaultdict(list)
        for i, relation in enumerate(corpus.relations):
            document = in_document.get(relation.relation_id, relation.document_id)
            if decisions or relation.source_kind != "decision":
                self.rows[document].append(i)

    def find(self, wanted: Target, place: Place, problems: Problems) -> int | None:
        """Give the index of a claim, and tell when only something alike is there."""
        relations = self.corpus.relations
        rows = [
            i
            for i in self.rows[self.documents[same_name(wanted.document)]]
            if wanted.coder is None or relations[i].coder_id == wanted.coder
        ]
        words, ends = only_words(wanted.quote), (self.code(wanted.cause), self.code(wanted.effect))
        quotes = {i: self.quotes[relations[i].relation_id] for i in rows}
        same_words = [i for i in rows if only_words(quotes[i]) == words]
        same_ends = [i for i in rows if (relations[i].from_id, relations[i].to_id) == ends]
        both = [i for i in same_words if i in same_ends]
        for candidates, enough in ((both, len(both)), (same_words, 1)):
            own = [i for i in candidates if relations[i].relation_id == wanted.id]
            if own or 0 < len(candidates) <= enough:
                return (own or candidates)[0]
        near = alike(wanted.quote, [quotes[i] for i in same_ends])
        if near is None:
            return None
        old, new = wanted.quote[:SHOWN], quotes[same_ends[near]][:SHOWN]
        problems.add(place, "quote-changed", old=old, new=new)
        return same_ends[near]

    def code(self, name: str) -> str:
        """Give the id that a code has now."""
        return self.names.get(same_name(name), name) if name else ""
