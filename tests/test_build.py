"""A hand-worked project: what each interaction must count, and what bad input must say."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet import build
from qualnet.cli import main
from qualnet.problems import BusyError, InputError, OutputError, PrivacyError
from tests.project_files import CLAIMS, CODEBOOK, project


def rules(error: InputError) -> list[tuple[str, str]]:
    return [(str(p.place), p.rule) for p in error.problems if p.severity == "error"]


def test_interactions_count_interviews_and_keep_the_lone_voice(tmp_path: Path) -> None:
    study = build(project(tmp_path))
    item = study.networks["A"].interactions["staff", "progress"]
    # three interviews; the repeat is no claim of its own; i2 opposes i1 and i3
    assert (item.n_sources, item.n_claims) == (3, 3)
    assert (item.n_signed("+"), item.n_signed("-")) == (1, 2)
    assert item.sign == "-"
    assert item.contested


def test_a_denied_pair_has_a_row_without_source_and_no_arrow(tmp_path: Path) -> None:
    study = build(project(tmp_path))
    network = study.networks["A"]
    assert ("money", "progress") not in network.drawn
    with (tmp_path / "outputs/tables/interactions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {(r["case"], r["cause"], r["effect"]): r for r in csv.DictReader(file)}
    row = rows["A", "money", "progress"]
    assert (row["n_sources"], row["n_denied"], row["sign"]) == ("0", "1", "")
    assert study.comparisons["stated"].state(("money", "progress"), "A") == "denied"
    assert study.comparisons["stated"].state(("money", "progress"), "B") == "not_named"


def test_loops_multiply_signs(tmp_path: Path) -> None:
    (loop,) = build(project(tmp_path)).loops["B"].found
    # staff -(-)-> progress -(-)-> staff
    assert loop.kind == "reinforcing"
    assert loop.factors == ("progress", "staff")


def test_every_problem_of_a_file_is_reported_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    claims = (
        CLAIMS + "i5;A;stuff;progress;-;x;AB;;\n;A;staff;progress;-;x;AB;;\ni6;A;staff;progress;up;x;AB;;\n"
    )
    with pytest.raises(InputError) as caught:
        build(project(tmp_path, claims))
    assert rules(caught.value) == [
        ("claims.csv, row 9, column Ursache", "unknown-code"),
        ("claims.csv, row 10, column Dokument", "row-without-document"),
        ("claims.csv, row 11, column Vorzeichen", "unknown-sign"),
    ]
    found = {p.rule: p for p in caught.value.problems}
    assert found["unknown-code"].text() == (
        "claims.csv, row 9, column Ursache: unknown-code: code 'stuff' is no code of this codebook\n"
        "    did you mean 'staff'?"
    )
    assert found["unknown-sign"].message("de") == "'up' ist kein Vorzeichen"
    assert not (tmp_path / "outputs").exists()


def test_a_claim_from_a_factor_to_itself_is_kept_and_marked(tmp_path: Path) -> None:
    study = build(project(tmp_path, CLAIMS + "i5;B;staff;staff;+;x;AB;;\n"))
    assert [p.rule for p in study.warnings] == ["self-claim"]
    assert study.networks["B"].interactions["staff", "staff"].is_self
    assert len(study.loops["B"].found) == 1


@pytest.mark.parametrize(
    ("name", "rule"), [("", "row-without-document"), ("a/b", "bad-case-name"), ("..", "bad-case-name")]
)
def test_names_that_cannot_be_a_case_are_errors(tmp_path: Path, name: str, rule: str) -> None:
    claims = CLAIMS + f"{'i9' if name else ''};{name};staff;progress;-;x;AB;;\n"
    with pytest.raises(InputError) as caught:
        build(project(tmp_path, claims))
    assert [r for _, r in rules(caught.value)] == [rule]


@pytest.mark.parametrize("name", ["CON", "x" * 300])
def test_names_that_are_no_file_names_get_a_safe_one_and_a_warning(tmp_path: Path, name: str) -> None:
    study = build(project(tmp_path, CLAIMS.replace(";B;", f";{name};")))
    assert [p.rule for p in study.warnings] == ["case-renamed"]
    assert min(p.name for p in (tmp_path / "outputs/graphs").glob("*.json")) == "a.json"


def test_two_unicode_forms_of_a_name_are_one_case(tmp_path: Path) -> None:
    claims = CLAIMS.replace("i4;B;progress", "i4;Köln;progress").replace("i4;B;staff", "i4;Ko\u0308ln;staff")
    study = build(project(tmp_path, claims))
    assert len(study.cases) == 2


def test_double_coded_material_needs_a_decision(tmp_path: Path) -> None:
    claims = CLAIMS + "i4;B;staff;progress;+;Es fehlen Leute.;CD;;\n"
    with pytest.raises(InputError) as caught:
        build(project(tmp_path, claims))
    assert rules(caught.value) == [("qualnet.yaml:1:1", "no-coder-chosen")]
    study = build(project(tmp_path, claims, more="coding: {use: primary, primary: AB}\n"))
    item = study.networks["B"].interactions["staff", "progress"]
    assert (item.n_sources, item.sign) == (1, "-")


def test_a_name_of_the_key_file_stops_the_build(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", more="privacy: {names: ../names.csv}\n")
    (tmp_path / "names.csv").write_text("name,pseudonym\nErna Muster,B1\n", "utf-8")
    build(folder)
    before = (folder / "outputs/manifest.json").read_bytes()
    (tmp_path / "names.csv").write_text("name,pseudonym\nLeuten,B1\n", "utf-8")
    with pytest.raises(PrivacyError):
        build(folder)
    assert (folder / "outputs/manifest.json").read_bytes() == before


def test_a_name_is_found_however_a_file_spells_it(tmp_path: Path) -> None:
    # GEXF writes ö as a number, JSON and HTML put strokes and entities before quotation marks
    book = CODEBOOK.replace(
        "label: Personalmangel", "label: 'Jörg \"Jo\" & Söhne', aliases: [Personalmangel]"
    )
    folder = project(tmp_path / "p", codebook=book, more="privacy: {names: ../names.csv}\n")
    (tmp_path / "names.csv").write_text('name\n"Jörg ""Jo"" & Söhne"\n', "utf-8")
    with pytest.raises(PrivacyError) as caught:
        build(folder)
    told = {p.place.file for p in caught.value.problems}
    assert {"index.html", "tables/factors.csv"} <= told
    assert {f"graphs/{case}.{kind}" for case in "ab" for kind in ("gexf", "graphml", "json")} <= told


def test_outputs_that_lead_out_of_the_project_are_refused(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    (tmp_path / "elsewhere").mkdir()
    (folder / "outputs").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError):
        build(folder)
    assert not any((tmp_path / "elsewhere").iterdir())


def test_files_of_the_user_survive_and_files_of_an_old_build_go(tmp_path: Path) -> None:
    build(project(tmp_path))
    (tmp_path / "outputs/mine.txt").write_text("mine")
    build(project(tmp_path, CLAIMS.replace(";B;", ";C;")))
    left = {p.name for p in (tmp_path / "outputs/graphs").iterdir()}
    assert left == {
        f"{case}.{kind}" for case in "ac" for kind in ("json", "gexf", "graphml", "cx2", "kumu.json")
    }
    assert (tmp_path / "outputs/mine.txt").read_text() == "mine"


def test_verify_names_what_changed(tmp_path: Path) -> None:
    build(project(tmp_path))
    runner = CliRunner()
    assert runner.invoke(main, ["verify", str(tmp_path)]).exit_code == 0
    (tmp_path / "outputs/tables/loops.csv").write_text("x")
    result = runner.invoke(main, ["--lang", "en", "verify", str(tmp_path)])
    assert result.exit_code == 3
    assert "outputs/tables/loops.csv: output-changed" in result.output


def test_check_for_machines_gives_one_json_object(tmp_path: Path) -> None:
    folder = project(tmp_path, CLAIMS + "i5;A;stuff;progress;-;x;AB;;\n")
    result = CliRunner().invoke(main, ["check", str(folder), "--format", "json"])
    assert result.exit_code == 3
    assert [p["rule"] for p in json.loads(result.stdout)["problems"]] == ["unknown-code"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_german_excel_habits_are_read(tmp_path: Path, encoding: str) -> None:
    folder = project(tmp_path, CLAIMS)
    (folder / "claims.csv").write_bytes(("sep=;\r\n" + CLAIMS.replace("\n", "\r\n")).encode(encoding))
    study = build(folder)
    assert len(study.claims) == 7
    assert any("läuft" in claim.quote for claim in study.claims)


def test_a_build_beside_another_one_is_told_so(tmp_path: Path) -> None:
    from qualnet.files import staged  # noqa: PLC0415

    folder = project(tmp_path)
    with staged(folder / "outputs", folder), pytest.raises(BusyError):
        build(folder)


def test_a_journal_that_was_left_behind_is_finished(tmp_path: Path) -> None:
    from qualnet.files import staged  # noqa: PLC0415

    folder = project(tmp_path)
    target = folder / "outputs"
    stage = target / ".stage-1"
    stage.mkdir(parents=True)
    (stage / "new.txt").write_text("new")
    (target / "old.txt").write_text("old")
    journal = {"format": 1, "stage": ".stage-1", "moves": [["new.txt", "new.txt"]], "delete": ["old.txt"]}
    (target / ".qualnet.journal").write_text(json.dumps(journal))
    with staged(target, folder) as new:
        assert (target / "new.txt").read_text() == "new"
        assert not (target / "old.txt").exists()
        new.write("manifest.json", '{"files": {}}')
