"""Who owes a second look: worked by hand, and by the codebook's own dates."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet.cli import main
from qualnet.codebook.edit import split_code
from qualnet.codebook.table import Table, update_codebook
from qualnet.days import day_of
from qualnet.prepare import prepare
from qualnet.problems import InputError, Place, Problems
from tests.project_files import CODEBOOK

LATER = "  - {id: exchange, label: Austausch, since: 2026-10-01}\n"
CODINGS = """Dokument;Fall;Code;Zitat;Codierer;codiert am
i1;A;staff;keine Leute;AB;12.09.2026
i1;A;money;kein Geld;AB;30.09.2026
i2;A;staff;zu wenig Leute;AB;01.10.2026
i3;A;Austausch;man trifft sich;AB;02.09.2026
i4;B;staff;Leute fehlen;AB;
i5;B;staff;wieder die Leute;AB;01.09.2026
"""


def study(folder: Path, codebook: str = CODEBOOK + LATER, codings: str = CODINGS, more: str = "") -> Path:
    (folder / "base.yaml").write_text(codebook, "utf-8")
    (folder / "codings.csv").write_text(codings, "utf-8")
    text = "format: 1\ntitle: t\ncodebook: base.yaml\ninteractions: {layers: [paragraph]}\ninputs:\n  - path: codings.csv\n"
    (folder / "qualnet.yaml").write_text(text + more, "utf-8")
    return folder / "qualnet.yaml"


def owed(path: Path) -> tuple[list[tuple[str, str, str, str]], list[str]]:
    problems = Problems()
    prepared = prepare(path, problems)
    assert prepared
    assert not problems.errors
    found = [(x.code_id, x.case_id, x.document_id, x.last) for x in prepared.debt()]
    return found, [p.text("en").splitlines()[0] for p in problems if p.rule == "coded-before"]


def test_by_hand(tmp_path: Path) -> None:
    # i2 was coded on the day itself, i3 has the code, of i4 nobody knows
    found, told = owed(study(tmp_path))
    assert found == [
        ("exchange", "A", "i1", "2026-09-30"),
        ("exchange", "B", "i4", ""),
        ("exchange", "B", "i5", "2026-09-01"),
    ]
    (line,) = told
    assert "coded before the code 'exchange' existed (2026-10-01), and not since: 2 documents: i1, i5" in line


def test_a_day_in_the_table_of_interviews_and_a_decision_settle_it(tmp_path: Path) -> None:
    path = study(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "codings.csv").rename(tmp_path / "data" / "codings.csv")
    path.write_text(path.read_text("utf-8").replace("codings.csv", "data"), "utf-8")
    facts = "Dokument;Fall;Rolle;codiert am\ni1;A;Amt;5.10.2026\ni9;A;Amt;5.10.2026\n"
    (tmp_path / "data" / "interviews.csv").write_text(facts, "utf-8")
    (tmp_path / "overlays").mkdir()
    decided = "id,who,when,answer,document,quote\n0a,AB,2026-10-02T08:00:00Z,none,i5,wieder die Leute\n"
    (tmp_path / "overlays" / "claims.csv").write_text(decided, "utf-8")
    assert owed(path)[0] == [("exchange", "B", "i4", "")]


def test_what_a_city_added_is_owed_there_alone(tmp_path: Path) -> None:
    (tmp_path / "town.yaml").write_text(
        "format: 1\nid: town\nextends: base\ncodes:\n  - {id: lab, label: Werkstatt, since: 2026-12-01}\n",
        "utf-8",
    )
    path = study(tmp_path, CODEBOOK, more="    cases: {B: {codebook: town.yaml}}\n")
    path.write_text(
        "format: 1\ntitle: t\ncodebook: base.yaml\ninteractions: {layers: [paragraph]}\ninputs:\n"
        "  - {path: a.csv, case: A}\n  - {path: b.csv, case: B, codebook: town.yaml}\n",
        "utf-8",
    )
    header = "Dokument;Code;Zitat;codiert am\n"
    (tmp_path / "a.csv").write_text(f"{header}i1;staff;keine Leute;1.9.2026\n", "utf-8")
    (tmp_path / "b.csv").write_text(f"{header}i5;staff;wieder Leute;1.9.2026\n", "utf-8")
    assert owed(path)[0] == [("lab", "B", "i5", "2026-09-01")]


def test_claims_count_as_coded_and_an_empty_heading_is_owed_by_nobody(tmp_path: Path) -> None:
    book = CODEBOOK + LATER + "  - {id: top, label: Oben, codable: false, since: 2026-10-01}\n"
    claims = "Dokument;Fall;Ursache;Wirkung;Zitat\ni1;A;staff;progress;x\ni2;A;exchange;progress;y\n"
    path = study(tmp_path, book, claims)
    path.write_text(path.read_text("utf-8").replace("paragraph", "stated"), "utf-8")
    assert owed(path)[0] == [("exchange", "A", "i1", "")]


def test_new_parts_of_a_split_are_dated(tmp_path: Path) -> None:
    path = tmp_path / "base.yaml"
    path.write_text(CODEBOOK, "utf-8")
    split_code(path, "staff", {"it": "IT", "planning": "Planung"}, "2026-11-01").write()
    study(tmp_path, path.read_text("utf-8"), CODINGS.replace("staff", "money").replace("Austausch", "money"))
    assert [x[:3] for x in owed(tmp_path / "qualnet.yaml")[0]][:2] == [("it", "A", "i1"), ("it", "A", "i2")]


@pytest.mark.parametrize("value", ["1.10.2026", "2026-13-01", "soon"])
def test_a_day_is_a_day(tmp_path: Path, value: str) -> None:
    path = study(tmp_path, CODEBOOK + LATER.replace("2026-10-01", value))
    problems = Problems()
    prepare(path, problems)
    (error,) = problems.errors
    assert (error.rule, error.place.line) == ("not-a-day", 7)


def test_the_command_in_both_languages(tmp_path: Path) -> None:
    study(tmp_path)
    result = CliRunner().invoke(main, ["--lang", "de", "codebook", "debt", str(tmp_path)])
    assert result.stdout.splitlines() == [
        "Austausch (exchange), neu seit 2026-10-01",
        "  i1 (A): zuletzt codiert am 2026-09-30",
        "  i4 (B): wann codiert wurde, steht in keiner Datei",
        "  i5 (B): zuletzt codiert am 2026-09-01",
        (
            "3 Interviews sind daraufhin durchzusehen. Danach die Stellen codieren;"
            " wo nichts ist, genügt ein neuer Tag in der Spalte codiert_am."
        ),
    ]
    found = json.loads(
        CliRunner().invoke(main, ["codebook", "debt", str(tmp_path), "--format", "json"]).stdout
    )
    assert [x["document_id"] for x in found["debt"]] == ["i1", "i4", "i5"]
    study(tmp_path, CODEBOOK, CODINGS.replace("Austausch", "money"))
    assert (
        "No code says since when"
        in CliRunner().invoke(main, ["--lang", "en", "codebook", "debt", str(tmp_path)]).stdout
    )


def test_days_that_may_be_others_are_not_read() -> None:
    assert day_of("31.02.2026") == ""
    assert day_of("1/2/2026") == day_of("1/2/2026x", "") == ""
    assert day_of("13/2/26", "day first") == "2026-02-13"


def test_a_table_says_since_when_as_its_people_write_days(tmp_path: Path) -> None:
    path = tmp_path / "base.yaml"
    path.write_text(CODEBOOK + LATER, "utf-8")

    def updated(cell: str) -> tuple[str, list[str]]:
        table = Table(Place("t.csv"), 1, ("Kürzel", "Neu seit"), ((2, ("exchange", cell)),))
        problems = Problems()
        try:
            edited, _ = update_codebook(path, table, "de", problems)
        except InputError as error:
            return "", [f"{p.place}: {p.rule}" for p in error.problems]
        return edited.after, []

    assert updated("24.12.2026")[0].count('since: "2026-12-24"') == 1
    assert updated("bald") == ("", ["t.csv, row 2, column Neu seit: not-a-day"])


def test_a_project_that_is_not_sound_owes_an_answer_first(tmp_path: Path) -> None:
    study(tmp_path, codings=CODINGS.replace("money", "mony"))
    result = CliRunner().invoke(main, ["--lang", "en", "codebook", "debt", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (3, "")
    assert "'mony'" in result.stderr
