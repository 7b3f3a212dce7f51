"""Modules of our pages that need no browser, run by node."""

import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.mark.browser
def test_the_modules_decide_as_counted_by_hand() -> None:
    node = shutil.which("node")
    assert node, "node is not installed; `make test` installs Debian's nodejs"
    tests = sorted(str(p) for p in Path(__file__).parent.parent.rglob("*.test.mjs"))
    done = subprocess.run([node, "--test", *tests], capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout + done.stderr
