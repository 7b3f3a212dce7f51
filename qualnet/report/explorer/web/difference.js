// difference.js - two cities: one network of differences, and the differences ranked with their intervals.
import { number, percent, points } from "./text.js";
import { html, refill, svg } from "./dom.js";
import { words } from "./i18n.js";
import { SIGN_MARK, edgeName, labelOf, layerOf, visibleIn } from "./model.js";
import { networkPanel, tierClass, zoomButtons } from "./graph.js";
import { factorWeights } from "./compare.js";

const MOST_ROWS = 60;
const CLASS = { only_a: "only-a", only_b: "only-b", flipped: "flip", contested: "mix" };

/** The differences of two cities, a's share minus b's, whichever way the payload holds the pair. */
export function differencesOf(model, a, b) {
  const pair = model.pairs.find((p) => (p.a === a && p.b === b) || (p.a === b && p.b === a));
  if (!pair) return [];
  if (pair.a === a) return pair.edges;
  const turned = { only_a: "only_b", only_b: "only_a" };
  return pair.edges.map((d) => ({ ...d, diff: -d.diff, lo: -d.hi, hi: -d.lo, kind: turned[d.kind] ?? d.kind }));
}

/** A difference by size, not by "one interview names it too": who names it more often gives the colour. */
export function differenceClass(d) {
  if (d.kind === "flipped") return CLASS.flipped;
  if (d.diff === 0) return "equal";
  return d.diff > 0 ? "only-a" : "only-b";
}

/** What can be said of a difference. */
function verdict(d, w) {
  if (!d.comparable) return w.incomparable;
  return d.clear ? w.clear : w.unclear;
}

/** One row of the ranking: both shares with their intervals; none of a city that could not name it. */
function dumbbell(model, state, d, edge, a, b) {
  const w = words(state);
  const x = (share) => 6 + share * 188;
  const could = (city) => d.comparable || edge.by[city];
  const cells = [[a, "a", 7], [b, "b", 15]].filter(([city]) => could(city)).map(([city, name, y]) => {
    const item = edge.by[city] ?? { share: 0, lo: 0, hi: 1 };
    const mark = name === "a"
      ? svg("circle", { class: "a", cx: x(item.share), cy: y, r: 4 })
      : svg("rect", { class: "b", x: x(item.share) - 3.6, y: y - 3.6, width: 7.2, height: 7.2 });
    return svg("g", {}, svg("line", { class: `interval ${name}`, x1: x(item.lo), x2: x(item.hi), y1: y, y2: y }), mark);
  });
  const says = [a, b].filter(could).map((city) => {
    const item = edge.by[city];
    return `${model.cities[city].name} ${percent(item?.share ?? 0, state.lang)}`
      + (item ? ` (${w.interval} ${percent(item.lo, state.lang)}–${percent(item.hi, state.lang)})` : "");
  }).join(", ");
  return svg("svg", { class: "dumbbell", viewBox: "0 0 200 22", role: "img", "aria-label": says },
    svg("line", { class: "axis", x1: 6, x2: 194, y1: 11, y2: 11 }), cells);
}

