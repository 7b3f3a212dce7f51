"""What may be said in an interview's own words, and what must not leave it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from qualnet.corpus.rows import Corpus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.language import Language

__all__ = ["CONSENTS", "WITHHELD", "Consent", "withheld"]

Consent: TypeAlias = Literal["quote", "paraphrase", "none"]
CONSENTS: tuple[Consent, ...] = get_args(Consent)

WITHHELD: dict[Consent, dict[Language, str]] = {
    "paraphrase": {"de": "[kein Zitat: nur Paraphrase erlaubt]", "en": "[no quote: paraphrase only]"},
    "none": {"de": "[kein Zitat: keine Einwilligung]", "en": "[no quote: no consent]"},
}
"""What stands in place of a quote."""


def withheld(corpus: Corpus, consent: Mapping[str, Consent], language: Language) -> Corpus:
    """Give a corpus without the words that nobody may pass on; positions and counts stay.

    Parameters
    ----------
    corpus
        The whole corpus; it is left as it is.
    consent
        Document to its level; a document that is not in it is not limited.
    language
        Of what stands in place of a quote.

    Returns
    -------
    Corpus
        At ``paraphrase`` a coder's memo on a claim stays, since it is her own words; at ``none``
        memos go too.
    """
    limited = {d: level for d, level in consent.items() if level != "quote"}
    if not limited:
        return corpus
    silent = {d for d, level in limited.items() if level == "none"}
    where = {s.segment_id: s.document_id for s in corpus.segments}
    evidence: dict[str, set[str]] = {}
    for link in corpus.relation_evidence:
        evidence.setdefault(link.relation_id, set()).add(where.get(link.segment_id, ""))
    kept = Corpus()
    kept.extend(corpus)
    kept.documents = [replace(d, text=None) if d.document_id in limited else d for d in corpus.documents]
    kept.segments = [
        replace(s, quote=WITHHELD[limited[s.document_id]][language]) if s.document_id in limited else s
        for s in corpus.segments
    ]
    kept.codings = [
        replace(c, comment="") if where.get(c.segment_id) in silent else c for c in corpus.codings
    ]
    kept.relations = [
        replace(r, comment="", condition="", hedge="", extra="")
        if silent & (evidence.get(r.relation_id) or {r.document_id})
        else replace(r, extra="")
        if limited.keys() & (evidence.get(r.relation_id) or {r.document_id})
        else r
        for r in corpus.relations
    ]
    kept.memos = [m for m in corpus.memos if not (m.target_type == "document" and m.target_id in limited)]
    return kept
