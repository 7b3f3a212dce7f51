"""A REFI-QDA project without some of its sources: everything that belongs to them alone is cut out.

The rest of the XML stays as it is, whatever dialect it is in.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["DRAWN", "ORIGIN", "QUOTES", "Node", "Tree", "guid_of"]

ORIGIN = "qualnet"
"""How the origin of our own projects begins: then it is known how positions are counted."""
QUOTES = "qualnet: text"
"""Variable of documents whose text is but the quotes that are known of it."""
DRAWN = "qualnet: "
"""How the names of links begin that draw a network, and state nothing of their own."""

REFERENCES = {
    *("SourceRef", "SelectionRef", "NoteRef", "MemberSource", "MemberNote", "MemberCode", "Link"),
    *("Vertex", "Edge"),
}
"""Elements that are nothing without what they name."""
GROUPS = {"Case": {"SourceRef", "SelectionRef"}, "Set": {"MemberSource", "MemberNote"}}
"""Elements that only gather others: one that gathered nothing else goes with them."""
_ENCODING = re.compile(r"(\A\ufeff?<\?xml[^>]*?encoding=[\"'])([\w.-]+)")
_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


def guid_of(text: str | None) -> str:
    """Give a GUID in one spelling."""
    return (text or "").strip().strip("{}").lower()


@dataclass(eq=False)
class Node:
    """An element, with the bytes that it takes up."""

    name: str
    attributes: dict[str, str]
    start: int
    parent: Node | None
    end: int = 0
    inside: list[Node] = field(default_factory=list)

    @property
    def guid(self) -> str:
        """Its GUID, in one spelling."""
        return guid_of(self.attributes.get("guid"))

    def all(self) -> Iterator[Node]:
        """Give the element and everything in it."""
        yield self
        for node in self.inside:
            yield from node.all()

    def names(self) -> Iterator[str]:
        """Give what it refers to."""
        return (guid_of(v) for k, v in self.attributes.items() if k != "guid" and v)

    def members(self) -> Iterator[str]:
        """Give the names of the members of an archive that it refers to."""
        for name, value in self.attributes.items():
            if name.lower().endswith("path"):
                yield posixpath.basename(unquote(value.removeprefix("internal://"))).casefold()


class Tree:
    """The elements of a project; the XML has been read before and is sound.

    Parameters
    ----------
    data
        The XML, in any encoding that it names.
    """

    def __init__(self, data: bytes) -> None:
        self.data = _utf8(data)
        self.root = Node("", {}, 0, None, len(self.data))
        self._open = self.root
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, attributes: self._start(
            name, attributes, parser.CurrentByteIndex
        )
        parser.EndElementHandler = lambda _: self._end(parser.CurrentByteIndex)
        parser.Parse(self.data, True)
        self.gone: set[Node] = set()

    def _start(self, name: str, attributes: dict[str, str], at: int) -> None:
        node = Node(name.rpartition(":")[2], attributes, at, self._open)
        self._open.inside.append(node)
        self._open = node

    def _end(self, at: int) -> None:
        tag = _TAG.match(self.data, self._open.start)
        alone = tag is not None and tag[0].endswith(b"/>")
        self._open.end = tag.end() if tag is not None and alone else self.data.index(b">", at) + 1
        self._open = self._open.parent or self.root

    def sources(self) -> list[Node]:
        """Give the sources, in their order."""
        project = self.root.inside[0]
        return [s for group in project.inside if group.name == "Sources" for s in group.inside]

    def remove(self, sources: list[Node], is_drawn: Callable[[tuple[str, str]], bool]) -> None:
        """Take out sources, and what refers to them alone.

        Parameters
        ----------
        sources
            Some of :meth:`sources`.
        is_drawn
            Tells whether a link between two codes, by their guids, only draws what they claim.
        """
        every = [n for n in self.root.all() if n is not self.root]
        self.gone = {n for s in sources for n in s.all()}
        before = -1
        while len(self.gone) > before:
            before = len(self.gone)
            guids = {n.guid for n in self.gone} - {""}
            for node in every:
                if node not in self.gone and self._belongs(node, guids, every, is_drawn):
                    self.gone |= set(node.all())

    def _belongs(
        self,
        node: Node,
        guids: set[str],
        every: list[Node],
        is_drawn: Callable[[tuple[str, str]], bool],
    ) -> bool:
        if node.name in REFERENCES and any(name in guids for name in node.names()):
            return True
        if node.name in GROUPS:
            kept = [n for n in node.inside if n.name in GROUPS[node.name]]
            return bool(kept) and all(n in self.gone for n in kept)
        if node.name == "Link":
            notes = [n for n in node.inside if n.name == "NoteRef"]
            ends = [guid_of(node.attributes.get(k)) for k in ("originGUID", "targetGUID")]
            return (bool(notes) and all(n in self.gone for n in notes)) or is_drawn((ends[0], ends[1]))
        if node.name == "Note":
            named = [n for n in every if n.name in {"NoteRef", "MemberNote"} and node.guid in n.names()]
            # a link that shows a note of a passage does not keep it
            named = [n for n in named if n.parent is None or n.parent.name != "Link"] or named
            return bool(named) and all(n in self.gone for n in named)
        return False

    def xml(self) -> bytes:
        """Give the XML without what was taken out."""
        pieces, at = [], 0
        for node in sorted(self.gone, key=lambda n: n.start):
            if node.start >= at:
                pieces.append(self.data[at : node.start])
                at = node.end
        return b"".join([*pieces, self.data[at:]])

    def kept_members(self, members: tuple[str, ...]) -> list[str]:
        """Give those members of the archive that do not belong to what was taken out."""
        named = {m for n in self.gone for m in n.members()}
        needed = {m for n in self.root.all() if n not in self.gone for m in n.members()}
        guids = {n.guid for n in self.gone} - {""}
        kept = []
        for member in members:
            name = posixpath.basename(member).casefold()
            owned = name in named or guid_of(name.partition(".")[0]) in guids
            if name in needed or not owned:
                kept.append(member)
        return kept


def _utf8(data: bytes) -> bytes:
    """Give XML as UTF-8, whatever it was."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16")
    else:
        found = _ENCODING.match(data[:200].decode("latin-1").removeprefix("ï»¿"))
        text = data.decode(found[2] if found else "utf-8")
    return _ENCODING.sub(r"\g<1>utf-8", text, count=1).encode()
