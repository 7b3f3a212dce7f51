// What the claims page decides without a browser, against three places counted by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  emptyRow, freshId, isDecided, isFilled, isHalfSaid, markSaved, pieces, progress, rowsOf, tableRows, unsavedOnly, withRow, withoutRow,
} from "../../../qualnet/forms/web/claims_model.js";

const TEXT = "B: Ohne Leute geht nichts.";
const claim = (id, facts) => ({ ...emptyRow(id), answer: "claim", ...facts });

/** a: coded, with a cue; b: coded, without; c: a sentence that nobody coded. */
const data = () => ({
  meta: { coder: "AB" },
  columns: ["id", "who", "document", "case", "paragraph", "quote", "answer", "cause", "effect", "sign"],
  cases: [{ id: "a-stadt", name: "A-Stadt", codes: [] }],
  documents: [{ name: "i1", role: "Amt", case: 0, text: TEXT }],
  places: [
    { id: "a", document: 0, span: [3, 26], paragraph: 1, quote: TEXT.slice(3), codes: ["x", "y"], cues: [[0, 4]], known: [], coded: true, rows: [] },
    { id: "b", document: 0, span: [8, 13], paragraph: 1, quote: "Leute", codes: ["x", "y"], cues: [], known: ["x -> y (-) [CD]"], coded: true, rows: [] },
    { id: "c", document: 0, span: null, paragraph: 0, quote: "Deshalb.", codes: [], cues: [[0, 7]], known: [], coded: false, rows: [claim("c-1", { cause: "x" })] },
  ],
});

test("a place is decided by a claim, by saying that it holds none, or by what is known", () => {
  const d = data();
  assert.deepEqual([0, 1, 2].map((i) => isDecided(d, {}, i)), [false, true, true]);
  assert.equal(isDecided(d, { a: [{ ...emptyRow("a-1"), answer: "none" }] }, 0), true);
  assert.equal(isDecided(d, { a: [{ ...emptyRow("a-1"), memo: "?" }] }, 0), false);
  assert.equal(isDecided(d, { c: [claim("c-1", { cause: "x", answer: "withdrawn" })] }, 2), false);
  assert.deepEqual(progress(d, {}), { cued: 1, cuedDecided: 0, all: 2, decided: 1, uncoded: 1, uncodedDecided: 1 });
});

test("half a chain can be read back, a sign alone cannot", () => {
  assert.equal(isFilled(claim("a-1", { effect: "y" })), true);
  assert.equal(isHalfSaid({ ...emptyRow("a-1"), sign: "+" }), true);
  assert.equal(isHalfSaid({ ...emptyRow("a-1"), memo: "x" }), false);
});

test("numbers of a place are never used twice", () => {
  const d = data();
  assert.equal(freshId(d, {}, 0), "a-1");
  assert.equal(freshId(d, {}, 2), "c-2");
  const work = withRow(d, {}, 2, claim("c-2", { cause: "y" }));
  assert.equal(freshId(d, work, 2), "c-3");
  assert.deepEqual(rowsOf(d, work, 2).map((row) => row.id), ["c-1", "c-2"]);
});

test("what was never saved vanishes, what was saved is withdrawn", () => {
  const d = data();
  const row = claim("a-1", { cause: "x" });
  let work = withRow(d, {}, 0, row);
  assert.deepEqual(rowsOf(d, withoutRow(d, work, 0, row), 0), []);
  work = markSaved(work);
  const [saved] = rowsOf(d, work, 0);
  assert.equal(rowsOf(d, withoutRow(d, work, 0, saved), 0)[0].answer, "withdrawn");
  assert.equal(rowsOf(d, withoutRow(d, {}, 2, d.places[2].rows[0]), 2)[0].answer, "withdrawn");
});

test("the file has a row for each decision of the session, and none for half-said ones", () => {
  const d = data();
  let work = withRow(d, {}, 0, claim("a-1", { cause: "x", effect: "y", sign: "-" }));
  work = withRow(d, work, 0, { ...emptyRow("a-2"), sign: "+" });
  work = withRow(d, work, 2, { ...emptyRow("c-2"), answer: "none" });
  assert.deepEqual(tableRows(d, work).slice(1), [
    ["a-1", "AB", "i1", "A-Stadt", "1", "Ohne Leute geht nichts.", "", "x", "y", "-"],
    ["c-1", "AB", "i1", "A-Stadt", "", "Deshalb.", "", "x", "", ""],
    ["c-2", "AB", "i1", "A-Stadt", "", "Deshalb.", "none", "", "", ""],
  ]);
});

test("a text is cut where places and causal expressions begin and end", () => {
  const d = data();
  const found = pieces(d, TEXT, 0, TEXT.length, [0, 1]);
  assert.deepEqual(found.map((p) => [p.text, p.place, p.begins, p.cue]), [
    ["B: ", null, [], false],
    ["Ohne", 0, [0], true],
    [" ", 0, [], false],
    ["Leute", 1, [1], false],
    [" geht nichts.", 0, [], false],
  ]);
});

test("a newer page keeps only what was never saved", () => {
  const work = { a: [emptyRow("a-1"), emptyRow("a-2")], b: [emptyRow("b-1")] };
  assert.deepEqual(Object.keys(unsavedOnly(work, new Set(["a-2"]))), ["a"]);
});
