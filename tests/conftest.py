"""Where the sample files are, and what is said when they are not there."""

import os
from pathlib import Path

import pytest

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


@pytest.fixture
def samples() -> Path:
    assert SAMPLES
    return Path(SAMPLES)
