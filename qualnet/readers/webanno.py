"""INCEpTION and WebAnno, format WebAnno TSV 3: a token to a line, a column for each feature of each layer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from qualnet.corpus import Corpus
from qualnet.problems import Place
from qualnet.readers._annotations import Annotations, Span, Tie, options_known, sign_among
from qualnet.readers._forget import is_of
from qualnet.readers._layers import CODER, LAYERS, is_read, said, wanted_layers
from qualnet.readers._offsets import OffsetRule
from qualnet.readers._source import decode_head

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.problems import Problems
    from qualnet.readers._source import Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "INCEpTION und WebAnno (WebAnno TSV 3): Texte, Stellen eigener Ebenen als Codes, Beziehungen."
    " Sprachliche Ebenen (Wortarten ...) nur auf Wunsch; Ketten entfallen.",
    "en": "INCEpTION and WebAnno (WebAnno TSV 3): texts, spans of custom layers as codes, relations."
    " Linguistic layers (parts of speech ...) only on request; chains are not kept.",
}
BEGINNING = "#FORMAT=WebAnno TSV 3"
FEWEST = 3
_REFERENCE = re.compile(r"(?P<token>[\d.-]+)(?:\[(?P<from>\d+)_(?P<to>\d+)\])?$")
_NUMBERED = re.compile(r"^(?P<text>.*)\[(?P<id>\d+)\]$", re.DOTALL)
_SPLIT = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
BREAKS = {"t": "\t", "n": "\n", "r": "\r"}
# Java counts; line ends are single in this format
RULE = OffsetRule(utf16=True, crlf=1)


class Layer(NamedTuple):
    """A layer with its columns; a relation has its base, and lists where it comes from in the last one."""

    kind: str
    name: str
    features: tuple[str, ...]
    base: str
    first: int

    @property
    def width(self) -> int:
        """Number of its columns."""
        return max(1, len(self.features)) if self.kind == "SP" else len(self.features) + 1

    @property
    def short(self) -> str:
        """The last part of its name."""
        return self.name.rpartition(".")[2]


@dataclass
class Marked:
    """An annotation of a layer, which may reach over several tokens."""

    values: list[str]
    parts: list[tuple[int, int]]
    place: Place


@dataclass
class File:
    """What one file holds."""

    layers: list[Layer] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    length: int = 0
    marked: dict[str, Marked] = field(default_factory=dict)
    layer_of: dict[str, Layer] = field(default_factory=dict)
    ties: list[tuple[Layer, str, list[str], str, Place]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Name of the layer of each annotation that is not read."""


def sniff(source: Source) -> bool:
    """Tell whether it begins as such a file does."""
    return source.is_text and decode_head(source.head).lstrip("\ufeff").startswith(BEGINNING)


