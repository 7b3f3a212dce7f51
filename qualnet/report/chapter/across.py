"""The cities side by side: what they share, what only one of them names, and how far they can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualnet.language import text_in
from qualnet.report.chapter.parts import Heading, Paragraph, Table
from qualnet.report.chapter.words import KINDS_MANY, STATES
from qualnet.report.words import LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualnet.comparison.comparability import Card
    from qualnet.comparison.compare import Difference, Key, Pair
    from qualnet.report.chapter.parts import Part
    from qualnet.report.chapter.view import View

__all__ = ["SIDE_BY_SIDE", "across_section", "recommendations"]

SIDE_BY_SIDE = 5
"""Most cities that get a column each; more are named in one cell."""


def across_section(view: View, cards: Sequence[Card]) -> Iterator[Part]:
    """Yield the section on all cities.

    Parameters
    ----------
    view
        The study.
    cards
        Who was interviewed where, in the project's order.
    """
    yield Heading(view.say("across"))
    level = view.say("level", level=LEVEL[view.language], book=view.study.codebook.id)
    yield Paragraph(level, small=True)
    yield from _comparability(view, cards)
    yield from _factors(view)
    yield from _pairs(view)
    yield from _differences(view)


def _comparability(view: View, cards: Sequence[Card]) -> Iterator[Part]:
    yield Heading(view.say("comparability"), 3)
    yield Paragraph(view.say("comparability_told"))
    roles = sorted({role for card in cards for role in card.roles})
    coders = [] if view.public else sorted({coder for card in cards for coder in card.coders})
    facts = [(view.say("n_interviews"), [str(c.n_interviews) for c in cards])]
    facts += [(view.say("n_other"), [str(c.n_other) for c in cards])]
    facts += [
        (view.say("role_of", role=role or view.say("unknown")), [str(c.roles.get(role, 0)) for c in cards])
        for role in roles
    ]
    facts += [
        (view.say("coder_of", coder=coder), [str(c.coders.get(coder, 0)) for c in cards]) for coder in coders
    ]
    if any(c.words for c in cards):
        told = [f"{c.words[0]}–{c.words[-1]}" if c.words else view.say("unknown") for c in cards]
        facts.append((view.say("words_range"), told))
    names = [view.study.case_name(c.case_id) for c in cards]
    if len(names) > SIDE_BY_SIDE:  # a row for each city
        columns = (view.say("city"), *(name for name, _ in facts))
        rows = tuple((name, *(cells[i] for _, cells in facts)) for i, name in enumerate(names))
    else:
        columns = (view.say("fact"), *names)
        rows = tuple((name, *cells) for name, cells in facts)
    yield Table("", columns, rows)


def _factors(view: View) -> Iterator[Part]:
    comparison = view.comparison
    rows = []
    for kind in KINDS_MANY:
        codes = [c.id for c in view.study.vocabulary.codes.values() if c.kind == kind]
        named = {
            c: sum(c in n.factors and bool(n.factors[c].sources) for n in comparison.networks.values())
            for c in codes
        }
        for code in sorted((c for c in codes if named[c]), key=lambda c: (-named[c], view.label(c), c)):
            cells = {case: _factor_cell(view, code, case) for case in comparison.networks}
            rows.append(_row(view, view.label(code), cells, KINDS_MANY[kind][view.language]))
    if rows:
        yield Heading(view.say("factors_across"), 3)
        yield _table(view, (view.say("factor"), view.say("kind")), rows)


def _row(view: View, name: str, cells: dict[str, str], *more: str) -> tuple[str, ...]:
    if len(cells) <= SIDE_BY_SIDE:
        return (name, *more, *cells.values())
    by_cell: dict[str, list[str]] = {}
    absent = {STATES[s][view.language] for s in STATES if s != "named"}
    for case, cell in cells.items():
        by_cell.setdefault(cell, []).append(view.study.case_name(case))
    told = [
        f"{'; '.join(cities)}: {cell}"
        for cell, cities in sorted(by_cell.items(), key=lambda x: x[0] in absent)
    ]
    return (name, *more, "\n".join(told))


def _table(view: View, first: tuple[str, ...], rows: list[tuple[str, ...]], caption: str = "") -> Table:
    cases = list(view.comparison.networks)
    many = len(cases) > SIDE_BY_SIDE
    cities = [view.say("cities")] if many else [view.study.case_name(c) for c in cases]
    wide = 40 if len(first) == 1 else 30
    rest = [(100 - wide) // (len(first) - 1 + len(cities))] * (len(first) - 1 + len(cities))
    return Table(caption, (*first, *cities), tuple(rows), (wide, *rest))


def _pairs(view: View) -> Iterator[Part]:
    comparison = view.comparison
    cases = len(comparison.networks)
    found: dict[str, list[Key]] = {"all": [], "some": [], "one": []}
    for key in comparison.keys:
        naming = len(comparison.cases_naming(key))
        if naming:
            found["all" if naming == cases else "one" if naming == 1 else "some"].append(key)
    titles = (
        {"all": "shared_by_all", "some": "shared_by_some", "one": "only_one"}
        if view.directed
        else {"all": "pairs_by_all", "some": "pairs_by_some", "one": "pairs_only_one"}
    )
    order = list(comparison.networks)
    for part, keys in found.items():
        if part == "some" and not keys:
            continue
        yield Heading(view.say(titles[part]), 3)
        if not keys:
            yield Paragraph(view.say("none"))
            continue
        # what only one city names stands city by city
        keys.sort(
            key=lambda k: (
                order.index(comparison.cases_naming(k)[0]) if part == "one" else 0,
                -sum(n.drawn[k].n_sources for n in comparison.networks.values() if k in n.drawn),
                view.label(k[0]),
                view.label(k[1]),
            )
        )
        yield _table(view, (view.say("pair"),), [_pair_row(view, key) for key in keys])


def _arrow(view: View, key: Key) -> str:
    """Name a pair without a sign: each city states its own."""
    a, b = (view.label(end) for end in key)
    return f"{a} → {b}" if view.directed else f"{a} – {b}"


def _pair_row(view: View, key: Key) -> tuple[str, ...]:
    comparison = view.comparison
    name = _arrow(view, key)
    if comparison.flipped(key):
        name += f" ({view.say('signs_differ')})"
    return _row(view, name, {case: _pair_cell(view, key, case) for case in comparison.networks})


def _pair_cell(view: View, key: Key, case: str) -> str:
    network = view.comparison.networks[case]
    item = network.drawn.get(key)
    if item is None:
        return STATES[view.comparison.state(key, case)][view.language]
    told = [view.say("cell", k=item.n_sources, n=network.n_documents)]
    if network.directed and not (view.public and item.sign == "unstated"):
        told.append(view.sign(item.sign))
    if item.contested:
        told.append(view.say("contested").rstrip(".").lower())
    return ", ".join(told)


def _differences(view: View) -> Iterator[Part]:
    comparison = view.comparison
    if not comparison.pairs:
        return
    yield Heading(view.say("differences"), 3)
    yield Paragraph(view.say("differences_told"), small=True)
    rows = []
    for pair in comparison.pairs:
        fair = [d for d in pair.differences if d.comparable]
        yield Paragraph(_pair_told(view, pair, fair))
        rows += [_difference(view, pair, d) for d in fair if d.clear or d.kind == "flipped"]
    if rows:
        columns = (view.say("pair"), *(view.say("cities"), view.say("named_in"), view.say("difference")))
        yield Table(view.say("clear_ones"), columns, tuple(rows), (38, 22, 20, 20))


def _pair_told(view: View, pair: Pair, fair: Sequence[Difference]) -> str:
    told = view.say(
        "pair_told",
        a=view.study.case_name(pair.a),
        b=view.study.case_name(pair.b),
        similarity=view.decimal(pair.jaccard),
        parent=view.decimal(pair.jaccard_parent),
        clear=sum(d.clear for d in fair),
        all=len(fair),
    )
    unfair = len(pair.differences) - len(fair)
    return f"{told} {view.say('pair_unfair', n=unfair)}" if unfair else told


def _difference(view: View, pair: Pair, difference: Difference) -> tuple[str, ...]:
    key = (difference.cause, difference.effect)
    name = _arrow(view, key)
    if difference.kind == "flipped":
        name += f" ({view.say('signs_differ')})"
    interval = f"[{view.points(difference.low)}; {view.points(difference.high)}]"
    return (
        name,
        f"{view.study.case_name(pair.a)} / {view.study.case_name(pair.b)}",
        f"{_pair_cell(view, key, pair.a)} / {_pair_cell(view, key, pair.b)}",
        f"{view.points(difference.difference)} {interval}",
    )


def recommendations(view: View, cases: Sequence[str]) -> Iterator[Part]:
    """Yield the codebook's recommendations beside what interviews name; nothing where it has none.

    Parameters
    ----------
    view
        The study.
    cases
        The cities shown.
    """
    found = view.study.codebook.recommendations
    if not found:
        return
    yield Heading(view.say("recommendations"))
    yield Paragraph(view.say("recommendations_told"))
    rows = []
    for item in found:
        for k, aim in enumerate(item.acts_on or (None,)):
            name = text_in(item.label, view.language) if k == 0 else ""
            factor = view.study.vocabulary.ids.get(aim.factor, aim.factor) if aim else ""
            cells = {case: _factor_cell(view, factor, case) if aim else "" for case in cases}
            target = f"{view.label(factor)} {'↑' if aim.sign == '+' else '↓'}" if aim else ""
            rows.append(_row(view, name, cells, target))
    many = len(cases) > SIDE_BY_SIDE
    cities = [view.say("cities")] if many else [view.study.case_name(c) for c in cases]
    columns = (view.say("recommendation"), view.say("aims_at"), *cities)
    widths = (28, 28, *([44 // len(cities)] * len(cities)))
    yield Table("", columns, tuple(rows), widths)


def _factor_cell(view: View, factor_id: str, case: str) -> str:
    network = view.comparison.networks[case]
    factor = network.factors.get(factor_id)
    if factor and factor.sources:
        return view.say("cell", k=factor.n_sources, n=network.n_documents)
    return STATES[view.comparison.factor_state(factor_id, case)][view.language]
