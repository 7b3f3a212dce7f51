"""Comparison: what the networks of several cases share and where they differ."""

from __future__ import annotations

from qualnet.comparison.compare import Comparison, Difference, Pair, compare_networks
from qualnet.comparison.heard import Heard
from qualnet.comparison.study import Study

__all__ = ["Comparison", "Difference", "Heard", "Pair", "Study", "compare_networks"]
