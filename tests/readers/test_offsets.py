"""Positions in another tool's counting, against encodings that count the same way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualnet.readers._offsets import RULES, OffsetRule, calibrate, converter

TEXTS = st.text(alphabet="aß é😀𝕏\u0308", max_size=9).map(lambda s: s.replace("é", "\r\n"))


@given(TEXTS)
def test_code_points_with_single_line_ends_are_our_own_counting(raw: str) -> None:
    assert list(converter(raw, OffsetRule(utf16=False, crlf=1))) == list(
        range(len(raw.replace("\r\n", "\n")) + 1)
    )


@given(TEXTS, st.integers(0, 9))
def test_a_prefix_ends_where_its_encoding_ends(raw: str, n: int) -> None:
    text = raw.replace("\r\n", "\n")
    n = min(n, len(text))
    ours = text[:n]
    units = len(ours.replace("\n", "\r\n").encode("utf-16-le")) // 2
    assert converter(raw, OffsetRule(utf16=True, crlf=2))[units] == n
    units = len(ours.encode("utf-16-le")) // 2
    assert converter(raw, OffsetRule(utf16=True, crlf=1))[units] == n
    assert converter(raw, OffsetRule(utf16=False, crlf=2))[len(ours.replace("\n", "\r\n"))] == n


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_the_rule_is_found_by_the_words_that_selections_enclose(rule: OffsetRule) -> None:
    raw = "😀 eins\r\n😀 zwei drei\r\n😀 vier\r\n"
    text = raw.replace("\r\n", "\n")
    positions = converter(raw, rule)
    spans = []
    for word in ("eins", "zwei", "drei", "vier"):
        start = text.index(word)
        spans.append((positions.index(start), positions.index(start + len(word))))
    assert calibrate([(raw, spans)]) == rule


def test_texts_that_tell_nothing_leave_the_standard_s_rule() -> None:
    assert calibrate([]) == RULES[0]
    assert calibrate([("plain words", [(0, 5)])]) == RULES[0]
    # positions that no rule knows are no evidence for any
    assert calibrate([("ä", [(7, 9), (-1, 1)])]) == RULES[0]
