"""The same interviews through three readers give the same study."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from qualnet import build
from qualnet.comparison import Study
from tests.forms import Interview, write_qdpx, write_transcripts, write_workbook
from tests.project_files import CODEBOOK

WRITERS: dict[str, tuple[Callable[[Path, list[Interview]], None], str]] = {
    "transcripts": (write_transcripts, "t"),
    "refi": (write_qdpx, "p.qdpx"),
    "workbook": (write_workbook, "w.xlsx"),
}


def interviews(city: str) -> list[Interview]:
    first = "Ohne Leute geht hier nichts voran, das ist nun einmal so."
    second = "Am Geld – ehrlich 🙂 – liegt es jedenfalls nicht."
    claim = {"cause": "staff", "effect": "progress", "sign": "-", "coder": "AB"}
    return [
        Interview(
            f"{city}1",
            "finanzen",
            [("I", "Woran liegt es?"), ("B", f"Na ja. {second} {first}"), ("I", "Sicher?")],
            [(first, "staff", "AB"), (first, "progress", "AB"), (second, "money", "AB")],
            [
                {"id": f"{city}1-1", "quote": first, **claim, "hedge": "sicher", "condition": "wenn, dann"},
                {"id": f"{city}1-2", "quote": second, **claim, "cause": "money", "denied": "yes"},
            ],
        ),
        Interview(
            f"{city}2",
            "leitung",
            [("B", first)],
            [(first, "staff", "AB")],
            [
                {"id": f"{city}2-1", "quote": first, **claim, "sign": "+"},
                {"id": f"{city}2-2", "quote": first, **claim, "repeat": "yes", "status": "expected"},
            ],
        ),
    ]


def study(folder: Path, forms: tuple[str, ...]) -> Study:
    folder.mkdir()
    (folder / "base.yaml").write_text(CODEBOOK, "utf-8")
    lines = [
        "format: 1",
        "title: t",
        "codebook: base.yaml",
        "interactions: {layers: [stated, paragraph]}",
        "inputs:",
    ]
    for city, form in zip("abc", forms, strict=True):
        (folder / city).mkdir()
        write, name = WRITERS[form]
        write(folder / city / name, interviews(city))
        lines.append(f"  - {{path: {city}/{name}, case: {city}}}")
    (folder / "qualnet.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return build(folder)


@pytest.mark.parametrize("forms", list(permutations(WRITERS)), ids="-".join)
def test_the_result_does_not_depend_on_the_reader(tmp_path: Path, forms: tuple[str, ...]) -> None:
    one = study(tmp_path / "one", forms)
    other = study(tmp_path / "other", ("transcripts",) * 3)
    assert one.interactions().to_csv() == other.interactions().to_csv()
    assert one.factors().to_csv() == other.factors().to_csv()
    kept = [c for c in one.evidence().columns if c != "source"]
    assert one.evidence()[kept].to_csv() == other.evidence()[kept].to_csv()
    assert one.synthetic


def test_what_the_interviews_say(tmp_path: Path) -> None:
    item = study(tmp_path / "x", tuple(WRITERS)).networks["b"].interactions["staff", "progress"]
    # b1 says minus; b2 says plus and, repeating itself, minus: it counts in both
    assert (item.n_sources, item.n_claims) == (2, 2)
    assert (item.n_signed("+"), item.n_signed("-"), item.sign) == (1, 2, "-")
    assert item.contested
