"""doccano's exports, as its releases write them."""

import json
from pathlib import Path

import pytest

from qualnet import readers
from qualnet.corpus import Corpus
from qualnet.corpus.anchor import anchor_segments
from qualnet.problems import Problems
from qualnet.readers import doccano, find_inputs, read_file

TEXT = "B: Weil Leute fehlen, stockt der Bau. 😊"
NEW = {
    "id": 1,
    "text": TEXT,
    "entities": [
        {"id": 10, "label": "Personal", "start_offset": 8, "end_offset": 20},
        {"id": 11, "label": "Bau", "start_offset": 22, "end_offset": 36},
    ],
    "relations": [{"id": 5, "from_id": 10, "to_id": 11, "type": "hemmt"}],
    "Comments": ["nachfragen"],
}
OLD = {
    "id": 2,
    "data": TEXT,
    "label": [[8, 20, "Personal"], [33, 36, "Bau"]],
    "Rolle": "Amt",
    "Stadt": "Soest",
}


def written(folder: Path, *rows: object, name: str = "all.jsonl", end: str = "\n") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_bytes("".join(line + end for line in lines).encode())
    return path


def read(path: Path, **options: str) -> tuple[Corpus, list[str]]:
    problems = Problems()
    corpus = Corpus()
    for found in find_inputs(path, path.name, problems):
        assert found.reader == "doccano"
        corpus = read_file(found, options, problems)
    anchor_segments(corpus, problems)
    return corpus, [p.text().replace("\n    ", " | ") for p in problems]


def test_entities_and_relations_of_a_new_release(tmp_path: Path) -> None:
    corpus, problems = read(written(tmp_path, NEW), coder="anna")
    assert not problems
    assert [(d.document_id, d.text) for d in corpus.documents] == [("all 1", TEXT)]
    quotes = {s.segment_id: s.quote for s in corpus.segments}
    assert list(quotes.values()) == ["Leute fehlen", "stockt der Bau"]
    assert [(c.code_id, c.coder_id) for c in corpus.codings] == [("Personal", "anna"), ("Bau", "anna")]
    (relation,) = corpus.relations
    assert (quotes[relation.from_id], quotes[relation.to_id]) == ("Leute fehlen", "stockt der Bau")
    assert (relation.label, relation.sign, relation.direction, relation.coder_id) == (
        "hemmt",
        "-",
        "oneway",
        "anna",
    )
    assert [(m.target_type, m.text) for m in corpus.memos] == [("document", "nachfragen")]
    assert [(i.kind, i.seen, i.kept) for i in corpus.issues] == [
        ("comments", 1, 1),
        ("passages", 2, 2),
        ("relations", 1, 1),
    ]


def test_labels_of_an_old_release(tmp_path: Path) -> None:
    corpus, problems = read(written(tmp_path, OLD))
    assert not problems
    assert [(d.document_id, d.role) for d in corpus.documents] == [("all 2", "Amt")]
    assert [(s.quote, s.anchor) for s in corpus.segments] == [("Leute fehlen", "exact"), ("Bau", "exact")]
    assert [(a.name, a.value) for a in corpus.attributes] == [("Stadt", "Soest")]
    assert {c.coder_id for c in corpus.codings} == {""}


