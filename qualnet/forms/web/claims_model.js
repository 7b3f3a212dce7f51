// claims_model.js - what is decided about each place, without a page: plain data in, plain data out.

/** @typedef {{id: string, answer: string, saved?: boolean, [field: string]: string | boolean | undefined}} Row */

export const FIELDS = ["cause", "effect", "sign", "status", "denied", "about_case", "condition", "hedge", "certainty", "memo"];

/** A claim about which nothing is said yet. */
export const emptyRow = (id) => ({ id, answer: "", ...Object.fromEntries(FIELDS.map((field) => [field, ""])) });

/** Whether a row says something that can be read back. */
export const isFilled = (row) => row.answer === "none" || row.answer === "withdrawn" || Boolean(row.cause || row.effect);

/** Whether it says something of a claim, and names no factor: it cannot be read back. */
export const isHalfSaid = (row) => !isFilled(row) && FIELDS.some((field) => field !== "memo" && row[field]);

/** The rows of a place: those of this session, else those of the project. */
export function rowsOf(data, work, place) {
  return work[data.places[place].id] ?? data.places[place].rows;
}

/** Whether somebody decided about a place. */
export function isDecided(data, work, place) {
  return data.places[place].known.length > 0 || rowsOf(data, work, place).some((row) => row.answer !== "withdrawn" && isFilled(row));
}

/** The next free number of a place. */
export function freshId(data, work, place) {
  const { id } = data.places[place];
  const taken = new Set([...data.places[place].rows, ...rowsOf(data, work, place)].map((row) => row.id));
  let n = 1;
  while (taken.has(`${id}-${n}`)) n += 1;
  return `${id}-${n}`;
}

/** Change one row of a place; the work that was there stays as it is. */
export function withRow(data, work, place, row) {
  const rows = rowsOf(data, work, place);
  const known = rows.some((other) => other.id === row.id);
  const next = known ? rows.map((other) => (other.id === row.id ? row : other)) : [...rows, row];
  return { ...work, [data.places[place].id]: next };
}

/** Take a row away: one that was never saved vanishes, any other one is withdrawn. */
export function withoutRow(data, work, place, row) {
  const before = data.places[place].rows.some((other) => other.id === row.id);
  if (before || row.saved) return withRow(data, work, place, { ...row, answer: "withdrawn" });
  return { ...work, [data.places[place].id]: rowsOf(data, work, place).filter((other) => other.id !== row.id) };
}

/** How much is decided: of the coded places with a causal expression, of all coded ones, of uncoded sentences. */
export function progress(data, work) {
  const count = { cued: 0, cuedDecided: 0, all: 0, decided: 0, uncoded: 0, uncodedDecided: 0 };
  data.places.forEach((place, i) => {
    const done = Number(isDecided(data, work, i));
    const add = (total, part) => {
      count[total] += 1;
      count[part] += done;
    };
    if (!place.coded) add("uncoded", "uncodedDecided");
    else add("all", "decided");
    if (place.coded && place.cues.length) add("cued", "cuedDecided");
  });
  return count;
}

/** The file that `qualnet claims read` takes: a header, and a row for each decision of this session. */
export function tableRows(data, work) {
  const rows = [];
  for (const place of data.places) {
    for (const row of work[place.id] ?? []) {
      if (!isFilled(row)) continue;
      const document = data.documents[place.document];
      rows.push({
        ...row, who: data.meta.coder, document: document.name, case: data.cases[document.case].name,
        paragraph: String(place.paragraph || ""), role: document.role, quote: place.quote,
        answer: row.answer === "claim" ? "" : row.answer,
      });
    }
  }
  return [data.columns, ...rows.map((row) => data.columns.map((column) => row[column] ?? ""))];
}

/** Mark everything as saved: taking it away later is a withdrawal. */
export function markSaved(work) {
  return Object.fromEntries(Object.entries(work).map(([id, rows]) => [id, rows.map((row) => ({ ...row, saved: true }))]));
}

/** Of the work of an older page, the places with something that was never saved. */
export function unsavedOnly(work, dirty) {
  return Object.fromEntries(Object.entries(work).filter(([, rows]) => rows.some((row) => dirty.has(row.id))));
}

/**
 * A text cut where places and causal expressions begin and end.
 * @returns {{text: string, place: number | null, begins: number[], cue: boolean}[]}
 */
export function pieces(data, text, from, to, inside) {
  const cuts = new Set([from, to]);
  const cues = [];
  for (const i of inside) {
    const [start, end] = data.places[i].span;
    for (const at of [start, end]) if (at > from && at < to) cuts.add(at);
    for (const [a, b] of data.places[i].cues) {
      cues.push([start + a, start + b]);
      for (const at of [start + a, start + b]) if (at > from && at < to) cuts.add(at);
    }
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const found = [];
  for (let k = 0; k + 1 < sorted.length; k += 1) {
    const [a, b] = [sorted[k], sorted[k + 1]];
    const over = inside.filter((i) => data.places[i].span[0] <= a && data.places[i].span[1] >= b);
    const width = (i) => data.places[i].span[1] - data.places[i].span[0];
    const place = over.length ? over.reduce((x, y) => (width(y) < width(x) ? y : x)) : null;
    found.push({
      text: text.slice(a, b), place, begins: inside.filter((i) => Math.max(data.places[i].span[0], from) === a),
      cue: cues.some(([s, e]) => s <= a && e >= b),
    });
  }
  return found;
}
