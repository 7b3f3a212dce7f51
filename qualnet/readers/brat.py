"""brat: annotations (.ann) beside the text (.txt) that they are about.

A type is a code, and the words that it marks are a passage. An event with a cause and an effect is a
relation between passages; the words that trigger it ("because") belong to it and are not coded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from qualnet.corpus import CodeRow
from qualnet.located import decode
from qualnet.problems import Place
from qualnet.readers._annotations import Annotations, Span, Tie, options_known, sign_among
from qualnet.readers._source import MAX_TEXT, decode_head
from qualnet.readers._words import column_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from qualnet.corpus import Corpus
    from qualnet.corpus.rows import Direction, Sign
    from qualnet.problems import Problems
    from qualnet.readers._source import Source

__all__ = ["SUMMARY", "beside", "forget", "read", "sniff"]

SUMMARY = {
    "de": "brat (.ann neben .txt): markierte Stellen als Codes, Ereignisse und Beziehungen mit Vorzeichen,"
    " Notizen. Wer codierte und Fälle kennt brat nicht.",
    "en": "brat (.ann beside .txt): marked passages as codes, events and relations with sign, notes."
    " brat knows neither coders nor cases.",
}
SETTINGS = ("annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf")
FIRST_LINE = re.compile(
    r"T\d+\t\S+ \d+ \d+(;\d+ \d+)*(\t|$)|E\d+\t\S+:T\d+|R\d+\t\S+ \S+:[TE]\d+|\*\t\S+ [TE]\d+ [TE]\d+"
)
LINES = {
    "T": re.compile(r"(?P<id>T\d+)\t(?P<type>\S+) (?P<places>\d+ \d+(?:;\d+ \d+)*)(?:\t(?P<words>.*))?"),
    "E": re.compile(r"(?P<id>E\d+)\t(?P<type>[^:\s]+):(?P<trigger>T\d+)(?P<roles>(?: +[^:\s]+:[TE]\d+)*)\s*"),
    "R": re.compile(r"(?P<id>R\d+)\t(?P<type>\S+)(?P<roles>(?: +[^:\s]+:[TE]\d+){2})\s*"),
    "A": re.compile(r"(?P<id>[AM]\d+)\t(?P<type>\S+) (?P<of>[TER]\d+)(?: +(?P<value>\S.*?))?\s*"),
    "N": re.compile(r"(?P<id>N\d+)\t\S+ (?P<of>[TER]\d+) +(?P<words>\S.*)"),
    "#": re.compile(r"(?P<id>#\d*)\t\S+(?: (?P<of>\S+))?\t(?P<words>.*)"),
    "*": re.compile(r"(?P<id>\*)\t(?P<type>\S+)(?P<members>(?: +[TE]\d+){2,})\s*"),
}
LINES["M"] = LINES["A"]
KINDS = {"T": "text-bound", "E": "events", "R": "relation lines", "A": "attributes", "M": "attributes"}
KINDS |= {"N": "normalizations", "#": "notes", "*": "equivalences"}
ROLE = re.compile(r"([^:\s]+):([TE]\d+)")
NEGATION = {"negation", "negated", "verneint", "verneinung"}
DEGREES = {"degree", "grad"}


def sniff(source: Source) -> bool:
    """Tell whether the first line is an annotation."""
    if not source.is_text:
        return False
    lines = decode_head(source.head).splitlines()
    first = next((line for line in lines if line.strip() and line[0] not in "#AMN"), "")
    return FIRST_LINE.match(first) is not None


def beside(source: Source, options: Mapping[str, str]) -> tuple[Path, ...]:
    """Give the text that the annotations are about, and the settings of its folder."""
    del options
    folder = source.path.parent
    named = [_text_path(source), *(folder / name for name in SETTINGS)]
    return tuple(path for path in named if path.is_file() and path != source.path)


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> None:
    """Say that the whole file goes, with its text: they hold one interview and nothing else."""
    del source, options, document_id, problems


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read the annotations of one text; its id is the file's name without ending.

    Parameters
    ----------
    source
        The annotations.
    options
        ``claims``: labels of relations that are claims.
    problems
        Where to note what is wrong.
    """
    found = Annotations(source, "brat", options_known(source, options, problems), problems)
    path = _text_path(source)
    place = replace(source.place, file=source.shown.removesuffix(source.path.name) + path.name)
    lines, text = source.text(problems), None
    if not path.is_file():
        problems.add(source.place, "text-missing", path=path.name)
    elif path.stat().st_size > MAX_TEXT:
        problems.add(place, "too-large", what=place.file, limit="256 MiB")
    else:
        text = decode(path.read_bytes(), place, problems)
    if lines is None or text is None:
        return found.corpus
    found.document(source.stem, text, {}, place)
    _Brat(found, source, source.stem, problems).read(lines)
    return found.finish(codes=_types(source, problems))


def _text_path(source: Source) -> Path:
    return source.path.with_name(f"{source.stem}.txt")


def _types(source: Source, problems: Problems) -> Iterator[CodeRow]:
    """Yield the types that stand above others in the folder's settings, and those below them."""
    path = source.path.with_name(SETTINGS[0])
    if not path.is_file():
        return
    shown = source.shown.removesuffix(source.path.name) + path.name
    text = decode(path.read_bytes(), Place(shown), problems) or ""
    section, above = "", [""]
    for number, line in enumerate(text.splitlines(), start=1):
        name = line.strip().split("\t")[0].split(" ")[0]
        if name.startswith("["):
            section, above = name, [""]
        elif section == "[entities]" and name and name[0] not in "#<-":
            depth = len(line) - len(line.lstrip("\t"))
            del above[depth + 1 :]
            code = name.removeprefix("!")
            yield CodeRow(code, code, above[-1], not name.startswith("!"), place=Place(shown, line=number))
            above.append(code)


