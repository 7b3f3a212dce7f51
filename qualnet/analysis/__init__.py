"""Measures of one network, one module per family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qualnet.registry import Registry

if TYPE_CHECKING:
    from qualnet.network import Network

__all__ = ["Measure", "measures"]


class Measure(Protocol):
    """Compute one family of figures of a network."""

    def __call__(self, network: Network) -> object:
        """Compute it."""


measures: Registry[object] = Registry("measure", "qualnet.analysis", "")
