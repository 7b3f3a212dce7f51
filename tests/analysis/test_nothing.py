"""Measures where there is nothing, or no direction, to measure."""

from pathlib import Path

from qualnet import build
from qualnet.analysis._intervals import newcombe, wilson
from qualnet.analysis.degree import Degree, degree
from qualnet.analysis.loops import loops
from qualnet.analysis.saturation import saturation
from tests.project_files import project

SEGMENTS = "Dokument;Fall;Code;Zitat\ni1;A;staff;x\ni1;A;money;x\ni1;A;progress;x\ni1;A;progress;y\n"
HEAD = "Dokument;Fall;Ursache;Wirkung;Vorzeichen;Zitat;Status\n"


def test_without_interviews_nothing_is_known() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert newcombe(0, 0, 1, 2) == (0.0, -1.0, 1.0)
    assert newcombe(1, 2, 0, 0) == (0.0, -1.0, 1.0)


def test_what_only_meets_has_no_loops_and_no_direction(tmp_path: Path) -> None:
    folder = project(tmp_path, SEGMENTS, more="interactions: {layers: [overlap]}\n")
    network = build(folder).comparisons["overlap"].networks["A"]
    assert len(network.drawn) == 3  # a triangle
    assert loops(network).found == ()
    assert degree(network) == dict.fromkeys(
        ("money", "progress", "staff"), Degree(n_in=2, sources_in=2, claims_in=2)
    )


def test_one_interview_says_nothing_about_the_next(tmp_path: Path) -> None:
    folder = project(tmp_path, SEGMENTS, more="interactions: {layers: [overlap]}\n")
    found = saturation(build(folder).comparisons["overlap"].networks["A"])
    assert (found.coverage, found.coverage_low, found.coverage_high) == (None, None, None)
    assert (found.factors, found.interactions) == ((3,), (3,))


def test_a_demand_alone_is_evidence_and_no_row_of_interactions(tmp_path: Path) -> None:
    claims = HEAD + "i1;A;staff;progress;+;x;gefordert\ni2;A;money;progress;+;x;\n"
    study = build(project(tmp_path, claims))
    assert list(study.interactions()["cause"]) == ["money"]
    assert list(study.evidence()["cause"]) == ["staff", "money"]
    assert set(study.networks["A"].drawn) == {("money", "progress")}
