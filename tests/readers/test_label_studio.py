"""Label Studio's export, as its documentation of the format shows it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualnet import readers
from qualnet.corpus import Corpus
from qualnet.corpus.anchor import anchor_segments
from qualnet.problems import Problems
from qualnet.readers import _json, find_inputs, label_studio, read_file
from qualnet.readers._annotations import Annotations

TEXT = "B: 😊 Weil Leute fehlen, stockt der Bau."


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def region(number: str, words: str, *labels: str, text: str = TEXT, **more: Any) -> dict[str, Any]:
    start = units(text[: text.index(words)])
    value = {"start": start, "end": start + units(words), "text": words, "labels": list(labels)}
    return {"id": number, "type": "labels", "from_name": "label", "to_name": "text", "value": value} | more


def relation(start: str, end: str, *labels: str, direction: str = "right") -> dict[str, Any]:
    return {
        "from_id": start,
        "to_id": end,
        "type": "relation",
        "direction": direction,
        "labels": list(labels),
    }


def task(
    number: int, *results: dict[str, Any], data: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    annotation = {"id": 7, "completed_by": 3, "created_at": "2026-05-04T10:00:00Z", "result": list(results)}
    return {
        "id": number,
        "annotations": [annotation | more],
        "data": {"text": TEXT} if data is None else data,
    }


def written(folder: Path, *tasks: object) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "export.json"
    path.write_text(json.dumps(list(tasks), ensure_ascii=False), "utf-8")
    return path


def read(path: Path, **options: str) -> tuple[Corpus, list[str]]:
    problems = Problems()
    corpus = Corpus()
    for found in find_inputs(path, path.name, problems):
        assert found.reader == "label_studio"
        corpus = read_file(found, options, problems)
    anchor_segments(corpus, problems)
    return corpus, [p.text().replace("\n    ", " | ") for p in problems]


def kept(corpus: Corpus) -> dict[str, tuple[int, int]]:
    return {i.kind: (i.seen, i.kept) for i in corpus.issues}


def test_a_region_is_a_passage_with_coder_and_day(tmp_path: Path) -> None:
    path = written(tmp_path, task(12, region("a", "Leute fehlen", "Personal"), region("b", "Bau", "Bau")))
    corpus, problems = read(path)
    assert not problems
    assert [(d.document_id, d.text) for d in corpus.documents] == [("export 12", TEXT)]
    assert [(s.quote, s.start, s.anchor) for s in corpus.segments] == [
        ("Leute fehlen", 10, "exact"),
        ("Bau", 35, "exact"),
    ]
    assert [(c.code_id, c.coder_id, c.date) for c in corpus.codings] == [
        ("Personal", "3", "2026-05-04"),
        ("Bau", "3", "2026-05-04"),
    ]
    assert corpus.imports[0].offset_rule == "UTF-16 units, line end 1"
    assert kept(corpus) == {"annotations": (1, 1), "labels": (2, 2), "passages": (2, 2)}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.integers(1, 9))
def test_pitfall_1_whatever_stands_before_a_region(before: str, n: int) -> None:
    text = f"{before} " + "😊" * n + " Leute fehlen 😊."
    found = Annotations(readers.Source(Path("f"), "f"), "label_studio", {}, Problems())
    place = readers.Source(Path("f"), "f").place
    label_studio._read_task(  # noqa: SLF001
        found, label_studio._Task("d", task(1, region("a", "Leute fehlen", "A", text=text), data={"text": text}), place)  # noqa: SLF001
    )  # fmt: skip
    assert [s.quote for s in found.finish().segments] == ["Leute fehlen"]


@pytest.mark.parametrize(
    ("drawn", "labels", "ends", "facts"),
    [
        ("right", ["hemmt"], ("Leute fehlen", "Bau"), ("oneway", "-", "event")),
        ("left", ["hemmt"], ("Bau", "Leute fehlen"), ("oneway", "-", "event")),
        ("bi", ["führt zu"], ("Leute fehlen", "Bau"), ("both", "unstated", "event")),
        ("right", ["causes", "+"], ("Leute fehlen", "Bau"), ("oneway", "+", "event")),
        ("right", ["gehört zu"], ("Leute fehlen", "Bau"), ("oneway", "unstated", "annotation")),
        ("?", [], ("Leute fehlen", "Bau"), ("none", "unstated", "annotation")),
    ],
)
def test_relations_have_direction_label_and_sign(
    tmp_path: Path, drawn: str, labels: list[str], ends: tuple[str, str], facts: tuple[str, ...]
) -> None:
    results = [region("a", "Leute fehlen", "Personal"), region("b", "Bau", "Bau")]
    corpus, problems = read(
        written(tmp_path, task(1, *results, relation("a", "b", *labels, direction=drawn)))
    )
    (found,) = corpus.relations
    quotes = {s.segment_id: s.quote for s in corpus.segments}
    assert (quotes[found.from_id], quotes[found.to_id]) == ends
    assert (found.direction, found.sign, found.source_kind) == facts
    assert (found.label, found.coder_id, found.document_id) == (", ".join(labels), "3", "export 1")
    assert len(problems) == (labels == ["gehört zu"])


def test_labels_that_say_cause_and_effect_are_roles(tmp_path: Path) -> None:
    results = [
        region("a", "Leute fehlen", "Effect", "Personal"),
        region("b", "Bau", "Cause"),
        region("c", "stockt", "Cause"),
        region("d", "Weil", "Effect"),
        relation("a", "b"),
        relation("c", "a"),
        relation("a", "d"),
        relation("a", "z"),
    ]
    corpus, problems = read(written(tmp_path, task(1, *results)))
    quotes = {s.segment_id: s.quote for s in corpus.segments}
    assert [(quotes[r.from_id], quotes[r.to_id], r.source_kind) for r in corpus.relations] == [
        ("Bau", "Leute fehlen", "event"),
        ("stockt", "Leute fehlen", "event"),
        ("Leute fehlen", "Weil", "annotation"),
    ]
    assert [c.code_id for c in corpus.codings] == ["Personal", "Effect"]
    assert [p.split(": ")[1] for p in problems] == ["relations-not-claims", "reference-to-nothing"]
    assert problems[1].startswith("export.json, task 1, annotation 1, relation 4: ")


def test_what_was_cancelled_predicted_or_drafted_is_counted_and_not_read(tmp_path: Path) -> None:
    rows = task(1, region("a", "Bau", "Bau"), was_cancelled=True) | {"predictions": [{}, {}], "drafts": [{}]}
    second = task(2, region("a", "Bau", "Bau"), was_cancelled=False, completed_by=None)
    corpus, problems = read(written(tmp_path, rows, second))
    assert not problems
    assert [c.segment_id for c in corpus.codings] == [s.segment_id for s in corpus.segments]
    assert [(s.document_id, c.coder_id) for s, c in zip(corpus.segments, corpus.codings, strict=True)] == [
        ("export 2", "")
    ]
    assert kept(corpus) == {
        "predictions": (2, 0),
        "drafts": (1, 0),
        "annotations": (2, 1),
        "labels": (1, 1),
        "passages": (1, 1),
    }


@pytest.mark.parametrize(
    ("who", "coder"),
    [
        ({"id": 4, "email": "a@b.example", "first_name": "Anna", "last_name": "B"}, "Anna B"),
        ({"id": 4, "email": "a@b.example", "first_name": ""}, "4"),
        (4, "4"),
    ],
)
def test_who_annotated_is_no_address(tmp_path: Path, who: object, coder: str) -> None:
    corpus, _ = read(written(tmp_path, task(1, region("a", "Bau", "Bau"), completed_by=who)))
    assert [c.coder_id for c in corpus.coders] == [coder]


def test_answers_about_a_region_and_about_the_whole_text(tmp_path: Path) -> None:
    mark = region("a", "Bau", "Bau")
    choice = {
        "id": "a",
        "type": "choices",
        "from_name": "Sicher",
        "value": mark["value"] | {"choices": ["ja"]},
    }
    note = {"id": "a", "type": "textarea", "from_name": "Notiz", "value": mark["value"] | {"text": ["kurz"]}}
    whole = {"id": "w", "type": "choices", "from_name": "Ton", "value": {"choices": ["ruhig", "knapp"]}}
    stars = {"id": "r", "type": "rating", "from_name": "Note", "value": {"rating": 4}}
    other = {"id": "p", "type": "rectanglelabels", "value": {"x": 1, "rectanglelabels": ["A"]}}
    corpus, problems = read(written(tmp_path, task(1, mark, choice, note, whole, stars, other, {"id": 5})))
    assert not problems
    assert [(c.code_id, c.comment) for c in corpus.codings] == [("Bau", "Sicher: ja; Notiz: kurz")]
    assert [(m.target_type, m.text) for m in corpus.memos] == [
        ("document", "Ton: ruhig, knapp"),
        ("document", "Note: 4"),
    ]
    found = kept(corpus)
    assert (found["choices"], found["textarea"], found["rectanglelabels"]) == ((2, 2), (1, 1), (1, 0))
    assert (found["regions"], found["rating"]) == ((1, 0), (1, 1))


def test_the_text_is_the_field_in_which_the_marked_words_stand(tmp_path: Path) -> None:
    data: dict[str, Any] = {
        "frage": "Woran hängt es, und was ist mit dem Geld und den Leuten?",
        "antwort": TEXT,
        "Stadt": "Soest",
    }
    data |= {"Interview": " i1 ", "Rolle": "Amt", "liste": [1], "n": 2}
    corpus, problems = read(written(tmp_path, task(1, region("a", "Bau", "Bau"), data=data)))
    assert not problems
    (document,) = corpus.documents
    assert (document.document_id, document.text, document.role) == ("i1", TEXT, "Amt")
    assert [(a.name, a.value) for a in corpus.attributes] == [
        ("frage", data["frage"]),
        ("Stadt", "Soest"),
        ("n", "2"),
    ]


def test_names_of_documents(tmp_path: Path) -> None:
    one = task(1) | {"file_upload": "0a1b2c3d-i1.txt"}
    two = task(2) | {"file_upload": "99999999-i1.txt"}
    three = task(3) | {"file_upload": "99999999-all.csv"}
    path = written(tmp_path, one, two, three)
    corpus, _ = read(path)
    assert [d.document_id for d in corpus.documents] == ["i1", "i1 (2)", "export 3"]
    path.write_text(json.dumps(one), "utf-8")
    assert [d.document_id for d in read(path)[0].documents] == ["i1"]


def test_a_dialogue_has_a_line_for_each_turn(tmp_path: Path) -> None:
    turns = [
        {"author": "I", "text": "Woran? 😊"},
        {"speaker": "B", "text": "Leute 😊 fehlen."},
        {"text": "Ende"},
    ]
    value = {
        "start": "1",
        "end": "1",
        "startOffset": 9,
        "endOffset": 15,
        "text": "fehlen",
        "paragraphlabels": ["A"],
    }
    mark = {"id": "a", "type": "paragraphlabels", "value": value}
    lost = mark | {"id": "b", "value": value | {"end": "9", "paragraphlabels": ["B"]}}
    none = mark | {"id": "c", "value": value | {"startOffset": None}}
    path = written(tmp_path, task(1, mark, lost, none, data={"dialogue": turns, "id": "x"}))
    corpus, problems = read(path)
    assert not problems
    assert corpus.documents[0].text == "I: Woran? 😊\nB: Leute 😊 fehlen.\nEnde\n"
    assert [(s.quote, s.speaker_id) for s in corpus.segments] == [("fehlen", "export 1/B")]
    assert kept(corpus)["paragraphlabels"] == (3, 1)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    address = task(1, data={"text": "https://example.org/i1.txt"})
    picture = task(2, data={"n": 1})
    broken = task(4, region("a", "Bau", "A"), region("b", "Bau", "B", value={"start": 5, "end": 900}))
    path = written(tmp_path, address, picture, "x", broken)
    corpus, problems = read(path, y="1")
    assert [p.split(" | ")[0] for p in problems] == [
        "export.json: unknown-field: there is no field 'y'",
        "export.json, task 1: text-missing: its text is not in the file: https://example.org/i1.txt",
        "export.json, task 2: text-missing: its text is not in the file: data",
        "export.json, task 3: unreadable: the file cannot be read: a task without data",
        (
            "export.json, task 4, annotation 1, region b: offsets-outside: positions 5 to 900"
            " lie outside the text of 40 characters"
        ),
    ]
    assert [d.document_id for d in corpus.documents] == ["export 4"]
    path.write_text('[{"id": 1, "data": {}, "data": {}, "annotations": []}]', "utf-8")
    corpus, problems = read(path)
    assert problems == ["export.json: unreadable: the file cannot be read: 'data' is given twice"]
    assert not corpus.documents


@pytest.mark.parametrize("raw", ['{"a": 1}', "[]", "Text", '[{"annotations": []}]', "\0\1"])
def test_other_files_are_not_taken_for_it(tmp_path: Path, raw: str) -> None:
    path = tmp_path / "f.json"
    path.write_text(raw, "utf-8")
    assert not label_studio.sniff(readers.Source(path, "f.json"))


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, task(1, region("a", "Bau", "Bau")))
    monkeypatch.setattr(_json, "MAX_BYTES", 9)
    corpus, problems = read(path)
    assert problems == ["export.json: too-large: export.json is larger than 64 MiB; nothing of it was used"]
    assert not corpus.documents


def test_a_text_is_forgotten(tmp_path: Path) -> None:
    def made(folder: Path, *names: str) -> Path:
        rows = [
            task(k, region("a", name, "A", text=f"B: {name}"), data={"text": f"B: {name}", "document": name})
            for k, name in enumerate(("i1", "i2", "i3"))
            if name in names
        ]
        return written(folder, *rows)

    path = made(tmp_path, "i1", "i2", "i3")
    problems = Problems()
    (found,) = find_inputs(path, "export.json", problems)
    content = readers.forget(found, {}, " I2 ", problems)
    assert not problems.found
    assert content is not None
    assert json.loads(content) == json.loads(made(tmp_path / "b", "i1", "i3").read_text("utf-8"))
    assert readers.forget(found, {}, "i9", problems) == path.read_bytes()
    path.write_bytes(readers.forget(found, {}, "i1", problems) or b"")
    path.write_bytes(readers.forget(found, {}, "i2", problems) or b"")
    assert readers.forget(found, {}, "i3", problems) is None
    path.write_text('[{"annotations": NaN, "data": {}}]', "utf-8")
    assert readers.forget(found, {}, "i3", problems) is None
    assert [p.rule for p in problems] == ["unreadable"]
