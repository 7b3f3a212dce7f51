"""Changing a codebook's file: only the lines that belong to the change are other ones afterwards."""

import difflib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualnet.codebook import Codebook, load_codebook, shipped_folder
from qualnet.codebook.edit import Edited, merge_codes, rename_code, retire_code, split_code
from qualnet.language import Text
from qualnet.located import YamlText
from qualnet.problems import InputError, OutputError, Problems, UsageError

BASE = """# a comment at the top
format: 1
id: base   # the id
codes:

  # people
  - id: staff     # a comment
    label: 'Personal: zu wenig'
    kind: challenge

    aliases:
      - Stellen
      # one more
      - Leute
  - {id: money, label: "Geld", parent: staff, aliases: []}   # in one line

  - id: progress
    label: {de: Fortschritt, en: Progress}
    parent: staff
    opposite_of: staff
    definition: >-
      Es geht
      voran.


hypotheses:
- {cause: staff, effect: progress, sign: "-", support: hypothesis}   # why not
- cause: money
  effect: 'staff'
  sign: +
  support: hypothesis

recommendations:
  - id: r
    label: R
    acts_on: [{factor: staff, sign: +}]
    opens:
      - {cause: staff, effect: progress, sign: "+"}
# the end
"""
TOWN = """format: 1
id: town
extends: base
codes:
  - id: grants
    label: {de: Förderung}
    parent: money
  - id: flood
    label: Hochwasser
    parent: grants
changes:
  - {split: money, into: [grants, flood]}   # ours
"""


def files(folder: Path, base: str = BASE, town: str = TOWN) -> Path:
    (folder / "base.yaml").write_bytes(base.encode())
    (folder / "town.yaml").write_bytes(town.encode())
    return folder


def book(path: Path) -> Codebook:
    problems = Problems()
    found = load_codebook(path, path.parent, problems)
    assert found is not None, [str(p) for p in problems]
    return found


def after(edited: Edited) -> Codebook:
    edited.write()
    assert edited.path.read_bytes() == edited.after.encode()
    return book(edited.path)


def changed(edited: Edited) -> tuple[list[str], list[str]]:
    """Give the lines that went and those that came."""
    lines = edited.diff().splitlines()[2:]
    return [x[1:] for x in lines if x[0] == "-"], [x[1:] for x in lines if x[0] == "+" and x != "+"]


def test_a_renamed_code_is_renamed_wherever_the_file_names_it(tmp_path: Path) -> None:
    edited = rename_code(files(tmp_path) / "base.yaml", "staff", "people")
    gone, new = changed(edited)
    assert gone == [
        "  - id: staff     # a comment",
        '  - {id: money, label: "Geld", parent: staff, aliases: []}   # in one line',
        "    parent: staff",
        "    opposite_of: staff",
        '- {cause: staff, effect: progress, sign: "-", support: hypothesis}   # why not',
        "  effect: 'staff'",
        "    acts_on: [{factor: staff, sign: +}]",
        '      - {cause: staff, effect: progress, sign: "+"}',
    ]
    added = "      - staff"
    assert [x for x in new if x != added] == [x.replace("staff", "people") for x in gone]
    assert added in new
    found = after(edited)
    assert found.names()["staff"] == "people"
    assert found.codes["people"].aliases == ("Stellen", "Leute", "staff")


def test_a_new_label_takes_the_place_of_the_old_one_which_stays_known(tmp_path: Path) -> None:
    path = files(tmp_path) / "base.yaml"
    found = after(rename_code(path, "progress", "success", {"de": "Erfolg"}))
    assert found.codes["success"].label == {"de": "Erfolg", "en": "Progress"}
    assert found.codes["success"].aliases == ("progress", "Fortschritt")
    found = after(rename_code(path, "success", "win", "Sieg"))
    assert found.codes["win"].label == "Sieg"
    assert found.names()["progress"] == "win"
    found = after(rename_code(path, "money", "cash", {"de": "Bares", "en": "Cash"}))
    assert found.codes["cash"].label == {"de": "Bares", "en": "Cash"}
    assert found.codes["cash"].aliases == ("money", "Geld")
    found = after(rename_code(path, "win", "again", "Sieg"))
    assert found.codes["again"].label == "Sieg"


def test_what_is_inherited_is_changed_under_changes(tmp_path: Path) -> None:
    path = files(tmp_path) / "town.yaml"
    edited = rename_code(path, "staff", "people", "Leute hier")
    assert changed(edited) == ([], ["  - {rename: staff, to: people, label: Leute hier}"])
    assert after(edited).back["people"] == "staff"
    edited = retire_code(path, "people", {"de": "nie genannt"})
    assert changed(edited)[1] == ["  - {retire: people, because: {de: nie genannt}}"]
    assert after(edited).retired["people"] == {"de": "nie genannt"}


