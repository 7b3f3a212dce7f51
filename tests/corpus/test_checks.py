"""Whose coding counts: the primary coder, and in documents she did not touch the one who did."""

from pathlib import Path

import pytest

from qualnet import build
from qualnet.problems import InputError
from tests.project_files import project

HEAD = "Dokument;Fall;Ursache;Wirkung;Vorzeichen;Zitat;Codierer\n"
PRIMARY = "coding: {use: primary, primary: AB}\n"


def test_an_interview_that_only_another_person_coded_counts_with_her(tmp_path: Path) -> None:
    claims = (
        HEAD
        + "i1;A;staff;progress;-;Ohne Leute geht nichts.;AB\n"
        + "i2;A;staff;progress;-;Es fehlen Leute.;CD\n"
        + "i3;B;money;progress;+;Geld hilft.;CD\n"
    )
    study = build(project(tmp_path, claims, more=PRIMARY))
    assert study.networks["A"].interactions["staff", "progress"].sources == ("i1", "i2")
    assert study.networks["A"].n_documents == 2
    assert study.networks["B"].interactions["money", "progress"].sources == ("i3",)


def test_who_counts_is_decided_for_each_interview_by_itself(tmp_path: Path) -> None:
    # CD is second coder of i1 and alone on i2
    claims = (
        HEAD
        + "i1;A;staff;progress;-;Ohne Leute geht nichts.;AB\n"
        + "i1;A;money;progress;+;Ohne Leute geht nichts.;CD\n"
        + "i2;A;staff;progress;-;Es fehlen Leute.;CD\n"
    )
    network = build(project(tmp_path, claims, more=PRIMARY)).networks["A"]
    assert set(network.interactions) == {("staff", "progress")}
    assert network.interactions["staff", "progress"].sources == ("i1", "i2")


def test_codings_count_by_the_same_rule_as_claims(tmp_path: Path) -> None:
    segments = (
        "Dokument;Fall;Code;Zitat;Codierer\n"
        "i1;A;staff;x y;AB\ni1;A;progress;x y;AB\ni1;A;money;x y;CD\n"
        "i2;A;staff;u v;CD\ni2;A;money;u v;CD\n"
    )
    more = PRIMARY + "interactions: {layers: [overlap]}\n"
    network = build(project(tmp_path, segments, more=more)).comparisons["overlap"].networks["A"]
    assert {pair: item.sources for pair, item in network.drawn.items()} == {
        ("progress", "staff"): ("i1",),
        ("money", "staff"): ("i2",),
    }
    assert network.factors["money"].sources == ("i2",)


def test_an_interview_of_two_other_people_needs_a_decision(tmp_path: Path) -> None:
    claims = (
        HEAD
        + "i1;A;staff;progress;-;Ohne Leute geht nichts.;AB\n"
        + "i2;A;staff;progress;-;Es fehlen Leute.;CD\n"
        + "i2;A;money;progress;+;Geld hilft.;EF\n"
    )
    with pytest.raises(InputError) as caught:
        build(project(tmp_path, claims, more=PRIMARY))
    (problem,) = caught.value.problems
    assert problem.text() == (
        "qualnet.yaml:6:1: coded-by-others: document 'i2' is coded by several coders (CD, EF)"
        " and not by the primary one, 'AB'\n"
        "    leave all but one of them out, or let everybody count: coding: {use: all}"
    )
