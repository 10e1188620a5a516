/* Pasting a block: shown first in a dialog, in full, with what would happen to each cell. Nothing is typed before
   "Apply". */

import { body, cellAt, columns, focusCell, inputOf, openInput, placeOf, pupilName, reason, rowCount, say, textOf, words } from "./grid-sheet.js";
import { retype, write } from "./grid-changes.js";
import { blockOf } from "./grid-clipboard.js";
import { changesOf, noChoices, planOf } from "./grid-plan.js";
import { showPlan } from "./grid-preview.js";
import { isHeld, isWide, selectedInputs } from "./grid-select.js";

const dialog = document.getElementById("grid-paste");
let current = null;

export function watchPaste() {
  document.addEventListener("paste", paste);
  dialog.addEventListener("change", choose);
  dialog.addEventListener("close", () => dialog.returnValue === "apply" && apply());
}

function paste(event) {
  const input = document.activeElement;
  if (!body.contains(input) || !input.matches(".cell-input") || !isHeld(input)) return;
  const html = event.clipboardData.getData("text/html");
  const block = blockOf(html, event.clipboardData.getData("text/plain"));
  if (!block.length) return;
  event.preventDefault();
  if (block.length === 1 && block[0].length === 1) return one(input, block[0][0]);
  preview(block, placeOf(input));
}

/* A single value goes into the cell, or into the whole range, without a question. */
function one(input, text) {
  if (isWide()) return write(selectedInputs().map((each) => ({ input: each, text })));
  retype(input, text);
  input.select();
}

function preview(block, { row, column }) {
  const sheet = {
    pupils: Array.from({ length: rowCount() }, (_, place) => pupilName(place)),
    columns,
    at: (pupil, target) => cellOf(cellAt(pupil, target), target),
  };
  current = { block, sheet, start: { pupil: row, column }, choices: noChoices() };
  dialog.returnValue = "";
  replan();
  dialog.showModal();
}

function cellOf(cell, target) {
  const closed = inputOf(cell) ? "locked" : columns[target].refusal || "not-in-summer";
  return { text: textOf(cell), refusal: openInput(cell) ? "" : closed };
}

function replan() {
  current.plan = planOf(current.block, current.sheet, current.start, current.choices);
  showPlan(dialog, current.plan, current.sheet, { words, reason });
}

/* Another column for a pasted column, a pupil for a row that names nobody known, or a row whose name is spelt
   otherwise, taken all the same. */
function choose({ target }) {
  const { kind, place } = target.dataset;
  if (!kind) return;
  if (target.type === "checkbox") return take(target);
  const value = target.value === "" ? "" : Number(target.value);
  if (kind === "target") current.choices.targets.set(Number(place), value);
  else if (value === "") current.choices.pupils.delete(Number(place));
  else current.choices.pupils.set(Number(place), value);
  replan();
  dialog.querySelector(`[data-kind="${kind}"][data-place="${place}"]`)?.focus();
}

function take({ checked, dataset: { kind, place } }) {
  const others = current.plan.rows.filter(({ isOther }) => isOther).map((row) => row.place);
  for (const row of kind === "all" ? others : [Number(place)]) current.choices.taken[checked ? "add" : "delete"](row);
  replan();
  dialog.querySelector(`[data-kind="${kind}"][data-place="${place}"]`)?.focus();
}

function apply() {
  const cells = changesOf(current.plan).map(({ pupil, column, text }) => ({ cell: cellAt(pupil, column), text }));
  const count = write(cells.map(({ cell, text }) => ({ input: inputOf(cell), text })));
  if (cells.length) focusCell(cells[0].cell);
  say(words("pasted", { count }));
}
