"""Relations that coders recorded, read as claims."""

from dataclasses import replace

from qualnet.codebook import Vocabulary
from qualnet.corpus import Case, Corpus, Document, DocumentCase, Relation, RelationEvidence, Segment, Speaker
from qualnet.interactions import Claim
from qualnet.interactions._model import Sources
from qualnet.interactions.stated import derive
from tests.interactions.corpora import NO_CODES


def corpus(*relations: Relation) -> Corpus:
    return Corpus(
        documents=[Document("d1", "d1", role="Amt"), Document("d2", "d2", kind="programme")],
        document_cases=[DocumentCase("d1", "A"), DocumentCase("d2", "B")],
        cases=[Case("A", "Soest"), Case("B", "B")],
        segments=[
            Segment("s1", "d1", "one", speaker_id="B1"),
            Segment("s2", "d2", "two"),
            Segment("s3", "d1", "three"),
        ],
        speakers=[Speaker("B1", "d1", "B1", "Leitung")],
        relations=list(relations),
    )


def derived(found: Corpus, vocabulary: Vocabulary = NO_CODES, **coders: str) -> list[Claim]:
    claims = derive(Sources(found, vocabulary, {(d, "claims"): who for d, who in coders.items()}))
    return list(claims)


def test_a_relation_with_evidence_in_two_documents_is_a_claim_in_each() -> None:
    found = corpus(Relation("r", "x", "y", sign="-"))
    found.relation_evidence += [RelationEvidence("r", s) for s in ("s1", "s2", "s3", "gone")]
    one, two = derived(found)
    assert (one.claim_id, one.case_id, one.cause, one.effect, one.sign) == ("r@d1", "A", "x", "y", "-")
    assert (one.quote, one.role, one.interview) == ("one [...] three", "Leitung", True)
    assert (two.claim_id, two.case_id, two.quote) == ("r@d2", "B", "two")
    assert (two.role, two.interview) == ("", False)


def test_a_relation_in_both_directions_makes_two_claims_and_one_without_direction_none() -> None:
    both = Relation("r", "x", "y", direction="both", document_id="d1")
    there, back = derived(corpus(both))
    assert [(c.claim_id, c.cause, c.effect) for c in (there, back)] == [("r", "x", "y"), ("r~back", "y", "x")]
    assert there.role == "Amt"
    assert not derived(corpus(replace(both, direction="none")))


def test_a_relation_between_other_things_than_codes_is_no_claim() -> None:
    assert not derived(corpus(Relation("r", "x", "s1", to_type="segment", document_id="d1")))
    assert not derived(corpus(Relation("r", "s1", "x", from_type="segment", document_id="d1")))


def test_a_relation_that_belongs_to_no_document_makes_no_claim() -> None:
    assert not derived(corpus(Relation("r", "x", "y")))


def test_only_the_coder_who_counts_in_a_document_makes_claims_there() -> None:
    rows = [Relation(c, "x", "y", coder_id=c, document_id="d1") for c in ("AB", "CD", "")]
    assert [c.claim_id for c in derived(corpus(*rows), d1="AB")] == ["", "AB"]
    assert [c.claim_id for c in derived(corpus(*rows))] == ["", "AB", "CD"]


def test_a_claim_about_a_city_means_it_by_its_name_or_id_and_half_a_chain_has_an_open_end() -> None:
    rows = [
        Relation(f"r{i}", "x", "", about_case=about, document_id="d1")
        for i, about in enumerate(("soest", "A", "Kamen"))
    ]
    claims = derived(corpus(*rows))
    assert [c.about_case for c in claims] == ["A", "A", "Kamen"]
    assert {(c.effect, c.draws, c.counter) for c in claims} == {("", False, False)}


def test_codes_are_called_as_the_comparison_calls_them() -> None:
    words = replace(NO_CODES, ids={"x": "base_x"}, flipped=frozenset({"x"}))
    rows = [Relation(sign, "x", "y", sign=sign, document_id="d1") for sign in ("+", "-", "unstated")]
    claims = derived(corpus(*rows), words)
    assert {(c.cause, c.cause_coded) for c in claims} == {("base_x", "x")}
    assert [(c.claim_id, c.sign) for c in claims] == [("+", "-"), ("-", "+"), ("unstated", "unstated")]


def test_a_claim_of_a_document_that_nobody_knows_is_kept_without_a_case() -> None:
    (claim,) = derived(corpus(Relation("r", "x", "y", document_id="d9")))
    assert (claim.case_id, claim.role, claim.interview) == ("", "", True)
