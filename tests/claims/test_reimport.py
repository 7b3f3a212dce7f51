"""No claim is lost when the import changes: what was decided stays attached, or is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qualnet import build
from qualnet.codebook import Codebook
from qualnet.codebook.edit import retire_code
from qualnet.corpus import Corpus, Document, Relation, RelationEvidence
from qualnet.forms.desk import open_desk
from qualnet.forms.fix import fix_claim, history
from qualnet.overlays.corrections import ClaimFinder, Target
from qualnet.problems import InputError, Place, Problems, UsageError
from tests.claims.project import CODINGS, TEXTS, fill, study
from tests.claims.test_sheet import DADURCH, GELD, NONE, NOW, STAFF, WEIL, answer, arrows, run
from tests.project_files import CLAIMS, CODEBOOK, project

WHOLE = {("staff", "progress"): ("-", 2)}


def decided(folder: Path) -> Path:
    answer(study(folder), {WEIL: [STAFF], GELD: [NONE], DADURCH: [STAFF]})
    return folder


def told(folder: Path) -> list[str]:
    return [w.text("de").split("\n")[0] for w in build(folder).warnings]


CHANGES: dict[str, Callable[[Path], object]] = {
    "the same export again": study,
    "typo in paragraph 1": lambda f: study(f, TEXTS | {"i1": TEXTS["i1"].replace("Woran", "Worann")}),
    "paragraph inserted": lambda f: study(f, TEXTS | {"i1": "I: Guten Tag.\n\nB: Tag.\n\n" + TEXTS["i1"]}),
    "rows in another order": lambda f: study(
        f, codings="\n".join([CODINGS.splitlines()[0], *CODINGS.splitlines()[:0:-1]]) + "\n"
    ),
    "more coded": lambda f: study(f, codings=CODINGS + "i1;Eigenmittel;weil uns die Leute fehlen.;AB\n"),
    "other quotation marks and spaces": lambda f: study(
        f, TEXTS | {"i1": TEXTS["i1"].replace("voran, weil", "voran,  weil")}
    ),
    "code renamed in the tool and in the codebook": lambda f: study(
        f,
        codings=CODINGS.replace("Personalmangel", "Zu wenig Leute"),
        book=CODEBOOK.replace("label: Personalmangel", "label: Zu wenig Leute, aliases: [Personalmangel]"),
    ),
    "id of the code renamed, the old one an alias": lambda f: study(
        f, book=CODEBOOK.replace("id: staff,", "id: people, aliases: [staff],")
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_claim_stays_attached(tmp_path: Path, change: str) -> None:
    folder = decided(tmp_path)
    CHANGES[change](folder)
    built = build(folder)
    cause = "people" if "id of" in change else "staff"
    assert arrows(built) == {(cause, "progress"): ("-", 2)}
    assert [c.quote for c in built.claims] == [
        c.quote for c in built.claims if c.segments[0].start is not None
    ]
    assert not [w for w in built.warnings if w.rule in {"quote-changed", "quote-gone", "quote-not-found"}]
    assert open_desk(folder).completeness.n_decided == 3


def test_a_claim_whose_words_were_corrected_stays_and_is_told_with_old_and_new_words(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    new = {name: text.replace("die Leute fehlen", "die Leute felhen") for name, text in TEXTS.items()}
    study(folder, new, CODINGS.replace("die Leute fehlen", "die Leute felhen"))
    built = build(folder)
    assert arrows(built) == WHOLE
    assert [w.text("de").split("\n")[0] for w in built.warnings if w.rule.startswith("quote-")] == [
        (
            "overlays/claims.csv, Zeile 2: quote-changed: der Wortlaut dieser Stelle hat sich seither geändert; sie war"
            " 'Wir kommen nicht voran, weil uns die Leute fehlen.' und gilt jetzt als"
            " 'Wir kommen nicht voran, weil uns die Leute felhen.'"
        )
    ]
    assert built.claims[0].quote.endswith("felhen.")
    assert open_desk(folder).passages[0].decided


def test_a_claim_whose_words_are_gone_is_kept_with_them_and_told(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    study(folder, TEXTS | {"i2": "I: Wie läuft es?\n\nB: Gut.\n"}, CODINGS.replace(DADURCH, "Gut.;AB\ni9;x;"))
    study(folder, TEXTS | {"i2": "I: Wie läuft es?\n\nB: Gut.\n"}, CODINGS[: CODINGS.index("i2;")])
    built = build(folder)
    assert arrows(built) == WHOLE
    assert told(folder) == [
        (
            "overlays/claims.csv, Zeile 4: quote-not-found: das Zitat steht nicht im Dokument 'i2':"
            " Dadurch, dass Leute fehlen, bleibt alles liegen."
        )
    ]


def test_an_interview_that_is_missing_keeps_its_decisions_waiting(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    (folder / "texts" / "i2.txt").unlink()
    study(folder, {"i1": TEXTS["i1"]}, "".join(x for x in CODINGS.splitlines(keepends=True) if x[:2] != "i2"))
    assert arrows(build(folder)) == {("staff", "progress"): ("-", 1)}
    assert told(folder) == [
        (
            "overlays/claims.csv, Zeile 4: decision-without-document: das Interview 'i2' ist nicht unter den Eingaben;"
            " was darüber entschieden wurde, wartet"
        )
    ]
    study(folder)
    assert arrows(build(folder)) == WHOLE


TABLE = """Dokument;Fall;Code;Zitat;Absatz
i1;A;staff;Wir kommen nicht voran, weil uns die Leute fehlen.;3
i1;A;progress;Wir kommen nicht voran, weil uns die Leute fehlen.;3
i1;A;staff;Wegen der Leute geht es nicht.;9
i1;A;progress;Wegen der Leute geht es nicht.;9
"""


def quotes_only(folder: Path, table: str = TABLE) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "base.yaml").write_text(CODEBOOK, "utf-8")
    (folder / "codings.csv").write_text(table, "utf-8")
    text = "format: 1\ntitle: t\ncodebook: base.yaml\ninputs: [{path: codings.csv}]\n"
    (folder / "qualnet.yaml").write_text(text + "interactions: {layers: [stated, overlap]}\n", "utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        (";3\n", ";4\n", []),
        ("die Leute fehlen", "die  Leute „fehlen“", []),
        ("die Leute fehlen", "die Leute einfach fehlen", ["quote-changed"]),
        ("Wir kommen nicht voran, weil uns die Leute fehlen.", "Alles ganz anders gesagt.", ["quote-gone"]),
    ],
)
def test_in_a_table_of_quotes_too(tmp_path: Path, old: str, new: str, rules: list[str]) -> None:
    folder = quotes_only(tmp_path)
    desk = open_desk(folder)
    path, n = desk.write_sheet("AB", "de", output=tmp_path / "w.xlsx")
    assert n == 2
    open_desk(folder).read_sheet(fill(path, {WEIL: [STAFF]}), NOW)
    quotes_only(folder, TABLE.replace(old, new))
    built = build(folder)
    assert arrows(built) == {("staff", "progress"): ("-", 1)}
    assert [w.rule for w in built.warnings if w.rule.startswith("quote")] == rules


def fix(folder: Path, claim_id: str, **changes: str) -> None:
    fix_claim(open_desk(folder), claim_id, changes, who="AB", why="gelesen", now=NOW)


def test_a_claim_of_an_export_is_corrected_beside_it_and_stays_so(tmp_path: Path) -> None:
    folder = project(tmp_path)
    claim = next(c for c in build(folder).claims if c.sign == "+")
    imported = (folder / "claims.csv").read_bytes()
    fix(folder, claim.claim_id, sign="-", memo="ironisch")
    assert (folder / "claims.csv").read_bytes() == imported
    for export in (
        CLAIMS,
        CLAIMS.replace("i1;A;staff", "i1;A;money;progress;+;Neu.;AB;;\ni1;A;staff", 1),  # a row inserted
        CLAIMS.replace("Mit wenigen Leuten waren wir", "Mit wenigen Leuten waren wir halt"),
    ):
        study_ = build(project(tmp_path, export))
        item = study_.networks["A"].interactions["staff", "progress"]
        assert (item.sign, item.n_sources, item.contested) == ("-", 3, False)
        (now,) = [c for c in study_.claims if c.document_id == "i2"]
        assert now.comment == "ironisch"
    assert [w.rule for w in study_.warnings if w.rule == "quote-changed"] == ["quote-changed"]
    assert [(e.field, e.old, e.new, e.who, e.why) for e in history(open_desk(folder), now.claim_id)] == [
        ("sign", "+", "-", "AB", "gelesen"),
        ("memo", "", "ironisch", "AB", "gelesen"),
    ]


def test_a_claim_of_an_export_that_is_gone_leaves_its_correction_waiting(tmp_path: Path) -> None:
    folder = project(tmp_path)
    claim = next(c for c in build(folder).claims if c.sign == "+")
    fix(folder, claim.claim_id, withdrawn="yes")
    assert build(folder).networks["A"].interactions["staff", "progress"].n_signed("+") == 0
    fix_claim(open_desk(folder), claim.claim_id, {"withdrawn": ""}, who="AB", why="", now=NOW)
    assert build(folder).networks["A"].interactions["staff", "progress"].n_signed("+") == 1
    project(
        tmp_path,
        CLAIMS.replace(
            "i2;A;staff;progress;+;Mit wenigen Leuten waren wir schneller.", "i2;A;money;progress;+;Ja."
        ),
    )
    assert [w.text("de").split("\n")[0] for w in build(folder).warnings if w.rule == "correction-gone"] == [
        (
            "overlays/corrections.csv, Zeile 2: correction-gone: die korrigierte Aussage steht nicht mehr in 'i2':"
            " Mit wenigen Leuten waren wir schneller."
        )
    ]


def test_our_own_claim_is_corrected_in_its_log(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    (first, _) = open_desk(folder).claims
    fix(folder, first.claim_id, cause="Eigenmittel", sign="+")
    assert arrows(build(folder)) == {("money", "progress"): ("+", 1), ("staff", "progress"): ("-", 1)}
    fix(folder, first.claim_id, withdrawn="yes")
    assert arrows(build(folder)) == {("staff", "progress"): ("-", 1)}
    events = [(e.field, e.old, e.new) for e in history(open_desk(folder), first.claim_id)]
    assert events[-3:] == [("cause", "staff", "money"), ("sign", "-", "+"), ("answer", "claim", "withdrawn")]
    assert not (folder / "overlays/corrections.csv").exists()
    fix(folder, first.claim_id, withdrawn="")
    assert arrows(build(folder)) == {("money", "progress"): ("+", 1), ("staff", "progress"): ("-", 1)}


def test_what_cannot_be_corrected_is_told(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    desk = open_desk(folder)
    with pytest.raises(UsageError) as unknown:
        fix(folder, "nothing", sign="+")
    assert [p.rule for p in unknown.value.problems] == ["no-such-claim"]
    with pytest.raises(InputError) as wrong:
        fix(folder, desk.claims[0].claim_id, cause="Personalmangl", sign="up")
    assert [p.text("en").split("\n")[0] for p in wrong.value.problems] == [
        "--cause: unknown-code: code 'Personalmangl' is no code of this codebook",
        "--sign: unknown-sign: 'up' is no sign",
    ]


def test_a_table_of_overlays_that_was_damaged_is_an_error_with_its_cell(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    path = folder / "overlays" / "claims.csv"
    whole = path.read_text("utf-8")
    path.write_text(
        whole.replace(",none,", ",nothing,").replace(",AB,", ",,", 1).replace(",'-,", ",down,", 1), "utf-8"
    )
    (folder / "overlays" / "corrections.csv").write_text(
        "id,who,when,field,new,document\nx,AB,2026,colour,red,i1\nx,AB,2026,sign,up,i1,more\nx,AB,2026,sign,up,i1\n"
    )
    with pytest.raises(InputError) as caught:
        build(folder)
    assert [(str(p.place), p.rule) for p in caught.value.problems] == [
        ("overlays/claims.csv, row 2, column sign", "unknown-sign"),
        ("overlays/claims.csv, row 2, column who", "overlay-cell-empty"),
        ("overlays/claims.csv, row 3, column answer", "unknown-value"),
        ("overlays/corrections.csv, row 2, column field", "unknown-value"),
        ("overlays/corrections.csv, row 3", "row-too-long"),
        ("overlays/corrections.csv, row 4, column new", "unknown-sign"),
    ]
    path.write_text("id,when\n", "utf-8")
    (folder / "overlays" / "corrections.csv").unlink()
    with pytest.raises(InputError) as headless:
        build(folder)
    assert {p.rule for p in headless.value.problems} == {"missing-column"}


def test_the_commands_correct_and_tell_the_history(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    claim = open_desk(folder).claims[0].claim_id
    assert run(
        folder, "claims", "fix", claim, "--sign", "+", "--denied", "--why", "neu"
    ).output.splitlines() == [
        f"{claim}  Vorzeichen: - → +",
        f"{claim}  Verneint: (nichts) → ja",
    ]
    assert run(folder, "claims", "fix", claim, "--sign", "+").output == "Das steht schon so da.\n"
    assert run(folder, "claims", "fix", claim).exit_code == 2
    shown = run(folder, "claims", "history", claim).output.splitlines()
    assert shown[-1].endswith("AB  Verneint: (nichts) → ja  (neu)")
    imported = project(tmp_path / "other")
    claim = open_desk(imported).claims[0].claim_id
    assert run(imported, "claims", "history", claim).output == "Wie importiert; nichts wurde geändert.\n"


def test_a_correction_that_a_person_typed_wrong_is_an_error_with_its_cell(tmp_path: Path) -> None:
    folder = project(tmp_path)
    claim = next(c for c in build(folder).claims if c.sign == "+")
    fix(folder, claim.claim_id, cause="Eigenmittel", about_case="b")
    (now,) = [c for c in build(folder).claims if c.document_id == "i2"]
    assert (now.cause, now.about_case) == ("money", "B")
    path = folder / "overlays" / "corrections.csv"
    path.write_text(path.read_text("utf-8").replace(",money,", ",Geeld,"), "utf-8")
    with pytest.raises(InputError) as caught:
        build(folder)
    assert [(str(p.place), p.rule) for p in caught.value.problems] == [
        ("overlays/corrections.csv, row 2, column new", "unknown-code")
    ]


def test_an_end_that_was_taken_back_leaves_half_a_claim(tmp_path: Path) -> None:
    folder = project(tmp_path)
    claim = next(c for c in build(folder).claims if c.sign == "+")
    fix(folder, claim.claim_id, effect="")
    item = build(folder).networks["A"].interactions["staff", "progress"]
    assert item.n_signed("+") == 0


def test_corrections_and_agreements_wait_for_their_interview(tmp_path: Path) -> None:
    folder = project(tmp_path, more="  - path: more.csv\ncoding: {use: consensus, primary: AB}\n")
    (folder / "more.csv").write_text("Dokument;Fall;Ursache;Wirkung;Zitat\ni9;B;money;staff;Geld.\n", "utf-8")
    claim = next(c for c in build(folder).claims if c.sign == "+")
    fix(folder, claim.claim_id, sign="-")
    (folder / "overlays" / "consensus.csv").write_text(
        "id,who,when,counts,coder,document,quote,cause,effect\n"
        "x,AB,2026,no,AB,i2,Mit wenigen Leuten waren wir schneller.,staff,progress\n"
        "y,AB,2026,no,AB,i2,Das hat nie jemand gesagt.,staff,progress\n",
        "utf-8",
    )
    found = build(folder)
    assert [p.rule for p in found.warnings if p.place.file == "overlays/consensus.csv"] == ["correction-gone"]
    assert found.networks["A"].interactions["staff", "progress"].sources == ("i1", "i3")
    # the interview is missing: nothing is lost, and it is told
    (folder / "claims.csv").write_text("".join(x for x in CLAIMS.splitlines(True) if "i2" not in x), "utf-8")
    waiting = {str(p.place) for p in build(folder).warnings if p.rule == "decision-without-document"}
    assert waiting == {
        "overlays/corrections.csv, row 2",
        "overlays/consensus.csv, row 2",
        "overlays/consensus.csv, row 3",
    }
    (folder / "overlays" / "consensus.csv").write_text(
        "id,who,when,counts,document\nx,AB,2026,vielleicht,i1\n", "utf-8"
    )
    with pytest.raises(InputError) as caught:
        build(folder)
    assert [p.rule for p in caught.value.problems if "consensus" in p.place.file] == ["not-yes-or-no"]


def test_an_overlay_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    (folder / "overlays" / "claims.csv").write_bytes(b"PK\x03\x04" + b"\x00" * 40)
    with pytest.raises(InputError) as caught:
        build(folder)
    assert {p.place.file for p in caught.value.problems} == {"overlays/claims.csv"}


def test_evidence_that_an_import_lost_finds_no_claim_and_breaks_nothing() -> None:
    corpus = Corpus(
        documents=[Document("i1", "i1")],
        relations=[Relation("r", "staff", "progress", document_id="i1")],
        relation_evidence=[RelationEvidence("r", "lost")],
    )
    finder = ClaimFinder(corpus, Codebook("b", "", "", {}))
    target = Target("r", "i1", "Ohne Leute geht nichts.", "staff", "progress")
    assert finder.find(target, Place("x"), Problems()) is None


@pytest.mark.parametrize("change", ["retired", "deleted by hand"])
def test_decisions_about_a_code_that_is_gone_are_made_anew(tmp_path: Path, change: str) -> None:
    folder = decided(tmp_path)
    study(folder, codings=CODINGS.replace("Personalmangel", "Eigenmittel"))
    if change == "retired":
        retire_code(folder / "base.yaml", "staff", "nie genannt").write()
    else:
        rest = "".join(x for x in CODEBOOK.splitlines(keepends=True) if "staff" not in x)
        (folder / "base.yaml").write_text(rest, "utf-8")
    rule = "retired-code" if change == "retired" else "unknown-code"
    with pytest.raises(InputError) as caught:
        build(folder)
    assert {(p.place.file, p.rule) for p in caught.value.problems} == {("overlays/claims.csv", rule)}
    desk = open_desk(folder)
    assert [p.rule for p in desk.pending] == [rule]
    first, second = desk.claims
    fix(folder, first.claim_id, cause="Eigenmittel")
    fix(folder, second.claim_id, withdrawn="yes")
    assert arrows(build(folder)) == {("money", "progress"): ("-", 1)}


def test_a_project_file_that_is_not_sound_opens_no_desk(tmp_path: Path) -> None:
    folder = study(tmp_path)
    (folder / "qualnet.yaml").write_text("format: 1\n", "utf-8")
    with pytest.raises(InputError, match="missing-field"):
        open_desk(folder)


def test_an_overlay_that_was_emptied_by_hand_is_told(tmp_path: Path) -> None:
    folder = decided(tmp_path)
    (folder / "overlays" / "claims.csv").write_text("", "utf-8")
    with pytest.raises(InputError, match=r"overlays/claims\.csv: empty-file"):
        build(folder)
