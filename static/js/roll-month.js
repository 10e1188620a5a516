/* The sheet of a month: keys as in the mark grid, one letter a cell. What is not saved stays on this computer under
   the version it was typed over, so that a change by somebody else is still noticed. Only changed cells are sent. */

import { moveFocus } from "./cell-moves.js";

const form = document.getElementById("month");
const body = form.querySelector("tbody:last-of-type");
const status = document.getElementById("month-status");
const key = `month:${form.dataset.person}:${form.getAttribute("action")}:${form.dataset.month}`;
const place = (name) => name.split("-").slice(0, 4).join("-");
const fields = () => [...body.querySelectorAll(".cell-input")];

function changed(input) {
  return input.value.toUpperCase() !== (input.dataset.stored ?? input.defaultValue);
}

function keep() {
  const drafts = Object.fromEntries(fields().filter(changed).map((input) => [input.name, input.value]));
  if (Object.keys(drafts).length) localStorage.setItem(key, JSON.stringify(drafts));
  else localStorage.removeItem(key);
  show();
}

function show() {
  if (!status) return;
  const unsaved = fields().some(changed) || form.querySelector(".roll-called input:checked") !== null;
  status.className = unsaved ? "status status-offline" : "status";
  status.textContent = unsaved ? status.dataset.unsaved : "";
}

function restore() {
  const inputs = new Map(fields().map((input) => [place(input.name), input]));
  for (const [name, letter] of Object.entries(JSON.parse(localStorage.getItem(key) ?? "{}"))) {
    const input = inputs.get(place(name));
    if (!input || input.value === letter) continue;
    input.name = name;
    input.value = letter;
  }
}

body.addEventListener("focusin", ({ target }) => target.matches(".cell-input") && target.select());
body.addEventListener("keydown", moveFocus);
body.addEventListener("input", ({ target }) => {
  if (!target.matches(".cell-input")) return;
  target.value = target.value.toUpperCase();
  keep();
});
form.addEventListener("change", show);
form.addEventListener("submit", () => {
  for (const input of fields()) input.disabled = !changed(input);
});
addEventListener("pageshow", () => {
  for (const input of fields()) input.disabled = false;
});

restore();
keep();
