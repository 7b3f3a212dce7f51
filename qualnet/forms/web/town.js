// town.js - tick the challenges of your town; see what speaks to them in the cities that were studied.
import { html, refill } from "./dom.js";
import { around, challenges, fromHash, toHash, touching } from "./town_model.js";

const data = JSON.parse(document.getElementById("payload").textContent);
const TEXTS = {
  de: {
    invented: "Erfundene Daten: keine Befunde", heading: "Und meine Stadt?", tick: "Welche Herausforderungen kennen Sie?",
    intro: "Kreuzen Sie an, was Sie aus Ihrer Stadt kennen. Daneben steht, was dazu in den untersuchten Städten gesagt wurde.",
    basis: (n, k) => `Aus ${n} Interviews in ${k} ${k === 1 ? "Stadt" : "Städten"}, nicht repräsentativ. Gezeigt ist, was mindestens ${data.meta.min_sources} Interviews einer Stadt nennen. Nicht genannt heißt nicht, dass es das nicht gibt.`,
    nothing: "Noch nichts angekreuzt.", eases: "Was sie mildert", worsens: "Was sie verstärkt", leads: "Was daraus folgt",
    unclear: "Darüber sagen die Städte Verschiedenes, oder nichts Eindeutiges", none: "dazu wurde nichts genannt",
    recommendations: "Empfehlungen, die hier ansetzen", untouched: "Keine der Empfehlungen setzt hier an.", directly: "unmittelbar",
    by: (name) => `über „${name}“`, raises: "kann sie auch verstärken", named: (n, of) => `genannt in ${n} von ${of} Interviews`,
    voices: (n, k) => `${n} ${n === 1 ? "Interview" : "Interviews"}, ${k} ${k === 1 ? "Stadt" : "Städte"}`, against: (k) => `, ${k === 1 ? "1 Stadt" : `${k} Städte`} dagegen`,
    more: "mehr", less: "weniger", where: "Wo es steht", clear: "Alles abwählen", print: "Drucken", open: "Ohne Empfehlung",
    openHint: "Diese Herausforderungen, die Sie kennen, berührt keine der Empfehlungen:",
  },
  en: {
    invented: "Invented data: no findings", heading: "And my town?", tick: "Which challenges do you know?",
    intro: "Tick what you know from your town. Beside it stands what was said about it in the cities that were studied.",
    basis: (n, k) => `From ${n} interviews in ${k} ${k === 1 ? "city" : "cities"}, not representative. It shows what at least ${data.meta.min_sources} interviews of a city name. Not mentioned does not mean that there is no such thing.`,
    nothing: "Nothing ticked yet.", eases: "What eases it", worsens: "What worsens it", leads: "What follows from it",
    unclear: "Here the cities say different things, or nothing clear", none: "nothing was mentioned",
    recommendations: "Recommendations that start here", untouched: "None of the recommendations starts here.", directly: "directly",
    by: (name) => `by “${name}”`, raises: "may worsen it as well", named: (n, of) => `named in ${n} of ${of} interviews`,
    voices: (n, k) => `${n} ${n === 1 ? "interview" : "interviews"}, ${k} ${k === 1 ? "city" : "cities"}`, against: (k) => `, ${k === 1 ? "1 city" : `${k} cities`} against`,
    more: "more", less: "less", where: "Where", clear: "Untick all", print: "Print", open: "Without a recommendation",
    openHint: "These challenges that you know are touched by none of the recommendations:",
  },
};
const w = TEXTS[data.meta.language === "en" ? "en" : "de"];
const app = document.getElementById("app");
const all = data.cities.reduce((sum, city) => sum + city.n, 0);
let ticked = fromHash(data, location.hash);

const label = (index) => data.factors[index].label;
const total = (factor) => factor.n.reduce((sum, n) => sum + n, 0);

function row(item) {
  const change = item.into ? null : html("b", { class: item.sign === "+" ? "plus" : "minus" }, `${item.sign === "+" ? w.more : w.less} `);
  return html("li", {}, change, label(item.other), html("span", { class: "hint" },
    ` ${w.voices(item.n, item.cities)}${item.against ? w.against(item.against) : ""}`));
}

const list = (name, rows, empty) => html("div", {}, html("h3", {}, name),
  rows.length ? html("ul", {}, rows.map(row)) : html("p", { class: "hint" }, empty));

function recommendation({ index, ways }) {
  const { label: name, text } = data.recommendations[index];
  const said = ways.map((way) => {
    const how = way.by === null ? w.directly : w.by(label(way.by));
    const heard = way.n ? ` (${w.voices(way.n, way.cities)})` : "";
    return html("li", { class: way.eases ? "" : "warn" }, `${how}${heard}${way.eases ? "" : `: ${w.raises}`}`);
  });
  return html("details", {}, html("summary", {}, name), text ? html("p", {}, text) : null, html("ul", {}, said));
}

function card(index) {
  const factor = data.factors[index];
  const found = around(data, index);
  const touched = touching(data, index);
  return html("section", { class: "card", "aria-label": factor.label },
    html("h2", {}, factor.label), html("p", { class: "hint" }, w.named(total(factor), all)),
    factor.definition ? html("p", {}, factor.definition) : null,
    html("div", { class: "columns" }, list(w.eases, found.eases, w.none), list(w.worsens, found.worsens, w.none), list(w.leads, found.leads, w.none)),
    found.unclear.length ? list(w.unclear, found.unclear, w.none) : null,
    data.recommendations.length ? html("div", {}, html("h3", {}, w.recommendations),
      touched.length ? touched.map(recommendation) : html("p", { class: "warn" }, w.untouched)) : null);
}

function boxes() {
  return challenges(data).map((factor) => html("label", { class: "tick" }, html("input", {
    type: "checkbox", checked: ticked.has(factor.index), on: { change: (event) => tick(factor.index, event.target.checked) },
  }), html("span", {}, factor.label, html("span", { class: "hint" }, ` ${total(factor)}`))));
}

const choices = html("div", {}, boxes());
const cards = html("div", { class: "cards", "aria-live": "polite" });

function drawCards() {
  const chosen = challenges(data).filter((factor) => ticked.has(factor.index));
  const open = chosen.filter((factor) => data.recommendations.length && !touching(data, factor.index).length);
  refill(cards, chosen.length ? null : html("p", { class: "hint" }, w.nothing),
    open.length ? html("section", { class: "card open" }, html("h2", {}, w.open), html("p", {}, w.openHint),
      html("ul", {}, open.map((factor) => html("li", {}, factor.label)))) : null,
    chosen.map((factor) => card(factor.index)));
}

function changed() {
  history.replaceState(null, "", toHash(data, ticked));
  drawCards();
}

function tick(index, on) {
  ticked = new Set(ticked);
  if (on) ticked.add(index);
  else ticked.delete(index);
  changed();
}

function clear() {
  ticked = new Set();
  refill(choices, boxes());
  changed();
}

refill(app,
  html("header", {}, data.meta.synthetic ? html("p", { class: "banner", role: "note" }, w.invented) : null,
    html("p", { class: "hint" }, data.meta.title), html("h1", {}, w.heading), html("p", {}, w.intro),
    html("p", { class: "basis" }, w.basis(all, data.cities.length)),
    html("p", { class: "hint" }, data.cities.map((city) => `${city.name} (${city.n})`).join(" · "))),
  html("main", {},
    html("fieldset", {}, html("legend", {}, w.tick), choices,
      html("p", { class: "buttons" }, html("button", { type: "button", on: { click: clear } }, w.clear),
        html("button", { type: "button", on: { click: () => print() } }, w.print))), cards));
drawCards();
