"""Where the sample files are, and what is said when they are not there."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualnet.readers._isolation import elsewhere, here

SAMPLES = os.environ.get("QUALNET_SAMPLES")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if SAMPLES:
        return
    away = [item for item in items if item.get_closest_marker("samples")]
    config.hook.pytest_deselected(items=away)
    items[:] = [item for item in items if item not in away]
    config.stash[DESELECTED] = len(away)


DESELECTED = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    n = config.stash.get(DESELECTED, 0)
    if n:
        terminalreporter.write_line(f"{n} tests on sample files deselected: QUALNET_SAMPLES is not set")


@pytest.fixture(scope="session", autouse=True)
def _in_this_process() -> None:
    """Read files where they can be looked at; tests of the other process switch it on."""
    here()


@pytest.fixture
def apart() -> Iterator[None]:
    """Read files in a process of its own, as users do."""
    elsewhere()
    yield
    here()


@pytest.fixture
def samples() -> Path:
    assert SAMPLES
    return Path(SAMPLES)
