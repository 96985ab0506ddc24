// The page's script: lists, filters, sorts, opens and prints the findings. What stands in the data becomes text nodes, never markup.
"use strict";

const by = id => document.getElementById(id);
const PAGE = 100, PRINTED = 2000;
const across = () => chosen.sort === "bearer" ? 4 : 5;  // columns: the one of the bearer is not shown where findings stand under theirs

/* --- the data: columns as JSON, packed with DEFLATE where there are many -------------------------------------------- */

const parts = [];
let index, columns;

async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), char => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

const plain = name => by(name).type === "application/json";
const read = name => plain(name) ? JSON.parse(by(name).textContent) : unpack(by(name).textContent);

// The details of a finding; undefined while they are not unpacked.
function details(number) {
  const place = Math.floor(number / index.part), part = parts[place], row = number % index.part;
  if (!part) return undefined;
  const at = column => typeof column === "string" ? column.slice(row * width, (row + 1) * width).trim() : column[row];
  const width = part.name.length / part.due.length;
  return JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(part).map(([name, column]) => [name, at(column)]))), (_, value) =>
    typeof value === "string" ? whole(value, number) : value);
}

// What stands in the index too stands for short as a control character in the details.
function whole(text, number) {
  const known = [subject(number), day(number), String(Math.abs(columns.days[number] ?? 0))];
  return text.replace(/[\u0001-\u0003]/g, mark => known[mark.charCodeAt(0) - 1]);
}

async function fetched(numbers) {
  for (const place of new Set(numbers.map(number => Math.floor(number / index.part))))
    parts[place] ??= await read(`part-${place}`);
}

function say(name, n) {
  const [one, many] = index.words[name];
  return n === 1 ? one : many.replace("{n}", n ?? "");
}

const rule = number => index.rules[columns.rule[number]];
const state = number => index.states[columns.state[number]];
const subject = number => index.subjects[columns.subject[number]];
const bearer = number => index.bearers[columns.bearer[number]][0];
const change = number => index.changes[columns.change[number]];
const day = number => columns.due[number] === null ? "" : new Date(columns.due[number] * 864e5).toISOString().slice(0, 10);

function distance(number) {
  const days = columns.days[number];
  if (days === null || !["violated", "late", "unknown", "due_soon", "attest", "pending"].includes(index.statuses[state(number)[0]])) return "";
  return days > 0 ? say("past", days) : days < 0 ? say("left", -days) : say("today");
}

/* --- choosing ------------------------------------------------------------------------------------------------------ */

const chosen = {statuses: new Set(), sort: "bearer", down: false, page: 0};
let shown = [];

// For each entry of a list whether one of its texts has the words looked for.
const having = (list, wanted, texts) => list.map(one => texts(one).some(text => text.toLowerCase().includes(wanted)));

function choose() {
  const wanted = by("text").value.trim().toLowerCase(), owner = by("bearer").value.trim().toLowerCase();
  const inRules = having(index.rules, wanted, one => [one[0], one[1], one[2]]), inSubjects = having(index.subjects, wanted, one => [one]);
  const inBearers = having(index.bearers, wanted, one => [one[0]]), owners = having(index.bearers, owner, one => [one[0]]);
  const cited = by("article").value, id = by("rule").value, severity = by("severity").value, changed = by("change").value;
  const rules = index.rules.map(one => (!cited || one[3].includes(cited)) && (!id || one[0] === id));
  const states = index.states.map(one => (!chosen.statuses.size || chosen.statuses.has(one[0])) && (severity === "" || one[1] === Number(severity)));
  const found = [];
  for (let number = 0; number < columns.rule.length; number++) {
    if (changed && change(number) !== changed) continue;
    if (!rules[columns.rule[number]] || !states[columns.state[number]] || !owners[columns.bearer[number]]) continue;
    if (!wanted || inRules[columns.rule[number]] || inSubjects[columns.subject[number]] || inBearers[columns.bearer[number]] || inDetails(number, wanted))
      found.push(number);
  }
  shown = sorted(found);
  chosen.page = 0;
  list();
}

