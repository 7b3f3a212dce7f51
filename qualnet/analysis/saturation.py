"""How complete the picture is: accumulation over interviews, and sample coverage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from qualnet.network import Network

__all__ = ["Saturation", "accumulation", "coverage", "saturation"]


@dataclass(frozen=True, slots=True)
class Saturation:
    """How the number of interactions grows with interviews.

    Attributes
    ----------
    documents
        Interviews in their order.
    factors, interactions
        Distinct factors and interactions after 1, 2, ... interviews in that order.
    mean, sd
        Interactions after k interviews over all orders, exact.
    coverage, coverage_low, coverage_high
        Estimated share of all interaction mentions that belong to interactions already seen,
        with the range when one interview is left out; None when not assessable.
    """

    documents: tuple[str, ...]
    factors: tuple[int, ...]
    interactions: tuple[int, ...]
    mean: tuple[float, ...]
    sd: tuple[float, ...]
    coverage: float | None
    coverage_low: float | None
    coverage_high: float | None


def saturation(network: Network) -> Saturation:
    """Count what each further interview adds, and estimate what is still unseen.

    What it means for a planner: interactions saturate far later than factors; a low coverage
    says that further interviews will name interactions that nobody has named yet.

    References
    ----------
    Chao, A. and Jost, L. (2012). Coverage-based rarefaction and extrapolation. Ecology 93,
    2533-2547. doi:10.1890/11-1952.1
    """
    documents = network.documents
    named = [set(f.sources) for f in network.factors.values()]
    said = [set(i.sources) for i in network.drawn.values()]
    incidence = _incidence(said, documents)
    mean, sd = accumulation(incidence)
    whole = coverage(incidence)
    left_out = [coverage(np.delete(incidence, d, axis=1)) for d in range(len(documents))]
    range_ = [c for c in left_out if c is not None]
    assessable = whole is not None and bool(range_)
    return Saturation(
        documents=documents,
        factors=_growth(named, documents),
        interactions=_growth(said, documents),
        mean=mean,
        sd=sd,
        coverage=whole,
        coverage_low=min([*range_, whole]) if assessable and whole is not None else None,
        coverage_high=max([*range_, whole]) if assessable and whole is not None else None,
    )


def _growth(sources: list[set[str]], documents: Sequence[str]) -> tuple[int, ...]:
    return tuple(sum(bool(s & set(documents[: k + 1])) for s in sources) for k in range(len(documents)))


def _incidence(sources: list[set[str]], documents: Sequence[str]) -> NDArray[np.int64]:
    rows = [[int(d in s) for d in documents] for s in sources]
    return np.array(rows, dtype=np.int64).reshape(len(sources), len(documents))


def accumulation(incidence: NDArray[np.int64]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Give the exact mean and standard deviation of an accumulation curve over all orders.

    Parameters
    ----------
    incidence
        Shape (things, interviews), 1 where an interview names a thing.

    Returns
    -------
    tuple
        Mean and sd after 1..n interviews.
    """
    n = incidence.shape[1]
    sizes = incidence.sum(1)
    unions = sizes[:, None] + sizes[None, :] - incidence @ incidence.T
    mean, sd = [], []
    for k in range(1, n + 1):
        unseen = np.array([_unseen(n, size, k) for size in range(n + 1)])
        alone = unseen[sizes] if len(sizes) else np.zeros(0)
        both = unseen[unions] if len(sizes) else np.zeros((0, 0))
        mean.append(float((1 - alone).sum()))
        variance = float((both - np.outer(alone, alone)).sum())
        sd.append(float(np.sqrt(max(0.0, variance))))
    return tuple(mean), tuple(sd)


def _unseen(n: int, size: int, k: int) -> float:
    """Probability that k of n interviews miss a thing that `size` of them name."""
    from math import comb  # noqa: PLC0415

    return comb(n - size, k) / comb(n, k)


def coverage(incidence: NDArray[np.int64]) -> float | None:
    """Estimate sample coverage from incidences.

    ``C = 1 - Q1/U * (n-1)Q1 / ((n-1)Q1 + 2Q2)`` with U all incidences, Q1 and Q2 the things
    named by one and by two of n interviews. None below two interviews or without incidences.
    """
    n = int(incidence.shape[1])
    sizes = incidence.sum(1)
    total: int = int(sizes.sum())
    if n < 2 or total == 0:  # noqa: PLR2004 (one interview says nothing about the next)
        return None
    once, twice = int((sizes == 1).sum()), int((sizes == 2).sum())  # noqa: PLR2004
    if once == 0:
        return 1.0
    return 1.0 - once / total * ((n - 1) * once / ((n - 1) * once + 2 * twice))
