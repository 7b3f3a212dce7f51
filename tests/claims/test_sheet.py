"""The worklist goes out, is filled in, and comes back: partly, twice, by two people, with mistakes."""

import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qualnet import build
from qualnet.cli import main
from qualnet.comparison import Study
from qualnet.forms.desk import Desk, open_desk
from qualnet.problems import InputError, OutputError, UsageError
from tests.claims.project import CODINGS, TEXTS, fill, study, table

NOW = "2026-03-01T10:00:00Z"
WEIL = "Wir kommen"
GELD = "Geld ist da"
DADURCH = "Dadurch"
STAFF = {"Ursache": "Personalmangel", "Wirkung": "Fortschritt", "Vorzeichen": "gegensinnig (-)"}
NONE = {"Zusammenhang": "kein Zusammenhang"}


def sheet(folder: Path, coder: str = "AB", name: str = "liste.xlsx") -> Path:
    path = folder / name
    path.unlink(missing_ok=True)
    open_desk(folder).write_sheet(coder, "de", output=path)
    return path


def answer(folder: Path, answers: dict[str, list[dict[str, str]]], coder: str = "AB") -> Desk:
    open_desk(folder).read_sheet(fill(sheet(folder, coder), answers), NOW)
    return open_desk(folder)


def run(folder: Path, *call: str) -> Result:
    return CliRunner().invoke(main, [*call, str(folder)])


def arrows(built: Study, case: str = "A") -> dict[tuple[str, str], tuple[str, int]]:
    return {pair: (x.sign, x.n_sources) for pair, x in built.networks[case].drawn.items()}


def test_the_worklist_has_every_passage_with_two_codes_or_a_causal_expression(tmp_path: Path) -> None:
    rows = table(sheet(study(tmp_path)))
    assert [(r["Interview"], r["Abs."], r["Textstelle"][:10]) for r in rows] == [
        ("i1", "2", "Wir kommen"),
        ("i1", "4", "Geld ist d"),
        ("i2", "2", "Dadurch, d"),
    ]
    assert [(r["Codes"], r["Kausaler Ausdruck"]) for r in rows] == [
        ("Personalmangel; Fortschritt", "weil, fehlen"),
        ("Eigenmittel; Fortschritt", ""),
        ("Personalmangel", "Dadurch, fehlen"),
    ]
    assert rows[0]["Davor"] == "I: Woran liegt es? B:"
    assert rows[0]["Danach"].startswith("I: Und das Geld?")
    # the list of expressions only finds places
    assert {r[c] for r in rows for c in ("Ursache", "Wirkung", "Vorzeichen", "Zusammenhang")} == {""}


def test_a_study_without_one_relation_becomes_a_signed_network(tmp_path: Path) -> None:
    folder = study(tmp_path)
    assert not build(folder).networks["A"].drawn
    desk = answer(folder, {WEIL: [STAFF], GELD: [NONE], DADURCH: [STAFF]})
    built = build(folder)
    assert arrows(built) == {("staff", "progress"): ("-", 2)}
    assert built.decided == {"A": (2, 2)}
    (one, two) = built.claims
    assert (one.document_id, one.quote, one.coder_id) == ("i1", CODINGS.split(";")[5], "AB")
    assert one.segments[0].paragraph == 2
    done = desk.completeness
    assert (done.n_cued_decided, done.n_cued, done.n_decided, done.n_passages) == (2, 2, 3, 3)
    assert (two.sign, two.status, two.denied) == ("-", "observed", False)


def test_the_same_sheet_read_again_changes_nothing(tmp_path: Path) -> None:
    folder = study(tmp_path)
    path = fill(sheet(folder), {WEIL: [STAFF], GELD: [NONE]})
    first, _ = open_desk(folder).read_sheet(path, NOW)
    assert (len(first.new), len(first.changed), first.n_same, first.n_open) == (2, 0, 0, 1)
    log = (folder / "overlays/claims.csv").read_bytes()
    again, _ = open_desk(folder).read_sheet(path, "2026-04-01T10:00:00Z")
    assert (len(again.new), len(again.changed), again.n_same, again.n_open) == (0, 0, 2, 1)
    assert (folder / "overlays/claims.csv").read_bytes() == log
    # a sheet written later has the answers in it, and says the same as well
    later, _ = open_desk(folder).read_sheet(sheet(folder), NOW)
    assert (len(later.new), len(later.changed), later.n_same) == (0, 0, 2)


