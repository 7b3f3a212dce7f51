"""A study from pandas tables is the study that the same rows give as files."""

from pathlib import Path

import pandas as pd
import pytest

import qualnet
from qualnet import from_frames
from qualnet.comparison import Study
from qualnet.problems import InputError
from tests.demonstration import ROOT
from tests.project_files import project

COUNTS = ["case", "cause", "effect", "sign", "n_sources", "n_claims", "n_denied", "contested", "sources"]


def counts(study: Study) -> list[list[object]]:
    rows = study.interactions()
    return sorted(rows[rows["layer"] == "stated"][COUNTS].to_numpy().tolist())


def test_the_same_rows_give_the_same_networks(tmp_path: Path) -> None:
    folder = project(tmp_path)
    claims = pd.read_csv(folder / "claims.csv", sep=";")
    study = from_frames(claims, codebook=folder / "base.yaml", primary="AB")
    assert counts(study) == counts(qualnet.build(folder, write=False))
    assert study.networks["A"].interactions["staff", "progress"].sources == ("i1", "i2", "i3")


def test_the_evidence_of_the_demonstration_goes_out_and_in_again() -> None:
    whole = qualnet.build(ROOT, write=False)
    evidence = whole.evidence().drop(columns=["source"])
    study = from_frames(evidence, codebook="smart-city", primary="AB")
    assert len(study.claims) == len(whole.claims)
    assert counts(study) == counts(whole)


def test_without_a_codebook_the_codes_are_those_that_occur_and_layers_may_be_chosen() -> None:
    rows = [("i1", "A", "Personal: fehlt", "x y"), ("i1", "A", "Geld", "x y"), ("i2", "A", "Geld", None)]
    segments = pd.DataFrame(rows, columns=["Dokument", "Fall", "Code", "Zitat"])
    study = from_frames(segments=segments.dropna(), layers=["overlap"], language="en")
    (item,) = study.comparisons["overlap"].networks["A"].drawn.values()
    assert {item.cause, item.effect} == {"geld", "personal_fehlt"}


def test_problems_name_the_table_and_the_row() -> None:
    rows = [("i1", "A", "staff", "progress", "up")]
    with pytest.raises(InputError) as caught:
        from_frames(pd.DataFrame(rows, columns=["document", "case", "cause", "effect", "sign"]))
    assert [p.text().splitlines()[0] for p in caught.value.problems] == [
        "tables/claims.csv, row 2, column sign: unknown-sign: 'up' is no sign"
    ]
