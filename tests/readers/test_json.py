"""JSON is read strictly: what Python would accept or lose in silence is told."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualnet.problems import Place, Problems
from qualnet.readers import Source, _json
from qualnet.readers._json import json_text, parse_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=9,
)  # fmt: skip


def parsed(text: str) -> tuple[object, list[str]]:
    problems = Problems()
    found = parse_json(text, Place("f.json"), problems)
    return found, [f"{p.rule}: {p.message()}" for p in problems]


@given(VALUES)
def test_what_json_writes_is_read(value: object) -> None:
    assert parsed(json.dumps(value)) == (value, [])


def nested(levels: int) -> str:
    return "[" * levels + "1" + "]" * levels


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "unreadable: the file cannot be read: 'c' is given twice"),
        ("[NaN]", "unreadable: the file cannot be read: NaN is no number of JSON"),
        ("[-Infinity]", "unreadable: the file cannot be read: -Infinity is no number of JSON"),
        ("[1e999]", "unreadable: the file cannot be read: 1e999 is no number of JSON"),
        ("9" * 5000, "unreadable: the file cannot be read: a number of 5000 digits"),
        ("9" * 1001, "unreadable: the file cannot be read: a number of 1001 digits"),
        ("[" * 100_000, "unsafe-file: refused: more than 64 levels"),
        (nested(65), "unsafe-file: refused: more than 64 levels"),
        ('{"a":' * 65 + "1" + "}" * 65, "unsafe-file: refused: more than 64 levels"),
        ("[" * 65 + "]" * 65, "unsafe-file: refused: more than 64 levels"),
        ("{'a': 1}", "unreadable: the file cannot be read: Expecting property name"),
        ("", "unreadable: the file cannot be read: Expecting value"),
        ("[1] x", "unreadable: the file cannot be read: Extra data"),
    ],
)
def test_what_is_no_sound_json_is_refused(text: str, said: str) -> None:
    found, (problem,) = parsed(text)
    assert found is None
    assert problem.startswith(said)


def test_up_to_the_limits_it_is_read() -> None:
    assert parsed(nested(64))[1] == []
    assert parsed("[" * 64 + "]" * 64)[1] == []
    assert parsed("9" * 1000)[1] == []


def test_a_file_at_the_limit_is_read_and_one_beyond_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f.json"
    path.write_text('["ä"]', "utf-8")
    problems = Problems()
    monkeypatch.setattr(_json, "MAX_BYTES", 6)
    assert json_text(Source(path, "f.json"), problems) == '["ä"]'
    monkeypatch.setattr(_json, "MAX_BYTES", 5)
    assert json_text(Source(path, "f.json"), problems) is None
    assert [p.message() for p in problems] == ["f.json is larger than 64 MiB; nothing of it was used"]
