"""The staging of outputs: what it takes for its own, what it never touches, and what it says."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet import build, files
from qualnet.cli import main
from qualnet.files import (
    JOURNAL,
    LOCK,
    MANIFEST,
    changed_files,
    finish,
    remove_file,
    staged,
    writing,
    written_files,
)
from qualnet.problems import OutputError, Problems
from tests.project_files import project


def write(project: Path, **contents: str) -> Path:
    """Stage files into the project's outputs, with a manifest of them."""
    target = project / "outputs"
    with staged(target, project) as stage:
        for name, text in contents.items():
            stage.write(name.replace("__", "/"), text)
        stage.write(MANIFEST, json.dumps({"files": dict.fromkeys(stage.files(), "")}))
    return target


def names(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def leave_journal(target: Path, **journal: object) -> None:
    stage = target / ".stage-7"
    stage.mkdir(parents=True)
    (stage / "a.txt").write_text("new", "utf-8")
    whole = {"format": 1, "stage": stage.name, "moves": [["a.txt", "a.txt"]], "delete": []}
    (target / JOURNAL).write_text(json.dumps(whole | journal), "utf-8")


def test_an_emptied_folder_of_the_old_set_goes_and_one_with_a_stranger_s_file_stays(tmp_path: Path) -> None:
    target = write(tmp_path, a__one="1", b__one="1")
    (target / "b" / "mine").write_text("mine", "utf-8")
    write(tmp_path, c__one="1")
    assert names(target) == {"b/mine", "c/one", MANIFEST}
    assert not (target / "a").exists()


@pytest.mark.parametrize(
    "name", ["/{}/mine.txt", "../mine.txt", "a/../../mine.txt", "C:\\mine.txt", "a//mine.txt"]
)
def test_a_manifest_that_names_files_elsewhere_makes_nobody_delete_them(tmp_path: Path, name: str) -> None:
    project = tmp_path / "p"
    target = project / "outputs"
    target.mkdir(parents=True)
    (project / "mine.txt").write_text("mine", "utf-8")
    (target / MANIFEST).write_text(json.dumps({"files": {name.format(project): ""}}), "utf-8")
    problems = Problems()
    assert changed_files(target, "outputs", problems) == 0
    assert not list(problems)
    write(project, b="2")
    assert (project / "mine.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": 3}', '{"files": ["a"]}', "\udcff"])
def test_a_broken_manifest_is_none_and_stops_no_build(tmp_path: Path, text: str) -> None:
    target = tmp_path / "outputs"
    target.mkdir()
    (target / MANIFEST).write_bytes(text.encode("utf-8", "surrogateescape"))
    problems = Problems()
    assert changed_files(target, "outputs", problems) == 0
    (problem,) = problems
    assert (str(problem.place), problem.rule) == ("outputs/manifest.json", "no-manifest")
    write(tmp_path, b="2")
    assert names(target) == {"b", MANIFEST}


@pytest.mark.parametrize(
    "journal",
    [
        {"stage": "../other"},
        {"stage": ".stage-7/../../other"},
        {"stage": 7},
        {"moves": [["../a.txt", "a.txt"]]},
        {"moves": [["a.txt", 7]]},
        {"moves": ["a.txt"]},
        {"delete": ["../mine.txt"]},
        {"delete": 7},
    ],
)
def test_a_journal_that_is_none_of_ours_is_not_followed(tmp_path: Path, journal: dict[str, object]) -> None:
    project = tmp_path / "p"
    target = project / "outputs"
    target.mkdir(parents=True)
    (project / "mine.txt").write_text("mine", "utf-8")
    leave_journal(target, **journal)
    write(project, b="2")
    assert names(target) == {"b", MANIFEST}
    assert names(project) == {"mine.txt", "outputs/b", f"outputs/{MANIFEST}"}


def test_what_is_written_knows_half_a_set_and_no_link(tmp_path: Path) -> None:
    project = tmp_path / "p"
    target = project / "outputs"
    write(project, old="1", same="2")
    leave_journal(target, moves=[["a.txt", "same"], ["a.txt", "../layout.json"]], delete=["old"])
    (project / "layout.json").write_text("new", "utf-8")
    (project / "theirs").write_text("theirs", "utf-8")
    (target / "mine.txt").write_text("mine", "utf-8")
    (target / ".stage-9").symlink_to(project / "theirs")
    found = [p.relative_to(target).as_posix() for p in written_files(target)]
    assert found == [JOURNAL, ".stage-7/a.txt", MANIFEST, "old", "same"]
    remove_file(target / "same")
    remove_file(target / "same")
    assert "same" not in {p.name for p in written_files(target)}


def test_a_journal_never_moves_or_deletes_outside_the_project(tmp_path: Path) -> None:
    project = tmp_path / "p"
    for part in (
        {"moves": [["a.txt", "../../stolen.txt"]]},
        {"moves": [["a.txt", str(tmp_path / "stolen.txt")]]},
    ):
        leave_journal(project / "outputs", **part)
        with pytest.raises(OutputError) as caught:
            write(project, b="2")
        assert [p.rule for p in caught.value.problems] == ["output-outside"]
        assert not (tmp_path / "stolen.txt").exists()
        shutil.rmtree(project)


def test_a_file_beside_the_outputs_moves_with_a_project_that_was_copied_in_between(tmp_path: Path) -> None:
    # killed after the commit point; then the folder gets another name
    project = tmp_path / "p"
    leave_journal(project / "outputs", moves=[["a.txt", "../layout.json"]])
    project.rename(tmp_path / "q")
    write(tmp_path / "q", b="2")
    assert (tmp_path / "q" / "layout.json").read_text("utf-8") == "new"
    assert not project.exists()


def test_a_file_beside_the_outputs_is_part_of_the_set(tmp_path: Path) -> None:
    target = tmp_path / "outputs"
    with staged(target, tmp_path, (tmp_path / "layout.json",)) as stage:
        stage.write("beside/layout.json", b"1")
        stage.write("a.txt", "ä\n")
    assert names(tmp_path) == {"layout.json", "outputs/a.txt"}
    assert (target / "a.txt").read_bytes() == b"\xc3\xa4\n"


@pytest.mark.parametrize("link", ["outputs", "outputs/tables"])
def test_a_link_that_leads_out_of_the_project_is_not_followed(tmp_path: Path, link: str) -> None:
    project, elsewhere = tmp_path / "p", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "old").write_text("mine", "utf-8")
    (project / link).parent.mkdir(parents=True)
    (project / link).symlink_to(elsewhere)
    with pytest.raises(OutputError) as caught:
        write(project, tables__one="1")
    (problem,) = caught.value.problems
    assert (str(problem.place), problem.rule) == (Path(link).name, "output-outside")
    assert names(elsewhere) == {"old"}