@pytest.mark.parametrize(("unit", "width"), [("utf-32-le", 4), ("utf-16-le", 2)])
def test_pitfall_1_an_emoji_before_labels(tmp_path: Path, unit: str, width: int) -> None:
    """doccano stores no words: what begins and ends at words' borders tells how it counts."""
    text = "B: 😊😊 Weil Leute fehlen, stockt der Bau."
    words = ["Leute fehlen", "stockt", "Bau"]
    ends = [(text.index(w), text.index(w) + len(w)) for w in words]
    label = [[*(len(text[:end].encode(unit)) // width for end in span), "A"] for span in ends]
    corpus, problems = read(written(tmp_path, {"text": text, "label": label}))
    assert not problems
    assert [s.quote for s in corpus.segments] == words
    assert corpus.documents[0].document_id == "all 1"


def test_a_list_of_texts_and_their_names(tmp_path: Path) -> None:
    rows = [
        NEW | {"filename": "i1.txt"},
        OLD | {"Interview": "i2"},
        {"text": "x", "labels": ["ruhig", "knapp"]},
    ]
    rows += [{"text": "y", "label": [], "filename": "i1.txt", "Comments": [{"text": "z"}, {}]}]
    path = tmp_path / "all.json"
    path.write_text(json.dumps(rows, indent=1), "utf-8")
    corpus, problems = read(path)
    assert not problems
    names = [d.document_id for d in corpus.documents]
    assert names == ["i1.txt", "i2", "all text 3", "i1.txt (2)"]
    assert [(a.owner_id, a.name, a.value) for a in corpus.attributes] == [
        ("i2", "Stadt", "Soest"),
        ("all text 3", "label", "ruhig, knapp"),
    ]
    assert str(corpus.segments[0].place) == "all.json, text 1 label 1"
    assert [(i.seen, i.kept) for i in corpus.issues if i.kind == "comments"] == [(3, 2)]


def test_what_cannot_be_read_is_told_at_its_line(tmp_path: Path) -> None:
    bad = {"text": TEXT, "label": [[1, 2], ["a", 2, "A"], [5, 900, "A"], [8, 20, "A"]], "relations": ["x"]}
    rows = [NEW, "", '{"text": NaN}', "[1]", {"id": 1}, bad, "null"]
    corpus, problems = read(written(tmp_path, *rows), x="1")
    assert [p.split(" | ")[0] for p in problems] == [
        "all.jsonl: unknown-field: there is no field 'x'",
        "all.jsonl:3: unreadable: the file cannot be read: NaN is no number of JSON",
        "all.jsonl:4: unreadable: the file cannot be read: no text",
        "all.jsonl:5: unreadable: the file cannot be read: no text",
        "all.jsonl:6: unreadable: the file cannot be read: no label with its place",
        "all.jsonl:6: unreadable: the file cannot be read: no label with its place",
        "all.jsonl:6: offsets-outside: positions 5 to 900 lie outside the text of 39 characters",
        "all.jsonl:6: reference-to-nothing: '?' is named here and stands nowhere in the file",
        "all.jsonl:7: unreadable: the file cannot be read: no text",
    ]
    assert [(i.kind, i.seen, i.kept) for i in corpus.issues][1:] == [("passages", 6, 3), ("relations", 2, 1)]


def test_a_broken_list_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    path.write_text(json.dumps([OLD])[:-1], "utf-8")
    corpus, problems = read(path)
    assert [p.split(": ")[1] for p in problems] == ["unreadable"]
    assert corpus == Corpus(imports=corpus.imports)


@pytest.mark.parametrize(
    "raw",
    [
        '{"a": 1}',
        '{"text": 1, "label": []}',
        '{"text": "x"}',
        '{"text": "x", "entities": [{}]}',
        '{"text": "x',
        '{"a":' * 9999,
        "Text",
        "\0\1",
    ],
)
def test_other_files_are_not_taken_for_it(tmp_path: Path, raw: str) -> None:
    path = tmp_path / "f.json"
    path.write_text(raw, "utf-8")
    assert not doccano.sniff(readers.Source(path, "f.json"))


@pytest.mark.parametrize(("encoding", "end"), [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("utf-16", "\n")])
def test_a_text_is_forgotten_and_all_other_lines_stay(tmp_path: Path, encoding: str, end: str) -> None:
    rows = [
        json.dumps(OLD | {"document": f"i{k}", "data": f"Ä\u2028{k}"}, ensure_ascii=False) for k in (1, 2, 3)
    ]
    path = tmp_path / "all.jsonl"
    path.write_bytes(end.join(rows).encode(encoding))
    problems = Problems()
    (found,) = find_inputs(path, "all.jsonl", problems)
    content = readers.forget(found, {}, " I1 ", problems)
    assert content == end.join(rows[1:]).encode(encoding)
    assert readers.forget(found, {}, "i9", problems) == path.read_bytes()
    path.write_bytes(rows[0].encode(encoding))
    assert readers.forget(found, {}, "i1", problems) is None
    assert not problems.found


def test_a_text_of_a_list_is_forgotten(tmp_path: Path) -> None:
    rows = [OLD | {"document": f"i{k}"} for k in (1, 2)]
    path = tmp_path / "all.json"
    path.write_text(json.dumps(rows), "utf-8")
    (found,) = find_inputs(path, "all.json", Problems())
    content = readers.forget(found, {}, "i1", Problems())
    assert json.loads(content or b"") == rows[1:]
