"use strict";
// What is shown is what location.hash says; every click only changes the hash.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (id) => document.getElementById(id);
const GLYPH = { proved: "✓", refuted: "✕", unknown: "?", external: "↗", passed: "✓", broken: "✕", undecided: "?" };
const RESULT = { passed: "proved", broken: "refuted", undecided: "unknown" };
const VERDICTS = ["proved", "refuted", "unknown", "external"];
const things = new Map(), shapes = new Map(), touching = new Map();
for (const node of data.nodes) things.set(node.id, { ...node, type: "node" });
for (const edge of data.edges) things.set(edge.id, { ...edge, type: "edge" });
for (const policy of data.policies) things.set(policy.id, { ...policy, type: "policy" });
for (const node of data.nodes) touching.set(node.id, []);
for (const edge of data.edges) for (const end of new Set([edge.from, edge.to])) touching.get(end).push(edge);
const pictures = [...document.querySelectorAll("svg.map")];
for (const shape of document.querySelectorAll("svg.map [data-id]")) shapes.set(shape.dataset.id, shape);
const environments = new Map(data.environments.map((each) => [each.name, each]));
const worst = data.environments.find((each) => each.references.refuted) || data.environments[0];
let state = {}, marked = [];
// --- state and hash
function read() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const named = environments.has(hash.get("env")) ? hash.get("env") : worst ? worst.name : "";
  const shown = (hash.get("verdict") ?? VERDICTS.join()).split(",");
  return { env: named, sel: hash.get("sel") || "", q: hash.get("q") || "", workload: hash.get("workload") || "",
    verdict: shown, view: hash.get("view") === "list" ? "list" : "map", at: hash.get("at") || "" };
}
function link(change) {
  const next = { ...state, ...change };
  if (change.env !== undefined && change.env !== state.env) Object.assign(next, { sel: "", workload: "", at: "" }, change);
  const hash = new URLSearchParams();
  for (const key of ["env", "sel", "q", "workload", "view", "at"]) if (next[key] && next[key] !== "map") hash.set(key, next[key]);
  if (next.verdict.length < VERDICTS.length) hash.set("verdict", next.verdict.join());
  return "#" + hash;
}
function go(change, replace) {
  const hash = link(change);
  if (!replace) { if (hash !== location.hash) location.hash = hash; return; }
  history.replaceState(null, "", hash);
  show();
}
// --- what is shown
const title = (each) => each.type === "policy" ? `NetworkPolicy ${each.name}` : `${each.kind} ${each.name}`;
const ends = (edge) => `${title(things.get(edge.from))} → ${title(things.get(edge.to))}`;
const calls = (edge) => edge.kind === "calls";
function words(each) {
  if (each.type === "edge" || each.from) return each.references.map((one) => `${one.host} ${one.field} ${one.text || ""}`).join(" ");
  return `${each.namespace} ${title(each)}`;
}
function visible(edge) {
  if (edge.environment !== state.env || !state.verdict.includes(edge.verdict)) return false;
  if (!state.workload) return true;
  if (edge.from === state.workload || edge.to === state.workload) return true;
  const other = calls(edge) ? edge.to : edge.from;      // its Services: who else calls them, what stands behind them
  return (touching.get(other) || []).some((each) => calls(each) !== calls(edge) && (each.from === state.workload || each.to === state.workload));
}
const matches = (text) => text.toLowerCase().includes(state.q.toLowerCase());
function show() {
  state = read();
  const picture = pictures.find((each) => each.dataset.env === state.env);
  for (const each of pictures) each.toggleAttribute("hidden", each !== picture);
  for (const tab of document.querySelectorAll(".tab")) {
    tab.href = link({ env: tab.dataset.env, at: "" });
    tab.toggleAttribute("aria-current", tab.dataset.env === state.env);
    if (tab.dataset.env === state.env) tab.setAttribute("aria-current", "page");
  }
  if ($("environment")) $("environment").value = state.env;
  controls();
  const edges = data.edges.filter((each) => each.environment === state.env);
  const nodes = data.nodes.filter((each) => each.environment === state.env);
  const seen = edges.filter(visible), ids = new Set(seen.flatMap((each) => [each.from, each.to]));
  const narrowed = state.workload || state.verdict.length < VERDICTS.length;
  const hits = new Set(!state.q ? [] : nodes.filter((each) => matches(words(each))).map((each) => each.id));
  const found = !state.q ? seen : seen.filter((each) => hits.has(each.from) || hits.has(each.to) || matches(words(each)));
  const foundIds = new Set(found.map((each) => each.id)), kept = new Set(seen.map((each) => each.id));
  for (const each of edges) mark(each.id, { off: !kept.has(each.id), dim: state.q && !foundIds.has(each.id) });
  for (const each of nodes) mark(each.id, { off: narrowed && !ids.has(each.id) && each.id !== state.workload, dim: state.q && !hits.has(each.id) });
  choose(picture);
  $("picture").toggleAttribute("hidden", state.view === "list");
  $("list").toggleAttribute("hidden", state.view !== "list");
  if (state.view === "list") $("list").replaceChildren(table(found));
  else if (picture) look(picture);
  panel([...hits], found, edges);
  const all = edges.filter(calls).length, some = found.filter(calls).length;
  $("status").textContent = `${state.env}: ${some} of ${all} connections` + (state.q ? `, ${hits.size} ${hits.size === 1 ? "name matches" : "names match"} “${state.q}”` : "");
}
function mark(id, flags) {
  const shape = shapes.get(id);
  if (shape) for (const name in flags) shape.classList.toggle(name, Boolean(flags[name]));
}
function choose(picture) {
  for (const id of marked) { mark(id, { chosen: false, near: false }); shapes.get(id)?.removeAttribute("aria-current"); }
  const one = things.get(state.sel), near = new Set();
  if (one?.type === "edge") near.add(one.from).add(one.to);
  if (one?.type === "policy") for (const id of [...one.selects, ...one.cuts, ...one.allows]) near.add(id);
  if (one?.type === "node") for (const edge of touching.get(one.id) || []) near.add(edge.id).add(edge.from).add(edge.to);
  for (const edge of between()) near.add(edge.id).add(edge.from).add(edge.to);
  if (one?.type === "policy") for (const id of [...one.cuts, ...one.allows]) near.add(things.get(id).from).add(things.get(id).to);
  for (const id of near) mark(id, { near: true });
  mark(state.sel, { chosen: true, near: false });
  shapes.get(state.sel)?.setAttribute("aria-current", "true");
  marked = [...near, state.sel];
  picture?.classList.toggle("picked", near.size > 0 || Boolean(one));
  picture?.classList.toggle("crowded", data.edges.length > 400);
}
function between() {                                     // the connections of a line from one namespace to another
  const [source, target] = state.sel.slice(state.env.length + 1).split(">>");
  if (target === undefined) return [];
  return data.edges.filter((each) => each.environment === state.env && calls(each)
    && things.get(each.from).namespace === source && things.get(each.to).namespace === target);
}
function controls() {
  if ($("search").value !== state.q) $("search").value = state.q;
  for (const box of document.querySelectorAll("[name=verdict]")) box.checked = state.verdict.includes(box.value);
  $("view").textContent = state.view === "list" ? "Map" : "List";
  const select = $("workload");
  if (select.dataset.env !== state.env) {
    select.dataset.env = state.env;
    select.replaceChildren(select.options[0], ...data.nodes.filter((each) => each.environment === state.env && each.role === "workload")
      .map((each) => new Option(`${each.namespace}/${each.name}`, each.id)));
  }
  select.value = state.workload;
}
// --- the panel and the list: text only, never markup from the data
function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  made.append(...children);
  return made;
}
const verdict = (name, more) => make("span", { class: `verdict ${name}` }, `${GLYPH[name]} ${name}${more ? ` (${more})` : ""}`);
const to = (id, text) => make("a", { href: link({ sel: id }) }, text);
const page = (rule) => data.pages[rule] ? make("a", { href: data.pages[rule], rel: "noreferrer" }, rule) : make("code", {}, rule);
const section = (name, items) => items.length ? [make("h3", {}, `${name} (${items.length})`),
  make("ul", {}, ...items.slice(0, 200).map((each) => make("li", {}, ...[each].flat())))] : [];
