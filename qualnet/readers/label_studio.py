"""Label Studio's export "JSON": texts with marked regions, and relations between two of them.

A task is a document. Which field of a task holds the text says only the labelling configuration, which
is not in the file: it is the one in which the marked words stand.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from qualnet.corpus import Corpus
from qualnet.days import day_of
from qualnet.readers._annotations import Annotations, Span, Tie, options_known, sign_among
from qualnet.readers._forget import is_of
from qualnet.readers._json import json_text, parse_json
from qualnet.readers._source import decode_head
from qualnet.readers._words import column_of, says_cause

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.corpus.rows import Direction
    from qualnet.problems import Place, Problems
    from qualnet.readers._source import Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "Label Studio (JSON, nicht JSON-MIN): Texte und Dialoge, markierte Stellen, Beziehungen,"
    " Codierer:innen mit Tag. Bilder, Ton und HTML nicht.",
    "en": "Label Studio (JSON, not JSON-MIN): texts and dialogues, marked passages, relations, coders with"
    " day. No pictures, audio or HTML.",
}
START = re.compile(r"\s*\[?\s*\{")
UPLOADED = re.compile(r"[0-9a-f]{8}-")
ADDRESS = re.compile(r"(https?:|s3:|gs:|/data/)\S*")
DIRECTIONS: dict[str, Direction] = {"right": "oneway", "left": "oneway", "bi": "both"}
SPEAKERS = ("author", "speaker", "name")


class _Task(NamedTuple):
    name: str
    row: dict[str, Any]
    place: Place


def sniff(source: Source) -> bool:
    """Tell whether it is JSON with tasks that have annotations."""
    head = decode_head(source.head) if source.is_text else ""
    keys = ('"completed_by"', '"was_cancelled"', '"result"', '"data"')
    return START.match(head) is not None and '"annotations"' in head and any(key in head for key in keys)


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read tasks.

    Parameters
    ----------
    source
        The export.
    options
        ``claims``: labels of relations that are claims.
    problems
        Where to note what is wrong.
    """
    found = Annotations(source, "label_studio", options_known(source, options, problems), problems)
    tasks = _tasks(source, problems)
    if tasks is None:
        return Corpus()
    for task in tasks:
        _read_task(found, task)
    return found.finish()


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give the export without a task, written anew. None when no other task is left."""
    del options
    tasks = _tasks(source, problems)
    if tasks is None:
        return None
    left = [task.row for task in tasks if not is_of(task.name, document_id)]
    if len(left) == len(tasks):
        return source.path.read_bytes()
    return json.dumps(left, ensure_ascii=False, indent=1).encode() if left else None


def _tasks(source: Source, problems: Problems) -> list[_Task] | None:
    text = json_text(source, problems)
    before = len(problems.errors)
    rows = None if text is None else parse_json(text, source.place, problems)
    if text is None or len(problems.errors) > before:
        return None
    tasks: list[_Task] = []
    names: Counter[str] = Counter()
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], start=1):
        place = source.place.at(element=f"task {number}")
        if not isinstance(row, dict) or not isinstance(row.get("data"), dict):
            problems.add(place, "unreadable", why="a task without data")
            continue
        name = _name(source, row, number)
        names[name] += 1
        if names[name] > 1:
            name = f"{name} ({row.get('id', number)})"
        tasks.append(_Task(name, row, place))
    return tasks


def _name(source: Source, task: Mapping[str, Any], number: int) -> str:
    """Give a document's name: what its data call it, the file that was uploaded for it, or its number."""
    for key, value in task["data"].items():
        if column_of(key) == "document" and isinstance(value, str) and value.strip():
            return value.strip()
    file = PurePosixPath(str(task.get("file_upload") or ""))
    if file.suffix.lower() == ".txt":
        return UPLOADED.sub("", file.stem, count=1)
    return f"{source.stem} {task.get('id', number)}"


def _dicts(rows: object) -> list[dict[str, Any]]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _value(row: Mapping[str, Any]) -> dict[str, Any]:
    value = row.get("value")
    return value if isinstance(value, dict) else {}


def _read_task(found: Annotations, task: _Task) -> None:
    annotations = _dicts(task.row.get("annotations"))
    for kind in ("predictions", "drafts"):
        for _ in _dicts(task.row.get(kind)):
            found.count(kind, kept=False)
    kept = [a for a in annotations if not a.get("was_cancelled")]
    words = [str(_value(r).get("text", "")) for a in kept for r in _dicts(a.get("result"))]
    field, text, starts = _text(task.row["data"], [w for w in words if w.strip()])
    facts = {
        key: str(value)
        for key, value in task.row["data"].items()
        if key != field and isinstance(value, str | int | float) and column_of(key) != "document"
    }
    if text is None or ADDRESS.fullmatch(text):
        found.problems.add(task.place, "text-missing", path=text or field)
        return
    found.document(task.name, text, facts, task.place)
    for number, annotation in enumerate(annotations, start=1):
        found.count("annotations", kept=not annotation.get("was_cancelled"))
        if not annotation.get("was_cancelled"):
            place = task.place.at(element=f"{task.place.element}, annotation {number}")
            _Annotation(found, task.name, annotation, starts, place).read()