/** The view of two cities. */
export function differenceView(model, state, actions) {
  const w = words(state);
  const { a, b } = state;
  if (model.cities.length < 2 || !model.pairs.length || state.layer !== 0) {
    const text = model.cities.length < 2 ? w.oneCity : w.nothing;
    return { element: html("section", { class: "panel empty" }, html("p", {}, text)), update() {} };
  }
  const layer = layerOf(model, state);
  const rows = differencesOf(model, a, b).map((d) => ({ d, edge: layer.edges[d.e], kind: differenceClass(d) }));
  const visible = (edge) => visibleIn(model, state, edge, a) || visibleIn(model, state, edge, b);
  const one = factorWeights(model, state, a);
  const other = factorWeights(model, state, b);
  const weights = one.map((n, f) => n + other[f]);
  const heaviest = Math.max(1, ...weights);
  const signOf = (edge) => {
    const signs = new Set([a, b].filter((c) => edge.cities.includes(c)).map((c) => edge.signs[c]));
    return signs.size > 1 ? "mix" : [...signs][0];
  };
  const says = (d) => (d.comparable
    ? `${points(d.diff, state.lang)} ${w.pp} [${number(100 * d.lo, state.lang)}; `
      + `${number(100 * d.hi, state.lang)}], ${verdict(d, w)}`
    : verdict(d, w));
  const panel = networkPanel({
    model, state, actions, visible,
    label: `${model.cities[a].name} / ${model.cities[b].name}. ${w.help}`,
    mark: model.meta.synthetic ? w.synthetic : "",
    edges: rows.map(({ d, edge, kind }) => ({
      edge, width: 1 + 4.6 * Math.abs(d.diff), mark: SIGN_MARK[signOf(edge)],
      classes: `diff ${kind} sign-${signOf(edge)} ${d.clear ? "clear" : "unclear"} `
        + tierClass(Math.max(edge.by[a]?.n ?? 0, edge.by[b]?.n ?? 0)),
      tip: `${edgeName(model, state, edge)}: ${says(d)}`,
    })).sort((x, y) => x.width - y.width),
    node: (f) => ({
      radius: 3.6 + 4.6 * Math.sqrt(weights[f] / heaviest), weight: weights[f], absent: !weights[f],
      tip: labelOf(model, state, f),
    }),
  });
  const pick = (key, label) => html("label", { class: `pick ${key}` }, html("span", { class: "swatch" }),
    html("span", { class: "visually-hidden" }, label),
    html("select", { on: { change: (event) => actions.set({ [key]: Number(event.target.value) }, true) } },
      model.cities.map((city, c) => html("option", {
        value: c, selected: c === state[key], disabled: c === state[key === "a" ? "b" : "a"],
      }, city.name))));
  const list = html("ol", { class: "ranking" });
  const clear = rows.filter((r) => r.d.clear).length;
  const fair = rows.filter((r) => r.d.comparable).length;
  const element = html("div", { class: "split" },
    html("section", { class: "panel big", "aria-label": w.views.difference },
      html("header", {}, pick("a", w.cityA), pick("b", w.cityB),
        html("span", { class: "swatches" }, html("span", { class: "equal" }, "="), ` ${w.equal} `,
          html("span", { class: "flip" }, "±"), ` ${w.flipped}`)),
      panel.picture, zoomButtons(state, actions)),
    html("section", { class: "panel side" }, html("header", {}, html("h2", {}, w.ranked),
      html("p", { class: "hint" }, w.rankedHint),
      html("p", { class: "verdict" }, w.clearCount(clear, fair, rows.length - fair))), list));
  return {
    element, panels: [panel], titles: [`${model.cities[a].name} / ${model.cities[b].name}`],
    update(focus) {
      panel.update(focus);
      const ownEdge = state.sel?.type === "edge";
      const shown = rows.filter((r) => visible(r.edge) && (!focus.edges || ownEdge || focus.edges.has(r.edge.index)));
      refill(list, shown.slice(0, MOST_ROWS).map(({ d, edge, kind }) => {
        const current = ownEdge && state.sel.id === edge.index;
        const choose = (event) => actions.select({ type: "edge", id: edge.index }, event.currentTarget);
        return html("li", {}, html("button", {
          type: "button", class: current ? "current" : null, "data-row": edge.index,
          on: { click: choose, pointerenter: () => actions.hover({ edge: edge.index }),
            pointerleave: () => actions.hover(null) },
        },
        html("span", { class: "name" }, labelOf(model, state, edge.s),
          html("b", { class: kind === "flip" ? "flip" : signOf(edge) }, ` ${SIGN_MARK[signOf(edge)]}→ `),
          labelOf(model, state, edge.t)),
        dumbbell(model, state, d, edge, a, b),
        html("span", { class: "value" }, d.comparable && points(d.diff, state.lang), d.comparable && html("small", {},
          ` [${number(100 * d.lo, state.lang)}; ${number(100 * d.hi, state.lang)}]`),
        html("small", { class: d.clear ? "clear" : "unclear" }, verdict(d, w)))));
      }), shown.length > MOST_ROWS && html("li", { class: "count" }, w.moreRows(shown.length - MOST_ROWS)),
      !shown.length && html("li", { class: "count" }, w.nothing));
    },
  };
}
