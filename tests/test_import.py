"""An export comes into a project: what it holds is shown, what a newer one changes too, and nothing is lost."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qualnet import build
from qualnet.cli import main
from qualnet.corpus import (
    Attribute,
    Case,
    CodeRow,
    Coding,
    Corpus,
    Document,
    Relation,
    RelationEvidence,
    Segment,
)
from qualnet.importing import Changed, bring_in, difference, look_into, plan_import
from qualnet.problems import InputError, OutputError, UsageError
from tests.claims.project import TEXTS, study
from tests.claims.test_newer_export import CODES, TEXT, maxqda, refi, taguette
from tests.claims.test_sheet import DADURCH, GELD, NONE, STAFF, WEIL, answer, arrows
from tests.project_files import CLAIMS, CODEBOOK, project


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words])


def look(path: Path) -> Corpus:
    return look_into(path, {}, Path()).corpus


def test_what_a_file_holds_is_counted_by_table(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(CLAIMS + "i5;B;staff;;-;x;AB;;\n", "utf-8")
    found = look_into(path, {}, Path())
    assert found.format == ("tables",)
    assert {kind: (n.seen, n.kept) for kind, n in found.kinds.items()} == {
        "attributes": (5, 5),
        "coders": (1, 1),
        "codes": (5, 5),
        "document_cases": (5, 5),
        "documents": (5, 5),
        "relation_evidence": (8, 8),
        "relations": (8, 8),
        "segments": (8, 8),
    }
    assert [(r.field, r.value, r.cases) for r in found.case_rules][:2] == [
        ("", "column", {"A": 3, "B": 2}),
        ("case_by", "Fall", {"A": 3, "B": 2}),
    ]


def test_as_json_it_is_one_object(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("Dokument;Fall;Ursache;Wirkung;Vorzeichen\ni1;A;staff;money;viel\n", "utf-8")
    done = run("import", path, tmp_path, "--dry-run", "--format", "json")
    assert done.exit_code == 3
    whole = json.loads(done.output)
    assert list(whole) == ["format", "kinds", "offset_rule", "case_rules", "problems"]
    assert whole["kinds"]["relations"] == {"seen": 1, "kept": 0}
    assert [p["rule"] for p in whole["problems"]] == ["unknown-sign"]


def test_a_file_that_nobody_knows_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.mex").write_bytes(b"SQLite format 3\0" + bytes(200))
    done = run("import", tmp_path / "x.mex", tmp_path, "--dry-run")
    assert done.exit_code == 3
    assert "unknown-format" in done.output


def test_without_a_project_only_a_look_is_possible(tmp_path: Path) -> None:
    (tmp_path / "i1.txt").write_text(TEXT, "utf-8")
    assert run("import", tmp_path / "i1.txt", tmp_path).exit_code == 2
    done = run("--lang", "en", "import", tmp_path / "i1.txt", tmp_path, "--dry-run")
    assert done.exit_code == 0
    assert "No rule tells the cities: give --case." in done.output
    assert not (tmp_path / "interviews").exists()


@pytest.mark.parametrize("export", [maxqda, refi, taguette])
def test_the_same_export_with_fresh_ids_changes_nothing(tmp_path: Path, export: object) -> None:
    assert callable(export)
    found = []
    for run_ in (1, 2):
        (tmp_path / f"{run_}").mkdir()
        export(tmp_path / f"{run_}", TEXT, CODES, run_)
        (path,) = (tmp_path / f"{run_}").iterdir()
        found.append(look(path))
    assert found[0].codings
    assert not difference(*found)


def corpus(
    quotes: dict[str, tuple[str, ...]], *, text: str = "", town: str = "A", ids: str = "", claim: str = ""
) -> Corpus:
    """One interview with passages and their codes."""
    made = Corpus(
        cases=[Case("A", "A-Stadt")],
        documents=[Document(f"d{ids}", "i1", text=text)],
        attributes=[Attribute("document", f"d{ids}", "Stadt", town), Attribute("case", "A", "Land", "NRW")],
    )
    for i, (quote, codes) in enumerate(quotes.items()):
        made.segments.append(Segment(f"s{i}{ids}", f"d{ids}", quote))
        for code in codes:
            made.codings.append(Coding(f"k{i}{code}{ids}", f"s{i}{ids}", f"{code}{ids}", "AB"))
            made.codes.append(CodeRow(f"{code}{ids}", code, f"top{ids}"))
    made.codes.append(CodeRow(f"top{ids}", "Top"))
    if claim:
        made.relations.append(
            Relation(f"r{ids}", f"Geld{ids}", f"Zeit{ids}", sign="-", document_id=f"d{ids}")
        )
        made.relation_evidence += [RelationEvidence(f"r{ids}", f"s0{ids}"), RelationEvidence(f"r{ids}", "?")]
    return made


def test_what_is_new_changed_and_gone_is_told_by_what_it_says() -> None:
    old = corpus(
        {"Uns felt hier das Geld dafür.": ("Geld",), "Niemand hat Zeit.": ("Zeit",)}, text="a", claim="x"
    )
    new = corpus(
        {"Uns fehlt hier das Geld dafür.": ("Geld",), "Niemand hat Zeit.": ("Muße",), "Neu.": ("Geld",)},
        text="b",
        town="B",
        ids="+",
    )
    found = difference(old, new)
    assert found.changed == (
        Changed("document", "i1", "i1"),
        Changed("code", "Top > Zeit", "Top > Muße"),
        Changed(
            "coding",
            "i1, Top > Geld, AB, Uns felt hier das Geld dafür.",
            "i1, Top > Geld, AB, Uns fehlt hier das Geld dafür.",
        ),
        Changed("attribute", "i1, Stadt: A", "i1, Stadt: B"),
    )
    assert found.added == (Changed("coding", "", "i1, Top > Geld, AB, Neu."),)
    assert found.removed == (
        Changed("claim", "i1, Top > Geld -> Top > Muße, -, Uns felt hier das Geld dafür.", ""),
    )
    assert not difference(
        old,
        corpus(
            {"Uns felt hier das Geld dafür.": ("Geld",), "Niemand hat Zeit.": ("Zeit",)},
            text="a",
            ids="+",
            claim="x",
        ),
    )


def test_a_code_that_two_others_may_be_is_gone_and_two_are_new() -> None:
    found = difference(corpus({"Worte.": ("X",)}), corpus({"Worte.": ("Y", "Z")}))
    assert not [c for c in found.changed if c.kind == "code"]
    assert {c.new for c in found.added if c.kind == "code"} == {"Top > Y", "Top > Z"}


def test_rows_that_point_nowhere_and_codes_in_a_circle_stop_nothing() -> None:
    odd = Corpus(
        codes=[CodeRow("a", "A", "b"), CodeRow("b", "B", "a")],
        codings=[Coding("k", "nowhere", "a")],
        attributes=[Attribute("document", "i1", "Ort", "x"), Attribute("document", "i1", "Ort", "y")],
    )
    found = difference(Corpus(), odd)
    assert Changed("attribute", "", "i1, Ort") in found.added
    assert Changed("coding", "", "B > A") in found.added


def town(folder: Path) -> Path:
    """A project with one export, and a claim decided about it."""
    (folder / "interviews").mkdir(parents=True)
    (folder / "base.yaml").write_text(CODEBOOK, "utf-8")
    refi(folder / "interviews", TEXT, CODES, 1)
    (folder / "qualnet.yaml").write_text(
        "format: 1\ntitle: t\ncodebook: base.yaml\ninputs:\n  - {path: interviews/export.qde, case: A}\n"
        "interactions: {layers: [stated, overlap]}\n",
        "utf-8",
    )
    return folder


def test_the_very_same_file_is_left_alone(tmp_path: Path) -> None:
    folder = town(tmp_path / "p")
    done = run("--lang", "en", "import", folder / "interviews" / "export.qde", folder)
    assert done.exit_code == 0, done.output
    assert "nothing is to be done" in done.output


def test_a_newer_export_takes_the_place_of_the_older(tmp_path: Path) -> None:
    folder = town(tmp_path / "p")
    newer = tmp_path / "new"
    newer.mkdir()
    refi(newer, "I: Neu?\n\n" + TEXT, CODES, 2)
    done = run("--lang", "en", "import", newer / "export.qde", folder, "--dry-run")
    assert "changed: 1\n    document i1 (text)" in done.output
    assert "fresh" not in (folder / "interviews" / "export.qde").read_text("utf-8")
    before = (folder / "qualnet.yaml").read_bytes()
    done = run("--lang", "en", "import", newer / "export.qde", folder)
    assert done.exit_code == 0, done.output
    assert (folder / "interviews" / "export.qde").read_bytes() == (newer / "export.qde").read_bytes()
    assert (folder / "qualnet.yaml").read_bytes() == before


def test_decisions_stay_attached_or_stand_on_a_list_with_the_old_and_the_new_quote(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    answer(study(folder), {WEIL: [STAFF], GELD: [NONE], DADURCH: [STAFF]})
    newer = tmp_path / "i1.txt"
    newer.write_text("I: Guten Tag.\n\n" + TEXTS["i1"].replace("weil uns die", "weil uns hier die"), "utf-8")
    done = run("--lang", "en", "import", newer, folder, "--dry-run")
    assert "Decisions and codings to look at (" in done.output
    said = done.output[done.output.index("Decisions and") :]
    assert "'Wir kommen nicht voran, weil uns die Leute fehlen." in said
    assert "'Wir kommen nicht voran, weil uns hier die Leute fehlen." in said
    whole = json.loads(run("import", newer, folder, "--dry-run", "--format", "json").output)
    assert {p["rule"] for p in whole["review"]} == {"quote-changed"}
    assert [(c["kind"], c["new"]) for c in whole["changes"]["changed"]] == [("document", "i1")]
    assert run("import", newer, folder, "--yes").exit_code == 0
    assert arrows(build(folder)) == {("staff", "progress"): ("-", 2)}


def test_an_export_of_another_name_replaces_what_is_named(tmp_path: Path) -> None:
    folder = town(tmp_path / "p")
    refi(tmp_path, TEXT, CODES[:1], 2)
    (tmp_path / "export.qde").rename(tmp_path / "may.qde")
    with pytest.raises(UsageError, match="no-such-input"):
        plan_import(folder, tmp_path / "may.qde", {}, {}, "interviews/april.qde")
    done = CliRunner().invoke(
        main,
        [
            "--lang",
            "en",
            "import",
            str(tmp_path / "may.qde"),
            str(folder),
            "--replace",
            "interviews/export.qde",
        ],
        input="n\n",
    )
    assert "gone: 2" in done.output  # the code and its coding
    assert "Nothing was written." in done.output
    arrival = plan_import(folder, tmp_path / "may.qde", {}, {}, "interviews/export.qde")
    bring_in(arrival)
    assert len(build(folder, write=False).codings["A", "staff"]) == 1
    assert ("A", "progress") not in build(folder, write=False).codings


def test_a_new_export_gets_an_entry_with_its_rule(tmp_path: Path) -> None:
    folder = town(tmp_path / "p")
    table = tmp_path / "kamen.csv"
    table.write_text(CLAIMS.replace("\ni", "\nk").replace(";Fall", ";Ort"), "utf-8")
    assert run("import", table, folder, "--case", "C", "--case-by", "Ort").exit_code == 2
    done = run("--lang", "en", "import", table, folder, "--case-by", "Ort")
    assert done.exit_code == 0, done.output
    text = (folder / "qualnet.yaml").read_text("utf-8")
    assert "interviews/kamen.csv" in text
    assert {c.name for c in build(folder, write=False).cases} == {"A", "B"}
    with pytest.raises(UsageError, match="case-known"):
        plan_import(folder, table, {"case": "C"}, {})


def test_what_would_break_the_project_is_not_brought_in(tmp_path: Path) -> None:
    folder = town(tmp_path / "p")
    table = tmp_path / "x.csv"
    table.write_text("Dokument;Fall;Code;Zitat\nx1;A;Unbekannt;Worte.\n", "utf-8")
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and ".qualnet" not in p.parts}
    done = run("--lang", "en", "import", table, folder)
    assert done.exit_code == 3
    assert "interviews/x.csv, row 2, column Code: unknown-code" in done.output
    assert "qualnet city add NAME FILE" in done.output
    assert "Nothing was written." in done.output
    after = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and ".qualnet" not in p.parts}
    assert after == before
    with pytest.raises(InputError):
        bring_in(plan_import(folder, table, {}, {}))
    table.write_text("Dokument;Fall;Code;Zitat;Start\nx1;A;staff;Worte.;bald\n", "utf-8")
    with pytest.raises(InputError, match="not-a-number"):
        plan_import(folder, table, {}, {})


def test_a_file_joins_the_folder_that_is_an_input(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    (folder / "interviews").mkdir(parents=True)
    (folder / "interviews" / "i1.txt").write_text(TEXT, "utf-8")
    (folder / "base.yaml").write_text(CODEBOOK, "utf-8")
    (folder / "qualnet.yaml").write_text(
        "format: 1\ntitle: t\ncodebook: base.yaml\ninputs:\n  - {path: interviews/, case: A}\n", "utf-8"
    )
    (tmp_path / "i2.txt").write_text(TEXT.replace("Leute", "Menschen"), "utf-8")
    arrival = plan_import(folder, tmp_path / "i2.txt", {}, {})
    assert (arrival.target, arrival.entry, arrival.changes) == ("interviews/i2.txt", None, None)
    bring_in(arrival)
    (tmp_path / "i2.txt").write_text(TEXT, "utf-8")
    arrival = plan_import(folder, tmp_path / "i2.txt", {}, {})
    assert arrival.changes is not None
    assert arrival.changes.changed == (Changed("document", "i2", "i2"),)


def test_a_project_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    folder = project(tmp_path)
    (folder / "qualnet.yaml").write_text("format: 1\n", "utf-8")
    with pytest.raises(InputError):
        plan_import(folder, folder / "claims.csv", {}, {})


def test_an_option_of_the_reader_is_written_and_its_file_comes_along(tmp_path: Path) -> None:
    folder = town(tmp_path / "p")
    table, codes = tmp_path / "k.csv", tmp_path / "codes.csv"
    table.write_text(CLAIMS, "utf-8")
    codes.write_text("Code\nstaff\n", "utf-8")
    assert run("import", table, folder, "--option", "codebook").exit_code == 2
    arrival = plan_import(folder, table, {}, {"codebook": str(codes), "n": "1"})
    assert arrival.entry == {
        "path": "interviews/k.csv",
        "options": {"codebook": "interviews/codes.csv", "n": "1"},
    }


def test_a_folder_is_brought_in_whole_and_replaced_whole(tmp_path: Path) -> None:
    folder = town(tmp_path / "p")
    more = tmp_path / "kamen"
    more.mkdir()
    (more / "k1.txt").write_text(TEXT, "utf-8")
    (more / "k2.txt").write_text(TEXT, "utf-8")
    bring_in(plan_import(folder, more, {"case": "Kamen"}, {}))
    assert sorted(p.name for p in (folder / "interviews" / "kamen").iterdir()) == ["k1.txt", "k2.txt"]
    shutil.rmtree(more)
    more.mkdir()
    (more / "k3.txt").write_text(TEXT, "utf-8")
    bring_in(plan_import(folder, more, {}, {}))
    assert sorted(p.name for p in (folder / "interviews" / "kamen").iterdir()) == ["k3.txt"]


def test_a_file_that_lies_in_the_project_stays_where_it_is(tmp_path: Path) -> None:
    folder = town(tmp_path / "p")
    table = folder / "data" / "k.csv"
    table.parent.mkdir()
    table.write_text(CLAIMS.replace("\ni", "\nk"), "utf-8")
    arrival = plan_import(folder, table, {}, {})
    assert (arrival.target, arrival.entry, arrival.is_same) == ("data/k.csv", {"path": "data/k.csv"}, False)
    bring_in(arrival)
    assert "data/k.csv" in (folder / "qualnet.yaml").read_text("utf-8")
    assert build(folder, write=False).claims


def test_a_file_in_the_way_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = town(tmp_path / "p")
    (folder / "interviews" / "i9.txt").write_text("anderes", "utf-8")
    (tmp_path / "i9.csv").write_text(CLAIMS.replace("\ni", "\nk"), "utf-8")
    (tmp_path / "i9.txt").write_text("meins", "utf-8")
    from qualnet.readers import tables  # noqa: PLC0415

    monkeypatch.setattr(tables, "beside", lambda source, _: [source.path.with_suffix(".txt")], raising=False)
    with pytest.raises(OutputError, match="exists-already"):
        bring_in(plan_import(folder, tmp_path / "i9.csv", {}, {}))
    assert (folder / "interviews" / "i9.txt").read_text("utf-8") == "anderes"
    assert not (folder / "interviews" / "i9.csv").exists()
    (folder / "interviews" / "i9.txt").unlink()
    bring_in(plan_import(folder, tmp_path / "i9.csv", {}, {}))
    assert (folder / "interviews" / "i9.txt").read_text("utf-8") == "meins"
