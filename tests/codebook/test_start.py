"""A codebook for a new city, made out of the one that it extends."""

import re
from pathlib import Path

import pytest

from qualnet.codebook import load_codebook
from qualnet.codebook.start import start_codebook
from qualnet.problems import InputError, OutputError, Problems, UsageError
from tests.project_files import CODEBOOK


def test_the_new_codebook_is_sound_as_written_and_as_filled_in(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(CODEBOOK, "utf-8")
    path = start_codebook('Köln "Süd"', "base", tmp_path)
    assert path == tmp_path / "koeln-sued.yaml"
    problems = Problems()
    book = load_codebook(path, tmp_path, problems)
    assert not list(problems)
    assert book is not None
    assert book.ancestors == ("base",)
    assert list(book.codes) == ["staff", "money", "progress"]
    # with its examples taken in, each with a code that exists
    text = path.read_text("utf-8").replace("codes: []", "codes:").replace("changes: []", "changes:")
    filled = re.sub(r"^#(  )", r"\1", text, flags=re.MULTILINE)
    one_change = "\n".join(
        line for line in filled.splitlines() if "split:" not in line and "retire:" not in line
    )
    path.write_text(one_change, "utf-8")
    book = load_codebook(path, tmp_path, problems)
    assert not [str(p) for p in problems.errors]
    assert book is not None
    assert book.codes["flood_damage"].parent == "new_name"
    assert book.back == {"new_name": "staff"}


def test_a_codebook_without_codes_can_be_extended(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("format: 1\nid: base\n", "utf-8")
    path = start_codebook("Kamen", "base", tmp_path)
    assert load_codebook(path, tmp_path, Problems()) is not None


def test_a_codebook_that_does_not_exist_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        start_codebook("Kamen", "smart-citty", tmp_path)
    assert "did you mean 'smart-city'?" in str(caught.value)


def test_a_codebook_with_faults_is_not_extended(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("format: 1\nid: base\ncodez: []\n", "utf-8")
    with pytest.raises(InputError) as caught:
        start_codebook("Kamen", "base", tmp_path)
    assert [p.rule for p in caught.value.problems] == ["unknown-field"]
    assert not (tmp_path / "kamen.yaml").exists()


def test_nobody_s_work_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(CODEBOOK, "utf-8")
    (tmp_path / "kamen.yaml").write_text("mine", "utf-8")
    with pytest.raises(OutputError) as caught:
        start_codebook("Kamen", "base", tmp_path)
    assert [p.rule for p in caught.value.problems] == ["exists-already"]
    assert (tmp_path / "kamen.yaml").read_text("utf-8") == "mine"
