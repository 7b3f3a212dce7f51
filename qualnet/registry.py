"""Find readers, layers, measures and exporters by name, in this package or any other.

A part is one function in one module of its room; another package adds one by an entry
point of the room's name. Nothing is imported before it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from qualnet.problems import Place, Problem, UnknownNameError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

__all__ = ["Registry"]

F = TypeVar("F")


@dataclass(frozen=True)
class Registry(Generic[F]):
    """The named parts of one kind, e.g. all readers.

    Parameters
    ----------
    kind
        What a part is called in messages.
    room
        The package whose modules are the parts; also the entry-point group.
    verb
        The function that a part's module must have. ``""``: the module itself is the part.
    """

    kind: str
    room: str
    verb: str

    @cached_property
    def _points(self) -> dict[str, EntryPoint]:
        path = import_module(self.room).__path__
        modules = [m.name for m in iter_modules(path) if not m.name.startswith("_")]
        own = [
            EntryPoint(name, f"{self.room}.{name}" + (f":{self.verb}" * bool(self.verb)), self.room)
            for name in modules
        ]
        return {p.name: p for p in (*entry_points(group=self.room), *own)}

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._points))

    def __len__(self) -> int:
        return len(self._points)

    def __contains__(self, name: object) -> bool:
        return name in self._points

    def __getitem__(self, name: str) -> F:
        """Import and give the part of that name.

        Raises
        ------
        UnknownNameError
            When no part is called so; names the nearest one.
        """
        if name not in self._points:
            raise UnknownNameError(Problem(Place(name), "unknown-part", tuple(self.missing(name).items())))
        return cast("F", self._points[name].load())

    def missing(self, name: str) -> dict[str, str]:
        """Give what the message about an unknown name says."""
        near = nearest(name, self)
        return {"kind": self.kind, "name": name, "near": near, "names": ", ".join(self)}

    def module(self, name: str) -> ModuleType:
        """Import and give the module that a part stands in."""
        self[name]
        return import_module(self._points[name].module)
