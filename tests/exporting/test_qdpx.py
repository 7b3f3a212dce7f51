"""The way back to REFI-QDA: what is written can be read again, and is valid."""

import io
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualnet.corpus import (
    Attribute,
    Case,
    Coder,
    CodeRow,
    Coding,
    Corpus,
    Document,
    DocumentCase,
    Memo,
    Relation,
    RelationEvidence,
    Segment,
)
from qualnet.corpus.rows import Extra
from qualnet.exporting._refi import Drawn, archive_of
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file
from tests.exporting.refi_schema import faults


def read(data: bytes, name: str = "x.qdpx") -> tuple[Corpus, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        problems, corpus = Problems(), Corpus()
        for found in find_inputs(path, path.name, problems, "refi"):
            corpus = read_file(found, {}, problems)
    return corpus, [p.text() for p in problems]


def xml(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("project.qde")


def facts(corpus: Corpus) -> dict[str, Any]:
    """Say everything that a corpus knows in words, not in ids: those may become GUIDs."""
    code = {r.code_id: (r.name, r.color, r.codable, r.definition) for r in corpus.codes}
    parent = {r.code_id: r.parent_id for r in corpus.codes}
    quoted = {s.segment_id: (s.document_id, s.quote, s.start, s.end, s.area, s.time) for s in corpus.segments}
    case = {c.case_id: c.name for c in corpus.cases}
    coding = {
        c.coding_id: (quoted[c.segment_id], code[c.code_id], c.coder_id, c.comment, c.date)
        for c in corpus.codings
    }
    target: dict[str, dict[str, Any]] = {"segment": quoted, "code": code, "coding": coding, "case": case}
    evidence: dict[str, list[Any]] = {}
    for row in corpus.relation_evidence:
        evidence.setdefault(row.relation_id, []).append(quoted[row.segment_id])

    def end(kind: str, name: str) -> Any:
        named: dict[str, dict[str, Any]] = {"code": code, "segment": quoted}
        return named.get(kind, {}).get(name, name)

    return {
        "documents": [(d.document_id, d.kind, d.text, d.language, d.date, d.synthetic, d.role) for d in corpus.documents],
        "codes": Counter((code[c], code.get(parent[c])) for c in code),
        "segments": Counter(quoted.values()),
        "codings": Counter(coding.values()),
        "coders": {c.name for c in corpus.coders},
        "cases": Counter(case.values()),
        "members": Counter((r.document_id, case[r.case_id]) for r in corpus.document_cases),
        "attributes": Counter((r.owner_type, case.get(r.owner_id, r.owner_id), r.name, r.value) for r in corpus.attributes),
        "memos": Counter(
            (m.text, m.target_type, target.get(m.target_type, {}).get(m.target_id, m.target_id), m.coder_id)
            for m in corpus.memos
            if m.target_type != "coding"
        ),
        "relations": Counter(
            (
                *(end(r.from_type, r.from_id), end(r.to_type, r.to_id), r.label, r.direction, r.sign, r.status),
                *(r.denied, r.repeat, r.about_case, r.condition, r.hedge, r.strength, r.certainty, r.source_kind),
                *(r.coder_id, r.comment, tuple(sorted(map(str, evidence.get(r.relation_id, []))))),
            )
            for r in corpus.relations
        ),
    }  # fmt: skip


# what XML cannot hold is replaced on the way out, and the normal form has LF only
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
NAMES = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
TEXTS = st.text(st.one_of(st.sampled_from("ab \n😀é"), LETTERS), min_size=1, max_size=60).filter(
    lambda t: not t.startswith("\ufeff")
)
SAID = st.one_of(st.just(""), NAMES)


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    corpus = Corpus()
    names = draw(st.lists(NAMES, min_size=2, max_size=5, unique_by=lambda n: n.casefold()))
    for k, name in enumerate(names):
        parent = draw(st.sampled_from(["", *(f"c{i}" for i in range(k))]))
        color = draw(st.sampled_from(["", "#abc", "#12AB9f"]))
        corpus.codes.append(CodeRow(f"c{k}", name, parent, draw(st.booleans()), color, draw(SAID)))
    coders = draw(st.lists(NAMES, max_size=2, unique=True))
    corpus.coders = [Coder(c, c) for c in coders]
    who = st.sampled_from(["", *coders])
    code = st.sampled_from([c.code_id for c in corpus.codes])
    corpus.cases = [Case("a", "Soest", "refi"), Case("b", "Kamen", "refi")]
    for case in corpus.cases:
        corpus.attributes.append(Attribute("case", case.case_id, "Einwohner", draw(NAMES)))
    for n in range(draw(st.integers(1, 3))):
        document = f"i{n}"
        text = draw(st.one_of(st.none(), TEXTS))
        about = (draw(SAID), draw(SAID))
        kind = draw(st.sampled_from(["interview", "strategy"]))
        corpus.documents.append(
            Document(document, document, kind, text, *about, draw(st.booleans()), draw(SAID))
        )
        corpus.document_cases.append(DocumentCase(document, draw(st.sampled_from("ab")), "case"))
        for fact in draw(
            st.lists(
                st.tuples(st.sampled_from(["Alter", "Set"]), NAMES.filter(lambda n: ":" not in n)),
                max_size=2,
                unique=True,
            )
        ):
            corpus.attributes.append(Attribute("document", document, *fact))
        for k in range(draw(st.integers(0, 3))):
            if text is None:
                segment = Segment(f"{document}/{k}", document, draw(TEXTS), kind="quote")
            else:
                start = draw(st.integers(0, len(text) - 1))
                end = draw(st.integers(start + 1, len(text)))
                segment = Segment(f"{document}/{k}", document, text[start:end], start, end)
            corpus.segments.append(segment)
            for given_code in draw(st.lists(code, max_size=2, unique=True)):
                row = Coding(
                    f"{segment.segment_id}/{given_code}",
                    segment.segment_id,
                    given_code,
                    draw(who),
                    draw(SAID),
                    "2026-03-01",
                )
                corpus.codings.append(row)
            if draw(st.booleans()):
                corpus.memos.append(
                    Memo(f"m{segment.segment_id}", draw(TEXTS), "segment", segment.segment_id, draw(who))
                )
    corpus.memos.append(Memo("about", draw(NAMES), "code", "c0"))
    corpus.memos.append(Memo("more", draw(NAMES), "document", "i0"))
    corpus.memos.append(Memo("all", draw(NAMES), "project", ""))
    for k in range(draw(st.integers(0, 3))):
        evidence = (
            draw(st.lists(st.sampled_from(corpus.segments), max_size=2, unique=True))
            if corpus.segments
            else []
        )
        in_document = evidence[0].document_id if evidence else "i0"
        evidence = [s for s in evidence if s.document_id == in_document]
        corpus.relations.append(
            Relation(
                f"claim {k}: '\"{{}}\\",
                draw(code),
                draw(code),
                label=draw(SAID),
                direction=draw(st.sampled_from(["oneway", "oneway", "both", "none"])),
                sign=draw(st.sampled_from(["+", "-", "ambivalent", "unstated"])),
                status=draw(st.sampled_from(["observed", "expected", "demanded", "reported"])),
                denied=draw(st.booleans()),
                repeat=draw(st.booleans()),
                about_case=draw(SAID),
                condition=draw(SAID),
                hedge=draw(SAID),
                strength=draw(SAID),
                certainty=draw(SAID),
                source_kind=draw(st.sampled_from(["note", "row", "comment", "event"])),
                document_id=in_document,
                coder_id=draw(who),
                comment=draw(SAID),
            )
        )
        corpus.relation_evidence += [
            RelationEvidence(f"claim {k}: '\"{{}}\\", s.segment_id) for s in evidence
        ]
    claimed = {(r.from_id, r.to_id) for r in corpus.relations}
    ends = draw(st.tuples(code, code))
    if ends not in claimed:
        corpus.relations.append(
            Relation(
                "line",
                *ends,
                label="leads",
                direction="both",
                source_kind=draw(st.sampled_from(["link", "graph"])),
            )
        )
    return corpus


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=100)
@given(corpora(), st.booleans())
def test_a_corpus_that_is_written_and_read_again_says_the_same(corpus: Corpus, utf16: bool) -> None:
    data = archive_of(corpus, "Projekt", utf16=utf16)
    assert not faults(xml(data))
    again, problems = read(data)
    assert not [p for p in problems if "half-claim" not in p]
    assert facts(again) == facts(corpus)
    # what has been read from a project keeps every id
    twice, _ = read(archive_of(again, "Projekt"))
    assert [r.coding_id for r in twice.codings] == [r.coding_id for r in again.codings]
    assert facts(twice) == facts(again)


def small() -> Corpus:
    corpus = Corpus()
    corpus.codes = [CodeRow("a", "Personal"), CodeRow("b", "Geld")]
    corpus.documents = [Document("i1", "i1", text="Leute fehlen. 😀 Geld auch.")]
    corpus.segments = [Segment("s", "i1", "Geld auch.", 16, 26)]
    corpus.codings = [Coding("k", "s", "b", "AB")]
    return corpus


def test_positions_are_counted_as_the_other_program_does() -> None:
    for utf16, place in (
        (False, b'startPosition="16" endPosition="26"'),
        (True, b'startPosition="17" endPosition="27"'),
    ):
        assert place in xml(archive_of(small(), "p", utf16=utf16))


def test_the_archive_has_the_names_that_every_program_finds() -> None:
    corpus = small()
    corpus.documents.append(Document("i2", "i2", text="Zeile\nzwei"))
    data = archive_of(corpus, "p")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        texts = {archive.read(n) for n in names[1:]}
    assert names[0] == "project.qde"
    assert all(n.startswith("sources/") and n == n.replace(n[8:-4], n[8:-4].upper()) for n in names[1:])
    assert texts == {"Leute fehlen. 😀 Geld auch.".encode(), b"Zeile\nzwei"}
    assert data == archive_of(corpus, "p")


def test_claims_can_be_written_as_codes() -> None:
    corpus = small()
    corpus.relations = [
        Relation("r", "a", "b", sign="-", document_id="i1", coder_id="AB", comment="Memo"),
        Relation("q", "b", "a", document_id="i1"),
        Relation("gone", "b", "a", withdrawn=True),
    ]
    corpus.relation_evidence = [RelationEvidence(r, s) for r, s in (("r", "s"), ("q", "s"), ("q", "nowhere"))]
    data = archive_of(corpus, "p", claims_as_codes=True)
    assert not faults(xml(data))
    again, _ = read(data)
    assert not again.relations
    names = {c.code_id: c.name for c in again.codes}
    assert [(names[c.code_id], c.coder_id, c.comment) for c in again.codings] == [
        ("Geld", "AB", ""),
        ("Personal -> Geld (-)", "AB", "Memo"),
        ("Geld -> Personal", "", ""),
    ]


def test_networks_are_graphs_with_links_and_are_no_claims_when_they_come_back() -> None:
    corpus = small()
    drawn = Drawn(
        "Soest (stated)",
        "soest",
        (("a", (0.0, 1.0)), ("b", (1.5, 0.0))),
        (("a", "b", "+", 2), ("b", "b", "unstated", 1)),
    )
    data = archive_of(
        corpus,
        "p",
        [drawn, Drawn("quiet", "x", (("a", (0, 0)),), (("a", "a", "", 4),), directed=False, told=False)],
    )
    assert not faults(xml(data))
    text = xml(data).decode()
    for said in (
        'name="qualnet: Soest (stated), +, 2"',
        'name="qualnet: Soest (stated), 1"',
        'name="qualnet: quiet"',
        'firstX="150" firstY="0"',
        'direction="Associative"',
    ):
        assert said in text
    again, problems = read(data)
    assert not problems
    assert not again.relations


def test_pictures_pdfs_and_recordings_stay_what_they_are() -> None:
    corpus = small()
    corpus.documents += [
        Document("pic", "pic", "picture"),
        Document("pdf", "pdf", text="Seite eins"),
        Document("tape", "tape"),
        Document("talk", "talk", text="Ja. Nein."),
        Document("mute", "mute"),
        Document("plain", "plain", text="Worte"),
    ]
    corpus.segments += [
        Segment("p1", "pic", "", kind="area", area="1, 2 - 30, 40"),
        Segment("p2", "pdf", "Seite", 0, 5),
        Segment("p3", "pdf", "Bild", kind="area", area="S. 2 (10, 20 - 30, 40)"),
        Segment("t1", "tape", "", kind="time", time="00:00:01 - 00:01:00"),
        Segment("t2", "talk", "Nein.", 4, 9, time="00:00:02 - 00:00:03"),
        Segment("t3", "talk", "Ja.", 0, 3),
        Segment("q0", "mute", "", kind="quote"),
        Segment("q1", "mute", "Nur ein Zitat", kind="quote"),
        Segment("q2", "plain", "steht dort nicht", kind="quote"),
    ]
    corpus.codings += [Coding(f"k{s.segment_id}", s.segment_id, "a", "AB") for s in corpus.segments[1:]]
    data = archive_of(corpus, "p")
    assert not faults(xml(data))
    again, problems = read(data)
    assert not problems
    corpus.coders.append(Coder("AB", "AB"))
    assert facts(again) == facts(corpus)


def test_codes_that_no_codebook_has_and_circles_of_parents_lose_no_coding() -> None:
    corpus = small()
    corpus.codes += [CodeRow("x", "X", "y"), CodeRow("y", "Y", "x")]
    corpus.codings.append(Coding("k2", "s", "nowhere"))
    data = archive_of(corpus, "p")
    assert not faults(xml(data))
    again, _ = read(data)
    assert {c.name for c in again.codes} == {"Personal", "Geld", "X", "Y", "nowhere"}
    assert len(again.codings) == 2


def test_two_codes_of_one_name_are_told_apart() -> None:
    corpus = small()
    corpus.codes += [CodeRow("c", "Geld", "a")]
    corpus.relations = [Relation("r", "b", "c", document_id="i1")]
    again, _ = read(archive_of(corpus, "p"))
    names = {c.code_id: (c.name, bool(c.parent_id)) for c in again.codes}
    assert [(names[r.from_id], names[r.to_id]) for r in again.relations] == [
        (("Geld", False), ("Geld", True))
    ]


def test_what_qualnet_does_not_know_is_written_back() -> None:
    guid = "0F1A2B3C-0000-4000-8000-000000000001"
    corpus = small()
    corpus.documents[0] = Document("i1", "i1", text="Leute fehlen. 😀 Geld auch.")
    corpus.memos = [
        Memo("n", "zum Link", "relation", guid),
        Memo("m", "Fall", "case", "f"),
        Memo("c", "schon im Kommentar", "coding", "k"),
    ]
    corpus.codings = [Coding("k", "s", "b", "AB", "schon im Kommentar")]
    corpus.cases = [Case("f", "Soest")]
    corpus.relations = [Relation(guid, "a", "s", "code", "segment", "zeigt", "none", source_kind="link")]
    corpus.extras = [
        Extra("project", "", "Neu", '<Neu wert="1" />'),
        Extra("document", "i1", "@farbe", "rot"),
        Extra("set", "Gruppe", "MemberCode", "0f1a2b3c-0000-4000-8000-000000000002"),
        Extra("segment", "gone", "@x", "1"),
    ]
    text = xml(archive_of(corpus, "p")).decode()
    assert '<Neu wert="1" />' in text
    assert 'farbe="rot"' in text
    assert '<MemberCode targetGUID="0F1A2B3C-0000-4000-8000-000000000002" />' in text
    assert f'<Link guid="{guid}" name="zeigt" direction="Associative"' in text
    assert text.count("schon im Kommentar") == 1
    again, _ = read(archive_of(corpus, "p"))
    assert {(e.owner_type, e.name) for e in again.extras} == {
        ("project", "Neu"),
        ("document", "@farbe"),
        ("set", "MemberCode"),
    }
    assert {m.text for m in again.memos} == {"zum Link", "Fall", "schon im Kommentar"}


@pytest.mark.samples
@pytest.mark.parametrize("name", ["qualilab_stress_test.qdpx", "skyloom_TestProject.qdpx"])
def test_projects_of_other_programs_come_back_as_they_were(name: str, samples: Path) -> None:
    corpus, _ = read((samples / "refi" / name).read_bytes(), name)
    again, problems = read(archive_of(corpus, "p"))
    assert not problems
    first, second = facts(corpus), facts(again)
    for table in (
        "documents",
        "codes",
        "segments",
        "codings",
        "coders",
        "cases",
        "members",
        "attributes",
        "relations",
    ):
        assert second[table] == first[table], table


def test_documents_are_known_by_their_ids_again_whatever_they_are_called() -> None:
    corpus = small()
    corpus.documents = [Document("i1", "Gespräch", text="Leute fehlen. 😀 Geld auch.")]
    assert [d.document_id for d in read(archive_of(corpus, "p"))[0].documents] == ["i1"]
    # two of one name, numbered as a reader of projects does
    corpus.documents = [Document("i1", "i1", text="Eins"), Document("i1 (2)", "i1", text="Zwei")]
    corpus.segments, corpus.codings = [], []
    again, _ = read(archive_of(corpus, "p"))
    assert [(d.document_id, d.name, d.text) for d in again.documents] == [
        ("i1", "i1", "Eins"),
        ("i1 (2)", "i1", "Zwei"),
    ]
