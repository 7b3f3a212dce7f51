import csv
import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualnet import build
from qualnet.problems import Problems
from qualnet.report.layout import (
    FRAME,
    LAYOUT_FILE,
    Layout,
    box,
    compute,
    extend,
    layout_text,
    read_layout,
    union_graph,
)
from tests.project_files import project

KEY = Path(__file__).parent.parent / "data" / "demo_key.csv"
Edges = dict[tuple[str, str], float]
FACTORS = st.integers(0, 25).map("f{:02}".format)
GRAPHS = st.dictionaries(st.tuples(FACTORS, FACTORS), st.sampled_from([1.0, 2.0, 5.0]), max_size=40)
FEW = settings(max_examples=10, deadline=None)


def demo_graph() -> tuple[list[str], Edges]:
    with KEY.open(encoding="utf-8", newline="") as file:
        edges: Edges = dict(Counter((r["cause"], r["effect"]) for r in csv.DictReader(file)))
    return sorted({end for key in edges for end in key}), edges


def ends(edges: Edges) -> set[str]:
    return {end for key in edges for end in key}


def assert_tidy(layout: Layout, n: int | None = None) -> None:
    """All boxes inside the frame, none on another; 0.1 is the rounding of the file."""
    width, height = box(n or len(layout.positions))
    for x, y in layout.positions.values():
        assert width / 2 - 0.1 <= x <= FRAME[0] - width / 2 + 0.1
        assert height / 2 - 0.1 <= y <= FRAME[1] - height / 2 + 0.1
    for (a, p), (b, q) in combinations(layout.positions.items(), 2):
        apart = abs(p[0] - q[0]) > width - 0.2 or abs(p[1] - q[1]) > height - 0.2
        assert apart, (a, b)


