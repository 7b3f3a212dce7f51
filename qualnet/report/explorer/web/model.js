// model.js - the data, what of it is visible, what a selection lights up, and the permalink. No DOM.
import { plain } from "./text.js";

export const VIEW_NAMES = ["overview", "compare", "difference", "matrix", "loops", "table"];
export const SIGN_CLASSES = ["pos", "neg", "mix", "un"];
export const SIGN_MARK = { pos: "+", neg: "−", mix: "±", un: "?", none: "" };
const OCCURRENCES = ["all", "everywhere", "single", "flipped", "contested"];
const MOST_ARROWS = 80;
const MOST_PATHS = 500;

/** How an interaction of one city is drawn: contested ones never look like a clean sign. */
export function signClass(item) {
  if (!item || item.sign === "") return "none";
  if (item.contested || item.sign === "mixed" || item.sign === "ambivalent") return "mix";
  return { "+": "pos", "-": "neg" }[item.sign] ?? "un";
}

/** Whether an interaction has evidence in a city (a denial alone draws nothing). */
export const isNamed = (edge, city) => edge.state[city] === "named";

/**
 * Add to the payload what every view looks up: per layer, edges by factor; searchable text.
 * @param {any} payload data of schema qualnet-explorer/1
 */
export function loadModel(payload) {
  const model = payload;
  for (const layer of model.layers) {
    layer.out = model.factors.map(() => []);
    layer.into = model.factors.map(() => []);
    const most = Math.max(1, ...layer.edges.flatMap((e) => e.by.map((item) => item?.c ?? 0)));
    layer.edges.forEach((edge, index) => {
      edge.index = index;
      edge.by = edge.by.map((item) => (item ? { sign: "", contested: false, no: [], ...item } : null));
      // a matrix of a program rests on no interview; its numbers are how often two codes stood together
      const bare = layer.evidence === false;
      edge.weight = edge.by.map((item) => (item ? (bare ? item.c : item.n) : 0));
      edge.part = edge.by.map((item) => (item ? (bare ? item.c / most : item.share) : 0));
      edge.cities = edge.state.map((_, city) => city).filter((city) => isNamed(edge, city));
      edge.signs = edge.by.map((item, city) => (isNamed(edge, city) ? signClass(item) : "none"));
      edge.flipped = edge.by.some((b) => b?.sign === "+") && edge.by.some((b) => b?.sign === "-");
      edge.contested = edge.by.some((b) => b?.contested);
      layer.out[edge.s].push(edge);
      layer.into[edge.t].push(edge);
    });
  }
  model.factorText = model.factors.map((f) => {
    const texts = [f.label, f.definition, f.code_when].filter(Boolean).flatMap((t) => [t.de, t.en]);
    return plain(texts.join(" ")).toLowerCase();
  });
  model.segmentText = model.segments.map((s) => s.text.toLowerCase());
  return model;
}

/** The state in which a page opens. */
export function initialState(model) {
  const state = {
    view: "compare", layer: homeLayer(model), a: 0, b: 1, sel: null, pathTo: null, up: true, down: true, steps: 1,
    min: 1, occurrence: "all", signs: new Set(SIGN_CLASSES), kinds: new Set(model.kinds.map((k) => k.id)),
    hidden: new Set(), q: "", profile: model.meta.profile, lang: model.meta.language === "en" ? "en" : "de", zoom: { k: 1, x: 0, y: 0 },
  };
  if (model.cities.length < 2) state.view = "compare";
  state.min = defaultMinimum(model, state.layer);
  return state;
}

/** Smallest number of interviews at which the densest city shows at most 80 arrows. */
export function defaultMinimum(model, layer) {
  const { edges } = model.layers[layer];
  for (let min = 1; ; min++) {
    const most = Math.max(0, ...model.cities.map((_, c) => edges.filter((e) => e.weight[c] >= min).length));
    if (most <= MOST_ARROWS) return min;
  }
}

/** The layer that the page opens with: the first one in which something is named. */
export const homeLayer = (model) => Math.max(0, model.layers.findIndex((layer) => layer.edges.length));

