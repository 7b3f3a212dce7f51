"""A run that is broken off at any step is finished by calling the command again."""

import json
import os
import shutil
import signal
import sys
import warnings
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet.cli import main
from qualnet.files import locked
from qualnet.forgetting import carry_out, plan_forgetting
from qualnet.problems import BusyError, InputError, OutputError
from tests.forgetting.canary import CANARY, FORMATS, NAME, OTHERS, study, traces, tree

WHEN = "2026-06-01T08:00:00Z"
WRITES = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.fsync"}


def small(folder: Path) -> Path:
    """Give a project with a file of every kind, and few files."""
    study(folder, FORMATS["transcripts"], [OTHERS[0], CANARY])
    (folder / "own").mkdir()
    shutil.move(folder / "texts" / f"{NAME}.md", folder / "own")
    text = (folder / "qualnet.yaml").read_text("utf-8")
    # a file of its own, which leaves the project file as well
    text = text.replace(
        "  - {path: texts, case: A}\n",
        f"  - {{path: texts, case: A}}\n  - {{path: own/{NAME}.md, case: B}}\n",
    )
    for name in ("codings.csv", "claims.csv"):
        lines = (folder / "texts" / name).read_text("utf-8").splitlines(keepends=True)
        (folder / "texts" / name).write_text("".join(x for x in lines if NAME not in x), "utf-8")
    (folder / "qualnet.yaml").write_text(text, "utf-8")
    for name in ("guide.csv", "consent.csv", "context/asked.csv"):
        assert NAME in (folder / name).read_text("utf-8")
    build(folder)
    shrink(folder / "outputs", {"index.html", "tables/evidence.csv"})
    return folder


def shrink(outputs: Path, kept: set[str]) -> None:
    """Make a set of outputs one of few files: each takes several steps."""
    manifest = json.loads((outputs / "manifest.json").read_text("utf-8"))
    for name in manifest["files"].keys() - kept:
        (outputs / name).unlink()
    manifest["files"] = {name: manifest["files"][name] for name in kept}
    (outputs / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def build(folder: Path) -> None:
    done = CliRunner().invoke(main, ["build", str(folder)], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def forget(folder: Path) -> None:
    carry_out(plan_forgetting(folder, NAME), WHEN)


def killed(folder: Path, k: int) -> bool:
    """Forget in a process that is killed before its k-th step that writes; tell whether it came so far."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # libraries have threads; the child uses none
        child = os.fork()
    if not child:
        steps = 0

        def hook(event: str, args: tuple[object, ...]) -> None:
            nonlocal steps
            if event not in WRITES or (event == "open" and not is_writing(args)):
                return
            if event != "os.fsync" and str(folder) not in str(args[0]) and args[1:] == (-1,):
                return
            steps += 1
            if steps == k:
                os.kill(os.getpid(), signal.SIGKILL)

        plan = plan_forgetting(folder, NAME)
        sys.addaudithook(hook)
        carry_out(plan, WHEN)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def is_writing(args: tuple[object, ...]) -> bool:
    mode, flags = str(args[1] or ""), args[2]
    assert isinstance(flags, int)
    return bool(set(mode) & set("wxa+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = small(tmp_path / "p")
    shutil.copytree(folder, tmp_path / "before")
    return folder


def reset(folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(folder.parent / "before", folder)


def whole(folder: Path) -> dict[str, bytes]:
    """Give all files but the record, which holds a random salt."""
    return {name: data for name, data in tree(folder).items() if name != "overlays/forgotten.csv"}


def test_after_a_kill_at_any_step_the_next_run_finishes(project: Path) -> None:
    forget(project)
    assert traces(project) == []
    done = whole(project)
    seen = []
    for k in range(1, 10_000):
        reset(project)
        if not killed(project, k):
            break
        left = traces(project)
        known = CliRunner().invoke(main, ["check", str(project)]).output
        # what is broken off is never taken for whole: it is as it was, refused, finished or nearly so
        record = (project / "overlays" / "forgotten.csv").exists()
        if record and left:
            assert "forgotten-again" in known or left == ["qualnet.yaml"]
            assert "0 Fehler" not in known
        if not record:
            assert (
                whole(project).keys() - {"overlays/.qualnet.lock"} >= tree(project.parent / "before").keys()
            )
        seen.append((record, bool(left)))
        again = CliRunner().invoke(main, ["forget", NAME, str(project), "--yes"], catch_exceptions=False)
        assert again.exit_code == 0, again.output
        assert traces(project) == [], k
        assert {n: d for n, d in whole(project).items() if ".qualnet" not in n} == done, k
        if k % 10 == 0:
            build(project)
    assert k > 60
    assert set(seen) == {(False, True), (True, True), (True, False)}


def test_a_file_that_cannot_be_written_is_told_and_the_next_run_finishes(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget(project)
    done = whole(project)
    reset(project)
    real = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.name == f"{NAME}.md":
            raise PermissionError(13, "in use", str(path))
        real(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", unlink)
        with pytest.raises(OutputError, match="cannot-write"):
            forget(project)
    forget(project)
    assert whole(project) == done


def test_what_changed_since_the_plan_was_made_is_not_overwritten(project: Path) -> None:
    plan = plan_forgetting(project, NAME)
    with (project / "overlays" / "claims.csv").open("a") as file:
        file.write("x\n")
    before = tree(project)
    with pytest.raises(InputError, match=r"overlays/claims\.csv: cannot-forget: .* it has changed since"):
        carry_out(plan, WHEN)
    (project / "overlays" / "claims.csv").unlink()
    with pytest.raises(InputError, match="changed since"):
        carry_out(plan, WHEN)
    assert tree(project) == {n: d for n, d in before.items() if n != "overlays/claims.csv"}


@pytest.mark.parametrize("folder", ["outputs", "overlays"])
def test_nothing_is_written_while_another_command_writes(project: Path, folder: str) -> None:
    before = tree(project)
    with locked(project / folder), pytest.raises(BusyError):
        forget(project)
    assert tree(project) == before


def test_without_anything_to_do_nothing_is_done(project: Path) -> None:
    forget(project)
    before = tree(project)
    plan = plan_forgetting(project, NAME)
    assert (plan.changes, plan.before) == ((), WHEN)
    carry_out(plan, "2027-01-01T00:00:00Z")
    assert tree(project) == before