const toEdge = (edge, text) => [verdict(edge.verdict, why(edge)), " ", to(edge.id, text), ...(edge.detail ? [make("span", { class: "faint" }, ` ${edge.detail}`)] : [])];
const why = (edge) => [...new Set(edge.references.map((each) => each.reason).filter((each) => each !== "ok" && each !== "external"))].join(", ");
const faint = (text, tag) => make(tag || "span", { class: "faint" }, text), host = (one) => `${one.host || "?"}${one.port ? ":" + one.port : ""}`;
const fault = (each) => [make("b", {}, `${each.severity}: `), each.message, " ", page(each.rule), faint(` ${each.path}:${each.line}`),
  ...(each.hint ? [faint(`hint: ${each.hint}`, "p")] : [])];
function proof(each) {
  const made = make("article", {}, make("p", {}, verdict(each.verdict, each.reason === "ok" ? "" : each.reason)),
    make("p", {}, make("code", {}, (each.container ? `[${each.container}] ` : "") + each.field),
      each.text && each.text.length < 160 ? ` = ${each.text}` : ` → ${host(each)}`),
    make("p", { class: "faint" }, `${each.path}:${each.line}`));
  made.append(make("ol", {}, ...each.steps.map((step) => make("li", {},
    make("span", { class: `verdict ${RESULT[step.result]}`, title: step.result, role: "img", "aria-label": step.result }, GLYPH[step.result]),
    make("span", { class: "faint" }, step.stage), make("span", {}, step.evidence)))));
  if (each.message) made.append(make("p", { class: "message" }, each.message));
  if (each.hint) made.append(make("p", {}, `hint: ${each.hint}`));
  if (data.pages[`reference-${each.reason}`]) made.append(page(`reference-${each.reason}`));
  return made;
}
function detail(one) {
  const head = [make("h2", {}, one.type === "edge" ? ends(one) : title(one)), make("p", { class: "faint" },
    [one.environment, one.namespace ?? "", one.type === "node" ? one.detail : ""].filter(Boolean).join(" · "))];
  const list = (ids, text) => ids.map((id) => things.get(id)).map((each) => each.type === "edge" ? toEdge(each, text(each)) : to(each.id, text(each)));
  if (one.type === "edge") return [...head, ...(calls(one) ? [] : [make("p", {}, verdict(one.verdict), ` ${one.detail}`)]),
    make("p", {}, to(one.from, "caller"), " · ", to(one.to, "called")), ...one.references.map(proof)];
  if (one.type === "policy") return [...head, ...section("Cuts", list(one.cuts, ends)),
    ...section("Lets through", list(one.allows, ends)), ...section("Selects the pods of", list(one.selects, title))];
  const edges = touching.get(one.id) || [];
  const of = (kind, end) => edges.filter((each) => each.kind === kind && each[end] === one.id);
  return [...head, ...section("Findings", one.findings.map(fault)),
    ...section("Callers", of("calls", "to").map((each) => toEdge(each, title(things.get(each.from))))),
    ...section("Calls", of("calls", "from").map((each) => toEdge(each, title(things.get(each.to))))),
    ...section("Endpoints", of("endpoints", "from").map((each) => toEdge(each, title(things.get(each.to))))),
    ...section("Behind", of("endpoints", "to").map((each) => toEdge(each, title(things.get(each.from))))),
    ...section("Policies", data.policies.filter((each) => each.selects.includes(one.id)).map((each) => to(each.id, each.name)))];
}
function panel(hits, found, edges) {
  const one = things.get(state.sel), many = between(), own = environments.get(state.env);
  const tell = (...children) => $("panel").replaceChildren(...children), listed = (list) => section("Connections", list.map((each) => toEdge(each, ends(each))));
  const back = make("p", {}, make("a", { href: link({ sel: "" }) }, `← ${state.env}`)), space = (id) => things.get(id).namespace || "outside";
  if (one) return tell(back, ...detail(one));
  if (many.length) return tell(back, make("h2", {}, `${space(many[0].from)} → ${space(many[0].to)}`), ...listed(many));
  if (!own) return tell(make("p", {}, "There is nothing to show."));
  if (state.q) return tell(make("h2", {}, `“${state.q}”`), ...section("Names", hits.map((id) => to(id, title(things.get(id))))), ...listed(found));
  const said = (edge) => edge.references.find((each) => each.verdict === edge.verdict && each.message)?.message || "";
  const bad = (name) => edges.filter((each) => each.verdict === name && calls(each))
    .map((each) => [...toEdge(each, ends(each)), make("p", { class: "faint" }, said(each))]);
  const other = (list) => list.filter((each) => !each.rule.startsWith("reference-"));    // those are the broken connections
  const ill = data.nodes.filter((each) => each.environment === state.env)
    .flatMap((node) => other(node.findings).map((each) => [to(node.id, title(node)), " ", ...fault(each)]));
  return tell(make("h2", {}, state.env), make("p", { class: "faint" }, `cluster ${own.cluster}${own.complete ? "" : " · not every source was rendered"}`),
    make("p", {}, ...VERDICTS.flatMap((name) => [make("span", { class: `verdict ${name}` }, `${GLYPH[name]} ${own.references[name]} ${name}`), "  "])),
    ...(bad("refuted").length ? [] : [make("p", {}, "No connection is broken.")]), ...section("Broken", bad("refuted")),
    ...section("Findings", [...ill, ...other(own.findings).map(fault)]), ...section("Not known", bad("unknown")),
    ...section("Policies", data.policies.filter((each) => each.environment === state.env).map((each) => to(each.id, `${each.namespace}/${each.name}`))));
}
function table(edges) {
  const end = (id) => to(id, title(things.get(id))), judged = (edge, one) => verdict((one || edge).verdict, one && one.reason !== "ok" ? one.reason : "");
  const row = (edge, one) => make("tr", {}, ...[end(edge.from), end(edge.to), things.get(edge.to).namespace || "outside",
    one ? host(one) : edge.detail, make("a", { href: link({ sel: edge.id }) }, judged(edge, one))].map((each) => make("td", {}, each)));
  const rows = edges.flatMap((edge) => edge.references.length ? edge.references.map((one) => row(edge, one)) : [row(edge)]);
  return make("table", {}, make("caption", {}, `Connections of environment ${state.env}: a row a reference, and a row for the pods behind a Service`),
    make("thead", {}, make("tr", {}, ...["From", "To", "Namespace", "Host or ports", "Verdict"].map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, ...rows));
}
// --- looking around: the viewBox of the picture, [x, y, width, height]
function frame(picture) { return picture.getAttribute("viewBox").split(" ").map(Number); }
function whole(picture) {                                // never larger than life
  const room = $("picture").getBoundingClientRect(), [width, height] = [picture.dataset.width, picture.dataset.height].map(Number);
  const size = Math.max(width, room.width / 1.15), tall = Math.max(height, room.height / 1.15);
  if (room.width < 760 && width > room.width * 1.7 && width < 2500) return [0, 0, room.width * 1.7, room.height * 1.7];
  return [(width - size) / 2, Math.min(0, (height - tall) / 2), size, tall];
}
function look(picture, box) {
  const wanted = box || (state.at ? state.at.split(",").map(Number) : whole(picture));
  if (wanted.length !== 4 || !wanted.every(Number.isFinite)) return;
  picture.setAttribute("viewBox", wanted.map((each) => Math.round(each)).join(" "));
  const room = $("picture").getBoundingClientRect(), unit = Math.max(wanted[2] / room.width, wanted[3] / room.height);
  picture.classList.toggle("mid", unit > 1.5 && unit <= 4);
  picture.classList.toggle("far", unit > 4);
  picture.style.setProperty("--unit", unit);
}
const now = () => pictures.find((each) => each.dataset.env === state.env);
const keep = (picture) => go({ at: frame(picture).join() }, true);
function zoom(factor, point) {
  const picture = now();
  if (!picture || state.view === "list") return;
  const [x, y, width, height] = frame(picture), at = point || [x + width / 2, y + height / 2];
  look(picture, [at[0] - (at[0] - x) * factor, at[1] - (at[1] - y) * factor, width * factor, height * factor]);
}
function place(picture, event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
}
let drag = null, timer = 0;
$("picture").addEventListener("wheel", (event) => {
  event.preventDefault();
  const at = place(now(), event);
  zoom(event.deltaY > 0 ? 1.18 : 1 / 1.18, [at.x, at.y]);
  clearTimeout(timer);
  timer = setTimeout(() => keep(now()), 250);
}, { passive: false });
$("picture").addEventListener("pointerdown", (event) => { drag = { x: event.clientX, y: event.clientY, at: frame(now()), moved: false }; });
addEventListener("pointermove", (event) => {
  if (!drag || (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5)) return;
  drag.moved = true;
  const unit = 1 / now().getScreenCTM().a;
  look(now(), [drag.at[0] - (event.clientX - drag.x) * unit, drag.at[1] - (event.clientY - drag.y) * unit, drag.at[2], drag.at[3]]);
});
addEventListener("pointerup", () => { if (drag?.moved) keep(now()); setTimeout(() => { drag = null; }); });
$("picture").addEventListener("click", (event) => {
  if (drag?.moved) return;
  let shape = event.target.closest("[data-id]");
  for (const [x, y] of shape ? [] : [[0, 4], [0, -4], [4, 0], [-4, 0], [3, 3], [-3, -3], [0, 7], [0, -7]])  // lines are thin
    shape ||= document.elementFromPoint(event.clientX + x, event.clientY + y)?.closest("svg.map [data-id]");
  go({ sel: shape ? shape.dataset.id : "" });
});
// --- keys
function step(id, key) {
  const edges = touching.get(id) || [], one = things.get(id);
  if (one?.type === "edge") return key === "ArrowRight" ? one.to : one.from;
  if (key === "ArrowRight") return edges.find((each) => each.from === id && visible(each))?.id;
  if (key === "ArrowLeft") return edges.find((each) => each.to === id && visible(each))?.id;
}
function focus(shape) {
  for (const each of document.querySelectorAll("svg.map [tabindex='0']")) each.setAttribute("tabindex", "-1");
  shape.setAttribute("tabindex", "0");
  const room = $("picture").getBoundingClientRect(), at = shape.getBoundingClientRect(), [x, y, width, height] = frame(now());
  if (at.left < room.left || at.right > room.right || at.top < room.top || at.bottom > room.bottom) {
    const middle = place(now(), { clientX: (at.left + at.right) / 2, clientY: (at.top + at.bottom) / 2 });
    look(now(), [middle.x - width / 2, middle.y - height / 2, width, height]);
  }
  shape.focus({ preventScroll: true });
}
$("picture").addEventListener("keydown", (event) => {
  const shape = event.target.closest("[data-id]");
  if (!shape) return;
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); go({ sel: shape.dataset.id }); return; }
  if (!/^(Arrow|Home$|End$)/.test(event.key)) return;
  event.preventDefault();
  const all = [...now().querySelectorAll(shape.matches(".edge") ? ".edge:not(.off)" : ":is(.node, .policy):not(.off)")], index = all.indexOf(shape);
  const next = { ArrowDown: all[index + 1], ArrowUp: all[index - 1], Home: all[0], End: all.at(-1) }[event.key] || shapes.get(step(shape.dataset.id, event.key));
  if (next) focus(next);
});
addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT)$/.test(event.target.tagName);
  if (event.key === "Escape") go({ sel: "", ...(typing ? { q: "" } : {}) });
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") { event.preventDefault(); $("search").focus(); }
  if (event.key === "+" || event.key === "-") { zoom(event.key === "+" ? 0.8 : 1.25); keep(now()); }
  if (event.key === "0") go({ at: "" }, true);
});
// --- controls
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
$("search").addEventListener("input", () => go({ q: $("search").value, sel: "" }, true));
$("workload").addEventListener("change", () => go({ workload: $("workload").value, sel: "" }));
for (const box of document.querySelectorAll("[name=verdict]")) box.addEventListener("change", () =>
  go({ verdict: [...document.querySelectorAll("[name=verdict]:checked")].map((each) => each.value) }));
$("environment")?.addEventListener("change", () => go({ env: $("environment").value }));
$("view").addEventListener("click", () => go({ view: state.view === "list" ? "map" : "list" }));
$("in").addEventListener("click", () => { zoom(0.7); keep(now()); });
$("out").addEventListener("click", () => { zoom(1.4); keep(now()); });
$("fit").addEventListener("click", () => go({ at: "" }, true));
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); go({ view: "list" }); $("list").tabIndex = -1; });
addEventListener("hashchange", show);
addEventListener("resize", show);
show();
for (const picture of pictures) picture.querySelector(".node")?.setAttribute("tabindex", "0");
document.documentElement.dataset.ready = String(Math.round(performance.now()));