export const layerOf = (model, state) => model.layers[state.layer];
export const shownCities = (model, state) => model.cities.map((_, c) => c).filter((c) => !state.hidden.has(c));
export const labelOf = (model, state, factor) => plain(model.factors[factor].label[state.lang]);

/** "Cause → Effect", or "A – B" where there is no direction. */
export function edgeName(model, state, edge) {
  const arrow = layerOf(model, state).directed ? "→" : "–";
  return `${labelOf(model, state, edge.s)} ${arrow} ${labelOf(model, state, edge.t)}`;
}

/** Whether an edge is visible in one city under the filters. */
export function visibleIn(model, state, edge, city) {
  if (!isNamed(edge, city) || edge.weight[city] < state.min) return false;
  if (layerOf(model, state).directed && !state.signs.has(edge.signs[city])) return false;
  if (!state.kinds.has(model.factors[edge.s].kind) || !state.kinds.has(model.factors[edge.t].kind)) return false;
  if (state.occurrence === "everywhere") return edge.cities.length === model.cities.length;
  if (state.occurrence === "single") return edge.cities.length === 1;
  if (state.occurrence === "flipped") return edge.flipped;
  if (state.occurrence === "contested") return edge.contested;
  return true;
}

/** Whether an edge is visible in any city that is shown. */
export const visibleAnywhere = (model, state, edge) =>
  shownCities(model, state).some((city) => visibleIn(model, state, edge, city));

/** Edges within so many steps of a factor, against and along the arrows. */
export function reach(model, state, start) {
  const layer = layerOf(model, state);
  const found = new Set();
  const walk = (edgesOf, endOf) => {
    let front = new Set([start]);
    const seen = new Set([start]);
    for (let step = 0; step < state.steps; step++) {
      const next = new Set();
      for (const factor of front) {
        for (const edge of edgesOf(factor)) {
          if (!visibleAnywhere(model, state, edge)) continue;
          found.add(edge.index);
          const end = endOf(edge, factor);
          if (!seen.has(end)) next.add(end);
          seen.add(end);
        }
      }
      front = next;
    }
  };
  if (!layer.directed) {
    walk((f) => [...layer.out[f], ...layer.into[f]], (e, f) => (e.s === f ? e.t : e.s));
    return found;
  }
  if (state.down) walk((f) => layer.out[f], (e) => e.t);
  if (state.up) walk((f) => layer.into[f], (e) => e.s);
  return found;
}

/** Edges on the ways from one factor to another of at most so many steps, and how many ways there are. */
export function pathsBetween(model, state, start, goal, most = 4) {
  const layer = layerOf(model, state);
  const found = new Set();
  const way = [];
  let count = 0;
  const go = (factor, seen) => {
    if (factor === goal) {
      way.forEach((edge) => found.add(edge.index));
      count++;
      return;
    }
    if (way.length === most || count >= MOST_PATHS) return;
    const edges = layer.directed ? layer.out[factor] : [...layer.out[factor], ...layer.into[factor]];
    for (const edge of edges) {
      const end = edge.s === factor ? edge.t : edge.s;
      if (seen.has(end) || !visibleAnywhere(model, state, edge)) continue;
      way.push(edge);
      go(end, new Set([...seen, end]));
      way.pop();
    }
  };
  go(start, new Set([start]));
  return { found, count };
}

/** Quotes (segment numbers) of an interaction of one city. */
export const segmentsOf = (model, item) => (item ? item.ev.flatMap((k) => model.evidence[k].s) : []);

/**
 * What is lit up: null means everything is.
 * @returns {{edges: Set<number>|null, nodes: Set<number>|null, hit: Set<number>|null, count: number}}
 */
