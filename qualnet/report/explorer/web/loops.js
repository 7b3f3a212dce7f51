// loops.js - feedback loops: how they read in each city, where they break, and which of them are contested.
import { html, refill } from "./dom.js";
import { words } from "./i18n.js";
import { labelOf, layerOf, shownCities, visibleAnywhere } from "./model.js";
import { compareView } from "./compare.js";

const MOST_LOOPS = 120;
const MARK = { "+": "+", "-": "−", mixed: "±", ambivalent: "±", unstated: "?" };

/** The sign to show at each link of a loop: the first city's that names it. */
export function loopSigns(loop) {
  return loop.edges.map((_, k) => {
    const signs = new Set(loop.by.map((city) => city.signs[k]).filter(Boolean));
    return signs.size === 1 ? MARK[[...signs][0]] : "±";
  });
}

/** "Soest: verstärkend, vollständig, schwächstes Glied 2 von 5 Interviews". */
export function loopText(model, state, loop, city) {
  const w = words(state);
  const here = loop.by[city];
  const { n, name } = model.cities[city];
  if (!here.complete) return `${name}: ${w.broken(here.broken_at.length)}`;
  const contested = here.contested ? `; ${w.throughContested}` : "";
  return `${name}: ${w[here.kind]}, ${w.weakest} ${here.weakest} ${w.of} ${n}${contested}`;
}

/** The view of loops beside the networks. */
export function loopsView(model, state, actions) {
  const w = words(state);
  if (!layerOf(model, state).directed || !model.loop_cap) {
    return { element: html("section", { class: "panel empty" }, html("p", {}, w.noLayerLoops)), update() {} };
  }
  const compared = compareView(model, state, actions);
  const list = html("ol", { class: "loops" });
  const cap = model.loop_cap;
  const element = html("div", { class: "loop-view" },
    html("section", { class: "panel side" }, html("header", {}, html("h2", {}, w.views.loops),
      html("p", { class: "hint" }, w.loopHint(cap.length), cap.more && ` ${w.loopMore(cap.listed)}`)), list),
    compared.element);
  const { edges } = layerOf(model, state);
  return {
    ...compared,
    element,
    update(focus) {
      compared.update(focus);
      const shown = model.loops.map((loop, index) => ({ loop, index }))
        .filter(({ loop }) => loop.edges.every((k) => visibleAnywhere(model, state, edges[k])));
      refill(list, shown.slice(0, MOST_LOOPS).map(({ loop, index }) => {
        const kinds = new Set(loop.by.map((c) => c.kind).filter(Boolean));
        const kind = kinds.size === 1 ? [...kinds][0] : "U";
        const current = state.sel?.type === "loop" && state.sel.id === index;
        const signs = loopSigns(loop);
        return html("li", {}, html("button", {
          type: "button", class: current ? "current" : null,
          on: { click: (event) => actions.select({ type: "loop", id: index }, event.currentTarget) },
        },
        html("b", { class: `loop-kind ${kind}`, title: w[kind] }, kind),
        html("span", { class: "name" }, loop.nodes.map((f, k) => [labelOf(model, state, f), html("em", {}, ` ${signs[k]}→ `)]),
          labelOf(model, state, loop.nodes[0])),
        html("span", { class: "count" }, shownCities(model, state).map((c) => html("span", { class: "line" },
          loopText(model, state, loop, c))))));
      }), shown.length > MOST_LOOPS && html("li", { class: "count" }, w.moreRows(shown.length - MOST_LOOPS)),
      !shown.length && html("li", { class: "count" }, w.noLoops));
    },
  };
}
