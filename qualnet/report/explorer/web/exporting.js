// exporting.js - pictures and tables to take away; each says what it shows, with which filters, and what is invented.
import { csvText, fileName, plain } from "./text.js";
import { html, svg } from "./dom.js";
import { words } from "./i18n.js";
import { saveAs } from "./saving.js";
import { SIGN_CLASSES, labelOf, layerOf, shownCities, visibleIn } from "./model.js";
import { HEIGHT, WIDTH, markerPath } from "./graph.js";

const STYLED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-family",
  "font-size", "font-weight", "font-style", "paint-order", "stroke-linejoin"];
const HEAD = 44;
const FOOT = 92;

/** Copy a picture with the styles it has on the page, since a file has no stylesheet. */
function styledCopy(original) {
  const copy = original.cloneNode(true);
  const originals = [original, ...original.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  const dead = [];
  originals.forEach((element, k) => {
    const style = getComputedStyle(element);
    const invisible = style.display === "none" || style.visibility === "hidden" || element.classList.contains("hit");
    if (invisible) dead.push(copies[k]);
    for (const name of STYLED) {
      const value = style.getPropertyValue(name);
      if (value) copies[k].setAttribute(name, value);
    }
    for (const name of ["class", "style", "tabindex", "role", "data-edge", "data-node"]) copies[k].removeAttribute(name);
  });
  dead.forEach((element) => element.remove());
  return copy;
}

/** What is shown, in words: for files and for print. */
export function caption(model, state, counts) {
  const w = words(state);
  const { meta } = model;
  const book = `${w.codebook} ${meta.codebook.id} ${meta.codebook.version}`.trim();
  const level = meta.level ? `${w.level} ${meta.level[state.lang]}` : "";
  const filters = [`${w.layer}: ${layerOf(model, state).label[state.lang]}`, counts,
    `${w.minimum} ${state.min} ${w.interviews}`,
    state.occurrence !== "all" && `${w.occurrence}: ${w[state.occurrence]}`,
    state.signs.size < SIGN_CLASSES.length && `${w.sign}: ${[...state.signs].map((s) => w[s]).join(", ")}`];
  return [book, level, meta.data_date && `${w.dataOf} ${meta.data_date}`, ...filters, `${w.made} ${meta.version}`]
    .filter(Boolean);
}

/** A standing-alone picture of the panels with title, legend, filters and marks. */
export function pictureText(model, state, view, counts) {
  const w = words(state);
  const wide = WIDTH * view.panels.length;
  const body = getComputedStyle(document.body);
  const ink = body.color;
  const text = (x, y, size, content, weight = 400) => svg("text", {
    x, y, "font-size": size, "font-weight": weight, "font-family": "sans-serif", fill: ink,
  }, content);
  const picture = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${wide} ${HEAD + HEIGHT + FOOT}`, width: wide,
    height: HEAD + HEIGHT + FOOT,
  }, svg("title", {}, plain(model.meta.title[state.lang])),
  svg("rect", { width: "100%", height: "100%", fill: body.backgroundColor }),
  text(12, 18, 14, model.meta.title[state.lang], 600));
  view.panels.forEach((panel, k) => {
    picture.append(text(k * WIDTH + 12, 38, 13, view.titles[k], 600),
      svg("svg", { x: k * WIDTH, y: HEAD, width: WIDTH, height: HEIGHT, viewBox: `-10 -10 ${WIDTH + 20} ${HEIGHT + 20}` },
        styledCopy(panel.picture.querySelector(".viewport"))));
  });
  let x = 12;
  const legend = HEAD + HEIGHT + 18;
  for (const kind of model.kinds) {
    const sample = document.querySelector(`.kind-${kind.id} .marker`);
    picture.append(svg("path", {
      d: markerPath(kind.id, 4.6), transform: `translate(${x + 5} ${legend - 4})`,
      fill: sample ? getComputedStyle(sample).fill : ink,
    }), text(x + 14, legend, 10, kind.label[state.lang]));
    x += 30 + 6 * kind.label[state.lang].length;
  }
  const signs = layerOf(model, state).directed ? SIGN_CLASSES.map((s) => w[s]).join("   ") : "";
  const lines = [signs, `${w.width}. ${w.tier} 1, 2, ≥ 3 ${w.interviews}. ${w.noNames}`,
    caption(model, state, counts).join(" · ")].filter(Boolean);
  lines.forEach((line, k) => picture.append(text(12, legend + 18 * (k + 1), 10, line)));
  const marks = [model.meta.synthetic && w.synthetic, w[model.meta.profile]].filter(Boolean).join(" · ");
  picture.append(svg("text", {
    x: wide - 12, y: 18, "font-size": 11, "font-weight": 700, "font-family": "sans-serif", fill: ink,
    "text-anchor": "end",
  }, marks));
  return new XMLSerializer().serializeToString(picture);
}

export function saveSvg(model, state, view, counts) {
  const blob = new Blob([pictureText(model, state, view, counts)], { type: "image/svg+xml" });
  saveAs(fileName(plain(model.meta.title[state.lang]), "svg"), blob);
}

export function savePng(model, state, view, counts) {
  const blob = new Blob([pictureText(model, state, view, counts)], { type: "image/svg+xml" });
  const address = URL.createObjectURL(blob);
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = html("canvas", { width: image.width * 2, height: image.height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((png) => saveAs(fileName(plain(model.meta.title[state.lang]), "png"), png));
    URL.revokeObjectURL(address);
  });
  image.src = address;
}

/** What is visible now as rows: a row per interaction, city and quote. */
export function csvRows(model, state) {
  const layer = layerOf(model, state);
  const head = ["layer", "cause", "effect", "city", "sign", "n_sources", "n_interviews", "document", "place", "status",
    "denied", "quote", "synthetic"];
  const rows = [];
  for (const edge of layer.edges) {
    for (const city of shownCities(model, state)) {
      if (!visibleIn(model, state, edge, city)) continue;
      const item = edge.by[city];
      const start = [layer.id, labelOf(model, state, edge.s), labelOf(model, state, edge.t), model.cities[city].name];
      const { n, synthetic } = model.cities[city];
      const quotes = [...item.ev, ...item.no].map((k) => model.evidence[k]);
      for (const e of quotes.length ? quotes : [null]) {
        const segments = e ? e.s.map((s) => model.segments[s]) : [];
        rows.push([...start, e?.sign ?? item.sign, item.n, n, e ? model.documents[e.d].name : "", segments[0]?.place ?? "",
          e?.status ?? "", e?.denied ? "true" : "", segments.map((s) => s.text).join(" [...] "), String(synthetic)]);
      }
    }
  }
  return [head, ...rows];
}

export function saveCsv(model, state) {
  const blob = new Blob([csvText(csvRows(model, state))], { type: "text/csv" });
  saveAs(fileName(plain(model.meta.title[state.lang]), "csv"), blob);
}
