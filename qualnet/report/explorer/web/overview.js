// overview.js - the cities themselves: counts, growth, likeness, facts, and the background beside them.
import { number, percent } from "./text.js";
import { html, refill, svg } from "./dom.js";
import { words } from "./i18n.js";
import { labelOf, layerOf, shownCities, visibleIn } from "./model.js";

const panel = (title, hint, ...content) => html("section", { class: "panel" },
  html("header", {}, html("h2", {}, title), hint && html("p", { class: "hint" }, hint)), content);
const scroll = (label, ...content) =>
  html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": label }, content);
const headRow = (names) => html("thead", {}, html("tr", {}, names.map((name) => html("th", { scope: "col" }, name))));

function glance(model, state) {
  const w = words(state);
  const layer = layerOf(model, state);
  const word = layer.directed ? w.edges : w.pairs;
  const body = html("tbody");
  const loops = (city) => ["R", "B", "U"].map((k) =>
    model.loops.filter((l) => l.by[city].complete && l.by[city].kind === k).length).join(" / ");
  const counted = layer.directed && model.cities.some((c) => c.decided?.[1]);
  const names = [w.city, w.interviews, w.factors, word, w.onlyHere, layer.directed && w.claims,
    layer.directed && w.loopsRB, model.growth.length && w.coverage, counted && w.decided].filter(Boolean);
  const draw = () => refill(body, shownCities(model, state).map((c) => {
    const city = model.cities[c];
    const edges = layer.edges.filter((e) => visibleIn(model, state, e, c));
    const factors = new Set(edges.flatMap((e) => [e.s, e.t]));
    const cells = [city.n, factors.size, edges.length, edges.filter((e) => e.cities.length === 1).length];
    if (layer.directed) cells.push(edges.reduce((sum, e) => sum + e.by[c].c, 0), loops(c));
    if (model.growth.length) cells.push(coverageText(model, state, c));
    if (counted) cells.push(city.decided?.[1] ? `${number(city.decided[0], state.lang)} ${w.of} ${number(city.decided[1], state.lang)}` : "–");
    return html("tr", {}, html("th", { scope: "row" }, city.name, city.page && [html("br"),
      html("a", { href: city.page }, w.page)]), cells.map((x) => html("td", { class: "number" },
      typeof x === "number" ? number(x, state.lang) : x)));
  }));
  draw();
  const element = panel(w.glance, null, scroll(w.glance, html("table", {}, headRow(names), body)),
    model.growth.length && html("p", { class: "hint foot" }, `${w.coverage}: ${w.coverageHint}.`),
    counted && html("p", { class: "hint foot" }, `${w.decided}: ${w.decidedHint}.`));
  return { element, draw };
}

function coverageText(model, state, city) {
  const found = model.growth[city];
  if (!found || found.coverage === null) return words(state).notAssessable;
  const whole = percent(found.coverage, state.lang);
  if (found.coverage_lo === null) return whole; // no interview can be left out of two
  return `${whole} (${percent(found.coverage_lo, state.lang)}–${percent(found.coverage_hi, state.lang)})`;
}

function similarity(model, state) {
  const w = words(state);
  const cities = shownCities(model, state);
  const value = (a, b) => model.pairs.find((p) => (p.a === a && p.b === b) || (p.a === b && p.b === a));
  const cell = (a, b) => {
    if (a === b) return html("td", { class: "diagonal" }, "–");
    const pair = value(a, b);
    const box = html("td", { class: "number shaded" }, number(pair.jaccard, state.lang, 2),
      html("small", {}, ` (${number(pair.jaccard_parent, state.lang, 2)})`));
    box.style.setProperty("--share", `${Math.round(45 * pair.jaccard)}%`);
    return box;
  };
  return panel(w.similarity, w.similarityHint, scroll(w.similarity, html("table", { class: "likeness" },
    headRow([w.city, ...cities.map((c) => model.cities[c].short)]),
    html("tbody", {}, cities.map((a) => html("tr", {}, html("th", { scope: "row" }, model.cities[a].short),
      cities.map((b) => cell(a, b))))))));
}

function growthChart(model, state, city) {
  const w = words(state);
  const found = model.growth[city];
  const top = Math.max(1, ...model.growth.map((g) => Math.max(0, ...g.mean)));
  const most = Math.max(2, ...model.growth.map((g) => g.mean.length));
  const x = (k) => 34 + ((k - 1) / (most - 1)) * 240;
  const y = (v) => 150 - (v / top) * 130;
  const step = top > 60 ? 20 : top > 25 ? 10 : 5;
  const lines = [];
  for (let v = 0; v <= top; v += step) {
    lines.push(svg("line", { class: "grid", x1: 34, x2: 274, y1: y(v), y2: y(v) }),
      svg("text", { class: "axis", x: 28, y: y(v) + 4, "text-anchor": "end" }, number(v, state.lang)));
  }
  const ks = found.mean.map((_, k) => k + 1);
  const band = [...ks.map((k) => `${x(k)} ${y(Math.min(top, found.mean[k - 1] + found.sd[k - 1]))}`),
    ...ks.toReversed().map((k) => `${x(k)} ${y(Math.max(0, found.mean[k - 1] - found.sd[k - 1]))}`)];
  const says = ks.map((k) => `${k}: ${number(found.mean[k - 1], state.lang, 1)} ± ${number(found.sd[k - 1], state.lang, 1)}`);
  const name = model.cities[city].name;
  return html("figure", { class: "growth" }, html("figcaption", {}, html("b", {}, name), ` ${w.coverage}: `,
    coverageText(model, state, city)),
  svg("svg", { viewBox: "0 0 290 184", role: "img", "aria-label": `${name}: ${says.join(", ")}` }, lines,
    ks.map((k) => svg("text", { class: "axis", x: x(k), y: 166, "text-anchor": "middle" }, k)),
    svg("text", { class: "axis", x: 154, y: 181, "text-anchor": "middle" }, w.interviews),
    svg("path", { class: "band", d: `M${band.join("L")}Z` }),
    svg("path", { class: "curve", d: `M${ks.map((k) => `${x(k)} ${y(found.mean[k - 1])}`).join("L")}` }),
    ks.map((k) => svg("circle", { class: "dot", cx: x(k), cy: y(found.mean[k - 1]), r: 3 })),
    model.cities[city].synthetic && svg("text", { class: "mark", x: 274, y: 12, "text-anchor": "end" }, w.synthetic)));
}

