"""ATLAS.ti's tables: worked out by hand, and a real export."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualnet import readers
from qualnet.corpus import CodeRow, Corpus
from qualnet.names import same_name
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file
from qualnet.readers._source import Source
from qualnet.readers.atlasti import _ways, sniff
from tests.readers.test_tables import workbook

HEADERS = {
    "en": "ID;Reference;Text Content;Document;Document Groups;Codes;Number of Codes;Comment;Initial Position;Created by;Creation Date",
    "de": "ID;Referenz;Textinhalt;Dokument;Dokumentgruppen;Codes;Anzahl der Codes;Kommentar;Anfangsposition;Erstellt von;Erstellungsdatum",
    "pt": "ID;Referência;Conteúdo do texto;Documento;Grupos de documentos;Códigos;Número de códigos;Comentário;Posição inicial;Criado por;Data de criação",
    "es": "ID;Referencia;Contenido del texto;Documento;Grupos de documentos;Códigos;Número de códigos;Comentario;Posición inicial;Creado por;Created",
}
ROW = '1:1;¶ 4;"""Erst Geld, dann Leute.""";SO1;Ort: Soest;{};{};{};4;AB;2026-05-02\n'
LIST = "Code;Comment;Code Group 1\nGeld;Haushalt;\nGeld: eigenes;;\nLeute;;\nWille, politischer;;\n"


def read(path: Path, options: dict[str, str] | None = None) -> tuple[Corpus, list[str]]:
    problems, corpus = Problems(), Corpus()
    for found in find_inputs(path, path.name, problems, None, options or {}, path.parent):
        assert found.reader == "atlasti"
        corpus.extend(read_file(found, options or {}, problems))
    return corpus, [f"{p.place}: {p.rule}" for p in problems]


def quotations(folder: Path, *rows: str, language: str = "en") -> Path:
    (folder / "q.csv").write_text(f"{HEADERS[language]}\n{''.join(rows)}", "utf-8")
    return folder / "q.csv"


def coded(corpus: Corpus) -> list[str]:
    return [coding.code_id for coding in corpus.codings]


@pytest.mark.parametrize("language", HEADERS)
def test_quotations_are_known_in_every_language(tmp_path: Path, language: str) -> None:
    corpus, problems = read(quotations(tmp_path, ROW.format("Geld", 1, "sicher?"), language=language))
    assert not problems
    (segment,) = corpus.segments
    assert (segment.segment_id, segment.quote, segment.paragraph) == ("SO1/1:1", "Erst Geld, dann Leute.", 4)
    (coding,) = corpus.codings
    assert (coding.code_id, coding.coder_id, coding.comment, coding.date) == (
        "Geld", "AB", "sicher?", "2026-05-02",
    )  # fmt: skip
    assert [(a.name, a.value) for a in corpus.attributes] == [("Ort", "Soest")]
    assert [d.document_id for d in corpus.documents] == ["SO1"]
    assert [(c.coder_id, c.name) for c in corpus.coders] == [("AB", "AB")]


@pytest.mark.parametrize(
    ("cell", "n", "codes", "proven"),
    [
        ("Geld, Leute", 2, ["Geld", "Leute"], 1),
        ("Wille, politischer", 1, ["Wille, politischer"], 1),
        ("Geld, wille, Politischer, Leute", 3, ["Geld", "Wille, politischer", "Leute"], 1),
        ("Geld: eigenes, Leute", 2, ["Geld: eigenes", "Leute"], 1),
        # one of them is new: the number tells where it ends
        ("Geld, Neues, Leute", 3, ["Geld", "Neues", "Leute"], 1),
        ("Geld, Neues, anderes, Leute", 3, ["Geld", "Neues, anderes", "Leute"], 0),
        # without a number the list alone tells
        ("Geld, Leute", "", ["Geld", "Leute"], 0),
        ("Geld, Leute", 7, ["Geld, Leute"], 0),
        ('"Geld\nWille, politischer"', 2, ["Geld", "Wille, politischer"], 1),
        ('"Geld\nLeute"', 3, ["Geld", "Leute"], 0),
        ("", 0, [], 1),
    ],
)
def test_a_list_of_codes_beside_it_parts_them_and_their_number_proves_it(
    tmp_path: Path, cell: str, n: object, codes: list[str], proven: int
) -> None:
    (tmp_path / "codes.csv").write_text(LIST, "utf-8")
    corpus, problems = read(quotations(tmp_path, ROW.format(cell, n, "")))
    assert not problems
    assert coded(corpus) == codes
    issues = {i.kind: (i.seen, i.kept, i.note) for i in corpus.issues}
    assert issues["quotations"] == (1, 1, "")
    assert issues["cells with codes"] == (1, proven, "codes.csv")


def test_without_a_list_the_number_alone_parts_names_without_commas(tmp_path: Path) -> None:
    rows = [
        ROW.format("Geld, Leute", 2, ""),
        ROW.format("Wille, politischer, Geld", 2, "").replace("1:1", "1:2"),
    ]
    corpus, _ = read(quotations(tmp_path, *rows))
    # what cannot be told stays whole, for the project's codebook
    assert coded(corpus) == ["Geld", "Leute", "Wille, politischer, Geld"]


def test_the_list_may_be_named_and_comes_along(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists/codes.csv").write_text(LIST, "utf-8")
    path = quotations(tmp_path, ROW.format("Geld: eigenes, Wille, politischer", 2, ""))
    options = {"codebook": "lists/codes.csv"}
    corpus, _ = read(path, options)
    assert coded(corpus) == ["Geld: eigenes", "Wille, politischer"]
    # those above it come too, with what they mean
    assert [(c.code_id, c.parent_id, c.definition) for c in corpus.codes] == [
        ("Geld", "", "Haushalt"), ("Geld: eigenes", "Geld", ""), ("Wille, politischer", "", ""),
    ]  # fmt: skip
    (found,) = find_inputs(path, path.name, Problems(), None, options, tmp_path)
    assert found.beside == (tmp_path / "lists/codes.csv",)


def test_city_and_role_may_stand_in_columns_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text(
        "Text Content;Document;Codes;Fall;Rolle;Farbe\nWorte;SO1;Geld;Soest;Amt;rot\nWorte;SO2;Geld\n",
        "utf-8",
    )
    corpus, problems = read(tmp_path / "q.csv")
    assert not problems
    assert [(d.document_id, d.role) for d in corpus.documents] == [("SO1", "Amt"), ("SO2", "")]
    assert [(d.document_id, d.case_id, d.rule) for d in corpus.document_cases] == [("SO1", "Soest", "column")]
    assert [(a.owner_id, a.name, a.value) for a in corpus.attributes] == [("SO1", "Fall", "Soest")]


def test_a_named_list_that_is_none_is_told(tmp_path: Path) -> None:
    path = quotations(tmp_path, ROW.format("Geld, Leute", 2, ""))
    (tmp_path / "x.csv").write_text("a;b\n1;2\n", "utf-8")
    assert read(path, {"codebook": "x.csv"})[1] == ["x.csv: missing-column"]
    assert read(path, {"codebook": "none.csv"})[1] == ["none.csv: not-found"]


def test_in_a_folder_the_list_is_no_input_of_its_own(tmp_path: Path) -> None:
    quotations(tmp_path, ROW.format("Geld, Leute", 2, ""))
    (tmp_path / "codes.csv").write_text(LIST, "utf-8")
    (tmp_path / "SO1.txt").write_text("B: Nichts.", "utf-8")
    (tmp_path / "data.xlsx").write_bytes(b"PK\x03\x04")
    found = [f.source.path.name for f in find_inputs(tmp_path, "in", Problems())]
    assert found == ["SO1.txt", "q.csv"]
    assert not sniff(Source(tmp_path / "data.xlsx", "x"))


def test_a_list_alone_is_a_codebook(tmp_path: Path) -> None:
    (tmp_path / "codes.csv").write_text(
        "Code;;Magnitude Degree;Density;Comment\n● Geld;;1;0;Haushalt\n;● eigenes;2;0;\n;;;;x\n", "utf-8"
    )
    corpus, problems = read(tmp_path / "codes.csv")
    assert [(c.code_id, c.parent_id, c.definition) for c in corpus.codes] == [
        ("Geld", "", "Haushalt"), ("Geld: eigenes", "Geld", ""),
    ]  # fmt: skip
    assert problems == ["codes.csv: codebook-only"]
    assert [(i.seen, i.kept) for i in corpus.issues] == [(3, 2)]


def test_what_lacks_words_keeps_its_place_and_what_lacks_all_is_told(tmp_path: Path) -> None:
    rows = (
        "2:1;(12, 30) - (40, 50);;SO1;Gruppe A;Geld;1;;;;\n"
        "2:2;0:01:05 - 0:02:00;;SO1;;Geld;1;;;;\n"
        ";¶ 7 - 8;Worte;SO1;;Leute;1;Geld -> Leute (+);;;\n"
        "2:4;;;SO1;;Geld;1;;;;\n"
        "2:5;¶ 3;Worte;;;Geld;1;;;;\n"
        ";¶ 7;Worte;SO1;;Leute;1;;;;\n"
    )
    corpus, problems = read(quotations(tmp_path, rows))
    assert [(s.segment_id, s.kind, s.quote, s.paragraph, s.time, s.area) for s in corpus.segments] == [
        ("SO1/2:1", "area", "", None, "", "(12, 30) - (40, 50)"),
        ("SO1/2:2", "time", "", None, "0:01:05", "0:01:05 - 0:02:00"),
        ("SO1/r4", "text", "Worte", 7, "", ""),
        ("SO1/r7", "text", "Worte", 7, "", ""),
    ]
    assert problems == [
        "q.csv, row 5, column Text Content: row-without-quote",
        "q.csv, row 6, column Document: row-without-document",
    ]
    assert [(a.name, a.value) for a in corpus.attributes] == [("Document Groups", "Gruppe A")]
    assert [(r.from_id, r.to_id, r.sign) for r in corpus.relations] == [("Geld", "Leute", "+")]
    assert [(i.seen, i.kept) for i in corpus.issues if i.kind == "quotations"] == [(6, 4)]


LINKS: list[list[object]] = [
    ["Source", "Relation", "Target", "Comment"],
    ["1:1 Erst Geld", "is cause of", "1:2 Leute", "sicher"],
    ["1:1 Erst Geld", "continued by", "1:2 Leute", ""],
    ["Geld", "hemmt", "● Leute", ""],
    ["1:1", "hemmt", "Leute", ""],
]
QUOTES: list[list[object]] = [
    ["ID", "Text Content", "Document", "Codes"],
    ["1:1", "Erst Geld", "SO1", "Geld"],
    ["1:2", "Leute", "SO1", "Leute"],
    ["2:1", "Nichts", "SO2", "Geld\nLeute"],
]


def test_links_join_quotations_or_codes(tmp_path: Path) -> None:
    corpus, problems = read(workbook(tmp_path / "x.xlsx", Links=LINKS, Quotes=QUOTES, Other=[["a"], ["b"]]))
    assert not problems
    assert [(r.from_type, r.from_id, r.to_type, r.to_id, r.sign, r.source_kind, r.document_id) for r in corpus.relations] == [
        ("segment", "SO1/1:1", "segment", "SO1/1:2", "unstated", "event", "SO1"),
        ("segment", "SO1/1:1", "segment", "SO1/1:2", "unstated", "annotation", "SO1"),
        ("code", "Geld", "code", "Leute", "-", "link", ""),
        ("segment", "SO1/1:1", "code", "Leute", "-", "event", "SO1"),
    ]  # fmt: skip
    assert [e.segment_id for e in corpus.relation_evidence] == ["SO1/1:1", "SO1/1:2"] * 2 + ["SO1/1:1"]
    assert corpus.relations[0].comment == "sicher"
    assert {i.kind: (i.seen, i.kept) for i in corpus.issues}["links"] == (4, 4)


def test_an_interview_goes_with_its_links(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", Quotes=QUOTES, Links=LINKS)
    problems = Problems()
    (found,) = find_inputs(path, path.name, problems)
    content = readers.forget(found, {}, "SO1", problems)
    assert content is not None
    path.write_bytes(content)
    corpus, _ = read(path)
    assert [s.segment_id for s in corpus.segments] == ["SO2/2:1"]
    assert [(r.from_id, r.to_id) for r in corpus.relations] == [("Geld", "Leute")]
    (found,) = find_inputs(path, path.name, problems)
    assert readers.forget(found, {}, "SO2", problems) is None


@given(st.lists(st.sampled_from(["Geld", "Leute", "Wille, politischer", "a, b, c"]), min_size=1, max_size=6))
def test_every_cell_of_known_codes_is_parted_as_it_was_joined(names: list[str]) -> None:
    known = {same_name(n): CodeRow(n, n) for n in ("Geld", "Leute", "Wille, politischer", "a, b, c")}
    assert _ways(", ".join(names).split(", "), known)[len(names)] == (0, tuple(names))


@pytest.mark.samples
def test_the_real_export_is_parted_by_the_codebook_beside_it(samples: Path, tmp_path: Path) -> None:
    """394 quotations, 1,465 codings of 465 codes, 393 cells parted: what its README counts."""
    folder = samples / "atlasti"
    name, codebook = "icsa26_20250914_quotation_export.csv", "icsa26_20250914_codebook_full.csv"
    for file in (name, codebook):
        (tmp_path / file).write_bytes((folder / file).read_bytes())
    corpus, problems = read(tmp_path / name)
    assert not problems
    assert (len(corpus.segments), len(corpus.codings)) == (394, 1465)
    with (folder / codebook).open(encoding="utf-8-sig", newline="") as file_:
        listed = {same_name(row["Code"]) for row in csv.DictReader(file_, delimiter=";")}
    unlisted = {c.segment_id for c in corpus.codings if same_name(c.code_id) not in listed}
    assert len(corpus.segments) - len(unlisted) == 393
    assert len(listed) == 465
