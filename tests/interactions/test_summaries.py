"""Every layer and every reader says in both languages what it is."""

import pytest
from click.testing import CliRunner

from qualnet.cli import main
from qualnet.interactions import layers
from qualnet.readers import readers


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("command", ["layers", "readers"])
def test_every_part_is_listed_with_what_it_is(command: str, language: str) -> None:
    parts = layers if command == "layers" else readers
    said = CliRunner().invoke(main, ["--lang", language, command])
    assert said.exit_code == 0
    lines = [line.split(maxsplit=1) for line in said.output.splitlines()]
    assert [line[0] for line in lines] == list(parts)
    other = CliRunner().invoke(main, ["--lang", "en" if language == "de" else "de", command]).output
    assert not {text for _, text in lines} & {line.split(maxsplit=1)[1] for line in other.splitlines()}
