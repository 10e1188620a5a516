/* The range of cells under the hand: from the cell with the focus to where Shift+arrows or the mouse drew it. Also
   whether a cell is being edited (the caret moves in its text) or held (typing replaces it, arrows leave it). */

import { body, cellAt, columns, focusCell, inputOf, isReachable, placeOf, rowCount, say, textOf, words } from "./grid-sheet.js";
import { tabbed } from "./grid-clipboard.js";

let anchor = null;
let end = null;
let editing = null;
let dragging = null;
let pointer = "";

/* {top, left, bottom, right}, or null before any cell had the focus. */
export function range() {
  if (!anchor) return null;
  const [top, bottom] = [anchor.row, end.row].sort((a, b) => a - b);
  const [left, right] = [anchor.column, end.column].sort((a, b) => a - b);
  return { top, left, bottom, right };
}

export const rangeEnd = () => end;

export function isWide() {
  return Boolean(anchor) && (anchor.row !== end.row || anchor.column !== end.column);
}

export function extendTo(place) {
  end = {
    row: Math.min(Math.max(place.row, 0), rowCount() - 1),
    column: Math.min(Math.max(place.column, 0), columns.length - 1),
  };
  paint();
  cellAt(end.row, end.column).scrollIntoView({ block: "nearest", inline: "nearest" });
  const { top, left, bottom, right } = range();
  say(words("selected", { rows: bottom - top + 1, columns: right - left + 1 }));
}

export function select(from, to) {
  anchor = from;
  extendTo(to);
}

export function collapse() {
  end = anchor;
  paint();
}

/* The cells of the range, row by row. */
export function selected() {
  const { top, left, bottom, right } = range();
  const across = Array.from({ length: right - left + 1 }, (_, place) => left + place).filter((c) => !cellAt(top, c).hidden);
  return Array.from({ length: bottom - top + 1 }, (_, place) => across.map((column) => cellAt(top + place, column)));
}

export function selectedInputs() {
  return range() ? selected().flat().map(inputOf).filter(Boolean) : [];
}

export const isEditing = (input) => editing === input;

/* In a long text the arrows belong to the caret as soon as it is not wholly selected. */
export function isHeld(input) {
  if (editing === input) return false;
  return !input.matches("textarea") || (input.selectionStart === 0 && input.selectionEnd === input.value.length);
}

export function edit(input) {
  editing = input;
  input.setSelectionRange(input.value.length, input.value.length);
}

export function hold(input) {
  editing = null;
  input.select();
}

export function watchSelection() {
  body.addEventListener("focusin", ({ target }) => {
    anchor = end = placeOf(target);
    editing = null;
    paint();
    if (target.matches("input.cell-input") || (pointer !== "touch" && target.matches("textarea.cell-input"))) target.select();
  });
  document.addEventListener("pointerdown", ({ pointerType }) => (pointer = pointerType), true);
  document.addEventListener("keydown", () => (pointer = ""), true);
  body.addEventListener("mousedown", press);
  body.addEventListener("mouseover", draw);
  body.addEventListener("click", stay);
  document.addEventListener("mouseup", () => (dragging = null));
  for (const kind of ["copy", "cut"]) document.addEventListener(kind, copy);
}

function press(event) {
  const place = placeOf(event.target);
  if (event.button || pointer === "touch" || !place || event.target.closest("a:not(.cell-request), button, .cell-problem")) return;
  const cell = event.target.closest("td");
  dragging = place;
  if (event.shiftKey && anchor) {
    event.preventDefault();
    extendTo(place);
  } else if (document.activeElement === inputOf(cell)) {
    editing = inputOf(cell);
    collapse();
  } else if (isReachable(cell)) {
    event.preventDefault();
    focusCell(cell);
  }
}

/* Shift+click on a locked cell draws the range; alone, its link would open another window. */
function stay(event) {
  if (event.shiftKey && event.target.closest(".cell-request")) event.preventDefault();
}

function draw({ target, buttons }) {
  const place = placeOf(target);
  if (!dragging || !(buttons & 1) || !place || (place.row === end?.row && place.column === end?.column)) return;
  editing = null;
  extendTo(place);
}

function copy(event) {
  const input = document.activeElement;
  if (!body.contains(input) || (!isWide() && !(input.matches(".cell-input") && isHeld(input)))) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", tabbed(selected().map((row) => row.map(textOf))));
  if (event.type === "cut") document.dispatchEvent(new Event("grid-clear"));
  else if (isWide()) say(words("copied", { count: selected().flat().length }));
}

function paint() {
  for (const cell of body.querySelectorAll(".is-selected")) cell.classList.remove("is-selected");
  if (isWide()) for (const cell of selected().flat()) cell.classList.add("is-selected");
  document.dispatchEvent(new Event("grid-selected"));
}
