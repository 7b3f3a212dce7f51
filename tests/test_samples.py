"""Real files made by other tools, against the counts that their own sheets or READMEs state."""

from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from qualnet import build
from qualnet.cli import main
from qualnet.comparison import Study

pytestmark = pytest.mark.samples


def started(tmp_path: Path, export: Path, case_by: str) -> Study:
    folder = tmp_path / "study"
    made = CliRunner().invoke(main, ["init", str(folder), "--from", str(export), "--case-by", case_by])
    assert made.exit_code == 0, made.output
    return build(folder)


def test_the_causal_map_workbook_becomes_a_comparison_of_its_provinces(samples: Path, tmp_path: Path) -> None:
    export = samples / "causal_map" / "cmf_example-file.xlsx"
    study = started(tmp_path, export, "province")
    assert {case: network.n_documents for case, network in study.networks.items()} == {"A": 11, "B": 8}
    assert len(study.claims) == 853
    assert sum(claim.cause == claim.effect for claim in study.claims) == 10
    assert len({(claim.cause, claim.effect) for claim in study.claims}) == 240
    assert len(list(study.codebook.factors())) == 130
    # valence of the effect is no sign
    assert {claim.sign for claim in study.claims} == {"unstated"}


def test_degrees_equal_what_the_workbook_states_of_itself(samples: Path, tmp_path: Path) -> None:
    export = samples / "causal_map" / "cmf_example-file.xlsx"
    study = started(tmp_path, export, "province")
    labels = {code.id: str(code.label) for code in study.codebook.factors()}
    ours: dict[str, dict[str, object]] = {
        label: {"in": 0, "out": 0, "causes": set(), "effects": set()} for label in labels.values()
    }
    into: dict[str, int] = defaultdict(int)
    out: dict[str, int] = defaultdict(int)
    said: dict[str, set[str]] = defaultdict(set)
    for claim in study.claims:
        out[labels[claim.cause]] += 1
        into[labels[claim.effect]] += 1
        said[labels[claim.cause]].add(claim.document_id)
        said[labels[claim.effect]].add(claim.document_id)
    rows = CalamineWorkbook.from_path(str(export)).get_sheet_by_name("Filtered factors").to_python()
    header = [str(cell) for cell in rows[0]]
    stated = [dict(zip(header, row, strict=True)) for row in rows[1:]]
    assert len(stated) == len(ours) == 130
    for row in stated:
        label = str(row["label"])
        assert (into[label], out[label]) == (row["in_degree"], row["out_degree"]), label
        assert len(said[label]) == row["source_count"], label


def test_the_refi_project_becomes_co_occurrence_networks_by_a_variable(samples: Path, tmp_path: Path) -> None:
    study = started(tmp_path, samples / "refi" / "qualilab_stress_test.qdpx", "Maturidade")
    assert len(study.corpus.codes) == 90
    assert len(study.corpus.codings) == 2332
    assert len(study.corpus.documents) == 16
    assert len(study.cases) == 4
    assert not study.claims
    # claims are to come: their layer is there, and empty
    assert not any(network.drawn for network in study.comparisons["stated"].networks.values())
    found = [comparison for layer, comparison in study.comparisons.items() if layer != "stated"]
    assert found
    for comparison in found:
        for network in comparison.networks.values():
            assert not network.directed
            assert network.drawn
            assert {item.sign for item in network.drawn.values()} == {""}


def test_a_second_build_reads_nothing_again_and_writes_the_same_bytes(samples: Path, tmp_path: Path) -> None:
    export = samples / "causal_map" / "cmf_example-file.xlsx"
    started(tmp_path, export, "province")
    outputs = tmp_path / "study" / "outputs"
    before = {path: path.read_bytes() for path in outputs.rglob("*") if path.is_file()}
    read: list[str] = []
    build(tmp_path / "study", progress=read.append)
    assert read == ["outputs"]
    assert {path: path.read_bytes() for path in outputs.rglob("*") if path.is_file()} == before


def test_an_attribute_that_does_not_exist_is_named_with_those_that_do(samples: Path, tmp_path: Path) -> None:
    export = samples / "causal_map" / "cmf_example-file.xlsx"
    made = CliRunner().invoke(
        main, ["--lang", "en", "init", str(tmp_path / "x"), "--from", str(export), "--case-by", "planet"]
    )
    assert made.exit_code == 3
    assert "unknown-attribute: no attribute is called 'planet'" in made.output
    assert not (tmp_path / "x").exists()
