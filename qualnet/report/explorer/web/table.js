// table.js - everything the pictures show, as a table that can be sorted and read aloud.
import { percent } from "./text.js";
import { html, refill } from "./dom.js";
import { words } from "./i18n.js";
import { SIGN_MARK, labelOf, layerOf, shownCities, visibleAnywhere, visibleIn } from "./model.js";
import { countText } from "./compare.js";

/** The view of all interactions as rows. */
export function tableView(model, state, actions) {
  const w = words(state);
  const layer = layerOf(model, state);
  const cities = shownCities(model, state);
  const columns = [
    ["cause", layer.directed ? w.cause : w.first], ["effect", layer.directed ? w.effect : w.second],
    ...cities.map((c) => [c, `${model.cities[c].name} (n = ${model.cities[c].n})`]),
  ];
  let order = { column: cities[0] ?? "cause", down: true };
  const value = (edge, column) => {
    if (column === "cause") return labelOf(model, state, edge.s);
    if (column === "effect") return labelOf(model, state, edge.t);
    return edge.cities.includes(column) ? edge.by[column].share : -1;
  };
  const heads = columns.map(([column, name]) => html("th", { scope: "col", "aria-sort": "none", "data-column": column },
    html("button", { type: "button", on: { click: () => sortBy(column) } }, name)));
  const body = html("tbody");
  let focus = { edges: null };

  function sortBy(column) {
    const text = column === "cause" || column === "effect";
    order = { column, down: order.column === column ? !order.down : !text };
    draw();
  }

  function cityCell(edge, city) {
    const named = edge.cities.includes(city);
    const item = edge.by[city];
    if (!named) return html("td", { class: "absent" }, w.states[edge.state[city]]);
    const sign = edge.signs[city];
    return html("td", { class: visibleIn(model, state, edge, city) ? null : "filtered" },
      SIGN_MARK[sign] && html("b", { class: sign, title: w[`${sign}1`] }, SIGN_MARK[sign]), " ",
      countText(model, state, edge, city),
      layer.evidence !== false && html("small", {}, ` ${percent(item.share, state.lang)} [${percent(item.lo, state.lang)}–${percent(item.hi, state.lang)}]`));
  }

  function draw() {
    heads.forEach((head, k) => head.setAttribute("aria-sort",
      columns[k][0] === order.column ? (order.down ? "descending" : "ascending") : "none"));
    const ownEdge = state.sel?.type === "edge";
    const shown = layer.edges
      .filter((e) => visibleAnywhere(model, state, e) && (!focus.edges || ownEdge || focus.edges.has(e.index)))
      .sort((a, b) => {
        const [x, y] = [value(a, order.column), value(b, order.column)];
        const way = typeof x === "string" ? x.localeCompare(y, state.lang) : x - y;
        return (order.down ? -way : way) || a.index - b.index;
      });
    refill(body, shown.map((edge) => html("tr", {
      class: ownEdge && state.sel.id === edge.index ? "current" : null, "data-row": edge.index,
    },
    html("th", { scope: "row" }, labelOf(model, state, edge.s)),
    html("td", {}, html("button", {
      type: "button", class: "link",
      on: { click: (event) => actions.select({ type: "edge", id: edge.index }, event.currentTarget) },
    }, labelOf(model, state, edge.t), html("span", { class: "visually-hidden" }, `, ${w.evidence}`))),
    cities.map((city) => cityCell(edge, city)))),
    !shown.length && html("tr", {}, html("td", { colspan: columns.length }, w.nothing)));
  }

  const caption = html("caption", {}, w.noNames);
  const element = html("section", { class: "panel table-panel" },
    html("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": w.table },
      html("table", {}, caption, html("thead", {}, html("tr", {}, heads)), body)));
  return {
    element,
    update(now) {
      focus = now;
      draw();
    },
  };
}
