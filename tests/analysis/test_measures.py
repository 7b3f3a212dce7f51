"""Measures against published numbers, brute force and laws."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualnet.analysis._intervals import newcombe, wilson
from qualnet.analysis.loops import label_loop
from qualnet.analysis.saturation import accumulation, coverage


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (0, 4, 0, 0.49),
        (1, 4, 0.05, 0.70),
        (2, 4, 0.15, 0.85),
        (4, 4, 0.51, 1),
        (0, 5, 0, 0.43),
        (5, 5, 0.57, 1),
    ],
)
def test_wilson_equals_the_team_table(k: int, n: int, low: float, high: float) -> None:
    assert wilson(k, n) == pytest.approx((low, high), abs=0.006)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 30), st.integers(1, 30))
def test_newcombe_changes_sign_when_cities_change_places(k1: int, k2: int, n1: int, n2: int) -> None:
    k1, k2 = min(k1, n1), min(k2, n2)
    d, low, high = newcombe(k1, n1, k2, n2)
    assert newcombe(k2, n2, k1, n1) == pytest.approx((-d, -high, -low))
    assert low <= d <= high


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), max_size=6))
def test_accumulation_equals_all_orders(rows: list[list[bool]]) -> None:
    incidence = np.array(rows, dtype=np.int64).reshape(len(rows), 4)
    curves = [
        [int(incidence[:, list(p[: k + 1])].any(1).sum()) for k in range(4)] for p in permutations(range(4))
    ]
    mean, sd = accumulation(incidence)
    assert mean == pytest.approx(np.mean(curves, 0))
    assert sd == pytest.approx(np.std(curves, 0), abs=1e-7)


def test_coverage_by_hand() -> None:
    # two things named once, one named twice, in three interviews: U=4, Q1=2, Q2=1
    incidence = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 1]])
    assert coverage(incidence) == pytest.approx(1 - 2 / 4 * (2 * 2 / (2 * 2 + 2 * 1)))


@given(st.lists(st.sampled_from(["+", "-"]), min_size=1, max_size=8))
def test_a_loop_is_balancing_with_an_odd_number_of_minus(signs: list[str]) -> None:
    expected = "balancing" if signs.count("-") % 2 else "reinforcing"
    assert label_loop(tuple(signs)) == expected
