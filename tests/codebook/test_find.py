"""A codebook is found by its path, its file name, or its id."""

from pathlib import Path

import pytest

from qualnet import build
from qualnet.codebook import find_codebook, load_codebook
from qualnet.problems import Problems
from tests.project_files import CODEBOOK, project

CITY = "format: 1\nid: town\nextends: {name}\ncodes:\n  - {{id: flood, label: Hochwasser}}\n"


@pytest.mark.parametrize("line", ["id: base", 'id: "base"', "id: 'base'  # the common one"])
def test_a_codebook_extends_another_one_by_its_id(tmp_path: Path, line: str) -> None:
    (tmp_path / "codebooks").mkdir()
    (tmp_path / "codebooks" / "our common codes.yaml").write_text(CODEBOOK.replace("id: base", line), "utf-8")
    (tmp_path / "town.yaml").write_text(CITY.format(name="base"), "utf-8")
    problems = Problems()
    book = load_codebook(tmp_path / "town.yaml", tmp_path, problems)
    assert book is not None
    assert book.ancestors == ("base",)
    assert {"staff", "flood"} <= set(book.codes)


def test_the_advice_about_an_input_s_codebook_works_as_written(tmp_path: Path) -> None:
    # the message says: extends: ID; here the file is called otherwise
    folder = project(
        tmp_path, codebook=CODEBOOK.replace("id: base", "id: common"), more="    codebook: town.yaml\n"
    )
    (folder / "town.yaml").write_text(CITY.format(name="common"), "utf-8")
    assert build(folder).networks["A"].n_documents == 3


def test_a_file_name_wins_over_an_id_and_part_of_an_id_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("format: 1\nid: b-long\n", "utf-8")
    (tmp_path / "b.yaml").write_text("format: 1\nid: x\n", "utf-8")
    (tmp_path / "c.yaml").write_text("format: 1\nid: b\n", "utf-8")
    assert find_codebook("b", [tmp_path]) == tmp_path / "b.yaml"
    assert find_codebook("long", [tmp_path]) is None
    assert find_codebook("b-long", [tmp_path]) == tmp_path / "a.yaml"
