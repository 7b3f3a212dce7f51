"""What is planned for each file of a project, and what stops the whole."""

import csv
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from click.testing import CliRunner

from qualnet.cli import main
from qualnet.forgetting import Plan, carry_out, plan_forgetting
from qualnet.overlays import read_forgotten
from qualnet.problems import InputError, Problems, UsageError
from qualnet.readers import readers
from tests.claims.project import fill
from tests.claims.project import table as worklist
from tests.forgetting.canary import (
    CANARY,
    FORMATS,
    NAME,
    OTHERS,
    PHRASE,
    WHEN,
    interview,
    study,
    traces,
    tree,
)
from tests.project_files import CLAIMS, project
from tests.readers.test_taguette import Taguette


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, list(words), catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def forget(folder: Path, name: str = NAME) -> Plan:
    plan = plan_forgetting(folder, name)
    carry_out(plan, WHEN)
    return plan


def said(plan: Plan) -> dict[str, tuple[str, int]]:
    """Give what happens to each file: ``goes`` or ``changes``, and how many rows go."""
    return {c.shown: ("goes" if c.content is None else "changes", c.n_rows) for c in plan.changes}


def left(plan: Plan) -> list[str]:
    return [p.text().partition("\n")[0] for p in plan.left]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return study(tmp_path / "p", FORMATS["tables"], [OTHERS[0], CANARY, OTHERS[1]])


def test_the_plan_says_what_happens_to_which_file(folder: Path) -> None:
    plan = plan_forgetting(folder, NAME)
    # by hand: one row of claims (an imported one and a decided one are two claims), two of codings
    assert said(plan) == {
        "overlays/assignments.csv": ("changes", 1),
        "overlays/claims.csv": ("changes", 1),
        "consent.csv": ("changes", 1),
        "context/asked.csv": ("changes", 1),
        "guide.csv": ("changes", 1),
        "tables/claims.csv": ("changes", 0),
        "tables/codings.csv": ("changes", 0),
    }
    assert (plan.n_claims, plan.n_rows, plan.cases, plan.is_last, plan.before) == (2, 5, (), False, "")
    assert not plan.left
    assert not plan.unsearched


