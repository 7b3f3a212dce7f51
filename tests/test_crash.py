"""A build that is killed, or finds the disk full, leaves the whole old set or the whole new one.

Each trial is broken off in a process of its own. Python's audit events name every file that is
opened, moved or removed before it happens, so that the k-th step can be the last; `fsync` has no
such event and is wrapped. The trials of a test share a process that has loaded qualnet and
forks, for there are hundreds: every step of the staging is tried with the files of a real
build, and steps all over a whole run of the command line.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from qualnet import build
from qualnet.cli import main
from qualnet.files import staged
from qualnet.prepare import prepare
from qualnet.problems import Problems
from tests.project_files import CLAIMS, project

# an order a line: what to do, how to break it off, inside which folder, at which step
TRIALS = """
import contextlib, io, json, os, resource, signal, sys, traceback
from pathlib import Path
import duckdb, networkx, numpy, pandas, pydantic  # loaded once, before the forks
import qualnet.cli, qualnet.pipeline, qualnet.report, qualnet.study
from qualnet.files import staged

WRITES = {"open", "os.mkdir"}  # a move needs no room
STEPS = WRITES | {"os.rename", "os.remove", "os.rmdir", "os.fsync"}

def break_off(how, inside, k):
    counted = 0
    def hook(event, args):
        nonlocal counted
        if event not in (WRITES if how == "full" else STEPS):
            return
        if event == "open":
            mode, flags = args[1] or "", args[2] or 0
            if not (set(mode) & set("wxa+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
                return
        # a whole folder is removed by descriptors and without its path
        whole = event in {"os.remove", "os.rmdir"} and args[1] != -1 and inside.endswith("outputs")
        if not whole and not str(args[0]).startswith(inside):
            return
        counted += 1
        if counted == k and how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if counted >= k and how == "full":
            raise OSError(28, "No space left on device", str(args[0]))
    sys.addaudithook(hook)
    real = os.fsync
    def fsync(descriptor):
        hook("os.fsync", (inside,))
        real(descriptor)
    os.fsync = fsync
    return lambda: counted

def stage(folder, after):
    folder, after = Path(folder), Path(after)
    with staged(folder / "outputs", folder, (folder / "layout.json",)) as stage:
        for path in sorted(p for p in (after / "outputs").rglob("*") if p.is_file()):
            if path.name != "mine.txt":
                stage.write(path.relative_to(after / "outputs").as_posix(), path.read_bytes())
        for path in after.glob("layout.json"):
            stage.write("beside/layout.json", path.read_bytes())

def call(what, folder, after):
    out = io.StringIO()
    with contextlib.redirect_stderr(out), contextlib.redirect_stdout(out):
        try:
            if what == "stage":
                stage(folder, after)
            else:
                qualnet.cli.main(["--lang", "en", what, folder])
            code = 0
        except SystemExit as end:
            code = end.code or 0
        except Exception as error:
            code = getattr(error, "exit_code", 1)
            traceback.print_exc() if code == 1 else print(error)
    return code, out.getvalue()

def trial(what, folder, after, how, inside, k):
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        if how == "short":
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (k, resource.RLIM_INFINITY))
            steps = lambda: 0
        else:
            steps = break_off(how, inside, k)
        os.write(write, json.dumps([*call(what, folder, after), steps()]).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        text = answer.read()
    _, status = os.waitpid(child, 0)
    return {"killed": os.WIFSIGNALED(status), "answer": json.loads(text) if text else None}

for line in sys.stdin:
    print(json.dumps(trial(**json.loads(line))), flush=True)
"""


class End(NamedTuple):
    """How a trial ended; after a kill there is nothing but that."""

    killed: bool
    code: int = -1
    words: str = ""
    steps: int = 0


class Builder:
    """A process that works on a project as often as it is told, and is broken off at a step."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self.process, self.folder = process, folder

    def start(self, what: str, how: str, k: int, inside: str) -> None:
        order = {"what": what, "how": how, "k": k, "inside": str(self.folder / inside)}
        order |= {"folder": str(self.folder), "after": str(self.folder.parent / "after")}
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def end(self) -> End:
        assert self.process.stdout is not None
        told = json.loads(self.process.stdout.readline())
        return End(told["killed"], *(told["answer"] or ()))

    def __call__(self, what: str, how: str = "whole", k: int = 0, inside: str = "outputs") -> End:
        self.start(what, how, k, inside)
        return self.end()


@contextmanager
def building(folder: Path) -> Iterator[Builder]:
    words = [sys.executable, "-c", TRIALS]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True) as process:  # noqa: S603
        yield Builder(process, folder)


def contents(folder: Path) -> dict[str, bytes]:
    """Give the set of outputs, with the file beside them that belongs to it; helper files are none of it."""
    found = {p.relative_to(folder): p for p in (folder / "outputs").rglob("*") if p.is_file()}
    found |= {p.relative_to(folder): p for p in folder.glob("layout.json")}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in found.items()
        if not any(part.startswith(".") for part in name.parts)
    }


