"""Interactions: claims from what tools stored as relations, co-occurrence from codings.

The two are separate layers: a claim has a direction and a sign, a co-occurrence has neither,
and they are never summed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qualnet.interactions._model import Claim, Meeting
from qualnet.registry import Registry

if TYPE_CHECKING:
    from qualnet.interactions._model import Sources

__all__ = ["Claim", "Derive", "Meeting", "layers"]


class Derive(Protocol):
    """Derive one layer: claims when it is directed, meetings when it is not."""

    def __call__(self, sources: Sources, *, window: int) -> list[Claim] | list[Meeting]:
        """Derive the layer from the corpus."""


layers: Registry[Derive] = Registry("layer", "qualnet.interactions", "derive")
