"""XML of strangers as a tree: no DOCTYPE, bounded depth, names without namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from qualnet.problems import Place, Problems

__all__ = ["children", "local", "parse_xml"]

MAX_DEPTH = 64


class _RefusedError(Exception):
    """The document uses something that qualnet does not read."""


class _Builder(ET.TreeBuilder):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def doctype(self, name: str, pubid: str, system: str) -> None:
        del name, pubid, system
        msg = "DOCTYPE"
        raise _RefusedError(msg)

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            msg = f"more than {MAX_DEPTH} levels"
            raise _RefusedError(msg)
        return super().start(tag.rpartition("}")[2], attrs)

    def end(self, tag: str) -> ET.Element:
        self.depth -= 1
        return super().end(tag.rpartition("}")[2])


def parse_xml(data: bytes, place: Place, problems: Problems) -> ET.Element | None:
    """Parse XML; tags lose their namespace, since dialects differ in nothing else.

    Returns
    -------
    Element or None
        None when it is refused or broken; the problem is noted.
    """
    parser = ET.XMLParser(target=_Builder())  # noqa: S314
    try:
        parser.feed(data)
        root: ET.Element = parser.close()
    except _RefusedError as error:
        problems.add(place, "unsafe-file", why=str(error))
        return None
    except (ET.ParseError, ValueError, LookupError) as error:
        problems.add(place, "unreadable", why=str(error))
        return None
    return root


def local(element: ET.Element) -> str:
    """Give an element's name without prefix."""
    return element.tag.rpartition(":")[2]


def children(element: ET.Element | None, *path: str) -> list[ET.Element]:
    """Give the children on a path of names, in order; none when a step is missing."""
    found = [element] if element is not None else []
    for step in path:
        found = [child for parent in found for child in parent if local(child) == step]
    return found
