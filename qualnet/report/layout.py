"""One layout for all cities: where each factor stands in every picture.

The union graph of all cities is laid out once and kept in ``layout.json`` beside the project
file. Later factors are placed among the old ones, which never move: a reader who knows the
picture finds everything where it was. The file may be edited by hand.

Causes stand above effects as far as feedback allows. Stress majorisation whose vertical axis
is pulled to the trophic level gives the start; boxes are pushed apart; a search with a fixed
number of moves (threshold accepting) then lowers crossings, arrows through foreign labels, arrows that point
upward and long arrows. There is no chance in it and no clock: same input, same layout.

References
----------
Gansner, E., Koren, Y., North, S. (2005). Graph drawing by stress majorization. GD 2004,
239-250. doi:10.1007/978-3-540-31843-9_25

MacKay, R., Johnson, S., Sansom, B. (2020). How directed is a directed network? Royal Society
Open Science 7, 201138. doi:10.1098/rsos.201138 (trophic levels)
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from qualnet.located import load_yaml, shaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from qualnet.comparison import Study
    from qualnet.problems import Problems

__all__ = [
    "FRAME",
    "LAYOUT_FILE",
    "Layout",
    "box",
    "compute",
    "extend",
    "layout_text",
    "read_layout",
    "union_graph",
]

Edges: TypeAlias = "Mapping[tuple[str, str], float]"
Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.intp]
Bools: TypeAlias = npt.NDArray[np.bool_]

LAYOUT_FILE = "layout.json"
FRAME = (460.0, 600.0)
"""Width and height of every picture, in layout units."""

LARGEST_BOX = (96.0, 42.0)
FILL = 0.44  # share of the frame that boxes may cover: above it, arrows find no way between them
VISITS = 28  # how often the polish comes to each factor of a small graph
WORK = 7e7  # what it may cost on a large one: candidates x arrows met, summed over all visits
TOLERANCE = 10.0  # by how much a picture may get worse on the way, at first
RADII = (0.7, 0.5, 0.35, 0.24, 0.16, 0.1, 0.06, 0.025)  # how far a factor moves at once, of the frame's width
ITERATIONS, LARGE = 200, 4e7  # of the stress; fewer for graphs of more than 450 factors
AT_ONCE = 2e6  # numbers in one array
TROPHIC_PULL = 4.0
GRID = 12.0  # between the spots tried for a new factor
TINY = 1e-6

# What makes a picture hard to read, in crossings.
THROUGH_LABEL, UPWARD, LENGTH, TOO_SHORT = 1.6, 25.0, 9.0, 6.0
ABSENT = 2.0  # to stand where a factor stood that is not in use now
SHORT = 0.12  # of the frame's diagonal
BEND, BEND_OF_PAIR = 0.09, 0.17  # how far an arrow's curve leaves the straight line


@dataclass(frozen=True)
class Layout:
    """Where each factor stands.

    Attributes
    ----------
    positions
        Factor to the centre of its label, in units of :data:`FRAME`, y downward. Also
        factors that the project does not use any more: they may come back.
    """

    positions: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LayoutFile:
    """What stands in the lock file."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    format: Literal[1]
    positions: dict[str, Any]


