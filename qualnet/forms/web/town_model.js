// town_model.js - what speaks to a challenge, without a page: plain data in, plain data out.

/** Interviews and cities of an arrow with a sign: those that say so, and those that say the opposite. */
export function voices(arrow, sign) {
  const found = { n: 0, cities: 0, against: 0 };
  for (const item of arrow.by) {
    if (!item) continue;
    if (item.sign === sign) {
      found.n += item.n;
      found.cities += 1;
    } else if (item.sign === "+" || item.sign === "-" || item.sign === "mixed") found.against += 1;
  }
  return found;
}

/** The sign of an arrow in most cities; nothing where cities contradict each other, or none states one. */
export function signOf(arrow) {
  const signs = arrow.by.filter(Boolean).map((item) => item.sign);
  const plus = signs.filter((sign) => sign === "+").length;
  const minus = signs.filter((sign) => sign === "-").length;
  if (plus && minus) return "";
  return plus ? "+" : minus ? "-" : "";
}

const most = (a, b) => b.cities - a.cities || b.n - a.n || a.other - b.other;

/** What eases a challenge, what worsens it, what follows from it, and what the cities say differently. */
export function around(data, factor) {
  const found = { eases: [], worsens: [], leads: [], unclear: [] };
  for (const arrow of data.arrows) {
    const into = arrow.t === factor;
    if (!into && arrow.s !== factor) continue;
    const sign = signOf(arrow);
    const other = into ? arrow.s : arrow.t;
    const row = { other, sign, into, ...voices(arrow, sign) };
    if (!sign) found.unclear.push({ ...row, n: arrow.by.reduce((sum, item) => sum + (item?.n ?? 0), 0), cities: arrow.by.filter(Boolean).length });
    else if (!into) found.leads.push(row);
    else found[sign === "-" ? "eases" : "worsens"].push(row);
  }
  for (const rows of Object.values(found)) rows.sort(most);
  return found;
}

/**
 * Which recommendations touch a challenge: directly, or by a factor that the interviews say acts on it.
 * `eases` is true when the way lowers the challenge, false when it raises it.
 */
export function touching(data, factor) {
  const found = [];
  data.recommendations.forEach((recommendation, index) => {
    const ways = [];
    for (const act of recommendation.acts) {
      if (act.f === factor) ways.push({ by: null, eases: act.sign === "-", n: 0, cities: 0 });
      for (const arrow of data.arrows) {
        if (arrow.s !== act.f || arrow.t !== factor) continue;
        const sign = signOf(arrow);
        if (sign) ways.push({ by: act.f, eases: (act.sign === "+") === (sign === "-"), ...voices(arrow, sign) });
      }
    }
    if (ways.length) found.push({ index, ways });
  });
  return found;
}

/** The challenges that can be ticked, those that most interviews name first. */
export function challenges(data) {
  const total = (factor) => factor.n.reduce((sum, n) => sum + n, 0);
  return data.factors.map((factor, index) => ({ ...factor, index }))
    .filter((factor) => factor.kind === "challenge" && factor.codable)
    .sort((a, b) => total(b) - total(a) || a.index - b.index);
}

/** The ticked challenges as the part of the address after "#", and back; what is unknown is left out. */
export const toHash = (data, ticked) => `#${[...ticked].map((i) => data.factors[i].id).join(".")}`;
export const fromHash = (data, hash) => new Set(hash.replace(/^#/, "").split(".")
  .map((id) => data.factors.findIndex((factor) => factor.id === id)).filter((i) => i >= 0));
