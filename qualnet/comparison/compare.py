"""Cities side by side: states of absence, shares with intervals, similarity."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypeAlias

from qualnet.analysis._intervals import newcombe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from qualnet.codebook import Vocabulary
    from qualnet.network import Interaction, Network

__all__ = [
    "Comparison",
    "Difference",
    "DifferenceKind",
    "Pair",
    "State",
    "compare_networks",
    "similarity",
]

State: TypeAlias = Literal["named", "denied", "not_named", "not_asked", "no_code", "few"]
"""``few``: shared outputs show it only from a number of interviews on; here it is fewer, or none."""
DifferenceKind: TypeAlias = Literal["both", "only_a", "only_b", "flipped", "contested"]
Key: TypeAlias = tuple[str, str]
COULD_NOT: frozenset[State] = frozenset({"not_asked", "no_code"})
"""States of a city that could not have named a pair."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One interaction in two cities.

    Attributes
    ----------
    difference, low, high
        Share of interviews in a minus share in b, with Newcombe's 95 % interval.
    comparable
        Whether both cities could have named it: they were asked, and had its codes.
    """

    cause: str
    effect: str
    kind: DifferenceKind
    difference: float
    low: float
    high: float
    comparable: bool = True

    @property
    def clear(self) -> bool:
        """Whether the interval excludes no difference, between cities that could have named it."""
        return self.comparable and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cities compared."""

    a: str
    b: str
    jaccard: float
    jaccard_parent: float
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Comparison:
    """Networks of several cases on one vocabulary.

    Attributes
    ----------
    networks
        By case, in the project's order; one layer.
    keys
        Every pair of factors that some city names or denies, sorted.
    min_sources
        Fewest interviews from which on something is in it; 1 unless it is made to be shared.
    asked
        Case to the factors that some of its interviews were asked about; only cases of which
        that is known for every interview. A pair was asked about when one of its ends was.
    """

    networks: dict[str, Network]
    vocabulary: Vocabulary
    keys: tuple[Key, ...]
    pairs: tuple[Pair, ...]
    min_sources: int = 1
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def _absent(self, case_id: str, factors: Iterable[str]) -> State:
        known = self.vocabulary.known.get(case_id)
        if known is not None and not known.issuperset(factors):
            return "no_code"
        if self.min_sources > 1:
            return "few"
        asked = self.asked.get(case_id)
        return "not_asked" if asked is not None and asked.isdisjoint(factors) else "not_named"

    def state(self, key: Key, case_id: str) -> State:
        """Say how a pair of factors stands in a city; *not named* never means *not there*."""
        item = self.networks[case_id].interactions.get(key)
        if item is not None and (item.drawing or item.meetings):
            return "named"
        if item is not None and item.denials:
            return "denied"
        return self._absent(case_id, key)

    def factor_state(self, factor_id: str, case_id: str) -> State:
        """Say how a factor stands in a city."""
        factor = self.networks[case_id].factors.get(factor_id)
        if factor is not None and factor.sources:
            return "named"
        return self._absent(case_id, (factor_id,))

    def cases_naming(self, key: Key) -> tuple[str, ...]:
        """Give the cities that name a pair, in the project's order."""
        return tuple(c for c, n in self.networks.items() if key in n.drawn)

    def flipped(self, key: Key) -> bool:
        """Whether cities state opposite signs."""
        signs = {n.drawn[key].sign for n in self.networks.values() if key in n.drawn}
        return {"+", "-"} <= signs


def compare_networks(
    networks: Mapping[str, Network],
    vocabulary: Vocabulary,
    min_sources: int = 1,
    asked: Mapping[str, frozenset[str]] | None = None,
) -> Comparison:
    """Compare the networks of one layer, every city with every other.

    Parameters
    ----------
    networks
        Case to network, all of the same layer.
    vocabulary
        The vocabulary that they share.
    min_sources
        Fewest interviews from which on an interaction is in the networks.
    asked
        Case to the factors that some of its interviews were asked about, where that is known.
    """
    keys = tuple(sorted({key for n in networks.values() for key in n.interactions}))
    compared = Comparison(dict(networks), vocabulary, keys, (), min_sources, asked or {})
    pairs = tuple(
        Pair(
            a=a,
            b=b,
            jaccard=similarity(networks[a], networks[b]),
            jaccard_parent=similarity(networks[a], networks[b], vocabulary.parent),
            differences=tuple(_differences(compared, a, b)),
        )
        for a, b in combinations(networks, 2)
    )
    return replace(compared, pairs=pairs)


def _differences(compared: Comparison, case_a: str, case_b: str) -> list[Difference]:
    found = []
    a, b = compared.networks[case_a], compared.networks[case_b]
    # where small counts are hidden, an absent pair is "few or none": no number to subtract
    hidden = compared.min_sources > 1
    keys = a.drawn.keys() & b.drawn.keys() if hidden else a.drawn.keys() | b.drawn.keys()
    for key in sorted(keys):
        x, y = a.drawn.get(key), b.drawn.get(key)
        k1, k2 = (x.n_sources if x else 0), (y.n_sources if y else 0)
        difference, low, high = newcombe(k1, a.n_documents, k2, b.n_documents)
        states = {compared.state(key, case_a), compared.state(key, case_b)}
        comparable = states.isdisjoint(COULD_NOT)
        found.append(Difference(*key, _kind(x, y), difference, low, high, comparable))
    return sorted(found, key=lambda d: (-abs(d.difference), d.cause, d.effect))


def _kind(x: Interaction | None, y: Interaction | None) -> DifferenceKind:
    if y is None:
        return "only_a"
    if x is None:
        return "only_b"
    if {x.sign, y.sign} == {"+", "-"}:
        return "flipped"
    if x.contested or y.contested:
        return "contested"
    return "both"


def similarity(a: Network, b: Network, level: Callable[[str], str] = lambda code: code) -> float:
    """Give the weighted Jaccard similarity of two networks on signed interactions.

    Each (cause, effect, sign) weighs the share of interviews that state it; similarity is the
    sum of the smaller over the sum of the larger weights. At a higher level of the codebook
    the sources of joined interactions are united, not summed.

    Parameters
    ----------
    a, b
        Two networks of one layer.
    level
        Maps a code to the level at which to compare; by default the code itself.

    Returns
    -------
    float
        0 (nothing in common) to 1 (the same); 1 when both are empty.

    References
    ----------
    Ioffe, S. (2010). Improved consistent sampling, weighted minhash and L1 sketching. ICDM,
    246-255. doi:10.1109/ICDM.2010.80 (the measure is due to Ruzicka 1958)
    """
    left, right = _weights(a, level), _weights(b, level)
    keys = {*left, *right}
    larger = sum(max(left.get(k, 0), right.get(k, 0)) for k in keys)
    smaller = sum(min(left.get(k, 0), right.get(k, 0)) for k in keys)
    return smaller / larger if larger else 1.0


def _weights(network: Network, level: Callable[[str], str]) -> dict[tuple[str, str, str], float]:
    said: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for item in network.drawn.values():
        cause, effect = level(item.cause), level(item.effect)
        for claim in item.drawing:
            if claim.interview:
                said[cause, effect, claim.sign].add(claim.document_id)
        for meeting in item.meetings:
            if meeting.interview:
                said[cause, effect, ""].add(meeting.document_id)
    n = network.n_documents or 1
    return {key: len(documents) / n for key, documents in said.items()}
