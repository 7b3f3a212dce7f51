"""One archive for who examines the study, and a sample of arrows to audit."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from qualnet import build
from qualnet.cli import main
from qualnet.forms.desk import open_desk
from qualnet.forms.dossier import audit_sample, write_dossier
from qualnet.forms.fix import fix_claim
from qualnet.problems import InputError, OutputError, PrivacyError
from tests.claims.project import table
from tests.claims.test_agreement import BOTH, twice
from tests.claims.test_sheet import NOW
from tests.demonstration import ROOT
from tests.project_files import CLAIMS, project


def run(*call: str) -> Result:
    return CliRunner().invoke(main, list(call))


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def dossier(folder: Path, **more: bool) -> dict[str, bytes]:
    path = folder / "d.zip"
    path.unlink(missing_ok=True)
    write_dossier(folder, "de", output=path, **more)
    return members(path)


def test_the_archive_holds_what_an_examiner_asks_for(tmp_path: Path) -> None:
    folder = project(tmp_path)
    claim = open_desk(folder).claims[0]
    fix_claim(open_desk(folder), claim.claim_id, {"memo": "gelesen"}, who="AB", why="zweites Lesen", now=NOW)
    found = dossier(folder)
    assert {name.split("/")[0] for name in found} == {
        *("README.txt", "audit.xlsx", "codebook", "comparability.csv", "decisions", "manifest.json"),
        *("negative.csv", "public", "tables"),
    }
    text = found["README.txt"].decode()
    assert text.startswith("INTERN")
    assert "audit.xlsx        3 Pfeile zum Nachprüfen" in text
    # every file that the list names is there, but what there is only with two coders
    named = {line.split(" ")[0].rstrip("/") for line in text.splitlines() if "  " in line}
    assert named - {name.split("/")[0] for name in found} == {"agreement.csv"}
    assert "zweites Lesen" in found["decisions/corrections.csv"].decode()
    assert "Ohne Leute" not in found["public/index.html"].decode()
    # by hand: in A one of three interviews says +, and one denies that money matters
    assert [
        (r["case"], r["cause"], r["kind"], r["claim_sign"], r["document"])
        for r in rows(found["negative.csv"])
    ] == [
        ("A", "money", "denies", "-", "i3"),
        ("A", "staff", "opposes", "+", "i2"),
    ]
    card = {(r["case"], r["fact"]): r["n"] for r in rows(found["comparability.csv"])}
    assert card == {
        ("A", "interviews"): "3",
        ("A", "other documents"): "0",
        ("A", "role: ?"): "3",
        ("A", "coder: AB"): "3",
        ("B", "interviews"): "1",
        ("B", "other documents"): "0",
        ("B", "role: ?"): "1",
        ("B", "coder: AB"): "1",
    }


def test_the_same_project_gives_the_same_archive_and_none_is_overwritten(tmp_path: Path) -> None:
    folder = project(tmp_path)
    path, _ = write_dossier(folder, "en")
    assert path.name == "INTERN-Dossier.zip"
    first = path.read_bytes()
    with pytest.raises(OutputError):
        write_dossier(folder, "en")
    path.unlink()
    write_dossier(folder, "en")
    assert path.read_bytes() == first


def test_two_coders_are_set_side_by_side(tmp_path: Path) -> None:
    found = rows(dossier(twice(tmp_path))["agreement.csv"])
    assert {(r["difference"], r["n_passages"]) for r in found} == {
        (kind, "1")
        for kind in ("same", "only first", "only second", "direction", "sign", "status", "factors")
    }


def test_who_has_not_said_whose_coding_counts_gets_no_dossier(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_dossier(project(tmp_path, BOTH), "de")
    assert [p.rule for p in caught.value.problems] == ["no-coder-chosen"]
    assert not list(tmp_path.glob("*.zip"))


def test_a_name_of_the_key_file_stops_it(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", more="privacy: {names: ../names.csv}\n")
    (tmp_path / "names.csv").write_text("name\nLeute\n", "utf-8")
    with pytest.raises(PrivacyError):
        write_dossier(folder, "de")
    assert not list(folder.glob("*.zip"))


def test_what_may_not_be_quoted_is_in_no_part_of_the_archive(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for name in ("i1", "i2"):
        (tmp_path / "texts" / f"{name}.txt").write_text(f"B: Geheim-{name} fehlen Leute.\n", "utf-8")
    table_ = "Dokument;Ursache;Wirkung;Vorzeichen;Zitat;Codierer\n" + "".join(
        f"{name};staff;progress;-;Geheim-{name} fehlen Leute.;AB\n" for name in ("i1", "i2")
    )
    project(tmp_path, CLAIMS)
    (tmp_path / "texts" / "claims.csv").write_text(table_, "utf-8")
    (tmp_path / "consent.csv").write_text("document;consent\ni1;quote\ni2;none\n", "utf-8")
    (tmp_path / "qualnet.yaml").write_text(
        "format: 1\ntitle: t\ncodebook: base.yaml\ninputs: [{path: texts, case: A}]\n"
        "privacy: {consent: consent.csv}\n",
        "utf-8",
    )
    desk = open_desk(tmp_path)
    for claim in desk.claims:
        fix_claim(desk, claim.claim_id, {"memo": f"Memo-{claim.document_id}"}, who="AB", why="", now=NOW)
    found = dossier(tmp_path, archive=True)
    every = b"".join(found.values())
    for name, data in found.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as inner:
                every += b"".join(inner.read(n) for n in inner.namelist())
    assert b"Geheim-i1" in every
    assert b"Geheim-i2" not in every
    assert b"Memo-i2" not in every
    assert found["interviews/001.txt"].decode() == "B: Geheim-i1 fehlen Leute.\n"
    assert [
        (r["file"], r["interview"], r["words"], r["consent"])
        for r in rows(found["interviews/interviews.csv"])
    ] == [
        ("001", "i1", "4", "quote"),
        ("002", "i2", "4", "none"),
    ]


def test_the_demonstration_says_that_it_is_invented(tmp_path: Path) -> None:
    path, n = write_dossier(ROOT, "de", output=tmp_path / "d.zip")
    found = members(path)
    assert n == 20
    assert "Erfundene Daten" in found["README.txt"].decode()
    for name in ("negative.csv", "comparability.csv"):
        assert {r["synthetic"] for r in rows(found[name])} == {"true"}
    changes = {r["change"] for r in rows(found["codebook/changes.csv"])}
    assert changes <= {"rename", "split", "merge", "retire"}
    assert len(rows(found["codebook/changes.csv"])) >= 3


def test_a_sample_is_drawn_by_its_seed_and_its_result_is_one_sentence(tmp_path: Path) -> None:
    study = build(ROOT, write=False)
    assert audit_sample(study, 7) == audit_sample(study, 7) != audit_sample(study, 8)
    folder = project(tmp_path)
    audit = tmp_path / "audit.xlsx"
    audit.write_bytes(dossier(folder)["audit.xlsx"])
    listed = table(audit)
    assert [r["Interviews"] for r in listed] == ["3 / 3", "1 / 1", "1 / 1"]
    assert "Mit wenigen Leuten waren wir schneller." in listed[0]["Belege"]
    book = xlsxwriter.Workbook(str(tmp_path / "done.xlsx"))
    sheet = book.add_worksheet()
    for i, header in enumerate(listed[0]):
        sheet.write_string(0, i, header)
        for r, (row, held) in enumerate(zip(listed, ("ja", "nein", ""), strict=True), start=1):
            sheet.write_string(r, i, held if header == "Hält der Pfeil?" else row[header])
    book.close()
    assert run("dossier", "result", str(tmp_path / "done.xlsx")).output == (
        "1 von 2 geprüften Pfeilen hielten stand (1 nicht, 0 unklar, 1 nicht geprüft)\n"
    )
    assert run("dossier", "result", str(folder / "claims.csv")).exit_code == 3
    wrong = tmp_path / "done.csv"
    wrong.write_text("Pfeil;Belege;Hält der Pfeil?\nx;y;vielleicht\n", "utf-8")
    told = run("dossier", "result", str(wrong))
    assert (told.exit_code, "'vielleicht'" in told.output) == (3, True)
    told = run("dossier", "write", str(folder), "-o", str(tmp_path / "x.zip"))
    assert told.output.splitlines()[0] == f"Geschrieben: {tmp_path / 'x.zip'}"


def test_a_codebook_that_comes_with_qualnet_is_printed_and_not_copied(tmp_path: Path) -> None:
    head = CLAIMS.splitlines()[0]
    rows = [f"i{i};A;staff_shortage;implementation_progress;-;Zitat {i}.;AB;;" for i in (1, 2)]
    folder = project(tmp_path, "\n".join([head, *rows, ""]))
    text = (folder / "qualnet.yaml").read_text("utf-8")
    (folder / "qualnet.yaml").write_text(text.replace("codebook: base.yaml", "codebook: smart-city"), "utf-8")
    found = dossier(folder)
    assert {name for name in found if name.startswith("codebook/")} == {
        "codebook/smart-city.html",
        "codebook/changes.csv",
    }
