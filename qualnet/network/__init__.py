"""Networks: the factors and interactions of one case and one layer, each with its evidence."""

from __future__ import annotations

from qualnet.network.build import build_network
from qualnet.network.model import Factor, Interaction, Network

__all__ = ["Factor", "Interaction", "Network", "build_network"]
