// claims.js - the page: a transcript on the left, the decision about one of its places on the right.
import { html, refill } from "./dom.js";
import { saveAs } from "./saving.js";
import { csvText, fileName } from "./text.js";
import { emptyRow, freshId, isDecided, isFilled, isHalfSaid, markSaved, pieces, progress, rowsOf, tableRows, unsavedOnly, withRow, withoutRow } from "./claims_model.js";
import { wordsOf } from "./claims_words.js";

const data = JSON.parse(document.getElementById("payload").textContent);
const w = wordsOf(data.meta.language);
const KEY = `qualnet-claims-${data.meta.key}`;
const app = document.getElementById("app");
let keeps = true;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null") ?? {};
  } catch {
    keeps = false;
    return {};
  }
}

const before = kept();
let dirty = new Set(before.dirty ?? []);
let work = before.work ?? {};
if (before.version !== data.meta.version) work = unsavedOnly(work, dirty);
const first = data.places.findIndex((_, i) => !isDecided(data, work, i));
let at = Math.max(0, data.places.findIndex((place) => place.id === before.at));
if (!before.at) at = Math.max(0, first);
let shortcuts = before.shortcuts ?? true;
let focusOn = "";

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify({ work, at: data.places[at]?.id, dirty: [...dirty], shortcuts, version: data.meta.version }));
  } catch {
    keeps = false;
  }
}

/** Take over what is decided now; `anew` where a form comes or goes, for else what is typed in would lose its focus. */
function change(next, id, anew = true) {
  work = next;
  dirty.add(id);
  keep();
  if (anew) draw();
  else refresh();
}

function edit(id, facts, anew = false) {
  const row = { ...(rowsOf(data, work, at).find((other) => other.id === id) ?? emptyRow(id)), ...facts };
  if (row.answer !== "none" && row.answer !== "withdrawn") row.answer = isFilled(row) ? "claim" : "";
  change(withRow(data, work, at, row), id, anew);
}

/** The row that keys and buttons change: the first one not filled in, else the last. */
function current() {
  const rows = rowsOf(data, work, at).filter((row) => row.answer !== "withdrawn");
  return rows.find((row) => !isFilled(row)) ?? rows.at(-1) ?? emptyRow(freshId(data, work, at));
}

function go(place, where = "") {
  if (place < 0 || place >= data.places.length) return;
  at = place;
  focusOn = where;
  keep();
  draw();
  reveal();
}

