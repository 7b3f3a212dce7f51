// matrix.js - every pair of factors in one table; a bar per city in each cell.
import { percent } from "./text.js";
import { html } from "./dom.js";
import { words } from "./i18n.js";
import { edgeName, labelOf, layerOf, shownCities, visibleAnywhere, visibleIn } from "./model.js";
import { kindIcon, tierClass } from "./graph.js";
import { countText } from "./compare.js";

const LONGEST = 40;
const shortened = (label) => (label.length > LONGEST ? `${label.slice(0, LONGEST - 1)}…` : label);

/** The view of all pairs. */
export function matrixView(model, state, actions) {
  const w = words(state);
  const layer = layerOf(model, state);
  const cities = shownCities(model, state);
  const cells = new Map();
  const at = new Map(layer.edges.map((e) => [`${e.s} ${e.t}`, e]));
  const head = (factor, scope) => html("th", { scope, "data-factor": factor },
    html("button", {
      type: "button", class: "plain", title: labelOf(model, state, factor),
      on: { click: (event) => actions.select({ type: "node", id: factor }, event.currentTarget) },
    }, kindIcon(model.factors[factor].kind), html("span", {}, shortened(labelOf(model, state, factor)))));
  const cell = (row, column) => {
    const edge = at.get(`${row} ${column}`) ?? (layer.directed ? null : at.get(`${column} ${row}`));
    const holder = html("td", { class: row === column ? "diagonal" : null });
    if (!edge || !edge.cities.length) return holder;
    const bars = cities.map((city) => {
      const bar = html("span", { class: `bar ${edge.cities.includes(city) ? `${edge.signs[city]} ${tierClass(edge.weight[city])}` : "empty"}`,
        "data-city": city });
      bar.style.setProperty("height", `${Math.max(8, 100 * (edge.cities.includes(city) ? edge.part[city] : 0))}%`);
      return bar;
    });
    const says = cities.map((c) => `${model.cities[c].name}: ${countText(model, state, edge, c)}`
      + (edge.cities.includes(c) && layer.evidence !== false ? ` (${percent(edge.by[c].share, state.lang)}, ${w[`${edge.signs[c]}1`]})` : ""));
    const name = `${edgeName(model, state, edge)}. ${says.join("; ")}`;
    const button = html("button", {
      type: "button", class: "cell", "aria-label": name, title: name, tabindex: cells.size ? -1 : 0, "data-edge": edge.index,
      on: { click: (event) => actions.select({ type: "edge", id: edge.index }, event.currentTarget) },
    }, bars);
    holder.append(button);
    if (!cells.has(edge.index)) cells.set(edge.index, []);
    cells.get(edge.index).push(button);
    return holder;
  };
  const table = html("table", { class: "matrix" },
    html("caption", { class: "visually-hidden" }, layer.directed ? w.matrixHint : w.matrixPairs),
    html("thead", {}, html("tr", {}, html("td", {}), layer.order.map((f) => head(f, "col")))),
    html("tbody", {}, layer.order.map((row) => html("tr", {}, head(row, "row"), layer.order.map((c) => cell(row, c))))));
  table.addEventListener("keydown", (event) => {
    const from = event.target.closest(".cell");
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (!from || !way) return;
    event.preventDefault();
    const place = (button) => [button.closest("td").cellIndex, button.closest("tr").rowIndex];
    const [x, y] = place(from);
    let best = null;
    let cost = Infinity;
    for (const button of table.querySelectorAll(".cell:not(.hidden)")) {
      const [dx, dy] = [place(button)[0] - x, place(button)[1] - y];
      const ahead = dx * way[0] + dy * way[1];
      const aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
      if (ahead > 0 && ahead + 3 * aside < cost) {
        cost = ahead + 3 * aside;
        best = button;
      }
    }
    if (!best) return;
    from.setAttribute("tabindex", "-1");
    best.setAttribute("tabindex", "0");
    best.focus();
  });
  const hint = html("p", { class: "hint" }, layer.directed ? w.matrixHint : w.matrixPairs, " ",
    html("b", {}, cities.map((c) => model.cities[c].short).join(" | ")));
  const element = html("section", { class: "panel matrix-panel" }, html("header", {}, html("h2", {}, w.views.matrix), hint),
    layer.order.length
      ? html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": w.views.matrix }, table)
      : html("p", { class: "empty" }, w.nothing));
  return {
    element,
    update(focus) {
      for (const [index, buttons] of cells) {
        const edge = layer.edges[index];
        for (const button of buttons) {
          button.classList.toggle("hidden", !visibleAnywhere(model, state, edge));
          button.classList.toggle("off", Boolean(focus.edges && !focus.edges.has(index)));
          button.classList.toggle("current", state.sel?.type === "edge" && state.sel.id === index);
          for (const bar of button.children) {
            const city = Number(bar.dataset.city);
            bar.classList.toggle("filtered", edge.cities.includes(city) && !visibleIn(model, state, edge, city));
          }
        }
      }
    },
  };
}

