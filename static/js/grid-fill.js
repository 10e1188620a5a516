/* One text into many cells: down from the cell above, over the range, or into the empty cells of a column. */

import { cellAt, columns, focusCell, openInput, placeOf, reason, rowCount, say, textOf, words } from "./grid-sheet.js";
import { retype, write } from "./grid-changes.js";
import { fault } from "./grid-check.js";
import { isWide, range, selected } from "./grid-select.js";

const dialog = document.getElementById("grid-fill");
const form = dialog.querySelector("form");
const problem = form.querySelector(".field-errors");
let filling = null;

/* The top row of the range into the rows below it; a range of one row takes what stands above it. */
export function fillDown() {
  if (!range()) return say(words("nowhere"));
  const { top, bottom } = range();
  const rows = selected();
  const source = top === bottom ? rows[0].map((cell) => cellAt(top - 1, placeOf(cell).column)) : rows.shift();
  if (source.some((cell) => !cell)) return say(words("nothing-above"));
  finish(rows.flatMap((row) => row.map((cell, across) => ({ input: openInput(cell), text: textOf(source[across]) }))));
}

/* What was just typed, into every cell of the range. */
export function fillRange(text) {
  retype(document.activeElement);
  if (isWide()) finish(selected().flat().map((cell) => ({ input: openInput(cell), text })));
}

export function openFill(column) {
  filling = column;
  const { label, period, rule } = columns[column];
  dialog.querySelector("h2").textContent = words("fill-title", { column: label, period });
  form.querySelector(".field-help").textContent = words("fill-help", { count: empties().length });
  problem.hidden = true;
  form.elements.text.value = "";
  form.elements.text.placeholder = rule?.levels?.filter((_, place) => place % 2 === 0).join(" · ") ?? "";
  dialog.showModal();
}

export function watchFill() {
  form.addEventListener("submit", (event) => {
    const text = form.elements.text.value;
    const code = fault(text, columns[filling].rule);
    problem.hidden = !code;
    if (!code) return apply(text);
    event.preventDefault();
    problem.firstElementChild.textContent = reason(code);
  });
}

function apply(text) {
  const cells = empties();
  if (!text.trim() || !cells.length) return;
  finish(cells.map((cell) => ({ input: openInput(cell), text })));
  focusCell(cells[0]);
}

function empties() {
  const cells = Array.from({ length: rowCount() }, (_, row) => cellAt(row, filling));
  return cells.filter((cell) => openInput(cell) && !textOf(cell).trim());
}

function finish(wanted) {
  const edits = wanted.filter(({ input }) => input);
  const replaced = edits.filter(({ input, text }) => input.value && input.value !== text).length;
  const count = write(edits);
  say(words(replaced ? "filled-over" : "filled", { count, replaced }));
}