def test_an_answer_that_changes_is_added_and_the_old_one_stays_in_the_history(tmp_path: Path) -> None:
    folder = study(tmp_path)
    answer(folder, {WEIL: [STAFF]})
    before = (folder / "overlays/claims.csv").read_text("utf-8")
    answer(folder, {WEIL: [{"Vorzeichen": "ambivalent"}]})
    assert (folder / "overlays/claims.csv").read_text("utf-8").startswith(before)
    assert arrows(build(folder)) == {("staff", "progress"): ("ambivalent", 1)}
    answer(folder, {WEIL: [{"Zusammenhang": "zurückgezogen"}]})
    assert not arrows(build(folder))


def test_a_row_left_empty_withdraws_nothing(tmp_path: Path) -> None:
    folder = study(tmp_path)
    empty = sheet(folder, name="leer.xlsx")
    answer(folder, {WEIL: [STAFF]})
    found, _ = open_desk(folder).read_sheet(empty, NOW)
    assert (len(found.changed), found.n_open) == (0, 3)
    assert arrows(build(folder)) == {("staff", "progress"): ("-", 1)}


def test_a_copied_row_is_a_second_claim_of_the_passage(tmp_path: Path) -> None:
    folder = study(tmp_path)
    money = STAFF | {"Ursache": "Eigenmittel", "Vorzeichen": "+"}
    path = fill(sheet(folder), {WEIL: [STAFF, money]})
    for n_new in (2, 0):
        found, _ = open_desk(folder).read_sheet(path, NOW)
        assert len(found.new) == n_new
    assert arrows(build(folder)) == {("money", "progress"): ("+", 1), ("staff", "progress"): ("-", 1)}
    assert [r["Ursache"] for r in table(sheet(folder)) if r["Textstelle"].startswith(WEIL)] == [
        "Personalmangel",
        "Eigenmittel",
    ]


def test_everything_that_can_be_said_of_a_claim_comes_back(tmp_path: Path) -> None:
    folder = study(tmp_path)
    said = STAFF | {"Status": "gefordert", "Verneint": "ja", "Gewissheit": "eher sicher", "Bedingung": "wenn"}
    answer(folder, {WEIL: [said | {"Memo": "=1+1", "Über welche Stadt": "Hamm"}]})
    (claim,) = build(folder).claims
    assert (claim.status, claim.denied, claim.certainty, claim.condition) == (
        "demanded",
        True,
        "likely",
        "wenn",
    )
    assert (claim.comment, claim.about_case) == ("=1+1", "Hamm")
    row = next(r for r in table(sheet(folder)) if r["Ursache"])
    assert {k: row[k] for k in said} == said
    assert row["Memo"] == "=1+1"


def test_half_a_chain_is_kept_and_draws_nothing(tmp_path: Path) -> None:
    folder = study(tmp_path)
    desk = answer(folder, {WEIL: [{"Ursache": "Personalmangel"}]})
    assert [(c.cause, c.effect) for c in desk.claims] == [("staff", "")]
    assert not build(folder).networks["A"].drawn
    assert desk.completeness.n_decided == 1


def test_two_people_decide_about_the_same_passage(tmp_path: Path) -> None:
    folder = study(tmp_path)
    answer(folder, {WEIL: [STAFF]})
    answer(folder, {WEIL: [STAFF | {"Vorzeichen": "+"}], GELD: [NONE]}, coder="CD")
    desk = open_desk(folder)
    assert sorted(c.claim_id[-2:] for c in desk.claims) == ["AB", "CD"]
    assert desk.passages[1].none_by == ("CD",)
    assert table(sheet(folder, "CD"))[0]["Schon festgehalten"] == "Personalmangel -> Fortschritt (-) [AB]"
    assert [p.rule for p in desk.pending] == ["no-coder-chosen"]
    with pytest.raises(InputError) as caught:
        build(folder)
    assert [p.rule for p in caught.value.problems if p.severity == "error"] == ["no-coder-chosen"]
    text = (folder / "qualnet.yaml").read_text("utf-8")
    (folder / "qualnet.yaml").write_text(text + "coding: {primary: AB}\n", "utf-8")
    assert arrows(build(folder)) == {("staff", "progress"): ("-", 1)}


