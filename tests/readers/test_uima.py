"""UIMA CAS as XMI and as JSON: a real file of INCEpTION, and files written by hand after the formats."""

import json
from pathlib import Path
from typing import Any

import pytest

from qualnet import readers
from qualnet.corpus import Corpus
from qualnet.corpus.lift import lift_ends
from qualnet.problems import Problems
from qualnet.readers import find_inputs, read_file

TEXT = "😀 Ohne Leute kein Fortschritt."
# counted as Java does: the emoji is two
SPANS = (
    '<custom:Factor xmi:id="5" sofa="1" begin="8" end="13" label="Leute" sure="no"/>'
    '<custom:Factor xmi:id="6" sofa="1" begin="19" end="30" label="Fortschritt"><more>a</more><more>b</more></custom:Factor>'
    '<custom:Acts xmi:id="7" sofa="1" begin="8" end="30" Governor="5" Dependent="6" kind="hemmt" why="x"/>'
    '<pos:POS xmi:id="8" sofa="1" begin="3" end="7" PosValue="PREP"/>'
)
FEATURES: list[Any] = [
    {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "mimeType": "text", "sofaString": TEXT},
    {"%ID": 5, "%TYPE": "custom.Factor", "@sofa": 1, "begin": 8, "end": 13, "label": "Leute", "sure": "no"},
    {
        "%ID": 6,
        "%TYPE": "custom.Factor",
        "@sofa": 1,
        "begin": 19,
        "end": 30,
        "label": "Fortschritt",
        "more": ["a", "b"],
    },
    {
        "%ID": 7,
        "%TYPE": "custom.Acts",
        "@sofa": 1,
        "begin": 8,
        "end": 30,
        "@Governor": 5,
        "@Dependent": 6,
        "kind": "hemmt",
        "why": "x",
        "nil": None,
    },
    {"%ID": 8, "%TYPE": "pos.POS", "@sofa": 1, "begin": 3, "end": 7, "PosValue": "PREP"},
]


def xmi(folder: Path, inside: str, text: str = TEXT, meta: str = "") -> Path:
    names = 'xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmlns:pos="http:///pos.ecore"'
    sofa = f'<cas:Sofa xmi:id="1" sofaNum="1" sofaString="{text}"/>' if text else ""
    path = folder / "i1.xmi"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xmi:XMI {names} xmi:version="2.0">{meta}{inside}{sofa}</xmi:XMI>',
        "utf-8",
    )
    return path


def cas(folder: Path, features: object) -> Path:
    path = folder / "i1.json"
    path.write_text(json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": features}), "utf-8")
    return path


def read(path: Path, **options: str) -> tuple[Corpus, list[str]]:
    problems, corpus = Problems(), Corpus()
    for found in find_inputs(path, path.name, problems, None, options):
        assert found.reader == "uima"
        corpus = read_file(found, options, problems)
    return corpus, [f"{p.place}: {p.rule}" for p in problems]


@pytest.mark.parametrize("form", ["xmi", "json"])
def test_spans_of_own_layers_are_codes_and_relations_are_claims(tmp_path: Path, form: str) -> None:
    path = xmi(tmp_path, SPANS) if form == "xmi" else cas(tmp_path, FEATURES)
    corpus, problems = read(path, claims="hemmt", coder="AB")
    assert not problems
    assert [d.text for d in corpus.documents] == [TEXT]
    quotes = {s.segment_id: s.quote for s in corpus.segments}
    assert [(quotes[c.segment_id], c.code_id, c.coder_id, c.comment) for c in corpus.codings] == [
        ("Leute", "Leute", "AB", "sure: no"),
        ("Fortschritt", "Fortschritt", "AB", "more: a, b"),
    ]
    lift_ends(corpus, Problems())
    assert [(r.from_id, r.to_id, r.sign, r.coder_id) for r in corpus.relations] == [
        ("Leute", "Fortschritt", "-", "AB")
    ]
    counted = {i.kind: (i.seen, i.kept) for i in corpus.issues}
    assert counted["layer POS"] == (1, 0)


def test_linguistic_layers_are_read_on_request(tmp_path: Path) -> None:
    corpus, _ = read(xmi(tmp_path, SPANS), layers="POS")
    assert [c.code_id for c in corpus.codings] == ["Leute", "Fortschritt", "PREP"]


def test_a_document_is_called_by_its_title(tmp_path: Path) -> None:
    meta = '<pos:DocumentMetaData xmi:id="2" sofa="1" begin="0" end="1" documentTitle="SO1"/>'
    corpus, _ = read(xmi(tmp_path, SPANS, meta=meta))
    assert [d.document_id for d in corpus.documents] == ["SO1"]


@pytest.mark.parametrize("content", [[], [1], "x", [{"%ID": 1, "%TYPE": "uima.cas.Sofa"}]])
def test_files_without_a_text_are_told(tmp_path: Path, content: object) -> None:
    corpus, problems = read(cas(tmp_path, content))
    assert problems == ["i1.json: unreadable"]
    assert not corpus.documents
    assert read(xmi(tmp_path, SPANS, ""))[1] == ["i1.xmi: unreadable"]


def test_broken_files_are_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"%TYPES": {}, "%FEAT', "utf-8")
    assert read(tmp_path / "a.json")[1] == ["a.json: unreadable"]
    (tmp_path / "a.xmi").write_text("<xmi:XMI xmlns:xmi='http://www.omg.org/XMI'><", "utf-8")
    assert read(tmp_path / "a.xmi")[1] == ["a.xmi: unreadable"]


def test_other_files_are_no_cas(tmp_path: Path) -> None:
    for name, data in (("a.json", b'{"a": 1}'), ("a.xml", b"<a/>"), ("a.png", b"\x89PNG\0")):
        (tmp_path / name).write_bytes(data)
        assert "uima" not in {f.reader for f in find_inputs(tmp_path / name, name, Problems())}


def test_the_file_is_its_document(tmp_path: Path) -> None:
    path = cas(tmp_path, FEATURES)
    (found,) = find_inputs(path, path.name, Problems())
    assert readers.forget(found, {}, "I1", Problems()) is None
    assert readers.forget(found, {}, "i2", Problems()) == path.read_bytes()


@pytest.mark.samples
def test_a_file_of_inception_is_read_whole(samples: Path) -> None:
    corpus, problems = read(samples / "webanno" / "multivalspanrel_stackedrel1.xmi")
    assert [p for p in problems if "relations-not-claims" not in p] == []
    quotes = {s.segment_id: s.quote for s in corpus.segments}
    # as the XML has them: four spans, two relations between the same two
    assert [(quotes[c.segment_id], c.code_id, c.comment) for c in corpus.codings] == [
        ("tale", "A", "f2: B"),
        ("tale", "B", "f2: C"),
        ("tale", "A", "f2: C"),
        ("kinds", "C", "f2: D"),
    ]
    assert [(quotes[r.from_id], quotes[r.to_id], r.label) for r in corpus.relations] == [
        ("tale", "kinds", "r1"),
        ("tale", "kinds", "r2"),
    ]
    counted = {i.kind: (i.seen, i.kept) for i in corpus.issues}
    assert counted["layer Token"] == (8, 0)
