"""Positions and quotes of segments against the words of the transcript."""

import pytest

from qualnet.corpus import Corpus, Document, Segment
from qualnet.corpus.anchor import alike, anchor_segments
from qualnet.problems import Problems

TEXT = "I: Woran liegt es?\n\nB: Ohne „Leute“ geht  nichts voran.\n"


@pytest.mark.parametrize(
    ("start", "end", "quote", "rules", "place"),
    [
        (0, 18, "geht  nichts voran.", ["quote-differs"], (36, 55)),
        (23, 35, 'Ohne "Leute" ', [], (23, 35)),
        (36, 55, "geht nichts voran.", [], (36, 55)),
        (0, 18, "steht hier nicht", ["quote-not-found"], (None, None)),
        (0, 18, "I: Woran liegt es?", [], (0, 18)),
    ],
)
def test_a_quote_that_differs_from_what_stands_at_its_positions_is_told(
    start: int, end: int, quote: str, rules: list[str], place: tuple[int | None, int | None]
) -> None:
    corpus = Corpus(
        documents=[Document("i1", "i1", text=TEXT)],
        segments=[Segment("s", "i1", quote, start=start, end=end)],
    )
    problems = Problems()
    anchor_segments(corpus, problems)
    assert [p.rule for p in problems] == rules
    assert (corpus.segments[0].start, corpus.segments[0].end) == place


def test_few_words_are_like_nothing() -> None:
    # two words are found in many places
    assert alike("das Geld", ["das Geld", "das  Geld."]) is None


TURNS = (
    "I: Wie war das? #00:00:05-1#\n\n"
    "B: Erst so. [00:00:20] Dann anders. Und Schluss. #00:07:41-2#\n\n"
    "B: Ohne Zeit.\n\n"
    "B: 12:30 Uhr war es. #01:02#\n"
)


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("Wie war", "00:00:05-1"),
        ("Erst so", "00:00:20"),
        ("Dann anders", "00:07:41-2"),
        ("Und Schluss", "00:07:41-2"),
        ("Ohne Zeit", "00:07:41-2"),
        ("12:30 Uhr", "01:02"),
    ],
)
def test_a_segment_has_the_time_mark_of_its_turn_or_the_last_one_before(words: str, time: str) -> None:
    corpus = Corpus(documents=[Document("i1", "i1", text=TURNS)], segments=[Segment("s", "i1", words)])
    anchor_segments(corpus, Problems())
    assert corpus.segments[0].time == time


def test_a_time_mark_that_the_table_gives_stays_and_a_text_without_any_gives_none() -> None:
    documents = [Document("i1", "i1", text=TURNS), Document("i2", "i2", text="B: Ja, gut.\n")]
    segments = [Segment("s", "i1", "Erst so", time="0:18"), Segment("t", "i2", "gut")]
    corpus = Corpus(documents=documents, segments=segments)
    anchor_segments(corpus, Problems())
    assert [s.time for s in corpus.segments] == ["0:18", ""]