def test_the_record_tells_nobody_the_name_and_who_knows_it_the_date(folder: Path) -> None:
    forget(folder)
    text = (folder / "overlays" / "forgotten.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines())
    assert (row["when"], row["files"], row["rows"], row["claims"]) == (WHEN, "7", "5", "2")
    assert NAME not in text
    records = read_forgotten(folder / "overlays", "overlays", Problems())
    assert (records.when(f" {NAME.upper()}"), records.when("i1")) == (WHEN, "")


def test_records_share_their_salt_so_that_a_build_hashes_each_name_once(folder: Path) -> None:
    forget(folder)
    forget(folder, "i1")
    rows = (folder / "overlays" / "forgotten.csv").read_text("utf-8-sig").splitlines()[1:]
    ids = [row.split(",")[0].split(":") for row in rows]
    assert ids[0][:2] == ids[1][:2]
    assert ids[0][2] != ids[1][2]
    records = read_forgotten(folder / "overlays", "overlays", Problems())
    assert (records.when(NAME), records.when("i1"), records.when("i3")) == (WHEN, WHEN, "")


def test_an_old_export_that_is_copied_in_again_stops_the_build_until_it_is_forgotten_again(
    folder: Path,
) -> None:
    old = (folder / "tables" / "claims.csv").read_bytes()
    forget(folder)
    (folder / "tables" / "claims.csv").write_bytes(old)
    output = run("build", str(folder), code=3)
    assert f"tables/claims.csv, Zeile 3, Spalte Dokument: forgotten-again: das Interview '{NAME}'" in output
    plan = plan_forgetting(folder, NAME)
    assert plan.before == WHEN
    carry_out(plan, "2026-07-01T00:00:00Z")
    assert traces(folder) == []
    assert plan_forgetting(folder, NAME).before == "2026-07-01T00:00:00Z"
    run("build", str(folder))


def test_a_record_that_was_damaged_names_nobody(folder: Path) -> None:
    text = "id,when\nx,2026\nsalt:999999999:00,2026\nsalt:0:00,2026\nsalt:-1:00,2026\n"
    (folder / "overlays" / "forgotten.csv").write_text(text, "utf-8")
    assert read_forgotten(folder / "overlays", "overlays", Problems()).when(NAME) == ""


def test_who_was_already_forgotten_is_told_and_who_never_was_here_is_an_error(folder: Path) -> None:
    forget(folder)
    assert (
        run("forget", NAME, str(folder))
        == f"'{NAME}' wurde am 2026-05-04 gelöscht; hier ist nichts mehr davon.\n"
    )
    with pytest.raises(UsageError, match="no interview here is called 'i33'\n    did you mean 'i3'"):
        plan_forgetting(folder, "i33")
    run("forget", "i33", str(folder), code=2)


def test_what_was_exported_without_it_before_is_forgotten_all_the_same(tmp_path: Path) -> None:
    """The export holds nothing of it any more, decisions and outputs do."""
    folder = study(tmp_path / "p", FORMATS["qdpx"], [OTHERS[0], CANARY])
    run("build", str(folder))
    FORMATS["qdpx"](folder, [OTHERS[0]])
    (folder / "notes.txt").write_text(f"Er sagt: {PHRASE}!", "utf-8")
    plan = forget(folder)
    assert left(plan) == [
        "notes.txt:1: words-left: holds words of the interview; qualnet did not write it and leaves it"
    ]
    (folder / "notes.txt").unlink()
    assert traces(folder) == []


def test_outputs_alone_are_enough_to_know_it(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", CLAIMS.replace("i2", NAME))
    run("build", str(folder))
    project(folder, "".join(x for x in CLAIMS.splitlines(keepends=True) if not x.startswith("i2")))
    (folder / "notes.txt").write_text("Mit wenigen Leuten waren wir schneller, sagt sie.", "utf-8")
    plan = forget(folder)
    assert {c.kind for c in plan.changes} == {"output", "store"}
    assert left(plan)[0].startswith("notes.txt:1: words-left: holds words of the interview")
    assert traces(folder) == []


def test_an_older_set_of_outputs_a_draft_and_half_a_set_go_and_own_files_stay(folder: Path) -> None:
    run("build", str(folder))
    shutil.copytree(folder / "outputs", folder / "old" / "outputs-mai")
    (folder / "outputs" / "mine.txt").write_text("mine", "utf-8")
    (folder / "outputs" / ".stage-12" / "tables").mkdir(parents=True)
    (folder / "outputs" / ".stage-12" / "tables" / "x.csv").write_text(PHRASE, "utf-8")
    (folder / ".stage-7-INTERN-Stellen.html").write_text(PHRASE, "utf-8")
    (folder / "lists" / ".stage-8").mkdir(parents=True)
    (folder / "lists" / ".stage-8" / "y.csv").write_text(PHRASE, "utf-8")
    (folder / "other").mkdir()
    (folder / "other" / "manifest.json").write_text('{"files": {"keep.txt": ""}}', "utf-8")
    (folder / "other" / "keep.txt").write_text("of another program", "utf-8")
    (folder / "manifest.json").write_text("[1", "utf-8")
    plan = forget(folder)
    assert plan.left == ()
    assert traces(folder) == []
    assert sorted(p.relative_to(folder).as_posix() for p in folder.glob("o*/**/*")) == [
        *("other/keep.txt", "other/manifest.json", "outputs/mine.txt", "overlays/assignments.csv"),
        *("overlays/claims.csv", "overlays/feedback.csv", "overlays/forgotten.csv"),
    ]
    assert not (folder / "old").exists()


def test_pages_and_dossiers_go_whatever_they_are_called(folder: Path) -> None:
    run("build", str(folder))
    run("dossier", "write", str(folder))
    run("mine", str(folder))
    run("claims", "page", str(folder), "--coder", "AB")
    (folder / "INTERN-Dossier.zip").rename(folder / "an-die-gutachterin.zip")
    (folder / "meine-stadt.html").rename(folder / "seite.html")
    shutil.copy(folder / "outputs" / "index.html", folder / "vortrag.html")
    (folder / "INTERN-Stellen-ab.html").rename(folder / "s.html")
    with zipfile.ZipFile(folder / "mine.zip", "w") as archive:
        archive.writestr("x.txt", f"... {PHRASE} ...")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 no archive")
    plan = forget(folder)
    names = {c.shown for c in plan.changes if c.kind == "output" and "/" not in c.shown}
    assert names == {"an-die-gutachterin.zip", "seite.html", "vortrag.html", "s.html"}
    # an archive of one's own is only told
    assert left(plan) == [
        "mine.zip: words-left: holds words of the interview; qualnet did not write it and leaves it"
    ]
    assert plan.unsearched == ("broken.zip",)


def test_a_chapter_that_somebody_writes_on_in_is_told_and_stays(folder: Path) -> None:
    for kind in ("docx", "md", "html"):
        run("report", str(folder), "--format", kind)
    names = {p.name for p in folder.glob("INTERN-*")}
    assert {c.shown for c in plan_forgetting(folder, NAME).changes if c.kind == "output"} == names
    for name in ("INTERN-Ergebnisse.md", "INTERN-Ergebnisse.html"):
        path = folder / name
        path.write_text(path.read_text("utf-8").replace("Ergebnisse", "Meine Ergebnisse", 1), "utf-8")
    # what a word processor writes is another archive of the same parts
    with zipfile.ZipFile(folder / "INTERN-Ergebnisse.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(folder / "INTERN-Ergebnisse.docx", "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    plan = plan_forgetting(folder, NAME)
    assert {c.shown for c in plan.changes if c.kind == "output"} == {"INTERN-Ergebnisse-a.svg"}
    assert {p.place.file for p in plan.left} == names - {"INTERN-Ergebnisse-a.svg"}


def test_a_claims_page_of_others_and_an_old_dossier_stay(tmp_path: Path) -> None:
    folder = study(tmp_path / "p", FORMATS["transcripts"], [OTHERS[0]])
    run("dossier", "write", str(folder))
    run("claims", "page", str(folder), "--coder", "AB")
    new = study(tmp_path / "new", FORMATS["transcripts"], [OTHERS[0], CANARY])
    for name in ("INTERN-Dossier.zip", "INTERN-Stellen-ab.html"):
        shutil.copy(folder / name, new)
    plan = plan_forgetting(new, NAME)
    assert not any(c.shown.startswith("INTERN") for c in plan.changes)
    assert plan.left == ()


def test_what_somebody_filled_in_about_other_interviews_stays(folder: Path) -> None:
    run("claims", "sheet", str(folder), "--coder", "CD")
    sheet = folder / "INTERN-Arbeitsliste-cd.xlsx"
    answer = {"Zusammenhang": "kein Zusammenhang", "Notiz": "gelesen"}
    filled = fill(sheet, {"Uns fehlen Leute, weil niemand": [answer]})
    before = worklist(filled)
    plan = forget(folder)
    assert said(plan)[filled.name] == ("changes", 1)
    assert said(plan)[sheet.name] == ("changes", 1)
    assert traces(folder) == []
    assert worklist(filled) == [row for row in before if row["Interview"] != NAME]
    # and can still be read in
    assert run("claims", "read", str(filled), str(folder)).startswith("1 neu")


def test_a_list_of_nothing_else_goes(folder: Path) -> None:
    run("agreement", "assign", str(folder), "--coder", "CD", "--share", "1")
    path = folder / "INTERN-Zweitcodierung-cd.xlsx"
    rows = [r for r in worklist(path) if r["Interview"] == NAME]
    path.unlink()
    with (folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0], delimiter=";")
        out.writeheader()
        out.writerows(rows)
    (folder / "elsewhere.csv").write_text("Nr.;Interview\n1;i1\n", "utf-8")
    plan = forget(folder)
    assert said(plan)["list.csv"] == ("goes", 0)
    assert "elsewhere.csv" not in said(plan)
    assert traces(folder) == []


def test_a_list_that_quotes_it_elsewhere_is_told(folder: Path) -> None:
    run("claims", "sheet", str(folder), "--coder", "AB")
    fill(
        folder / "INTERN-Arbeitsliste-ab.xlsx",
        {"Uns fehlen Leute, weil niemand": [{"Memo": f"wie {PHRASE}"}]},
    )
    plan = plan_forgetting(folder, NAME)
    name = "filled-INTERN-Arbeitsliste-ab.xlsx"
    assert said(plan)[name] == ("changes", 1)
    assert [p.place.file for p in plan.left] == [name]


def test_a_list_of_others_and_an_audit_without_it_stay(tmp_path: Path) -> None:
    folder = study(tmp_path / "p", FORMATS["transcripts"], [OTHERS[0]])
    run("claims", "sheet", str(folder), "--coder", "AB")
    run("dossier", "write", str(folder))
    new = study(tmp_path / "new", FORMATS["transcripts"], [OTHERS[0], CANARY])
    shutil.copy(folder / "INTERN-Arbeitsliste-ab.xlsx", new)
    with zipfile.ZipFile(folder / "INTERN-Dossier.zip") as archive:
        archive.extract("audit.xlsx", new)
    plan = plan_forgetting(new, NAME)
    assert not {"INTERN-Arbeitsliste-ab.xlsx", "audit.xlsx"} & said(plan).keys()


def test_an_audit_sample_that_quotes_it_goes(folder: Path) -> None:
    run("dossier", "write", str(folder))
    with zipfile.ZipFile(folder / "INTERN-Dossier.zip") as archive:
        archive.extract("audit.xlsx", folder)
    plan = forget(folder)
    assert said(plan)["audit.xlsx"] == ("goes", 0)
    assert traces(folder) == []


def test_the_key_file_loses_its_row_and_the_person_is_looked_for(folder: Path) -> None:
    (folder / "names.csv").write_text(f"Name;Interview\nErika Rathaus;{NAME}\nMax Amt;i1\n", "utf-8")
    text = (folder / "qualnet.yaml").read_text("utf-8").replace("privacy: {", "privacy: {names: names.csv, ")
    (folder / "qualnet.yaml").write_text(text, "utf-8")
    (folder / "memo.md").write_text("Danach\nFrau Erika Rathaus angerufen.\n", "utf-8")
    plan = forget(folder)
    assert (folder / "names.csv").read_text("utf-8") == "Name;Interview\nMax Amt;i1\n"
    assert left(plan) == [
        "memo.md:2: words-left: holds the name of the interview; qualnet did not write it and leaves it"
    ]
    run("build", str(folder))


def test_a_key_file_whose_last_row_goes_goes_itself(folder: Path) -> None:
    (folder / "names.csv").write_text(f"Name;Interview\nErika Rathaus;{NAME}\n", "utf-8")
    text = (folder / "qualnet.yaml").read_text("utf-8").replace("privacy: {", "privacy: {names: names.csv, ")
    (folder / "qualnet.yaml").write_text(text, "utf-8")
    plan = forget(folder)
    assert said(plan)["names.csv"] == ("goes", 1)
    run("build", str(folder))


@pytest.mark.parametrize("kind", ["outside", "link", "linked folder"])
def test_a_file_that_is_not_of_the_project_stops_everything(folder: Path, kind: str) -> None:
    away = folder.parent / "away"
    (folder / "tables").rename(away)
    if kind == "outside":
        text = (folder / "qualnet.yaml").read_text("utf-8").replace("path: tables", "path: ../away")
        (folder / "qualnet.yaml").write_text(text, "utf-8")
    elif kind == "linked folder":
        (folder / "tables").symlink_to(away)
    else:
        (folder / "tables").mkdir()
        for file in away.iterdir():
            (folder / "tables" / file.name).symlink_to(file)
    before = tree(folder.parent)
    with pytest.raises(
        InputError, match=r"cannot-forget: .* lies outside the project, or is a link; nothing was"
    ):
        plan_forgetting(folder, NAME)
    assert tree(folder.parent) == before


def test_a_key_file_outside_stops_everything(folder: Path) -> None:
    (folder.parent / "names.csv").write_text(f"Name;Interview\nErika Rathaus;{NAME}\n", "utf-8")
    text = (
        (folder / "qualnet.yaml").read_text("utf-8").replace("privacy: {", "privacy: {names: ../names.csv, ")
    )
    (folder / "qualnet.yaml").write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"\.\./names\.csv: cannot-forget"):
        plan_forgetting(folder, NAME)


def test_links_are_not_followed_and_told(folder: Path) -> None:
    (folder.parent / "far").mkdir()
    (folder.parent / "far" / "x.txt").write_text(PHRASE, "utf-8")
    (folder / "far").symlink_to(folder.parent / "far")
    (folder / "x.txt").symlink_to(folder.parent / "far" / "x.txt")
    (folder / "outputs").symlink_to(folder.parent / "far")
    (folder / "ton.mp3").write_bytes(b"ID3 sound")
    plan = plan_forgetting(folder, NAME)
    assert plan.unsearched == ("far", "outputs", "ton.mp3", "x.txt")


def test_version_control_is_not_searched(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "x").write_text(PHRASE, "utf-8")
    assert plan_forgetting(folder, NAME).left == ()


def test_a_file_too_large_to_be_searched_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "large.txt").write_text("x" * 4000, "utf-8")
    monkeypatch.setattr("qualnet.forgetting.plan.LARGEST", 3999)
    assert plan_forgetting(folder, NAME).unsearched == ("large.txt",)


