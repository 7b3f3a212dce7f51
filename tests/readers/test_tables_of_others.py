"""Tables that MAXQDA and ATLAS.ti write, as they write them."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from qualnet.codebook import load_codebook, resolve_codes
from qualnet.corpus import Corpus
from qualnet.corpus.anchor import anchor_segments
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file


def read(path: Path) -> tuple[Corpus, Problems]:
    problems = Problems()
    corpus = Corpus()
    for found in find_inputs(path, path.name, problems):
        corpus.extend(read_file(found, {}, problems))
    return corpus, problems


@pytest.mark.parametrize(
    "header",
    [
        "Farbe;Kommentar;Dokumentgruppe;Dokumentname;Code;Anfang;Ende;Gewicht;Segment;Erstellt von",
        "Color;Comment;Document group;Document name;Code;Begin;End;Weight score;Segment;Created by",
    ],
)
def test_maxqda_counts_paragraphs(tmp_path: Path, header: str) -> None:
    (tmp_path / "segments.csv").write_text(f"{header}\nrot;;Soest;SO1;Geld;3;3;0;kein Geld;AB\n", "utf-8")
    (tmp_path / "SO1.txt").write_text("I: Warum?\n\nB: Wohl kein Geld.\n\nB: Nein, kein Geld.\n", "utf-8")
    corpus, problems = read(tmp_path)
    assert not problems.errors
    (segment,) = corpus.segments
    assert (segment.paragraph, segment.start, segment.end) == (3, None, None)
    assert [(d.document_id, d.case_id) for d in corpus.document_cases] == [("SO1", "Soest")]
    assert corpus.codings[0].coder_id == "AB"
    corpus.documents[:] = [d for d in corpus.documents if d.text]
    anchor_segments(corpus, problems)
    # of two places with these words the one in paragraph 3
    assert corpus.segments[0].start == 40
    assert "quote-differs" not in {p.rule for p in problems}


ATLAS = (
    "Number;Reference;Name;Text Content;Document;Codes;Number of Codes;Comment;Initial Position\n"
    '1:1;¶ 4;;"""Erst Geld, dann Leute.""";i1;Geld, Leute;2;;4\n'
    "1:2;¶ 6;;Wenig Wille.;i1;Wille, politischer;1;;6\n"
    "1:3;¶ 8;;Alles zusammen.;i1;Geld, Wille, politischer, Leute;3;;8\n"
    "1:4;¶ 9;;Irgendwas.;i1;Geld, Unbekanntes, Leute;2;;9\n"
)
CODEBOOK = "format: 1\nid: c\ncodes:\n" + "".join(
    f'  - {{id: {name}, label: "{label}"}}\n'
    for name, label in (("money", "Geld"), ("people", "Leute"), ("will", "Wille, politischer"))
)


def test_atlas_ti_joins_codes_by_commas(tmp_path: Path) -> None:
    (tmp_path / "quotations.csv").write_text(ATLAS, "utf-8")
    (tmp_path / "c.yaml").write_text(CODEBOOK, "utf-8")
    corpus, problems = read(tmp_path / "quotations.csv")
    assert "row-without-quote" not in {p.rule for p in problems}
    assert corpus.segments[0].quote == "Erst Geld, dann Leute."
    assert [s.paragraph for s in corpus.segments] == [4, 6, 8, 9]
    book = load_codebook(tmp_path / "c.yaml", tmp_path, Problems())
    assert book is not None
    resolve_codes(corpus, book, problems)
    coded = Counter((c.segment_id, c.code_id) for c in corpus.codings)
    by_row = [[c for s, c in coded if s == x.segment_id] for x in corpus.segments]
    assert by_row == [
        ["money", "people"],
        ["will"],
        ["money", "will", "people"],
        ["Geld, Unbekanntes, Leute"],
    ]
    assert len({c.coding_id for c in corpus.codings}) == len(corpus.codings)
    assert [p.rule for p in problems.errors] == ["unknown-code"]


@pytest.mark.samples
def test_the_atlas_ti_sample_is_separated_by_its_codebook(samples: Path, tmp_path: Path) -> None:
    folder = samples / "atlasti"
    with (folder / "icsa26_20250914_codebook_full.csv").open(encoding="utf-8-sig", newline="") as file:
        names = list(dict.fromkeys(row["Code"] for row in csv.DictReader(file, delimiter=";")))
    codes = "".join(f"  - {{id: c{i}, label: {_quoted(name)}}}\n" for i, name in enumerate(names))
    (tmp_path / "c.yaml").write_text(f"format: 1\nid: c\ncodes:\n{codes}", "utf-8")
    book = load_codebook(tmp_path / "c.yaml", tmp_path, Problems())
    assert book is not None
    corpus, problems = read(folder / "icsa26_20250914_quotation_export.csv")
    assert not problems.errors
    assert len(corpus.segments) == 394
    resolve_codes(corpus, book, problems)
    with (folder / "icsa26_20250914_quotation_export.csv").open(encoding="utf-8", newline="") as file:
        stated = sum(int(row["Number of Codes"]) for row in csv.DictReader(file, delimiter=";"))
    assert len(corpus.codings) == stated == 1465
    # one cell names a quotation as if it were a code
    assert [(str(p.place).partition(", ")[2], p.rule) for p in problems.errors] == [
        ("row 2, column Codes", "unknown-code")
    ]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
