"""brat's annotations beside their text, line by line as its manual describes them."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualnet import build, readers
from qualnet.cli import main
from qualnet.corpus import Corpus
from qualnet.corpus.anchor import anchor_segments
from qualnet.prepare import prepare
from qualnet.problems import Problems
from qualnet.readers import brat, find_inputs, read_file

TEXT = "I: Woran?\nB: 😊 Weil Leute fehlen, stockt der Bau.\nB: Wir sind zu klein geworden.\n"
LINES = {".ann": "T1\tA 0 1\tI\n"}


def at(words: str, text: str = TEXT) -> str:
    start = text.index(words)
    return f"{start} {start + len(words)}"


def t(number: int, kind: str, words: str) -> str:
    return f"T{number}\t{kind} {at(words)}\t{words}"


CAUSED = [t(1, "Folge", "Weil"), t(2, "Personal", "Leute fehlen"), t(3, "Bau", "stockt der Bau")]


def written(folder: Path, *lines: str, text: str = TEXT, name: str = "i1") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_bytes(text.encode())
    path = folder / f"{name}.ann"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def read(path: Path, **options: str) -> tuple[Corpus, list[str]]:
    problems = Problems()
    corpus = Corpus()
    for found in find_inputs(path, path.name, problems):
        assert found.reader == "brat"
        corpus.extend(read_file(found, options, problems))
    anchor_segments(corpus, problems)
    return corpus, [p.text().replace("\n    ", " | ") for p in problems]


def kept(corpus: Corpus) -> dict[str, tuple[int, int]]:
    return {i.kind: (i.seen, i.kept) for i in corpus.issues}


@pytest.mark.samples
@pytest.mark.parametrize(
    ("name", "marks", "discontinuous", "events", "inhibits"),
    # counted with grep and awk in the files themselves
    [
        ("CHRG-110hhrg44900-1", 635, 68, 214, 30),
        ("CHRG-110hhrg44900-2", 462, 29, 154, 10),
        ("CHRG-111shrg61651", 116, 8, 40, 4),
    ],
)
def test_real_hearings(
    samples: Path, name: str, marks: int, discontinuous: int, events: int, inhibits: int
) -> None:
    path = samples / "brat" / f"{name}.ann"
    corpus, problems = read(path)
    # the third holds no relation but of cause and effect, and `NonCausal`
    assert [p.split(": ")[1] for p in problems] == ["relations-not-claims"] * (name != "CHRG-111shrg61651")
    found = kept(corpus)
    assert (found["text-bound"], found["events"]) == ((marks, marks), (events, events))
    assert found["discontinuous"] == (discontinuous, discontinuous)
    assert found["passages"] == (marks, marks)
    assert all(seen == n for seen, n in found.values())
    assert {s.anchor for s in corpus.segments} == {"exact"}
    assert corpus.imports[0].offset_rule == "code points, line end 1"
    signs = Counter(r.sign for r in corpus.relations if r.source_kind == "event")
    lines = path.read_text("utf-8").splitlines()
    inhibited = {line.split()[2] for line in lines if line.endswith("Inhibit")}
    assert len(inhibited) == signs["-"] == inhibits
    # events with a cause and an effect, read anew
    roles = {line.split("\t")[0]: set(re.findall(r" (\w+?)\d*:T", line)) for line in lines if line[0] == "E"}
    both = {name for name, found in roles.items() if {"Cause", "Effect"} <= found}
    drawn = {r.relation_id.split("/")[1].split(".")[0] for r in corpus.relations if r.from_id and r.to_id}
    assert both == {name for name in drawn if name in roles and {"Cause", "Effect"} & roles[name]}


def test_a_type_is_a_code_of_its_passage(tmp_path: Path) -> None:
    corpus, problems = read(written(tmp_path, t(1, "Personal", "Leute fehlen"), t(2, "Not", "Leute fehlen")))
    assert not problems
    (segment,) = corpus.segments
    assert (segment.quote, segment.anchor, segment.speaker_id) == ("Leute fehlen", "exact", "i1/B")
    assert [(c.code_id, c.segment_id) for c in corpus.codings] == [
        ("Personal", segment.segment_id),
        ("Not", segment.segment_id),
    ]
    assert [(d.document_id, d.text) for d in corpus.documents] == [("i1", TEXT)]
    assert str(segment.place) == "i1.ann:1"


def test_an_event_with_cause_and_effect_leads_from_passage_to_passage(tmp_path: Path) -> None:
    lines = [*CAUSED, "E1\tFolge:T1 Cause:T2 Effect:T3", "A1\tDegree E1 Inhibit", "A2\tTemporal E1"]
    corpus, problems = read(written(tmp_path, *lines))
    assert not problems
    (relation,) = corpus.relations
    quotes = {s.segment_id: s.quote for s in corpus.segments}
    assert (relation.from_type, relation.to_type) == ("segment", "segment")
    assert (quotes[relation.from_id], quotes[relation.to_id]) == ("Leute fehlen", "stockt der Bau")
    assert (relation.label, relation.sign, relation.source_kind) == ("Folge", "-", "event")
    assert json.loads(relation.extra) == {
        "attributes": ["Degree: Inhibit", "Temporal"],
        "roles": ["Cause: T2", "Effect: T3"],
    }
    assert [quotes[e.segment_id] for e in corpus.relation_evidence] == [
        "Weil",
        "Leute fehlen",
        "stockt der Bau",
    ]
    # the word that says so is no factor
    assert [c.code_id for c in corpus.codings] == ["Personal", "Bau"]


@pytest.mark.parametrize(
    ("attributes", "sign", "denied"),
    [
        ([], "unstated", False),  # never guessed: the default of a menu is not in the file
        (["A1\tDegree E1 Facilitate"], "+", False),
        (["A1\tPolarity E1 negative"], "-", False),
        (["M1\tNegation E1", "A2\tInhibit E1"], "-", True),
        (["A1\tDegree E1 Facilitate", "A2\tDegree E1 Inhibit"], "unstated", False),
        (["A1\tStrength E1 1"], "unstated", False),
    ],
)
def test_attributes_give_the_sign_and_what_is_denied(
    tmp_path: Path, attributes: list[str], sign: str, denied: bool
) -> None:
    corpus, _ = read(written(tmp_path, *CAUSED, "E1\tFolge:T1 Cause:T2 Effect:T3", *attributes))
    (relation,) = corpus.relations
    assert (relation.sign, relation.denied) == (sign, denied)


def test_pitfall_15_discontinuous_spans(tmp_path: Path) -> None:
    zu, klein = at("zu"), at("geworden")
    broken = at("Weil Leute").split(" ")[0], at("fehlen").split(" ")
    lines = [
        f"T1\tZuKlein {zu};{klein}\tzu geworden",
        # brat cuts at the end of a line
        f"T2\tPersonal {broken[0]} {broken[1][0]};{broken[1][0]} {broken[1][1]}\tWeil Leute fehlen",
    ]
    corpus, problems = read(written(tmp_path, *lines))
    assert not problems
    assert [(s.quote, s.anchor) for s in corpus.segments] == [
        ("zu klein geworden", "exact"),
        ("Weil Leute fehlen", "exact"),
    ]
    assert kept(corpus)["discontinuous"] == (2, 2)


def test_pitfall_15_events_without_arguments_and_relations_to_events(tmp_path: Path) -> None:
    lines = [
        *CAUSED,
        t(4, "Ende", "klein"),
        "E1\tFolge:T1",
        "E2\tEnde:T4 Cause:E3 Effect:T3 Effect2:T2",
        "E3\tFolge:T1 Agent:T2",
        "R1\tCauses Arg1:E1 Arg2:T3",
    ]
    corpus, problems = read(written(tmp_path, *lines))
    assert [p.split(": ")[1] for p in problems] == ["relations-not-claims"]
    quotes = {s.segment_id: s.quote for s in corpus.segments}
    found = [(r.relation_id, quotes[r.from_id], quotes[r.to_id], r.source_kind) for r in corpus.relations]
    assert found == [
        ("i1/E2.1", "Weil", "stockt der Bau", "event"),
        ("i1/E2.2", "Weil", "Leute fehlen", "event"),
        ("i1/E3.1", "Weil", "Leute fehlen", "annotation"),
        ("i1/R1", "Weil", "stockt der Bau", "event"),
    ]
    assert "Folge" in {c.code_id for c in corpus.codings}
    assert "Ende" not in {c.code_id for c in corpus.codings}


@pytest.mark.parametrize(("text", "rule"), [(TEXT.replace("\n", "\r\n"), 2), (TEXT, 1)])
def test_pitfalls_1_and_15_emoji_before_a_span_and_a_text_with_crlf(
    tmp_path: Path, text: str, rule: int
) -> None:
    start = text.index("stockt")
    corpus, problems = read(written(tmp_path, f"T1\tBau {start} {start + 14}\tstockt der Bau", text=text))
    assert not problems
    assert [(s.quote, s.start) for s in corpus.segments] == [("stockt der Bau", TEXT.index("stockt"))]
    assert (corpus.imports[0].offset_rule == "code points, line end 2") == (rule == 2)


@pytest.mark.parametrize(("unit", "bom"), [("utf-16-le", b""), ("utf-32-le", b"\xef\xbb\xbf")])
def test_pitfall_1_other_programs_that_write_the_format_count_otherwise(
    tmp_path: Path, unit: str, bom: bytes
) -> None:
    width = 2 if unit == "utf-16-le" else 4
    start = len(TEXT[: TEXT.index("stockt")].encode(unit)) // width
    path = written(tmp_path, f"T1\tBau {start} {start + 14}\tstockt der Bau")
    path.with_suffix(".txt").write_bytes(bom + TEXT.encode())
    corpus, problems = read(path)
    assert not problems
    assert [s.quote for s in corpus.segments] == ["stockt der Bau"]


def test_an_effect_without_a_cause_is_half_a_chain(tmp_path: Path) -> None:
    corpus, problems = read(written(tmp_path, *CAUSED, "E1\tFolge:T1 Effect:T3"))
    assert not problems
    (relation,) = corpus.relations
    assert (relation.from_type, relation.from_id, relation.to_type) == ("code", "", "segment")


def test_what_the_label_of_a_relation_says(tmp_path: Path) -> None:
    lines = [
        *CAUSED,
        "R1\themmt Arg1:T2 Arg2:T3\t",
        "R2\tCoref Arg1:T2 Arg2:T3",
        "R3\tNonCausal Arg1:T2 Arg2:T3",
        "R4\tlink Effect:T2 Cause:T3",
        "*\tEquiv T1 T2 T3",
    ]
    path = written(tmp_path, *lines)
    corpus, problems = read(path)
    assert [p.split(" | ")[0] for p in problems] == [
        (
            "i1.ann: relations-not-claims: relations (1) whose labels do not say"
            " that one thing acts on another: 'Coref'; they are no claims"
        )
    ]
    shown = [(r.relation_id, r.label, r.sign, r.direction, r.source_kind) for r in corpus.relations]
    assert shown == [
        ("i1/R1", "hemmt", "-", "oneway", "event"),
        ("i1/R2", "Coref", "unstated", "oneway", "annotation"),
        ("i1/R3", "NonCausal", "unstated", "oneway", "annotation"),
        ("i1/R4", "link", "unstated", "oneway", "event"),
        ("i1/equivalence 8.1", "Equiv", "unstated", "none", "annotation"),
        ("i1/equivalence 8.2", "Equiv", "unstated", "none", "annotation"),
    ]
    assert corpus.relations[3].from_id == corpus.relations[0].to_id
    named, problems = read(path, claims="coref, x")
    assert not problems
    assert [r.source_kind for r in named.relations][:4] == ["annotation", "event", "annotation", "annotation"]
    every, problems = read(path, claims="all")
    assert {r.source_kind for r in every.relations} == {"event"}


def test_notes_are_memos_and_may_state_a_claim(tmp_path: Path) -> None:
    lines = [
        *CAUSED,
        "E1\tFolge:T1 Effect:T3",
        "#1\tAnnotatorNotes T2\tPersonal -> Bau (-)",
        "#2\tAnnotatorNotes E1\tnachfragen",
        "N1\tReference T3 Wikidata:Q1\tBau",
        "#3\tAnnotatorNotes\tüber alles",
        "A1\tSicher T2 ja",
    ]
    corpus, problems = read(written(tmp_path, *lines))
    assert not problems
    quotes = {s.segment_id: s.quote for s in corpus.segments} | {"i1": "(all)"}
    assert [(m.target_type, quotes[m.target_id], m.text) for m in corpus.memos] == [
        ("segment", "Leute fehlen", "Personal -> Bau (-)"),
        ("segment", "Weil", "nachfragen"),
        ("document", "(all)", "über alles"),
        ("segment", "stockt der Bau", "Wikidata:Q1\tBau"),
    ]
    assert [(r.from_id, r.to_id, r.sign) for r in corpus.relations if r.source_kind == "comment"] == [
        ("Personal", "Bau", "-")
    ]
    assert [c.comment for c in corpus.codings if c.code_id == "Personal"] == ["Sicher: ja"]


def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    lines = [
        t(1, "A", "Leute"),
        "",
        "T2\tA 5 999\tx",
        "T3 A 1 2",
        "X1\tA",
        t(1, "B", "Bau"),
        "R1\tcauses Arg1:T1 Arg2:T9",
        "R2\tcauses Arg1:T1 Arg2:T2",
    ]
    corpus, problems = read(written(tmp_path, *lines), x="1")
    assert [p.split(" | ")[0] for p in problems] == [
        "i1.ann: unknown-field: there is no field 'x'",
        "i1.ann:3: offsets-outside: positions 5 to 999 lie outside the text of 81 characters",
        "i1.ann:4: unreadable: the file cannot be read: no annotation: T3 A 1 2",
        "i1.ann:5: unreadable: the file cannot be read: no annotation: X1\tA",
        "i1.ann:6: duplicate-id: annotation 'T1' exists already",
        "i1.ann:7: reference-to-nothing: 'T9' is named here and stands nowhere in the file",
    ]
    found = kept(corpus)
    assert (found["text-bound"], found["other lines"], found["passages"]) == ((4, 3), (1, 0), (3, 1))
    assert found["relations"] == (2, 0)


def test_words_that_differ_from_the_text_are_kept_and_told(tmp_path: Path) -> None:
    path = written(tmp_path, f"T1\tA {at('Leute fehlen')}\tLeute fehlten", t(2, "A", "klein"))
    corpus, problems = read(path)
    assert corpus.segments[0].quote == "Leute fehlten"
    assert corpus.segments[0].start is None
    assert [p.split(": ")[1] for p in problems] == ["quote-not-found"]


def test_the_text_is_missing_too_large_or_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, t(1, "A", "Leute"))
    monkeypatch.setattr(brat, "MAX_TEXT", len(TEXT.encode()) - 1)
    assert [p.split(": ")[:2] for p in read(path)[1]] == [["i1.txt", "too-large"]]
    monkeypatch.undo()
    path.with_suffix(".txt").write_bytes(b"\x81\xff")
    assert [p.split(": ")[:2] for p in read(path)[1]] == [["i1.txt", "unreadable"]]
    path.with_suffix(".txt").unlink()
    assert [p.split(": ")[:2] for p in read(path)[1]] == [["i1.ann", "text-missing"]]


@pytest.mark.parametrize("raw", [b"\xff\xfe\0", b"T1 A 0 1\n", b"Das ist Text.\n", b"PK\x03\x04", b"\0\1\2"])
def test_other_files_are_not_taken_for_annotations(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "i1.ann"
    path.write_bytes(raw)
    assert not brat.sniff(readers.Source(path, "i1.ann"))


def test_the_types_stand_as_the_settings_say(tmp_path: Path) -> None:
    conf = "[entities]\n# Faktoren\n!Mittel\n\tPersonal\n\t\tStellen\n\tGeld\nBau\n<X> A\n[relations]\nFolge Arg1:A\n"
    path = written(tmp_path, t(1, "Stellen", "Leute"), t(2, "Neu", "Bau"))
    (tmp_path / "annotation.conf").write_text(conf, "utf-8")
    corpus, problems = read(path)
    assert not problems
    assert [(c.code_id, c.parent_id, c.codable) for c in corpus.codes] == [
        ("Mittel", "", False),
        ("Personal", "Mittel", True),
        ("Stellen", "Personal", True),
        ("Geld", "Mittel", True),
        ("Bau", "", True),
        ("Neu", "", True),
    ]


def test_in_a_folder_the_text_belongs_to_its_annotations(tmp_path: Path) -> None:
    written(tmp_path, t(1, "A", "Leute"))
    written(tmp_path, name="i2", text="B: Nichts.\n")  # brat makes an empty one
    (tmp_path / "annotation.conf").write_text("[entities]\nA\n", "utf-8")
    problems = Problems()
    found = {
        f.source.shown: (f.reader, [p.name for p in f.beside]) for f in find_inputs(tmp_path, "x", problems)
    }
    assert not problems.found
    assert found == {
        "x/i1.ann": ("brat", ["i1.txt", "annotation.conf"]),
        "x/i2.txt": ("transcripts", []),
    }


PROJECT = """format: 1
title: t
codebook: base.yaml
inputs:
  - {path: interviews, case: Soest}
