"""Files for other programs: read again by what reads such files, inert, and internal unless asked."""

import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

import qualnet
from qualnet.cli import main
from qualnet.codebook import load_codebook
from qualnet.codebook.exchange import codebook_qdc
from qualnet.codebook.load import shipped_folder
from qualnet.exporting import export, formats
from qualnet.exporting._workbook import workbook
from qualnet.problems import OutputError, Problems, UnknownNameError
from qualnet.readers import find_inputs, read_file
from tests.exporting.refi_schema import faults

PROJECT = """\
format: 1
title: Drei Städte
codebook: smart-city
inputs:
  - path: claims.csv
  - path: i2.txt
    case: Kamen
interactions:
  layers: [stated, paragraph]
"""
QUOTE = "Ohne Leute geht nichts voran."
CLAIMS = (
    "Interview;Stadt;Zitat;Ursache;Wirkung;Vorzeichen;Verneint;Codierer\n"
    f"i1;Soest;{QUOTE};missing_staff;progress;-;nein;AB\n"
    "i1;Soest;=1+1 sagt er;missing_money;missing_staff;+;nein;AB\n"
    "i3;Soest;Geld ist es nicht.;missing_money;missing_staff;+;ja;AB\n"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("Studie")
    codes = next(iter(_codes()))
    text = CLAIMS
    for name, code in zip(("missing_staff", "progress", "missing_money"), _codes(), strict=False):
        text = text.replace(name, code)
    assert codes
    (folder / "claims.csv").write_text(text, "utf-8")
    (folder / "i2.txt").write_text("I: Und?\n\nB: Nichts weiter. 😀\n", "utf-8")
    (folder / "qualnet.yaml").write_text(PROJECT, "utf-8")
    return folder


def _codes() -> list[str]:
    book = load_codebook(shipped_folder() / "smart-city.yaml", shipped_folder(), Problems())
    assert book
    return [c.id for c in book.codes.values() if c.codable][:3]


def table(data: bytes) -> dict[str, list[list[str]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {n: book.get_sheet_by_name(n).to_python() for n in book.sheet_names}  # type: ignore[misc] # cells are text here


def interactions(folder: Path) -> list[tuple[object, ...]]:
    study = qualnet.build(folder, write=False)
    found = study.interactions()
    found["case"] = found["case"].map(study.case_name)
    found = found[found["layer"] == "stated"]
    return sorted(
        tuple(r) for r in found[["case", "cause", "effect", "sign", "n_sources", "n_denied"]].values.tolist()
    )


def test_every_form_is_listed_with_what_it_is(project: Path) -> None:
    for lang in ("de", "en"):
        result = CliRunner().invoke(main, ["--lang", lang, "export", str(project)])
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) == len(formats) == 7


def test_a_project_that_comes_back_from_refi_has_the_same_networks(project: Path, tmp_path: Path) -> None:
    _, (path,) = export(project, "qdpx")
    with zipfile.ZipFile(path) as archive:
        assert not faults(archive.read("project.qde"))
    back = tmp_path / "back"
    back.mkdir()
    shutil.copy(path, back / "x.qdpx")
    text = "format: 1\ntitle: x\ncodebook: smart-city\ninputs:\n  - path: x.qdpx\n"
    (back / "qualnet.yaml").write_text(text, "utf-8")
    found = interactions(back)
    assert found == interactions(project)
    assert len(found) == 2
    # codes that came with a GUID keep it
    _, (again,) = export(back, "qdpx")
    guids = [re.findall('<Code guid="([^"]+)" name="([^"]+)"', _qde(p)) for p in (path, again)]
    assert guids[0] == guids[1]


def _qde(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("project.qde").decode()


def test_claims_as_codes_come_back_when_the_researcher_agrees(project: Path, tmp_path: Path) -> None:
    _, (path,) = export(project, "qdpx", claims="codes")
    shutil.copy(path, tmp_path / "x.qdpx")
    text = "format: 1\ntitle: x\ncodebook: smart-city\nrelation_codes: yes\ninputs:\n  - path: x.qdpx\n"
    (tmp_path / "qualnet.yaml").write_text(text, "utf-8")
    # a code says nothing of denial: the third claim counts there
    drawn = {r[1:4] for r in interactions(project)}
    assert {r[1:4] for r in interactions(tmp_path)} == drawn


def test_a_causal_map_workbook_is_read_by_its_own_reader(project: Path) -> None:
    _, (path,) = export(project, "causal_map")
    problems = Problems()
    (found,) = find_inputs(path, path.name, problems)
    assert found.reader == "causal_map"
    corpus = read_file(found, {}, problems)
    assert not problems.errors
    assert len(corpus.relations) == 3
    assert {s.quote for s in corpus.segments} >= {QUOTE, "=1+1 sagt er"}
    sheets = table(path.read_bytes())
    assert sheets["sources"][1][:2] == ["i1", "Soest"]
    signs = [r[sheets["links"][0].index("sign")] for r in sheets["links"][1:]]
    assert sorted(signs) == ["+", "+", "-"]


def test_workbooks_hold_text_only_and_never_cut_it(project: Path) -> None:
    _, (path,) = export(project, "causal_map")
    with zipfile.ZipFile(path) as archive:
        xml = "".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/"))
    assert "<f>" not in xml
    longest = "x" * 32_767
    assert table(workbook({"a": [["h"], [longest]]}))["a"][1] == [longest]
    with pytest.raises(OutputError, match="'h'"):
        workbook({"a": [["h"], [longest + "x"]]})


def test_the_table_for_discourse_networks_has_who_says_what_and_runs_nothing(project: Path) -> None:
    _, (path,) = export(project, "dna")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [(r["organization"], r["agreement"], r["sign"]) for r in rows] == [
        ("Soest", "1", "-"),
        ("Soest", "1", "+"),
        ("Soest", "0", "+"),
    ]
    assert [r["text"] for r in rows][1] == "'=1+1 sagt er"


def test_codes_for_maxqda_have_their_path_and_meaning(project: Path) -> None:
    study, (path,) = export(project, "maxqda_codebook")
    (rows,) = table(path.read_bytes()).values()
    assert rows[0] == ["Code", "Memo"]
    assert len(rows) == 1 + len(study.codebook.codes)
    deep = [r[0] for r in rows if " > " in r[0]]
    assert all(r.rpartition(" > ")[0] in {x[0] for x in rows} for r in deep)
    assert deep
    _, (qdc,) = export(project, "qdc")
    assert qdc.read_text("utf-8") == codebook_qdc(study.codebook, "de")
    assert qdc.read_text("utf-8").count("<Code ") == len(study.codebook.codes)


def test_networks_for_drawing_have_every_interaction(project: Path) -> None:
    study, files = export(project, "prsm")
    sheets = table(next(f for f in files if "soest" in f.name).read_bytes())
    assert len(sheets["Links"]) == 1 + 2
    assert {r[2] for r in sheets["Links"][1:]} == {"-", "+"}
    _, files = export(project, "graphs")
    assert {f.suffix for f in files} == {".cx2", ".json", ".gexf", ".graphml"}
    kumu = json.loads(next(f for f in files if f.name == "soest.kumu.json").read_text("utf-8"))
    assert len(kumu["connections"]) == 2
    assert study.main is study.comparisons["stated"]


@pytest.mark.parametrize("form", list(formats))
def test_what_is_shared_holds_no_words_of_interviews(project: Path, form: str) -> None:
    _, files = export(project, form, share=True)
    for path in files:
        assert path.parent.name == f"{form}-share"
        data = path.read_bytes()
        if data.startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                data = b"".join(archive.read(n) for n in archive.namelist())
        for words in (QUOTE, "sagt er", "Nichts weiter", 'AB"'):
            assert words.encode() not in data


def test_the_command_says_where_files_are_and_that_they_are_internal(project: Path) -> None:
    result = CliRunner().invoke(main, ["--lang", "en", "export", str(project), "--format", "qdpx"])
    assert result.exit_code == 0
    assert result.stdout == f"Written: {project / 'export' / 'qdpx' / project.name}.qdpx\n"
    assert "--utf16" in result.stderr
    assert "Internal" in result.stderr
    result = CliRunner().invoke(
        main, ["--lang", "en", "export", str(project), "--format", "maxqda-codebook", "--share"]
    )
    assert result.exit_code == 0
    assert not result.stderr


def test_an_unknown_form_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="qdpx"):
        export(tmp_path, "qdp")


def test_an_export_belongs_to_what_an_interview_is_forgotten_from(project: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shutil.copytree(project, own)
    _, (path,) = export(own, "qdpx")
    result = CliRunner().invoke(main, ["forget", "i2", str(own), "--yes"])
    assert result.exit_code == 0, result.output
    assert not path.exists()


def test_a_workbook_that_is_shared_tells_each_interaction_and_no_interview(
    project: Path, tmp_path: Path
) -> None:
    # with two interviews behind it, since one alone is not told
    shutil.copytree(project, tmp_path / "own")
    own = tmp_path / "own" / "claims.csv"
    first, second = own.read_text("utf-8").split("\n")[1:3]
    own.write_text(own.read_text("utf-8") + first.replace("i1", "i4") + "\n", "utf-8")
    assert second
    _, (path,) = export(tmp_path / "own", "causal_map", share=True)
    sheets = table(path.read_bytes())
    assert [r[2:] for r in sheets["links"][1:]] == [["Soest", "-", "2"]]
    assert len(sheets["factors"]) == 1 + 2
    result = CliRunner().invoke(main, ["export", str(project), "--format", "dna", "--share"])
    assert result.exit_code == 2
