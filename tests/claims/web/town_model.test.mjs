// What the page for other towns finds, against a small study of two cities counted by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { around, challenges, fromHash, signOf, toHash, touching, voices } from "../../../qualnet/forms/web/town_model.js";

const factor = (id, kind, ...n) => ({ id, label: id, definition: "", kind, codable: true, n });
const say = (n, sign) => ({ n, sign });

/** money -| lack (both cities), funds -> lack (one), talk ? lack (cities disagree), lack -| progress. */
const data = {
  factors: [
    factor("lack", "challenge", 2, 3), factor("money", "driver", 1, 1), factor("funds", "programme", 4, 0),
    factor("talk", "driver", 1, 1), factor("progress", "outcome", 5, 5), factor("other", "challenge", 3, 3),
    { ...factor("heading", "challenge", 0, 0), codable: false },
  ],
  arrows: [
    { s: 1, t: 0, by: [say(2, "-"), say(3, "-")] },
    { s: 2, t: 0, by: [say(4, "+"), null] },
    { s: 3, t: 0, by: [say(2, "+"), say(2, "-")] },
    { s: 0, t: 4, by: [say(2, "-"), say(2, "mixed")] },
    { s: 2, t: 4, by: [say(9, "+"), say(9, "+")] },
  ],
  recommendations: [
    { label: "direct", text: "", acts: [{ f: 0, sign: "-" }] },
    { label: "by money", text: "", acts: [{ f: 1, sign: "+" }] },
    { label: "by funds", text: "", acts: [{ f: 2, sign: "+" }, { f: 3, sign: "+" }] },
    { label: "elsewhere", text: "", acts: [{ f: 4, sign: "+" }] },
  ],
};

test("an arrow has a sign only where no city contradicts another", () => {
  assert.deepEqual(data.arrows.map(signOf), ["-", "+", "", "-", "+"]);
  assert.equal(signOf({ by: [say(2, "unstated"), null] }), "");
  assert.deepEqual(voices(data.arrows[3], "-"), { n: 2, cities: 1, against: 1 });
});

test("what eases, worsens and follows is told apart, the most cities first", () => {
  const found = around(data, 0);
  assert.deepEqual(found.eases.map((r) => [r.other, r.n, r.cities]), [[1, 5, 2]]);
  assert.deepEqual(found.worsens.map((r) => [r.other, r.n, r.cities]), [[2, 4, 1]]);
  assert.deepEqual(found.leads.map((r) => [r.other, r.sign]), [[4, "-"]]);
  assert.deepEqual(found.unclear.map((r) => [r.other, r.n, r.cities]), [[3, 4, 2]]);
});

test("a recommendation touches a challenge itself, or by a factor that acts on it", () => {
  const found = touching(data, 0);
  assert.deepEqual(found.map((r) => [r.index, r.ways.map((way) => [way.by, way.eases])]), [
    [0, [[null, true]]],
    [1, [[1, true]]],
    [2, [[2, false]]],
  ]);
  assert.deepEqual(touching(data, 5), []);
});

test("challenges come by how many name them; headings are none", () => {
  assert.deepEqual(challenges(data).map((f) => f.id), ["other", "lack"]);
});

test("what is ticked stands in the address", () => {
  assert.equal(toHash(data, new Set([0, 5])), "#lack.other");
  assert.deepEqual([...fromHash(data, "#lack.unknown.other")], [0, 5]);
  assert.deepEqual([...fromHash(data, "")], []);
});