interactions: {layers: [stated, overlap]}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "qualnet.yaml").write_text(PROJECT, "utf-8")
    rows = "".join(f"  - {{id: {name}, label: {name}}}\n" for name in ("Personal", "Bau", "Folge"))
    (folder / "base.yaml").write_text(f"format: 1\nid: base\ncodes:\n{rows}", "utf-8")
    lines = [*CAUSED, "E1\tFolge:T1 Cause:T2 Effect:T3", "A1\tDegree E1 Inhibit"]
    written(folder / "interviews", *lines)
    written(folder / "interviews", t(1, "Bau", "Bau"), name="i2")
    return folder


def test_an_event_between_coded_passages_is_a_claim(project: Path) -> None:
    study = build(project)
    (claim,) = study.claims
    assert (claim.cause, claim.effect, claim.sign) == ("Personal", "Bau", "-")
    assert claim.quote == "Weil [...] Leute fehlen [...] stockt der Bau"


def test_the_store_notices_that_the_text_has_changed(project: Path) -> None:
    def tried() -> tuple[int, int]:
        problems = Problems()
        prepared = prepare(project / "qualnet.yaml", problems)
        assert prepared
        return prepared.n_read, prepared.n_kept

    assert tried() == (2, 0)
    assert tried() == (0, 2)
    text = project / "interviews" / "i1.txt"
    text.write_text(TEXT + "I: Danke.\n", "utf-8")
    assert tried() == (1, 1)


def test_forgetting_takes_the_text_with_its_annotations(project: Path) -> None:
    done = CliRunner().invoke(main, ["forget", "i1", str(project), "--yes"])
    assert done.exit_code == 0, done.output
    assert sorted(p.name for p in (project / "interviews").iterdir()) == ["i2.ann", "i2.txt"]


def test_a_new_project_and_a_new_city_get_both_files(tmp_path: Path) -> None:
    lines = [*CAUSED, "E1\tFolge:T1 Cause:T2 Effect:T3"]
    one = written(tmp_path / "a", *lines)
    two = written(tmp_path / "b", *lines, name="i2")
    run = CliRunner().invoke
    done = run(main, ["init", str(tmp_path / "s"), "--from", str(one), "--case", "Soest"])
    assert done.exit_code == 0, done.output
    done = run(main, ["city", "add", "Hamm", str(two), str(tmp_path / "s")])
    assert done.exit_code == 0, done.output
    names = {p.name for p in (tmp_path / "s").rglob("i?.*") if ".qualnet" not in p.parts}
    assert names == {"i1.ann", "i1.txt", "i2.ann", "i2.txt"}
    assert {c.case_id for c in build(tmp_path / "s").claims} == {"Soest", "Hamm"}
