"""A city's network as a drawing: boxes and arrows with their places, and the drawing as SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, TypeAlias

from qualnet.paper import printable
from qualnet.report.layout import BEND, BEND_OF_PAIR, FRAME, box

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualnet.language import Language
    from qualnet.network import Network

__all__ = ["LINES", "Arrow", "Box", "Picture", "draw_network", "line_kind", "svg"]

Point: TypeAlias = tuple[float, float]

PAD = 10.0
ABOVE = 16.0
"""Room above a picture for the mark of invented data."""
LETTER, LINE = 0.54, 1.16  # width of a letter and height of a line, of the size of the letters
SIZE = 0.092  # of the letters, of the width of a box
SMALLEST = 0.75  # of them, where a long word would not fit
GAP = 0.95  # what a box takes of its place in the layout, so that neighbours do not touch
LETTERS_LEAST = 6  # on a line, however narrow a box is

LINES: Mapping[str, tuple[str, str]] = {
    "+": ("#0067a5", ""),
    "-": ("#b84a08", "5 3"),
    "mixed": ("#4b5159", "1.5 2.5"),
    "": ("#6b7280", ""),
}
"""Colour and dashes of an arrow: its sign is never told by colour alone."""
OUTLINES = {"challenge": "#84204f", "driver": "#17706f"}
OTHER_OUTLINE = "#6b7280"


@dataclass(frozen=True, slots=True)
class Box:
    """A factor: its middle, its size, and its name in lines of letters of some size."""

    at: Point
    size: Point
    lines: tuple[str, ...]
    letters: float
    kind: str

    @property
    def outline(self) -> str:
        """Colour of its outline."""
        return OUTLINES.get(self.kind, OTHER_OUTLINE)

    @property
    def corner(self) -> float:
        """Radius of its corners: challenges are square, drivers round, others in between."""
        half = self.size[1] / 2
        return {"challenge": 0.0, "driver": half}.get(self.kind, half * 0.4)


@dataclass(frozen=True, slots=True)
class Arrow:
    """An interaction: three points of a quadratic curve, or four of a cubic one."""

    points: tuple[Point, ...]
    line: str
    width: float
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in units of the layout."""

    size: Point
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    mark: str
    description: str


def line_kind(sign: str) -> str:
    """Give which of :data:`LINES` stands for a sign.

    Examples
    --------
    >>> line_kind("+"), line_kind("ambivalent"), line_kind("unstated")
    ('+', 'mixed', '')
    """
    return {"+": "+", "-": "-", "ambivalent": "mixed", "mixed": "mixed"}.get(sign, "")


def draw_network(
    network: Network, positions: Mapping[str, Point], language: Language, *, mark: str, description: str
) -> Picture:
    """Draw a city's network on the places that all cities share.

    Parameters
    ----------
    network
        Of one layer.
    positions
        Factor to its place in the common layout.
    language
        Of the factors' names.
    mark
        What must stand in the picture; may be empty.
    description
        What the picture shows, for people who do not see it.
    """
    across, down = box(len(positions))
    size = (across * GAP, down * GAP)
    boxes = {
        factor: Box(
            (positions[factor][0] + PAD, positions[factor][1] + PAD + ABOVE),
            size,
            *_written(network.factors[factor].label(language), size),
            network.factors[factor].kind,
        )
        for factor in network.nodes
        if factor in positions
    }
    arrows = []
    for (cause, effect), item in sorted(network.drawn.items(), key=lambda x: (x[1].n_sources, x[0])):
        if cause in boxes and effect in boxes:
            mutual = (effect, cause) in network.drawn
            points = _curve(boxes[cause], boxes[effect], BEND_OF_PAIR if mutual else BEND)
            width = 0.6 + 2.4 * item.n_sources / max(network.n_documents, 1)
            arrows.append(Arrow(points, line_kind(item.sign), width, network.directed))
    whole = (FRAME[0] + 2 * PAD, FRAME[1] + 2 * PAD + ABOVE)
    return Picture(whole, tuple(boxes.values()), tuple(arrows), mark, description)


def _written(label: str, size: Point) -> tuple[tuple[str, ...], float]:
    """Break a name into the lines that its box holds, and say how large they are; what is too long is cut."""
    words = printable(label).split()
    wide, letters = size[0] - 4, size[0] * SIZE
    longest = max(map(len, words), default=1)
    # a little smaller rather than parted
    letters *= min(1.0, max(SMALLEST, wide / (letters * LETTER * longest)))
    most = max(LETTERS_LEAST, int(wide / (letters * LETTER) + 0.01))
    room = max(1, int(size[1] / (letters * LINE)))
    text = " ".join(piece for word in words for piece in _parted(word, most))
    return tuple(wrap(text, most, break_on_hyphens=False, max_lines=room, placeholder="…")), letters


