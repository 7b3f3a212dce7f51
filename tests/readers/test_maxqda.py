"""MAXQDA's tables of coded segments and of document variables, in the languages of its menus."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from qualnet.cli import main
from qualnet.codebook import load_codebook, resolve_codes
from qualnet.corpus import Corpus
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file
from qualnet.readers._claims import claims_in_comment
from tests.project_files import CODEBOOK

HEADERS = {
    "de": "Farbe;Kommentar;Dokumentgruppe;Dokumentname;Code;Anfang;Ende;Gewicht;Segment;Erstellt von",
    "en": "Color;Comment;Document group;Document name;Code;Begin;End;Weight score;Segment;Created by",
    "pl": "Color;Komentarz;Grupa dokumentów;Nazwa dokumentu;Kod;Początek;Koniec;Waga;Fragment;Autor",
    "fr": "Couleur;Commentaire;Groupe de documents;Nom du document;Code;Début;Fin;Poids;Segment;Auteur",
    "es": "Color;Comentario;Grupo de documentos;Nombre del documento;Código;Inicio;Final;Peso;Segmento;Autor",
}


def read(path: Path) -> tuple[Corpus, Problems]:
    problems, corpus = Problems(), Corpus()
    for found in find_inputs(path, path.name, problems):
        assert found.reader == "maxqda" or path.is_dir()
        corpus.extend(read_file(found, {}, problems))
    return corpus, problems


def table(folder: Path, rows: str, header: str = HEADERS["de"]) -> tuple[Corpus, Problems]:
    (folder / "segments.csv").write_text(f"{header}\n{rows}", "utf-8")
    return read(folder / "segments.csv")


@pytest.mark.parametrize("language", HEADERS)
def test_the_table_is_known_in_every_language(tmp_path: Path, language: str) -> None:
    row = "rot;sicher?;Soest;SO1;Mittel > Geld;3;4;85;kein Geld;AB\n"
    corpus, problems = table(tmp_path, row, HEADERS[language])
    assert not list(problems)
    (segment,) = corpus.segments
    assert (segment.document_id, segment.quote, segment.paragraph, segment.kind) == (
        "SO1",
        "kein Geld",
        3,
        "text",
    )
    assert [(c.code_id, c.name, c.parent_id) for c in corpus.codes] == [
        ("Mittel", "Mittel", ""),
        ("Mittel > Geld", "Geld", "Mittel"),
    ]
    (coding,) = corpus.codings
    assert (coding.code_id, coding.coder_id, coding.comment) == ("Mittel > Geld", "AB", "sicher?")
    assert coding.weight == "85"
    assert [(d.document_id, d.case_id, d.rule) for d in corpus.document_cases] == [("SO1", "Soest", "group")]
    group = HEADERS[language].split(";")[2]
    assert [(a.name, a.value) for a in corpus.attributes] == [(group, "Soest")]


def test_codes_of_one_segment_share_it_and_the_same_table_gives_the_same_ids(tmp_path: Path) -> None:
    rows = ";;A;i1;X;1;1;0;Worte;AB\n;;A;i1;X\\Y;1;1;0;Worte;AB\n;;A;i1;X;2;2;0;Worte;CD\n"
    corpus, _ = table(tmp_path, rows)
    assert (len(corpus.segments), len(corpus.codings), len(corpus.documents)) == (2, 3, 1)
    assert [c.code_id for c in corpus.codings] == ["X", "X > Y", "X"]
    again, _ = table(tmp_path, "".join(reversed(rows.splitlines(keepends=True))))
    assert {s.segment_id for s in again.segments} == {s.segment_id for s in corpus.segments}
    assert {c.coding_id for c in again.codings} == {c.coding_id for c in corpus.codings}


def test_documents_of_one_name_in_two_groups_are_two(tmp_path: Path) -> None:
    corpus, _ = table(tmp_path, ";;A;i1;X;1;1;0;a;\n;;B;i1;X;1;1;0;b;\n;;B;i2;X;1;1;0;c;\n")
    assert [d.document_id for d in corpus.documents] == ["A/i1", "B/i1", "i2"]
    assert [s.document_id for s in corpus.segments] == ["A/i1", "B/i1", "i2"]


def test_a_time_is_no_paragraph(tmp_path: Path) -> None:
    corpus, problems = table(tmp_path, ";;A;v;X;0:01:23,4;0:02:00;0;a;\n;;A;v;X;S. 3;S. 3;0;b;\n")
    assert [(s.time, s.kind, s.paragraph) for s in corpus.segments] == [("0:01:23,4", "time", None)]
    assert [p.text("de") for p in problems] == [
        "segments.csv, Zeile 3, Spalte Anfang: not-a-number: 'S. 3' ist keine Absatznummer"
    ]


def test_what_cannot_be_used_is_told_with_its_cell(tmp_path: Path) -> None:
    rows = f";;A;;X;1;1;0;a;\n;;A;i;;1;1;0;a;\n;;A;i;X;1;1;0;;\n;;A;i;X;1;1;0;{'x' * 32_767};\n"
    corpus, problems = table(tmp_path, rows, HEADERS["de"].replace("Farbe", "Notizen"))
    assert sorted((str(p.place), p.rule) for p in problems) == [
        ("segments.csv, row 1, column Notizen", "column-not-used"),
        ("segments.csv, row 2, column Dokumentname", "row-without-document"),
        ("segments.csv, row 3, column Code", "row-without-code"),
        ("segments.csv, row 4, column Segment", "row-without-quote"),
        ("segments.csv, row 5, column Segment", "cell-cut"),
    ]
    assert [(i.kind, i.seen, i.kept) for i in corpus.issues] == [("segments", 4, 1)]


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    _, problems = table(tmp_path, "")
    assert [p.rule for p in problems] == ["no-rows"]


def test_document_variables_are_facts_of_the_documents(tmp_path: Path) -> None:
    (tmp_path / "variables.csv").write_text(
        "Dokumentgruppe;Dokumentname;Rolle;Dauer\nSoest;SO1;Amt;60\n;SO2;;\n", "utf-8"
    )
    corpus, problems = read(tmp_path / "variables.csv")
    assert not list(problems)
    assert [d.document_id for d in corpus.documents] == ["SO1", "SO2"]
    assert [(a.owner_id, a.name, a.value) for a in corpus.attributes] == [
        ("SO1", "Dokumentgruppe", "Soest"),
        ("SO1", "Rolle", "Amt"),
        ("SO1", "Dauer", "60"),
    ]


def test_claims_in_comments_are_read_and_other_arrows_are_told(tmp_path: Path) -> None:
    comment = '"Personalmangel -> Umsetzung (-); siehe S. 3 -> nachfragen"'
    corpus, problems = table(
        tmp_path, f";{comment};A;i1;staff;1;1;0;Worte;AB\n;{comment};A;i1;money;1;1;0;Worte;AB\n"
    )
    (tmp_path / "c.yaml").write_text(CODEBOOK, "utf-8")
    book = load_codebook(tmp_path / "c.yaml", tmp_path, Problems())
    assert book is not None
    resolve_codes(corpus, book, problems)
    assert [(r.from_id, r.to_id, r.sign, r.coder_id) for r in corpus.relations] == [
        ("staff", "progress", "-", "AB")
    ]
    assert corpus.relations[0].relation_id in {e.relation_id for e in corpus.relation_evidence}
    assert [c.comment for c in corpus.codings] == [comment.strip('"')] * 2
    (warning,) = problems
    assert (warning.rule, warning.severity) == ("comment-no-claim", "warning")
    assert warning.text("de") == (
        "segments.csv, Zeile 2, Spalte Kommentar: comment-no-claim: der Kommentar"
        " 'Personalmangel -> Umsetzung (-); siehe S. 3 -> nachfragen' gilt nicht als Wirkungsaussage:"
        " 'siehe S. 3' ist kein Code dieses Codebuchs"
    )


def test_a_comment_may_name_the_codes_of_the_export_itself(tmp_path: Path) -> None:
    rows = ";staff -> money (-);A;i1;staff;1;1;0;Worte;AB\n;;A;i1;money;2;2;0;Mehr;AB\n"
    corpus, problems = table(tmp_path, rows)
    (tmp_path / "c.yaml").write_text(CODEBOOK, "utf-8")
    book = load_codebook(tmp_path / "c.yaml", tmp_path, Problems())
    assert book is not None
    resolve_codes(corpus, book, problems)
    assert not list(problems)
    assert [(r.from_id, r.to_id, r.sign) for r in corpus.relations] == [("staff", "money", "-")]


@pytest.mark.parametrize(
    ("comment", "claims"),
    [
        ("A -> B", [("A", "B", "unstated")]),
        ("A→B(+)", [("A", "B", "+")]),
        ("A => B (+/-)", [("A", "B", "ambivalent")]),
        ("A --> B (hemmt)\nC -> D ( - )", [("A", "B", "-"), ("C", "D", "-")]),
        ("A -> Geld (kommunal)", [("A", "Geld (kommunal)", "unstated")]),
        ("A -> Geld (kommunal) (+)", [("A", "Geld (kommunal)", "+")]),
        ("A -> B ()", [("A", "B ()", "unstated")]),
        ("-> B; A ->; kein Pfeil", []),
    ],
)
def test_a_comment_says_what_it_claims(comment: str, claims: list[tuple[str, str, str]]) -> None:
    assert claims_in_comment(comment) == claims


names = st.text(st.characters(categories=["L", "N"]), min_size=1)


@given(st.lists(st.tuples(names, names, st.sampled_from(["+", "-", "ambivalent"])), max_size=4))
def test_written_claims_come_back(claims: list[tuple[str, str, str]]) -> None:
    text = "; ".join(f"{cause} -> {effect} ({sign})" for cause, effect, sign in claims)
    assert claims_in_comment(text) == claims


@pytest.mark.samples
def test_the_sample_has_its_rows(samples: Path) -> None:
    corpus, problems = read(samples / "maxqda" / "maxqdar_test.xls")
    assert not list(problems)
    # the facts of the sample's description; the CSV is the same material from another program
    assert (len(corpus.codes), len(corpus.documents)) == (7, 39)
    assert [(i.seen, i.kept) for i in corpus.issues] == [(402, 402)]
    assert {c.name for c in corpus.coders} == {"agata"}
    with (samples / "maxqda" / "data_letters_test_coding.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert Counter(c.code_id for c in corpus.codings) == Counter(row["tag"] for row in rows)


@pytest.mark.samples
def test_the_sample_becomes_a_signed_network_through_the_worklist_alone(
    samples: Path, tmp_path: Path
) -> None:
    from qualnet import build  # noqa: PLC0415
    from tests.claims.project import fill  # noqa: PLC0415

    folder = tmp_path / "study"
    call = CliRunner().invoke
    sample = str(samples / "maxqda" / "maxqdar_test.xls")
    assert call(main, ["init", str(folder), "--from", sample, "--case", "Lissabon"]).exit_code == 0
    work = tmp_path / "w.xlsx"
    told = call(
        main, ["claims", "sheet", str(folder), "--coder", "agata", "--by", "paragraph", "-o", str(work)]
    )
    assert told.exit_code == 0, told.output
    start = "AVISO [...] secretário de estado"
    filled = fill(work, {start: [{"Ursache": "ROLE", "Wirkung": "PERSON", "Vorzeichen": "gleichsinnig (+)"}]})
    read_back = call(main, ["claims", "read", str(filled), str(folder)])
    assert "1 neu" in read_back.output, read_back.output
    study = build(folder)
    assert {p: (i.sign, i.n_sources) for p, i in study.networks["Lissabon"].drawn.items()} == {
        ("role", "person"): ("+", 1)
    }
    (claim,) = study.claims
    assert claim.quote.startswith(start)
    assert not [w for w in study.warnings if w.rule.startswith("quote")]


@pytest.mark.samples
def test_a_real_export_says_when_it_was_coded(samples: Path) -> None:
    corpus, _ = read(samples / "maxqda" / "maxqdar_test.xls")
    # the first row of the sheet: 30.11.2017 20:55:14
    assert corpus.codings[0].date == "2017-11-30"
    assert all(coding.date for coding in corpus.codings)


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (("11/30/2017 8:55 PM", "12/1/2017"), ["2017-11-30", "2017-12-01"]),
        (("30/11/2017 20:55", "1/12/2017"), ["2017-11-30", "2017-12-01"]),
        (("11/12/2017", "1/12/2017"), ["", ""]),
        (("30/11/2017", "11/30/2017"), ["", ""]),
    ],
)
def test_a_day_is_read_as_the_column_writes_it(
    tmp_path: Path, cells: tuple[str, str], days: list[str]
) -> None:
    rows = "".join(
        f"rot;;Soest;SO1;Geld;{n};{n};0;kein Geld {n};AB;{cell}\n" for n, cell in enumerate(cells, start=1)
    )
    corpus, problems = table(tmp_path, rows, f"{HEADERS['en']};Created")
    assert not list(problems)
    assert [coding.date for coding in corpus.codings] == days


def test_a_document_that_the_table_of_variables_names_twice_has_each_fact_once(tmp_path: Path) -> None:
    text = "Dokumentgruppe;Dokumentname;Alter\nSoest;SO1;50\nSoest;SO1;50\n"
    (tmp_path / "variables.csv").write_text(text, "utf-8")
    corpus, _ = read(tmp_path / "variables.csv")
    assert [(a.name, a.value) for a in corpus.attributes] == [("Dokumentgruppe", "Soest"), ("Alter", "50")]