def test_a_change_names_an_own_code_by_its_new_id(tmp_path: Path) -> None:
    edited = rename_code(files(tmp_path) / "town.yaml", "grants", "funds")
    assert changed(edited)[1] == [
        "  - id: funds",
        "    aliases: [grants]",
        "    parent: funds",
        "  - {split: money, into: [funds, flood]}   # ours",
    ]
    assert after(edited).base_id("funds") == "money"


def test_own_codes_are_merged_in_place(tmp_path: Path) -> None:
    path = files(tmp_path) / "base.yaml"
    edited = merge_codes(path, ["money", "staff"], "staff", {"de": "Mittel", "en": "Means"})
    found = after(edited)
    assert list(found.codes) == ["staff", "progress"]
    assert found.codes["staff"].label == {"de": "Mittel", "en": "Means"}
    assert found.codes["staff"].aliases == ("Stellen", "Leute", "money", "Geld")
    assert [(h.cause, h.effect) for h in found.hypotheses] == [("staff", "progress")]
    assert "# a comment" in edited.after
    assert "# the end" in edited.after


def test_own_codes_become_a_new_one(tmp_path: Path) -> None:
    path = files(tmp_path) / "base.yaml"
    found = after(merge_codes(path, ["money", "progress"], "all", {"de": "Alles"}))
    assert list(found.codes) == ["staff", "all"]
    assert found.codes["all"].label == {"de": "Alles"}
    assert found.codes["all"].aliases == ("money", "Geld", "progress", "Fortschritt")
    assert [(h.cause, h.effect) for h in found.hypotheses] == [("staff", "all"), ("all", "staff")]
    path = files(tmp_path) / "base.yaml"
    found = after(merge_codes(path, ["progress", "money"], "all", {"de": "Alles", "en": "All"}))
    assert found.codes["all"].label == {"de": "Alles", "en": "All"}
    assert "label: {de: Alles, en: All}" in path.read_text("utf-8")
    path = files(tmp_path) / "base.yaml"
    found = after(merge_codes(path, ["progress"], "all"))
    assert found.codes["all"].label == "all"
    assert found.codes["all"].opposite_of == "staff"


def test_a_merge_leaves_what_it_cannot_mean_and_names_of_others(tmp_path: Path) -> None:
    base = BASE.replace("aliases: []", "aliases: [Mittel]").replace('"Geld"', '"Stellen"')
    path = files(tmp_path, base) / "base.yaml"
    found = after(merge_codes(path, ["progress", "money"], "progress"))
    assert found.codes["progress"].aliases == ("money", "Mittel")  # 'Stellen' are the staff's
    assert found.codes["progress"].label == {"de": "Fortschritt", "en": "Progress"}


def test_a_code_merged_into_itself_stays_as_it_is(tmp_path: Path) -> None:
    edited = merge_codes(files(tmp_path) / "base.yaml", ["money"], "money")
    assert edited.diff() == ""


def test_inherited_codes_are_merged_under_changes(tmp_path: Path) -> None:
    path = files(tmp_path) / "town.yaml"
    edited = merge_codes(path, ["staff", "flood", "staff"], "all", "Alles")
    assert changed(edited)[1] == ["  - {merge: [staff, flood], into: all, label: Alles}"]
    assert after(edited).merged == {"staff": "all", "flood": "all"}


def test_an_own_code_becomes_the_heading_of_its_parts(tmp_path: Path) -> None:
    path = files(tmp_path) / "base.yaml"
    edited = split_code(path, "staff", {"posts": "", "people": {"de": "Leute: da", "en": "People"}})
    assert changed(edited) == ([], [
        "    codable: false",
        "  - id: posts",
        "    kind: challenge",
        "    parent: staff",
        "    label: posts",
        "  - id: people",
        "    kind: challenge",
        "    parent: staff",
        "    label:",
        '      de: "Leute: da"',
        "      en: People",
    ])  # fmt: skip
    found = after(edited)
    assert list(found.codes) == ["staff", "posts", "people", "money", "progress"]
    assert not found.codes["staff"].codable
    edited = split_code(path, "money", {"own": "Eigenes", "other": "Fremdes"})
    assert changed(edited)[1] == [
        '  - {id: money, label: "Geld", parent: staff, aliases: [], codable: false}   # in one line',
        "  - {id: own, kind: other, parent: money, label: Eigenes}",
        "  - {id: other, kind: other, parent: money, label: Fremdes}",
    ]
    assert list(after(edited).codes)[3:6] == ["money", "own", "other"]


