"""Matrices of codes against codes: worked out by hand."""

from pathlib import Path

import pytest

from qualnet.corpus import Corpus
from qualnet.pipeline import build
from qualnet.problems import Problems
from qualnet.readers import find_inputs, forget, read_file
from tests.project_files import project
from tests.readers.test_tables import workbook

MAXQDA = """Codesystem;Personalmangel;Fortschritt;Eigenmittel;SUMME
Personalmangel;7;3;2;12
Fortschritt;3;9;0;12
Eigenmittel;2;;4;6
SUMME;12;12;6;30
"""


def read(path: Path, text: str, options: dict[str, str] | None = None) -> tuple[Corpus, list[str]]:
    path.write_text(text, "utf-8")
    problems, corpus = Problems(), Corpus()
    for found in find_inputs(path, path.name, problems):
        assert found.reader == "tables"
        corpus.extend(read_file(found, options or {}, problems))
    return corpus, [f"{p.place}: {p.rule}: {p.message()}" for p in problems]


def arrows(corpus: Corpus) -> list[tuple[str, str, str, str]]:
    return [(r.from_id, r.to_id, r.sign, r.strength) for r in corpus.relations]


def test_a_symmetric_matrix_counts_each_pair_once_and_has_no_direction(tmp_path: Path) -> None:
    corpus, problems = read(tmp_path / "relations.csv", MAXQDA)
    assert arrows(corpus) == [
        ("Personalmangel", "Fortschritt", "unstated", "3"),
        ("Personalmangel", "Eigenmittel", "unstated", "2"),
    ]
    assert {(r.direction, r.source_kind, r.document_id) for r in corpus.relations} == {
        ("none", "matrix", "relations")
    }
    assert [(d.document_id, d.kind, d.text) for d in corpus.documents] == [("relations", "matrix", None)]
    assert [c.name for c in corpus.codes] == ["Eigenmittel", "Fortschritt", "Personalmangel"]
    assert [(i.kind, i.seen, i.kept) for i in corpus.issues] == [("relations", 2, 2)]
    assert problems == [
        (
            "relations.csv: without-evidence: numbers of the program for 2 pairs of codes, without the passages;"
            " nothing stands behind them"
        )
    ]


def test_atlas_ti_sets_a_dot_before_names_and_their_number_behind(tmp_path: Path) -> None:
    text = ';"● Geld\nGr=12";"● Leute\nGr=7"\n"● Geld\nGr=12";0;5\n"● Leute\nGr=7";5;0\n'
    corpus, _ = read(tmp_path / "x.csv", text)
    assert arrows(corpus) == [("Geld", "Leute", "unstated", "5")]
    assert [c.name for c in corpus.codes] == ["Geld", "Leute"]


def test_rows_act_on_columns_where_there_are_signs(tmp_path: Path) -> None:
    text = ";A;B;C\nA;0;-0,5;\nB;;;1\nC;+;−1;ambivalent\n"
    corpus, problems = read(tmp_path / "x.csv", text)
    assert arrows(corpus) == [
        ("A", "B", "-", "-0,5"),
        ("B", "C", "+", ""),
        ("C", "A", "+", ""),
        ("C", "B", "-", ""),
        ("C", "C", "ambivalent", ""),
    ]
    assert {r.direction for r in corpus.relations} == {"oneway"}
    assert [(i.kind, i.seen, i.kept) for i in corpus.issues] == [("claims", 5, 5)]
    assert problems == [
        (
            "x.csv: matrix-not-counted: a matrix is no interview: its 5 claims are kept, and counted in no"
            " 'k of n interviews'"
        )
    ]


def test_positive_numbers_alone_state_no_sign(tmp_path: Path) -> None:
    corpus, _ = read(tmp_path / "x.csv", ";A;B;C\nA;;2;\nB;1;;\nC;;1;\n")
    assert arrows(corpus) == [
        ("A", "B", "unstated", "2"),
        ("B", "A", "unstated", ""),
        ("C", "B", "unstated", ""),
    ]


@pytest.mark.parametrize(
    "text", [";A;B;C\nA;;1;2\nB;;;1\n", ";A;B;C\nB;1;;\nC;2;1;\n"], ids=["above", "below"]
)
def test_half_a_matrix_is_not_guessed(tmp_path: Path, text: str) -> None:
    corpus, problems = read(tmp_path / "x.csv", text)
    assert not corpus.relations
    assert problems == [
        "x.csv: matrix-unclear: half a matrix of numbers may say who acts on whom, or which codes stand together"
    ]
    assert len(read(tmp_path / "x.csv", text, {"matrix": "counts"})[0].relations) == 3
    corpus, problems = read(tmp_path / "x.csv", text, {"matrix": "interview"})
    assert ([d.kind for d in corpus.documents], problems) == (["interview"], [])
    assert {r.direction for r in corpus.relations} == {"oneway"}
    _, problems = read(tmp_path / "x.csv", text, {"matrix": "map"})
    assert "x.csv: unknown-value: matrix: 'map' is not allowed" in problems


