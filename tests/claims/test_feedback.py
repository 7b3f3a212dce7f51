"""A sheet without quotes goes to the people of a city; what comes back counts by itself."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qualnet import build
from qualnet.cli import main
from qualnet.forms.field import read_sheet, write_sheets
from qualnet.pipeline import publish
from qualnet.problems import InputError, OutputError, PrivacyError, UsageError
from tests.claims.project import table
from tests.claims.test_sheet import NOW
from tests.project_files import project

# city A: staff -> progress in i1, i2, i3 (two with -, one with +); a denial of money -> progress.
# city B: progress -> staff and staff -> progress, both in i4 alone.


def run(*call: str) -> Result:
    return CliRunner().invoke(main, list(call))


def fill(path: Path, answers: list[dict[str, str]]) -> Path:
    """Fill in the rows of a sheet from the first one on; an empty answer leaves its row."""
    rows = table(path)
    filled = [row | answer for row, answer in zip(rows, answers, strict=False)]
    out = path.with_suffix(".csv")
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(filled)
    return out


def sheets(folder: Path, least: int = 1) -> Path:
    write_sheets(folder, "de", least=least)
    return folder / "feedback"


def read(path: Path, folder: Path, form: str = "", role: str = "Politik") -> tuple[int, int, int]:
    given = read_sheet(path, folder, form_id=form, date="2026-05-04", role=role, now=NOW)
    return len(given.new), given.n_same, given.n_open


def test_a_sheet_says_every_arrow_as_a_sentence_and_no_words_of_anybody(tmp_path: Path) -> None:
    made = sheets(project(tmp_path))
    page = (made / "a.html").read_text("utf-8")
    assert "Stimmt das für A?" in page
    assert "<td>Je mehr „Personalmangel“, desto weniger „Fortschritt“.</td>" in page
    assert page.count("☐") == 3
    for secret in ("Ohne Leute", "i1", "AB", "Eigenmittel", "<script", "http:"):
        assert secret not in page
    rows = table(made / "b.xlsx")
    assert [r["Aussage"] for r in rows if r["Aussage"]] == [
        "Je mehr „Fortschritt“, desto weniger „Personalmangel“.",
        "Je mehr „Personalmangel“, desto weniger „Fortschritt“.",
    ]
    assert sum(not r["Aussage"] for r in rows) == 10


def test_what_few_interviews_name_is_not_on_the_sheet(tmp_path: Path) -> None:
    folder = project(tmp_path)
    assert [n for _, n in write_sheets(folder, "en")] == [1, 0]
    page = (folder / "feedback/a.html").read_text("utf-8")
    assert "The more “Personalmangel”, the less “Fortschritt”." in page
    assert "It holds what at least 2 of 3 conversations name." in page


def test_a_name_of_the_key_file_stops_the_sheets(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", more="privacy: {names: ../names.csv}\n")
    (tmp_path / "names.csv").write_text("name\nFortschritt\n", "utf-8")
    with pytest.raises(PrivacyError) as caught:
        write_sheets(folder, "de", least=1)
    assert {p.place.file for p in caught.value.problems} == {"a.html", "a.xlsx", "b.html", "b.xlsx"}
    assert not (folder / "feedback").exists()


def test_what_comes_back_is_counted_beside_the_interviews(tmp_path: Path) -> None:
    folder = project(tmp_path)
    made = sheets(folder)
    before = build(folder).interactions()
    new = {
        "Rückmeldung": "fehlt",
        "Ursache": "Eigenmittel",
        "Wirkung": "Fortschritt",
        "Vorzeichen": "gleichsinnig (+)",
    }
    first = fill(made / "a.xlsx", [{"Rückmeldung": "stimmt nicht", "Anmerkung": "bei uns nicht"}, new])
    assert read(first, folder, "R1") == (2, 0, 0)
    assert read(first, folder, "R1") == (0, 2, 0)
    assert read(fill(made / "a.xlsx", [{"Rückmeldung": "stimmt"}, {}]), folder, "R2", "Verwaltung") == (
        1,
        0,
        1,
    )
    # the same form says something else now: its last word counts
    assert read(fill(made / "a.xlsx", [{"Rückmeldung": "weiß nicht"}]), folder, "R1") == (1, 0, 0)
    study = build(folder)
    assert study.interactions().equals(before)
    with (folder / "outputs/tables/feedback.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [{k: v for k, v in r.items() if v not in {"", "0"}} for r in csv.DictReader(file)]
    same = {
        "case": "A",
        "effect": "progress",
        "dates": "2026-05-04",
        "level": "code (base)",
        "synthetic": "false",
    }
    assert rows == [
        same | {"cause": "money", "n_missing": "1", "roles": "Politik"},
        same
        | {
            "cause": "staff",
            "n_sources": "3",
            "n_agree": "1",
            "n_unsure": "1",
            "roles": "Politik; Verwaltung",
        },
    ]
    page = (folder / "outputs/index.html").read_text("utf-8")
    assert '"heard":[[1,0,1],null]' in page
    publish(folder)
    shared = "".join(p.read_text("utf-8") for p in (folder / "share").rglob("*") if p.is_file())
    assert '"heard":[' not in shared
    assert not (folder / "share/tables/feedback.csv").exists()


def test_mistakes_are_told_with_their_cells(tmp_path: Path) -> None:
    folder = project(tmp_path)
    made = sheets(folder)
    wrong = [
        {"Rückmeldung": "vielleicht"},
        {"Rückmeldung": "fehlt", "Ursache": "Personalmangl", "Wirkung": "Fortschritt", "Vorzeichen": "auf"},
        {"Ursache": "Eigenmittel", "Wirkung": "Fortschritt"},
        {"Rückmeldung": "fehlt", "Ursache": "Eigenmittel", "Wirkung": "Fortschritt", "Stadt": "Köln"},
    ]
    with pytest.raises(InputError) as caught:
        read(fill(made / "a.xlsx", wrong), folder)
    assert [(p.place.row, p.place.column, p.rule) for p in caught.value.problems] == [
        (2, "Rückmeldung", "unknown-value"),
        (3, "Ursache", "unknown-code"),
        (3, "Vorzeichen", "unknown-sign"),
        (4, "Rückmeldung", "answer-incomplete"),
        (5, "Stadt", "no-such-case"),
    ]
    assert not (folder / "overlays").exists()
    with pytest.raises(InputError) as other:
        read(folder / "claims.csv", folder)
    assert [p.rule for p in other.value.problems] == ["no-claims-sheet"]


def test_a_damaged_log_is_an_error_with_its_cells(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "overlays").mkdir()
    (folder / "overlays/feedback.csv").write_text(
        "id,when,case,cause,effect,sign,answer\nR1,2026,Köln,staf,progress,up,maybe\nR1,2026,A,staff,progress,-,agree\n",
        "utf-8",
    )
    with pytest.raises(InputError) as caught:
        build(folder)
    assert [(p.place.row, p.place.column, p.rule) for p in caught.value.problems] == [
        (2, "answer", "unknown-value"),
        (2, "case", "no-such-case"),
        (2, "cause", "unknown-code"),
        (2, "sign", "unknown-sign"),
    ]


def test_sheets_are_not_overwritten_and_cities_must_exist(tmp_path: Path) -> None:
    folder = project(tmp_path)
    sheets(folder)
    with pytest.raises(OutputError):
        sheets(folder)
    with pytest.raises(UsageError) as caught:
        write_sheets(folder, "de", case="Köln")
    assert [p.rule for p in caught.value.problems] == ["no-such-case"]


def test_the_commands(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    made = tmp_path / "sheets"
    told = run("feedback", "sheet", str(folder), "--case", "a", "--min-sources", "1", "--folder", str(made))
    assert told.output.splitlines()[0] == f"1 Satz: {made / 'a.html'}, {made / 'a.xlsx'}"
    filled = fill(made / "a.xlsx", [{"Rückmeldung": "stimmt"}])
    assert (
        run("feedback", "read", str(filled), str(folder)).output.splitlines()[0]
        == "1 neu, 0 wie bisher, 0 ohne Antwort"
    )
