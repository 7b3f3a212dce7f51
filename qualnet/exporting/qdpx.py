"""A REFI-QDA project (.qdpx) for MAXQDA, ATLAS.ti, NVivo, QualCoder and others."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import replace
from typing import TYPE_CHECKING

from qualnet.codebook.exchange import description
from qualnet.codebook.resolve import meanings
from qualnet.corpus import CodeRow, Corpus
from qualnet.exporting._refi import Drawn, archive_of, is_guid
from qualnet.language import text_in

if TYPE_CHECKING:
    from qualnet.codebook import Code
    from qualnet.comparison import Study
    from qualnet.exporting import How

__all__ = ["SUMMARY", "study_corpus", "write"]

SUMMARY = {
    "de": "REFI-QDA-Projekt: Texte, Codes, Codierungen, Fälle, Notizen; Aussagen als Notizen oder Codes,"
    " Netze als Graphen",
    "en": "REFI-QDA project: texts, codes, codings, cases, notes; claims as notes or codes,"
    " networks as graphs",
}


def write(study: Study, how: How) -> dict[str, bytes]:
    """Give the project as one archive."""
    corpus = study_corpus(study)
    title = text_in(study.title, study.language) or how.name
    drawn = [
        Drawn(
            f"{study.case_name(case)} ({network.layer})",
            case,
            tuple((f, study.positions.get(f, (0.0, 0.0))) for f in network.nodes),
            tuple(
                (item.cause, item.effect, item.sign if network.directed else "", item.n_sources)
                for _, item in sorted(network.drawn.items())
            ),
            directed=network.directed,
            told=study.min_sources <= 1,
        )
        for comparison in study.comparisons.values()
        for case, network in comparison.networks.items()
        if network.drawn
    ]
    data = archive_of(corpus, title, drawn, claims_as_codes=how.claims == "codes", utf16=how.utf16)
    return {f"{how.name}.qdpx": data}


def study_corpus(study: Study) -> Corpus:
    """Give the corpus of a study with the codes of its codebooks, under the guids that they came with."""
    books = [study.codebook, *study.city_codebooks.values()]
    codes: ChainMap[str, Code] = ChainMap(*[dict(book.codes) for book in books])
    came: dict[str, CodeRow] = {}
    for book in books:
        for code_id, code in meanings(study.corpus.codes, book).items():
            row = next(r for r in study.corpus.codes if r.code_id == code_id)
            if is_guid(code_id):
                came.setdefault(code, row)
    guids = {code: row.code_id for code, row in came.items()}
    rows = [
        CodeRow(
            guids.get(code.id, code.id),
            text_in(code.label, study.language) or code.id,
            guids.get(code.parent or "", code.parent or "") if code.parent in codes else "",
            code.codable,
            code.color or (came[code.id].color if code.id in came else ""),
            description(code, study.language),
        )
        for code in codes.values()
    ]
    corpus = Corpus()
    corpus.extend(study.corpus)
    corpus.codes = rows
    corpus.codings = [replace(c, code_id=guids.get(c.code_id, c.code_id)) for c in corpus.codings]
    corpus.relations = [
        replace(
            r,
            from_id=guids.get(r.from_id, r.from_id) if r.from_type == "code" else r.from_id,
            to_id=guids.get(r.to_id, r.to_id) if r.to_type == "code" else r.to_id,
        )
        for r in corpus.relations
    ]
    return corpus
