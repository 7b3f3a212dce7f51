// drawer.js - the evidence behind whatever was clicked: a column per city, quotes in their context.
import { html, refill } from "./dom.js";
import { words } from "./i18n.js";
import { SIGN_MARK, edgeName, labelOf, layerOf, shownCities, signClass } from "./model.js";
import { percent } from "./text.js";
import { countText } from "./compare.js";
import { loopSigns, loopText } from "./loops.js";
import { kindIcon } from "./graph.js";

const MOST_QUOTES = 40;
const EVIDENCE_SIGN = { "+": "pos", "-": "neg", ambivalent: "mix" };

/** One drawer for all views. */
export function evidenceDrawer(model, state, actions) {
  const title = html("h2", { tabindex: -1 });
  const controls = html("div", { class: "controls" });
  const columns = html("div", { class: "columns", tabindex: 0, role: "region" });
  const close = html("button", { type: "button", class: "close", on: { click: () => actions.select(null) } }, "×");
  const element = html("aside", { class: "drawer", hidden: true }, html("header", {}, title, controls, close), columns);

  /** A quote: the words, their context, and where they come from. */
  function quote(segmentIndex, sign, facts) {
    const segment = model.segments[segmentIndex];
    const document = model.documents[segment.d];
    const role = (segment.speaker ?? document.role)?.[state.lang];
    const origin = [document.name, segment.place, role, ...facts].filter(Boolean).join(" · ");
    const language = model.meta.language;
    return html("figure", { class: "quote" },
      html("blockquote", { lang: language }, html("span", { class: "around" }, segment.pre),
        html("mark", { class: sign }, segment.text), html("span", { class: "around" }, segment.post)),
      html("figcaption", {}, sign !== "none" && html("b", { class: sign }, `${SIGN_MARK[sign]} `), origin));
  }

  function unit(index, name) {
    const w = words(state);
    const item = model.evidence[index];
    const sign = item.sign ? EVIDENCE_SIGN[item.sign] ?? "un" : "none";
    const facts = [
      item.denied && w.denied, item.status && w.status[item.status], item.about && `${w.about}: ${item.about}`,
      item.condition && `${w.condition}: ${item.condition}`, item.hedge && `${w.hedge}: ${item.hedge}`,
      item.repeat && w.repeat, item.coder && `${w.coder} ${item.coder}`, item.id,
    ];
    const quotes = item.s.map((s, k) => quote(s, sign, k ? [] : facts));
    return name ? html("div", {}, html("p", { class: "of" }, name), quotes) : quotes;
  }

  /** Evidence for and against one interaction in one city. */
  function edgeColumn(edge, city, name) {
    const w = words(state);
    const item = edge.by[city];
    const parts = [];
    if (name && item) parts.push(html("h4", {}, `${name}: `, countText(model, state, edge, city)));
    if (!item) return name ? [] : [html("p", { class: "none" }, w.states[edge.state[city]])];
    if (edge.state[city] !== "named" && !name) parts.push(html("p", { class: "none" }, w.states[edge.state[city]]));
    const heard = edge.heard?.[city];
    if (heard) parts.push(html("p", { class: "heard" }, `${w.heard}: ${w.heardCounts(...heard)}`));
    if (layerOf(model, state).evidence === false) return [...parts, html("p", { class: "none" }, w.noEvidence)];
    parts.push(item.ev.map((k) => unit(k)));
    if (item.more) parts.push(html("p", { class: "count" }, w.more(item.more)));
    if (item.no.length) parts.push(html("h4", {}, w.counter), item.no.map((k) => unit(k)));
    return parts;
  }

  function header(focus) {
    const w = words(state);
    const { sel } = state;
    if (sel.type === "edge") {
      const edge = layerOf(model, state).edges[sel.id];
      return { name: [edgeName(model, state, edge)], more: [] };
    }
    if (sel.type === "loop") {
      const loop = model.loops[sel.id];
      const signs = loopSigns(loop);
      const way = loop.nodes.map((f, k) => `${labelOf(model, state, f)} ${signs[k]}→ `).join("");
      return { name: [w.loop], more: [html("p", { class: "definition" }, `${way}↺`)] };
    }
    const factor = model.factors[sel.id];
    const said = [[w.definition, factor.definition], [w.rule, factor.code_when], [w.notRule, factor.do_not_code_when],
      [w.anchor, factor.anchor_example]].filter(([, text]) => text);
    return {
      name: [kindIcon(factor.kind), ` ${labelOf(model, state, sel.id)}`],
      more: [
        said.length && html("details", { class: "definition" },
          html("summary", {}, said[0][1][state.lang]), html("dl", {}, said.slice(1).map(([name, text]) =>
            [html("dt", {}, name), html("dd", {}, text[state.lang])]))),
        nodeControls(focus),
      ],
    };
  }

  function nodeControls(focus) {
    const w = words(state);
    const toggle = (key, name) => html("button", {
      type: "button", class: "chip", "aria-pressed": state[key], on: { click: () => actions.set({ [key]: !state[key] }) },
    }, name);
    const choose = (name, options, run) => html("label", {}, `${name} `, html("select", { on: { change: run } }, options));
    return html("div", { class: "node-controls" },
      layerOf(model, state).directed && [toggle("up", w.causes), toggle("down", w.effects)],
      choose(w.steps, [1, 2, 3, 4].map((k) => html("option", { value: k, selected: k === state.steps }, k)),
        (event) => actions.set({ steps: Number(event.target.value) })),
      choose(w.pathTo, [html("option", { value: "" }, w.noPath), model.factors.map((f, k) => (k === state.sel.id ? null
        : html("option", { value: k, selected: k === state.pathTo }, labelOf(model, state, k))))],
      (event) => actions.set({ pathTo: event.target.value === "" ? null : Number(event.target.value) })),
      state.pathTo !== null && html("span", { class: "count" }, w.pathCount(focus.count)));
  }

  function nodeColumn(factorIndex, city, focus) {
    const w = words(state);
    const own = model.factors[factorIndex].by[city];
    const { edges } = layerOf(model, state);
    const lit = [...(focus.edges ?? [])].map((k) => edges[k]).filter((e) => e.by[city]);
    const coded = own.ev.slice(0, MOST_QUOTES);
    return [
      own.state !== "named" && html("p", { class: "none" }, w.states[own.state]),
      lit.length && html("ul", { class: "edge-list" }, lit.map((edge) => html("li", {}, html("button", {
        type: "button", class: "link", on: { click: () => actions.select({ type: "edge", id: edge.index }) },
      }, html("b", { class: signClass(edge.by[city]) }, `${SIGN_MARK[signClass(edge.by[city])] || ""} `),
      edgeName(model, state, edge)), html("span", { class: "count" }, ` ${countText(model, state, edge, city)}`)))),
      coded.length && html("h4", {}, w.codedWith), coded.map((s) => quote(s, "none", [])),
      own.ev.length + own.more > coded.length
        && html("p", { class: "count" }, w.moreRows(own.ev.length + own.more - coded.length)),
    ];
  }

  function column(city, focus) {
    const w = words(state);
    const { sel } = state;
    const { edges } = layerOf(model, state);
    const { n, name } = model.cities[city];
    if (sel.type === "edge") {
      const edge = edges[sel.id];
      const item = edge.by[city];
      const share = item && edge.cities.includes(city) && layerOf(model, state).evidence !== false
        && ` · ${percent(item.share, state.lang)} [${percent(item.lo, state.lang)}–${percent(item.hi, state.lang)}]`;
      return html("section", {}, html("h3", {}, name, html("span", { class: "count" },
        ` ${countText(model, state, edge, city)}`, share)),
      edgeColumn(edge, city, ""));
    }
    if (sel.type === "loop") {
      const loop = model.loops[sel.id];
      return html("section", {}, html("h3", {}, loopText(model, state, loop, city)),
        loop.edges.map((k) => edges[k].by[city]
          ? edgeColumn(edges[k], city, edgeName(model, state, edges[k]))
          : html("p", { class: "none" }, `${edgeName(model, state, edges[k])}: ${w.states[edges[k].state[city]]}`)));
    }
    const own = model.factors[sel.id].by[city];
    return html("section", {}, html("h3", {}, name, html("span", { class: "count" },
      own.state === "named" ? ` ${own.n} ${w.of} ${n} ${w.interviews}` : "")), nodeColumn(sel.id, city, focus));
  }

  function update(focus) {
    const w = words(state);
    element.hidden = !state.sel;
    element.setAttribute("aria-label", w.evidence);
    columns.setAttribute("aria-label", w.quotes);
    close.setAttribute("aria-label", w.close);
    document.body.classList.toggle("with-drawer", Boolean(state.sel));
    if (!state.sel) return;
    const { name, more } = header(focus);
    refill(title, name);
    refill(controls, more, model.meta.profile === "public" && html("p", { class: "none" }, model.evidence.length ? w.released : w.noQuotes));
    const cities = state.view === "difference" ? [state.a, state.b] : shownCities(model, state);
    refill(columns, cities.map((city) => column(city, focus)));
    columns.scrollTop = 0;
  }
  return { element, update };
}