def crossings(positions: dict[str, tuple[float, float]], edges: Edges) -> int:
    def left(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    pairs = sorted({(min(key), max(key)) for key in edges})
    n = 0
    for one, other in combinations(pairs, 2):
        if not set(one) & set(other):
            a, b, c, d = (positions[end] for end in (*one, *other))
            n += left(a, b, c) != left(a, b, d) and left(c, d, a) != left(c, d, b)
    return n


@FEW
@given(GRAPHS, st.sets(FACTORS, max_size=6))
def test_boxes_stay_apart_and_inside(edges: Edges, more: set[str]) -> None:
    layout = compute(more, edges)
    assert set(layout.positions) == ends(edges) | more
    assert_tidy(layout)


@FEW
@given(GRAPHS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(edges: Edges, random: object) -> None:
    nodes, pairs = sorted(ends(edges)), list(edges.items())
    random.shuffle(nodes)  # type: ignore[attr-defined]
    random.shuffle(pairs)  # type: ignore[attr-defined]
    again = compute(nodes, dict(pairs))
    assert layout_text(again) == layout_text(compute(sorted(nodes), edges))


@FEW
@given(GRAPHS, GRAPHS, st.sets(FACTORS, max_size=4))
def test_an_extension_moves_nothing(before: Edges, after: Edges, more: set[str]) -> None:
    old = compute((), before)
    new = extend(old, more, after)
    assert set(new.positions) == ends(before) | ends(after) | more
    assert {name: new.positions[name] for name in old.positions} == old.positions
    width, height = FRAME
    assert all(0 <= x <= width and 0 <= y <= height for x, y in new.positions.values())
    assert layout_text(new) == layout_text(extend(old, sorted(more, reverse=True), after))


def test_what_an_extension_adds_finds_room() -> None:
    nodes, edges = demo_graph()
    known = set(nodes) - set(nodes[::6])
    before = {key: w for key, w in edges.items() if known.issuperset(key)}
    layout = extend(compute(known, before), [*nodes, "alone"], edges)
    assert_tidy(layout)
    assert layout.positions["alone"][1] > 0.8 * FRAME[1]
    assert extend(layout, nodes, edges) is layout


def test_another_codebook_starts_afresh_and_keeps_the_first() -> None:
    first = compute(["x", "y"], {("x", "y"): 1})
    both = extend(first, ["a", "b"], {("a", "b"): 1})
    assert both.positions == first.positions | compute(["a", "b"], {("a", "b"): 1}).positions
    third = extend(both, ["a", "b", "c"], {("a", "b"): 1, ("b", "c"): 1})
    assert_tidy(Layout({name: third.positions[name] for name in "abc"}))


def test_a_full_picture_still_takes_a_factor() -> None:
    full = Layout({f"f{x:02}{y:02}": (x * 23.0, y * 10.0) for x in range(21) for y in range(61)})
    some = ["f0000", "f0100"]
    layout = extend(full, [*some, "new"], {("f0000", "new"): 1})
    assert layout.positions["new"][1] > box(3)[1]
    crowd = extend(full, [*full.positions, "new"], {("f0000", "new"): 1})
    assert len(crowd.positions) == len(full.positions) + 1


def test_causes_stand_above_effects_and_lonely_factors_at_the_bottom() -> None:
    layout = compute("abcxyz", {("a", "b"): 1, ("b", "c"): 1, ("x", "x"): 3})
    height = {name: y for name, (_, y) in layout.positions.items()}
    assert height["a"] < height["b"] < height["c"] < height["x"] == height["y"] == height["z"]
    assert_tidy(layout)


def test_small_and_empty_graphs() -> None:
    assert compute((), {}) == Layout({})
    assert_tidy(compute(["a"], {}))
    pair = compute((), {("a", "b"): 1, ("b", "a"): 1})
    assert_tidy(pair)
    assert extend(Layout({}), (), {("a", "b"): 1, ("b", "a"): 1}) == pair


def test_the_demonstration_is_far_from_a_circle() -> None:
    nodes, edges = demo_graph()
    layout = compute(nodes, edges)
    assert_tidy(layout)
    circle = {str(k): (v[0], v[1]) for k, v in nx.circular_layout(nx.DiGraph(list(edges))).items()}
    assert crossings(layout.positions, edges) < crossings(circle, edges) / 5
    down = sum(w for (s, t), w in edges.items() if layout.positions[t][1] > layout.positions[s][1])
    assert down > 0.55 * sum(edges.values())


def test_a_hundred_factors_keep_apart() -> None:
    edges = {(f"f{i}", f"f{(i * 7 + j) % 130}"): 1.0 for i in range(130) for j in (1, 4)}
    assert_tidy(compute((), edges))


def test_the_file_comes_back_as_it_was(tmp_path: Path) -> None:
    names = ["a", 'q"\\', "ü\u2028\x85\x7f\t", "😀", "007", "no"]
    layout = Layout({name: (float(i), i + 0.5) for i, name in enumerate(sorted(names))})
    path = tmp_path / LAYOUT_FILE
    path.write_text(layout_text(layout), "utf-8")
    problems = Problems()
    assert read_layout(path, problems) == layout
    assert not problems.found
    data = json.loads(path.read_text("utf-8"))
    assert data["format"] == 1
    assert {k: tuple(v) for k, v in data["positions"].items()} == layout.positions
    assert len(path.read_text("utf-8").splitlines()[2:-2]) >= len(names)


def test_a_change_is_a_line() -> None:
    text = layout_text(Layout({"b": (1.04, 2), "a": (3.25, 4.0)}))
    assert text == '{\n "format": 1,\n "positions": {\n  "a": [3.2, 4.0],\n  "b": [1.0, 2.0]\n }\n}\n'
    assert json.loads(layout_text(Layout({}))) == {"format": 1, "positions": {}}


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    problems = Problems()
    assert read_layout(tmp_path / LAYOUT_FILE, problems) is None
    assert not problems.found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "layout.json: empty-file: the file is empty"),
        ('{"format": 1,\n "positions": {"a": [1, 2}}', "layout.json:2:"),
        ('{"format": 1}', "layout.json:1:1: missing-field: 'positions' is missing"),
        ('{"positions": {}}', "layout.json:1:1: missing-field: 'format' is missing"),
        ('{"format": 2, "positions": {}}', "layout.json:1:2: newer-format: the file has format 2"),
        ('{"format": 1, "positions": {}, "x": 1}', "layout.json:1:32: unknown-field: there is no field 'x'"),
        ('{"format": 1, "positions": []}', "layout.json:1:15: wrong-value: positions: expected"),
        ("[1]", "layout.json:1:1: wrong-value"),
        ('{"format": 1, "positions": {\n"a": [1, 2],\n"a": [1, 2]}}', "layout.json:3:1: duplicate-key"),
        ('{"format": 1, "positions": {\n"a": [1]}}', "layout.json:2:1: wrong-value: a: expected [x, y], not [1]"),
        ('{"format": 1, "positions": {\n"a": [1, 2, 3]}}', "layout.json:2:1: wrong-value: a: expected [x, y]"),
        ('{"format": 1, "positions": {\n"a": "12"}}', "layout.json:2:1: wrong-value: a: expected [x, y], not 12"),
        ('{"format": 1, "positions": {\n"a": {"x": 1, "y": 2}}}', "layout.json:2:1: wrong-value"),
        ('{"format": 1, "positions": {\n"a": [1, "two"]}}', "layout.json:2:1: wrong-value"),
        ('{"format": 1, "positions": {\n"a": [1, NaN]}}', "layout.json:2:1: wrong-value"),
        ('{"format": 1, "positions": {\n"a": [1, 1e999]}}', "layout.json:2:1: wrong-value"),
        ('{"format": 1, "positions": {\n"a": null}}', "layout.json:2:1: wrong-value"),
    ],
)  # fmt: skip
def test_a_bad_file_is_a_problem_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / LAYOUT_FILE
    path.write_text(text, "utf-8")
    problems = Problems()
    assert read_layout(path, problems) is None
    assert expected in "\n".join(p.text("en") for p in problems)
    assert problems.errors


