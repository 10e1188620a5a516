/* Where the hand is and what the sheet looks like: the pupil and column of the focus in words, how full each column
   is, and a quiet mark on values far from the pupil's others. */

import { body, cellAt, columns, inputOf, placeOf, pupilName, reason, rowCount, say, table, textOf, words } from "./grid-sheet.js";
import { fault, numberOf } from "./grid-check.js";
import { isFar } from "./grid-hints.js";
import { mark, noteOf } from "./grid-states.js";

const region = table.parentElement;
const bar = region.previousElementSibling;
const line = document.getElementById("grid-place");
const scored = columns.map(({ rule }, column) => (rule?.form === "score" ? column : -1)).filter((column) => column >= 0);
const counts = columns.map(() => document.createElement("td"));
let last = null;

export function watchPlace() {
  table.append(foot());
  for (let row = 0; row < rowCount(); row += 1) lookAgain(row);
  columns.forEach((_, column) => showCount(column));
  body.addEventListener("focusin", ({ target }) => show(placeOf(target)));
  body.addEventListener("change", ({ target }) => changed(target, placeOf(target)));
}

export const lastPlace = () => last;

function show(place) {
  if (!place) return;
  last = place;
  const { label, period } = columns[place.column];
  const cell = cellAt(place.row, place.column);
  const values = { pupil: pupilName(place.row), column: label, period, filled: filled(place.column), all: rowCount() };
  bringHeadsOut();
  // At the edge of a narrow sheet the reason beside the cell would stand outside of it.
  cell.querySelector(".cell-problem")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  line.textContent = words("place", values) + (cell.dataset.far ? ` · ${words("far", others(cell, place))}` : "");
}

/* The headings stay in sight: a sheet that has slid under the bar above it comes down again. */
function bringHeadsOut() {
  const hidden = bar.getBoundingClientRect().bottom - region.getBoundingClientRect().top;
  if (hidden > 0) window.scrollBy({ top: -hidden, behavior: "instant" });
}

function changed(input, place) {
  if (!place) return;
  const code = fault(input.value, columns[place.column].rule);
  if (code) mark(input.closest("td"), "refused", noteOf(reason(code)), code);
  showCount(place.column);
  lookAgain(place.row);
  const cell = input.closest("td");
  if (cell.dataset.far) say(words("far-said", { pupil: pupilName(place.row), ...others(cell, place) }));
  if (document.activeElement === input) show(place);
}

function foot() {
  const row = document.createElement("tr");
  const name = document.createElement("th");
  const number = document.createElement("td");
  name.scope = "row";
  name.className = "col-name";
  name.textContent = words("filled-foot");
  number.className = "col-number";
  row.append(number, name, ...counts);
  const rest = body.rows[0].cells.length - row.cells.length;
  for (let place = 0; place < rest; place += 1) row.append(document.createElement("td"));
  const foot = document.createElement("tfoot");
  foot.append(row);
  return foot;
}

function filled(column) {
  let count = 0;
  for (let row = 0; row < rowCount(); row += 1) if (textOf(cellAt(row, column)).trim()) count += 1;
  return count;
}

function showCount(column) {
  const count = filled(column);
  counts[column].textContent = `${count}/${rowCount()}`;
  counts[column].classList.toggle("is-full", count === rowCount());
}

function lookAgain(row) {
  for (const column of scored) {
    const cell = cellAt(row, column);
    const number = fault(textOf(cell), columns[column].rule) ? null : numberOf(textOf(cell));
    if (inputOf(cell) && isFar(number, numbers(row, column))) cell.dataset.far = "far";
    else delete cell.dataset.far;
  }
}

function numbers(row, but) {
  return scored.filter((column) => column !== but).map((column) => numberOf(textOf(cellAt(row, column)))).filter((n) => n !== null);
}

function others(cell, { row, column }) {
  const shown = numbers(row, column).map((number) => String(number).replace(".", ","));
  return { value: textOf(cell), others: shown.join(" · ") };
}