// Details are searched where they are at hand: always, if the data are not packed.
function inDetails(number, wanted) {
  const one = plain("index") && details(number);
  return one && [one.reasons, one.name, ...one.evidence.flat()].some(text => text.toLowerCase().includes(wanted));
}

const keys = {
  bearer: number => columns.bearer[number],
  article: number => columns.rule[number],
  status: number => state(number)[0] * 4 + state(number)[1],
  due: number => columns.due[number] ?? 1e6,
};

// Numbers that carry key and place are sorted by the machine, a hundred times as fast as by comparing.
function sorted(numbers) {
  const key = keys[chosen.sort], sign = chosen.down ? -1 : 1, many = columns.rule.length;
  const ranks = Float64Array.from(numbers, number => sign * (key(number) + 1e5) * many + number).sort();
  return Array.from(ranks, rank => ((rank % many) + many) % many);
}

/* --- listing ------------------------------------------------------------------------------------------------------- */

function make(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const chip = number => make("span", {className: `chip ${state(number)[3]}`}, state(number)[2]);
const lines = text => text.split("\n").flatMap((line, at) => at ? [make("br"), line] : [line]);

function list() {
  const rows = shown.slice(chosen.page * PAGE, (chosen.page + 1) * PAGE), grouped = chosen.sort === "bearer";
  by("findings").classList.toggle("grouped", grouped);
  const counts = grouped ? groupCounts() : null, made = [];
  rows.forEach((number, at) => {
    const owner = columns.bearer[number];
    if (grouped && (at === 0 || owner !== columns.bearer[rows[at - 1]])) made.push(heading(owner, counts, at === 0));
    made.push(row(number));
  });
  if (!rows.length) made.push(make("tr", {}, make("td", {colSpan: across(), className: "none"}, say("none"))));
  by("rows").replaceChildren(...made);
  const pages = Math.max(1, Math.ceil(shown.length / PAGE));
  const all = columns.rule.length;
  by("said").textContent = say(shown.length === all ? "all" : "shown", shown.length).replace("{all}", all);
  by("page").textContent = say("page", chosen.page + 1).replace("{pages}", pages);
  by("pages").hidden = pages === 1;
  by("before").disabled = chosen.page === 0;
  by("after").disabled = chosen.page === pages - 1;
  for (const head of document.querySelectorAll("#findings th[data-sort]")) {
    if (head.dataset.sort === chosen.sort) head.setAttribute("aria-sort", chosen.down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  }
  for (const button of document.querySelectorAll("[data-status]"))
    button.setAttribute("aria-pressed", chosen.statuses.has(Number(button.dataset.status)));
}

// By bearer the numbers of each status among what is shown.
function groupCounts() {
  const counts = new Map();
  for (const number of shown) {
    const owner = columns.bearer[number], status = state(number)[0];
    if (!counts.has(owner)) counts.set(owner, new Map());
    counts.get(owner).set(status, (counts.get(owner).get(status) ?? 0) + 1);
  }
  return counts;
}

function counted(owner, counts) {
  const parts = [...counts.get(owner)].sort(([one], [other]) => one - other);
  return parts.map(([status, count]) => `${index.status_words[status]} ${count}`).join(say("comma"));
}

function heading(owner, counts, first, columnsOf = across()) {
  const before = first && chosen.page > 0 && columns.bearer[shown[chosen.page * PAGE - 1]] === owner;
  const name = index.bearers[owner][0] + (before ? say("continued") : "");
  return make("tr", {className: "group"}, make("th", {colSpan: columnsOf, scope: "rowgroup"}, name, make("span", {className: "counts"}, counted(owner, counts))));
}

function row(number) {
  const [id, title, basis] = rule(number), button = make("button", {type: "button", className: "open"}, make("span", {className: "basis"}, basis), title);
  button.setAttribute("aria-expanded", "false");
  const made = make("tr", {className: "finding"},
    make("td", {}, chip(number), make("span", {className: "change"}, change(number))), make("td", {}, button, make("span", {className: "id"}, id)), make("td", {}, subject(number)),
    make("td", {className: "owner"}, bearer(number)),
    make("td", {className: "due"}, day(number), make("span", {className: "distance"}, distance(number))));
  made.addEventListener("click", event => {
    if (String(getSelection()) === "" && !event.target.closest(".detail")) toggle(made, button, number);
  });
  return made;
}

async function toggle(made, button, number) {
  if (made.nextElementSibling?.classList.contains("detail")) {
    made.nextElementSibling.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  button.setAttribute("aria-expanded", "true");
  await fetched([number]);
  made.after(make("tr", {className: "detail"}, make("td", {colSpan: across()}, detail(number))));
}

function detail(number) {
  const one = details(number), remedy = rule(number)[4], made = make("dl");
  const entry = (name, ...children) => made.append(make("dt", {}, say(name)), make("dd", {}, ...children));
  if (one.due) entry("due", one.due);
  if (one.findings) entry("findings", ...lines(one.findings));
  if (one.evidence.length) entry("evidence", rowsOf(one.evidence));
  if (one.remedy && remedy) entry("remedy", remedy);
  if (one.notes) entry("notes", ...lines(one.notes));
  if (one.name) entry("name", make("code", {}, one.name));
  const told = make("div", {}, make("p", {className: "said"}, ...lines(one.reasons)), made);
  if (index.proved) told.append(one.proof ? proof(one.proof) : make("p", {className: "note"}, say("unproved", index.proved)));
  return told;
}

// Why it is so: what held, what did not, by which cells. What the duty came to is seen at once, why it applies and is due unfolds.
function proof(steps) {
  const list = make("ul", {}, ...steps.map(one => make("li", {className: one[0]}, ...headed(one))));
  return make("section", {className: "proof"}, make("h4", {}, say("proof")), list);
}

function headed(line) {
  const [kind, , truth, , below] = line, closed = ["applies", "due"].includes(kind) && truth !== "unknown";
  return below.length ? [make("details", {open: !closed}, make("summary", {}, ...step(line)), stepsOf(below))] : step(line);
}

function step([, text, truth, cells]) {
  const shown = cells.map(([name, value, place]) =>
    make("span", {className: "cell"}, `${name}${say("colon")}`, make("b", {}, value), make("span", {className: "place"}, place)));
  return [...(truth ? [make("span", {className: `truth ${truth}`}, say(truth))] : []), text, ...shown];
}

const stepsOf = steps =>
  make("ul", {}, ...steps.map(line => make("li", {className: line[0]}, ...step(line), ...(line[4].length ? [stepsOf(line[4])] : []))));

function rowsOf(evidence) {
  return make("ul", {className: "evidence"}, ...evidence.map(([what, where]) => make("li", {}, make("span", {className: "what"}, what), where)));
}

/* --- printing: all that is chosen, by bearer, in the order of the list ---------------------------------------------- */

function fillPrint() {
  const rows = shown.slice(0, PRINTED), made = [];
  const counts = groupCounts(), grouped = chosen.sort === "bearer";
  rows.forEach((number, at) => {
    const owner = columns.bearer[number];
    if (grouped && (at === 0 || owner !== columns.bearer[rows[at - 1]])) made.push(make("tbody", {}, heading(owner, counts, false, 5)));
    if (!made.length) made.push(make("tbody"));
    made.at(-1).append(printed(number, at + 1, grouped));
  });
  by("print-rows").replaceChildren(by("print-rows").tHead, ...made);
  by("print-cut").textContent = shown.length > PRINTED ? say("cut", PRINTED).replace("{all}", shown.length) : "";
}

function printed(number, at, grouped) {
  const one = details(number), [id, title, basis, , remedy] = rule(number), said = [];
  if (one) {
    said.push(...one.reasons.split("\n"), ...one.findings.split("\n"), one.evidence.map(([, where]) => where).join(say("semicolon")));
    if (one.remedy && remedy) said.push(`${say("remedy")}${say("colon")}${remedy}`);
  }
  const what = [`${basis} ${title}`, id, subject(number), grouped ? "" : bearer(number)].filter(Boolean).join("\n");
  return make("tr", {}, make("td", {}, at), make("td", {}, chip(number), make("span", {className: "change"}, change(number))),
    make("td", {}, ...lines(what)), make("td", {}, one?.due || day(number)), make("td", {}, ...lines(said.filter(Boolean).join("\n"))));
}

// On paper nothing is folded.
function unfold() {
  for (const folded of document.querySelectorAll("details:not([open])")) {
    folded.open = true;
    addEventListener("afterprint", () => { folded.open = false; }, {once: true});
  }
}

/* --- the start ----------------------------------------------------------------------------------------------------- */

function option(list, value, label) {
  by(list).append(make("option", {value}, label ?? value));
}

function turn(step) {
  chosen.page += step;
  list();
  by("findings").scrollIntoView();
}

function listen() {
  let waiting;
  for (const name of ["text", "bearer"]) by(name).addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(choose, 150); });
  for (const name of ["article", "rule", "severity", "change"]) by(name).addEventListener("change", choose);
  for (const button of document.querySelectorAll("[data-status]")) {
    button.addEventListener("click", () => {
      const status = Number(button.dataset.status);
      chosen.statuses.delete(status) || chosen.statuses.add(status);
      choose();
    });
  }
  for (const head of document.querySelectorAll("#findings th[data-sort]")) {
    head.querySelector("button").addEventListener("click", () => {
      chosen.down = chosen.sort === head.dataset.sort && !chosen.down;
      chosen.sort = head.dataset.sort;
      choose();
    });
  }
  by("before").addEventListener("click", () => turn(-1));
  by("after").addEventListener("click", () => turn(1));
  by("filters").addEventListener("reset", () => { chosen.statuses.clear(); setTimeout(choose); });
  by("filters").addEventListener("submit", event => event.preventDefault());
  by("print").addEventListener("click", async () => { await fetched(shown.slice(0, PRINTED)); print(); });
  addEventListener("beforeprint", fillPrint);
}

async function start() {
  index = await read("index");
  columns = index.columns;
  chosen.sort = index.sort;
  let following = 0;
  columns.subject = columns.subject.map(back => back === 0 ? following++ : following - back);
  columns.days = columns.due.map((due, at) => due === null ? null : (columns.fulfilled[at] ?? index.as_of) - due);
  columns.bearer = index.bearers.flatMap(([, count], owner) => Array(count).fill(owner));
  if (plain("index") && by("part-0")) parts[0] = read("part-0");
  const used = new Set(columns.rule);
  const rules = index.rules.filter((_, number) => used.has(number));
  for (const basis of new Set(rules.flatMap(one => one[3]))) option("article", basis);
  for (const one of rules) option("rule", one[0], `${one[0]} ${one[1]}`);
  for (const text of index.changes.filter(Boolean)) option("change", text);
  by("change").parentElement.hidden = !index.changes.some(Boolean);
  for (const [name] of index.bearers.slice(0, 500)) option("bearers", name);
  listen();
  choose();
  by("plain").remove();
  document.documentElement.classList.add("ready");
}

document.documentElement.classList.add("scripted");
if ("CSSMarginRule" in window) document.documentElement.classList.add("margins");
addEventListener("beforeprint", unfold);
// A browser that cannot unpack the data shows what it would without a script.
if (by("rows")) start().catch(error => { document.documentElement.classList.remove("scripted"); throw error; });