def test_all_wrong_positions_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / LAYOUT_FILE
    path.write_text('{"format": 1, "positions": {"a": [1], "b": [1, 2], "c": 3}}', "utf-8")
    problems = Problems()
    assert read_layout(path, problems) is None
    assert len(problems) == 2


def test_a_file_edited_by_hand_is_kept(tmp_path: Path) -> None:
    path = tmp_path / LAYOUT_FILE
    path.write_text('{"format": 1, "positions": {"a": [1, 2.25], "b": [-30, 700]}}', "utf-8")
    problems = Problems()
    layout = read_layout(path, problems)
    assert layout is not None
    assert layout == Layout({"a": (1.0, 2.25), "b": (-30.0, 700.0)})
    assert extend(layout, "abc", {("a", "c"): 1}).positions["b"] == (-30.0, 700.0)


def test_the_graph_of_a_study_is_the_union_of_its_cities(tmp_path: Path) -> None:
    nodes, edges = union_graph(build(project(tmp_path), write=False))
    assert nodes == ["money", "progress", "staff"]  # money is only denied
    assert edges == {("progress", "staff"): 1, ("staff", "progress"): 4}


def test_pairs_without_direction_are_laid_out_without_one(tmp_path: Path) -> None:
    claims = (
        "Dokument;Fall;Code;Zitat\ni1;A;staff;Beides hier.\ni1;A;money;Beides hier.\ni2;B;staff;Anders.\n"
    )
    folder = project(tmp_path, claims, more="interactions: {layers: [overlap]}\n")
    nodes, edges = union_graph(build(folder, write=False))
    assert nodes == ["money", "staff"]
    assert edges == {("money", "staff"): 1, ("staff", "money"): 1}
