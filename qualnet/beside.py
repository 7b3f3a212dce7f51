"""Tables beside the inputs: names that must not leak, facts about cases, context, interview guide."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualnet.corpus.cases import add_case_facts
from qualnet.names import only_words, same_name
from qualnet.problems import Place, Problems, nearest
from qualnet.readers import read_table
from qualnet.readers._words import column_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qualnet.codebook import Codebook
    from qualnet.corpus import Corpus
    from qualnet.corpus.consent import Consent
    from qualnet.project import Loaded
    from qualnet.readers import Sheet

__all__ = ["read_case_facts", "read_consent", "read_context", "read_guide", "read_names"]

MIN_NAME = 3
CONSENT_COLUMNS = {"consent": "consent", "einwilligung": "consent"}
CONSENT_WORDS: dict[str, Consent] = {
    "quote": "quote",
    "zitat": "quote",
    "paraphrase": "paraphrase",
    "none": "none",
    "keine": "none",
}
CONTEXT = ("context",)


def _path(loaded: Loaded, name: str, at: tuple[str, ...], problems: Problems) -> Path | None:
    path = loaded.path(name)
    if path.is_dir() if at == CONTEXT else path.is_file():
        return path
    problems.add(loaded.located.place(*at), "not-found", path=name)
    return None


def _header(sheet: Sheet, shown: str) -> Place:
    return Place(shown, sheet=sheet.name, row=sheet.header_row)


def read_names(loaded: Loaded, problems: Problems) -> list[tuple[int, str]]:
    """Read the real names of the key file, which must not stand in any output.

    Returns
    -------
    list
        Row and name. The first column holds the names; the header is none.
    """
    file = loaded.project.privacy.names
    path = _path(loaded, file, ("privacy", "names"), problems) if file else None
    if file is None or path is None:
        return []
    mine = Problems()
    sheet = read_table(path, file, mine)
    if sheet and not sheet.rows:
        mine.add(_header(sheet, file), "no-rows")
    names = [(row, cells[0].strip()) for row, cells in (sheet.rows if sheet else ())]
    for row, name in names:
        if len(only_words(name)) < MIN_NAME:
            mine.add(Place(file, row=row), "name-too-short", least=MIN_NAME)
    # a message must not show what it warns of
    problems.found.extend(
        replace(p, values=tuple((k, "***" if k == "sample" else v) for k, v in p.values)) for p in mine
    )
    return [(row, name) for row, name in names if len(only_words(name)) >= MIN_NAME]


def read_case_facts(loaded: Loaded, corpus: Corpus, problems: Problems) -> None:
    """Add the facts of the table `cases` to a corpus."""
    file = loaded.project.cases
    path = _path(loaded, file, ("cases",), problems) if file else None
    if file and path:
        sheet = read_table(path, file, problems)
        if sheet:
            add_case_facts(corpus, _header(sheet, file), sheet.header, sheet.rows, problems)


def read_context(loaded: Loaded, problems: Problems) -> dict[str, list[dict[str, str]]]:
    """Read the tables of the folder `context`: name of a table to its rows."""
    folder = loaded.project.context
    path = _path(loaded, folder, CONTEXT, problems) if folder else None
    tables = {}
    for file in sorted(path.glob("*.csv")) if path else ():
        sheet = read_table(file, f"{folder}/{file.name}", problems)
        if sheet:
            empty = dict.fromkeys(sheet.header, "")
            tables[file.stem] = [empty | dict(zip(sheet.header, r, strict=False)) for _, r in sheet.rows]
    return tables


def read_consent(loaded: Loaded, corpus: Corpus, problems: Problems) -> dict[str, Consent]:
    """Read what may be quoted of each interview: document to its level.

    Where there is such a table, an interview that is not in it has consented to nothing.
    """
    file = loaded.project.privacy.consent
    path = _path(loaded, file, ("privacy", "consent"), problems) if file else None
    sheet = read_table(path, file, problems) if file and path else None
    if file is None or sheet is None:
        return {}
    columns = [CONSENT_COLUMNS.get(same_name(h)) or column_of(h) for h in sheet.header]
    for column in [c for c in ("document", "consent") if c not in columns]:
        near, names = nearest(column, sheet.header), ", ".join(sheet.header)
        problems.add(_header(sheet, file), "missing-column", wanted=column, near=near, names=names)
    documents = {same_name(d.name): d.document_id for d in corpus.documents}
    found: dict[str, Consent] = {}
    for row, cells in sheet.rows if {"document", "consent"} <= set(columns) else ():
        values = dict(zip(columns, cells, strict=False))
        place = Place(file, sheet=sheet.name, row=row)
        name, text = values.get("document", ""), values.get("consent", "")
        document, level = documents.get(same_name(name)), CONSENT_WORDS.get(same_name(text))
        if document is None:
            near = nearest(name, [d.name for d in corpus.documents])
            problems.add(place, "guide-without-document", document=name, near=near)
        if level is None:
            names = ", ".join(CONSENT_WORDS)
            near = nearest(text, CONSENT_WORDS)
            problems.add(place, "unknown-value", field="consent", value=text, near=near, names=names)
        if document and level:
            found[document] = level
    for document_ in corpus.documents:
        if document_.document_id not in found:
            problems.add(Place(file), "consent-missing", document=document_.name)
            found[document_.document_id] = "none"
    return found


def read_guide(
    loaded: Loaded, corpus: Corpus, codebook: Codebook, cities: Mapping[str, Codebook], problems: Problems
) -> dict[str, set[str]]:
    """Read which topics each interview was asked about: document to codes of its city's codebook.

    A topic is a code, or a heading for all codes below it. Documents without a row are not in
    it: what they were asked is not known.
    """
    file = loaded.project.guide
    path = _path(loaded, file, ("guide",), problems) if file else None
    sheet = read_table(path, file, problems) if file and path else None
    if file is None or sheet is None:
        return {}
    columns = [column_of(h) for h in sheet.header]
    missing = [c for c in ("document", "topic") if c not in columns]
    for column in missing:
        near = nearest(column, sheet.header)
        names = ", ".join(sheet.header)
        problems.add(_header(sheet, file), "missing-column", wanted=column, near=near, names=names)
    if missing:
        return {}
    case_of = {d.document_id: d.case_id for d in corpus.document_cases}
    documents = {same_name(d.name): d.document_id for d in corpus.documents}
    asked: dict[str, set[str]] = {}
    for row, cells in sheet.rows:
        values = dict(zip(columns, cells, strict=False))
        place = Place(file, sheet=sheet.name, row=row)
        name, topic = values.get("document", ""), values.get("topic", "")
        document = documents.get(same_name(name))
        if document is None:
            near = nearest(name, [d.name for d in corpus.documents])
            problems.add(place, "guide-without-document", document=name, near=near)
            continue
        book = cities.get(case_of.get(document, ""), codebook)
        code = book.names().get(same_name(topic))
        if code is None:
            near = nearest(topic, book.spellings())
            problems.add(place, "unknown-code", what="code", code=topic, near=near)
            continue
        asked.setdefault(document, set()).add(code)
    return asked