def test_who_only_states_the_claims_is_no_second_coder(tmp_path: Path) -> None:
    folder = study(tmp_path)
    answer(folder, {WEIL: [STAFF]}, coder="EF")
    assert arrows(build(folder)) == {("staff", "progress"): ("-", 1)}


def test_every_mistake_is_told_with_its_cell_and_nothing_is_kept(tmp_path: Path) -> None:
    folder = study(tmp_path)
    wrong = {
        WEIL: [{"Ursache": "Personalmangl", "Wirkung": "Fortschritt", "Vorzeichen": "auf"}],
        GELD: [NONE | {"Ursache": "Eigenmittel"}, {"Vorzeichen": "+", "Codierer:in": ""}],
        DADURCH: [{"Zusammenhang": "vielleicht"}],
    }
    path = fill(sheet(folder), wrong)
    with pytest.raises(InputError) as caught:
        open_desk(folder).read_sheet(path, NOW)
    assert [p.text("de").split("\n")[0] for p in caught.value.problems] == [
        f"filled-liste.xlsx, Blatt Arbeitsliste, Zeile {at}"
        for at in (
            "2, Spalte Ursache: unknown-code: Code 'Personalmangl' ist kein Code dieses Codebuchs",
            "2, Spalte Vorzeichen: unknown-sign: 'auf' ist kein Vorzeichen",
            "3, Spalte Ursache: answer-contradicts: es gibt keinen Zusammenhang, und doch ist 'Eigenmittel' eingetragen",
            "4, Spalte Codierer:in: no-coder-named: niemand ist genannt, der das entschieden hat",
            "4, Spalte Ursache: answer-incomplete: weder Ursache noch Wirkung ist eingetragen",
            "5, Spalte Zusammenhang: unknown-value: Zusammenhang: 'vielleicht' ist nicht erlaubt",
        )
    ]
    assert not (folder / "overlays").exists()


def test_a_table_that_is_no_worklist_is_told(tmp_path: Path) -> None:
    folder = study(tmp_path)
    with pytest.raises(InputError) as caught:
        open_desk(folder).read_sheet(folder / "texts" / "codings.csv", NOW)
    assert [p.text("en") for p in caught.value.problems] == [
        "codings.csv: no-claims-sheet: no sheet here is a worklist of `qualnet claims sheet`"
    ]


def test_a_row_of_an_interview_that_is_gone_is_told(tmp_path: Path) -> None:
    folder = study(tmp_path)
    path = fill(sheet(folder), {DADURCH: [STAFF]})
    (folder / "texts" / "i2.txt").unlink()
    rest = "".join(line for line in CODINGS.splitlines(keepends=True) if not line.startswith("i2"))
    (folder / "texts" / "codings.csv").write_text(rest, "utf-8")
    with pytest.raises(InputError) as caught:
        open_desk(folder).read_sheet(path, NOW)
    assert [p.text("de") for p in caught.value.problems] == [
        (
            "filled-liste.xlsx, Blatt Arbeitsliste, Zeile 4, Spalte Interview: no-such-document:"
            " kein Interview heißt hier 'i2'"
        )
    ]


def test_a_sheet_of_before_a_correction_in_the_transcript_still_fits(tmp_path: Path) -> None:
    folder = study(tmp_path)
    path = fill(sheet(folder), {WEIL: [STAFF]})
    new = {name: text.replace("Leute fehlen.", "Leute einfach fehlen.") for name, text in TEXTS.items()}
    study(folder, new, CODINGS.replace("Leute fehlen.", "Leute einfach fehlen."))
    open_desk(folder).read_sheet(path, NOW)
    (claim,) = build(folder).claims
    assert claim.quote == "Wir kommen nicht voran, weil uns die Leute einfach fehlen."


