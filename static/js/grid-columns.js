/* On a phone one column at a time, chosen above the sheet; elsewhere all of them. */

import { body, cellAt, columns, inputOf, placeOf, table, textOf, words } from "./grid-sheet.js";

const narrow = window.matchMedia("(width < 48rem)");
const chooser = document.getElementById("grid-columns");
const select = chooser.querySelector("select");
const LEADING = 2; // number and name
let last = null;

export function watchColumns() {
  select.append(new Option(words("all-columns"), ""));
  columns.forEach(({ label, period }, column) => select.append(new Option(`${label} · ${period}`, column)));
  select.addEventListener("change", () => choose(select.value));
  document.addEventListener("grid-reveal", ({ detail }) => choose(detail));
  narrow.addEventListener("change", arrange);
  arrange();
}

function arrange() {
  chooser.hidden = !narrow.matches;
  if (!narrow.matches) return show("");
  const place = placeOf(document.activeElement);
  choose(place ? place.column : (last ?? firstToFill()));
}

function choose(column) {
  last = column;
  select.value = String(column);
  show(select.value);
}

/* The first column with an empty cell that can be typed into. */
function firstToFill() {
  const isWanted = (cell) => inputOf(cell) && !textOf(cell).trim();
  const wanted = columns.findIndex((_, column) => [...body.rows].some((_, row) => isWanted(cellAt(row, column))));
  return wanted >= 0 ? wanted : columns.findIndex(({ refusal }) => !refusal);
}

/* `chosen`: the number of a column, or "" for all. Numbers and names always stay. */
function show(chosen) {
  const only = chosen === "" ? null : Number(chosen) + LEADING;
  table.classList.toggle("mark-grid-single", only !== null);
  for (const row of [...body.rows, ...(table.tFoot?.rows ?? [])]) hide([...row.cells], only, LEADING);
  hide([...table.querySelectorAll("colgroup col")], only, LEADING);
  hide(columns.map(({ head }) => head), only, 0, LEADING);
  hideHours(chosen === "" ? "" : columns[only - LEADING].head.id.slice(1));
  const periods = [...table.tHead.rows[0].cells].slice(LEADING);
  periods.forEach((head, place) => showPeriod(head, periods.slice(0, place), only));
}

function hide(cells, only, from, shift = 0) {
  cells.forEach((cell, place) => place >= from && (cell.hidden = only !== null && place + shift !== only));
}

/* Where kinds of mark lock at hours of their own, those of the column that is shown. */
function hideHours(column) {
  for (const line of table.querySelectorAll(".countdown[data-columns]")) {
    line.hidden = column !== "" && !line.dataset.columns.split(" ").includes(column);
  }
}

/* The heading over the columns of a period spans those that are shown. */
function showPeriod(head, before, only) {
  head.dataset.span ??= head.colSpan;
  const span = Number(head.dataset.span);
  const first = before.reduce((sum, each) => sum + Number(each.dataset.span), LEADING);
  head.hidden = only !== null && (only < first || only >= first + span);
  head.colSpan = only === null ? span : 1;
}