def test_an_inherited_code_is_split_into_new_codes_and_others(tmp_path: Path) -> None:
    path = files(tmp_path) / "town.yaml"
    edited = split_code(path, "progress", {"flood": "", "speed": "Tempo"})
    assert changed(edited)[1] == [
        "  - id: speed",
        "    kind: other",
        "    parent: staff",
        "    label: Tempo",
        "  - {split: progress, into: [flood, speed]}",
    ]
    found = after(edited)
    assert found.base_id("speed") == "progress"
    edited = split_code(path, "staff", {"flood": "", "speed": ""})
    assert changed(edited)[1] == ["  - {split: staff, into: [flood, speed]}"]


@pytest.mark.parametrize(
    ("empty", "filled"),
    [
        ("", "\nchanges:\n  - retire: staff\n    because: why\n"),
        ("changes: []   # none\n#  - {retire: x}\n",
         "changes:   # none\n  - retire: staff\n    because: why\n#  - {retire: x}\n"),
        ("changes:\n- retire: money\n  because: x\n\n- retire: progress\n  because: y\n# end\n",
         "changes:\n- retire: money\n  because: x\n\n- retire: progress\n  because: y\n\n- retire: staff\n  because: why\n# end\n"),
        ("changes: [{retire: money}, ]\n", "changes: [{retire: money}, {retire: staff, because: why}, ]\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_changes_are_written_as_the_file_is_written(
    tmp_path: Path, empty: str, filled: str, newline: str, bom: str
) -> None:
    head = bom + "format: 1\nid: town\nextends: base\n"
    files(tmp_path, town=(head + empty).replace("\n", newline))
    edited = retire_code(tmp_path / "town.yaml", "staff", "why")
    assert edited.after == (head + filled).replace("\n", newline)
    assert after(edited).retired["staff"] == "why"


def test_a_file_without_a_last_line_end_and_a_file_in_brackets(tmp_path: Path) -> None:
    files(tmp_path, town="format: 1\nid: town\nextends: base")
    edited = retire_code(tmp_path / "town.yaml", "staff", "why")
    assert (
        edited.after == "format: 1\nid: town\nextends: base\n\nchanges:\n  - retire: staff\n    because: why"
    )
    files(tmp_path, town="{format: 1, id: town, extends: base, codes: []}\n")
    edited = split_code(tmp_path / "town.yaml", "staff", {"a": "", "b": "B"})
    assert after(edited).base_id("b") == "staff"
    assert edited.after == (
        "{format: 1, id: town, extends: base, codes: [{id: a, kind: challenge, label: a},"
        " {id: b, kind: challenge, label: B}], changes: [{split: staff, into: [a, b]}]}\n"
    )


def test_windows_text_becomes_utf_8(tmp_path: Path) -> None:
    files(tmp_path)
    (tmp_path / "town.yaml").write_bytes(TOWN.encode("cp1252"))
    edited = rename_code(tmp_path / "town.yaml", "flood", "water")
    assert after(edited).codes["grants"].label == {"de": "Förderung"}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda path: rename_code(path, "stuff", "x"), "town.yaml: unknown-code: rename 'stuff'"),
        (lambda path: rename_code(path, "staff", "flood"), "town.yaml: duplicate-code: code 'flood' exists already\n    first at town.yaml:8:5"),
        (lambda path: rename_code(path, "flood", "staff"), "town.yaml: duplicate-code: code 'staff' exists already\n    first at town.yaml"),
        (lambda path: merge_codes(path, ["staff", "stuff"], "x"), "town.yaml: unknown-code: merge 'stuff'"),
        (lambda path: split_code(path, "stuff", {}), "town.yaml: unknown-code: split 'stuff'"),
        (lambda path: split_code(path, "flood", {"grants": ""}), "town.yaml: duplicate-code: code 'grants'"),
        (lambda path: retire_code(path, "stuff", "x"), "town.yaml: unknown-code: retire 'stuff'"),
    ],
)  # fmt: skip
def test_a_call_that_cannot_be_meant_is_told(
    tmp_path: Path, call: Callable[[Path], Edited], said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        call(files(tmp_path) / "town.yaml")
    assert str(caught.value).startswith(said)


def test_what_would_break_the_codebook_is_told_and_not_written(tmp_path: Path) -> None:
    path = files(tmp_path) / "base.yaml"
    with pytest.raises(InputError) as caught:
        merge_codes(path, ["staff", "progress"], "progress")  # its parent is the other one
    assert {p.rule for p in caught.value.problems} == {"parent-cycle"}
    assert path.read_text("utf-8") == BASE
    with pytest.raises(InputError) as caught:
        rename_code(path, "money", "leute")
    assert [str(p.place) for p in caught.value.problems] == ["base.yaml:7:5"]
    path.write_text("format: 1\ncodez: []\n", "utf-8")
    with pytest.raises(InputError):
        rename_code(path, "money", "cash")


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    edited = rename_code(files(tmp_path) / "base.yaml", "money", "cash")
    shutil.rmtree(tmp_path)
    with pytest.raises(OutputError):
        edited.write()


IDS = list(book(shipped_folder() / "smart-city.yaml").codes)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r") | st.sampled_from("äß:#-'\"[]{},&*!|>%@\n \u2028\x7f\ufeff"),
    min_size=1, max_size=12,
)  # fmt: skip
LABELS: st.SearchStrategy[Text] = TEXTS | st.fixed_dictionaries({"de": TEXTS, "en": TEXTS})


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(code_id=st.sampled_from(IDS), label=LABELS)
def test_only_lines_that_name_a_code_change_in_a_real_codebook(
    tmp_path: Path, code_id: str, label: Text
) -> None:
    path = tmp_path / "smart-city.yaml"
    shutil.copyfile(shipped_folder() / "smart-city.yaml", path)
    was = book(path)
    edited = rename_code(path, code_id, "brand_new", label)
    now = after(edited)
    assert now.codes["brand_new"].label == label
    before, lines = edited.before.split("\n"), edited.after.split("\n")
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, lines, autojunk=False).get_opcodes():
        if tag != "equal":
            assert all(
                code_id in x or "aliases" in x or x.strip().startswith(("label:", "de:", "en:"))
                for x in before[a:b]
            )
            assert all(
                "brand_new" in x or "aliases" in x or x.strip().startswith(("label:", "de:", "en:"))
                for x in lines[c:d]
            )
    same = {x: c for x, c in was.codes.items() if x != code_id and code_id not in {c.parent, c.opposite_of}}
    assert same.items() <= now.codes.items()
    assert replace(now.codes["brand_new"], id=code_id, label="", aliases=()) == replace(
        was.codes[code_id], label="", aliases=()
    )
    assert len(now.hypotheses) == len(was.hypotheses)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=st.sampled_from(["staff", "money", "progress"]), label=LABELS, because=TEXTS)