function facts(model, state) {
  const w = words(state);
  const cities = shownCities(model, state).filter((c) => model.cities[c].facts.length);
  if (!cities.length) return null;
  const names = [...new Map(cities.flatMap((c) => model.cities[c].facts.map((f) => [f.label.en, f.label]))).values()];
  const cell = (city, label) => {
    const found = model.cities[city].facts.find((f) => f.label.en === label.en);
    if (!found) return html("td", { class: "absent" }, "–");
    const plainNumber = /^\d{4,}$/.test(found.value) && found.unit;
    const unit = { inhabitants: { de: "Einwohner", en: "inhabitants" }, rank: { de: "Rang", en: "rank" } }[found.unit];
    const value = plainNumber ? number(Number(found.value), state.lang) : found.value;
    return html("td", {}, `${value}${found.unit ? ` ${unit?.[state.lang] ?? found.unit}` : ""}${found.year ? ` (${found.year})` : ""}`,
      found.source && html("small", { class: "source" }, `${w.source}: ${found.source}`));
  };
  return panel(w.facts, null, scroll(w.facts, html("table", {}, headRow([w.fact, ...cities.map((c) => model.cities[c].short)]),
    html("tbody", {}, names.map((label) => html("tr", {}, html("th", { scope: "row" }, label[state.lang]),
      cities.map((c) => cell(c, label))))))));
}

const COLUMNS = {
  de: { measure: "Maß", size_class: "Größenklasse", threshold: "Einwohner", n_municipalities: "Gemeinden",
    inhabitants: "Bevölkerung", share_percent: "Anteil in %", unit: "Einheit", year: "Jahr", source: "Quelle",
    survey: "Erhebung", n: "n", question: "Frage", answer: "Antwort", value_percent: "Anteil in %", note: "Anmerkung",
    programme: "Programm", level: "Ebene", state: "Land", for_whom: "für wen", rate: "Fördersatz",
    own_share: "Eigenanteil", duration: "Dauer", effort: "Aufwand", chance: "Chance", deficit: "Defizit" },
  en: {},
};

function contextTable(model, state, name, title) {
  const rows = model.context[name];
  if (!rows?.length) return null;
  const columns = Object.keys(rows[0]).filter((c) => rows.some((r) => r[c]));
  const heads = columns.map((c) => COLUMNS[state.lang][c] ?? c.replaceAll("_", " "));
  const cell = (text) => (/^-?\d+(\.\d+)?$/.test(text) && text.length !== 4
    ? number(Number(text), state.lang, (text.split(".")[1] ?? "").length) : text);
  return panel(title, null, scroll(title, html("table", { class: "context" }, headRow(heads),
    html("tbody", {}, rows.map((row) => html("tr", {}, columns.map((c) => html("td", { lang: null }, cell(row[c])))))))));
}

function recommendations(model, state) {
  const w = words(state);
  if (!model.recommendations.length) return null;
  return panel(w.recommendations, w.recommendationHint, html("ol", { class: "recommendations" },
    model.recommendations.map((r) => html("li", {}, html("b", {}, r.label[state.lang]), " ", r.text[state.lang],
      html("p", { class: "hint" }, `${w.actsOn}: `,
        r.acts_on.map((a) => `${labelOf(model, state, a.f)} (${a.sign === "-" ? "−" : a.sign})`).join(", "))))));
}

/** The view of the cities and their background. */
export function overviewView(model, state) {
  const w = words(state);
  const table = glance(model, state);
  const grown = shownCities(model, state).filter((c) => model.growth[c] && model.growth[c].mean.length > 1);
  const known = new Set(["population_by_size_class", "digitalisation_state", "programmes"]);
  const other = Object.keys(model.context).filter((name) => !known.has(name));
  const element = html("div", { class: "overview" }, table.element,
    grown.length && panel(w.growth, w.growthHint, html("div", { class: "growths" },
      grown.map((c) => growthChart(model, state, c)))),
    model.cities.length > 1 && similarity(model, state), facts(model, state),
    contextTable(model, state, "population_by_size_class", w.population),
    contextTable(model, state, "digitalisation_state", w.digitalisation),
    contextTable(model, state, "programmes", w.programmes),
    other.map((name) => contextTable(model, state, name, name.replaceAll("_", " "))),
    recommendations(model, state));
  return { element, update: table.draw };
}
