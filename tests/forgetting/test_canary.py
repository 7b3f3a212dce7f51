"""After `qualnet forget` nothing of an interview is left, whatever program it came from."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet.cli import main
from tests.forgetting.canary import CANARY, FORMATS, NAME, OTHERS, correct, study, traces, tree

TABLES = ("evidence", "interactions", "factors", "loops", "comparison", "feedback")


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, list(words), catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def write_everything(folder: Path) -> None:
    """Let every command write that writes something of an interview into the project."""
    project = str(folder)
    run("build", project)
    run("publish", project)
    run("claims", "sheet", project, "--coder", "AB")
    run("claims", "page", project, "--coder", "AB")
    run("agreement", "assign", project, "--coder", "CD", "--share", "1")
    run("dossier", "write", project, "--archive")
    run("feedback", "sheet", project, "--min-sources", "1")
    run("mine", project)
    for kind in ("docx", "md", "html"):
        run("report", project, "--format", kind)


def tables(folder: Path) -> dict[str, bytes]:
    found = tree(folder / "outputs" / "tables")
    assert {f"{name}.csv" for name in TABLES} >= found.keys() > {"evidence.csv"}
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_of_the_interview_is_left_and_the_others_are_as_if_it_had_never_been(
    tmp_path: Path, name: str
) -> None:
    folder = study(tmp_path / "p", FORMATS[name], [OTHERS[0], CANARY, OTHERS[1]])
    correct(folder, ["i1", NAME, "i3"])
    write_everything(folder)
    before = traces(folder)
    for part in (
        *("overlays/claims.csv", "overlays/consensus.csv", "overlays/assignments.csv"),
        *("overlays/releases.csv", "guide.csv"),
        *("consent.csv", "context/asked.csv", "outputs/index.html", "outputs/tables/evidence.csv"),
        *("INTERN-Arbeitsliste-ab.xlsx", "INTERN-Stellen-ab.html", "INTERN-Zweitcodierung-cd.xlsx"),
        *("INTERN-Dossier.zip", "INTERN-Ergebnisse.docx", "INTERN-Ergebnisse.md", "INTERN-Ergebnisse.html"),
    ):
        assert part in before
    output = run("forget", NAME, str(folder), "--yes")
    assert traces(folder) == []
    assert "words-left" not in output
    assert not (folder / ".qualnet").exists()
    assert not list(folder.glob("INTERN-Ergebnisse*"))
    run("build", str(folder))
    assert traces(folder) == []
    never = study(tmp_path / "never", FORMATS[name], OTHERS)
    correct(never, ["i1", "i3"])
    # what people said of a city is about the city
    (never / "overlays" / "feedback.csv").write_bytes((folder / "overlays" / "feedback.csv").read_bytes())
    run("build", str(never))
    assert tables(folder) == tables(never)
    for kept in ("claims", "corrections", "consensus", "releases"):
        path = Path("overlays") / f"{kept}.csv"
        assert (folder / path).is_file() == (never / path).is_file()
        assert not (folder / path).is_file() or (folder / path).read_bytes() == (never / path).read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_a_dry_run_changes_nothing(tmp_path: Path, name: str) -> None:
    folder = study(tmp_path / "p", FORMATS[name], [OTHERS[0], CANARY])
    run("build", str(folder))
    before = tree(folder)
    output = run("forget", NAME, str(folder), "--dry-run")
    assert tree(folder) == before
    assert "Zeisig" not in output
    assert output.splitlines()[-1] == "Es wurde nichts geändert."


@pytest.mark.parametrize("name", FORMATS)
def test_the_only_interview_goes_with_its_file(tmp_path: Path, name: str) -> None:
    folder = study(tmp_path / "p", FORMATS[name], [CANARY])
    run("build", str(folder))
    output = run("forget", NAME, str(folder), "--yes")
    assert traces(folder) == []
    assert output.splitlines()[-1] == "Das Projekt hat kein Interview mehr."
