// dom.js - elements without parsing: every text is a text node, so no text can become markup.
import { plain } from "./text.js";

const SVG = "http://www.w3.org/2000/svg";

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined) continue;
    if (name === "on") for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (name === "css") for (const [key, x] of Object.entries(value)) element.style.setProperty(key, x);
    else if (name.startsWith("aria-") || name.startsWith("data-")) element.setAttribute(name, String(value));
    else if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** An HTML element: html("p", {class: "x", on: {click}}, "text", child). */
export const html = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);

/** An SVG element. */
export const svg = (tag, attributes, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);

/** Empty an element and fill it anew. */
export function refill(element, ...children) {
  element.replaceChildren();
  return filled(element, null, children);
}

let measuring = null;
const widths = new Map();

/** Width of a text in a font, in pixels. */
export function textWidth(text, font) {
  const key = `${font}|${text}`;
  if (!widths.has(key)) {
    measuring ??= document.createElement("canvas").getContext("2d");
    measuring.font = font;
    widths.set(key, measuring.measureText(text).width);
  }
  return widths.get(key);
}

/** Break a label at spaces, hyphens and soft hyphens; what does not fit ends with an ellipsis. */
export function wrapped(label, width, font, most = 3) {
  const shown = (text) => text.replace(/\u00ad$/, "-").replaceAll("\u00ad", "").trimEnd();
  const lines = [];
  let line = "";
  for (const part of label.split(/(?<=[ \-/\u00ad])/)) {
    if (line && textWidth(shown(line + part), font) > width) {
      lines.push(shown(line));
      line = part;
    } else line += part;
  }
  if (line) lines.push(plain(line).trimEnd());
  if (lines.length > most) {
    lines.length = most;
    lines[most - 1] = `${lines[most - 1].replace(/-$/, "")}…`;
  }
  return lines;
}

/** Whether the reader asked for little motion. */
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
