"""Coded passages of databases that store their words beside their positions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualnet.corpus import Attribute, Coder, Coding, Document, Segment
from qualnet.readers._claims import commented
from qualnet.readers._offsets import calibrate_by_quotes, converter
from qualnet.readers._speakers import speaker_at, speakers_of
from qualnet.readers._words import FACTS, column_of, is_yes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualnet.corpus import Corpus
    from qualnet.problems import Place, Problems

__all__ = ["Stored", "add_codings", "add_document", "whole_number"]


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of a table of codings.

    Attributes
    ----------
    document_id, code_id, coder
        What it joins; the coder may be empty.
    start, end
        Positions as the program counts; None where they are none.
    words
        What the program stored as the words there.
    comment
        A memo of the coding; may state a claim as ``A -> B (+)``.
    day
        ISO 8601, or empty.
    """

    document_id: str
    code_id: str
    coder: str
    start: int | None
    end: int | None
    words: str
    comment: str
    day: str
    place: Place


def plain_text(raw: str) -> str:
    """Give a stored text with LF line ends."""
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def add_document(corpus: Corpus, name: str, raw: str, facts: Mapping[str, str], place: Place) -> None:
    """Add a text with who speaks in it, and what is recorded about it.

    Parameters
    ----------
    corpus
        To add to.
    name
        Of the document; also its id.
    raw
        As the program stored it, without a BOM.
    facts
        Attributes of the file; those called like a column say what the interview is, all others stay
        attributes.
    """
    values = {column_of(key) or key: value for key, value in facts.items()}
    text = plain_text(raw)
    corpus.documents.append(
        Document(
            name,
            name,
            kind=values.get("kind") or "interview",
            text=text,
            language=values.get("language", ""),
            date=values.get("date", ""),
            synthetic=is_yes(values.get("synthetic", "")),
            role=values.get("role", ""),
            place=place,
        )
    )
    corpus.speakers.extend(speakers_of(name, text))
    for key, value in facts.items():
        if column_of(key) not in FACTS:
            corpus.attributes.append(Attribute("document", name, key, value, place=place))


def whole_number(value: str | float | bytes | None) -> int | None:
    """Give a position; some programs store it as a number with a point."""
    return int(value) if isinstance(value, int | float) and value == int(value) else None


def add_codings(
    corpus: Corpus, raw: Mapping[str, str], rows: Sequence[Stored], problems: Problems
) -> tuple[str, int]:
    """Add segments, one to a span, with their codings, their coders, and the claims of comments.

    Parameters
    ----------
    corpus
        With the documents.
    raw
        Text of each document as the program stored it, without a BOM.
    rows
        Codings of these documents.
    problems
        Where to note positions outside a text.

    Returns
    -------
    tuple
        How the program counts positions, and how many codings were kept.
    """
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in rows:
        if row.start is not None and row.end is not None:
            spans[row.document_id].append((row.start, row.end, row.words))
    rule = calibrate_by_quotes((raw[document], spans[document]) for document in spans)
    positions = {document: converter(raw[document], rule) for document in spans}
    texts = {document: plain_text(text) for document, text in raw.items()}
    segments: dict[tuple[str, int | None, int | None], Segment] = {}
    coders: dict[str, Coder] = {}
    kept = 0
    for row in rows:
        key = (row.document_id, row.start, row.end)
        if key not in segments:
            found = _segment(row, texts[row.document_id], positions.get(row.document_id, []), problems)
            if found is None:
                continue
            segments[key] = found
            corpus.segments.append(found)
        segment = segments[key]
        if row.coder:
            coders.setdefault(row.coder, Coder(row.coder, row.coder, row.place))
        coding_id = f"{segment.segment_id}/{row.code_id}/{row.coder}"
        corpus.codings.append(
            Coding(
                coding_id,
                segment.segment_id,
                row.code_id,
                row.coder,
                row.comment,
                row.day,
                place=row.place,
            )
        )
        for relation, evidence in commented(
            row.comment, segment.segment_id, row.document_id, row.coder, row.place
        ):
            corpus.relations.append(relation)
            corpus.relation_evidence.append(evidence)
        kept += 1
    corpus.coders.extend(coders.values())
    return rule.name, kept


def _segment(row: Stored, text: str, positions: Sequence[int], problems: Problems) -> Segment | None:
    start, end = row.start, row.end
    if start is None or end is None or not 0 <= start < end < len(positions):
        length = max(len(positions) - 1, 0)
        problems.add(row.place, "offsets-outside", start=start, end=end, length=length)
        return None
    begin, stop = positions[start], positions[end]
    quote = text[begin:stop]
    if row.words.strip() and "".join(row.words.split()) != "".join(quote.split()):
        quote = plain_text(row.words)  # whoever anchors it tells that the text says something else here
    return Segment(
        f"{row.document_id}/{start}-{end}",
        row.document_id,
        quote,
        begin,
        stop,
        speaker_id=speaker_at(row.document_id, text, begin),
        place=row.place,
    )