def read(source: Source, options: Mapping[str, str], problems: Problems) -> Corpus:
    """Read one document.

    Parameters
    ----------
    source
        The file.
    options
        ``layers``: linguistic layers that are codes here, separated by commas; ``coder``: who
        annotated, which the file does not say; ``claims``: labels of relations that are claims.
    problems
        Where to note what is wrong.
    """
    found = Annotations(source, "webanno", options_known(source, options, problems, LAYERS, CODER), problems)
    text = source.text(problems)
    if text is None:
        return Corpus()
    file = _read(source, text.removeprefix("\ufeff"), options, problems)
    name, coder = source.stem, options.get(CODER, "")
    for layer_name in file.left_out:
        found.count(f"layer {layer_name}", kept=False)
    found.document(name, "".join(file.text), {}, source.place)
    for span_id, mark in file.marked.items():
        layer = file.layer_of[span_id]
        code, comment = said(layer.name, zip(layer.features, mark.values, strict=False))
        found.span(Span(span_id, name, tuple(mark.parts), "", (code,), mark.place, coder, comment))
    for number, (layer, start, values, end, place) in enumerate(file.ties, start=1):
        label, comment = said(layer.name, zip(layer.features, values, strict=False))
        found.ties.append(
            Tie(
                f"relation {number}",
                name,
                (start, end),
                label,
                place,
                sign=sign_among(values),
                coder=coder,
                extra={"features": comment} if comment else {},
            )
        )
    return found.finish(RULE)


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give nothing when the file is the document: it holds no other."""
    del options, problems
    return None if is_of(source.stem, document_id) else source.path.read_bytes()


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda m: BREAKS.get(m[1], m[1]), text)


def _read(source: Source, text: str, options: Mapping[str, str], problems: Problems) -> File:
    wanted = wanted_layers(options)
    file = File()
    column = FEWEST
    sentence: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        place = Place(source.shown, line=number)
        if line.startswith("#T_"):
            kind, _, declared = line[3:].partition("=")
            name, *features = declared.split("|")
            base = features.pop().removeprefix("BT_") if kind == "RL" and features else ""
            layer = Layer(kind, name, tuple(features), base, column)
            file.layers.append(layer)
            column += layer.width
        elif line.startswith("#Text="):
            sentence.append(_plain(line.removeprefix("#Text=")))
        elif line.strip() and not line.startswith("#"):
            _token(file, line.split("\t"), sentence, wanted, place, problems)
    for span_id in [s for s, layer in file.layer_of.items() if not is_read(layer.name, wanted)]:
        if not any(span_id in (start, end) for _, start, _, end, _ in file.ties):
            del file.marked[span_id]
            file.left_out.append(file.layer_of[span_id].short)
    return file


def _token(
    file: File, cells: list[str], sentence: list[str], wanted: set[str], place: Place, problems: Problems
) -> None:
    """Read the line of a token, or of a part of one."""
    ends = cells[1].split("-") if len(cells) > 1 else []
    if len(cells) < FEWEST or len(ends) != 2 or not all(e.isdecimal() for e in ends):  # noqa: PLR2004
        problems.add(place, "unreadable", why="no token with its place")
        return
    begin, end = int(ends[0]), int(ends[1])
    if sentence:
        # what stands between two sentences is not in the file; a line end is
        gap = begin - file.length
        file.text.append("\n" * min(gap, 1) + " " * (gap - 1) + "\n".join(sentence))
        file.length += max(gap, 0) + sum(1 + (c > "\uffff") for c in "\n".join(sentence))
        sentence.clear()
    for layer in file.layers:
        values = [_SPLIT.split(c) for c in cells[layer.first : layer.first + layer.width] if c]
        if not values or values[0] == ["_"]:
            continue
        if layer.kind == "CH" or (layer.kind == "RL" and not is_read(layer.name, wanted)):
            file.left_out.append(layer.short)
            continue
        for k in range(len(values[0])):
            row = [column[k] if k < len(column) else "_" for column in values]
            if layer.kind == "SP":
                _span(file, layer, cells[0] + f"#{k}" * bool(k), row, (begin, end), place)
            else:
                _tie(file, layer, cells[0], row, place, problems)


def _value(text: str) -> tuple[str, str]:
    """Give a value and the number that tells its annotation from others."""
    found = _NUMBERED.match(text)
    value, number = (found["text"], found["id"]) if found else (text, "")
    return "" if value in {"*", "_"} else _plain(value), number


def _span(file: File, layer: Layer, token: str, row: list[str], ends: tuple[int, int], place: Place) -> None:
    values, numbers = zip(*map(_value, row), strict=True)
    span_id = _named(layer.name, token, numbers[0])
    if span_id in file.marked:
        file.marked[span_id].parts.append(ends)
        return
    file.marked[span_id] = Marked(list(values), [ends], place)
    file.layer_of[span_id] = layer


def _tie(file: File, layer: Layer, token: str, row: list[str], place: Place, problems: Problems) -> None:
    *features, reference = row
    found = _REFERENCE.match(reference)
    if not found:
        problems.add(place, "reference-to-nothing", value=reference)
        return
    start = _named(layer.base, found["token"], (found["from"] or "0").lstrip("0"))
    end = _named(layer.base, token, (found["to"] or "0").lstrip("0"))
    file.ties.append((layer, start, [_value(f)[0] for f in features], end, place))


def _named(layer: str, token: str, number: str) -> str:
    """Name an annotation: by its number, or by its only token."""
    return f"{layer}[{number}]" if number else f"{layer} {token}"
