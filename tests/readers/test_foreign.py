"""Files that no reader knows are called by their name, with what to export instead."""

import sqlite3
from pathlib import Path

import pytest

from qualnet.problems import Problem, Problems
from qualnet.readers import find_inputs


def told(path: Path) -> Problem:
    problems = Problems()
    assert not list(find_inputs(path, path.name, problems))
    (problem,) = problems
    return problem


@pytest.mark.parametrize(
    ("name", "table", "found", "advice"),
    [
        ("study.mx24", "Codewords", "one of MAXQDA's own", "in MAXQDA export the project as REFI-QDA"),
        ("renamed.db", "Codewords", "one of MAXQDA's own", "or the coded segments as Excel"),
        ("data.qda", "code_text", "a QualCoder project", "in QualCoder export a REFI-QDA project"),
        ("x.rqda", "freecode", "an RQDA project", "save the codings with document, code and quote"),
        ("x.dna", "STATEMENTTYPES", "a Discourse Network Analyzer database", "export the statements"),
        ("mine.sqlite", "anything", "an SQLite database", "from the program that wrote it"),
    ],
)
def test_databases_of_other_programs(tmp_path: Path, name: str, table: str, found: str, advice: str) -> None:
    connection = sqlite3.connect(tmp_path / name)
    connection.execute(f'CREATE TABLE "{table}" (id INTEGER)')
    connection.commit()
    connection.close()
    problem = told(tmp_path / name)
    assert problem.rule == "unknown-format"
    assert problem.message("en") == f"no reader knows this file; it is {found}"
    assert advice in problem.hint("en")
    assert problem.hint("en").endswith("what qualnet reads: qualnet readers")


@pytest.mark.parametrize("name", ["study.nvp", "study.nvpx", "study.atlproj", "study.atlproj23"])
def test_closed_formats_are_known_by_their_ending(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x01\x0f\x00\x00closed")
    assert "REFI-QDA (.qdpx)" in told(tmp_path / name).hint("de")


@pytest.mark.parametrize("text", ['{"a": 1}', '[{"a": 1}]', '["a"]', "[[1, 2]]", "<?xml version='1.0'?><a/>"])
def test_what_machines_write_for_machines_is_no_interview(tmp_path: Path, text: str) -> None:
    (tmp_path / "export.dat").write_text(text, "utf-8")
    assert told(tmp_path / "export.dat").rule == "unknown-format"


@pytest.mark.parametrize("text", ["[00:00:05] I: Wie war das?\n", "[Musik] Guten Tag.\n"])
def test_a_bracket_at_the_beginning_makes_no_json(tmp_path: Path, text: str) -> None:
    (tmp_path / "i1.txt").write_text(text, "utf-8")
    problems = Problems()
    assert [f.reader for f in find_inputs(tmp_path / "i1.txt", "i1.txt", problems)] == ["transcripts"]


@pytest.mark.samples
@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("maxqda/maxqdar_test.mex", "MAXQDA"),
    ],
)
def test_real_files_of_other_programs(samples: Path, file: str, found: str) -> None:
    assert dict(told(samples / file).values)["found"] == found


@pytest.mark.parametrize(
    ("name", "rule", "found"),
    [
        ("table.xlsx", "not-what-its-name-says", "xml"),
        ("i1.docx", "not-what-its-name-says", "xml"),
        ("study.mex", "unknown-format", "xml"),
    ],
)
def test_a_web_page_under_another_name(tmp_path: Path, name: str, rule: str, found: str) -> None:
    (tmp_path / name).write_text("<!DOCTYPE html><html><body>Bitte anmelden</body></html>", "utf-8")
    problem = told(tmp_path / name)
    assert (problem.rule, dict(problem.values)["found"]) == (rule, found)


def test_a_broken_database_is_only_a_database(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(b"SQLite format 3\0" + b"\x01" * 400)
    assert dict(told(tmp_path / "x.sqlite").values)["found"] == "database"