@dataclass
class _Brat:
    """The lines of one file."""

    found: Annotations
    source: Source
    document: str
    problems: Problems
    rows: dict[str, list[tuple[re.Match[str], Place]]] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    facts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def read(self, text: str) -> None:
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            place = Place(self.source.shown, line=number)
            pattern = LINES.get(line[0])
            row = pattern.fullmatch(line) if pattern else None
            self.found.count(KINDS.get(line[0], "other lines"), kept=row is not None)
            if row is None:
                self.problems.add(place, "unreadable", why=f"no annotation: {line[:40]}")
                continue
            self.rows.setdefault(line[0], []).append((row, place))
        for row, _ in self.of("A", "M"):
            self.facts.setdefault(row["of"], []).append((row["type"], row["value"] or ""))
        self.triggers = {row["id"]: row["trigger"] for row, _ in self.of("E")}
        marks = {row["trigger"] for row, _ in self.of("E") if self.is_cause(row)}
        for row, place in self.of("T"):
            self.span(row, place, coded=row["id"] not in marks)
        for row, place in self.of("E"):
            self.event(row, place)
        for row, place in self.of("R"):
            self.relation(row, place)
        for row, place in self.of("*"):
            members = row["members"].split()
            for k, pair in enumerate(pairwise(members), start=1):
                name = f"equivalence {place.line}.{k}"
                self.tie(name, pair, row["type"], place, direction="none")
        for row, place in self.of("#", "N"):
            self.found.note(self.document, self.end(row["of"] or ""), row["words"], place)

    def of(self, *kinds: str) -> Iterator[tuple[re.Match[str], Place]]:
        for kind in kinds:
            yield from self.rows.get(kind, ())

    def end(self, name: str) -> str:
        """Give the passage that a name stands for: an event is where its trigger is."""
        return self.triggers.get(name, name)

    def span(self, row: re.Match[str], place: Place, *, coded: bool) -> None:
        parts = tuple((int(a), int(b)) for a, b in (p.split(" ") for p in row["places"].split(";")))
        if len(parts) > 1:
            self.found.count("discontinuous")
        codes = (row["type"],) if coded else ()
        words = row["words"] or ""
        self.found.span(
            Span(row["id"], self.document, parts, words, codes, place, comment=self.said(row["id"]))
        )

    def said(self, name: str) -> str:
        """Give the attributes of an annotation as words."""
        return "; ".join(f"{k}: {v}" if v else k for k, v in self.facts.get(name, ()))

    def is_cause(self, row: re.Match[str]) -> bool:
        return bool({"cause", "effect"} & {column_of(_role(name)) for name, _ in ROLE.findall(row["roles"])})

    def event(self, row: re.Match[str], place: Place) -> None:
        """Make a relation of each cause and each effect; any other role leads from the trigger."""
        roles = ROLE.findall(row["roles"])
        ends: dict[str | None, list[str]] = {}
        for role, name in roles:
            ends.setdefault(column_of(_role(role)), []).append(name)
        name = row["id"]
        if not self.is_cause(row):
            for k, (role, end) in enumerate(roles, start=1):
                self.tie(f"{name}.{k}", (row["trigger"], end), row["type"], place, roles=[(role, end)])
            return
        means = [n for role, n in roles if column_of(_role(role)) not in {"cause", "effect"}]
        others = (row["trigger"], *means)
        pairs = [(a, b) for a in ends.get("cause", [""]) for b in ends.get("effect", [""])]
        for k, pair in enumerate(pairs, start=1):
            tie_id = f"{name}.{k}" if len(pairs) > 1 else name
            self.tie(tie_id, pair, row["type"], place, others=others, of=name, is_cause=True, roles=roles)

    def relation(self, row: re.Match[str], place: Place) -> None:
        (first, one), (second, other) = ROLE.findall(row["roles"])
        named = [column_of(_role(role)) for role in (first, second)]
        pair = (other, one) if named == ["effect", "cause"] else (one, other)
        is_cause = set(named) == {"cause", "effect"}
        self.tie(row["id"], pair, row["type"], place, of=row["id"], is_cause=is_cause)

    def tie(
        self,
        name: str,
        ends: tuple[str, str],
        label: str,
        place: Place,
        *,
        direction: Direction = "oneway",
        is_cause: bool = False,
        others: tuple[str, ...] = (),
        of: str = "",
        roles: list[tuple[str, str]] | None = None,
    ) -> None:
        facts = self.facts.get(of, [])
        extra = {
            "attributes": [f"{k}: {v}" if v else k for k, v in facts],
            "roles": [f"{k}: {v}" for k, v in roles or ()],
        }
        self.found.ties.append(
            Tie(
                name,
                self.document,
                (self.end(ends[0]), self.end(ends[1])),
                label,
                place,
                direction,
                is_cause,
                sign=_sign(label, facts),
                denied=any(k.casefold() in NEGATION for k, _ in facts),
                others=tuple(self.end(o) for o in others),
                extra={k: v for k, v in extra.items() if v},
            )
        )


def _role(name: str) -> str:
    """Give a role without the number that brat appends to a second one."""
    return name.rstrip("0123456789")


def _sign(label: str, facts: list[tuple[str, str]]) -> Sign:
    """Give the sign that the label states, an attribute's name, or the value of one for signs."""
    words = [label]
    for name, value in facts:
        if not value:
            words.append(name)
        elif name.casefold() in DEGREES or column_of(name) == "sign":
            words.append(value)
    return sign_among(words)
