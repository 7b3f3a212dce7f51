"""Signed feedback loops."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from qualnet.network import Network

__all__ = ["Loop", "LoopKind", "Loops", "label_loop", "loops"]

LoopKind: TypeAlias = Literal["reinforcing", "balancing", "indeterminate"]
CAP = 10_000


@dataclass(frozen=True, slots=True)
class Loop:
    """A closed way of interactions.

    Attributes
    ----------
    factors
        In order of effect, starting at the smallest id.
    signs
        Sign of the interaction that leaves each factor.
    weakest
        Fewest interviews behind one of its interactions.
    contested
        Whether one of its interactions is contested; the label then rests on a majority.
    """

    factors: tuple[str, ...]
    signs: tuple[str, ...]
    kind: LoopKind
    weakest: int
    contested: bool

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Its interactions as (cause, effect)."""
        return tuple(zip(self.factors, (*self.factors[1:], self.factors[0]), strict=True))


@dataclass(frozen=True, slots=True)
class Loops:
    """The loops of a network up to a length.

    Attributes
    ----------
    capped
        True when there are more than the cap; `found` are then only the first of more.
    """

    found: tuple[Loop, ...]
    length: int
    capped: bool


def label_loop(signs: tuple[str, ...]) -> LoopKind:
    """Multiply signs: reinforcing (+), balancing (-), indeterminate when one is neither.

    Examples
    --------
    >>> label_loop(("-", "-")), label_loop(("+", "-")), label_loop(("+", "mixed"))
    ('reinforcing', 'balancing', 'indeterminate')
    """
    if any(sign not in {"+", "-"} for sign in signs):
        return "indeterminate"
    return "balancing" if signs.count("-") % 2 else "reinforcing"


def loops(network: Network, length: int = 8, cap: int = CAP) -> Loops:
    """List the feedback loops of a network.

    What it means for a planner: a reinforcing loop keeps a town stuck or lifts it, a balancing
    one holds it back from either. A loop is put together from interactions that different
    interviews may have named; it is a reading, not a finding of one interview.

    Parameters
    ----------
    network
        A network of claims. Co-occurrence has no direction and therefore no loops.
    length
        Most interactions in a loop. One factor acting on itself is no loop here.
    cap
        Most loops that are listed.

    Returns
    -------
    Loops
        Sorted by weakest interaction (most interviews first), then length, then factors.

    References
    ----------
    Maruyama, M. (1963). The second cybernetics. American Scientist 51, 164-179.
    """
    if not network.directed:
        return Loops((), length, capped=False)
    import networkx as nx  # noqa: PLC0415

    graph: nx.DiGraph[str] = nx.DiGraph(sorted(p for p, i in network.drawn.items() if not i.is_self))
    cycles = list(islice(nx.simple_cycles(graph, length_bound=length), cap + 1))
    found = [_loop(network, cycle) for cycle in cycles[:cap]]
    found.sort(key=lambda x: (-x.weakest, len(x.factors), x.factors))
    return Loops(tuple(found), length, capped=len(cycles) > cap)


def _loop(network: Network, cycle: list[str]) -> Loop:
    first = cycle.index(min(cycle))
    factors = (*cycle[first:], *cycle[:first])
    items = [network.drawn[pair] for pair in zip(factors, (*factors[1:], factors[0]), strict=True)]
    signs = tuple(str(i.sign) for i in items)
    return Loop(
        factors=factors,
        signs=signs,
        kind=label_loop(signs),
        weakest=min(i.n_sources for i in items),
        contested=any(i.contested for i in items),
    )
