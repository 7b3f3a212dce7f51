"""Codes at most so many characters apart."""

import pytest

from qualnet.interactions.proximity import derive
from tests.interactions.corpora import segment, sources


@pytest.mark.parametrize(("window", "expected"), [(4, []), (5, ["ab"]), (11, ["ab"]), (12, ["ab", "bc"])])
def test_the_window_counts_the_characters_between_two_segments(window: int, expected: list[str]) -> None:
    # five characters between the first two, twelve between the last two
    rows = ((segment("s1", 0, 10), "a"), (segment("s2", 15, 18), "b"), (segment("s3", 30, 31), "c"))
    assert [m.first + m.second for m in derive(sources(*rows), window=window)] == expected
