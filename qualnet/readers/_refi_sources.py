"""The sources of a REFI-QDA project as plain tuples: texts, and what is marked in them.

An element is given up as soon as its source has ended, so that a project of a million codings needs
little memory while it is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from qualnet.readers._refi import guid_of
from qualnet.readers._xml import children, local

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

__all__ = ["Coded", "Mark", "Part", "SourceElement", "source_of", "unknown"]

WHO_AND_WHEN = {"guid", "name", "creatingUser", "creationDateTime", "modifyingUser", "modifiedDateTime"}
TEXT = WHO_AND_WHEN | {"richTextPath", "plainTextPath"}
# paths of the researcher's own machine are left out on purpose: they name people
MEDIA = WHO_AND_WHEN | {"path", "currentPath"}
AREA = WHO_AND_WHEN | {"firstX", "firstY", "secondX", "secondY"}
ATTRIBUTES: dict[str, set[str]] = {
    "Project": {"name", "origin", "basePath", "schemaLocation", *WHO_AND_WHEN},
    "Code": {"guid", "name", "isCodable", "color", "description"},
    "Case": {"guid", "name"},
    "Set": {"guid", "name", "creatingUser"},
    "TextSource": TEXT,
    "Representation": TEXT,
    "TextDescription": TEXT,
    "Transcript": TEXT,
    "PDFSource": MEDIA,
    "PictureSource": MEDIA,
    "AudioSource": MEDIA,
    "VideoSource": MEDIA,
    "PlainTextSelection": WHO_AND_WHEN | {"startPosition", "endPosition"},
    "PictureSelection": AREA,
    "PDFSelection": AREA | {"page"},
    "AudioSelection": WHO_AND_WHEN | {"begin", "end"},
    "VideoSelection": WHO_AND_WHEN | {"begin", "end"},
    "TranscriptSelection": WHO_AND_WHEN | {"fromSyncPoint", "toSyncPoint"},
    "Coding": WHO_AND_WHEN,
}
"""Attributes that the standard has, by element; others are kept as they are."""
MARKS = {name for name in ATTRIBUTES if name.endswith("Selection")}
TEXTS = {"Representation", "TextDescription", "Transcript"}
IN_SOURCE = (
    {"Description", "PlainTextContent", "Coding", "NoteRef", "VariableValue", "SyncPoint"} | MARKS | TEXTS
)
IN_MARK = {"Description", "Coding", "NoteRef", "Representation"}
IN_CODING = {"CodeRef", "NoteRef", "Description"}


class Coded(NamedTuple):
    """A coding: its own guid, and those of the code, of who gave it and of its notes; the day."""

    guid: str
    code: str
    user: str
    created: str
    notes: tuple[str, ...]
    extras: tuple[tuple[str, str], ...]


class Mark(NamedTuple):
    """A selection.

    Attributes
    ----------
    element, guid, name
        What it is called; its name is often the beginning of its words.
    begin, end
        As the file has them: characters, milliseconds, or guids of sync points.
    area
        Page and corners, for a person to read.
    words
        Its own words, where the tool stored them.
    description
        A comment of the tool's user.
    """

    element: str
    guid: str
    name: str
    begin: str
    end: str
    area: str
    words: str
    description: str
    codings: tuple[Coded, ...]
    notes: tuple[str, ...]
    extras: tuple[tuple[str, str], ...]


class Part(NamedTuple):
    """A text of a source, or the source itself, with what is marked in it.

    Attributes
    ----------
    inline, path
        The text, or where the archive has it; both None where there is none.
    times
        Sync points: guid to position and milliseconds.
    """

    element: str
    guid: str
    name: str
    inline: str | None
    path: str | None
    marks: list[Mark]
    times: dict[str, tuple[str, str]]


class SourceElement(NamedTuple):
    """A source: its text or texts, and the marks that lie in no text."""

    element: str
    guid: str
    name: str
    parts: tuple[Part, ...]
    marks: list[Mark]
    codings: tuple[Coded, ...]
    notes: tuple[str, ...]
    description: str
    values: tuple[Element, ...]
    extras: tuple[tuple[str, str], ...]


def source_of(element: Element) -> SourceElement:
    """Read a source element, whatever order its children stand in."""
    kind = local(element)
    inner = [child for child in element if local(child) in TEXTS]
    own = [element] if kind == "TextSource" else []
    return SourceElement(
        kind,
        guid_of(element.get("guid")),
        element.get("name", ""),
        tuple(_part(part) for part in own + inner),
        [] if own else _marks(element),
        _codings(element),
        _references(element),
        _described(element),
        tuple(children(element, "VariableValue")),
        unknown(element, IN_SOURCE) + tuple(e for part in inner for e in unknown(part, IN_SOURCE)),
    )


def _part(element: Element) -> Part:
    contents = children(element, "PlainTextContent")
    times = {
        guid_of(point.get("guid")): (point.get("position", ""), point.get("timeStamp", ""))
        for point in children(element, "SyncPoint")
    }
    return Part(
        local(element),
        guid_of(element.get("guid")),
        element.get("name", ""),
        contents[0].text or "" if contents else None,
        element.get("plainTextPath"),
        _marks(element),
        times,
    )


def _marks(element: Element) -> list[Mark]:
    return [_mark(child, name) for child in element if (name := local(child)) in MARKS]


def _mark(element: Element, name: str) -> Mark:
    get = element.get
    begin = get("startPosition") or get("begin") or get("fromSyncPoint") or ""
    end = get("endPosition") or get("end") or get("toSyncPoint") or ""
    codings, notes, words, description = [], [], "", ""
    for child in element:
        kind = local(child)
        if kind == "Coding":
            codings.append(_coding(child))
        elif kind == "NoteRef":
            notes.append(guid_of(child.get("targetGUID")))
        elif kind == "Description":
            description = (child.text or "").strip()
        elif kind == "Representation":
            words = "".join(x.text or "" for x in children(child, "PlainTextContent"))
    return Mark(
        name,
        guid_of(get("guid")),
        get("name", ""),
        begin,
        end,
        _area(element) if name in {"PDFSelection", "PictureSelection"} else "",
        words,
        description,
        tuple(codings),
        tuple(notes),
        unknown(element, IN_MARK),
    )


def _area(element: Element) -> str:
    corners = [element.get(k, "?") for k in ("firstX", "firstY", "secondX", "secondY")]
    page = element.get("page")
    where = "{}, {} - {}, {}".format(*corners)
    # pages are counted from 0 in the file
    return f"S. {int(page) + 1} ({where})" if page and page.isdecimal() else where


def _codings(element: Element) -> tuple[Coded, ...]:
    return tuple(_coding(child) for child in children(element, "Coding"))


def _coding(element: Element) -> Coded:
    code, notes = "", []
    for child in element:
        kind = local(child)
        if kind == "CodeRef":
            code = code or guid_of(child.get("targetGUID"))
        elif kind == "NoteRef":
            notes.append(guid_of(child.get("targetGUID")))
    get = element.get
    return Coded(
        guid_of(get("guid")),
        code,
        guid_of(get("creatingUser")),
        get("creationDateTime", ""),
        tuple(notes),
        unknown(element, IN_CODING),
    )


def _references(element: Element) -> tuple[str, ...]:
    return tuple(guid_of(child.get("targetGUID")) for child in children(element, "NoteRef"))


def _described(element: Element) -> str:
    return "\n".join(d.text.strip() for d in children(element, "Description") if d.text and d.text.strip())


def unknown(element: Element, known: set[str]) -> tuple[tuple[str, str], ...]:
    """Give what of an element we do not know: attributes as name and value, children as name and XML."""
    names = ATTRIBUTES[local(element)] if local(element) in ATTRIBUTES else element.attrib.keys()
    if len(element) == 0 and element.attrib.keys() <= names:
        return ()
    return tuple(_unknown(element, names, known))


def _unknown(element: Element, names: object, known: set[str]) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        plain = name.rpartition("}")[2]
        if plain not in names:  # type: ignore[operator]
            yield f"@{plain}", value
    for child in element:
        if local(child) not in known:
            yield local(child), ET.tostring(child, "unicode").strip()
