/* The mark grid: keys like a spreadsheet's, and each changed cell saved by itself.

   Without this module the form still saves as a whole. Nothing typed is thrown away: a cell that cannot be
   sent stays in the browser's storage for this course until it has been. */

import { moveFocus } from "./grid-keys.js";
import { Outbox } from "./grid-outbox.js";

const form = document.getElementById("grid");
const status = document.getElementById("grid-status");
const body = form.querySelector("tbody");
const outbox = new Outbox(form, { onState: showState, onAnswer: showAnswer });

function cellKey(input) {
  const [, enrolment, column] = input.name.split("-");
  return `${enrolment}-${column}`;
}

function inputOf(key) {
  return body.querySelector(`[name^="m-${key}-"]`);
}

function mark(input, state, text = "", request = "") {
  const cell = input.closest("td");
  cell.querySelector(".cell-problem")?.remove();
  input.removeAttribute("aria-invalid");
  input.removeAttribute("aria-describedby");
  if (state) cell.dataset.state = state;
  else delete cell.dataset.state;
  if (!text) return;
  const note = document.createElement("span");
  note.className = "cell-problem";
  note.id = `e${cellKey(input)}`;
  note.textContent = text;
  if (request) note.append(" ", requestLink(request));
  cell.append(note);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", note.id);
}

/* A cell of a book that was locked after this page was opened: the way on is a correction. */
function requestLink(address) {
  const link = document.createElement("a");
  link.className = "button button-small";
  link.href = address;
  link.textContent = status.dataset.request;
  return link;
}

function showState(state) {
  const time = new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
  const refused = body.querySelectorAll('[data-state="refused"], [data-state="conflict"]').length;
  const shown = state === "saved" && refused ? "refused" : state;
  status.className = `status status-${shown === "saving" ? "waiting" : shown}`;
  status.textContent = shown === "saved" ? `${status.dataset.saved} ${time}` : status.dataset[shown];
}

function showAnswer(answer, sent) {
  for (const { cell, name, text } of answer.saved) {
    const input = inputOf(cell);
    // Typed over again while the save was under way: the new text is on its way by itself.
    if (input.value === sent.get(cell)) input.value = text;
    input.name = name;
    mark(input, input.value === text ? "saved" : "saving");
  }
  for (const cell of answer.unchanged) mark(inputOf(cell), "");
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

body.addEventListener("change", (event) => {
  mark(event.target, "saving");
  outbox.put(cellKey(event.target), event.target);
});
body.addEventListener("keydown", moveFocus);
body.addEventListener("focusin", (event) => {
  if (event.target.matches("input.cell-input")) event.target.select();
});
form.addEventListener("submit", () => outbox.forget());

outbox.restore((key, text) => {
  const input = inputOf(key);
  if (!input || input.value === text) return false;
  input.value = text;
  mark(input, "saving");
  return input;
});
