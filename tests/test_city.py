"""A new city comes in one step, or the project stays as it was."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet import build
from qualnet.city import add_city
from qualnet.cli import main
from qualnet.problems import InputError, OutputError
from tests.project_files import CLAIMS, project

KAMEN = """Dokument;Code;Zitat;Codierer
k1;Personalmangel;Leute fehlen.;AB
k1;Hochwasser;Alles stand unter Wasser.;AB
k2;Fortschritt;Es geht voran.;AB
"""


def everything(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and ".qualnet" not in p.parts
    }


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A project with comments, and the new city's table outside of it."""
    folder = project(
        tmp_path / "study", CLAIMS, more="# and a remark\ninteractions: {layers: [stated, overlap]}\n"
    )
    (tmp_path / "kamen.csv").write_text(KAMEN, "utf-8")
    return folder


def test_a_city_comes_with_codebook_input_and_facts(town: Path, tmp_path: Path) -> None:
    before = (town / "qualnet.yaml").read_text("utf-8")
    made = add_city(town, "Kamen", tmp_path / "kamen.csv")
    assert (made.material, made.codebook, made.facts) == (
        "interviews/kamen.csv",
        "codebooks/kamen.yaml",
        "cases.csv",
    )
    assert (made.codes, made.n_documents) == (("Hochwasser",), 2)
    after = (town / "qualnet.yaml").read_text("utf-8")
    assert set(before.splitlines()) <= set(after.splitlines())
    study = build(town)
    assert [c.case_id for c in study.cases] == ["A", "B", "Kamen"]
    assert study.comparisons["overlap"].networks["Kamen"].n_documents == 2
    book = study.city_codebooks["Kamen"]
    assert book.ancestors == ("base",)
    assert book.codes["hochwasser"].label == "Hochwasser"
    # a second one finds the table of facts, and codes that the first city brought are its own again
    (tmp_path / "unna.csv").write_text(KAMEN.replace("k1", "u1").replace("k2", "u2"), "utf-8")
    add_city(town, "Unna", tmp_path / "unna.csv")
    assert (town / "cases.csv").read_text("utf-8-sig").splitlines() == [
        "case,attribute,value,unit,year,source",
        "Kamen,label,Kamen,,,",
        "Unna,label,Unna,,,",
    ]
    assert [c.case_id for c in build(town).cases] == ["A", "B", "Kamen", "Unna"]


@pytest.mark.parametrize(
    ("name", "table", "rules"),
    [
        ("A", KAMEN, ["city-exists"]),
        ("a/b", KAMEN, ["bad-case-name"]),
        (" ", KAMEN, ["bad-case-name"]),
        ("Kamen", "Dokument;Code;Zitat\n;x;y\n", ["row-without-document"]),
        # an interview of this name belongs to city A already
        ("Kamen", KAMEN.replace("k1", "i1"), ["duplicate-id"]),
    ],
)
def test_what_cannot_be_added_leaves_the_project_as_it_was(
    town: Path, tmp_path: Path, name: str, table: str, rules: list[str]
) -> None:
    (tmp_path / "kamen.csv").write_text(table, "utf-8")
    before = everything(town)
    with pytest.raises(InputError) as caught:
        add_city(town, name, tmp_path / "kamen.csv")
    assert [p.rule for p in caught.value.problems if p.severity == "error"] == rules
    assert everything(town) == before


def test_a_folder_that_cannot_be_added_is_taken_out_again(town: Path, tmp_path: Path) -> None:
    (tmp_path / "kamen").mkdir()
    (tmp_path / "kamen" / "table.csv").write_text(KAMEN.replace("k1", "i1"), "utf-8")
    before = everything(town)
    with pytest.raises(InputError):
        add_city(town, "Kamen", tmp_path / "kamen")
    assert everything(town) == before


@pytest.mark.parametrize("there", ["interviews/kamen.csv", "codebooks/kamen.yaml", "cases.csv"])
def test_nothing_that_is_there_is_overwritten(town: Path, tmp_path: Path, there: str) -> None:
    (town / there).parent.mkdir(exist_ok=True)
    (town / there).write_text("id: mine\n", "utf-8")
    before = everything(town)
    with pytest.raises(OutputError):
        add_city(town, "Kamen", tmp_path / "kamen.csv")
    assert everything(town) == before


@pytest.mark.parametrize(
    ("table", "text", "line"),
    [
        ("facts.csv", "case;attribute;value;unit;year;source\nA;label;A;;;", "Kamen;label;Kamen;;;"),
        ("facts.csv", "\ufeffcase,attribute,value\r\nA,label,A\r\n", "Kamen,label,Kamen"),
        ("facts.tsv", "case\tattribute\tvalue\nA\tlabel\tA\n", None),
        ("facts.csv", "Fall;Merkmal;Wert\nA;label;A\n", None),
    ],
)
def test_a_row_of_facts_is_written_as_the_table_is(
    town: Path, table: str, text: str, line: str | None
) -> None:
    (town / table).write_text(text, "utf-8", newline="")
    (town / "qualnet.yaml").write_text(
        (town / "qualnet.yaml").read_text("utf-8") + f"cases: {table}\n", "utf-8"
    )
    (town / "interviews").mkdir()
    inside = town / "interviews" / "kamen.csv"
    inside.write_text(KAMEN, "utf-8")
    made = add_city(town, "Kamen", inside)
    assert made.material == "interviews/kamen.csv"
    assert made.facts == (table if line else "")
    written = (town / table).read_text("utf-8")
    assert written.rstrip("\n").split("\n")[-1] == (line or text.rstrip("\n").split("\n")[-1])


def test_codes_of_one_name_and_codes_below_others(town: Path, tmp_path: Path) -> None:
    (tmp_path / "maxqda.csv").write_text(
        "Dokumentgruppe;Dokumentname;Code;Segment\n"
        ";k1;Personalmangel > IT;a b c\n;k1;Wetter > IT;d e f\n;k1;Wetter;g h i\n;k1;Personalmangel > staff;j k\n",
        "utf-8",
    )
    add_city(town, "Kamen", tmp_path / "maxqda.csv")
    book = build(town).city_codebooks["Kamen"]
    assert {(c.id, c.parent) for c in book.codes.values() if c.id not in {"staff", "money", "progress"}} == {
        ("it", "staff"),
        ("it_1", "wetter"),
        ("wetter", None),
    }


def test_the_command_says_what_it_made(town: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["city", "add", "Kamen", str(tmp_path / "kamen.csv"), str(town)])
    assert result.output.splitlines() == [
        "Kamen: 2 Interviews aus interviews/kamen.csv",
        "Codebuch: codebooks/kamen.yaml; neu darin: Hochwasser",
        "Fakten zur Stadt: bitte in cases.csv eintragen",
        f"Weiter: qualnet check {town}, dann qualnet build {town}",
    ]