def test_nobody_is_asked_in_vain_who_decides(tmp_path: Path) -> None:
    desk = open_desk(study(tmp_path))
    assert (desk.coder(""), desk.coder(" CD ")) == ("AB", "CD")
    (tmp_path / "qualnet.yaml").write_text(
        (tmp_path / "qualnet.yaml").read_text("utf-8") + "coding: {use: all}\n", "utf-8"
    )
    (tmp_path / "texts" / "codings.csv").write_text(CODINGS.replace("fehlen.;AB", "fehlen.;CD"), "utf-8")
    with pytest.raises(UsageError) as caught:
        open_desk(tmp_path).coder("")
    assert [p.rule for p in caught.value.problems] == ["no-coder-named"]


def test_a_worklist_is_never_overwritten(tmp_path: Path) -> None:
    desk = open_desk(study(tmp_path))
    path, n = desk.write_sheet("A B", "de", output=None)
    assert (path.name, n) == ("INTERN-Arbeitsliste-a-b.xlsx", 3)
    written = path.read_bytes()
    with pytest.raises(OutputError):
        desk.write_sheet("A B", "de", output=None)
    path.unlink()
    assert desk.write_sheet("A B", "de", output=None)[0].read_bytes() == written


def test_the_list_of_one_city_stands_beside_the_list_of_all(tmp_path: Path) -> None:
    desk = open_desk(study(tmp_path))
    desk.write_sheet("AB", "de", output=None)
    assert desk.write_sheet("AB", "de", case="a", output=None)[0].name == "INTERN-Arbeitsliste-ab-a.xlsx"
    assert desk.write_page("AB", "en", case="a", output=None)[0].name == "INTERN-Places-ab-a.html"


def test_a_part_of_the_work_can_be_taken_out(tmp_path: Path) -> None:
    folder = study(tmp_path)
    desk = answer(folder, {WEIL: [STAFF]})
    assert desk.write_sheet("AB", "en", only_open=True, output=tmp_path / "o.xlsx")[1] == 2
    assert desk.write_sheet("AB", "de", case="a", output=tmp_path / "c.xlsx")[1] == 3
    with pytest.raises(UsageError) as caught:
        desk.write_sheet("AB", "de", case="Köln", output=tmp_path / "k.xlsx")
    assert [p.message("de") for p in caught.value.problems] == ["keine Stadt heißt hier 'Köln'"]


def test_the_commands_say_what_happened(tmp_path: Path) -> None:
    folder = study(tmp_path)
    written = run(folder, "claims", "sheet", "-o", str(tmp_path / "w.xlsx"))
    assert written.output.splitlines() == [
        f"Geschrieben: {tmp_path / 'w.xlsx'} mit 3 Stellen für AB",
        "0 von 2 Stellen mit einem kausalen Ausdruck entschieden; 0 von 3 Stellen insgesamt",
        f"In Excel oder LibreOffice ausfüllen, dann: qualnet claims read {tmp_path / 'w.xlsx'} {folder}",
    ]
    path = fill(tmp_path / "w.xlsx", {WEIL: [STAFF]})
    read = run(folder, "claims", "read", str(path))
    assert read.output.splitlines() == [
        "1 neu, 0 geändert, 0 wie bisher, 2 nicht ausgefüllt",
        "1 von 2 Stellen mit einem kausalen Ausdruck entschieden; 1 von 3 Stellen insgesamt",
        f"Weiter: qualnet build {folder}",
    ]
    machine = run(folder, "claims", "read", str(path), "--format", "json")
    assert json.loads(machine.output) == {
        "new": 0,
        "changed": 0,
        "same": 1,
        "open": 2,
        "n_cued": 2,
        "n_cued_decided": 1,
        "n_passages": 3,
        "n_decided": 1,
        "n_uncoded": 0,
        "n_uncoded_decided": 0,
    }


