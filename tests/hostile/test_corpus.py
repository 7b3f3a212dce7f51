"""Each hostile file by the command that a researcher types: its rule, its place, its exit code, nothing written."""

import json
import resource
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet.cli import main
from tests.hostile.make import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number}-{case.name}")
def test_it_is_read_or_refused_in_one_clear_line(
    case: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    apart: None,  # noqa: ARG001
) -> None:
    monkeypatch.chdir(tmp_path)
    path = case.make(tmp_path)
    before = sorted(p.name for p in tmp_path.rglob("*"))
    done = CliRunner().invoke(
        main, ["--lang", "en", "import", str(path), "--dry-run", "--format", "json"], catch_exceptions=False
    )
    told = json.loads(done.stdout)["problems"]
    assert {p["rule"] for p in told} == set(case.rules), told
    assert done.exit_code == case.code
    assert all(p["place"].startswith(case.place) for p in told), told
    assert sorted(p.name for p in tmp_path.rglob("*")) == before
    # what it took stayed within bounds: the process that asks never holds what was refused
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 3 * 2**20