def _text(data: Mapping[str, Any], words: list[str]) -> tuple[str, str | None, list[int]]:
    """Give the field of a task in which the marked words stand, its text, and where its turns begin."""
    fields: list[tuple[int, bool, int, str, str, list[int]]] = []
    for key, value in data.items():
        if isinstance(value, str):
            text, starts = value, list[int]()
        elif turns := _dicts(value):
            text, starts = _dialogue(turns)
        else:
            continue
        hits = sum(word in text for word in words)
        fields.append((hits, key == "text", len(text), key, text, starts))
    if not fields:
        return "data", None, []
    *_, key, text, starts = max(fields)
    return key, text, starts


def _dialogue(turns: list[dict[str, Any]]) -> tuple[str, list[int]]:
    """Give the turns of a dialogue as lines with who speaks, and where the words of each begin (UTF-16)."""
    text, starts = "", []
    for turn in turns:
        who = next((str(turn[key]) for key in SPEAKERS if turn.get(key)), "")
        text += f"{who}: " if who else ""
        starts.append(len(text.encode("utf-16-le", "surrogatepass")) // 2)
        text += f"{turn.get('text', '')}\n"
    return text, starts


class _Annotation:
    """What one person marked in one text."""

    def __init__(
        self, found: Annotations, document: str, row: Mapping[str, Any], starts: list[int], place: Place
    ) -> None:
        self.found, self.document, self.row, self.starts, self.place = found, document, row, starts, place
        self.coder = _coder(row.get("completed_by"))
        self.name = str(row.get("id", place.element))

    def read(self) -> None:
        results = _dicts(self.row.get("result"))
        regions: dict[str, list[dict[str, Any]]] = {}
        for row in results:
            if row.get("type") != "relation":
                regions.setdefault(str(row.get("id", "")), []).append(row)
        for region, rows in regions.items():
            self.region(region, rows)
        relations = [row for row in results if row.get("type") == "relation"]
        for number, row in enumerate(relations, start=1):
            self.relation(number, row)

    def region(self, region: str, rows: list[dict[str, Any]]) -> None:
        """Read what was said of one region: its labels, and answers about it alone."""
        place = self.place.at(element=f"{self.place.element}, region {region}")
        codes: list[str] = []
        said: list[str] = []
        parts: tuple[tuple[int, int], ...] = ()
        words = ""
        for row in rows:
            value, kind = _value(row), str(row.get("type", ""))
            found = self.parts(value)
            parts = parts or found
            # the answer to a free question stands where others keep the marked words
            answers = _words(value.get("text" if kind == "textarea" else kind))
            if kind != "textarea":
                words = words or str(value.get("text") or "")
            if kind.endswith("labels"):
                codes += answers
            elif answers:
                said.append(f"{row.get('from_name', kind)}: {', '.join(answers)}")
            told = bool(answers) and not kind.endswith("labels")
            self.found.count(kind or "regions", kept=bool(found) or told)
        if parts:
            self.found.span(
                Span(
                    f"{self.name}/{region}",
                    self.document,
                    parts,
                    words,
                    tuple(dict.fromkeys(codes)),
                    place,
                    self.coder,
                    "; ".join(said),
                    day_of(str(self.row.get("created_at", ""))),
                )
            )
        elif said:
            self.found.note(self.document, "", "; ".join(said), place)

    def parts(self, value: Mapping[str, Any]) -> tuple[tuple[int, int], ...]:
        """Give the place of a region; in a dialogue it is counted from the beginning of a turn."""
        start, end = value.get("start"), value.get("end")
        if self.starts:
            start, end = (
                self.turned(start, value.get("startOffset")),
                self.turned(end, value.get("endOffset")),
            )
        return ((start, end),) if isinstance(start, int) and isinstance(end, int) else ()

    def turned(self, turn: object, offset: object) -> int | None:
        number = int(str(turn)) if str(turn).isdecimal() else len(self.starts)
        return self.starts[number] + offset if number < len(self.starts) and isinstance(offset, int) else None

    def relation(self, number: int, row: Mapping[str, Any]) -> None:
        place = self.place.at(element=f"{self.place.element}, relation {number}")
        drawn = str(row.get("direction", "right"))
        ends = [f"{self.name}/{row.get(key, '')}" for key in ("from_id", "to_id")]
        labels = _words(row.get("labels"))
        self.found.ties.append(
            Tie(
                f"{self.name}/relation {number}",
                self.document,
                (ends[1], ends[0]) if drawn == "left" else (ends[0], ends[1]),
                ", ".join(labels),
                place,
                DIRECTIONS.get(drawn, "none"),
                any(says_cause(label) for label in labels),
                sign_among(labels),
                coder=self.coder,
            )
        )


def _words(value: object) -> list[str]:
    rows = value if isinstance(value, list) else [value]
    return [str(row) for row in rows if isinstance(row, str | int | float) and str(row).strip()]


def _coder(who: object) -> str:
    """Give who annotated: a name or a number, never the e-mail address."""
    if isinstance(who, dict):
        name = " ".join(str(who[key]) for key in ("first_name", "last_name") if who.get(key))
        return name or str(who.get("id", ""))
    return "" if who is None else str(who)
