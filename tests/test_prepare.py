"""What a project names beside its inputs is read and checked before anything is built."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet import build
from qualnet.cli import main
from qualnet.prepare import prepare
from qualnet.problems import PrivacyError, Problem, Problems
from tests.project_files import project


def found(folder: Path) -> list[Problem]:
    problems = Problems()
    prepare(folder / "qualnet.yaml", problems)
    return list(problems)


def texts(folder: Path) -> list[str]:
    return [problem.text() for problem in found(folder)]


NAMES = "privacy: {names: ../names.csv}\n"


@pytest.mark.parametrize("more", [NAMES, "privacy:\n  names: ../names.csv\n"])
def test_a_key_file_that_is_not_there_is_an_error_where_it_is_named(tmp_path: Path, more: str) -> None:
    (problem,) = found(project(tmp_path / "p", more=more))
    assert problem.severity == "error"
    assert problem.place.file == "qualnet.yaml"
    assert problem.place.line == 5 + more.count("\n")
    assert problem.message() == "there is no file or folder '../names.csv'"


def test_a_folder_is_no_key_file(tmp_path: Path) -> None:
    (tmp_path / "names.csv").mkdir()
    assert [p.rule for p in found(project(tmp_path / "p", more=NAMES))] == ["not-found"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_name_is_found_whatever_program_saved_the_key_file(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    folder = project(tmp_path / "p", more=NAMES)
    rows = [["Name", "Kürzel"], ["Jörg Müller", "B1"], ["LÄUFT", "B2"]]
    text = "\n".join(separator.join(row) for row in rows)
    (tmp_path / "names.csv").write_bytes(text.encode(encoding))
    with pytest.raises(PrivacyError) as caught:
        build(folder)
    assert {p.values for p in caught.value.problems} == {(("row", "3"),)}
    assert not (folder / "outputs" / "manifest.json").exists()


def test_a_message_about_the_key_file_shows_no_name(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", more=NAMES)
    (tmp_path / "names.csv").write_bytes("Name;Kürzel\nJörg Müller;B1\n".encode("cp1252"))
    (problem,) = found(folder)
    assert problem.rule == "encoding-guessed"
    assert "Müller" not in problem.text()


def test_a_key_file_without_names_and_names_too_short_to_look_for_are_told(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", more=NAMES)
    (tmp_path / "names.csv").write_text("Name,Kürzel\n", "utf-8")
    assert [str(p.place) + ": " + p.rule for p in found(folder)] == ["../names.csv, row 1: no-rows"]
    (tmp_path / "names.csv").write_text("Name,Kürzel\nLi,B1\n", "utf-8")
    assert [str(p.place) + ": " + p.rule for p in found(folder)] == ["../names.csv, row 2: name-too-short"]


def test_check_tells_about_the_key_file_too(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(project(tmp_path / "p", more=NAMES))])
    assert result.exit_code == 3
    assert "qualnet.yaml:6:11: not-found: die Datei oder den Ordner '../names.csv' gibt es nicht" in (
        result.output
    )


def test_context_tables_are_read_whatever_program_saved_them(tmp_path: Path) -> None:
    folder = project(tmp_path, more="context: context\n")
    (folder / "context").mkdir()
    (folder / "context" / "area.csv").write_bytes("Fall;Fläche\nA;85 km²\nB\n".encode("cp1252"))
    study = build(folder)
    assert study.context == {"area": [{"Fall": "A", "Fläche": "85 km²"}, {"Fall": "B", "Fläche": ""}]}
    assert [(str(w.place), w.rule) for w in study.warnings] == [("context/area.csv", "encoding-guessed")]


def test_a_context_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (text,) = texts(project(tmp_path, more="context: kontext\n"))
    assert text == (
        "qualnet.yaml:6:1: not-found: there is no file or folder 'kontext'\n"
        "    paths count from the folder of qualnet.yaml"
    )


def test_facts_about_cases_are_read_from_german_excel(tmp_path: Path) -> None:
    folder = project(tmp_path, more="cases: cases.csv\n")
    (folder / "cases.csv").write_bytes("case;attribute;value\nB;label;Köln\n".encode("cp1252"))
    assert build(folder).case_name("B") == "Köln"


def test_facts_about_an_unknown_case_name_the_row(tmp_path: Path) -> None:
    folder = project(tmp_path, more="cases: cases.csv\n")
    (folder / "cases.csv").write_text("case,attribute,value\nA,x,1\n\nC,x,2\n", "utf-8")
    (problem,) = found(folder)
    assert str(problem.place) == "cases.csv, row 4, column case"
    assert problem.rule == "unknown-case"


def test_unknown_parts_are_found_by_check_with_their_line(tmp_path: Path) -> None:
    folder = project(tmp_path, more="    reader: tabels\ninteractions: {layers: [statet, overlap]}\n")
    assert texts(folder) == [
        "qualnet.yaml:6:5: unknown-part: no reader is called 'tabels'\n    did you mean 'tables'?",
        "qualnet.yaml:7:25: unknown-part: no layer is called 'statet'\n    did you mean 'stated'?",
    ]


def test_a_project_without_layer_or_with_impossible_lengths_is_told_so(tmp_path: Path) -> None:
    folder = project(tmp_path, more="interactions: {layers: [], window: -1, loop_length: -2}\n")
    assert texts(folder) == [
        "qualnet.yaml:6:16: too-small: layers: at least 1 is needed, not 0",
        "qualnet.yaml:6:28: too-small: window: at least 0 is needed, not -1",
        "qualnet.yaml:6:40: too-small: loop_length: at least 2 is needed, not -2",
    ]
