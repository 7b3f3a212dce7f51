"""Comparison: what the networks of several cases share and where they differ."""

from __future__ import annotations

from qualnet.comparison.compare import Comparison, Difference, Pair, compare_networks
from qualnet.comparison.study import Study

__all__ = ["Comparison", "Difference", "Pair", "Study", "compare_networks"]
