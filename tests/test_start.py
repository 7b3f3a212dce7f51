"""`qualnet init`: what it writes follows from what the export really holds."""

from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from qualnet import build
from qualnet.cli import main
from qualnet.codebook import load_codebook
from qualnet.problems import Problems
from qualnet.start import codebook_from_export

QDE = """<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="p">
<CodeBook><Codes>
<Code guid="00000000-0000-0000-0000-00000000000a" name="Personalmangel" isCodable="true"/>
<Code guid="00000000-0000-0000-0000-00000000000b" name="Fortschritt" isCodable="true"/>
</Codes></CodeBook>
<Variables><Variable guid="00000000-0000-0000-0000-0000000000f0" name="Stadt" typeOfVariable="Text"/></Variables>
<Cases><Case guid="00000000-0000-0000-0000-0000000000c0" name="Fall 1">
<VariableValue><VariableRef targetGUID="00000000-0000-0000-0000-0000000000f0"/><TextValue>A</TextValue></VariableValue>
<SourceRef targetGUID="00000000-0000-0000-0000-0000000000d0"/></Case></Cases>
<Sources><TextSource guid="00000000-0000-0000-0000-0000000000d0" name="i1">
<PlainTextContent>Ohne Leute geht nichts voran.</PlainTextContent>
<PlainTextSelection guid="00000000-0000-0000-0000-0000000000e0" startPosition="0" endPosition="10">
<Coding guid="00000000-0000-0000-0000-0000000000e1"><CodeRef targetGUID="00000000-0000-0000-0000-00000000000a"/></Coding>
NOTE</PlainTextSelection></TextSource></Sources>
NOTES<Links><Link guid="00000000-0000-0000-0000-0000000000aa" direction="OneWay"
 originGUID="00000000-0000-0000-0000-00000000000a" targetGUID="00000000-0000-0000-0000-00000000000b"/></Links>
</Project>
"""
CLAIM = (
    '<Notes><Note guid="00000000-0000-0000-0000-0000000000bb"><PlainTextContent>'
    "claim: {cause: Personalmangel, effect: Fortschritt, sign: -}</PlainTextContent></Note></Notes>"
)


def started(tmp_path: Path, name: str, content: str, case_by: str) -> Result:
    (tmp_path / name).write_text(content, "utf-8")
    words = ["init", str(tmp_path / "study"), "--from", str(tmp_path / name), "--case-by", case_by]
    return CliRunner().invoke(main, ["--lang", "en", *words])


@pytest.mark.parametrize("claimed", [False, True])
def test_a_project_is_ready_for_claims_and_shows_what_meets_until_there_is_one(
    tmp_path: Path, *, claimed: bool
) -> None:
    # a link between two codes names no interview, a note of ours on a passage does
    note = '<NoteRef targetGUID="00000000-0000-0000-0000-0000000000bb"/>' if claimed else ""
    content = QDE.replace("NOTES", CLAIM if claimed else "").replace("NOTE<", note + "<")
    made = started(tmp_path, "p.qde", content, "stadt")
    assert made.exit_code == 0, made.output
    study = build(tmp_path / "study")
    assert "stated" in study.comparisons
    assert bool(study.claims) is claimed


CLAIMS = (
    "Dokument;Fall;Ursache;Wirkung;Vorzeichen;Zitat\n"
    "i1;A;Personalmangel;Fortschritt;-;Ohne Leute geht nichts.\n"
    "i2;B;Eigenmittel;Fortschritt;+;Mit Geld ging es.\n"
)


def test_a_table_of_claims_becomes_a_project_by_its_column_of_cases(tmp_path: Path) -> None:
    made = started(tmp_path, "claims.csv", CLAIMS, "Fall")
    assert made.exit_code == 0, made.output
    assert made.output.splitlines()[:2] == ["A: 1 document", "B: 1 document"]
    study = build(tmp_path / "study")
    assert {case: network.n_documents for case, network in study.networks.items()} == {"A": 1, "B": 1}
    assert study.networks["B"].interactions["eigenmittel", "fortschritt"].sign == "+"


