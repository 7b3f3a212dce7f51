// filters.js - the bar of filters, which is the legend too.
import { html, refill } from "./dom.js";
import { words } from "./i18n.js";
import { SIGN_CLASSES, defaultMinimum, initialState, layerOf } from "./model.js";
import { kindIcon, lineIcon } from "./graph.js";

const group = (name, ...content) => html("fieldset", {}, html("legend", {}, name), content);
const toggled = (set, item) => {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
};

/** The bar: build() after a change of view, layer or language, sync() after any other. */
export function filterBar(model, state, actions, clearSearch) {
  const element = html("div", { class: "bar" });
  const chips = [];
  const chip = (isOn, name, run, icon) => {
    const button = html("button", { type: "button", class: "chip", "aria-pressed": isOn(), on: { click: run } }, icon, name);
    chips.push({ button, isOn });
    return button;
  };

  function signs(w) {
    if (!layerOf(model, state).directed) return null;
    return group(w.sign, SIGN_CLASSES.map((s) =>
      chip(() => state.signs.has(s), w[s], () => actions.set({ signs: toggled(state.signs, s) }), lineIcon(s))));
  }

  function minimum(w) {
    const { edges, evidence } = layerOf(model, state);
    const unit = evidence === false ? w.times : w.interviews;
    const most = Math.max(1, ...edges.flatMap((e) => e.weight));
    const output = html("output", {}, state.min);
    const slide = (event) => {
      output.textContent = event.target.value;
      actions.set({ min: Number(event.target.value) });
    };
    const slider = html("input", {
      type: "range", min: 1, max: Math.max(most, state.min), value: state.min,
      "aria-label": `${w.minimum} … ${unit}`, on: { input: slide },
    });
    return group(w.minimum, html("span", { class: "range" }, slider, output, ` ${unit}`));
  }

  function occurrence(w) {
    const options = ["all", "everywhere", "single", layerOf(model, state).directed && "flipped",
      layerOf(model, state).directed && "contested"].filter(Boolean);
    return group(w.occurrence, html("select", {
      "aria-label": w.occurrence, on: { change: (event) => actions.set({ occurrence: event.target.value }) },
    }, options.map((o) => html("option", { value: o, selected: state.occurrence === o }, w[o]))));
  }

  function layers(w) {
    if (model.layers.length < 2) return null;
    const choose = (event) => {
      const layer = Number(event.target.value);
      actions.set({ layer, sel: null, pathTo: null, occurrence: "all", min: defaultMinimum(model, layer) }, true);
    };
    return group(w.layer, html("select", { "aria-label": w.layer, on: { change: choose } },
      model.layers.map((l, k) => html("option", { value: k, selected: k === state.layer }, l.label[state.lang]))));
  }

  function cities(w) {
    if (model.cities.length < 2) return null;
    const run = (c) => () => {
      const hidden = toggled(state.hidden, c);
      if (hidden.size < model.cities.length) actions.set({ hidden }, true);
    };
    return group(w.cities, model.cities.map((city, c) => chip(() => !state.hidden.has(c), city.short, run(c))));
  }

  function reset() {
    clearSearch();
    const { view, lang, layer } = state;
    Object.assign(state.zoom, { k: 1, x: 0, y: 0 });
    actions.set({ ...initialState(model), view, lang, layer, min: defaultMinimum(model, layer), zoom: state.zoom }, true);
  }

  function build() {
    const w = words(state);
    chips.length = 0;
    const min = defaultMinimum(model, state.layer);
    const pictures = ["compare", "difference", "loops"].includes(state.view);
    const tiers = [["tier3", w.three], ["tier2", w.two], ["tier1", w.one]];
    refill(element, layers(w), signs(w),
      group(w.factors, model.kinds.map((kind) => chip(() => state.kinds.has(kind.id), kind.label[state.lang],
        () => actions.set({ kinds: toggled(state.kinds, kind.id) }), kindIcon(kind.id)))),
      minimum(w), occurrence(w), cities(w),
      html("button", { type: "button", class: "reset", on: { click: reset } }, w.reset),
      html("p", { class: "key" }, pictures && [html("span", {}, state.view === "difference" ? w.width2 : w.width),
        html("span", {}, `${w.tier}: `, tiers.map(([tier, name]) => [lineIcon(`ink ${tier}`, 3), ` ${name} `])),
        html("span", {}, w.ghost)], html("span", {}, w.noNames),
      min > 1 && html("span", { class: "notice" }, w.minimumAuto(min))));
  }

  function sync() {
    for (const { button, isOn } of chips) button.setAttribute("aria-pressed", String(isOn()));
  }
  return { element, build, sync };
}
