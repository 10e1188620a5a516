/* What the server said of each cell that was sent: saved, unchanged, refused, or overtaken by somebody else. */

import { body, inputOf, keyOf, placeOf } from "./grid-cells.js";
import { mark, noteOf } from "./grid-states.js";

/* Reasons that no other value would change. */
const OVER = new Set(["locked", "year-closed", "not-yours", "not-on-this-sheet", "not-in-summer"]);

export class Answers {
  constructor(drafts, commit) {
    this.drafts = drafts;
    this.commit = commit;
    this.open = "";
    body.addEventListener("keydown", decide, { capture: true });
    body.addEventListener("keydown", stepIn, { capture: true });
  }

  show(answer, sent, outbox) {
    for (const found of answer.saved) this.settle(found, sent.get(found.cell), "saved");
    for (const found of answer.unchanged) this.settle(found, sent.get(found.cell), "");
    for (const found of answer.refused) {
      if (found.code === "conflict") this.overtaken(found, sent.get(found.cell), outbox);
      else this.refuse(found);
    }
    for (const [pupil, texts] of Object.entries(answer.results)) {
      const cells = document.getElementById(`r${pupil}`).querySelectorAll(".cell-average");
      texts.forEach((text, place) => (cells[place].textContent = text));
    }
    for (const column of answer.fallen) fall(column);
    this.close(answer.open);
  }

  settle({ cell, name, text }, sent, state) {
    const input = inputOf(cell);
    this.drafts.settle(cell, sent);
    if (!input) return mark(placeOf(cell), "");
    // Typed over again while the save was under way: the new text is on its way by itself.
    if (input.value === sent) input.value = text;
    input.defaultValue = text;
    input.name = name;
    this.drafts.rename(cell, name);
    // An emptied cell carries no sign: there is nothing in it that could be saved. The bar says when.
    mark(placeOf(cell), input.value === text ? text && state : "saving");
  }

  refuse({ cell, code, text, typed, request }) {
    const place = placeOf(cell);
    if (!place) return; // the pupil has left: there is no row to show it in
    const acts = request ? [["request", request]] : [];
    if (OVER.has(code)) acts.push(["discard", () => this.discard(cell)]);
    // Without an input, what was typed stands in the note.
    mark(place, "refused", noteOf(inputOf(cell) ? text : `“${typed}”: ${text}`, acts), code);
  }

  discard(cell) {
    const input = inputOf(cell);
    this.drafts.drop(cell);
    if (input) input.value = input.defaultValue;
    mark(placeOf(cell), "");
  }

  overtaken(found, sent, outbox) {
    const { cell, name, theirs } = found;
    const input = inputOf(cell);
    // The answer to what this page sent got lost on the way; it did arrive.
    if (found.is_own && outbox.lost.get(cell) === theirs) return this.put(cell, name);
    // Typing again after the two values were shown is a decision; what was typed over meanwhile saw nothing.
    if (input.value === sent) input.name = name;
    const acts = [
      ["keep", () => this.keep(cell, name, theirs)],
      ["put", () => this.put(cell, name)],
    ];
    mark(placeOf(cell), "conflict", noteOf(found.text, acts), "conflict");
  }

  keep(cell, name, theirs) {
    const input = inputOf(cell);
    Object.assign(input, { value: theirs, defaultValue: theirs, name });
    this.drafts.drop(cell);
    mark(placeOf(cell), "");
  }

  put(cell, name) {
    const input = inputOf(cell);
    input.name = name;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    this.commit(input);
  }

  /* A lock that came since the page was opened: what was typed and not sent yet is sent, to be refused with the way
     on; nothing more is typed in vain. */
  close(open) {
    if (this.open === String(open)) return;
    this.open = String(open);
    const columns = new Set(open.map(String));
    for (const input of body.querySelectorAll(".cell-input:not(:read-only)")) {
      if (columns.has(keyOf(input).split("-")[1])) continue;
      this.commit(input);
      input.readOnly = true;
      input.closest("td").classList.add("cell-locked");
    }
  }
}

/* In a cell with two values Escape keeps theirs and Ctrl+Enter puts mine. */
function decide(event) {
  const place = event.target.closest('.cell[data-state="conflict"]');
  const choice = event.key === "Escape" ? 0 : event.key === "Enter" && (event.ctrlKey || event.metaKey) ? 1 : -1;
  if (!place || choice < 0) return;
  use(event);
  place.querySelectorAll(".cell-problem button")[choice].click();
}

/* Tab goes through what can be done about a cell before it leaves it. */
function stepIn(event) {
  const place = event.target.closest(".cell");
  if (event.key !== "Tab" || event.altKey || !place) return;
  const stops = [...place.querySelectorAll(".cell-input, .cell-problem :is(a, button)")];
  const next = stops[stops.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
  if (!next) return;
  use(event);
  next.focus();
}

function use(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/* The confirmation of a column goes with the first value that changes; what follows from it is on the page when it comes. */
function fall(column) {
  document.querySelector(`#c${column} .column-check`)?.remove();
  const check = document.querySelector(`#checks [data-column="${column}"]`);
  if (!check) return;
  const status = check.querySelector(".status");
  status.className = "status status-conflict";
  status.textContent = check.closest("[data-fallen]").dataset.fallen;
  check.querySelector(".quiet")?.remove();
}
