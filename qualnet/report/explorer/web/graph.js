// graph.js - one panel: a network on the shared layout. All panels share the zoom, so panning one pans all.
import { clamp } from "./text.js";
import { html, svg, textWidth, wrapped } from "./dom.js";
import { words } from "./i18n.js";
import { SIGN_MARK, labelOf, layerOf } from "./model.js";

export const WIDTH = 460;
export const HEIGHT = 600;
const PAD = 10;
const ABOVE = 14; // room above the picture for the mark of invented data
const FACE = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", sans-serif';

const polygon = (corners, turn) => (r) => Array.from({ length: corners }, (_, k) => {
  const angle = turn + (2 * Math.PI * k) / corners;
  return `${k ? "L" : "M"}${(r * Math.sin(angle)).toFixed(2)} ${(-r * Math.cos(angle)).toFixed(2)}`;
}).join("") + "Z";
const circle = (r) => `M0 ${-r}A${r} ${r} 0 1 1 0 ${r}A${r} ${r} 0 1 1 0 ${-r}Z`;
const SHAPES = {
  challenge: (r) => `M${-r} ${-r}H${r}V${r}H${-r}Z`,
  driver: (r) => circle(r * 1.15),
  outcome: (r) => polygon(4, 0)(r * 1.5),
  context: (r) => polygon(3, 0)(r * 1.5),
  programme: (r) => polygon(6, 0)(r * 1.3),
  recommendation: (r) => polygon(5, 0)(r * 1.35),
  other: (r) => circle(r),
};

/** Outline of a factor's marker; the kind is told by shape as well as by colour. */
export const markerPath = (kind, r) => (SHAPES[kind] ?? SHAPES.other)(r);

/** A small picture of a kind, for chips and lists. */
export const kindIcon = (kind) =>
  svg("svg", { class: "icon", viewBox: "-8 -8 16 16", "aria-hidden": "true" },
    svg("g", { class: `kind-${kind}` }, svg("path", { class: "marker", d: markerPath(kind, 4.6) })));

/** A small picture of a line, for the legend. */
export const lineIcon = (classes, width = 2.4) =>
  svg("svg", { class: "line-icon", viewBox: "0 0 30 10", "aria-hidden": "true" },
    svg("g", { class: `edge ${classes}` }, svg("path", { class: "line", d: "M1 5H29", "stroke-width": width })));

/** Opacity says how many interviews: one, two, or more. */
export const tierClass = (n) => (n >= 3 ? "tier3" : n === 2 ? "tier2" : "tier1");

const short = (x) => x.toFixed(1);

/** A curve between two markers, bent clockwise so that A to B and B to A lie apart. */
function curveOf(from, to, fromRadius, toRadius, width, { mutual, arrow }) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const bend = (mutual ? 0.17 : 0.09) * length * (arrow ? 1 : 0.4);
  const cx = (from.x + to.x) / 2 - (dy / length) * bend;
  const cy = (from.y + to.y) / 2 + (dx / length) * bend;
  const unit = (x, y) => [x / (Math.hypot(x, y) || 1), y / (Math.hypot(x, y) || 1)];
  const [ux, uy] = unit(cx - from.x, cy - from.y);
  const [vx, vy] = unit(to.x - cx, to.y - cy);
  const head = arrow ? 5 + width * 1.1 : 0;
  const x0 = from.x + ux * (fromRadius + 1.5);
  const y0 = from.y + uy * (fromRadius + 1.5);
  const x1 = to.x - vx * (toRadius + 2);
  const y1 = to.y - vy * (toRadius + 2);
  const xb = x1 - vx * head;
  const yb = y1 - vy * head;
  const half = 2.2 + width * 0.75;
  const along = 0.72;
  const at = (p, q, r) => (1 - along) ** 2 * p + 2 * (1 - along) * along * q + along ** 2 * r;
  return {
    line: `M${short(x0)} ${short(y0)}Q${short(cx)} ${short(cy)} ${short(xb)} ${short(yb)}`,
    head: arrow
      ? `M${short(x1)} ${short(y1)}L${short(xb - vy * half)} ${short(yb + vx * half)}`
        + `L${short(xb + vy * half)} ${short(yb - vx * half)}Z`
      : "",
    x: at(x0, cx, xb),
    y: at(y0, cy, yb),
  };
}

