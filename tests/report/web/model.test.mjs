// What the explorer decides without a browser, against a small payload counted by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { WORDS } from "../../../qualnet/report/explorer/web/i18n.js";
import {
  defaultMinimum, focusOf, fromHash, initialState, loadModel, pathsBetween, reach, signClass, toHash, visibleIn,
} from "../../../qualnet/report/explorer/web/model.js";
import { csvCell, csvText, fileName, number, percent, points } from "../../../qualnet/report/explorer/web/text.js";

const factor = (id, kind = "driver") => ({ id, kind, label: { de: `${id}-de`, en: `${id}-en` }, definition: null, code_when: null });
const named = (n, sign = "+", more = {}) => ({ n, sign, contested: false, share: n / 4, ev: [], no: [], ...more });
const edge = (s, t, ...by) => ({ s, t, by, state: by.map((b) => (b ? "named" : "not_named")) });

/** a -> b -> c -> a, and a -> c; two cities of four interviews. */
function payload() {
  return {
    meta: { language: "de" },
    kinds: [{ id: "driver" }, { id: "challenge" }],
    cities: [{ n: 4 }, { n: 4 }],
    factors: [factor("a"), factor("b"), factor("c", "challenge")],
    layers: [{
      id: "stated", directed: true,
      edges: [edge(0, 1, named(3), named(1, "-")), edge(1, 2, named(1), null),
        edge(2, 0, named(2, "-"), named(2, "-")), edge(0, 2, null, named(1, "+", { contested: true }))],
    }],
    loops: [{ nodes: [0, 1, 2], edges: [0, 1, 2] }],
    segments: [], evidence: [],
  };
}
const opened = () => {
  const model = loadModel(payload());
  return { model, state: initialState(model) };
};
const seen = (model, state, city) => model.layers[0].edges.filter((e) => visibleIn(model, state, e, city)).map((e) => e.index);

test("both languages have the same words", () => {
  const keys = (object) => Object.entries(object).flatMap(([k, v]) => (typeof v === "object" ? keys(v).map((x) => `${k}.${x}`) : [k]));
  assert.deepEqual(keys(WORDS.de).sort(), keys(WORDS.en).sort());
  assert.ok(!JSON.stringify(WORDS.de).includes("Richtung\""));
});

test("a contested interaction never looks like a clean sign", () => {
  assert.equal(signClass(named(2, "+", { contested: true })), "mix");
  assert.equal(signClass(named(2, "mixed")), "mix");
  assert.equal(signClass(named(2, "-")), "neg");
  assert.equal(signClass(named(2, "unstated")), "un");
  assert.equal(signClass(named(2, "")), "none");
});

test("filters let through what they name", () => {
  const { model, state } = opened();
  assert.deepEqual(seen(model, state, 0), [0, 1, 2]);
  assert.deepEqual(seen(model, { ...state, min: 2 }, 0), [0, 2]);
  assert.deepEqual(seen(model, { ...state, signs: new Set(["neg"]) }, 1), [0, 2]);
  assert.deepEqual(seen(model, { ...state, occurrence: "everywhere" }, 0), [0, 2]);
  assert.deepEqual(seen(model, { ...state, occurrence: "single" }, 0), [1]);
  assert.deepEqual(seen(model, { ...state, occurrence: "flipped" }, 0), [0]);
  assert.deepEqual(seen(model, { ...state, occurrence: "contested" }, 1), [3]);
  assert.deepEqual(seen(model, { ...state, kinds: new Set(["driver"]) }, 0), [0]);
});

test("a factor reaches along and against the arrows", () => {
  const { model, state } = opened();
  assert.deepEqual([...reach(model, { ...state, up: false }, 0)].sort(), [0, 3]);
  assert.deepEqual([...reach(model, { ...state, down: false }, 0)].sort(), [2]);
  assert.deepEqual([...reach(model, { ...state, up: false, steps: 2 }, 0)].sort(), [0, 1, 2, 3]);
});

test("two ways lead from a to c", () => {
  const { model, state } = opened();
  const { found, count } = pathsBetween(model, state, 0, 2);
  assert.equal(count, 2);
  assert.deepEqual([...found].sort(), [0, 1, 3]);
});

test("a loop lights up its own links alone", () => {
  const { model, state } = opened();
  const focus = focusOf(model, { ...state, sel: { type: "loop", id: 0 } });
  assert.deepEqual([...focus.edges].sort(), [0, 1, 2]);
  assert.deepEqual([...focus.nodes].sort(), [0, 1, 2]);
});

test("the address keeps every part of the state, and ignores nonsense", () => {
  const { model } = opened();
  const text = "#v=difference&ab=1-0&sel=loop.0&to=2&up=0&down=0&steps=4&min=3&in=single&sign=neg.un&kind=driver&hide=1&q=x+y&lang=en";
  assert.equal(toHash(fromHash(text, model), model), text);
  const bad = "#v=x&ab=0-9&sel=edge.9&to=-1&steps=9&min=0&in=no&kind=none&hide=0.1&lang=fr&layer=constructor";
  const state = fromHash(bad, model);
  assert.deepEqual([state.view, state.a, state.b, state.sel, state.pathTo, state.steps, state.min, state.occurrence, state.hidden.size,
    state.lang, state.layer], ["compare", 0, 1, null, null, 1, 1, "all", 0, "de", 0]);
  assert.equal(fromHash("#sel=toString.1", model).sel, null);
});

test("the opening minimum keeps a crowded network below 81 arrows", () => {
  const crowded = payload();
  crowded.layers[0].edges = Array.from({ length: 100 }, (_, k) => edge(0, 1, named(k < 70 ? 2 : 1), null));
  const model = loadModel(crowded);
  assert.equal(defaultMinimum(model, 0), 2);
  assert.equal(defaultMinimum(loadModel(payload()), 0), 1);
});

test("numbers are written as the language writes them", () => {
  assert.equal(number(1234.5, "de", 1), "1.234,5");
  assert.equal(number(1234.5, "en", 1), "1,234.5");
  assert.equal(percent(0.75, "de"), "75\u00a0%");
  assert.equal(percent(0.75, "en"), "75%");
  assert.equal(points(-0.4, "de"), "−40");
  assert.equal(points(0.001, "de"), "±0");
});

test("no cell is run as a formula", () => {
  for (const text of ["=1+1", "+1", "-1", "@x", "\tx", "＝1"]) assert.equal(csvCell(text), `"'${text}"`);
  assert.equal(csvCell('a"b'), '"a""b"');
  assert.equal(csvText([["a"]]), '\ufeff"a"\r\n');
  assert.equal(fileName("Städte & <Größe>", "svg"), "staedte-groesse.svg");
});

test("a count says how many of the interviews state the sign that is shown", async () => {
  const { countText } = await import("../../../qualnet/report/explorer/web/compare.js");
  const model = loadModel({
    ...payload(),
    layers: [{
      id: "stated", directed: true,
      edges: [edge(0, 1, named(3, "-", { p: 0, m: 2 }), named(3, "-", { p: 1, m: 2, contested: true })),
        edge(1, 2, named(2, "+", { p: 2, m: 0 }), null)],
    }],
  });
  const state = { ...initialState(model), lang: "en" };
  const [first, second] = model.layers[0].edges;
  assert.equal(countText(model, state, first, 0), "3 of 4 interviews, 2 of them with this sign");
  assert.equal(countText(model, state, first, 1), "3 of 4 interviews, contested 1 + : 2 −");
  assert.equal(countText(model, state, second, 0), "2 of 4 interviews");
  assert.equal(countText(model, state, second, 1), "not mentioned");
});
