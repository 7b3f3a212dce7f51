"""Codes that meet on shared characters, against a count of all pairs."""

from hypothesis import given
from hypothesis import strategies as st

from qualnet.interactions._model import Meeting, Sources
from qualnet.interactions.overlap import derive, meetings
from tests.interactions.corpora import NO_CODES, asking, coded, segment, sources


def pairs(found: list[Meeting]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(m.first, m.second, tuple(s.segment_id for s in m.segments)) for m in found]


def test_two_codes_meet_on_a_shared_character_and_not_side_by_side() -> None:
    found = derive(
        sources((segment("s1", 0, 10), "a"), (segment("s2", 9, 15), "b"), (segment("s3", 15, 20), "c"))
    )
    assert pairs(found) == [("a", "b", ("s1", "s2"))]
    assert {(m.case_id, m.document_id, m.interview) for m in found} == {("A", "d1", True)}


def test_codes_of_one_segment_meet_once_and_a_code_does_not_meet_itself() -> None:
    assert pairs(derive(sources((segment("s1", 0, 9), "b a"), (segment("s2", 3, 5), "a")))) == [
        ("a", "b", ("s1",)),
        ("a", "b", ("s1", "s2")),
    ]


def test_segments_without_a_place_meet_only_on_themselves() -> None:
    found = derive(sources((segment("s1"), "a b"), (segment("s2"), "c"), (segment("s3", 0, 9), "d")))
    assert pairs(found) == [("a", "b", ("s1",))]


def test_a_long_segment_meets_all_that_lie_in_it() -> None:
    inside = [(segment(f"s{i}", 10 * i, 10 * i + 5), f"c{i}") for i in range(1, 4)]
    found = derive(sources((segment("s0", 0, 100), "a"), *inside))
    assert pairs(found) == [("a", f"c{i}", ("s0", f"s{i}")) for i in range(1, 4)]


def test_what_an_interviewer_says_meets_nothing() -> None:
    corpus = coded((segment("s1", 0, 9, speaker_id="q"), "a"), (segment("s2", 0, 9), "b"))
    corpus.speakers.append(asking("q"))
    assert not derive(Sources(corpus, NO_CODES))


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from("abc")), max_size=9),
    st.integers(-1, 6),
)
def test_the_sweep_finds_what_comparing_all_pairs_finds(
    drawn: list[tuple[int, int, str]], reach: int
) -> None:
    rows = [(segment(f"s{i}", at, at + length), code) for i, (at, length, code) in enumerate(drawn)]
    expected = set()
    for i, (one, a) in enumerate(rows):
        for other, b in rows[:i]:
            first, last = sorted((one, other), key=lambda s: (s.start or 0, s.segment_id))
            gap = (last.start or 0) - (first.end or 0)
            if a != b and gap <= reach:
                expected.add((min(a, b), max(a, b), (first.segment_id, last.segment_id)))
    assert sorted(pairs(meetings(sources(*rows), reach))) == sorted(expected)
