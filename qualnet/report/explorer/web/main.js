// main.js - state, frame of the page, and the way from a change to the picture.
import { clamp } from "./text.js";
import { calm, html, refill } from "./dom.js";
import { words } from "./i18n.js";
import { VIEW_NAMES, focusOf, fromHash, layerOf, loadModel, toHash, visibleAnywhere } from "./model.js";
import { compareView } from "./compare.js";
import { differenceView } from "./difference.js";
import { matrixView } from "./matrix.js";
import { loopsView } from "./loops.js";
import { tableView } from "./table.js";
import { overviewView } from "./overview.js";
import { evidenceDrawer } from "./drawer.js";
import { filterBar } from "./filters.js";
import { caption, saveCsv, savePng, saveSvg } from "./exporting.js";

const VIEWS = {
  overview: overviewView, compare: compareView, difference: differenceView, matrix: matrixView, loops: loopsView,
  table: tableView,
};
const model = loadModel(JSON.parse(document.getElementById("payload").textContent));
const state = fromHash(location.hash, model);
let view = null;
let waiting = false;
let anchor = null;
let revealed = "";

const actions = {
  /** Change the state; `whole` when the view itself must be built anew. */
  set(change, whole = false) {
    Object.assign(state, change);
    if (whole) buildView();
    schedule();
  },
  /** Open the evidence of something; `element` is what was clicked, which the drawer must not hide. */
  select(sel, element = null) {
    const same = sel && state.sel && sel.type === state.sel.type && sel.id === state.sel.id;
    state.sel = same ? null : sel;
    if (!sel || sel.type !== "node") state.pathTo = null;
    anchor = state.sel ? element : null;
    if (!state.sel) revealed = "";
    schedule();
  },
  hover(over) {
    for (const panel of view?.panels ?? []) panel.hover(over);
  },
  zoom(factor, x = 0, y = 0) {
    const { zoom } = state;
    if (factor === 0) Object.assign(zoom, { k: 1, x: 0, y: 0 });
    else {
      const k = clamp(zoom.k * factor, 1, 6);
      const grown = k / zoom.k;
      Object.assign(zoom, { k, x: x - (x - zoom.x) * grown, y: y - (y - zoom.y) * grown });
      if (k === 1) Object.assign(zoom, { x: 0, y: 0 });
    }
    frames(false);
  },
  pan(dx, dy) {
    state.zoom.x += dx;
    state.zoom.y += dy;
    frames(false);
  },
};

const title = html("h1");
const banner = html("p", { class: "banner" });
const printed = html("p", { class: "printed", "aria-hidden": "true" });
const profile = html("p", { class: "profile" });
const search = html("input", { type: "search", id: "search", autocomplete: "off", value: state.q,
  on: { input: () => actions.set({ q: search.value.trim() }) } });
const searchLabel = html("label", { class: "visually-hidden", for: "search" });
const tools = html("div", { class: "tools", role: "group" });
const tabs = html("div", { class: "tabs", role: "tablist" });
const live = html("p", { class: "live", role: "status" });
const stage = html("div", { id: "view", role: "tabpanel" });
const main = html("main", { id: "main", tabindex: -1 }, stage);
const skip = html("a", { class: "skip", href: "#main", on: { click: (event) => {
  event.preventDefault();
  main.focus();
} } });
const filterTitle = html("summary");
const bar = filterBar(model, state, actions, () => { search.value = ""; });
const narrow = matchMedia("(max-width: 900px)");
const filters = html("details", { class: "filters" }, filterTitle, bar.element, narrow.matches && tools);
const drawer = evidenceDrawer(model, state, actions);
const footer = html("footer");
const filterRegion = html("section", { class: "filter-region" }, filters);

document.getElementById("app").append(skip,
  html("header", { class: "top" }, model.meta.synthetic && banner, profile,
    html("div", { class: "title-row" }, title, html("div", { class: "search" }, searchLabel, search), !narrow.matches && tools)),
  html("nav", {}, tabs, live), filterRegion, main, drawer.element, footer, printed);
filters.open = !narrow.matches;

function tabButton(name) {
  const w = words(state);
  const turn = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = VIEW_NAMES.indexOf(name) + step + VIEW_NAMES.length;
    const next = VIEW_NAMES[at % VIEW_NAMES.length];
    actions.set({ view: next }, true);
    document.getElementById(`tab-${next}`).focus();
  };
  return html("button", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "view", "aria-selected": state.view === name,
    tabindex: state.view === name ? 0 : -1, on: { click: () => actions.set({ view: name }, true), keydown: turn },
  }, w.views[name]);
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
}