def test_any_text_comes_back_from_the_file(tmp_path: Path, old: str, label: Text, because: str) -> None:
    path = files(tmp_path) / "base.yaml"
    assert after(rename_code(path, old, "brand_new", label)).codes["brand_new"].label == label
    assert after(retire_code(path, "brand_new", because)).retired["brand_new"] == because
    kept = [line for line in BASE.split("\n") if "#" in line and old not in line]
    assert [line for line in path.read_text("utf-8").split("\n") if line in kept] == kept


@pytest.mark.parametrize("name", ["smart-city", "soest", "ravensburg", "bad-nauheim", "starter"])
def test_a_shipped_codebook_takes_every_change(tmp_path: Path, name: str) -> None:
    for file in shipped_folder().glob("*.yaml"):
        shutil.copyfile(file, tmp_path / file.name)
    path = tmp_path / f"{name}.yaml"
    was = book(path)
    one, two, three, *_ = was.factors()
    ids = [
        rename_code(path, one.id, "renamed"),
        merge_codes(path, [two.id, three.id], "merged", "M"),
        split_code(path, one.id, {"a": "A", "b": "B"}),
        retire_code(path, one.id, "x"),
    ]
    for edited in ids:
        left = [x[1:] for x in edited.diff().splitlines() if x.startswith(("-", "+"))]
        assert not [x for x in left if x.strip().startswith("#")]
        assert after(edited).id == was.id
        path.write_text(edited.before, "utf-8")


@pytest.mark.parametrize(
    ("name", "gone", "left"),
    [
        ("a", [0], "a: [y, z]   # c\nb:\n  - x\n"),
        ("a", [2], "a: [x, y]   # c\nb:\n  - x\n"),
        ("a", [0, 1, 2], "a: []   # c\nb:\n  - x\n"),
        ("b", [0], "a: [x, y, z]   # c\nb: []\n"),
        ("b", [], "a: [x, y, z]   # c\nb:\n  - x\n"),
    ],
)
def test_items_of_a_list_are_taken_out(name: str, gone: list[int], left: str) -> None:
    text = YamlText("a: [x, y, z]   # c\nb:\n  - x\n")
    text.remove((name,), gone)
    assert text.after() == left
