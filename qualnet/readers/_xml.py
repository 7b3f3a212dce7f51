"""XML of strangers as a tree: no DOCTYPE, bounded depth, names without namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeAlias
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qualnet.problems import Place, Problems

__all__ = ["children", "local", "parse_xml"]

MAX_DEPTH = 64
MAX_PART = 16 * 2**20
"""Bytes between two elements."""
TAKEN = 3
"""Depth at which elements are handed over: root, group, element."""
Take: TypeAlias = "Callable[[ET.Element], None]"


class _RefusedError(Exception):
    """The document uses something that qualnet does not read."""


class _Builder(ET.TreeBuilder):
    """Builds a tree; what stands in certain places is handed over as soon as it has ended, and given up."""

    def __init__(self, take: Take | None = None, inside: str = "", *, namespaces: bool = False) -> None:
        super().__init__()
        self.namespaces = namespaces
        self.depth = 0
        self.seen = 0
        self.take = take
        self.inside = inside
        self.open: ET.Element | None = None

    def doctype(self, name: str, pubid: str, system: str) -> None:
        del name, pubid, system
        _refuse("DOCTYPE")

    def named(self, tag: str) -> str:
        return tag if self.namespaces else tag.rpartition("}")[2]

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self.depth += 1
        self.seen += 1
        if self.depth > MAX_DEPTH:
            _refuse(f"more than {MAX_DEPTH} levels")
        element = super().start(self.named(tag), attrs)
        if self.depth == TAKEN - 1 and self.take and local(element) == self.inside:
            self.open = element
        return element

    def end(self, tag: str) -> ET.Element:
        self.depth -= 1
        element = super().end(self.named(tag))
        if self.open is not None:
            if self.depth == TAKEN - 1:
                self.take(element)  # type: ignore[misc]
                self.open.clear()
            elif self.depth < TAKEN - 1:
                self.open = None
        return element


def parse_xml(
    data: bytes | Iterable[bytes],
    place: Place,
    problems: Problems,
    take: Take | None = None,
    inside: str = "",
    *,
    namespaces: bool = False,
) -> ET.Element | None:
    """Parse XML; tags lose their namespace, since dialects differ in nothing else.

    Parameters
    ----------
    data
        The whole, or its parts one after the other.
    place
        What it is called.
    problems
        Where to note what is wrong.
    take
        Given each element in the elements `inside` below the root as soon as it has ended; the
        tree does not hold it.
    inside
        Name of those elements.
    namespaces
        Leave tags their namespace, where it tells elements apart.

    Returns
    -------
    Element or None
        None when it is refused or broken; the problem is noted.
    """
    builder = _Builder(take, inside, namespaces=namespaces)
    parser = ET.XMLParser(target=builder)  # noqa: S314
    seen = since = 0
    before = len(problems.errors)
    try:
        for part in [data] if isinstance(data, bytes) else data:
            parser.feed(part)
            # a tag that never ends is read again from its beginning with every piece
            seen, since = builder.seen, 0 if builder.seen > seen else since + len(part)
            if since > MAX_PART:
                _refuse(f"a part of more than {MAX_PART >> 20} MiB")
        if len(problems.errors) > before:  # it broke off, which is told already
            return None
        root: ET.Element = parser.close()
    except _RefusedError as error:
        problems.add(place, "unsafe-file", why=str(error))
        return None
    except (ET.ParseError, ValueError, LookupError) as error:
        problems.add(place, "unreadable", why=str(error))
        return None
    return root


def _refuse(why: str) -> NoReturn:
    raise _RefusedError(why)


def local(element: ET.Element) -> str:
    """Give an element's name; the builder has left its namespace out."""
    return element.tag


def children(element: ET.Element | None, *path: str) -> list[ET.Element]:
    """Give the children on a path of names, in order; none when a step is missing."""
    found = [element] if element is not None else []
    for step in path:
        found = [child for parent in found for child in parent if local(child) == step]
    return found