def test_a_row_copied_twice_takes_the_next_free_number(tmp_path: Path) -> None:
    folder = study(tmp_path)
    money = STAFF | {"Ursache": "Eigenmittel", "Vorzeichen": "+"}
    path = fill(sheet(folder), {WEIL: [STAFF]})
    first = next(r["Nr."] for r in table(path) if r["Ursache"])
    base = first.rpartition("-")[0]
    loop = {"Ursache": "Fortschritt", "Wirkung": "Personalmangel"}
    path = fill(sheet(folder), {WEIL: [STAFF, money | {"Nr.": f"{base}-2"}, STAFF | loop]})
    open_desk(folder).read_sheet(path, NOW)
    decided = open_desk(folder).prepared.decisions
    assert [(d.id, d.cause) for d in decided] == [
        (f"{base}-1", "staff"),
        (f"{base}-2", "money"),
        (f"{base}-3", "progress"),
    ]


def test_a_sheet_whose_passages_nobody_codes_any_more_keeps_what_it_decided(tmp_path: Path) -> None:
    folder = study(tmp_path)
    path = fill(sheet(folder), {GELD: [STAFF]})
    open_desk(folder).read_sheet(path, NOW)
    rest = "".join(line for line in CODINGS.splitlines(keepends=True) if GELD not in line)
    (folder / "texts" / "codings.csv").write_text(rest, "utf-8")
    answers, _ = open_desk(folder).read_sheet(path, "2026-04-01T10:00:00Z")
    assert (len(answers.new), len(answers.changed), answers.n_same) == (0, 0, 1)
    assert arrows(build(folder)) == {("staff", "progress"): ("-", 1)}