def test_own_words_that_quote_it_are_told_with_their_lines_and_left(folder: Path) -> None:
    text = (folder / "base.yaml").read_text("utf-8")
    (folder / "base.yaml").write_text(
        text.replace("anchor_example: a", f"anchor_example: {PHRASE}", 1), "utf-8"
    )
    (folder / f"{NAME}.mp3").write_bytes(b"ID3")
    plan = forget(folder)
    assert left(plan) == [
        f"{NAME}.mp3: words-left: holds the name of the interview in its own name; qualnet did not write it and leaves it",
        "base.yaml:4: words-left: holds words of the interview; qualnet did not write it and leaves it",
    ]
    assert traces(folder) == [f"{NAME}.mp3", "base.yaml"]


def test_a_city_without_interviews_leaves_with_its_facts_and_feedback(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", more="cases: cases.csv\n")
    (folder / "cases.csv").write_text("case,attribute,value\nA,label,Astadt\nB,label,Bstadt\n", "utf-8")
    run("build", str(folder))
    head = "id,when,date,role,case,cause,effect,sign,answer,note\n"
    rows = [f"R1,{WHEN},,,{case},staff,progress,,agree,\n" for case in ("A", "B")]
    (folder / "overlays").mkdir()
    (folder / "overlays" / "feedback.csv").write_text(head + "".join(rows), "utf-8")
    plan = forget(folder, "i4")
    assert plan.cases == ("B",)
    assert (folder / "cases.csv").read_text("utf-8") == "case,attribute,value\nA,label,Astadt\n"
    assert (folder / "overlays" / "feedback.csv").read_text("utf-8") == head + rows[0]
    run("build", str(folder))


def test_cases_that_an_attribute_names_are_followed(tmp_path: Path) -> None:
    folder = study(tmp_path / "p", FORMATS["maxqda"], [OTHERS[0], replace(CANARY, role="Schule")])
    text = (folder / "qualnet.yaml").read_text("utf-8")
    (folder / "qualnet.yaml").write_text(text.replace("case: A}", "case_by: Amt}"), "utf-8")
    (folder / "overlays" / "feedback.csv").unlink()
    assert forget(folder).cases == ("Schule",)
    run("build", str(folder))


def test_an_input_of_which_nothing_is_left_leaves_the_project_file(tmp_path: Path) -> None:
    folder = study(tmp_path / "p", FORMATS["transcripts"], [OTHERS[0]])
    FORMATS["qdpx"](folder, [CANARY])
    text = (folder / "qualnet.yaml").read_text("utf-8")
    more = text.replace("case: A}\n", "case: A}\n  # the second city\n  - {path: project.qdpx, case: B}\n")
    (folder / "qualnet.yaml").write_text(more, "utf-8")
    plan = forget(folder)
    assert said(plan) == {"project.qdpx": ("goes", 0), "qualnet.yaml": ("changes", 0)}
    assert plan.cases == ("B",)
    assert (folder / "qualnet.yaml").read_text("utf-8").replace("  # the second city\n", "") == text
    run("build", str(folder))


def test_an_input_that_a_run_removed_before_it_was_broken_off_leaves_the_project_file(tmp_path: Path) -> None:
    folder = study(tmp_path / "p", FORMATS["transcripts"], [OTHERS[0]])
    FORMATS["qdpx"](folder, [CANARY])
    text = (folder / "qualnet.yaml").read_text("utf-8")
    more = text.replace("case: A}\n", "case: A}\n  - {path: project.qdpx, case: B}\n")
    (folder / "qualnet.yaml").write_text(more, "utf-8")
    # a missing file alone is no reason to touch the project file
    (folder / "project.qdpx").rename(folder / "away")
    with pytest.raises(UsageError):
        plan_forgetting(folder, NAME)
    (folder / "away").rename(folder / "project.qdpx")
    forget(folder)
    (folder / "qualnet.yaml").write_text(more, "utf-8")
    assert said(plan_forgetting(folder, NAME)) == {"qualnet.yaml": ("changes", 0)}
    forget(folder)
    assert (folder / "qualnet.yaml").read_text("utf-8") == text
    run("build", str(folder))


def test_an_empty_folder_of_inputs_holds_nothing(folder: Path) -> None:
    text = (folder / "qualnet.yaml").read_text("utf-8")
    (folder / "qualnet.yaml").write_text(
        text.replace("case: A}\n", "case: A}\n  - {path: none, case: B}\n"), "utf-8"
    )
    (folder / "none").mkdir()
    assert "qualnet.yaml" not in said(plan_forgetting(folder, NAME))


def test_what_cannot_be_read_may_hold_it_and_stops_everything(folder: Path) -> None:
    (folder / "tables" / "x.qdpx").write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises(InputError, match=r"x\.qdpx: unreadable"):
        plan_forgetting(folder, NAME)
    (folder / "tables" / "x.qdpx").unlink()
    (folder / "tables" / "x.csv").write_text('Dokument;Code;Zitat\ni1;staff;"open\n', "utf-8")
    with pytest.raises(InputError, match="unclosed-quote"):
        plan_forgetting(folder, NAME)
    (folder / "tables" / "x.csv").unlink()
    (folder / "guide.csv").write_text('Interview;Thema\ni1;"open\n', "utf-8")
    with pytest.raises(InputError, match="unclosed-quote"):
        plan_forgetting(folder, NAME)


def test_a_wrong_sign_elsewhere_does_not_stop_a_withdrawal(folder: Path) -> None:
    path = folder / "tables" / "claims.csv"
    path.write_text(path.read_text("utf-8") + "9;i9;staff;progress;schlecht;Worte.;AB\n", "utf-8")
    forget(folder)
    assert traces(folder) == []
    assert "9;i9;staff;progress;schlecht;Worte.;AB" in path.read_text("utf-8")


def test_a_project_file_that_is_not_sound_is_told(folder: Path) -> None:
    (folder / "qualnet.yaml").write_text("format: 1\n", "utf-8")
    with pytest.raises(InputError, match="missing-field"):
        plan_forgetting(folder, NAME)


def test_two_interviews_of_one_name_are_not_told_apart_and_stop_everything(folder: Path) -> None:
    (folder / "b.csv").write_text(f"Dokument;Code;Zitat\n{NAME};staff;Anderes.\n", "utf-8")
    text = (folder / "qualnet.yaml").read_text("utf-8")
    (folder / "qualnet.yaml").write_text(
        text.replace("case: A}\n", "case: A}\n  - {path: b.csv, case: B}\n"), "utf-8"
    )
    with pytest.raises(InputError, match="two interviews of this name"):
        plan_forgetting(folder, NAME)


def test_a_document_whose_name_another_would_take_over_stops_everything(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    made = Taguette(folder / "study.sqlite3")
    for text in ("<p>Eins und eins ist zwei.</p>", "<p>Drei.</p>"):
        made.document(text, "Gespräch")
    made.tag("Personalmangel")
    made.done()
    text = (
        (folder / "qualnet.yaml")
        .read_text("utf-8")
        .replace("path: claims.csv", "{path: study.sqlite3, case: A}")
    )
    (folder / "qualnet.yaml").write_text(text, "utf-8")
    with pytest.raises(
        InputError, match=r"study\.sqlite3: cannot-forget: .* another interview would get another name"
    ):
        plan_forgetting(folder, "Gespräch")
    assert [c.shown for c in plan_forgetting(folder, "Gespräch (2)").changes] == ["study.sqlite3"]


class Silent:
    """A reader of another package that cannot take anything out."""

    SUMMARY: ClassVar = {"de": "", "en": ""}

    def __init__(self, real: object) -> None:
        self.sniff, self.read = real.sniff, real.read  # type: ignore[attr-defined]


@pytest.mark.parametrize("others", [True, False])
def test_a_reader_that_knows_no_way_may_only_give_up_a_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: bool
) -> None:
    every = [OTHERS[0], CANARY] if others else [CANARY]
    folder = study(tmp_path / "p", FORMATS["qdpx"], every)
    FORMATS["tables"](folder, [OTHERS[1]])
    text = (folder / "qualnet.yaml").read_text("utf-8")
    (folder / "qualnet.yaml").write_text(
        text.replace("case: A}\n", "case: A}\n  - {path: tables, case: B}\n"), "utf-8"
    )
    silent = Silent(readers["refi"])
    monkeypatch.setattr(
        type(readers), "__getitem__", lambda self, name: silent if name == "refi" else real(self, name)
    )
    if others:
        with pytest.raises(InputError, match="its reader does not know how to take out one"):
            plan_forgetting(folder, NAME)
    else:
        assert said(plan_forgetting(folder, NAME))["project.qdpx"] == ("goes", 0)


real = type(readers).__getitem__


def test_a_reader_that_leaves_something_or_changes_others_is_not_believed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = (folder / "tables" / "claims.csv").read_bytes()
    without = b"".join(x for x in claims.splitlines(keepends=True) if NAME.encode() not in x)
    wrong = [
        (claims + b"\n", "would not read the same"),
        (without.replace(b"weil niemand", b"weil jeder"), "would not read the same"),
        (without.replace(b"i3", b"i4"), "another interview would get another name"),
        (without.replace(b";staff;progress;-;", b";staff;progress;quer;", 1), "would not read the same"),
        (b'<?xml version="1.0"?><x/>', "another interview would get another name"),
        (None, "its reader does not know how"),
    ]
    for content, why in wrong:
        monkeypatch.setattr("qualnet.readers.tables.forget", lambda *_, content=content: content)
        with pytest.raises(InputError, match=why):
            plan_forgetting(folder, NAME)


def test_a_forgotten_interview_is_found_by_the_spelling_of_its_name(folder: Path) -> None:
    assert plan_forgetting(folder, f" {NAME.lower()} ").document == NAME


def test_an_archive_below_and_json_are_searched_and_a_short_name_only_where_it_stands_alone(
    tmp_path: Path,
) -> None:
    folder = project(tmp_path / "p")
    (folder / "a.txt").write_text("Das i2c-Protokoll und i2 sind etwas anderes.", "utf-8")
    (folder / "b.json").write_text(json.dumps({"doc": "i2"}), "utf-8")
    (folder / "c.csv").write_text("x;i2;y\n", "utf-8")
    plan = plan_forgetting(folder, "i2")
    assert [p.place.file for p in plan.left] == ["b.json", "c.csv"]
    assert interview("i2", "x").claims


MAPPING = """format: 1
tables:
  - {holds: claims, columns: {document: Wer, case: Ort, cause: Grund, effect: Folge, quote: Satz, sign: Art}}
"""


@pytest.mark.parametrize("shared", [False, True])
def test_a_mapping_stays_as_long_as_a_table_needs_it(tmp_path: Path, shared: bool) -> None:
    table = "Wer;Ort;Grund;Folge;Art;Satz\n{};A;staff;progress;-;Ohne Leute geht nichts.\n"
    folder = project(tmp_path / "p", table.format("i1") + table.format("i2").splitlines(keepends=True)[1])
    (folder / "other.csv").write_text(table.format("i3"), "utf-8")
    file = folder / "qualnet.yaml"
    inputs = "".join(
        f"  - {{path: {name}{', options: {mapping: ours.yaml}' * shared}}}\n"
        for name in ("claims.csv", "other.csv")
    )
    file.write_text(file.read_text("utf-8").replace("  - path: claims.csv\n", inputs), "utf-8")
    for name in ["ours.yaml"] if shared else ["claims.csv.map.yaml", "other.csv.map.yaml"]:
        (folder / name).write_text(MAPPING, "utf-8")
    run("check", str(folder))
    assert said(forget(folder, "i2"))["claims.csv"] == ("changes", 0)
    assert "i2" not in (folder / "claims.csv").read_text("utf-8")
    gone = said(forget(folder, "i3"))
    gone.pop(".qualnet", None)
    assert {name for name, (what, _) in gone.items() if what == "goes"} == (
        {"other.csv"} if shared else {"other.csv", "other.csv.map.yaml"}
    )
