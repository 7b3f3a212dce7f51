"""Attach what was decided to what was imported, however the import has changed since."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING

from qualnet.corpus import Coder, CodeRow, Decided, Relation, RelationEvidence, Segment
from qualnet.corpus.anchor import SHOWN, alike
from qualnet.names import only_words, same_name
from qualnet.problems import Problems
from qualnet.readers._claims import claim_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualnet.corpus import Corpus, Document
    from qualnet.overlays.decisions import Decision

__all__ = ["attach_decisions"]

JOIN = " [...] "
"""Between the parts of a passage."""


def attach_decisions(decisions: Iterable[Decision], corpus: Corpus, problems: Problems) -> set[str]:
    """Append the claims and the decided passages of an input's documents to its corpus, in place.

    A passage is found again by its words, the nearest one where the same words stand twice. In
    a transcript its place is looked for later, with all others; in a table of quotes a passage
    whose words changed a little is taken for the same and told, and one whose words are gone
    keeps the quote by which it was decided, and is told.

    Parameters
    ----------
    decisions
        The last decision of each claim id.
    corpus
        One input, before its codes are resolved.
    problems
        Where to note passages that changed.

    Returns
    -------
    set of str
        Claim ids of the decisions whose document is in the corpus.
    """
    documents = {same_name(d.document_id): d for d in corpus.documents}
    documents |= {same_name(d.name): d for d in corpus.documents if same_name(d.name) not in documents}
    passages: dict[str, list[Segment]] = defaultdict(list)
    for segment in corpus.segments:
        passages[segment.document_id].append(segment)
    codes = {row.code_id for row in corpus.codes}
    coders = {coder.coder_id for coder in corpus.coders}
    attached = set()
    for decision in decisions:
        document = documents.get(same_name(decision.document))
        if document is None:
            continue
        attached.add(decision.claim_id)
        parts = [part for part in decision.quote.split(JOIN) if part.strip()]
        found = [
            _passage(decision, part, document, passages[document.document_id], problems) for part in parts
        ]
        for segment in found:
            if segment not in passages[document.document_id]:
                passages[document.document_id].append(segment)
                corpus.segments.append(segment)
            if decision.answer != "withdrawn":
                is_claim = decision.answer == "claim"
                row = Decided(decision.claim_id, segment.segment_id, decision.who, is_claim, decision.place)
                corpus.decided.append(row)
        if decision.who not in coders:
            coders.add(decision.who)
            corpus.coders.append(Coder(decision.who, decision.who, decision.place))
        if decision.answer == "none":
            continue
        for column, name in (("cause", decision.cause), ("effect", decision.effect)):
            if name and name not in codes:
                codes.add(name)
                corpus.codes.append(CodeRow(name, name, place=decision.place.at(column=column)))
        facts = claim_facts(asdict(decision), lambda _, d=decision: d.place, Problems()) or {}  # type: ignore[misc]
        corpus.relations.append(
            Relation(
                relation_id=decision.claim_id,
                from_id=decision.cause,
                to_id=decision.effect,
                **facts,
                source_kind="decision",
                withdrawn=decision.answer == "withdrawn",
                document_id=document.document_id,
                coder_id=decision.who,
                place=decision.place,
            )
        )
        corpus.relation_evidence += [
            RelationEvidence(decision.claim_id, segment.segment_id, decision.place) for segment in found
        ]
    return attached


def _passage(
    decision: Decision, quote: str, document: Document, passages: list[Segment], problems: Problems
) -> Segment:
    """Give the segment of a decision: one that was imported, or a new one with the words decided on."""
    paragraph = int(decision.paragraph) if decision.paragraph.isdecimal() else 0
    words = only_words(quote)

    def distance(segment: Segment) -> int:
        return abs((segment.paragraph or paragraph) - paragraph)

    same = [s for s in passages if only_words(s.quote) == words]
    if same:
        return min(same, key=distance)
    mark = hashlib.sha256(f"{document.document_id}\0{words}\0{paragraph}".encode()).hexdigest()[:12]
    kept = Segment(
        segment_id=f"{document.document_id}/{mark}",
        document_id=document.document_id,
        quote=quote,
        paragraph=paragraph or None,
        place=decision.place,
    )
    if document.text is not None:
        return kept
    nearest = alike(quote, [s.quote for s in passages])
    if nearest is None:
        problems.add(decision.place, "quote-gone", document=document.name, quote=quote[:SHOWN])
        return kept
    old, new = quote[:SHOWN], passages[nearest].quote[:SHOWN]
    problems.add(decision.place, "quote-changed", old=old, new=new)
    return passages[nearest]
