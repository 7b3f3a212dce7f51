"""Mapping files: what the researcher says of columns comes before their names."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet import readers
from qualnet.cli import main
from qualnet.corpus import Corpus
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file
from tests.readers.test_tables import workbook

TABLE = """Gespräch;Auslöser;Ergebnis;Wirkrichtung;Passage;Ort
Frau A;Personal;Fortschritt;hemmend;Ohne Leute geht nichts.;Soest
Herr B;Geld;Fortschritt;fördernd;Mit Geld ging es.;Soest
"""
MAPPING = """format: 1
tables:
  - holds: claims
    columns:
      document: Gespräch
      cause: "Auslöser"
      effect: " ergebnis "
      sign: Wirkrichtung
      quote: Passage
    signs: {Hemmend: "-", "fördernd": "+"}
"""


def read(path: Path, options: dict[str, str] | None = None) -> tuple[Corpus, list[str]]:
    problems, corpus = Problems(), Corpus()
    for found in find_inputs(path, path.name, problems, None, options or {}, path.parent):
        corpus.extend(read_file(found, options or {}, problems))
    return corpus, [f"{p.place}: {p.rule}: {p.message()}" for p in problems]


def claims(corpus: Corpus) -> list[tuple[str, str, str, str]]:
    return [(r.document_id, r.from_id, r.to_id, r.sign) for r in corpus.relations]


EXPECTED = [("Frau A", "Personal", "Fortschritt", "-"), ("Herr B", "Geld", "Fortschritt", "+")]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "x.csv").write_text(TABLE, "utf-8")
    return tmp_path / "x.csv"


def test_a_table_of_foreign_names_is_read_by_the_file_beside_it(table: Path) -> None:
    assert read(table)[1][0].startswith("x.csv, row 1: unknown-table")
    table.with_name("x.csv.map.yaml").write_text(MAPPING, "utf-8")
    corpus, problems = read(table)
    assert (claims(corpus), problems) == (EXPECTED, [])
    assert [s.quote for s in corpus.segments] == ["Ohne Leute geht nichts.", "Mit Geld ging es."]
    # 'Ort' would be a case by its name; what the file does not list is not read
    assert not corpus.document_cases


def test_one_file_serves_several_tables_by_an_option(table: Path, tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps/ours.yaml").write_text(MAPPING, "utf-8")
    corpus, problems = read(table, {"mapping": "maps/ours.yaml"})
    assert (claims(corpus), problems) == (EXPECTED, [])
    _, problems = read(table, {"mapping": "maps/none.yaml"})
    assert problems[0].startswith("maps/none.yaml: not-found")


def test_all_that_is_wrong_with_a_mapping_is_told_with_its_line(table: Path) -> None:
    text = MAPPING.replace("Passage", "Pasage").replace("cause:", "causes:")
    table.with_name("x.csv.map.yaml").write_text(text + "  - {holds: claims, sheet: Tabele}\n", "utf-8")
    _, problems = read(table)
    assert sorted(problems) == [
        "x.csv, row 1: missing-column: there is no column 'cause'",
        "x.csv.map.yaml:11:21: unknown-value: sheet: 'Tabele' is not allowed",
        "x.csv.map.yaml:6:7: unknown-field: there is no field 'causes'",
        "x.csv.map.yaml:9:7: missing-column: there is no column 'Pasage'",
    ]


def test_a_mapping_that_is_none_is_an_error(table: Path) -> None:
    table.with_name("x.csv.map.yaml").write_text("format: 1\ntables:\n  - holds: all\n", "utf-8")
    _, problems = read(table)
    assert {p.partition(": ")[0] for p in problems} == {"x.csv.map.yaml:3:5", "x.csv, row 1"}


def test_each_sheet_has_its_own_or_the_one_for_all(tmp_path: Path) -> None:
    rows: list[list[object]] = [[*line.split(";")] for line in TABLE.splitlines()]
    people: list[list[object]] = [["Interview", "Rolle"], ["Frau A", "Amt"]]
    path = workbook(tmp_path / "x.xlsx", Aussagen=rows, Personen=people, Mehr=rows)
    own = "  - {sheet: Personen, holds: documents, columns: {document: Interview, case: Rolle}}\n"
    (tmp_path / "x.xlsx.map.yaml").write_text(MAPPING + own, "utf-8")
    corpus, problems = read(path)
    assert (claims(corpus), problems) == (EXPECTED * 2, [])
    assert [(d.document_id, d.case_id) for d in corpus.document_cases] == [("Frau A", "Amt")]
    only = MAPPING.replace("- holds", "- sheet: Aussagen\n    holds")
    (tmp_path / "x.xlsx.map.yaml").write_text(only, "utf-8")
    corpus, _ = read(path)
    assert (claims(corpus), corpus.document_cases) == (EXPECTED, [])
    assert [d.role for d in corpus.documents] == ["Amt", ""]


def test_an_interview_is_forgotten_by_the_column_that_the_mapping_names(table: Path) -> None:
    table.with_name("x.csv.map.yaml").write_text(MAPPING, "utf-8")
    problems = Problems()
    (found,) = find_inputs(table, table.name, problems)
    content = readers.forget(found, {}, "Frau A", problems)
    assert content is not None
    assert "Frau A" not in content.decode()
    assert "Herr B" in content.decode()


# the command


def mapped(path: Path, language: str = "en") -> str:
    result = CliRunner().invoke(main, ["--lang", language, "map", str(path)])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_proposes_what_names_and_values_tell(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    rows = "".join(f"{line}\n" for line in [
        "Gesprächspartner;Katgorie;Passage;Plus/Minus;Stärken;Zahl",
        "Frau A;Personal;Ohne Leute geht hier nichts voran, das sage ich Ihnen.;+;x;1",
        "Frau A;Geld;Wir haben kein eigenes Geld dafür und bekommen auch keines.;-;;1",
        "Herr B;Personal;Ohne Leute geht hier nichts voran, das sage ich Ihnen auch.;+;;0",
    ])  # fmt: skip
    path.write_text(rows, "utf-8")
    said = mapped(path)
    assert "Guessed, please check: 'Katgorie', 'Stärken', 'Plus/Minus', 'Passage', 'Gesprächspartner'" in said
    assert "Still open" not in said
    corpus, problems = read(path)
    assert not problems
    assert [(c.segment_id.partition("/")[0], c.code_id) for c in corpus.codings] == [
        ("Frau A", "Personal"), ("Frau A", "Geld"), ("Herr B", "Personal"),
    ]  # fmt: skip
    text = (tmp_path / "x.csv.map.yaml").read_text("utf-8")
    assert '      # not read: "Zahl"\n' in text
    assert '      sign: "Plus/Minus"  # guessed from its values: please check\n' in text


def test_the_command_asks_for_what_it_cannot_tell_and_overwrites_nothing(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "x.xlsx",
        Aussagen=[["Ursache", "Folge", "Richtung"], ["a", "b", "fördernd"], ["c", "d", "hemmend"]],
        Matrix=[["", "A", "B"], ["A", "", -1], ["B", 1, ""]],
        Leer=[["nichts"], [""]],
        Absätze=[["Wer", "Wortlaut"], ["i1", "kurz"]],
    )
    said = mapped(path, "de")
    assert "Welches Vorzeichen ist gemeint? 'fördernd', 'hemmend'" in said
    assert (
        "Noch offen, bitte eintragen: Aussagen: document, Leer: document, Leer: code, Leer: quote, Absätze: document"
        in said
    )
    text = (tmp_path / "x.xlsx.map.yaml").read_text("utf-8")
    assert '  - sheet: "Matrix"\n    holds: matrix' in text
    assert '      "fördernd": unstated\n' in text
    assert "      # document:  # nötig: welche Spalte?\n" in text
    again = CliRunner().invoke(main, ["map", str(path)])
    assert again.exit_code == 5
    assert "exists-already" in again.output
    assert (tmp_path / "x.xlsx.map.yaml").read_text("utf-8") == text


def test_signs_that_are_anything_are_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Ursache;Wirkung;Richtung\n" + "".join(f"a;b;Wort {i}\n" for i in range(9)), "utf-8")
    assert "Which sign" not in mapped(path)


def test_what_is_no_table_gets_no_mapping(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(bytes(range(256)))
    result = CliRunner().invoke(main, ["map", str(tmp_path / "x.bin")])
    assert (result.exit_code, "no-table" in result.output) == (3, True)
    (tmp_path / "x.csv").write_text('a;b\n"x;y\n', "utf-8")
    result = CliRunner().invoke(main, ["map", str(tmp_path / "x.csv")])
    assert (result.exit_code, "unclosed-quote" in result.output) == (3, True)


def test_a_mapping_comes_along_into_the_project(table: Path, tmp_path: Path) -> None:
    table.with_name("x.csv.map.yaml").write_text(MAPPING, "utf-8")
    result = CliRunner().invoke(
        main, ["init", str(tmp_path / "study"), "--from", str(table), "--case", "Soest"]
    )
    assert result.exit_code == 0, result.output
    assert (tmp_path / "study/interviews/x.csv.map.yaml").read_text("utf-8") == MAPPING
    checked = CliRunner().invoke(main, ["check", str(tmp_path / "study")])
    assert checked.exit_code == 0, checked.output


def test_a_header_that_stands_there_twice_is_told_and_the_first_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Interview;Code;Zitat;Code\ni1;a;b;c\n", "utf-8")
    corpus, problems = read(path)
    assert [c.code_id for c in corpus.codings] == ["a"]
    assert problems == ["x.csv, row 1: duplicate-column: column 'Code' stands here twice"]