def _parted(word: str, most: int) -> list[str]:
    """Part a long compound with hyphens; each part but the last fills a line."""
    parts = []
    while len(word) > most:
        parts.append(f"{word[: most - 1]}-")
        word = word[most - 1 :]
    return [*parts, word]


def _curve(start: Box, end: Box, bend: float) -> tuple[Point, ...]:
    (x0, y0), (x1, y1) = start.at, end.at
    if start is end:
        right, up = x0 + start.size[0] / 2, start.size[1] / 2
        return (right, y0 - up * 0.4), (right + 18, y0 - up), (right + 18, y0 + up), (right, y0 + up * 0.4)
    # bent clockwise, so that A to B and B to A lie apart
    middle = ((x0 + x1) / 2 - (y1 - y0) * bend, (y0 + y1) / 2 + (x1 - x0) * bend)
    return _border(start, middle, 1.0), middle, _border(end, middle, 2.5)


def _border(at: Box, towards: Point, gap: float) -> Point:
    """Give where the way from a box to a point leaves the box, a little outside."""
    dx, dy = towards[0] - at.at[0], towards[1] - at.at[1]
    half = (at.size[0] / 2 + gap, at.size[1] / 2 + gap)
    share = min(half[0] / abs(dx) if dx else math.inf, half[1] / abs(dy) if dy else math.inf, 1.0)
    return at.at[0] + dx * share, at.at[1] + dy * share


def svg(picture: Picture, name: str) -> str:
    """Write a drawing as SVG, for a page or as a file of its own.

    Parameters
    ----------
    picture
        The drawing.
    name
        What its arrow heads are called, so that several drawings fit on one page.
    """
    width, height = picture.size
    used = sorted({arrow.line for arrow in picture.arrows if arrow.directed})
    heads = "".join(
        f'<marker id="{name}-{i}" viewBox="0 0 8 8" refX="6" refY="4" markerUnits="userSpaceOnUse"'
        ' markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0L8 4L0 8Z" fill="{LINES[line][0]}"/></marker>'
        for i, line in enumerate(used)
    )
    arrows = "".join(
        _svg_arrow(a, f"{name}-{used.index(a.line)}" if a.directed else "") for a in picture.arrows
    )
    boxes = "".join(_svg_box(box_) for box_ in picture.boxes)
    mark = f'<text x="{PAD}" y="{ABOVE}" font-size="11" font-weight="bold">{escape(picture.mark)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"'
        f' aria-label="{escape(printable(picture.description))}" font-family="Arial, Helvetica, sans-serif"'
        f' fill="#1b1f24"><defs>{heads}</defs><rect width="{width:g}" height="{height:g}" fill="#ffffff"/>'
        f"{mark if picture.mark else ''}{arrows}{boxes}</svg>\n"
    )


def _svg_arrow(arrow: Arrow, head: str) -> str:
    colour, dashes = LINES[arrow.line]
    first, *others = (f"{x:.1f} {y:.1f}" for x, y in arrow.points)
    curve = "Q" if len(others) == 2 else "C"  # noqa: PLR2004 (a quadratic curve has one point in between)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    ended = f' marker-end="url(#{head})"' if head else ""
    return (
        f'<path d="M{first}{curve}{" ".join(others)}" fill="none" stroke="{colour}"'
        f' stroke-width="{arrow.width:.2f}"{dashed}{ended}/>'
    )


def _svg_box(item: Box) -> str:
    (x, y), (width, height), letters = item.at, item.size, item.letters
    top = y - (len(item.lines) - 1) * letters * LINE / 2 + letters * 0.35
    lines = "".join(
        f'<tspan x="{x:.1f}" y="{top + k * letters * LINE:.1f}">{escape(line)}</tspan>'
        for k, line in enumerate(item.lines)
    )
    return (
        f'<rect x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width:g}" height="{height:g}"'
        f' rx="{item.corner:g}" fill="#ffffff" stroke="{item.outline}" stroke-width="1.2"/>'
        f'<text font-size="{letters:.2f}" text-anchor="middle">{lines}</text>'
    )
