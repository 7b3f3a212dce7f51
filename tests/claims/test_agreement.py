"""Two coders work apart, talk about where they differ, and the consensus stands beside the first coding."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qualnet import build
from qualnet.cli import main
from qualnet.comparison import Study
from qualnet.forms.agreement import assigned, compare_coders
from qualnet.forms.desk import Desk, open_desk
from qualnet.interactions import Claim
from qualnet.problems import InputError, UsageError
from tests.claims.project import fill, table
from tests.claims.test_sheet import NOW, arrows
from tests.demonstration import CODED_TWICE, ROOT
from tests.project_files import CODEBOOK, project

BOTH = """Dokument;Fall;Ursache;Wirkung;Vorzeichen;Zitat;Codierer;verneint
i1;A;staff;progress;-;Gleich gesehen.;AB;
i1;A;staff;progress;-;Gleich gesehen.;CD;
i1;A;staff;progress;-;Anders gesehen.;AB;
i1;A;staff;progress;+;Anders gesehen.;CD;
i1;A;staff;money;-;Umgekehrt gesehen.;AB;
i1;A;money;staff;-;Umgekehrt gesehen.;CD;
i1;A;money;progress;+;Nur AB sah das.;AB;
i1;A;money;staff;+;Nur CD sah das.;CD;
i1;A;staff;money;-;Anderer Faktor.;AB;
i1;A;staff;progress;-;Anderer Faktor.;CD;
i1;A;money;progress;-;Bestritten oder nicht.;AB;
i1;A;money;progress;-;Bestritten oder nicht.;CD;ja
i2;A;staff;progress;-;Hier codierte nur AB.;AB;
"""
DIFFERENT = [
    ("Gleich gesehen.", "same"),
    ("Anders gesehen.", "sign"),
    ("Umgekehrt gesehen.", "direction"),
    ("Nur AB sah das.", "only first"),
    ("Nur CD sah das.", "only second"),
    ("Anderer Faktor.", "factors"),
    ("Bestritten oder nicht.", "status"),
]


def twice(folder: Path, use: str = "primary", claims: str = BOTH) -> Path:
    return project(folder, claims, more=f"coding: {{use: {use}, primary: AB}}\n")


def differences(folder: Path, name: str = "d.xlsx") -> Path:
    path = folder / name
    path.unlink(missing_ok=True)
    open_desk(folder).write_differences(("AB", "CD"), "de", output=path)
    return path


def resolve(folder: Path, answers: dict[str, dict[str, str]]) -> Desk:
    filled = fill(differences(folder), {start: [answer] for start, answer in answers.items()})
    open_desk(folder).read_resolutions(filled, ("AB", "CD"), NOW)
    return open_desk(folder)


def run(*call: str) -> Result:
    return CliRunner().invoke(main, [*call])


def test_what_differs_is_named_by_what_differs_most(tmp_path: Path) -> None:
    found = compare_coders(open_desk(twice(tmp_path)), "AB", "CD")
    assert sorted((d.segments[0].quote, d.kind) for d in found) == sorted(DIFFERENT)


def test_a_chain_of_passages_that_share_words_is_one_difference(tmp_path: Path) -> None:
    folder = tmp_path
    (folder / "texts").mkdir()
    (folder / "texts" / "i1.txt").write_text("B: Eins zwei drei vier fünf sechs.\n", "utf-8")
    head = "Dokument;Ursache;Wirkung;Vorzeichen;Start;Ende;Codierer\n"
    rows = "i1;staff;progress;-;3;12;AB\ni1;staff;money;-;8;17;CD\ni1;money;progress;-;13;22;AB\ni1;staff;progress;-;28;34;CD\n"
    (folder / "texts" / "claims.csv").write_text(head + rows, "utf-8")
    (folder / "base.yaml").write_text(CODEBOOK, "utf-8")
    (folder / "qualnet.yaml").write_text(
        "format: 1\ntitle: t\ncodebook: base.yaml\ninputs: [{path: texts, case: A}]\ncoding: {primary: AB}\n",
        "utf-8",
    )
    found = compare_coders(open_desk(folder), "AB", "CD")
    assert [(len(d.first), len(d.second)) for d in found] == [(2, 1), (0, 1)]


def test_the_second_coders_planted_differences_are_found(demonstration_desk: Desk) -> None:
    found = compare_coders(demonstration_desk, "AB", "CD")
    kinds = Counter(d.kind for d in found)
    assert {d.document_id for d in found} == set(CODED_TWICE)
    with (ROOT / "tests/data/demo_key.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    differing = 0
    for name in CODED_TWICE:
        said = {
            coder: Counter(
                (r["cause"], r["effect"], r["sign"])
                for r in rows
                if (r["interview"], r["coder"]) == (name, coder)
            )
            for coder in ("AB", "CD")
        }
        differing += (said["CD"] - said["AB"]).total()
    # planted are other factors, turned pairs and other signs, each at a place of its own; two of
    # them may meet in one passage, or cancel out in the count over a whole interview
    assert kinds["only first"] == kinds["only second"] == kinds["status"] == 0
    assert abs(kinds["factors"] + kinds["direction"] + kinds["sign"] - differing) <= 2
    assert kinds["factors"] > kinds["direction"] >= 3
    assert kinds["sign"] >= 3


@pytest.fixture(scope="module")
def demonstration_desk() -> Desk:
    return open_desk(ROOT)


def test_the_list_holds_what_is_to_be_talked_about(tmp_path: Path) -> None:
    rows = table(differences(twice(tmp_path)))
    assert [r["Textstelle"] for r in rows] == [quote for quote, kind in DIFFERENT if kind != "same"]
    row = rows[-1]
    assert (row["Erste Codierung"], row["Zweite Codierung"], row["Unterschied"]) == (
        "Eigenmittel -> Fortschritt (-)",
        "Eigenmittel -> Fortschritt (-, verneint)",
        "Status oder Verneinung",
    )
    assert rows[2]["Unterschied"] == "nur AB"


def test_the_consensus_builds_the_networks_only_when_asked_for(tmp_path: Path) -> None:
    folder = twice(tmp_path)
    first = arrows(build(folder))
    other = {
        "Es gilt": "eine andere",
        "Ursache": "Eigenmittel",
        "Wirkung": "Personalmangel",
        "Vorzeichen": "+",
    }
    resolve(
        folder,
        {
            "Anders gesehen.": {"Es gilt": "die zweite", "Begründung": "Ironie"},
            "Umgekehrt": {"Es gilt": "keine"},
            "Nur CD": {"Es gilt": "beide"},
            "Anderer Faktor": other,
        },
    )
    assert arrows(build(folder)) == first
    twice(tmp_path, "consensus")
    study = build(folder)
    counting = {(c.quote, c.cause, c.effect, c.sign, c.coder_id) for c in claims_in(study)}
    assert counting == {
        ("Gleich gesehen.", "staff", "progress", "-", "AB"),
        ("Anders gesehen.", "staff", "progress", "+", "CD"),
        ("Nur AB sah das.", "money", "progress", "+", "AB"),
        ("Nur CD sah das.", "money", "staff", "+", "CD"),
        ("Anderer Faktor.", "money", "staff", "+", "AB+CD"),
        ("Bestritten oder nicht.", "money", "progress", "-", "AB"),
        ("Hier codierte nur AB.", "staff", "progress", "-", "AB"),
    }
    # the first codings are all there still
    assert len(study.claims) == 14
    log = (folder / "overlays/consensus.csv").read_text("utf-8-sig")
    assert "AB+CD,2026-03-01T10:00:00Z,Ironie,no,AB,i1,Anders gesehen." in log


def claims_in(study: Study) -> list[Claim]:
    return [c for x in study.networks["A"].interactions.values() for c in x.claims]


def test_what_is_agreed_on_is_not_asked_again_and_stays_after_a_newer_export(tmp_path: Path) -> None:
    folder = twice(tmp_path, "consensus")
    resolve(folder, {"Anders gesehen.": {"Es gilt": "die zweite"}})
    before = arrows(build(folder))
    assert "Anders gesehen." not in {r["Textstelle"] for r in table(differences(folder, "again.xlsx"))}
    twice(folder, "consensus", BOTH.replace("\ni1;", "\ni1;A;money;staff;+;Neu.;AB;\ni1;", 1))
    study = build(folder)
    assert study.networks["A"].interactions["staff", "progress"].n_signed("+") == 1
    assert arrows(study).keys() >= before.keys()


def test_mistakes_are_told_with_their_cells_and_nothing_is_kept(tmp_path: Path) -> None:
    folder = twice(tmp_path)
    path = fill(
        differences(folder),
        {
            "Anders gesehen.": [{"Es gilt": "vielleicht"}],
            "Umgekehrt": [{"Begründung": "?"}],
            "Nur AB": [{"Es gilt": "eine andere", "Ursache": "Personalmangl", "Vorzeichen": "auf"}],
            "Nur CD": [{"Es gilt": "eine andere"}],
            "Anderer": [{"Nr.": "0", "Es gilt": "keine"}],
        },
    )
    with pytest.raises(InputError) as caught:
        open_desk(folder).read_resolutions(path, ("AB", "CD"), NOW)
    assert [(p.place.row, p.place.column, p.rule) for p in caught.value.problems] == [
        (2, "Es gilt", "unknown-value"),
        (3, "Es gilt", "answer-incomplete"),
        (4, "Ursache", "unknown-code"),
        (4, "Vorzeichen", "unknown-sign"),
        (5, "Ursache", "answer-incomplete"),
        (6, "Nr.", "no-such-difference"),
    ]
    assert not (folder / "overlays").exists()
    with pytest.raises(InputError) as other:
        open_desk(folder).read_resolutions(folder / "claims.csv", ("AB", "CD"), NOW)
    assert [p.rule for p in other.value.problems] == ["no-claims-sheet"]


def test_a_coder_without_claims_is_told(tmp_path: Path) -> None:
    desk = open_desk(twice(tmp_path))
    with pytest.raises(UsageError) as caught:
        compare_coders(desk, "AB", "CC")
    assert [p.text("en").split("\n")[0] for p in caught.value.problems] == [
        "--coders: unknown-coder: no coder is called 'CC'"
    ]


def test_interviews_are_drawn_from_every_city_and_by_the_seed(demonstration_desk: Desk) -> None:
    drawn = assigned(demonstration_desk, "EF", 0.2, 1)
    assert sorted(name[:2] for name in drawn) == ["BN", "RV", "SO"]
    assert assigned(demonstration_desk, "EF", 0.2, 1) == drawn
    assert len({tuple(assigned(demonstration_desk, "EF", 0.2, seed)) for seed in range(9)}) > 1
    assert len(assigned(demonstration_desk, "EF", 1, 1)) == 15
    # what she has coded already is not given to her again
    assert not set(assigned(demonstration_desk, "CD", 1, 1)) & set(CODED_TWICE)


def test_the_way_of_the_work_by_commands(tmp_path: Path) -> None:
    codings = "Dokument;Fall;Code;Zitat;Codierer\n" + "".join(
        f"{i};A;{code};Weil Leute fehlen in {i}.;AB\n" for i in ("i1", "i2") for code in ("staff", "progress")
    )
    folder = project(
        tmp_path / "p", codings, more="coding: {primary: AB}\ninteractions: {layers: [stated, overlap]}\n"
    )
    given = tmp_path / "cd.xlsx"
    told = run("agreement", "assign", str(folder), "--coder", "CD", "--share", "1", "-o", str(given))
    assert told.output.splitlines()[0] == "Ausgelost: i1, i2"
    assert (folder / "overlays/assignments.csv").read_text("utf-8-sig").count("CD,") == 2
    claim = {"Ursache": "Personalmangel", "Wirkung": "Fortschritt"}
    for coder, sign in (("AB", "-"), ("CD", "+")):
        own = tmp_path / f"{coder}.xlsx"
        open_desk(folder).write_sheet(coder, "de", output=own)
        path = fill(own if coder == "AB" else given, {"Weil": [claim | {"Vorzeichen": sign}]})
        assert run("claims", "read", str(path), str(folder)).exit_code == 0
    # written before AB had stated anything, and blind in any case
    assert {r["Schon festgehalten"] for r in table(given)} == {""}
    path = tmp_path / "d.xlsx"
    listed = run("agreement", "differences", str(folder), "--coders", "AB,CD", "-o", str(path))
    assert "    2  Vorzeichen" in listed.output.splitlines()
    filled = fill(path, {"Weil": [{"Es gilt": "die zweite"}]})
    done = run("agreement", "resolve", str(filled), str(folder), "--coders", "AB,CD")
    assert done.output.splitlines() == [
        "2 Stellen entschieden, 0 offen",
        "In die Netze kommt der Konsens mit: coding: {use: consensus, primary: AB}",
    ]
    assert run("agreement", "differences", str(folder), "--coders", "AB").exit_code == 2
    nothing = run("agreement", "assign", str(folder), "--coder", "CD", "-o", str(tmp_path / "x.xlsx"))
    assert "nothing-to-assign" in nothing.output


def test_a_third_coder_is_not_compared(tmp_path: Path) -> None:
    folder = twice(tmp_path, claims=BOTH + "i1;A;money;progress;+;Gleich gesehen.;EF;\n")
    found = compare_coders(open_desk(folder), "AB", "CD")
    assert sorted((d.segments[0].quote, d.kind) for d in found) == sorted(DIFFERENT)
