"""Relations between passages lead from code to code."""

import pytest

from qualnet.corpus import Coding, Corpus, Relation, RelationEvidence
from qualnet.corpus.lift import lift_ends
from qualnet.problems import Place, Problems


def drawn(name: str = "r", start: str = "s1", end: str = "s2", **more: object) -> Relation:
    facts = {"from_type": "segment", "to_type": "segment", "source_kind": "event", "place": Place("f")}
    return Relation(name, start, end, **(facts | more))  # type: ignore[arg-type]


def lifted(*relations: Relation, evidence: bool = False, **codes: str) -> tuple[Corpus, list[str]]:
    codings = [
        Coding(f"{segment}{code}", segment, code.partition("@")[0], code.partition("@")[2])
        for segment, names in codes.items()
        for code in names.split()
    ]
    corpus = Corpus(codings=codings, relations=list(relations))
    if evidence:
        corpus.relation_evidence = [RelationEvidence(r.relation_id, "s3") for r in relations]
    problems = Problems()
    lift_ends(corpus, problems)
    return corpus, [p.message() for p in problems]


def ends(corpus: Corpus) -> list[tuple[str, str, str]]:
    return [(r.relation_id, r.from_id, r.to_id) for r in corpus.relations]


def told(n: int) -> list[str]:
    return [
        f"relations ({n}) between passages of which one has no code of its own; they are no claims",
    ] * bool(n)


def test_the_codes_of_two_passages_are_cause_and_effect() -> None:
    corpus, problems = lifted(drawn(), s1="x", s2="y")
    assert not problems
    assert ends(corpus) == [("r", "x", "y")]
    assert {(r.from_type, r.to_type) for r in corpus.relations} == {("code", "code")}
    assert [(e.relation_id, e.segment_id) for e in corpus.relation_evidence] == [("r", "s1"), ("r", "s2")]


def test_a_passage_with_several_codes_makes_a_relation_of_each_with_its_evidence() -> None:
    corpus, problems = lifted(drawn(), evidence=True, s1="x y", s2="z")
    assert not problems
    assert ends(corpus) == [("r/x>z", "x", "z"), ("r/y>z", "y", "z")]
    assert [(e.relation_id, e.segment_id) for e in corpus.relation_evidence] == [
        ("r/x>z", "s3"),
        ("r/y>z", "s3"),
    ]


def test_a_code_that_lies_on_both_passages_does_not_tell_them_apart() -> None:
    """As the type `Argument` that BECauSE gives to causes and effects alike."""
    corpus, problems = lifted(drawn(), drawn("q", "s3", "s4"), s1="a x", s2="a y", s3="a", s4="a y")
    assert ends(corpus) == [("r", "x", "y"), ("q", "s3", "s4")]
    assert problems == told(1)


def test_an_end_without_a_code_makes_no_claim_and_keeps_its_evidence() -> None:
    corpus, problems = lifted(drawn(), drawn("q"), evidence=True, s1="x")
    assert ends(corpus) == [("r", "s1", "s2"), ("q", "s1", "s2")]
    assert [e.relation_id for e in corpus.relation_evidence] == ["r", "q"]
    assert problems == told(2)


def test_one_end_may_be_a_code_or_open() -> None:
    corpus, problems = lifted(
        drawn(start="x", from_type="code"), drawn("q", start="", from_type="code", end="s1"), s1="z", s2="y"
    )
    assert not problems
    assert ends(corpus) == [("r", "x", "y"), ("q", "", "z")]


def test_codes_of_somebody_else_are_not_hers() -> None:
    corpus, _ = lifted(drawn(coder_id="anna"), s1="x@anna w@ben", s2="y")
    assert ends(corpus) == [("r", "x", "y")]


@pytest.mark.parametrize(
    "relation",
    [
        drawn(source_kind="annotation"),
        drawn(source_kind="link"),
        drawn(direction="none"),
        drawn(withdrawn=True),
        drawn(to_type="document"),
        drawn(from_type="code", to_type="code"),
    ],
)
def test_what_is_not_said_to_be_cause_and_effect_stays_as_it_is(relation: Relation) -> None:
    corpus, problems = lifted(relation, s1="x", s2="y")
    assert not problems
    assert corpus.relations == [relation]


def test_a_link_with_a_sign_is_one() -> None:
    corpus, _ = lifted(drawn(source_kind="link", sign="-"), s1="x", s2="y")
    assert ends(corpus) == [("r", "x", "y")]
