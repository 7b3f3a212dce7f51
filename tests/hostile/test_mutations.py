"""Files of every format with bytes flipped, cut and spliced: read or refused, and never a traceback."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualnet.cli import main
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file
from tests.hostile.seeds import SEEDS, seed

EDITS = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "splice", "insert"]),
        st.floats(0, 1, exclude_max=True),
        st.floats(0, 1, exclude_max=True),
        st.binary(min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=3,
)


Seed = Callable[[str], tuple[Path, bytes]]


@pytest.fixture(scope="module")
def seed_of(tmp_path_factory: pytest.TempPathFactory) -> Seed:
    """Give the seed of a format and its bytes; made once."""
    folder = tmp_path_factory.mktemp("seeds")

    @cache
    def give(name: str) -> tuple[Path, bytes]:
        path = seed(name, folder / name)
        return path, path.read_bytes()

    return give


def mutated(data: bytes, edits: list[tuple[str, float, float, bytes]]) -> bytes:
    """Change bytes at places given as shares of the length."""
    for how, first, second, more in edits:
        a, b = sorted((int(first * len(data)), int(second * len(data))))
        if how == "flip":
            data = (
                data[:a]
                + bytes(x ^ y for x, y in zip(data[a : a + len(more)], more, strict=False))
                + data[a + len(more) :]
            )
        elif how == "cut":
            data = data[:a] + data[min(b, a + 2000) :]
        elif how == "splice":
            data = data[:b] + data[a : a + 200] + data[b:]
        else:
            data = data[:a] + more + data[a:]
    return data


def test_every_reader_has_a_seed(seed_of: Seed) -> None:
    readers = set()
    for name in SEEDS:
        path, _ = seed_of(name)
        problems = Problems()
        found = list(find_inputs(path, path.name, problems))
        assert len(found) == 1, name
        corpus = read_file(found[0], {}, problems)
        assert not [p for p in problems.errors if p.rule != "codebook-only"], (name, list(problems))
        assert corpus.codes or corpus.documents, name
        readers.add(found[0].reader)
    from qualnet.readers import readers as every  # noqa: PLC0415

    assert readers == set(every)


@pytest.mark.parametrize("name", SEEDS)
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(edits=EDITS)
def test_whatever_was_changed_is_read_or_refused(
    seed_of: Seed, name: str, edits: list[tuple[str, float, float, bytes]]
) -> None:
    path, data = seed_of(name)
    path.write_bytes(mutated(data, edits))
    try:
        problems = Problems()
        for found in find_inputs(path, path.name, problems):
            corpus = read_file(found, {}, problems)
            # rows in = rows used + rows refused
            assert all(0 <= issue.kept <= issue.seen for issue in corpus.issues)
        for problem in problems:
            problem.text("de")
    finally:
        path.write_bytes(data)


@pytest.mark.parametrize("name", SEEDS)
@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(edits=EDITS)
def test_the_command_ends_well_and_leaves_all_as_it_was(
    seed_of: Seed,
    name: str,
    edits: list[tuple[str, float, float, bytes]],
    apart: None,  # noqa: ARG001
) -> None:
    path, data = seed_of(name)
    changed = mutated(data, edits)
    path.write_bytes(changed)
    try:
        before = sorted(p.name for p in path.parent.iterdir())
        done = CliRunner().invoke(main, ["import", str(path), "--dry-run"])
        assert done.exit_code in {0, 3}, done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)
        assert (path.read_bytes(), sorted(p.name for p in path.parent.iterdir())) == (changed, before)
    finally:
        path.write_bytes(data)
