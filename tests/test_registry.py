"""Parts are found by name."""

import pytest

from qualnet.interactions import layers
from qualnet.problems import UnknownNameError
from qualnet.registry import Registry


def test_a_name_that_no_part_has_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        layers["overlapp"]
    assert "did you mean 'overlap'?" in str(caught.value)
    assert caught.value.exit_code == 2


def test_the_parts_of_a_room_are_its_modules_without_helpers() -> None:
    own: Registry[object] = Registry("layer", "qualnet.interactions", "")
    assert list(own) == ["matrix", "overlap", "paragraph", "proximity", "stated"]
    assert len(own) == 5
    assert "_model" not in own
    assert own.module("overlap") is own["overlap"]
