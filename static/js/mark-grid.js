/* The mark grid: keys like a spreadsheet's, and each changed cell saved by itself. Without this module the form
   still saves as a whole. */

import { Drafts } from "./grid-drafts.js";
import { moveFocus } from "./grid-keys.js";
import { Outbox } from "./grid-outbox.js";
import { mark, showState } from "./grid-states.js";

const form = document.getElementById("grid");
const body = form.querySelector("tbody");
const drafts = new Drafts(`grid:${form.dataset.person}:${form.getAttribute("action")}`);
const outbox = new Outbox(form, { onState: (state) => showState(body, state), onAnswer: showAnswer });
const touched = new Set();

function cellKey(input) {
  const [, enrolment, column] = input.name.split("-");
  return `${enrolment}-${column}`;
}

function inputOf(key) {
  return body.querySelector(`[name^="m-${key}-"]`);
}

function showAnswer(answer, sent) {
  for (const { cell, name, text } of answer.saved) {
    const input = inputOf(cell);
    // Typed over again while the save was under way: the new text is on its way by itself.
    if (input.value === sent.get(cell)) input.value = text;
    input.defaultValue = text;
    input.name = name;
    drafts.settle(cell, sent.get(cell));
    mark(input, input.value === text ? "saved" : "saving");
  }
  for (const cell of answer.unchanged) {
    drafts.settle(cell, sent.get(cell));
    mark(inputOf(cell), "");
  }
  for (const { cell, code, name, text, request } of answer.refused) {
    const input = inputOf(cell);
    // After a conflict was shown, typing again is a decision: it goes by the version that was shown.
    if (code === "conflict") input.name = name;
    mark(input, code === "conflict" ? "conflict" : "refused", text, request);
  }
  for (const [enrolment, texts] of Object.entries(answer.results)) {
    const cells = document.getElementById(`r${enrolment}`).querySelectorAll(".cell-average");
    texts.forEach((text, place) => (cells[place].textContent = text));
  }
}

function commit(input) {
  if (!touched.delete(input)) return;
  mark(input, "saving");
  outbox.put(cellKey(input), input);
}

body.addEventListener("input", ({ target }) => {
  touched.add(target);
  drafts.set(cellKey(target), target.value);
});
body.addEventListener("focusout", ({ target }) => commit(target));
body.addEventListener("focusin", ({ target }) => {
  if (target.matches("input.cell-input")) target.select();
});
body.addEventListener("keydown", moveFocus);
// In the last cell of a column Enter finds nowhere to go; it still means "done".
body.addEventListener("keydown", ({ key, target }) => key === "Enter" && commit(target));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) [...touched].forEach(commit);
});

for (const [cell, text] of drafts.texts) {
  const input = inputOf(cell);
  if (!input) continue; // locked meanwhile: kept until the book opens again
  if (input.value === text) {
    drafts.settle(cell, text);
    continue;
  }
  input.value = text;
  touched.add(input);
  commit(input);
}