/** An edge from a factor to itself: a small loop at its side. */
function selfCurve(at, radius, width) {
  const r = radius + 2;
  const x = at.x + r;
  return {
    line: `M${short(x)} ${short(at.y - 3)}c 16 -14 16 20 1 ${short(7)}`,
    head: `M${short(x - 1)} ${short(at.y + 3)}l${short(7 + width)} -1l-3 6Z`,
    x: x + 12,
    y: at.y,
  };
}

/**
 * Draw a network.
 * @param {object} options model, state, actions; `label` of the picture; `mark` text that stays in it;
 *   `visible(edge)`; `edges`: [{edge, classes, width, mark, tip}]; `node(factor)`: {radius, weight, absent, tip};
 *   `lite`: thumbnails without labels, one path per class of edges
 */
export function networkPanel(options) {
  const { model, state, actions, lite } = options;
  const layer = layerOf(model, state);
  const placed = model.factors.map((f) => f.x !== null);
  const spot = model.factors.map((f) => ({ x: f.x ?? 0, y: (f.y ?? 0) - 9 }));
  const edgeGroup = svg("g", { class: "edges" });
  const hoverGroup = svg("g", { class: "hovered" });
  const nodeGroup = svg("g", { class: "nodes" });
  const viewport = svg("g", { class: "viewport" }, edgeGroup, hoverGroup, nodeGroup);
  const top = options.mark ? ABOVE : 0;
  const picture = svg("svg", {
    class: "graph", viewBox: `${-PAD} ${-PAD - top} ${WIDTH + 2 * PAD} ${HEIGHT + 2 * PAD + top}`, role: "group",
    "aria-label": options.label,
  }, viewport);
  if (options.mark) {
    picture.append(svg("text", { class: "mark", x: -PAD + 4, y: -PAD }, options.mark));
  }
  const drawn = new Map();
  const merged = new Map();
  const nodes = model.factors.map((_, f) => (placed[f] ? options.node(f) : null));
  const pairs = new Set(layer.edges.map((e) => `${e.s} ${e.t}`));
  drawEdges();
  drawNodes();

  function drawEdges() {
    for (const item of options.edges) {
      const { edge } = item;
      if (!placed[edge.s] || !placed[edge.t]) continue;
      const mutual = pairs.has(`${edge.t} ${edge.s}`);
      const curve = edge.s === edge.t
        ? selfCurve(spot[edge.s], nodes[edge.s].radius, item.width)
        : curveOf(spot[edge.s], spot[edge.t], nodes[edge.s].radius, nodes[edge.t].radius, item.width,
          { mutual, arrow: layer.directed });
      if (lite) {
        if (!merged.has(item.classes)) {
          const group = svg("g", { class: `edge ${item.classes}` },
            svg("path", { class: "line", "stroke-width": 2.4 }), svg("path", { class: "head" }));
          merged.set(item.classes, { group, items: [] });
          edgeGroup.append(group);
        }
        merged.get(item.classes).items.push({ edge, curve });
        continue;
      }
      const group = svg("g", { class: `edge ${item.classes}`, "data-edge": edge.index },
        svg("title", {}, item.tip),
        svg("path", { class: "hit", d: curve.line }),
        svg("path", { class: "line", d: curve.line, "stroke-width": item.width.toFixed(2) }),
        svg("path", { class: "head", d: curve.head }),
        item.mark && svg("g", { class: "disc", transform: `translate(${short(curve.x)} ${short(curve.y)})` },
          svg("circle", { r: 5.4 }), svg("text", { y: 3.6, "text-anchor": "middle" }, item.mark)));
      edgeGroup.append(group);
      drawn.set(edge.index, { item, group });
    }
  }

  function drawNodes() {
    const first = placed.indexOf(true);
    model.factors.forEach((factor, f) => {
      const node = nodes[f];
      if (!node) return;
      const at = `translate(${short(spot[f].x)} ${short(spot[f].y)})`;
      const classes = `node kind-${factor.kind}${node.absent ? " absent" : ""}`;
      if (lite) {
        node.group = svg("g", { class: classes, transform: at },
          svg("path", { class: "marker", d: markerPath(factor.kind, node.radius * 1.25) }));
      } else {
        node.text = svg("text", { class: "label", "text-anchor": "middle" });
        node.group = svg("g", {
          class: classes, transform: at, "data-node": f, tabindex: f === first ? 0 : -1, role: "button",
          "aria-label": node.tip,
        }, svg("path", { class: "ring", d: markerPath(factor.kind, node.radius + 4) }),
        svg("path", { class: "marker", d: markerPath(factor.kind, node.radius) }), node.text);
      }
      nodeGroup.append(node.group);
    });
  }

  const indexUnder = (event, kind) => {
    const group = event.target.closest(`g[data-${kind}]`);
    return group ? Number(group.getAttribute(`data-${kind}`)) : null;
  };
  const select = (event) => {
    const node = indexUnder(event, "node");
    const edge = indexUnder(event, "edge");
    if (node !== null) actions.select({ type: "node", id: node }, nodes[node].group);
    else if (edge !== null) actions.select({ type: "edge", id: edge }, drawn.get(edge).group.querySelector(".disc") ?? drawn.get(edge).group);
    else actions.select(null);
  };
  let moved = false;
  picture.addEventListener("click", (event) => {
    if (!moved) select(event);
    moved = false;
  });
  picture.addEventListener("pointerover", (event) => {
    const node = indexUnder(event, "node");
    const edge = indexUnder(event, "edge");
    actions.hover(node !== null ? { node } : edge !== null ? { edge } : null);
  });
  picture.addEventListener("pointerleave", () => actions.hover(null));
  picture.addEventListener("focusin", (event) => {
    const node = indexUnder(event, "node");
    if (node !== null) actions.hover({ node });
  });
  picture.addEventListener("focusout", () => actions.hover(null));
  picture.addEventListener("keydown", (event) => {
    const from = indexUnder(event, "node");
    if (from === null) return;
    const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      actions.select({ type: "node", id: from }, nodes[from].group);
    } else if (way) {
      event.preventDefault();
      moveFocus(from, way);
    }
  });

  /** Move the keyboard's focus to the nearest factor in a direction. */
  function moveFocus(from, [right, down]) {
    let best = null;
    let cost = Infinity;
    spot.forEach((p, f) => {
      if (f === from || !nodes[f] || nodes[f].group.classList.contains("hidden")) return;
      const dx = p.x - spot[from].x;
      const dy = p.y - spot[from].y;
      const ahead = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      if (ahead > 2 && ahead + 2.2 * aside < cost) {
        cost = ahead + 2.2 * aside;
        best = f;
      }
    });
    if (best === null) return;
    nodes[from].group.setAttribute("tabindex", "-1");
    nodes[best].group.setAttribute("tabindex", "0");
    nodes[best].group.focus();
  }

  const pointers = new Map();
  let pressed = null;
  const unitsPerPixel = () => 1 / (picture.getScreenCTM()?.a || 1);
  const toUnits = (x, y) => {
    const matrix = picture.getScreenCTM().inverse();
    return [matrix.a * x + matrix.e, matrix.d * y + matrix.f];
  };
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    actions.zoom(Math.exp(-event.deltaY * 0.0022), ...toUnits(event.clientX, event.clientY));
  }, { passive: false });
  picture.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    pressed = [event.clientX, event.clientY];
    moved = false;
  });
  picture.addEventListener("pointermove", (event) => {
    const last = pointers.get(event.pointerId);
    if (!last) return;
    if (pointers.size === 1 && (event.pointerType === "mouse" || state.zoom.k > 1)) {
      if (!moved && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) > 4) {
        moved = true;
        picture.setPointerCapture(event.pointerId);
      }
      const scale = unitsPerPixel();
      if (moved) actions.pan((event.clientX - last[0]) * scale, (event.clientY - last[1]) * scale);
    } else if (pointers.size === 2) {
      const [, other] = [...pointers].find(([id]) => id !== event.pointerId);
      const before = Math.hypot(last[0] - other[0], last[1] - other[1]) || 1;
      const now = Math.hypot(event.clientX - other[0], event.clientY - other[1]);
      actions.zoom(now / before, ...toUnits((event.clientX + other[0]) / 2, (event.clientY + other[1]) / 2));
      moved = true;
    }
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    picture.addEventListener(name, (event) => pointers.delete(event.pointerId));
  }

  let labelledFor = "";
  /** Put each label where it is free: below, above, right or left of its marker. Less named ones give way. */
  function placeLabels() {
    const scale = (picture.getScreenCTM()?.a || 1) * state.zoom.k;
    const key = `${scale.toFixed(3)}${state.lang}`;
    if (key === labelledFor) return;
    labelledFor = key;
    const pixels = clamp(9.4 + scale * 1.1, 9.4, 12.5);
    const size = pixels / scale;
    const font = `450 ${pixels}px ${FACE}`;
    const widest = clamp(104 * Math.sqrt(scale), 88, 160);
    const taken = [];
    const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
    const markers = nodes.map((n, f) => n && [spot[f].x - n.radius, spot[f].y - n.radius, spot[f].x + n.radius,
      spot[f].y + n.radius]);
    const free = (box, f) => !taken.some((b) => overlap(box, b))
      && !markers.some((b, other) => b && other !== f && overlap(box, b))
      && box[0] > -PAD && box[2] < WIDTH + PAD && box[1] > -PAD && box[3] < HEIGHT + PAD;
    const order = nodes.map((_, f) => f).filter((f) => nodes[f])
      .sort((a, b) => nodes[b].weight - nodes[a].weight || a - b);
    for (const f of order) {
      const node = nodes[f];
      const { x, y } = spot[f];
      const lines = wrapped(model.factors[f].label[state.lang], widest, font);
      const lineHeight = size * 1.1;
      const high = lineHeight * lines.length;
      const wide = Math.max(...lines.map((line) => textWidth(line, font))) / scale;
      const gap = node.radius + 1.5 / scale;
      const spots = [
        ["middle", 0, gap, [x - wide / 2, y + gap, x + wide / 2, y + gap + high]],
        ["middle", 0, -gap - high, [x - wide / 2, y - gap - high, x + wide / 2, y - gap]],
        ["start", gap + 2, -high / 2, [x + gap + 2, y - high / 2, x + gap + 2 + wide, y + high / 2]],
        ["end", -gap - 2, -high / 2, [x - gap - 2 - wide, y - high / 2, x - gap - 2, y + high / 2]],
      ];
      const found = spots.find((s) => free(s[3], f));
      // a label without a free place stands below, but never outside the picture
      const inside = clamp(x, wide / 2 - PAD, WIDTH + PAD - wide / 2) - x;
      const [anchor, left, top, box] = found ?? spots[0].with(1, inside);
      node.text.replaceChildren(...lines.map((line, k) => svg("tspan",
        { x: short(left), y: short(top + k * lineHeight + size * 0.86) }, line)));
      node.text.setAttribute("font-size", size.toFixed(2));
      node.text.setAttribute("text-anchor", anchor);
      node.text.style.setProperty("stroke-width", `${(3.4 / scale).toFixed(2)}px`);
      node.group.classList.toggle("crowded", !found);
      if (found) taken.push(box);
    }
  }

  let waiting = 0;
  /** Follow the shared zoom; labels are placed at once, or when the zooming pauses. */
  function frame(now) {
    const { x, y, k } = state.zoom;
    viewport.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${k.toFixed(4)})`);
    if (lite) return;
    clearTimeout(waiting);
    if (now) placeLabels();
    else waiting = setTimeout(placeLabels, 90);
  }

  /** Show what the filters let through and light up the selection. */
  function update(focus) {
    for (const { group, items } of merged.values()) {
      const shown = items.filter(({ edge }) => options.visible(edge) && (!focus.edges || focus.edges.has(edge.index)));
      group.firstChild.setAttribute("d", shown.map((i) => i.curve.line).join(""));
      group.lastChild.setAttribute("d", shown.map((i) => i.curve.head).join(""));
    }
    for (const [index, { item, group }] of drawn) {
      const lit = focus.edges ? (focus.edges.has(index) ? " on" : " off") : "";
      group.setAttribute("class", `edge ${item.classes}${options.visible(item.edge) ? "" : " hidden"}${lit}`);
    }
    nodes.forEach((node, f) => {
      if (!node) return;
      const { classList } = node.group;
      classList.toggle("hidden", !state.kinds.has(model.factors[f].kind));
      classList.toggle("off", Boolean(focus.nodes && !focus.nodes.has(f)));
      classList.toggle("lit", Boolean(focus.nodes?.has(f)));
      classList.toggle("selected", Boolean(focus.hit?.has(f)));
    });
    frame(true);
  }

  let lit = [];
  /** Light up a factor with its edges, or an edge with its ends, without touching the rest. */
  function hover(over) {
    picture.classList.toggle("hovering", Boolean(over));
    lit.forEach((group) => group.classList.remove("hover"));
    lit = [];
    hoverGroup.replaceChildren();
    if (!over) return;
    const lightNode = (f) => {
      if (!nodes[f]) return;
      nodes[f].group.classList.add("hover");
      lit.push(nodes[f].group);
    };
    const lightEdge = (edge) => {
      const found = drawn.get(edge.index);
      if (!found || !options.visible(edge)) return;
      const copy = found.group.cloneNode(true);
      copy.classList.add("hover");
      copy.removeAttribute("data-edge");
      hoverGroup.append(copy);
      lightNode(edge.s);
      lightNode(edge.t);
    };
    if (over.node !== undefined) {
      lightNode(over.node);
      [...layer.out[over.node], ...layer.into[over.node]].forEach(lightEdge);
    } else {
      const edge = layer.edges[over.edge];
      lightEdge(edge);
      lightNode(edge.s);
      lightNode(edge.t);
    }
  }
  return { picture, update, hover, frame };
}

/** Buttons for zooming without a wheel. */
export function zoomButtons(state, actions) {
  const w = words(state);
  const button = (name, text, run) =>
    html("button", { type: "button", "aria-label": name, title: name, on: { click: run } }, text);
  return html("div", { class: "zoom", role: "group", "aria-label": w.zoomAll },
    button(w.zoomIn, "+", () => actions.zoom(1.35, WIDTH / 2, HEIGHT / 2)),
    button(w.zoomOut, "−", () => actions.zoom(1 / 1.35, WIDTH / 2, HEIGHT / 2)),
    button(w.zoomAll, "⤢", () => actions.zoom(0)));
}

/** What a factor's marker tells in one city. */
export function nodeTip(model, state, factor, city) {
  const w = words(state);
  const layer = layerOf(model, state);
  const named = (edges) => edges.filter((e) => e.cities.includes(city)).length;
  const n = model.factors[factor].by[city].n;
  const ins = named(layer.into[factor]);
  const outs = named(layer.out[factor]);
  const label = labelOf(model, state, factor);
  const of = model.cities[city].n;
  return layer.directed ? w.nodeSays(label, n, of, ins, outs) : w.pairSays(label, n, of, ins + outs);
}

/** The sign an edge shows in its disc. */
export const discMark = (signClass) => SIGN_MARK[signClass] ?? "";
