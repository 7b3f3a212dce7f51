"""The page for other towns holds what may be shared, and nothing else."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet import build
from qualnet.cli import main
from qualnet.forms.mine import town_data, write_town_page
from qualnet.problems import OutputError, PrivacyError
from qualnet.project import Privacy
from qualnet.report.sharing import shareable
from tests.demonstration import ROOT
from tests.project_files import project


def payload(path: Path) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'id="payload">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
    assert found
    data: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return data


def test_only_what_enough_interviews_name_is_in_it(tmp_path: Path) -> None:
    folder = project(tmp_path)
    path = write_town_page(folder, "de")
    data = payload(path)
    # A: three interviews name staff -> progress, one of them with another sign; B has one interview
    assert [f["id"] for f in data["factors"]] == ["staff", "money", "progress"]
    assert data["arrows"] == [{"s": 0, "t": 2, "by": [{"n": 3, "sign": "-"}, None]}]
    assert data["cities"] == [{"name": "A", "n": 3}, {"name": "B", "n": 1}]
    text = path.read_text("utf-8")
    for secret in ("Ohne Leute", "Mit wenigen", "i1", '"AB"'):
        assert secret not in text
    with pytest.raises(OutputError):
        write_town_page(folder, "de")


def test_a_name_of_the_key_file_stops_it(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", more="privacy: {names: ../names.csv}\n")
    (tmp_path / "names.csv").write_text("name\nPersonalmangel\n", "utf-8")
    with pytest.raises(PrivacyError):
        write_town_page(folder, "de")
    assert not list(folder.glob("*.html"))


def test_the_recommendations_act_on_the_factors_of_the_codebook() -> None:
    study = build(ROOT, write=False)
    data = town_data(shareable(study, Privacy()), "de")
    recommendations = data["recommendations"]
    assert isinstance(recommendations, list)
    assert len(recommendations) == 6
    book = {r.label["de"]: r for r in study.codebook.recommendations if isinstance(r.label, dict)}
    factors = data["factors"]
    assert isinstance(factors, list)
    for found in recommendations:
        acts = {(factors[a["f"]]["id"], a["sign"]) for a in found["acts"]}
        assert acts <= {(a.factor, a.sign) for a in book[found["label"]].acts_on}
        assert acts


def test_the_command_says_where_it_wrote(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    told = CliRunner().invoke(main, ["mine", str(folder), "-o", str(tmp_path / "t.html")])
    assert told.output == f"Geschrieben: {tmp_path / 't.html'}. Bitte ansehen, bevor es jemand bekommt.\n"
