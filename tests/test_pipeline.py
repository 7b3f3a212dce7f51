"""The whole way: what stops it, what it gives back, and how it waits."""

from pathlib import Path

import pytest

import qualnet
from qualnet.files import staged
from qualnet.pipeline import build, publish, run
from qualnet.problems import BusyError, InputError
from tests.project_files import CLAIMS, project


def test_a_study_can_be_had_without_writing(tmp_path: Path) -> None:
    built = run(project(tmp_path), write=False)
    assert built.outputs is None
    assert len(built.study.claims) == 7
    assert not (tmp_path / "outputs").exists()


def test_warnings_stop_a_strict_build(tmp_path: Path) -> None:
    folder = project(tmp_path, CLAIMS.replace(";B;", ";Köln;"))
    with pytest.raises(InputError) as caught:
        build(folder, strict=True)
    assert [p.rule for p in caught.value.problems] == ["case-renamed"]
    assert not (tmp_path / "outputs").exists()


def test_a_build_waits_for_another_one_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(tmp_path)
    other = staged(folder / "outputs", folder)
    other.__enter__()
    pauses: list[float] = []
    told: list[BusyError] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            other.__exit__(None, None, None)

    monkeypatch.setattr("qualnet.pipeline.time.sleep", pause)
    with pytest.raises(BusyError):
        run(folder)
    built = run(folder, wait=told.append)
    assert built.outputs == folder / "outputs"
    assert len(pauses) == 3
    assert [error.exit_code for error in told] == [4]


def test_what_may_be_passed_on_is_written_beside_the_outputs(tmp_path: Path) -> None:
    shared = publish(project(tmp_path))
    assert shared == tmp_path / "share"
    assert (shared / "manifest.json").is_file()
    assert not (tmp_path / "outputs").exists()
    assert "Ohne Leute geht nichts voran" not in "".join(
        p.read_text("utf-8") for p in shared.rglob("*") if p.is_file()
    )


def test_the_package_has_the_function_and_nothing_else() -> None:
    assert qualnet.build is build
    with pytest.raises(AttributeError, match="module 'qualnet' has no attribute 'biuld'"):
        qualnet.biuld  # noqa: B018
