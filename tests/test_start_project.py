"""What a project made out of one export holds, and what stops it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet import build
from qualnet.cli import main
from qualnet.problems import InputError, OutputError
from qualnet.start import start_project

HEAD = "Dokument;Stadt;Code;Zitat;Codierer\n"
QDE = (
    '<Project name="x"><Users><User guid="u1" name="AB"/><User guid="u2" name="CD"/></Users>'
    '<CodeBook><Codes><Code guid="h" name="Mittel &quot;x&quot;" isCodable="false"><Code guid="1" name="Sonstiges">'
    '<Description>Was: es #heißt</Description></Code></Code><Code guid="2" name="Sonstiges"/></Codes></CodeBook>'
    '<Variables><Variable guid="v" name="Stadt des Interviews"/></Variables><Sources>'
    + "".join(
        f'<TextSource guid="t{n}" name="i{n}"><PlainTextContent>Worte.</PlainTextContent>'
        '<VariableValue><VariableRef targetGUID="v"/></VariableValue>'
        f'<PlainTextSelection guid="s{n}" startPosition="0" endPosition="5">'
        f'<Coding guid="a{n}" creatingUser="u{n}"><CodeRef targetGUID="1"/></Coding>'
        f'<Coding guid="b{n}" creatingUser="u{n}"><CodeRef targetGUID="2"/></Coding></PlainTextSelection></TextSource>'
        for n in (1, 2)
    )
    + "</Sources><Cases>"
    + "".join(
        f'<Case guid="c{n}" name="x"><VariableValue><VariableRef targetGUID="v"/><TextValue>{town}</TextValue>'
        f'</VariableValue><SourceRef targetGUID="t{n}"/></Case>'
        for n, town in ((1, "Soest"), (2, "Kamen"))
    )
    + "</Cases></Project>"
)


def test_a_project_of_codings_compares_co_occurrences_of_its_cases(tmp_path: Path) -> None:
    (tmp_path / "x.qde").write_text(QDE, "utf-8")
    folder = tmp_path / "My Study"
    corpus = start_project(folder, tmp_path / "x.qde", case_by="stadt")
    assert [c.case_id for c in corpus.cases] == ["Kamen", "Soest"]
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} == {
        "qualnet.yaml", "codebooks/my-study.yaml", "interviews/x.qde", ".gitignore",
    }  # fmt: skip
    study = build(folder)
    assert list(study.comparisons) == ["stated", "overlap", "paragraph"]
    codes = {c.id: c for c in study.codebook.codes.values()}
    # codes of one name are told apart by their parents, and a heading is no factor
    assert {(c.label, c.parent, c.codable) for c in codes.values()} == {
        ('Mittel "x"', None, False),
        ('Mittel "x" > Sonstiges', "mittel_x", True),
        ("Sonstiges", None, True),
    }
    assert [c.definition for c in codes.values() if c.definition] == ["Was: es #heißt"]
    for network in study.comparisons["overlap"].networks.values():
        assert [item.n_sources for item in network.drawn.values()] == [1]


def test_an_export_without_cases_is_told_and_makes_no_folder(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(HEAD + "i1;;staff;q;AB\n", "utf-8")
    with pytest.raises(InputError) as caught:
        start_project(tmp_path / "study", tmp_path / "x.csv", case_by="planet")
    assert [p.rule for p in caught.value.problems] == ["no-attributes"]
    assert not (tmp_path / "study").exists()


def test_an_export_that_cannot_be_read_is_told_and_makes_no_folder(tmp_path: Path) -> None:
    (tmp_path / "x.qdpx").write_bytes(b"\x89PNG\r\n")
    with pytest.raises(InputError) as caught:
        start_project(tmp_path / "study", tmp_path / "x.qdpx", case_by="city")
    assert [p.rule for p in caught.value.problems] == ["not-what-its-name-says"]
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize("there", ["file", "full folder"])
def test_what_is_there_already_is_left_alone(tmp_path: Path, there: str) -> None:
    (tmp_path / "x.qde").write_text(QDE, "utf-8")
    study = tmp_path / "study"
    mine = study if there == "file" else study / "mine"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine", "utf-8")
    with pytest.raises(OutputError) as caught:
        start_project(study, tmp_path / "x.qde", case_by="stadt")
    assert [p.rule for p in caught.value.problems] == ["exists-already"]
    assert mine.read_text("utf-8") == "mine"


def test_an_empty_folder_is_taken_and_a_folder_may_be_the_export(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    (tmp_path / "export" / "x.qde").write_text(QDE, "utf-8")
    (tmp_path / "study").mkdir()
    start_project(tmp_path / "study", tmp_path / "export", case_by="stadt")
    assert (tmp_path / "study" / "interviews" / "export" / "x.qde").is_file()
    assert len(build(tmp_path / "study").cases) == 2


@pytest.mark.parametrize(("language", "said"), [("de", "0 Fehler"), ("en", "0 errors")])
def test_a_project_keeps_the_language_in_which_it_was_made(tmp_path: Path, language: str, said: str) -> None:
    (tmp_path / "x.csv").write_text(HEAD + "i1;A;Leute;Es fehlt an Leuten.;AB\n", "utf-8")
    call = [
        "--lang",
        language,
        "init",
        str(tmp_path / "p"),
        "--from",
        str(tmp_path / "x.csv"),
        "--case-by",
        "Stadt",
    ]
    assert CliRunner().invoke(main, call).exit_code == 0
    assert said in CliRunner().invoke(main, ["check", str(tmp_path / "p")]).output
    build(tmp_path / "p")
    assert f'<html lang="{language}"' in (tmp_path / "p" / "outputs" / "index.html").read_text("utf-8")
