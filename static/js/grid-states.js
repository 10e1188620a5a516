/* What a cell and the bar above the grid say about saving. */

import { body } from "./grid-cells.js";

const bar = document.getElementById("grid-status");
const next = document.getElementById("grid-next");
const signIn = document.getElementById("grid-sign-in");
const first = document.getElementById("grid-first");
const PROBLEMS = '.cell:is([data-state="refused"], [data-state="conflict"])';
const KINDS = { saving: "waiting", expired: "offline", another: "offline", first: "offline", failing: "offline", gone: "refused" };

/* `note`: the reason and what can be done, beside the cell. */
export function mark(place, state, note = null, code = "") {
  const input = place.querySelector(".cell-input");
  place.querySelector(".cell-problem")?.remove();
  input?.removeAttribute("aria-invalid");
  input?.removeAttribute("aria-describedby");
  place.dataset.state = state;
  place.dataset.code = code;
  if (!state) delete place.dataset.state;
  if (!code) delete place.dataset.code;
  if (!note) return;
  note.className = "cell-problem";
  note.id = `e${place.parentElement.id}-${place.cellIndex}`;
  place.append(note);
  input?.setAttribute("aria-invalid", "true");
  input?.setAttribute("aria-describedby", note.id);
}

/* A sentence with what can be done about it: `acts` are [label, address or function]. */
export function noteOf(text, acts = []) {
  const note = document.createElement("span");
  const row = document.createElement("span");
  row.className = "cell-acts";
  row.append(...acts.map(([label, way]) => act(bar.dataset[label], way)));
  note.append(text, row);
  return note;
}

function act(text, way) {
  const element = document.createElement(typeof way === "string" ? "a" : "button");
  if (typeof way === "string") element.href = way;
  else Object.assign(element, { type: "button", onclick: () => choose(element, way) });
  element.className = "button button-small";
  element.textContent = text;
  return element;
}

/* The note goes with the choice; the cell stays the place where one is. */
function choose(button, way) {
  button.closest(".cell").querySelector(".cell-input")?.focus();
  way();
  countProblems();
}

/* `facts`: who else is signed in (`name`), which page the portal asks for first (`page`). */
export function showState(state, { name = "", page = "" } = {}) {
  const problems = body.querySelectorAll(PROBLEMS);
  const shown = state === "saved" ? worst(problems) : state;
  const time = new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
  bar.className = `status status-${KINDS[shown] ?? shown}`;
  bar.textContent = bar.dataset[shown].replace("{name}", name) + (shown === "saved" ? ` ${time}` : "");
  signIn.hidden = shown !== "expired";
  first.hidden = shown !== "first";
  if (page) first.href = page;
  // Another person at this page must not write into what the first one typed.
  document.querySelector(".mark-grid-region").inert = shown === "another";
  countProblems();
}

function countProblems() {
  const problems = body.querySelectorAll(PROBLEMS);
  next.hidden = !problems.length;
  next.querySelector(".count").textContent = problems.length;
  next.onclick = () => problems[0].querySelector(".cell-input, a, button")?.focus();
}

function worst(problems) {
  const codes = new Set([...problems].map((place) => place.dataset.code || place.dataset.state));
  return ["locked", "conflict"].find((code) => codes.has(code)) ?? (codes.size ? "refused" : "saved");
}
