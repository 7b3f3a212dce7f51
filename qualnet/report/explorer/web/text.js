// text.js - numbers and text as people read them; no DOM, so that node can test it.

/** @param {string} text @returns {string} text without the places where it may break */
export const plain = (text) => text.replaceAll("\u00ad", "");

/** @param {number} value @param {number} low @param {number} high */
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

const LOCALE = { de: "de-DE", en: "en-GB" };

/** A number with at most so many decimals, in the language's own form. */
export function number(value, language, decimals = 0) {
  const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(LOCALE[language], options).format(value).replace("-", "−");
}

/** A share 0..1 as "75 %" (German) or "75%" (English). */
export function percent(share, language) {
  const text = number(100 * share, language);
  return language === "de" ? `${text}\u00a0%` : `${text}%`;
}

/** A difference of shares as signed percentage points, without the unit. */
export function points(difference, language) {
  const rounded = Math.round(100 * difference);
  if (rounded === 0) return "±0";
  return (rounded > 0 ? "+" : "−") + number(Math.abs(rounded), language);
}

/** A cell that no spreadsheet runs as a formula, quoted. */
export function csvCell(value) {
  const text = String(value ?? "");
  const inert = /^[=+\-@\t\r'＝＋－＠]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}

/** Rows as CSV with a byte order mark: Excel then reads umlauts. */
export const csvText = (rows) => "\ufeff" + rows.map((row) => row.map(csvCell).join(";") + "\r\n").join("");

/** A title as the start of a file name. */
export function fileName(title, ending) {
  const from = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
  const latin = title.toLowerCase().replace(/[äöüß]/g, (letter) => from[letter]);
  const safe = latin.normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60);
  return `${safe || "qualnet"}.${ending}`;
}