/** Bring the place into sight, without moving the page itself. */
function reveal() {
  const box = document.querySelector(".transcript");
  const mark_ = document.querySelector(".mark.now");
  if (mark_) box.scrollTop += mark_.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

function nextOpen() {
  const order = data.places.map((_, k) => (at + 1 + k) % data.places.length);
  const open = order.find((i) => !isDecided(data, work, i));
  if (open !== undefined) go(open);
}

function save() {
  work = markSaved(work);
  dirty = new Set();
  keep();
  const name = fileName(`INTERN ${data.meta.title} ${data.meta.coder}`, "csv");
  saveAs(name, new Blob([csvText(tableRows(data, work))], { type: "text/csv" }));
  draw();
  refill(document.getElementById("told"), w.saved.replace(/DATEI|FILE/, name));
}

const button = (label, run, attributes = {}) => html("button", { type: "button", on: { click: run }, ...attributes }, label);

// ---- the transcript

function mark(place) {
  const done = isDecided(data, work, place);
  const state = `${done ? w.decided : w.open}${data.places[place].coded ? "" : `, ${w.uncoded}`}`;
  return html("button", {
    type: "button", class: `mark ${done ? "done" : "open"}${place === at ? " now" : ""}`, "data-place": place,
    "aria-label": `${w.place} ${place + 1}: ${state}`, title: `${w.place} ${place + 1}: ${state}`,
    "aria-current": place === at ? "true" : null, on: { click: () => go(place, "cause") },
  }, done ? "✓" : "○");
}

function drawnPiece(piece) {
  const inside = piece.place !== null;
  const own = inside ? data.places[piece.place] : null;
  const classes = inside ? `piece${own.coded ? "" : " uncoded"}${piece.place === at ? " now" : ""}` : "";
  const words = piece.cue ? html("b", { class: "cue" }, piece.text) : piece.text;
  return [
    piece.begins.map(mark),
    inside ? html("span", { class: classes, on: { click: () => go(piece.place) } }, words) : words,
  ];
}

function transcript(index) {
  const document_ = data.documents[index];
  const here = data.places.map((_, i) => i).filter((i) => data.places[i].document === index);
  if (!document_.text) {
    return [html("p", { class: "hint" }, w.noText), here.map((i) => html("p", {
      class: `quote-only${i === at ? " now" : ""}`, on: { click: () => go(i) },
    }, mark(i), data.places[i].quote))];
  }
  const lines = [];
  let start = 0;
  let number = 0;
  for (const line of document_.text.split("\n")) {
    const end = start + line.length;
    if (line.trim()) {
      number += 1;
      const inside = here.filter((i) => data.places[i].span && data.places[i].span[0] < end && data.places[i].span[1] > start);
      lines.push(html("p", { class: "turn" }, html("span", { class: "number" }, String(number)),
        html("span", {}, pieces(data, document_.text, start, end, inside).map(drawnPiece))));
    }
    start = end + 1;
  }
  const loose = here.filter((i) => !data.places[i].span);
  return [lines, loose.map((i) => html("p", { class: `quote-only${i === at ? " now" : ""}`, on: { click: () => go(i) } }, mark(i), data.places[i].quote))];
}

// ---- the decision

function codeSelect(row, field) {
  const place = data.places[at];
  const { codes } = data.cases[data.documents[place.document].case];
  const option = (code) => html("option", { value: code.id, selected: code.id === row[field] }, code.label);
  const here = codes.filter((code) => place.codes.includes(code.id));
  const known = codes.some((code) => code.id === row[field]) || !row[field];
  return html("label", { class: "field" }, html("span", {}, w[field]), html("select", {
    "data-focus": `${field}-${row.id}`, on: { change: (event) => edit(row.id, { [field]: event.target.value }) },
  }, html("option", { value: "" }, w.choose), known ? null : html("option", { value: row[field], selected: true }, row[field]),
  here.length ? html("optgroup", { label: w.codesHere }, here.map(option)) : null,
  html("optgroup", { label: w.all }, codes.filter((code) => !here.includes(code)).map(option))));
}

function choice(row, field, offered, empty) {
  return html("label", { class: "field" }, html("span", {}, w[field]), html("select", {
    "data-focus": `${field}-${row.id}`, on: { change: (event) => edit(row.id, { [field]: event.target.value }) },
  }, html("option", { value: "" }, empty),
  offered.map(([value, name]) => html("option", { value, selected: value === row[field] }, name))));
}

const written = (row, field) => html("label", { class: "field" }, html("span", {}, w[field]), html("input", {
  type: "text", value: row[field], "data-focus": `${field}-${row.id}`,
  on: { input: (event) => edit(row.id, { [field]: event.target.value }) },
}));

function signs(row) {
  return html("fieldset", { class: "signs" }, html("legend", {}, w.sign), data.choices.sign.map(([value, name]) => html("label", {
    class: "sign",
  }, html("input", {
    type: "radio", name: `sign-${row.id}`, value, checked: row.sign === value, "data-focus": `sign-${row.id}-${value}`,
    on: { change: () => edit(row.id, { sign: value }) },
  }), name)));
}

/** A click on a code of the place fills the cause, the next one the effect. */
function chips(row) {
  const place = data.places[at];
  const { codes } = data.cases[data.documents[place.document].case];
  const here = codes.filter((code) => place.codes.includes(code.id));
  if (!here.length) return null;
  return html("p", { class: "chips" }, html("span", { class: "hint" }, `${w.codesHere}: `), here.map((code) => button(code.label, () => {
    const field = row.cause && row.cause !== code.id && !row.effect ? "effect" : row.cause ? (row.effect ? "cause" : "effect") : "cause";
    edit(row.id, { [field]: code.id }, true);
  }, { class: "chip" })));
}

function claimForm(row, number) {
  if (row.answer === "withdrawn") {
    return html("section", { class: "claim" }, html("p", {}, `${w.claim} ${number}: ${w.withdrawn} `,
      button(w.restore, () => edit(row.id, { answer: "" }, true))));
  }
  const others = data.cases.map((one) => [one.id, one.name]);
  const more = ["status", "denied", "about_case", "certainty", "condition", "memo"].some((field) => row[field]);
  return html("section", { class: "claim", "aria-label": `${w.claim} ${number}` },
    chips(row),
    html("div", { class: "pair" }, codeSelect(row, "cause"),
      button("⇄", () => swap(row.id), { "aria-label": w.swap, title: w.swap }),
      codeSelect(row, "effect")),
    signs(row),
    html("details", { open: more }, html("summary", {}, w.optional), html("div", { class: "more" },
      choice(row, "status", data.choices.status.filter(([value]) => value !== "observed"), data.choices.status[0][1]),
      html("label", { class: "field check" }, html("input", {
        type: "checkbox", checked: Boolean(row.denied), "data-focus": `denied-${row.id}`,
        on: { change: (event) => edit(row.id, { denied: event.target.checked ? "yes" : "" }) },
      }), html("span", {}, w.denied)),
      choice(row, "about_case", [...others, ["elsewhere", w.elsewhere]], w.here),
      choice(row, "certainty", data.choices.certainty, "–"),
      written(row, "condition"), written(row, "memo"))),
    html("div", { class: "below", "data-row": row.id }, below(row)));
}

/** What a form says of itself, and what can be done with it. */
function below(row) {
  return [
    isHalfSaid(row) ? html("p", { class: "warn" }, w.halfSaid) : null,
    isFilled(row) && !(row.cause && row.effect) ? html("p", { class: "hint" }, w.half) : null,
    isFilled(row) ? button(data.places[at].rows.some((other) => other.id === row.id) || row.saved ? w.withdraw : w.remove,
      () => change(withoutRow(data, work, at, row), row.id)) : null,
  ];
}

function swap(id) {
  const row = rowsOf(data, work, at).find((other) => other.id === id);
  if (row) edit(id, { cause: row.effect, effect: row.cause }, true);
}

function decisionPanel() {
  const place = data.places[at];
  if (!place) return html("p", { class: "hint" }, w.noPlaces);
  const rows = rowsOf(data, work, at);
  const none = rows.find((row) => row.answer === "none");
  const claims = rows.filter((row) => row.answer !== "none");
  const open = claims.some((row) => row.answer !== "withdrawn");
  const shown = open || none ? claims : [...claims, emptyRow(freshId(data, work, at))];
  const document_ = data.documents[place.document];
  return [
    html("p", { class: "where" }, html("strong", {}, `${w.place} ${at + 1} ${w.of} ${data.places.length}`),
      ` · ${document_.name}${place.paragraph ? `, ${w.paragraph} ${place.paragraph}` : ""}${document_.role ? ` · ${document_.role}` : ""}`),
    html("blockquote", {}, place.quote),
    place.coded ? null : html("p", { class: "hint" }, w.uncoded),
    place.known.length ? html("div", { class: "known" }, html("strong", {}, w.known), html("ul", {}, place.known.map((text) => html("li", {}, text)))) : null,
    html("label", { class: "none" }, html("input", {
      type: "checkbox", checked: Boolean(none), disabled: !none && claims.some((row) => row.answer !== "withdrawn" && isFilled(row)), "data-focus": "none",
      on: { change: () => toggleNone() },
    }), w.noRelation),
    none ? null : shown.map((row, k) => claimForm(row, k + 1)),
    html("div", { id: "more-claims" }, anotherButton()),
    html("nav", { class: "steps", "aria-label": w.place },
      button(`← ${w.previous}`, () => go(at - 1), { disabled: at === 0 }),
      button(`${w.next} →`, () => go(at + 1), { disabled: at === data.places.length - 1 }),
      button(w.nextOpen, nextOpen, { class: "main" })),
  ];
}

function anotherButton() {
  const rows = rowsOf(data, work, at);
  const all = rows.length && rows.every((row) => row.answer === "withdrawn" || (row.answer !== "none" && isFilled(row)));
  return all ? button(w.another, another, { "data-focus": "another" }) : null;
}

function another() {
  const row = emptyRow(freshId(data, work, at));
  work = withRow(data, work, at, row);
  focusOn = `cause-${row.id}`;
  draw();
}

function toggleNone() {
  const rows = rowsOf(data, work, at);
  const none = rows.find((row) => row.answer === "none");
  if (none) change(withoutRow(data, work, at, none), none.id);
  else if (!rows.some((row) => row.answer !== "withdrawn" && isFilled(row))) {
    const row = { ...emptyRow(current().id), answer: "none", memo: current().memo };
    change(withRow(data, work, at, row), row.id);
  }
}

// ---- the page

function headParts() {
  const done = progress(data, work);
  const index = data.places[at]?.document ?? 0;
  const uncoded = done.uncoded ? `${w.doneUncoded(done.uncodedDecided, done.uncoded)} · ` : "";
  return [
    html("p", { class: "internal" }, w.internal),
    data.meta.synthetic ? html("p", { class: "banner", role: "note" }, w.invented) : null,
    html("div", { class: "title-row" }, html("h1", {}, data.meta.title),
      html("span", { class: "hint" }, `${w.coder}: ${data.meta.coder}`),
      html("label", {}, html("span", { class: "hint" }, `${w.interview} `), html("select", {
        "data-focus": "document", on: { change: (event) => go(data.places.findIndex((place) => place.document === Number(event.target.value))) },
      }, data.documents.map((one, i) => html("option", { value: i, selected: i === index }, one.name)))),
      button(w.save, save, { class: "main", "data-focus": "save" })),
    html("p", { class: "progress" },
      html("progress", { max: Math.max(done.cued, 1), value: done.cuedDecided, "aria-label": w.done(done.cuedDecided, done.cued) }),
      html("strong", {}, ` ${w.done(done.cuedDecided, done.cued)}`),
      html("span", { class: "hint" }, ` · ${w.doneAll(done.decided, done.all)} · ${uncoded}`),
      html("span", { class: dirty.size ? "warn" : "hint" }, dirty.size ? w.unsaved(dirty.size) : w.allSaved)),
    html("p", { id: "told", class: "hint", role: "status" }, keeps ? w.note : w.blocked),
  ];
}

function transcriptParts() {
  return data.documents.length ? transcript(data.places[at]?.document ?? 0) : null;
}

/** Draw what depends on the decisions, and leave the forms as they are: somebody is typing in one. */
function refresh() {
  refill(document.querySelector("header"), headParts());
  const box = document.querySelector(".transcript");
  const { scrollTop } = box;
  refill(box, transcriptParts());
  box.scrollTop = scrollTop;
  for (const row of rowsOf(data, work, at)) {
    const element = [...document.querySelectorAll(".below")].find((one) => one.getAttribute("data-row") === row.id);
    if (element) refill(element, below(row));
  }
  const more = document.getElementById("more-claims");
  if (more) refill(more, anotherButton());
}

function draw() {
  const focused = focusOn || document.activeElement?.getAttribute?.("data-focus") || "";
  focusOn = "";
  const index = String(data.places[at]?.document ?? 0);
  const old = document.querySelector(".transcript");
  const left = old?.getAttribute("data-document") === index ? old.scrollTop : 0;
  refill(app,
    html("header", {}, headParts()),
    html("main", {},
      html("section", { class: "transcript", "aria-label": w.transcript, tabindex: "0", "data-document": index, "data-focus": "transcript" }, transcriptParts()),
      html("section", { class: "panel", "aria-label": w.decision, tabindex: "-1" }, decisionPanel())),
    html("footer", {}, html("label", {}, html("input", {
      type: "checkbox", checked: shortcuts, "data-focus": "shortcuts",
      on: { change: (event) => { shortcuts = event.target.checked; keep(); } },
    }), ` ${w.keys}`), html("span", { class: "hint" }, ` ${w.keysHelp}`)));
  document.querySelector(".transcript").scrollTop = left;
  const wanted = focused === "cause" ? `cause-${current().id}` : focused;
  if (wanted) [...document.querySelectorAll("[data-focus]")].find((element) => element.getAttribute("data-focus") === wanted)?.focus({ preventScroll: true });
}

const focus = (field) => document.querySelector(`[data-focus="${CSS.escape(`${field}-${current().id}`)}"]`)?.focus();
const KEYS = {
  j: () => go(at + 1), k: () => go(at - 1), o: nextOpen, u: () => focus("cause"), w: () => focus("effect"),
  "+": () => edit(current().id, { sign: "+" }, true), "-": () => edit(current().id, { sign: "-" }, true),
  a: () => edit(current().id, { sign: "ambivalent" }, true),
  x: toggleNone, m: another, s: save,
};

document.addEventListener("keydown", (event) => {
  if (!shortcuts || event.ctrlKey || event.metaKey || event.altKey || !data.places.length) return;
  if (event.target.closest("input[type=text], select, textarea")) return;
  const run = KEYS[event.key];
  if (!run) return;
  event.preventDefault();
  run();
});

window.addEventListener("beforeunload", (event) => {
  if (dirty.size && !keeps) event.preventDefault();
});

draw();
reveal();
