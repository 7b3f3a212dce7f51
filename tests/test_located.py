"""YAML files: every fault with its line, and nothing that makes a small file large."""

from pathlib import Path

import pytest

from qualnet.located import Located, load_yaml, shaped
from qualnet.problems import Place, Problems
from qualnet.project import Input, Project


def read(path: Path, text: str | bytes) -> tuple[Located | None, list[str]]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    problems = Problems()
    located = load_yaml(path, "x.yaml", problems)
    return located, [f"{p.place}: {p.rule}: {p.message()}" for p in problems]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  \n", "x.yaml: empty-file: the file is empty"),
        (b"a: \x81\n", "x.yaml: unreadable: the file cannot be read: byte 0x81 at line 1"),
        ("a: [1\nb: 2\n", "x.yaml:2:2: yaml: "),
        ("a: b: c\n", "x.yaml:1:5: yaml: "),
        ("a: 1\n---\nb: 2\n", "x.yaml:2:1: yaml: "),
        ("a: \0\n", "x.yaml: yaml: "),
        ("[" * 5000, "x.yaml: yaml: "),
        ("a: &x [1]\nb: *x\n", "x.yaml:1:4: yaml-feature: "),
        ("a: !python/object:os.system x\n", "x.yaml:1:4: yaml-feature: "),
        ("- " * 40 + "x\n", "x.yaml:1:67: yaml-feature: "),
        ("a: 1\nb: 2\na: 3\n", "x.yaml:3:1: duplicate-key: 'a' is given twice here"),
    ],
)  # fmt: skip
def test_what_is_no_plain_yaml_is_refused_with_its_place(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    located, found = read(tmp_path / "x.yaml", text)
    assert located is None
    assert len(found) == 1
    assert found[0].startswith(said)


def test_a_file_of_more_than_four_mebibytes_is_not_parsed(tmp_path: Path) -> None:
    at_limit = b"a: " + b"x" * (4 * 2**20 - 3)
    assert read(tmp_path / "x.yaml", at_limit)[0] is not None
    located, found = read(tmp_path / "x.yaml", at_limit + b"x")
    assert located is None
    assert found == ["x.yaml: too-large: YAML is larger than 4 MiB; nothing of it was used"]


def test_a_file_that_is_missing_or_a_folder_is_told(tmp_path: Path) -> None:
    problems = Problems()
    assert load_yaml(tmp_path / "none.yaml", "none.yaml", problems) is None
    assert load_yaml(tmp_path, "folder.yaml", problems) is None
    assert [(str(p.place), p.rule) for p in problems] == [
        ("folder.yaml", "unreadable"),
        ("none.yaml", "not-found"),
    ]


def test_words_are_read_as_yaml_1_2_reads_them(tmp_path: Path) -> None:
    text = "[no, on, true, False, ~, null, 12, -3, 007, 1e3, 12:30, 0x1F, 'x', 2026-01-01]\n"
    located, found = read(tmp_path / "x.yaml", text)
    assert not found
    assert located is not None
    assert located.data == [
        "no", "on", True, False, None, None, 12, -3, "007", "1e3", "12:30", "0x1F", "x", "2026-01-01",
    ]  # fmt: skip


def test_a_part_without_a_place_has_that_of_what_is_around_it(tmp_path: Path) -> None:
    located, _ = read(tmp_path / "x.yaml", "a:\n  - b: 1\n")
    assert located is not None
    assert str(located.place("a", 0, "b")) == "x.yaml:2:5"
    assert str(located.place("a", 0, "c", "d")) == "x.yaml:2:5"
    assert str(located.place("z")) == "x.yaml:1:1"
    assert Located("y.yaml", {}).place("z") == Place("y.yaml", line=1, position=1)


WHOLE = "format: 1\ntitle: {de: T}\ncodebook: b\ninputs: [{path: a}]\n"


def shapes(path: Path, text: str) -> tuple[Project | None, list[str]]:
    located, found = read(path, text)
    assert located is not None
    assert not found
    problems = Problems()
    project = shaped(located, Project, problems)
    return project, [str(p) for p in problems]


def test_a_sound_file_becomes_what_is_declared(tmp_path: Path) -> None:
    project, found = shapes(tmp_path / "x.yaml", WHOLE)
    assert not found
    assert project == Project(1, {"de": "T"}, "b", (Input("a"),))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format: 1\n", "format: 2\n", "x.yaml:1:1: newer-format: the file has format 2, this qualnet knows up to format 1\n    install a newer qualnet"),
        ("codebook: b\n", "", "x.yaml:1:1: missing-field: 'codebook' is missing"),
        ("inputs: [{path: a}]", "inputs: [{}]", "x.yaml:4:10: missing-field: 'path' is missing"),
        ("inputs: [{path: a}]", "inputs: [{path: a, cased: x}]", "x.yaml:4:20: unknown-field: there is no field 'cased'\n    did you mean 'case'?"),
        ("title: {de: T}", "title: {fr: T}", "x.yaml:2:9: unknown-value: fr: 'fr' is not allowed\n    one of: de, en"),
        ("title: {de: T}", "title: {de: T}\nreport: {language: fr}", "x.yaml:3:10: unknown-value: language: 'fr' is not allowed\n    one of: de, en"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_with_line_and_column(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in WHOLE
    project, found = shapes(tmp_path / "x.yaml", WHOLE.replace(old, new))
    assert project is None
    assert found == [said]


@pytest.mark.parametrize(
    ("text", "rule_and_place"),
    [
        ("- a\n", "x.yaml:1:1: wrong-value"),
        (WHOLE.replace("codebook: b", "codebook: [b]"), "x.yaml:3:1: wrong-value"),
        (WHOLE.replace("title: {de: T}", "title: 3"), "x.yaml:2:1: wrong-value"),
        (WHOLE.replace("inputs: [{path: a}]", "inputs: a"), "x.yaml:4:1: wrong-value"),
        (WHOLE.replace("inputs: [{path: a}]", "inputs: [a]"), "x.yaml:4:10: wrong-value"),
        (WHOLE + "interactions: {window: wide}\n", "x.yaml:5:16: wrong-value"),
        (WHOLE.replace("format: 1", "format: '1'"), "x.yaml:1:1: wrong-value"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_said_at_its_place(tmp_path: Path, text: str, rule_and_place: str) -> None:
    project, found = shapes(tmp_path / "x.yaml", text)
    assert project is None
    assert len(found) == 1
    assert found[0].startswith(rule_and_place)
