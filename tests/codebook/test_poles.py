"""`poles: fold`: the negative pole of a factor is that factor, with the sign turned."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet import build
from qualnet.cli import main
from tests.project_files import project

CODEBOOK = """format: 1
id: base
codes:
  - {id: income, label: Einkommen}
  - {id: poverty, label: Armut, opposite_of: income}
  - {id: no_income, label: ~Einkommen}
  - {id: progress, label: Fortschritt}
  - {id: standstill, label: ~fortschritt}
  - {id: alone, label: ~Regen}
"""
HEAD = "Dokument;Fall;Ursache;Wirkung;Vorzeichen;Zitat\n"
FOLD = "interactions: {poles: fold}\n"


def signs(folder: Path) -> dict[tuple[str, str], str]:
    return {pair: item.sign for pair, item in build(folder).networks["A"].interactions.items()}


@pytest.mark.parametrize(
    ("cause", "effect", "stated", "folded"),
    [
        ("income", "progress", "+", "+"),
        ("no_income", "progress", "-", "+"),
        ("poverty", "progress", "-", "+"),
        ("income", "standstill", "-", "+"),
        ("poverty", "standstill", "+", "+"),
        ("poverty", "progress", "ambivalent", "ambivalent"),
        ("poverty", "progress", "", "unstated"),
    ],
)
def test_a_folded_end_turns_a_stated_sign_and_makes_none(
    tmp_path: Path, cause: str, effect: str, stated: str, folded: str
) -> None:
    claims = f"{HEAD}i1;A;{cause};{effect};{stated};x\n"
    assert signs(project(tmp_path, claims, CODEBOOK, FOLD)) == {("income", "progress"): folded}
    assert signs(project(tmp_path, claims, CODEBOOK)) == {(cause, effect): stated or "unstated"}


def test_interviews_of_both_poles_are_united_and_the_coded_end_stays_readable(tmp_path: Path) -> None:
    claims = f"{HEAD}i1;A;income;progress;+;x\ni2;A;poverty;progress;-;y\ni2;A;no_income;progress;-;z\n"
    study = build(project(tmp_path, claims, CODEBOOK, FOLD))
    item = study.networks["A"].interactions["income", "progress"]
    assert (item.sources, item.sign, item.contested) == (("i1", "i2"), "+", False)
    assert [c.cause_coded for c in study.claims] == ["income", "poverty", "no_income"]
    assert set(study.vocabulary.codes) == {"income", "progress", "alone"}


def test_a_pole_without_its_factor_stays_as_it_is(tmp_path: Path) -> None:
    claims = f"{HEAD}i1;A;alone;progress;-;x\n"
    assert signs(project(tmp_path, claims, CODEBOOK, FOLD)) == {("alone", "progress"): "-"}


def test_two_codes_that_are_each_other_s_opposite_become_one(tmp_path: Path) -> None:
    codebook = "format: 1\nid: b\ncodes:\n" + "".join(
        f"  - {{id: {a}, label: {a}, opposite_of: {b}}}\n" for a, b in (("x", "y"), ("y", "x"))
    )
    claims = f"{HEAD}i1;A;x;z;+;q\ni2;A;y;z;-;q\n"
    found = signs(project(tmp_path, claims, codebook + "  - {id: z, label: z}\n", FOLD))
    assert found in ({("x", "z"): "+"}, {("y", "z"): "-"})


@pytest.mark.samples
@pytest.mark.parametrize(("poles", "factors", "pairs"), [("keep", 130, 240), ("fold", 123, 239)])
def test_the_causal_map_sample_counts_as_written_and_folded(
    samples: Path, tmp_path: Path, poles: str, factors: int, pairs: int
) -> None:
    export = samples / "causal_map" / "cmf_example-file.xlsx"
    folder = tmp_path / "study"
    CliRunner().invoke(main, ["init", str(folder), "--from", str(export), "--case-by", "province"])
    file = folder / "qualnet.yaml"
    file.write_text(file.read_text("utf-8").replace("interactions: {", f"interactions: {{poles: {poles}, "))
    study = build(folder, write=False)
    found = {(claim.cause, claim.effect) for claim in study.claims}
    assert (len({end for pair in found for end in pair}), len(found)) == (factors, pairs)
    assert len([code for code in study.vocabulary.codes.values() if code.codable]) == factors
