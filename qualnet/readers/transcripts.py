"""Transcripts as text or Markdown: speaker labels, time marks, an optional head of facts.

Dresing and Pehl's rules are the model: each turn is a paragraph, a label (``I:``, ``B1:``)
begins it, time marks (``#00:05:12-3#`` or ``[00:05:12]``) end it. A head between two lines
``---`` gives facts about the document: role, case, kind, date, synthetic.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualnet.corpus import Corpus, Document, DocumentCase, Issue
from qualnet.names import same_name
from qualnet.problems import Place
from qualnet.readers._speakers import speakers_of
from qualnet.readers._words import column_of, is_yes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.problems import Problems
    from qualnet.readers._source import Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "Transkripte als Text oder Markdown mit Sprecherkürzeln und Zeitmarken."
    " Codierungen stehen in einer Tabelle daneben.",
    "en": "Transcripts as text or Markdown with speaker labels and time marks."
    " Codings stand in a table beside them.",
}
MACHINE = re.compile(rb"<|\{|\[\s*[\[{\"]|SQLite format")
HEAD = re.compile(r"\A---\n(?P<head>.*?)\n---\n+", re.DOTALL)


def sniff(source: Source) -> bool:
    """Tell whether it is text that is no XML, JSON or database."""
    start = source.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return source.is_text and bool(start) and not MACHINE.match(start)


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read one transcript as one document; its id is the file's name without ending."""
    del options
    corpus = Corpus()
    text = source.text(problems)
    if text is None:
        return corpus
    facts: dict[str, str] = {}
    head = HEAD.match(text)
    if head:
        facts = _facts(head["head"], source, problems)
        text = text[head.end() :]
    if not text.strip():
        problems.add(source.place, "empty-file")
        return corpus
    document_id = facts.get("document") or source.stem
    corpus.documents.append(
        Document(
            document_id=document_id,
            name=document_id,
            kind=facts.get("kind") or "interview",
            text=text,
            language=facts.get("language", ""),
            date=facts.get("date", ""),
            synthetic=is_yes(facts.get("synthetic", "")),
            role=facts.get("role", ""),
            place=source.place,
        )
    )
    if facts.get("case"):
        corpus.document_cases.append(
            DocumentCase(document_id, facts["case"], "column", Place(source.shown, line=1))
        )
    corpus.speakers.extend(speakers_of(document_id, text, facts.get("role", "")))
    n = sum(1 for line in text.split("\n") if line.strip())
    corpus.issues.append(Issue(source.shown, "paragraphs", n, n))
    return corpus


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> None:
    """Say that the whole file goes: it holds one interview and nothing else."""
    del source, options, document_id, problems


def _facts(head: str, source: Source, problems: Problems) -> dict[str, str]:
    facts: dict[str, str] = {}
    for number, line in enumerate(head.split("\n"), start=2):
        name, colon, value = line.partition(":")
        field = column_of(name)
        if colon and field:
            facts[field] = value.strip()
        elif line.strip() and not same_name(name).startswith(("#", "hinweis", "note")):
            problems.add(
                Place(source.shown, line=number),
                "unknown-field",
                field=name.strip(),
                near="",
                names="document, case, role, kind, date, language, synthetic",
            )
    return facts
