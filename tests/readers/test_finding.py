"""Which reader gets a file: what looks like a table is one, and other packages' readers are asked first."""

import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from qualnet.prepare import prepare
from qualnet.problems import Problem, Problems
from qualnet.readers import find_inputs, readers
from tests.project_files import project

SAID = (
    "the columns tell neither segments ('document', 'code', 'quote')"
    " nor claims ('document', 'cause', 'effect'): "
)


def found(folder: Path) -> list[Problem]:
    problems = Problems()
    prepare(folder / "qualnet.yaml", problems)
    return list(problems)


@pytest.mark.parametrize(
    ("table", "names", "hint"),
    [
        ("Kürzel,Befund\nB1,zu wenig Leute\n", "Kürzel, Befund", "say what the columns mean"),
        ("Befund\nzu wenig Leute\n", "Befund", "say what the columns mean"),
        (
            "Dokumnet;Ursachen;Wirkng\ni1;staff;progress\n",
            "Dokumnet, Ursachen, Wirkng",
            "did you mean 'dokument, ursache, wirkung'?",
        ),
    ],
)
def test_a_table_whose_header_says_nothing_is_no_interview(
    tmp_path: Path, table: str, names: str, hint: str
) -> None:
    problems = found(project(tmp_path, table))
    assert [(str(p.place), p.message()) for p in problems] == [("claims.csv, row 1", SAID + names)]
    assert problems[0].hint().startswith(hint)


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_table_is_known_by_its_cells_whatever_its_name(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "export.txt"
    rows = [["Kürzel", "Befund", "Rang"], ["B1", "zu wenig Leute, zu wenig Geld", "1"], ["B2", "x", "2"]]
    path.write_text("\n".join(separator.join(row) for row in rows), "utf-8")
    assert [f.reader for f in find_inputs(path, path.name, Problems())] == ["tables"]


@pytest.mark.parametrize(
    "text",
    [
        "I: Wie war das?\nB: Na ja, es ging; wir hatten, sagen wir, Glück.\n",
        "I:\tWie war das?\nB:\tEs ging.\n",
        "Ein Satz; noch ein Teil; Schluss.\nEin zweiter Satz.\n",
        "Nur eine Zeile; mit; Strichpunkten.\n",
    ],
)
def test_what_people_say_is_no_table(tmp_path: Path, text: str) -> None:
    path = tmp_path / "B1.txt"
    path.write_text(text, "utf-8")
    assert [f.reader for f in find_inputs(path, path.name, Problems())] == ["transcripts"]


@pytest.mark.parametrize("name", ["minutes.txt", "minutes.csv"])
def test_another_package_s_reader_is_asked_before_those_that_take_any_text_and_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    module = ModuleType("minutes_reader")
    module.sniff = lambda source: source.head.startswith(b"#MINUTES")  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "minutes_reader", module)
    points = readers._points | {"minutes": EntryPoint("minutes", "minutes_reader", "qualnet.readers")}  # noqa: SLF001
    monkeypatch.setitem(readers.__dict__, "_points", points)
    path = tmp_path / name
    path.write_text("#MINUTES\nDokument;Code;Zitat\n", "utf-8")
    assert [f.reader for f in find_inputs(path, path.name, Problems())] == ["minutes"]