def test_outputs_that_are_named_outside_the_project_are_refused(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    with pytest.raises(OutputError), staged(tmp_path / "elsewhere", tmp_path / "p"):
        pass
    assert not (tmp_path / "elsewhere").exists()


def test_old_files_behind_a_link_are_not_deleted(tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "p", tmp_path / "elsewhere"
    target = write(project, tables__old="1")
    shutil.move(target / "tables", elsewhere)
    (target / "tables").symlink_to(elsewhere)
    with pytest.raises(OutputError):
        write(project, b="2")
    assert names(elsewhere) == {"old"}
    assert not (target / "b").exists()


def test_a_lock_whose_owner_removed_it_just_then_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "outputs" / LOCK
    real, taken = files._lock, []  # noqa: SLF001

    def lock(descriptor: int) -> None:
        real(descriptor)
        taken.append(descriptor)
        if len(taken) < 3:
            path.unlink()  # the build before this one ends
            if len(taken) == 2:
                path.touch()  # and the next one begins

    monkeypatch.setattr(files, "_lock", lock)
    target = write(tmp_path, a="1")
    assert len(taken) == 3
    assert names(target) == {"a", MANIFEST}


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "outputs: cannot-write: cannot be written: the disk is full"),
        (OSError(28, "x", "outputs/.stage-3/tables/a.csv"), "outputs/tables/a.csv: cannot-write: cannot be written: the disk is full"),
        (OSError(28, "x", "elsewhere/a.csv"), "outputs: cannot-write: cannot be written: the disk is full"),
        (OSError(28, "x", 3), "outputs: cannot-write: cannot be written: the disk is full"),
        (OSError(18, "x", "outputs/.stage-3/a.csv", None, "outputs/a.csv"), "outputs/a.csv: cannot-write: cannot be written: x"),
        (TimeoutError(), "outputs: cannot-write: cannot be written: TimeoutError"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_called_as_it_will_be_called(error: OSError, said: str) -> None:
    with pytest.raises(OutputError) as caught, writing(Path("outputs")):
        raise error
    assert str(caught.value) == f"{said}; the old outputs are untouched"


def test_a_move_that_fails_after_the_commit_point_is_finished_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = write(tmp_path, a="1", b="1")
    real = Path.replace

    def failing(self: Path, goal: Path) -> Path:
        if goal.name == "b":
            raise PermissionError(13, "Permission denied", str(self), None, str(goal))
        return real(self, goal)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OutputError) as caught:
        write(tmp_path, a="2", b="2")
    assert str(caught.value.problems[0].place) == "outputs/b"
    monkeypatch.undo()
    with pytest.raises(KeyError), staged(target, tmp_path):
        raise KeyError
    assert {p.name: p.read_text("utf-8") for p in target.glob("[ab]")} == {"a": "2", "b": "2"}
    assert names(target) == {"a", "b", MANIFEST}


def test_a_file_that_was_moved_already_stays_when_the_journal_is_read_again(tmp_path: Path) -> None:
    target = tmp_path / "outputs"
    leave_journal(target, moves=[["gone.txt", "there.txt"], ["a.txt", "a.txt"]])
    (target / "there.txt").write_text("new", "utf-8")
    write(tmp_path, b="2")
    assert names(target) == {"a.txt", "b", "there.txt", MANIFEST}


def test_what_is_missing_and_what_has_changed_is_told(tmp_path: Path) -> None:
    target = tmp_path / "outputs"
    target.mkdir()
    (target / "a").write_text("changed", "utf-8")
    (target / MANIFEST).write_text('{"files": {"a": "0", "b": "0"}}', "utf-8")
    problems = Problems()
    assert changed_files(target, "outputs", problems) == 2
    assert [f"{p.place}: {p.rule}" for p in problems] == [
        "outputs/a: output-changed",
        "outputs/b: output-missing",
    ]


def test_what_a_kill_left_half_done_is_finished_by_who_reads_it(tmp_path: Path) -> None:
    target = tmp_path / "outputs"
    finish(target, tmp_path)
    assert not target.exists()
    leave_journal(target)
    (target / "a.txt").write_text("old", "utf-8")
    finish(target, tmp_path)
    assert names(target) == {"a.txt"}
    assert (target / "a.txt").read_text("utf-8") == "new"


@pytest.mark.parametrize("command", ["open", "verify"])
def test_no_command_shows_a_mixture(tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    folder = project(tmp_path)
    build(folder)
    page = folder / "outputs/index.html"
    new = page.read_bytes()
    stage = folder / "outputs/.stage-7"
    stage.mkdir()
    page.rename(stage / "index.html")
    page.write_text("old", "utf-8")
    journal = {"format": 1, "stage": stage.name, "moves": [["index.html", "index.html"]], "delete": []}
    (folder / "outputs" / JOURNAL).write_text(json.dumps(journal), "utf-8")
    assert CliRunner().invoke(main, [command, str(folder)]).exit_code == 0
    assert page.read_bytes() == new
    assert not stage.exists()
