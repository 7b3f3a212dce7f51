"""The claims page: transcripts with their codings in one offline file; claims are stated by clicking."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from qualnet.forms import words
from qualnet.forms.claims_sheet import book_of, known_claims, label
from qualnet.language import text_in
from qualnet.overlays import SAID, latest
from qualnet.report.offline import bundle, offline_page, web_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualnet.corpus import Document
    from qualnet.language import Language
    from qualnet.prepare import Prepared
    from qualnet.worklist import Passage

__all__ = ["claims_page", "page_data"]

WITHOUT_SCRIPT: dict[Language, str] = {
    "de": "Diese Seite braucht JavaScript. Dieselbe Arbeit geht in Excel: qualnet claims sheet",
    "en": "This page needs JavaScript. The same work can be done in Excel: qualnet claims sheet",
}


def claims_page(prepared: Prepared, passages: Sequence[Passage], coder: str, language: Language) -> str:
    """Write the page of one coder.

    Parameters
    ----------
    prepared
        The project.
    passages
        What is to be decided; passages that nobody has coded are marked as such.
    coder
        Who will work with it.
    language
        Of the page and of labels.
    """
    folder = files("qualnet.forms") / "web"
    return offline_page(
        page_data(prepared, passages, coder, language),
        f"{text_in(prepared.loaded.project.title, language)} - {coder}",
        language,
        script=bundle(folder, "claims.js", web_folder()),
        style=(folder / "claims.css").read_text("utf-8"),
        without_script=WITHOUT_SCRIPT[language],
    )


def page_data(
    prepared: Prepared, passages: Sequence[Passage], coder: str, language: Language
) -> dict[str, object]:
    """Give what the page shows as plain data of schema ``qualnet-claims/1``.

    ``documents`` hold their text; a ``place`` names its document by index and its characters
    (in UTF-16 units, as scripts count), ``null`` where only its quote is known.
    """
    corpus, loaded = prepared.corpus, prepared.loaded
    shown = [d for d in corpus.documents if any(p.document_id == d.document_id for p in passages)]
    at = {d.document_id: i for i, d in enumerate(shown)}
    cases = {c.case_id: i for i, c in enumerate(corpus.cases)}
    case_of = {d.document_id: cases.get(d.case_id, 0) for d in corpus.document_cases}
    last = latest(prepared.decisions)
    title = text_in(loaded.project.title, language)
    return {
        "schema": "qualnet-claims/1",
        "meta": {
            "title": title,
            "coder": coder,
            "language": language,
            "synthetic": any(d.synthetic for d in shown),
            # unsaved work of this project and coder is found again by it
            "key": _mark(title, coder),
            # a page written after more was decided elsewhere knows better than what a browser kept
            "version": _mark(*(str(d.said) for d in last.values() if d.who == coder)),
        },
        "columns": list(words.COLUMNS),
        "choices": {
            name: [[value, named[language]] for value, named in offered.items()]
            for name, offered in (
                ("sign", words.SIGNS),
                ("status", words.STATUS),
                ("certainty", words.CERTAINTY),
            )
        },
        "cases": [
            {
                "id": case.case_id,
                "name": case.name,
                "codes": [
                    {"id": code.id, "label": label(book, code.id, language), "kind": code.kind}
                    for code in book.factors()
                ],
            }
            for case, book in ((c, book_of(prepared, c.case_id)) for c in corpus.cases)
        ],
        "documents": [
            {"name": d.name, "role": d.role, "case": case_of.get(d.document_id, 0), "text": d.text or ""}
            for d in shown
        ],
        "places": [
            {
                "id": p.id,
                "document": at[p.document_id],
                "span": _span(p, shown[at[p.document_id]]),
                "paragraph": p.paragraph or 0,
                "quote": p.quote,
                "codes": list(p.codes),
                "cues": [[_units(p.quote[: cue.start]), _units(p.quote[: cue.end])] for cue in p.cues],
                "known": known_claims(prepared, p, coder, language),
                "coded": bool(p.codes),
                "rows": [
                    {name: getattr(last[i], name) for name in ("id", "answer", *SAID)}
                    for i in p.decisions
                    if last[i].who == coder
                ],
            }
            for p in passages
        ],
    }


def _mark(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def _units(text: str) -> int:
    """Give the length of a text as scripts count it: UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _span(passage: Passage, document: Document) -> list[int] | None:
    first = passage.segments[0]
    # several segments of a paragraph are shown by their words: what stands between them is no quote
    if not document.text or first.start is None or first.end is None or passage.quote != first.quote:
        return None
    return [_units(document.text[: first.start]), _units(document.text[: first.end])]