def test_every_column_of_a_list_of_documents_is_an_attribute(tmp_path: Path) -> None:
    sheets = {
        "documents": "Dokument,Größe,Rolle\ni1,mittel,Verwaltung\ni2,klein,Politik",
        "claims": "Dokument,Ursache,Wirkung,Zitat\ni1,x,y,q\ni2,y,x,q",
    }
    with xlsxwriter.Workbook(tmp_path / "all.xlsx") as book:
        for name, text in sheets.items():
            sheet = book.add_worksheet(name)
            for i, line in enumerate(text.splitlines()):
                sheet.write_row(i, 0, line.split(","))
    for case_by, cases in (("größe", {"klein", "mittel"}), ("Rolle", {"Politik", "Verwaltung"})):
        folder = tmp_path / case_by
        words = ["init", str(folder), "--from", str(tmp_path / "all.xlsx"), "--case-by", case_by]
        made = CliRunner().invoke(main, words)
        assert made.exit_code == 0, made.output
        study = build(folder)
        assert {c.case_id for c in study.cases} == cases
        assert not [w.rule for w in study.warnings if w.rule == "column-not-used"]


def test_an_unknown_attribute_is_told_with_those_that_exist(tmp_path: Path) -> None:
    made = started(tmp_path, "claims.csv", CLAIMS, "Ort")
    assert made.exit_code == 3
    assert "unknown-attribute: no attribute is called 'Ort'\n    there are: Fall\n" in made.output


def test_a_codebook_made_by_init_has_one_warning_for_what_no_code_has(tmp_path: Path) -> None:
    started(tmp_path, "claims.csv", CLAIMS, "Fall")
    (warning,) = build(tmp_path / "study").warnings
    assert warning.text() == (
        "codebooks/study.yaml:4:1: codebook-without-definitions: none of the 3 codes has:"
        " definition, anchor example (anchor_example), coding rule (code_when)\n"
        "    a second coder and a reviewer will ask for it"
    )


def test_long_attributes_that_fit_stand_on_a_line_each_and_not_too_many(tmp_path: Path) -> None:
    questions = [f"Frage {n}: Wie zufrieden sind Sie damit?" for n in range(1, 21)]
    variables = "".join(
        f'<Variable guid="00000000-0000-0000-0000-0000000001{n:02}" name="{q}" typeOfVariable="Text"/>'
        for n, q in enumerate(questions)
    )
    values = "".join(
        f'<VariableValue><VariableRef targetGUID="00000000-0000-0000-0000-0000000001{n:02}"/>'
        "<TextValue>x</TextValue></VariableValue>"
        for n in range(len(questions))
    )
    content = (
        QDE.replace("NOTES", "").replace("NOTE<", "<").replace("</Variables>", variables + "</Variables>")
    )
    made = started(tmp_path, "p.qde", content.replace("<SourceRef", values + "<SourceRef"), "frage")
    lines = made.output.splitlines()
    assert lines[0] == "p.qde: ambiguous-attribute: 'frage' fits several attributes:"
    assert [line.strip() for line in lines[1:]] == [*sorted(questions)[:8], "and 12 more"]