class Two:
    """A project that was built, whose claims then changed, and what either state builds."""

    def __init__(self, folder: Path) -> None:
        self.folder = project(folder / "p")
        build(self.folder)
        (self.folder / "outputs" / "mine.txt").write_text("mine", "utf-8")
        self.old = contents(self.folder)
        self.before = folder / "before"
        shutil.copytree(self.folder, self.before)
        # a case goes, a case comes, a factor is new: files are replaced, added and removed
        self.claims = CLAIMS.replace(";B;", ";C;") + "i6;C;money;staff;-;Geld hilft.;AB;;\n"
        after = folder / "after"
        shutil.copytree(self.folder, after)
        build(project(after, self.claims))
        self.new = contents(after)
        assert self.old.keys() - self.new.keys()
        assert self.new.keys() - self.old.keys()

    def reset(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.before, self.folder)
        project(self.folder, self.claims)

    def recover(self) -> None:
        """Begin a run that finds what the last one left, and ends before it writes."""
        with pytest.raises(KeyError), staged(self.folder / "outputs", self.folder):
            raise KeyError

    def is_whole(self) -> bool:
        names = {p.name for p in (self.folder / "outputs").iterdir()}
        verified = CliRunner().invoke(main, ["verify", str(self.folder)]).exit_code == 0
        return verified and not any(name.startswith(".") for name in names)


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return Two(tmp_path)


def is_old_or_new(two: Two) -> bool:
    """Whether the next run finds the whole old set (False) or the whole new one (True)."""
    committed = (two.folder / "outputs" / ".qualnet.journal").exists()
    left = contents(two.folder)
    two.recover()
    assert two.is_whole()
    found = contents(two.folder)
    assert found in (two.old, two.new)
    assert found == (two.new if committed else left)
    return found == two.new


def test_after_a_kill_at_any_step_the_next_run_finds_the_whole_old_or_the_whole_new_set(two: Two) -> None:
    found = []
    with building(two.folder) as run:
        for k in range(1, 10_000):
            two.reset()
            end = run("stage", "kill", k)
            if not end.killed:
                break
            found.append(is_old_or_new(two))
    assert end.code == 0, end.words
    assert contents(two.folder) == two.new
    # first always the old set, from one step on always the new one
    assert found == sorted(found)
    assert found.count(False) > 2 * len(two.new)  # each file is opened and synced
    assert found.count(True) > len(two.new)  # each file is moved


def test_after_a_kill_of_the_command_line_the_next_build_finds_the_same(two: Two) -> None:
    two.reset()
    found = []
    with building(two.folder) as run:
        steps = run("build").steps
        for k in range(1, steps + 1, steps // 10):
            two.reset()
            assert run("build", "kill", k).killed
            found.append(is_old_or_new(two))
            if k % 2:
                assert run("build").code == 0
                assert contents(two.folder) == two.new
    assert set(found) == {False, True}


def test_a_full_disk_leaves_the_old_set(two: Two) -> None:
    with building(two.folder) as run:
        for k in range(1, 10_000):
            two.reset()
            end = run("stage", "full", k)
            if end.code == 0:
                break
            assert end.code == 5, end.words
            assert contents(two.folder) == two.old, k
            assert two.is_whole(), k
    assert contents(two.folder) == two.new
    assert k > len(two.new)


def test_a_full_disk_is_said_in_one_sentence_that_names_the_file(two: Two) -> None:
    said = "cannot be written: the disk is full; the old outputs are untouched"
    with building(two.folder) as run:
        for k, place in ((1, "outputs/.qualnet.lock"), (2, "outputs"), (5, "outputs/")):
            two.reset()
            end = run("build", "full", k)
            assert end.code == 5, end.words
            (message,) = end.words.splitlines()
            assert message.startswith(place)
            assert message.endswith(f": cannot-write: {said}")
        for size in (0, 100, 1000):  # it fills in the middle of a file
            two.reset()
            end = run("build", "short", size)
            assert end.code == 5, end.words
            assert said in end.words
            assert contents(two.folder) == two.old
            assert two.is_whole()


@pytest.mark.parametrize("how", ["full", "kill"])
def test_keeping_what_was_read_can_be_broken_off_at_any_step_and_the_next_run_reads_the_same(
    two: Two, how: str
) -> None:
    two.reset()
    path = two.folder / "qualnet.yaml"
    whole = prepare(path, Problems())
    assert whole is not None
    with building(two.folder) as run:
        for k in range(1, 1000):
            shutil.rmtree(two.folder / ".qualnet")
            end = run("check", how, k, ".qualnet")
            assert end.killed or end.code == 0, end.words
            again = prepare(path, Problems())
            assert again is not None
            assert again.corpus == whole.corpus
            if not end.killed and end.steps < k:
                break
    assert k > 2


def test_of_builds_at_once_each_writes_a_whole_set_or_is_told_that_another_one_runs(two: Two) -> None:
    two.reset()
    with building(two.folder) as a, building(two.folder) as b, building(two.folder) as c:
        for run in (a, b, c):
            run.start("build", "whole", 0, "outputs")
        ends = [run.end() for run in (a, b, c)]
    assert {end.code for end in ends} <= {0, 4}, ends
    assert 0 in {end.code for end in ends}
    assert contents(two.folder) == two.new
    assert two.is_whole()


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_same_input_gives_the_same_bytes_in_any_folder_and_process(tmp_path: Path, seed: str) -> None:
    here = project(tmp_path / "here" / "a")
    there = project(tmp_path / "there" / "deeper" / "b")
    build(here)
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", "from qualnet.cli import main; main()", "build", str(there)],
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert contents(there) == contents(here)
    assert len(contents(here)) > 10
