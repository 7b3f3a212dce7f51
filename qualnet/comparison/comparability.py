"""Comparability: who was interviewed where, by whose coding, and how much was said."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualnet.codebook.debt import Debt
    from qualnet.corpus import Case, Corpus

__all__ = ["Card", "comparability"]


@dataclass(frozen=True, slots=True)
class Card:
    """What must be alike before a difference between two cities means anything.

    Attributes
    ----------
    n_interviews, n_other
        Interviews, and other documents, which are counted apart.
    roles
        Role to how many interviews; an empty role is not known.
    coders
        Coder to how many interviews she coded.
    words
        Words of each interview whose transcript is there, fewest first.
    owed
        Code to how many interviews may not have been looked through for it, since they were coded
        before it existed.
    """

    case_id: str
    n_interviews: int
    n_other: int
    roles: dict[str, int]
    coders: dict[str, int]
    words: tuple[int, ...]
    owed: dict[str, int]


def comparability(corpus: Corpus, cases: Sequence[Case], debts: Sequence[Debt] = ()) -> list[Card]:
    """Give the card of each case.

    Parameters
    ----------
    corpus
        Everything that was read, with its texts.
    cases
        In the order wanted.
    debts
        Of all cases.

    Returns
    -------
    list of Card
        Counts; nothing is compared here.
    """
    case_of = {d.document_id: d.case_id for d in corpus.document_cases}
    document_of = {s.segment_id: s.document_id for s in corpus.segments}
    coders: dict[str, set[str]] = defaultdict(set)
    for coding in corpus.codings:
        coders[document_of.get(coding.segment_id, "")].add(coding.coder_id)
    for relation in corpus.relations:
        coders[relation.document_id].add(relation.coder_id)
    cards = []
    for case in cases:
        mine = [d for d in corpus.documents if case_of.get(d.document_id) == case.case_id]
        interviews = [d for d in mine if d.kind == "interview"]
        cards.append(
            Card(
                case.case_id,
                len(interviews),
                len(mine) - len(interviews),
                dict(sorted(Counter(d.role for d in interviews).items())),
                dict(sorted(Counter(c for d in interviews for c in coders[d.document_id] - {""}).items())),
                tuple(sorted(len(d.text.split()) for d in interviews if d.text)),
                dict(
                    Counter(x.code_id for x in debts if x.document_id in {d.document_id for d in interviews})
                ),
            )
        )
    return cards
