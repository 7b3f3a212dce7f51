"""What can be seen from here of copies that no command reaches."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet.cli import main
from qualnet.forgetting import Outside, look_outside
from tests.forgetting.canary import CANARY, FORMATS, NAME, OTHERS, study


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(  # noqa: S603
        ["git", *who, "-C", str(folder), *words],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def commit(folder: Path) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")
    return git(folder, "log", "-1", "--format=%h").strip()


def test_every_commit_that_touched_a_file_is_named_on_other_branches_too(tmp_path: Path) -> None:
    folder = tmp_path / "studies" / "[one] project"
    folder.mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main", ".")
    (folder / "a.txt").write_text("1", "utf-8")
    (folder / "other.txt").write_text("1", "utf-8")
    first = commit(tmp_path)
    git(tmp_path, "switch", "-q", "-c", "side")
    (folder / "a.txt").write_text("2", "utf-8")
    second = commit(tmp_path)
    git(tmp_path, "switch", "-q", "main")
    (folder / "other.txt").write_text("2", "utf-8")
    commit(tmp_path)
    (folder / "new.txt").write_text("1", "utf-8")
    seen = look_outside(folder, [folder / "a.txt", folder / "new.txt", folder / ".qualnet"])
    assert seen.repository == tmp_path.resolve()
    assert seen.tracked is not None
    assert [(name, set(found)) for name, found in seen.tracked] == [
        ("studies/[one] project/a.txt", {first, second})
    ]
    (folder / "a.txt").unlink()
    assert look_outside(folder, [folder / "a.txt"]).tracked == (seen.tracked[0],)


def test_a_repository_without_commits_holds_nothing(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", ".")
    (tmp_path / "a.txt").write_text("1", "utf-8")
    assert look_outside(tmp_path, [tmp_path / "a.txt"]) == Outside(tmp_path.resolve(), ())


@pytest.mark.parametrize("why", ["no git", "slow", "broken"])
def test_a_repository_that_cannot_be_asked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "broken":
        (tmp_path / ".git").write_text("no repository", "utf-8")
    else:
        git(tmp_path, "init", "-q", ".")
    if why == "no git":
        monkeypatch.setenv("PATH", str(tmp_path))
    if why == "slow":
        monkeypatch.setattr("qualnet.forgetting.outside.SECONDS", 0)
    assert look_outside(tmp_path, [tmp_path / "a.txt"]) == Outside(tmp_path.resolve(), None)


@pytest.mark.parametrize(
    ("folder", "cloud"),
    [
        ("OneDrive - Universität/Studie", "OneDrive - Universität"),
        ("sciebo/Studie", "sciebo"),
        ("Box Sync/Studie", "Box Sync"),
        ("Mega-Studie/box of notes", ""),
    ],
)
def test_a_folder_that_a_cloud_copies_is_known_by_its_name(tmp_path: Path, folder: str, cloud: str) -> None:
    place = tmp_path / folder
    place.mkdir(parents=True)
    assert look_outside(place, []) == Outside(cloud=cloud)


def test_the_command_names_the_commits(tmp_path: Path) -> None:
    (tmp_path / "Nextcloud").mkdir()
    folder = study(tmp_path / "Nextcloud" / "p", FORMATS["transcripts"], [OTHERS[0], CANARY])
    git(tmp_path, "init", "-q", ".")
    first = commit(tmp_path)
    done = CliRunner().invoke(main, ["forget", NAME, str(folder), "--dry-run"], catch_exceptions=False)
    assert f"  - Versionsverwaltung: Nextcloud/p/texts/{NAME}.md in {first}\n" in done.output
    assert "  - Cloud-Ordner 'Nextcloud': alte Fassungen und Papierkorb dort löschen\n" in done.output
    (tmp_path / ".git" / "HEAD").unlink()
    done = CliRunner().invoke(main, ["forget", NAME, str(folder), "--dry-run"], catch_exceptions=False)
    assert "git ließ sich nicht befragen" in done.output


def test_only_who_types_the_name_deletes(tmp_path: Path) -> None:
    folder = study(tmp_path / "p", FORMATS["transcripts"], [OTHERS[0], CANARY])
    path = folder / "texts" / f"{NAME}.md"
    for typed in ("ja\n", "\n", ""):
        done = CliRunner().invoke(main, ["forget", NAME, str(folder)], input=typed)
        assert path.exists()
        assert done.exit_code == (0 if typed else 1)
    done = CliRunner().invoke(main, ["forget", NAME, str(folder)], input=f"{NAME}\n", catch_exceptions=False)
    assert not path.exists()
    assert f"'{NAME}' ist gelöscht.\n" in done.output