QDC = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
<Code guid="{A}" name="Ressourcen" isCodable="false">
<Code guid="b" name="Personal: fehlt" isCodable="true"><Description>Stellen bleiben leer.</Description></Code>
</Code>
<Code guid="c" name="Fortschritt" isCodable="true" description="als Attribut"/>
</Codes><Sets/></CodeBook>
"""


def test_the_codes_of_a_codebook_become_a_codebook_of_ours(tmp_path: Path) -> None:
    (tmp_path / "codes.qdc").write_text(QDC, "utf-8")
    words = ["codebook", "new", "Meine Codes", "--from", "codes.qdc", "--folder", "."]
    with pytest.MonkeyPatch.context() as here:
        here.chdir(tmp_path)
        made = CliRunner().invoke(main, words)
        again = CliRunner().invoke(main, words)
    assert made.exit_code == 0, made.output
    assert again.exit_code == 5
    assert "exists-already" in again.output
    problems = Problems()
    book = load_codebook(tmp_path / "meine-codes.yaml", tmp_path, problems)
    assert book
    assert not problems.errors
    assert [(c.id, c.label, c.parent, c.codable, c.definition) for c in book.codes.values()] == [
        ("ressourcen", "Ressourcen", None, False, ""),
        ("personal_fehlt", "Personal: fehlt", "ressourcen", True, "Stellen bleiben leer."),
        ("fortschritt", "Fortschritt", None, True, "als Attribut"),
    ]


def test_a_codebook_alone_is_no_study(tmp_path: Path) -> None:
    made = started(tmp_path, "codes.qdc", QDC, "Stadt")
    assert made.exit_code == 3
    assert made.output.splitlines()[:2] == [
        "codes.qdc: codebook-only: codes without documents, 3 of them: nothing was coded here",
        "    make a codebook of them: qualnet codebook new NAME --from FILE",
    ]
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize("ways", [[], ["--extends", "smart-city", "--from", "codes.qdc"]])
def test_a_new_codebook_has_one_origin(tmp_path: Path, ways: list[str]) -> None:
    (tmp_path / "codes.qdc").write_text(QDC, "utf-8")
    with pytest.MonkeyPatch.context() as here:
        here.chdir(tmp_path)
        made = CliRunner().invoke(main, ["codebook", "new", "x", *ways])
    assert made.exit_code == 2
    assert "entweder --extends oder --from" in made.output


@pytest.mark.samples
def test_codebooks_of_other_programs_become_codebooks_of_ours(samples: Path, tmp_path: Path) -> None:
    files = sorted((samples / "codebooks").glob("*.qdc"))
    assert len(files) == 5
    for file in files:
        path = codebook_from_export(file.stem, file, tmp_path)
        problems = Problems()
        book = load_codebook(path, tmp_path, problems)
        assert book
        assert not problems.errors
        assert len(book.codes) == file.read_text("utf-8-sig").count("<Code ")


def test_an_export_without_attributes_becomes_a_project_of_one_case(tmp_path: Path) -> None:
    (tmp_path / "codings.csv").write_text("Dokument;Code;Zitat\ni1;Personal;Leute fehlen.\n", "utf-8")
    words = ["init", str(tmp_path / "study"), "--from", str(tmp_path / "codings.csv"), "--case", "Köln: Süd"]
    made = CliRunner().invoke(main, words)
    assert made.exit_code == 0, made.output
    assert made.output.splitlines()[0] == "Köln: Süd: 1 Dokument"
    assert [c.case_id for c in build(tmp_path / "study").cases] == ["Köln: Süd"]


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--case", "A/B"], 3, "--case: bad-case-name: 'A/B' kann kein Name eines Falls sein"),
        (
            ["--case", "A", "--case-by", "Stadt"],
            2,
            "genau eines angeben: --case-by, --case-in-name oder --case",
        ),
        ([], 2, "genau eines angeben: --case-by, --case-in-name oder --case"),
        (["--case-by", "Stadt"], 3, "nennen Sie einen Fall für die ganze Datei: init --case NAME"),
    ],
)
def test_the_cases_of_a_new_project_have_one_origin(
    tmp_path: Path, more: list[str], code: int, said: str
) -> None:
    (tmp_path / "codings.csv").write_text("Dokument;Code;Zitat\ni1;Personal;Leute fehlen.\n", "utf-8")
    words = ["init", str(tmp_path / "study"), "--from", str(tmp_path / "codings.csv"), *more]
    made = CliRunner().invoke(main, words)
    assert made.exit_code == code
    assert said in made.output
    assert not (tmp_path / "study").exists()
