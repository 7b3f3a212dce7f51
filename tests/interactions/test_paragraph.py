"""Codes that meet in one paragraph."""

from qualnet.interactions.paragraph import derive
from tests.interactions.corpora import segment, sources


def test_a_pair_counts_once_a_paragraph_with_the_first_segment_of_each() -> None:
    found = derive(
        sources(
            (segment("s1", 0, 5, paragraph=1), "a"),
            (segment("s2", 6, 9, paragraph=1), "b"),
            (segment("s3", 10, 12, paragraph=1), "a b"),
            (segment("s4", 20, 22, paragraph=2), "a"),
            (segment("s5", 30, 32, paragraph=3), "c b"),
        )
    )
    assert [(m.first, m.second, [s.segment_id for s in m.segments]) for m in found] == [
        ("a", "b", ["s1", "s2"]),
        ("b", "c", ["s5"]),
    ]


def test_a_segment_without_a_paragraph_is_one_of_its_own() -> None:
    found = derive(sources((segment("s1"), "a b"), (segment("s2"), "c")))
    assert [(m.first, m.second) for m in found] == [("a", "b")]
