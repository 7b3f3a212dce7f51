// compare.js - a panel per city, everything at the same place in each.
import { html } from "./dom.js";
import { words } from "./i18n.js";
import { edgeName, layerOf, shownCities, visibleIn } from "./model.js";
import { discMark, networkPanel, nodeTip, tierClass, zoomButtons } from "./graph.js";

const MOST_FULL = 6; // beyond that, thumbnails

/** Sources of all edges at each factor in one city. */
export function factorWeights(model, state, city) {
  const layer = layerOf(model, state);
  return model.factors.map((_, f) =>
    [...layer.out[f], ...layer.into[f]].reduce((sum, e) => sum + (e.cities.includes(city) ? e.weight[city] : 0), 0));
}

/** "3 von 5 Interviews, umstritten 2 + : 1 −". */
export function countText(model, state, edge, city) {
  const w = words(state);
  const item = edge.by[city];
  if (!edge.cities.includes(city)) return w.states[edge.state[city]];
  if (layerOf(model, state).evidence === false) return w.byProgram(item.c);
  const opposed = item.contested ? `, ${w.contested} ${item.p} + : ${item.m} −` : "";
  const same = { "+": item.p, "-": item.m }[item.sign];
  const partly = !opposed && same < item.n ? `, ${w.withSign(same)}` : "";
  return `${item.n} ${w.of} ${model.cities[city].n} ${w.interviews}${opposed}${partly}`;
}

function cityPanel(model, state, actions, city, lite) {
  const w = words(state);
  const weights = factorWeights(model, state, city);
  const heaviest = Math.max(1, ...weights);
  const layer = layerOf(model, state);
  const edges = layer.edges.filter((e) => e.cities.includes(city)).map((edge) => {
    const sign = edge.signs[city];
    return {
      edge, width: 0.9 + 4.2 * edge.part[city], mark: discMark(sign), classes: `${sign} ${tierClass(edge.weight[city])}`,
      tip: `${edgeName(model, state, edge)} (${w[`${sign}1`]}): ${countText(model, state, edge, city)}`,
    };
  }).sort((a, b) => a.width - b.width);
  return networkPanel({
    model, state, actions, lite, edges,
    label: `${model.cities[city].name}. ${w.help}`,
    mark: model.cities[city].synthetic ? w.synthetic : "",
    visible: (edge) => visibleIn(model, state, edge, city),
    node: (f) => ({
      radius: 3.6 + 4.6 * Math.sqrt(weights[f] / heaviest), weight: weights[f],
      absent: model.factors[f].by[city].state !== "named" && !weights[f], tip: nodeTip(model, state, f, city),
    }),
  });
}

/** The view of all cities side by side. */
export function compareView(model, state, actions) {
  const w = words(state);
  const shown = shownCities(model, state);
  const lite = shown.length > MOST_FULL;
  const word = layerOf(model, state).directed ? w.edges : w.pairs;
  const items = shown.map((city) => ({
    city, panel: cityPanel(model, state, actions, city, lite), count: html("span", { class: "count" }),
  }));
  const element = html("div", { class: `panels of${Math.min(shown.length, 4)}${lite ? " many" : ""}` },
    items.map(({ city, panel, count }) => html("section", { class: "panel", "aria-label": model.cities[city].name },
      html("header", {}, html("h2", {}, model.cities[city].name), count), panel.picture)),
    zoomButtons(state, actions));
  return {
    element,
    panels: items.map((i) => i.panel),
    titles: items.map((i) => model.cities[i.city].name),
    update(focus) {
      for (const { city, panel, count } of items) {
        panel.update(focus);
        const n = layerOf(model, state).edges.filter((e) => visibleIn(model, state, e, city)).length;
        count.textContent = `${model.cities[city].n} ${w.interviews} · ${n} ${word}`;
      }
    },
  };
}
