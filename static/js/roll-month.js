/* The sheet of a month: one letter a cell, kept on this computer until the whole is saved. Only changed cells are
   sent. It opens at what was refused, else at today: a phone shows six days. */

import { moveFocus } from "./cell-moves.js";
import { Drafts } from "./grid-drafts.js";

const form = document.getElementById("month");
const body = form.querySelector("tbody:last-of-type");
const status = document.getElementById("month-status");
const drafts = new Drafts(`month:${form.dataset.person}:${form.getAttribute("action")}:${form.dataset.month}`);
const place = (name) => name.split("-").slice(0, 4).join("-");
const fields = () => [...body.querySelectorAll(".cell-input")];

function changed(input) {
  return input.value.toUpperCase() !== (input.dataset.stored ?? input.defaultValue);
}

function keep(input) {
  if (changed(input)) drafts.set(place(input.name), input.value, input.name);
  else drafts.drop(place(input.name));
}

function show() {
  if (!status) return;
  const unsaved = fields().some(changed) || form.querySelector(".roll-called input:checked") !== null;
  status.className = unsaved ? "status status-offline" : "status";
  status.textContent = unsaved ? status.dataset[drafts.isKept ? "unsaved" : "unkept"] : "";
}

function restore() {
  for (const input of fields()) {
    const { text, name } = drafts.texts.get(place(input.name)) ?? {};
    if (name && text !== input.value) Object.assign(input, { name, value: text });
    keep(input);
  }
  show();
}

body.addEventListener("focusin", ({ target }) => target.matches(".cell-input") && target.select());
body.addEventListener("keydown", moveFocus);
body.addEventListener("input", ({ target }) => {
  if (!target.matches(".cell-input")) return;
  target.value = target.value.toUpperCase();
  keep(target);
  show();
});
form.addEventListener("change", show);
form.addEventListener("submit", () => {
  for (const input of fields()) input.disabled = !changed(input);
});
addEventListener("pageshow", () => {
  for (const input of fields()) input.disabled = false;
});

restore();

const region = form.querySelector(".mark-grid-region");
const target = body.querySelector("[aria-invalid]")?.closest("td") ?? form.querySelector("[aria-current=date]");
if (target) {
  const [names, cell] = [form.querySelector("thead .col-name"), target].map((each) => each.getBoundingClientRect());
  const free = region.getBoundingClientRect().right - names.right;
  region.scrollLeft += cell.left - names.right - (free - cell.width) / 2;
}