/** Everything around the view, in the language chosen. */
function buildFrame() {
  const w = words(state);
  const { meta } = model;
  document.documentElement.lang = state.lang;
  document.title = meta.title[state.lang];
  title.textContent = meta.title[state.lang];
  banner.textContent = w.synthetic;
  profile.textContent = meta.profile === "public" ? `${w.public}. ${w.publicRule(meta.min_sources)}` : w.internal;
  skip.textContent = w.skip;
  searchLabel.textContent = w.search;
  search.placeholder = w.search;
  filterTitle.textContent = w.filters;
  filterRegion.setAttribute("aria-label", w.filters);
  tools.setAttribute("aria-label", w.exports);
  tabs.setAttribute("aria-label", w.navigation);
  tabs.parentElement.setAttribute("aria-label", w.navigation);
  refill(tabs, VIEW_NAMES.map(tabButton));
  const button = (name, run, off) => html("button", { type: "button", disabled: off, on: { click: run } }, name);
  const noPicture = !view?.panels;
  refill(tools, button(w.language, () => actions.set({ lang: state.lang === "de" ? "en" : "de" }, true)),
    button(w.theme, switchTheme),
    button("SVG", () => saveSvg(model, state, view, live.textContent), noPicture),
    button("PNG", () => savePng(model, state, view, live.textContent), noPicture),
    button("CSV", () => saveCsv(model, state)), button(w.print, () => print()));
  refill(footer, html("p", {}, caption(model, state, "").join(" · ")),
    meta.warnings.length > 0 && html("details", {}, html("summary", {}, w.warnings(meta.warnings.length)),
      html("ul", {}, meta.warnings.slice(0, 50).map((text) => html("li", {}, text[state.lang])),
        meta.warnings.length > 50 && html("li", {}, w.moreRows(meta.warnings.length - 50)))));
  bar.build();
}

function buildView() {
  view = VIEWS[state.view](model, state, actions);
  stage.setAttribute("aria-labelledby", `tab-${state.view}`);
  refill(stage, view.element);
  buildFrame();
}

function schedule() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    render();
  });
}

function render() {
  const w = words(state);
  const focus = focusOf(model, state);
  const layer = layerOf(model, state);
  bar.sync();
  view.update(focus);
  drawer.update(focus);
  const shown = layer.edges.filter((e) => visibleAnywhere(model, state, e) && (!focus.edges || focus.edges.has(e.index)));
  const named = layer.edges.filter((e) => e.cities.length); // what is only denied is no arrow
  live.textContent = w.shown(shown.length, named.length, layer.directed ? w.edges : w.pairs);
  const marks = [model.meta.synthetic && w.synthetic, w[model.meta.profile]].filter(Boolean);
  printed.textContent = [...marks, ...caption(model, state, live.textContent)].join(" · ");
  document.documentElement.style.setProperty("--drawer", `${drawer.element.hidden ? 0 : drawer.element.offsetHeight}px`);
  reveal();
  try {
    history.replaceState(null, "", toHash(state, model));
  } catch { /* a sandboxed frame has no address to change */ }
}

/** Bring what was clicked into the part of the window that the drawer leaves free. */
function reveal() {
  if (!state.sel || revealed === `${state.view} ${state.sel.type} ${state.sel.id}`) return;
  revealed = `${state.view} ${state.sel.type} ${state.sel.id}`;
  const { type, id } = state.sel;
  const shown = `[data-${type}="${id}"]:not(.hidden)`;
  const clicked = anchor?.isConnected ? anchor
    : main.querySelector(".current") ?? main.querySelector(`${shown} .disc, ${shown}`);
  anchor = null;
  if (!clicked) return;
  clicked.scrollIntoView({ block: "nearest", inline: "nearest", behavior: calm() ? "auto" : "smooth" });
}

function frames(now) {
  for (const panel of view.panels ?? []) panel.frame(now);
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    actions.hover(null);
    if (state.sel) actions.select(null);
  }
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
    event.preventDefault();
    search.focus();
  }
});
addEventListener("hashchange", () => {
  const { zoom } = state;
  Object.assign(state, fromHash(location.hash, model), { zoom });
  search.value = state.q;
  buildView();
  render();
});
addEventListener("beforeprint", () => {
  Object.assign(state.zoom, { k: 1, x: 0, y: 0 });
  frames(true);
});
let resized = 0;
addEventListener("resize", () => {
  cancelAnimationFrame(resized);
  resized = requestAnimationFrame(() => frames(true));
});

buildView();
render();
performance.mark("qualnet-ready");