def test_what_counts_nothing_is_told_with_its_cell(tmp_path: Path) -> None:
    text = ";A;B;C\nA;;0,5;3\nB;0,5;;-1\nC;3;-1;\n"
    corpus, problems = read(tmp_path / "x.csv", text, {"matrix": "counts"})
    assert arrows(corpus) == [("A", "C", "unstated", "3")]
    assert [(i.seen, i.kept) for i in corpus.issues] == [(3, 1)]
    assert problems[1:] == [
        "x.csv, row 2, column B: not-a-number: '0,5' is no number of times that something happened",
        "x.csv, row 3, column A: not-a-number: '0,5' is no number of times that something happened",
        "x.csv, row 3, column C: not-a-number: '-1' is no number of times that something happened",
        "x.csv, row 4, column B: not-a-number: '-1' is no number of times that something happened",
    ]


def test_a_mapping_makes_a_matrix_of_what_looks_like_none(tmp_path: Path) -> None:
    (tmp_path / "x.csv.map.yaml").write_text("format: 1\ntables:\n  - holds: matrix\n", "utf-8")
    corpus, problems = read(tmp_path / "x.csv", ";A;B\nA;;viel\n;1;\nC;+;\n\nB\n")
    assert arrows(corpus) == [("C", "A", "+", "")]
    assert "x.csv, row 2, column B: unknown-sign: 'viel' is no sign" in problems
    _, problems = read(tmp_path / "x.csv", ";A;B\nA;;0\n")
    assert problems == ["x.csv: no-rows: there is a header but no row"]


@pytest.mark.parametrize(
    "text", [";A;B\nA;;viel\nB;1;\n", ";A;B\nA;1;\n", ";A;B\nA;;\nB;;\n", ";A;B\nC;1;1\nD;1;1\n"]
)
def test_no_matrix_where_the_names_or_the_cells_are_others(tmp_path: Path, text: str) -> None:
    _, problems = read(tmp_path / "x.csv", text)
    assert ["unknown-table" in p for p in problems] == [True]


def test_each_sheet_is_a_matrix_of_its_own(tmp_path: Path) -> None:
    rows: list[list[object]] = [["", "A", "B"], ["A", "", -1], ["B", 1, ""]]
    path = workbook(tmp_path / "maps.xlsx", Soest_1=rows, Soest_2=rows)
    problems, corpus = Problems(), Corpus()
    (found,) = find_inputs(path, path.name, problems)
    corpus = read_file(found, {"matrix": "interview"}, problems)
    assert [d.document_id for d in corpus.documents] == ["maps/Soest_1", "maps/Soest_2"]
    assert len({r.relation_id for r in corpus.relations}) == 4
    with pytest.raises(NotImplementedError):
        forget(found, {}, "maps/Soest_1", problems)


def test_the_layer_shows_the_numbers_and_no_source(tmp_path: Path) -> None:
    more = "    case: A\ninteractions: {layers: [stated, matrix]}\n"
    study = build(project(tmp_path, MAXQDA, more=more))
    network = study.comparisons["matrix"].networks["A"]
    assert {k: (i.n_sources, i.n_claims, i.claims) for k, i in network.interactions.items()} == {
        ("progress", "staff"): (0, 3, ()),
        ("money", "staff"): (0, 2, ()),
    }
    assert (network.directed, network.n_documents, study.claims) == (False, 0, ())
    graph = network.to_networkx()
    assert sorted(d["n_claims"] for _, _, d in graph.edges(data=True)) == [2, 3]


def test_codes_that_the_comparison_joins_meet_nobody(tmp_path: Path) -> None:
    book = """format: 1
id: base
codes:
  - {id: staff, label: Personalmangel, aliases: [Eigenmittel], definition: d, anchor_example: a, code_when: c}
  - {id: progress, label: Fortschritt, definition: d, anchor_example: a, code_when: c}
"""
    more = "    case: A\ninteractions: {layers: [matrix]}\n"
    study = build(project(tmp_path, MAXQDA, book, more=more))
    assert list(study.comparisons["matrix"].networks["A"].interactions) == [("progress", "staff")]


def test_a_matrix_of_an_interview_draws_arrows_that_count(tmp_path: Path) -> None:
    text = ";staff;progress\nstaff;;-\nprogress;+;\n"
    study = build(project(tmp_path, text, more="    case: A\n    options: {matrix: interview}\n"))
    network = study.comparisons["stated"].networks["A"]
    assert {k: (i.n_sources, i.sign) for k, i in network.interactions.items()} == {
        ("staff", "progress"): (1, "-"),
        ("progress", "staff"): (1, "+"),
    }


def test_claims_are_no_numbers(tmp_path: Path) -> None:
    text = ";staff;progress\nstaff;;-\nprogress;+;\n"
    study = build(project(tmp_path, text, more="    case: A\ninteractions: {layers: [stated, matrix]}\n"))
    assert not study.comparisons["matrix"].networks["A"].interactions
