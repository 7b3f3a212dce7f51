"""Interviews that were coded before a code existed: nobody looked for it there yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualnet.days import day_of
from qualnet.names import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qualnet.codebook.model import Codebook
    from qualnet.corpus import Corpus

__all__ = ["Debt", "find_debt"]

CODED_ON = {"coded_on", "coded on", "codiert_am", "codiert am", "kodiert_am", "kodiert am"}
"""Names of the fact about a document that says when it was gone through last."""


@dataclass(frozen=True, slots=True)
class Debt:
    """An interview, or another document, that has not been looked through for a code.

    Attributes
    ----------
    since
        The day from which on the code could be given.
    last
        The last day on which somebody is known to have coded the document, or decided about it;
        empty where the inputs do not say.
    """

    code_id: str
    since: str
    case_id: str
    document_id: str
    last: str

    @property
    def known(self) -> bool:
        """Whether it is certain; without a day nobody can say."""
        return bool(self.last)


def find_debt(
    corpus: Corpus, codebooks: Mapping[str, Codebook], base: Codebook, decided: Iterable[tuple[str, str]] = ()
) -> list[Debt]:
    """List what is to be coded again.

    A document that has the code was looked through for it; so was one that was coded, or decided
    about, on the day of the code or later. A document without a coding or a claim is not coded yet: it
    owes nothing. A fact of the document called ``coded_on`` (``codiert_am``) counts as such a day.

    Parameters
    ----------
    corpus
        With its codes resolved.
    codebooks
        Case to the codebook of its city.
    base
        The codebook of every other case.
    decided
        Document and time of each decision about it.

    Returns
    -------
    list of Debt
        By code, in the order of the codebooks, then by case and document.
    """
    document_of = {s.segment_id: s.document_id for s in corpus.segments}
    days: dict[str, set[str]] = defaultdict(set)
    has: dict[str, set[str]] = defaultdict(set)
    for coding in corpus.codings:
        document = document_of.get(coding.segment_id, "")
        days[document].add(coding.date)
        has[document].add(coding.code_id)
    for relation in corpus.relations:
        days[relation.document_id].add("")
        has[relation.document_id] |= {relation.from_id, relation.to_id}
    facts = [
        (a.owner_id, a.value)
        for a in corpus.attributes
        if a.owner_type == "document" and same_name(a.name) in CODED_ON
    ]
    for document, when in (*decided, *facts):
        if document in days:
            days[document].add(day_of(when))
    case_of = {d.document_id: d.case_id for d in corpus.document_cases}
    found = [
        Debt(code.id, code.since, case_of.get(document, ""), document, max(coded))
        for document, coded in sorted(days.items(), key=lambda x: (case_of.get(x[0], ""), x[0]))
        for code in codebooks.get(case_of.get(document, ""), base).codes.values()
        if code.codable and max(coded) < code.since and code.id not in has[document]
    ]
    order = {x: i for i, x in enumerate(x for b in (base, *codebooks.values()) for x in b.codes)}
    return sorted(found, key=lambda debt: order[debt.code_id])
