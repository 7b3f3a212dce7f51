"""The codebook: what the codes mean, how they hang together, and how a city's differ."""

from __future__ import annotations

from qualnet.codebook.common import Vocabulary, common_vocabulary, fold_poles
from qualnet.codebook.load import find_codebook, load_codebook, shipped_folder
from qualnet.codebook.model import (
    Change,
    Code,
    Codebook,
    CodebookFile,
    Hypothesis,
    Recommendation,
)
from qualnet.codebook.resolve import resolve_codes

__all__ = [
    "Change",
    "Code",
    "Codebook",
    "CodebookFile",
    "Hypothesis",
    "Recommendation",
    "Vocabulary",
    "common_vocabulary",
    "find_codebook",
    "fold_poles",
    "load_codebook",
    "resolve_codes",
    "shipped_folder",
]