def test_a_workbook_that_is_damaged_is_told_once(tmp_path: Path) -> None:
    folder = study(tmp_path)
    with zipfile.ZipFile(folder / "x.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "no workbook")
    with pytest.raises(InputError) as caught:
        open_desk(folder).read_sheet(folder / "x.xlsx", NOW)
    assert [(str(p.place), p.rule) for p in caught.value.problems] == [("x.xlsx", "unreadable")]


def test_work_begins_when_the_inputs_are_sound(tmp_path: Path) -> None:
    folder = study(tmp_path)
    (folder / "texts" / "codings.csv").write_text("Dokument;Code;Zitat\ni1;Unbekannt;Geld\n", "utf-8")
    with pytest.raises(InputError) as caught:
        open_desk(folder)
    assert [p.rule for p in caught.value.problems if p.rule == "unknown-code"] == ["unknown-code"]


def test_nobody_is_asked_what_an_interviewer_says_or_an_empty_quote(tmp_path: Path) -> None:
    texts = {"i1": "I: Weil Leute fehlen?\n\nB: Ja: weil sie fehlen.\n\nEines gilt hier: weil es so ist.\n"}
    codings = "Dokument;Code;Start;Ende;Sprecher\ni1;staff;3;21;I\ni1;staff;2;3;B\ni1;staff;26;47;B\n"
    desk = open_desk(study(tmp_path, texts, codings))
    assert [(p.document_id, p.quote) for p in desk.passages] == [("i1", "Ja: weil sie fehlen.\n")]
    # a colon makes no speaker of what stands before it
    assert [p.quote for p in desk.uncoded] == ["Eines gilt hier: weil es so ist."]


def test_what_is_done_is_counted_by_the_list_that_is_worked_with(tmp_path: Path) -> None:
    # by hand: i1 has two codes in paragraph 2 that do not touch, i2 one code in paragraph 1
    texts = {
        "i1": "B: Ja.\n\nB: Zu wenige Leute. Das Wetter ist gut. Es geht langsam.\n",
        "i2": "B: Zu wenige Leute.\n",
    }
    codings = "Dokument;Code;Zitat;Codierer\ni1;staff;Zu wenige Leute.;AB\ni1;progress;Es geht langsam.;AB\ni2;staff;Leute;AB\n"
    folder = study(tmp_path, texts, codings)
    path = tmp_path / "p.xlsx"
    by_paragraph = ("claims", "sheet", "--by", "paragraph", "-o", str(path))
    assert (
        "0 von 0 Stellen mit einem kausalen Ausdruck entschieden; 0 von 1 Stellen insgesamt"
        in run(folder, *by_paragraph).output
    )
    assert open_desk(folder).completeness.n_passages == 0
    run(folder, "claims", "read", str(fill(path, {"Zu wenige Leute. [...] Es": [STAFF]})))
    done = open_desk(folder).completeness
    assert (done.n_passages, done.n_decided) == (1, 1)


@pytest.mark.parametrize("answer", [STAFF, {"Zusammenhang": "kein Zusammenhang"}], ids=["claim", "none"])
def test_a_paragraph_of_several_segments_is_listed_once_after_it_was_decided(
    tmp_path: Path, answer: dict[str, str]
) -> None:
    texts = {"i1": "B: Zu wenige Leute. Das Wetter ist gut. Es geht langsam.\n"}
    codings = "Dokument;Code;Zitat;Codierer\ni1;staff;Zu wenige Leute.;AB\ni1;progress;Es geht langsam.;AB\n"
    folder = study(tmp_path, texts, codings)
    first, again = tmp_path / "p.xlsx", tmp_path / "q.xlsx"
    run(folder, "claims", "sheet", "--by", "paragraph", "-o", str(first))
    run(folder, "claims", "read", str(fill(first, {"Zu wenige": [answer]})))
    run(folder, "claims", "sheet", "--by", "paragraph", "-o", str(again))
    assert [{k: row[k] for k in answer} for row in table(again)] == [answer]
    answers, _ = open_desk(folder).read_sheet(again, NOW)
    assert (len(answers.new), len(answers.changed), answers.n_same) == (0, 0, 1)


def test_the_second_coder_gets_what_the_first_one_works_with(tmp_path: Path) -> None:
    # by hand: i1 and i2 have two codes each in a paragraph, which do not touch: no passage, one paragraph
    texts = dict.fromkeys(("i1", "i2"), "B: Zu wenige Leute. Das Wetter ist gut. Es geht langsam.\n")
    rows = "".join(f"{i};staff;Zu wenige Leute.;AB\n{i};progress;Es geht langsam.;AB\n" for i in texts)
    folder = study(tmp_path, texts, f"Dokument;Code;Zitat;Codierer\n{rows}")
    path = tmp_path / "p.xlsx"
    run(folder, "claims", "sheet", "--by", "paragraph", "-o", str(path))
    run(folder, "claims", "read", str(fill(path, {"Zu wenige": [STAFF]})))
    given = tmp_path / "cd.xlsx"
    told = run(folder, "agreement", "assign", "--coder", "CD", "--share", "1", "-o", str(given))
    assert told.output.splitlines()[0] == "Ausgelost: i1, i2"
    assert [(r["Interview"], r["Codierer:in"], r["Ursache"]) for r in table(given)] == [
        ("i1", "CD", ""),
        ("i2", "CD", ""),
    ]


def test_a_page_places_a_passage_only_where_its_words_stand_as_they_are(tmp_path: Path) -> None:
    texts = {
        "i1": "B: \U0001f600 Zu wenige Leute. Das Wetter ist gut. Es geht langsam.\n\nB: Leute fehlen.\n"
    }
    codings = (
        "Dokument;Code;Zitat;Codierer\ni1;staff;Zu wenige Leute.;AB\ni1;progress;Es geht langsam.;AB\n"
        "i1;staff;Leute fehlen.;AB\ni9;staff;Ohne Text, weil er fehlt.;AB\n"
    )
    desk = open_desk(study(tmp_path, texts, codings))
    path, n = desk.write_page("AB", "de", by="paragraph", output=tmp_path / "page.html")
    found = re.search(r'id="payload">(.*?)</script>', path.read_text("utf-8"), re.DOTALL)
    assert found
    places = json.loads(found[1])["places"]
    assert [(p["quote"], p["span"] is None) for p in places] == [
        ("Zu wenige Leute. [...] Es geht langsam.", True),
        ("Leute fehlen.", False),
        ("Ohne Text, weil er fehlt.", True),
    ]
    # by hand, in the UTF-16 units of scripts: the smiley is two of them
    assert places[1]["span"] == [64, 77]
    assert n == 3