export function focusOf(model, state) {
  const { sel } = state;
  const { edges } = layerOf(model, state);
  let lit = null;
  let hit = null;
  let count = 0;
  if (sel?.type === "edge") lit = new Set([sel.id]);
  else if (sel?.type === "loop") lit = new Set(model.loops[sel.id].edges);
  else if (sel?.type === "node") {
    hit = new Set([sel.id]);
    if (state.pathTo === null || state.pathTo === sel.id) lit = reach(model, state, sel.id);
    else ({ found: lit, count } = pathsBetween(model, state, sel.id, state.pathTo));
  } else if (state.q.length > 1) {
    const wanted = state.q.toLowerCase();
    hit = new Set(model.factors.map((_, f) => f).filter((f) => model.factorText[f].includes(wanted)));
    const says = (item) => segmentsOf(model, item).some((s) => model.segmentText[s].includes(wanted));
    lit = new Set(edges.filter((e) => hit.has(e.s) || hit.has(e.t) || e.by.some(says)).map((e) => e.index));
  }
  if (!lit) return { edges: null, nodes: null, hit: null, count };
  const nodes = new Set(hit ?? []);
  for (const index of lit) nodes.add(edges[index].s).add(edges[index].t);
  if (sel?.type === "node" && state.pathTo !== null) nodes.add(state.pathTo);
  return { edges: lit, nodes, hit, count };
}

/** The state as the part of the address after "#". */
export function toHash(state, model) {
  const first = initialState(model);
  const query = new URLSearchParams({ v: state.view });
  if (state.layer !== homeLayer(model)) query.set("layer", model.layers[state.layer].id);
  if (state.view === "difference") query.set("ab", `${state.a}-${state.b}`);
  if (state.sel) query.set("sel", `${state.sel.type}.${state.sel.id}`);
  if (state.pathTo !== null) query.set("to", String(state.pathTo));
  if (!state.up) query.set("up", "0");
  if (!state.down) query.set("down", "0");
  if (state.steps !== 1) query.set("steps", String(state.steps));
  if (state.min !== defaultMinimum(model, state.layer)) query.set("min", String(state.min));
  if (state.occurrence !== "all") query.set("in", state.occurrence);
  if (state.signs.size < SIGN_CLASSES.length) query.set("sign", [...state.signs].join("."));
  if (state.kinds.size < model.kinds.length) query.set("kind", [...state.kinds].join("."));
  if (state.hidden.size) query.set("hide", [...state.hidden].join("."));
  if (state.q) query.set("q", state.q);
  if (state.lang !== first.lang) query.set("lang", state.lang);
  return `#${query}`;
}

/** Take a state from an address; what makes no sense there is ignored. */
export function fromHash(hash, model) {
  const state = initialState(model);
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const index = (text, limit) => (/^\d{1,6}$/.test(text ?? "") && Number(text) < limit ? Number(text) : null);
  const known = (key, allowed) => (query.get(key) ?? "").split(".").filter((x) => allowed.includes(x));
  if (VIEW_NAMES.includes(query.get("v"))) state.view = query.get("v");
  const layer = model.layers.findIndex((l) => l.id === query.get("layer"));
  if (layer >= 0) {
    state.layer = layer;
    state.min = defaultMinimum(model, layer);
  }
  const [a, b] = (query.get("ab") ?? "").split("-").map((x) => index(x, model.cities.length));
  if (a !== null && b !== null && a !== undefined && b !== undefined && a !== b) Object.assign(state, { a, b });
  const [type, id] = (query.get("sel") ?? "").split(".");
  const limit = { node: model.factors.length, edge: layerOf(model, state).edges.length, loop: model.loops.length };
  if (Object.hasOwn(limit, type) && index(id, limit[type]) !== null) state.sel = { type, id: Number(id) };
  state.pathTo = index(query.get("to"), model.factors.length);
  state.up = query.get("up") !== "0";
  state.down = query.get("down") !== "0";
  state.steps = index(query.get("steps"), 5) || 1;
  state.min = index(query.get("min"), 1000) || state.min;
  if (OCCURRENCES.includes(query.get("in"))) state.occurrence = query.get("in");
  if (query.has("sign")) state.signs = new Set(known("sign", SIGN_CLASSES));
  if (query.has("kind")) state.kinds = new Set(known("kind", model.kinds.map((k) => k.id)));
  const hide = known("hide", model.cities.map((_, c) => String(c))).map(Number);
  if (hide.length < model.cities.length) state.hidden = new Set(hide);
  state.q = query.get("q") ?? "";
  if (["de", "en"].includes(query.get("lang"))) state.lang = query.get("lang");
  return state;
}