def box(n_factors: int) -> tuple[float, float]:
    """Give the width and height that a label has in a picture of so many factors.

    Examples
    --------
    >>> box(12)
    (96.0, 42.0)
    >>> box(120)
    (48.0, 21.0)
    """
    width, height = LARGEST_BOX
    room = FILL * FRAME[0] * FRAME[1] / (max(n_factors, 1) * width * height)
    scale = min(1.0, math.sqrt(room))
    return max(1.0, width * scale // 1), max(1.0, height * scale // 1)


def union_graph(study: Study) -> tuple[list[str], dict[tuple[str, str], float]]:
    """Give the graph to lay out: all factors of all cities, and the interactions of any.

    Returns
    -------
    nodes : list of str
        Every factor that some network holds.
    edges : dict
        (cause, effect) to the number of sources, of the claims; of the first co-occurrence
        layer where nobody has stated any, each pair both ways since it has no direction.
    """
    comparisons = study.comparisons
    nodes = {f for c in comparisons.values() for n in c.networks.values() for f in n.factors}
    edges: dict[tuple[str, str], float] = defaultdict(float)
    for network in study.main.networks.values():
        for (cause, effect), item in network.drawn.items():
            for key in ((cause, effect),) if network.directed else ((cause, effect), (effect, cause)):
                edges[key] += item.n_sources or 1
    return sorted(nodes), dict(sorted(edges.items()))


def compute(nodes: Iterable[str], edges: Edges) -> Layout:
    """Lay out a graph from nothing.

    Parameters
    ----------
    nodes
        Factors; their order does not matter. Those without an interaction stand in rows at
        the bottom.
    edges
        (cause, effect) to a weight: how much it matters that the arrow points downward.
    """
    graph = _Graph.of(nodes, edges)
    size, frame = np.array(box(graph.n)), np.array(FRAME)
    linked = np.flatnonzero(graph.degree)
    single = np.flatnonzero(graph.degree == 0)
    places = np.empty((graph.n, 2))
    columns = int(frame[0] // size[0])
    n_rows = -(-len(single) // columns)
    for i, node in enumerate(single):
        places[node] = (i % columns + 0.5, i // columns + 0.5 - n_rows) * size + (0, frame[1])
    frame[1] -= n_rows * size[1]
    if len(linked):
        picture = _Picture(graph, size, np.empty((0, 2)))
        places[linked] = _separated(_fitted(_stress(graph.only(linked)), frame, size), frame, size)
        for _ in range(2):  # the second time in the whole frame
            places = _polished(picture, places, linked, frame)
            places[linked] = _fitted(places[linked], frame, size)
    return graph.layout(places)


def extend(layout: Layout, nodes: Iterable[str], edges: Edges) -> Layout:
    """Place the factors that a layout does not have yet; all others stay exactly where they are.

    Parameters
    ----------
    layout
        An earlier layout. Its factors that are not in ``nodes`` stay in it.
    nodes, edges
        The graph as it is now.
    """
    old = layout.positions
    graph = _Graph.of(nodes, edges)
    new = [i for i, name in enumerate(graph.names) if name not in old]
    if len(new) == graph.n:
        return Layout(dict(sorted((old | compute(nodes, edges).positions).items())))
    if not new:
        return layout
    absent = np.array([p for name, p in sorted(old.items()) if name not in graph.names]).reshape(-1, 2)
    places = np.array([old.get(name, (np.nan, np.nan)) for name in graph.names])
    size = np.array(box(graph.n))
    across, down = (np.arange(size[k] / 2, FRAME[k] - size[k] / 2, GRID) for k in (0, 1))
    grid = np.array([(x, y) for y in down for x in across])
    waiting = list(new)
    while waiting:  # whoever has most neighbours in the picture comes first
        known = np.isfinite(places[:, 0])
        one = max(waiting, key=lambda i: (known[graph.neighbours(i)].sum(), -i))
        waiting.remove(one)
        places[one] = grid[np.argmin(_covered(grid, places[known], size))]  # should no spot be free
        shown = np.flatnonzero(np.isfinite(places[:, 0]))
        picture = _Picture(graph.only(shown), size, absent)
        mover = int(np.searchsorted(shown, one))
        candidates = picture.moves(places[shown], mover, grid)
        places[shown] = candidates[np.argmin(picture.cost(candidates, np.array([mover])))]
    places = _polished(_Picture(graph, size, absent), places, np.array(new), np.array(FRAME))
    found = graph.layout(places).positions
    return Layout(dict(sorted((found | old).items())))


def read_layout(path: Path, problems: Problems) -> Layout | None:
    """Read the lock file.

    Parameters
    ----------
    path
        The file ``layout.json``.
    problems
        Where to note what is wrong, each with its line.

    Returns
    -------
    Layout or None
        None when there is no file yet (no problem), or when it cannot be used.
    """
    if not path.exists():
        return None
    located = load_yaml(path, path.name, problems)  # YAML knows all of JSON, and keeps the lines
    file = shaped(located, LayoutFile, problems) if located else None
    if located is None or file is None:
        return None
    positions = {}
    for factor, value in file.positions.items():
        place = _position(value)
        if place:
            positions[factor] = place
        else:
            where = located.place("positions", factor)
            problems.add(where, "wrong-value", field=factor, expected="[x, y]", value=value)
    return Layout(positions) if len(positions) == len(file.positions) else None


def _position(value: Any) -> tuple[float, float] | None:
    try:
        x, y = value
        place = (float(x), float(y))
    except (TypeError, ValueError):
        return None
    return place if isinstance(value, list) and all(map(math.isfinite, place)) else None


def layout_text(layout: Layout) -> str:
    """Write the lock file: sorted, a line per factor, so that a change shows as its lines."""
    rows = [f"  {_quoted(factor)}: [{x:.1f}, {y:.1f}]" for factor, (x, y) in sorted(layout.positions.items())]
    inner = "{\n" + ",\n".join(rows) + "\n }" if rows else "{}"
    return f'{{\n "format": 1,\n "positions": {inner}\n}}\n'


def _quoted(text: str) -> str:
    """Write a string that JSON and YAML read alike: no invisible character stands for itself."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() or c > "\uffff" else f"\\u{ord(c):04x}" for c in quoted)


@dataclass(frozen=True)
class _Graph:
    """The graph as arrays; factors are numbered in the order of their ids."""

    names: list[str]
    arrows: Ints
    weights: Floats

    @classmethod
    def of(cls, nodes: Iterable[str], edges: Edges) -> _Graph:
        names = sorted({*nodes, *(end for key in edges for end in key)})
        number = {name: i for i, name in enumerate(names)}
        kept = sorted((number[s], number[t], w) for (s, t), w in edges.items() if s != t)
        arrows = np.array([(s, t) for s, t, _ in kept], dtype=np.intp).reshape(-1, 2)
        return cls(names, arrows, np.array([w for *_, w in kept], dtype=np.float64))

    @property
    def n(self) -> int:
        return len(self.names)

    @property
    def degree(self) -> Ints:
        return np.bincount(self.arrows.ravel(), minlength=self.n)

    def neighbours(self, i: int) -> Ints:
        mine = self.arrows[(self.arrows == i).any(1)]
        return np.unique(mine[mine != i])

    def only(self, kept: Ints) -> _Graph:
        """Give the part of the graph between some factors."""
        number = np.full(self.n, -1)
        number[kept] = np.arange(len(kept))
        inside = (number[self.arrows] >= 0).all(1)
        return _Graph([self.names[i] for i in kept], number[self.arrows[inside]], self.weights[inside])

    def layout(self, places: Floats) -> Layout:
        rounded = np.round(places, 1).tolist()
        return Layout({name: (x, y) for name, (x, y) in zip(self.names, rounded, strict=True)})


def _hops(graph: _Graph) -> Floats:
    """Count the steps between each two factors, arrows taken both ways."""
    steps = np.full((graph.n, graph.n), np.inf)
    np.fill_diagonal(steps, 0)
    s, t = graph.arrows.T
    steps[s, t] = steps[t, s] = 1
    for k in range(graph.n):
        steps = np.minimum(steps, steps[:, [k]] + steps[[k], :])
    apart = ~np.isfinite(steps)
    steps[apart] = steps[~apart].max() + 1
    return steps


def _levels(graph: _Graph) -> Floats:
    """Give trophic levels with mean 0 and deviation 1: causes low, effects high; 0 without direction."""
    flow = np.zeros((graph.n, graph.n))
    np.add.at(flow, tuple(graph.arrows.T), graph.weights)
    out, into = flow.sum(1), flow.sum(0)
    matrix = np.diag(out + into) - flow - flow.T
    levels: Floats = np.linalg.lstsq(matrix, into - out, rcond=None)[0]
    levels -= levels.mean()
    spread = float(levels.std())
    return levels / spread if spread > TINY else np.zeros(graph.n)


def _stress(graph: _Graph) -> Floats:
    """Place factors so that distances follow the steps between them, effects below causes."""
    n, steps, levels = graph.n, _hops(graph), _levels(graph)
    weight = 1 / np.maximum(steps, 1) ** 2
    np.fill_diagonal(weight, 0)
    laplacian = np.diag(weight.sum(1)) - weight
    places = _scaled_to_steps(steps, levels)
    pull = TROPHIC_PULL if levels.any() else 1e-6
    aim = pull * levels * places.std(0).mean() * 1.1
    across = np.linalg.inv(laplacian + 1e-6 * np.eye(n))
    down = np.linalg.inv(laplacian + pull * np.eye(n))
    for _ in range(min(ITERATIONS, int(LARGE / n**2))):
        apart = places[:, None] - places[None]
        distance = np.maximum(np.sqrt((apart**2).sum(-1)), 1e-6)
        force = -weight * steps / distance
        np.fill_diagonal(force, 0)
        np.fill_diagonal(force, -force.sum(1))
        drawn = force @ places
        places = np.column_stack([across @ drawn[:, 0], down @ (drawn[:, 1] + aim)])
    return np.round(places, 6)


def _scaled_to_steps(steps: Floats, levels: Floats) -> Floats:
    """Start from classical scaling, turned so that its vertical axis follows the levels."""
    n = len(steps)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-0.5 * centre @ (steps**2) @ centre)
    largest = np.argsort(-values, kind="stable")[:2]
    places = vectors[:, largest] * np.sqrt(np.maximum(values[largest], 1e-9))
    angles = np.linspace(0, np.pi, 180, endpoint=False)
    shadows = places @ np.array([np.cos(angles), np.sin(angles)])
    fit = (shadows * levels[:, None]).sum(0) / (np.linalg.norm(shadows, axis=0) + 1e-12)
    angle = angles[np.argmax(np.round(np.abs(fit), 9))]
    x, y = places @ [-np.sin(angle), np.cos(angle)], places @ [np.cos(angle), np.sin(angle)]
    y *= -1 if (y * levels).sum() < 0 else 1
    x *= -1 if x[np.argmax(np.round(np.abs(x), 9))] < 0 else 1  # an eigenvector's sign is chance
    return np.column_stack([x, y])


def _fitted(places: Floats, frame: Floats, size: Floats) -> Floats:
    """Stretch a picture over the whole frame."""
    room = frame - size
    spread = np.ptp(places, axis=0)
    flat = spread < 1e-3 * spread.max()  # noise must not become a direction
    inner = np.where(flat, 0.5, (places - places.min(0)) / np.where(flat, 1, spread))
    return inner * room + size / 2


def _separated(places: Floats, frame: Floats, size: Floats) -> Floats:
    """Push boxes apart until none overlap; where that fails, set them in rows."""
    n, half = len(places), size / 2
    order = np.sign(np.arange(n)[None] - np.arange(n)[:, None])
    for _ in range(300):
        apart = places[None] - places[:, None]
        overlap = size - np.abs(apart) - TINY
        met: Bools = np.logical_and(overlap[..., 0] > 0, overlap[..., 1] > 0)
        np.fill_diagonal(met, False)
        if not met.any():
            return places
        sideways = overlap[..., 0] / size[0] < overlap[..., 1] / size[1]
        for axis, chosen in ((0, met & sideways), (1, met & ~sideways)):
            way = np.where(apart[..., axis] == 0, order, np.sign(apart[..., axis]))
            places[:, axis] -= 0.3 * np.where(chosen, way * overlap[..., axis], 0).sum(1)
        places = places.clip(half, frame - half)
    return _in_rows(places, frame, size)


def _in_rows(places: Floats, frame: Floats, size: Floats) -> Floats:
    columns = int(frame[0] // size[0])
    n_rows = -(-len(places) // columns)
    result = np.empty_like(places)
    for r, row in enumerate(np.array_split(np.argsort(places[:, 1], kind="stable"), n_rows)):
        across = row[np.argsort(places[row, 0], kind="stable")]
        result[across, 0] = (np.arange(len(row)) + 0.5) * frame[0] / len(row)
        result[across, 1] = (r + 0.5) * frame[1] / n_rows
    return result


class _Picture:
    """What makes a picture hard to read, for many candidates at once.

    Arrays of candidates have the shape (candidates, factors, 2).
    """

    def __init__(self, graph: _Graph, size: Floats, absent: Floats) -> None:
        self.n, self.size, self.absent = graph.n, size, absent
        self.arrows = graph.arrows
        self.weights = graph.weights / (graph.weights.sum() or 1)
        both = {(s, t) for s, t in graph.arrows.tolist()}
        self.bend = np.array([BEND_OF_PAIR if (t, s) in both else BEND for s, t in graph.arrows.tolist()])
        self.pairs = np.array(sorted({(min(e), max(e)) for e in both}), dtype=np.intp).reshape(-1, 2)
        self.single = graph.degree == 0

    def visits(self, n_movable: int, n_candidates: int) -> int:
        """Say how many moves the polish may try: a fixed budget, smaller where a move costs more."""
        met = len(self.pairs) * (len(self.pairs) + self.n) / self.n
        return int(min(VISITS * n_movable, WORK / (n_candidates * max(met, 1))))

    def moves(self, places: Floats, i: int, spots: Floats) -> Floats:
        """Give the picture as it is, then one for each spot where a factor finds room."""
        near = np.abs(spots[:, None] - places) < self.size
        taken: Bools = np.logical_and(near[..., 0], near[..., 1])
        taken[:, i] = False
        free = spots[~taken.any(1)]
        candidates = np.repeat(places[None], len(free) + 1, 0)
        candidates[1:, i] = free
        return candidates

    def cost(self, places: Floats, movers: Ints) -> Floats:
        """Count what depends on the factors that differ between the candidates."""
        lines = np.flatnonzero(np.isin(self.pairs, movers).any(1))
        at_once = 1 + int(AT_ONCE / ((len(lines) + 1) * (len(self.pairs) + self.n)))
        parts = (places[i : i + at_once] for i in range(0, len(places), at_once))
        return np.concatenate([self._cost(part, movers, lines) for part in parts]).round(6)

    def _cost(self, places: Floats, movers: Ints, lines: Ints) -> Floats:
        total = np.zeros(len(places))
        mine = np.isin(self.arrows, movers).any(1)
        if len(lines):
            crossed = self._crossings(places, lines)
            total += crossed.sum((1, 2)) - crossed[:, :, lines].sum((1, 2)) / 2  # not twice among themselves
            ends = places[:, self.pairs[lines]]
            length = np.hypot(*np.moveaxis(ends[:, :, 0] - ends[:, :, 1], -1, 0)) / np.hypot(*FRAME)
            total += LENGTH * (length**2).sum(1) + TOO_SHORT * np.maximum(0, SHORT - length).sum(1)
            ends = places[:, self.arrows[mine], 1]
            total += UPWARD * ((ends[:, :, 1] < ends[:, :, 0] + 6) * self.weights[mine]).sum(1)
            total += THROUGH_LABEL * self._through(places, np.flatnonzero(mine), places, np.arange(self.n))
        if not mine.all():  # these arrows stay where they are: one candidate tells them all
            total += THROUGH_LABEL * self._through(places[:1], np.flatnonzero(~mine), places, movers)
        at = places[:, movers]
        if len(self.absent):
            total += ABSENT * _covered(at, self.absent, self.size).sum(1)
        bottom_left = (at / FRAME) @ [0.1, -1] * LENGTH  # where factors without interactions wait
        total += (bottom_left * self.single[movers]).sum(1)
        return total

    def _crossings(self, places: Floats, lines: Ints) -> Bools:
        a, b = places[:, self.pairs[:, 0]], places[:, self.pairs[:, 1]]
        c, d = a[:, lines, None], b[:, lines, None]
        a, b = a[:, None], b[:, None]
        meet = (self.pairs[lines, None, :, None] == self.pairs[:, None]).any((2, 3))
        crossed: Bools = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0) & ~meet
        return crossed

    def _through(self, lines: Floats, rows: Ints, places: Floats, labels: Ints) -> Floats:
        """Count arrows through labels of others; a curve is taken as two straight parts."""
        start, end = lines[:, self.arrows[rows, 0]], lines[:, self.arrows[rows, 1]]
        way = end - start
        middle = (start + end + np.stack([-way[..., 1], way[..., 0]], -1) * self.bend[rows, None]) / 2
        at = places[:, None, labels]
        inner = self.size * 0.36  # of the label's box, its text
        hit = _cuts(start, middle, at, inner) | _cuts(middle, end, at, inner)
        hit &= ~(self.arrows[rows][:, :, None] == labels).any(1)
        count: Floats = hit.sum((1, 2)).astype(np.float64)
        return count


def _covered(at: Floats, others: Floats, size: Floats) -> Floats:
    """Say how much of a box at each place others cover, in boxes."""
    apart = np.abs(at[..., None, :] - others)
    covered: Floats = (np.maximum(0, size - apart) / size).prod(-1).sum(-1)
    return covered


def _side(p: Floats, q: Floats, r: Floats) -> Floats:
    """Say on which side of the line p-q a point lies, by the sign."""
    x, y = q - p, r - p
    side: Floats = x[..., 0] * y[..., 1] - x[..., 1] * y[..., 0]
    return side


def _cuts(start: Floats, end: Floats, centre: Floats, half: Floats) -> Bools:
    """Say which straight parts cut which boxes: none of the three axes parts them."""
    to_end = ((end - start) / 2)[:, :, None]
    offset = centre - ((end + start) / 2)[:, :, None]
    x, y, dx, dy = offset[..., 0], offset[..., 1], to_end[..., 0], to_end[..., 1]
    across, along = np.abs(dx), np.abs(dy)
    beside = (np.abs(x) > across + half[0]) | (np.abs(y) > along + half[1])
    hit: Bools = ~beside & (np.abs(dx * y - dy * x) < half[0] * along + half[1] * across)
    return hit


def _polished(picture: _Picture, places: Floats, movable: Ints, frame: Floats) -> Floats:
    """Move one factor at a time, or let two change places, and keep the best picture met.

    At first a picture may get worse by some crossings a move (threshold accepting): a
    climber that only accepts what is better stops at a third more crossings.
    """
    half = picture.size / 2
    angles = np.arange(12) * np.pi / 6
    rays = np.column_stack([np.cos(angles), np.sin(angles)])
    steps = np.concatenate([r * frame[0] * rays for r in RADII])
    visits = picture.visits(len(movable), len(steps))
    change, best, lowest = 0.0, places, 0.0
    for visit in range(visits):
        turn, i = divmod(visit, len(movable))
        i = int(movable[i])
        if turn % 3 == 1 and len(movable) > 1:
            candidates, movers = _exchanges(places, i, movable)
        else:
            spots = (places[i] + steps).clip(half, frame - half)
            candidates, movers = picture.moves(places, i, spots), np.array([i])
        if len(candidates) == 1:
            continue
        cost = picture.cost(candidates, movers)
        worse = cost - cost[0]
        k = int(np.argmin(worse[1:])) + 1
        if worse[k] < TOLERANCE * max(0, 1 - visit / (0.8 * visits)) and (candidates[k] != places).any():
            places = candidates[k]
            change += worse[k]
            if change < lowest - TINY:
                best, lowest = places, change
    return best


def _exchanges(places: Floats, i: int, movable: Ints) -> tuple[Floats, Ints]:
    """Give the pictures where a factor has changed places with one of the nearest, and who may move."""
    distance = ((places[movable] - places[i]) ** 2).sum(1)
    near = movable[np.argsort(distance, kind="stable")[1:7]]
    candidates = np.repeat(places[None], len(near) + 1, 0)
    for k, j in enumerate(near, start=1):
        candidates[k, [i, j]] = places[[j, i]]
    return candidates, np.array([i, *near])
