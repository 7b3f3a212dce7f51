"""What was read before is the same when it comes out of the store, or is read again."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from qualnet.corpus import (
    Attribute,
    Case,
    Coder,
    CodeRow,
    Coding,
    Corpus,
    Decided,
    Document,
    DocumentCase,
    Extra,
    Import,
    Issue,
    Memo,
    Relation,
    RelationEvidence,
    Segment,
    Speaker,
)
from qualnet.corpus.store import Store, content_key
from qualnet.problems import Place, Problems

PLACE = Place('it\'s "one".csv', sheet="Köln", row=3, column="Zitat")
WHOLE = Corpus(
    cases=[Case("c", "C", place=PLACE)],
    attributes=[Attribute("case", "c", "size", "1")],
    documents=[Document("d", "D", text=None, synthetic=True), Document("e", "E", text="a\nb \u2028 😀")],
    document_cases=[DocumentCase("d", "c")],
    speakers=[Speaker("s", "d", "I", interviewer=True)],
    coders=[Coder("AB", "AB")],
    codes=[CodeRow("x", "007", codable=False)],
    segments=[Segment("g", "d", "", None, None), Segment("h", "d", "q", 0, 2**40, 1)],
    codings=[Coding("k", "g", "x")],
    relations=[Relation("r", "x", "", denied=True, extra='{"a": null}', place=PLACE)],
    relation_evidence=[RelationEvidence("r", "g")],
    decided=[Decided("p-1/AB", "g", "AB", claim=False)],
    memos=[Memo("m", "NULL")],
    extras=[Extra("segment", "g", "@weight", "85", PLACE)],
    imports=[Import("f", "0" * 64, "tables")],
    issues=[Issue("f", "claims", 3, 2)],
)


def problems() -> Problems:
    found = Problems()
    found.add(PLACE, "unknown-sign", value="up")
    return found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "it's here")


def test_every_row_of_every_table_comes_back(store: Store) -> None:
    assert all(getattr(WHOLE, table.name) for table in fields(WHOLE))
    assert store.get("key") is None
    store.put("key", WHOLE, problems())
    assert store.get("key") == (WHOLE, problems())
    store.put("key", Corpus(), Problems())
    assert store.get("key") == (Corpus(), Problems())


def test_what_no_input_needs_any_more_goes(store: Store) -> None:
    for key in ("a", "b"):
        store.put(key, WHOLE, Problems())
    store.keep_only({"b"})
    assert [p.name for p in store.folder.iterdir()] == ["b"]


@pytest.mark.parametrize("table", ["documents", "relations"])
@pytest.mark.parametrize("damage", ["gone", "cut", "other"])
def test_a_table_that_is_damaged_or_missing_is_read_again_and_never_taken_for_empty(
    store: Store, table: str, damage: str
) -> None:
    store.put("key", WHOLE, Problems())
    path = store.folder / "key" / f"{table}.parquet"
    if damage == "gone":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-9])
    else:
        noted = json.loads((store.folder / "key" / "complete.json").read_text("utf-8"))
        noted["rows"][table] += 1
        (store.folder / "key" / "complete.json").write_text(json.dumps(noted), "utf-8")
    assert store.get("key") is None
    store.put("key", WHOLE, Problems())
    assert store.get("key") == (WHOLE, Problems())


def test_a_note_that_is_damaged_is_read_again(store: Store) -> None:
    store.put("key", WHOLE, Problems())
    (store.folder / "key" / "complete.json").write_text('{"rows": {', "utf-8")
    assert store.get("key") is None


def test_a_store_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / ".qualnet").write_text("a file in the way", "utf-8")
    store = Store(tmp_path / ".qualnet")
    store.put("key", WHOLE, Problems())
    assert store.get("key") is None
    store.keep_only(set())


def test_the_key_changes_with_name_content_and_settings(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    a.write_text("1", "utf-8")
    b.write_text("1", "utf-8")
    keys = [content_key([a], "x"), content_key([b], "x"), content_key([a], "y"), content_key([a, b], "x")]
    a.write_text("2", "utf-8")
    keys.append(content_key([a], "x"))
    assert len(set(keys)) == 5
    a.write_text("1", "utf-8")
    assert content_key([a], "x") == keys[0]
