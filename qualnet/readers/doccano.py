"""doccano's exports: a text a line (JSONL), or all in a list (JSON), with marked passages and relations."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from qualnet.corpus import Corpus
from qualnet.names import same_name
from qualnet.problems import Place
from qualnet.readers._annotations import Annotations, Span, Tie, options_known, sign_among
from qualnet.readers._forget import encoding_of, is_of
from qualnet.readers._json import json_text, parse_json
from qualnet.readers._source import decode_head
from qualnet.readers._words import column_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.problems import Problems
    from qualnet.readers._source import Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "doccano (JSONL, JSON): Texte, markierte Stellen, Beziehungen, Kommentare."
    " Wer codierte, steht nicht darin; alte Exporte verlieren die Beziehungen.",
    "en": "doccano (JSONL, JSON): texts, marked passages, relations, comments."
    " It does not say who coded; old exports lose the relations.",
}
CODER = "coder"
START = re.compile(r"\s*\[?\s*(?=\{)")
FIRST = 16 * 2**20
"""Characters within which the first text must end for the file to be known."""
TEXTS = ("text", "data")
LABELS = ("label", "labels")
NAMES = {"filename", "file_name", "file"}
OWN = {*TEXTS, *LABELS, "id", "entities", "relations", "comments"}
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
TRIPLE = 3


class _Text(NamedTuple):
    name: str
    row: dict[str, Any]
    place: Place


def sniff(source: Source) -> bool:
    """Tell whether the first thing in it is a text with labels or entities."""
    if not source.is_text or not START.match(decode_head(source.head)):
        return False
    with source.path.open("rb") as file:
        text = decode_head(file.read(FIRST))
    start = START.match(text)
    try:
        row, _ = json.JSONDecoder().raw_decode(text, start.end() if start else 0)
    except (ValueError, RecursionError):
        return False
    if not any(isinstance(row.get(key), str) for key in TEXTS):
        return False
    marks = row.get("entities")
    return any(isinstance(row.get(key), list) for key in LABELS) or (
        isinstance(marks, list) and all(isinstance(m, dict) and "start_offset" in m for m in marks)
    )


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read texts.

    Parameters
    ----------
    source
        The export.
    options
        ``coder``: who annotated, which the file does not say; ``claims``: labels of relations that
        are claims.
    problems
        Where to note what is wrong.
    """
    found = Annotations(source, "doccano", options_known(source, options, problems, CODER), problems)
    texts = _texts(source, problems)
    for text in texts:
        _read_text(found, text, options.get(CODER, ""))
    return found.finish() if texts else Corpus()


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the export without a text; all other lines stay, byte for byte. None when no other is left."""
    del options
    texts = _texts(source, problems)
    gone = [text for text in texts if is_of(text.name, document_id)]
    raw = source.path.read_bytes()
    if not gone:
        return raw
    if len(gone) == len(texts):
        return None
    if not gone[0].place.line:
        left = [text.row for text in texts if text not in gone]
        return json.dumps(left, ensure_ascii=False, indent=1).encode()
    cut, encoding = {text.place.line for text in gone}, encoding_of(raw)
    whole = raw.decode(encoding)
    lines = LINE.findall(whole.removeprefix("\ufeff"))
    mark = "\ufeff" * whole.startswith("\ufeff")
    return (mark + "".join(x for n, x in enumerate(lines, start=1) if n not in cut)).encode(encoding)


def _texts(source: Source, problems: Problems) -> list[_Text]:
    """Give the texts of a file, each at its line, or with its number in the list."""
    content = json_text(source, problems) or ""
    rows: list[tuple[Place, Any]] = []
    if content.lstrip().startswith("["):
        parsed = parse_json(content, source.place, problems) or []
        rows = [(source.place.at(element=f"text {n}"), row) for n, row in enumerate(parsed, start=1)]
    else:
        for number, line in enumerate(content.split("\n"), start=1):
            place = Place(source.shown, line=number)
            before = len(problems.errors)
            row = parse_json(line, place, problems) if line.strip() else None
            if line.strip() and len(problems.errors) == before:
                rows.append((place, row))
    texts: list[_Text] = []
    names: Counter[str] = Counter()
    for place, row in rows:
        if not isinstance(row, dict) or not any(isinstance(row.get(key), str) for key in TEXTS):
            problems.add(place, "unreadable", why="no text")
            continue
        name = _name(source, row, place)
        names[name] += 1
        texts.append(_Text(name if names[name] == 1 else f"{name} ({names[name]})", row, place))
    return texts


def _name(source: Source, row: Mapping[str, Any], place: Place) -> str:
    for key, value in row.items():
        is_name = column_of(key) == "document" or same_name(key) in NAMES
        if is_name and isinstance(value, str) and value.strip():
            return value.strip()
    return f"{source.stem} {row.get('id', place.line or place.element)}"


def _read_text(found: Annotations, text: _Text, coder: str) -> None:
    row, place = text.row, text.place
    name = text.name
    raw = next(str(row[key]) for key in TEXTS if isinstance(row.get(key), str))
    marks = _rows(row.get("entities"))
    whole: list[str] = []
    for mark in (m for key in LABELS for m in _rows(row.get(key))):
        if isinstance(mark, list):
            marks.append(mark)
        else:
            whole.append(str(mark))
    facts = {
        key: str(value)
        for key, value in row.items()
        if same_name(key) not in OWN
        and isinstance(value, str | int | float)
        and column_of(key) != "document"
        and same_name(key) not in NAMES
    }
    found.document(name, raw, facts | ({"label": ", ".join(whole)} if whole else {}), place)
    for number, mark in enumerate(marks, start=1):
        _mark(found, text, mark, number, coder)
    for number, tie in enumerate(_rows(row.get("relations")), start=1):
        at = place.at(element=f"{place.element} relation {number}".strip())
        values = tie if isinstance(tie, dict) else {}
        label = str(values.get("type", ""))
        found.ties.append(
            Tie(
                f"relation {values.get('id', number)}",
                name,
                (str(values.get("from_id", "?")), str(values.get("to_id", "?"))),
                label,
                at,
                sign=sign_among([label]),
                coder=coder,
            )
        )
    for comment in (c for key in ("Comments", "comments") for c in _rows(row.get(key))):
        words = comment.get("text", "") if isinstance(comment, dict) else comment
        found.count("comments", kept=bool(words))
        if words:
            found.note(name, "", str(words), place)


def _mark(found: Annotations, text: _Text, mark: object, number: int, coder: str) -> None:
    place = text.place.at(element=f"{text.place.element} label {number}".strip())
    if isinstance(mark, list) and len(mark) == TRIPLE:
        start, end, label = mark
        span_id = f"label {number}"
    else:
        values = mark if isinstance(mark, dict) else {}
        start, end, label = (values.get(key) for key in ("start_offset", "end_offset", "label"))
        span_id = str(values.get("id", f"label {number}"))
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(label, str) and label.strip()):
        found.count("passages", kept=False)
        found.problems.add(place, "unreadable", why="no label with its place")
        return
    found.span(Span(span_id, text.name, ((start, end),), "", (label,), place, coder))


def _rows(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
