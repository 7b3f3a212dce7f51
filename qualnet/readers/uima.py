"""UIMA CAS as XMI or JSON, which INCEpTION recommends: a text, spans of layers, relations between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qualnet.corpus import Corpus
from qualnet.readers._annotations import Annotations, Span, Tie, options_known, sign_among
from qualnet.readers._forget import is_of
from qualnet.readers._json import json_text, parse_json
from qualnet.readers._layers import CODER, LAYERS, is_read, said, wanted_layers
from qualnet.readers._offsets import OffsetRule
from qualnet.readers._source import decode_head
from qualnet.readers._xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.problems import Place, Problems
    from qualnet.readers._source import Source

__all__ = ["SUMMARY", "forget", "read", "sniff"]

SUMMARY = {
    "de": "UIMA CAS (XMI, JSON), etwa aus INCEpTION: Text, Stellen eigener Ebenen als Codes, Beziehungen."
    " Sprachliche Ebenen nur auf Wunsch.",
    "en": "UIMA CAS (XMI, JSON), of INCEpTION for example: text, spans of custom layers as codes, relations."
    " Linguistic layers only on request.",
}
XML = re.compile(r"<(\w+:)?XMI[\s>]")
JSON = re.compile(r'\s*\{\s*"%(TYPES|FEATURE_STRUCTURES|VIEWS)"')
SOFA = "uima.cas.Sofa"
SUBJECT, ENDS = "sofaString", ("Governor", "Dependent")
NOT_SAID = {"sofa", "begin", "end", *ENDS}
# Java counts, line ends as they are
RULE = OffsetRule(utf16=True, crlf=2)


class Thing(NamedTuple):
    """A feature structure: its type with package, and its features as text."""

    number: str
    kind: str
    values: dict[str, str]
    place: Place

    @property
    def span(self) -> tuple[int, int] | None:
        """Where it lies in the text."""
        ends = [self.values.get(k, "") for k in ("begin", "end")]
        return (int(ends[0]), int(ends[1])) if all(e.isdecimal() for e in ends) else None

    @property
    def said(self) -> tuple[str, str]:
        """Its code or label, and what else it says."""
        return said(self.kind, [(k, v) for k, v in self.values.items() if k not in NOT_SAID])


def sniff(source: Source) -> bool:
    """Tell whether it is XMI, or the JSON of a CAS."""
    if not source.is_text:
        return False
    head = decode_head(source.head[:4096])
    return XML.search(head) is not None or JSON.match(head) is not None


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
    found = Annotations(source, "uima", options_known(source, options, problems, LAYERS, CODER), problems)
    before = len(problems.errors)
    things = _things(source, problems)
    text = _text(things)
    if text is None:
        if len(problems.errors) == before:
            problems.add(source.place, "unreadable", why=f"no {SUBJECT}")
        return Corpus()
    name, coder, wanted = _name(source, things), options.get(CODER, ""), wanted_layers(options)
    found.document(name, text, {}, source.place)
    for thing in things:
        ends = [thing.values.get(end, "") for end in ENDS]
        span = thing.span
        if thing.kind == SOFA or span is None:
            continue
        if not is_read(thing.kind, wanted):
            found.count(f"layer {thing.kind.rpartition('.')[2]}", kept=False)
        elif any(ends):
            label, comment = thing.said
            found.ties.append(
                Tie(
                    f"relation {thing.number}",
                    name,
                    (ends[0], ends[1]),
                    label,
                    thing.place,
                    sign=sign_among(v for k, v in thing.values.items() if k not in NOT_SAID),
                    coder=coder,
                    extra={"features": comment} if comment else {},
                )
            )
        else:
            code, comment = thing.said
            found.span(Span(thing.number, name, (span,), "", (code,), thing.place, coder, comment))
    return found.finish(RULE)


def forget(source: Source, options: Mapping[str, str], document_id: str, problems: Problems) -> bytes | None:
    """Give nothing when the file is the document: it holds no other."""
    del options
    name = _name(source, _things(source, problems))
    return None if is_of(name, document_id) else source.path.read_bytes()


def _text(things: list[Thing]) -> str | None:
    return next((t.values[SUBJECT] for t in things if t.kind == SOFA and SUBJECT in t.values), None)


def _name(source: Source, things: list[Thing]) -> str:
    """Give the title that the program knows the text by; else the file's name."""
    titles = (t.values.get("documentTitle", "").strip() for t in things)
    return next(filter(None, titles), source.stem)


def _things(source: Source, problems: Problems) -> list[Thing]:
    if JSON.match(decode_head(source.head[:4096])):
        return _of_json(source, problems)
    root = parse_xml(source.pieces(), source.place, problems, namespaces=True)
    things = []
    for element in root if root is not None else ():
        package, _, name = element.tag.removeprefix("{").rpartition("}")
        package = package.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
        kind = f"{package}.{name}"
        values = {k.rpartition("}")[2]: v for k, v in element.attrib.items()}
        for child in element:  # a feature with several values
            key = child.tag.rpartition("}")[2]
            values[key] = ", ".join(x for x in (values.get(key, ""), (child.text or "").strip()) if x)
        number = values.pop("id", "")
        things.append(Thing(number, kind, values, source.place.at(element=f"{name} {number}")))
    return things


def _of_json(source: Source, problems: Problems) -> list[Thing]:
    data = parse_json(json_text(source, problems) or "", source.place, problems)
    rows = data.get("%FEATURE_STRUCTURES") if isinstance(data, dict) else None
    things = []
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict):
            problems.add(source.place, "unreadable", why="a feature structure that is none")
            continue
        number, kind = f"{row.get('%ID', '')}", f"{row.get('%TYPE', '')}"
        values = {
            key.removeprefix("@"): ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            for key, value in row.items()
            if value is not None and not key.startswith("%")
        }
        place = source.place.at(element=f"{kind.rpartition('.')[2]} {number}")
        things.append(Thing(number, kind, values, place))
    return things
