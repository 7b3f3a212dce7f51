"""How many factors act on a factor, on how many it acts, and by how many interviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualnet.network import Network

__all__ = ["Degree", "degree"]


@dataclass(frozen=True, slots=True)
class Degree:
    """Degrees of one factor.

    Attributes
    ----------
    n_in, n_out
        Interactions that end or start here; an arrow from a factor to itself is in neither.
    sources_in, sources_out
        The same, each interaction weighted by its interviews.
    claims_in, claims_out
        The same, weighted by claims that are no repeats.
    """

    n_in: int = 0
    n_out: int = 0
    sources_in: int = 0
    sources_out: int = 0
    claims_in: int = 0
    claims_out: int = 0


def degree(network: Network) -> dict[str, Degree]:
    """Count each factor's interactions.

    What it means for a planner: a factor with a high out-degree is named as a lever, one with
    a high in-degree as a result. It says what is *talked about*, not how strong an effect is.

    Returns
    -------
    dict
        Factor id to its degrees; factors without interaction have zeros. In a co-occurrence
        layer there is no direction: everything stands under ``n_in`` and its like.
    """
    counts = {f: [0] * 6 for f in network.factors}
    for item in network.drawn.values():
        if item.is_self:
            continue
        ends = ((item.effect, 0), (item.cause, 1 if network.directed else 0))
        for factor, side in ends:
            counts[factor][side] += 1
            counts[factor][2 + side] += item.n_sources
            counts[factor][4 + side] += item.n_claims
    return {f: Degree(*c) for f, c in counts.items()}
