/* The keys of a spreadsheet: editing, filling, taking back; moving is grid-steps.js's. */

import { cellAt, columns, focusCell, openInput, placeOf, rowCount } from "./grid-sheet.js";
import { isTouched, redo, retype, undo, write } from "./grid-changes.js";
import { fillDown, fillRange } from "./grid-fill.js";
import { collapse, edit, hold, isEditing, isHeld, select, selectedInputs } from "./grid-select.js";
import { keyName, move, walk } from "./grid-steps.js";

const isTyped = (cell) => Boolean(openInput(cell));

export function onKey(event) {
  if (event.isComposing || !placeOf(event.target)) return;
  const name = keyName(event);
  const input = event.target.matches(".cell-input") ? event.target : null;
  const done = ACTS[name]?.(event, input) ?? (!isEdited(input) && move(name, event, isTyped));
  if (done) event.preventDefault();
}

/* Each returns whether the key is used up; undefined leaves it to the moves. */
const ACTS = {
  "Ctrl+z": ({ shiftKey }, input) => (shiftKey ? again(input) : back(input)),
  "Ctrl+y": (_, input) => again(input),
  "Ctrl+d": (_, input) => !isEdited(input) && (fillDown(), true),
  "Ctrl+a": (_, input) => !isEdited(input) && (selectAll(), true),
  "Ctrl+Enter": (_, input) => input && (fillRange(input.value), hold(input), true),
  "Ctrl+/": () => openHelp(),
  "?": (_, input) => !input?.matches("textarea") && openHelp(),
  F2: (_, input) => input && (isEditing(input) ? hold(input) : edit(input), true),
  Escape: (_, input) => input && takeBack(input),
  Delete: (_, input) => !isEdited(input) && (clear(), true),
  Enter: (event, input) => input && enter(event, input),
  Tab: ({ shiftKey, target, altKey }) => !altKey && tab(placeOf(target), shiftKey ? -1 : 1),
};

export function clear() {
  write(selectedInputs().map((input) => ({ input, text: "" })));
}

function isEdited(input) {
  return input !== null && !isHeld(input);
}

function back(input) {
  if (isEditing(input)) return false;
  if (input && isTouched(input)) return takeBack(input);
  undo();
  return true;
}

function again(input) {
  if (isEditing(input)) return false;
  redo();
  return true;
}

/* First what was typed in this cell, then the range. */
function takeBack(input) {
  if (input.value !== input.defaultValue) retype(input, input.defaultValue);
  else collapse();
  hold(input);
  return true;
}

function openHelp() {
  document.getElementById("grid-help").showModal();
  return true;
}

/* Down the column, and at its end to the top of the next. In a comment Alt+Enter and Shift+Enter begin a new line. */
function enter({ shiftKey, altKey, target }, input) {
  if (input.matches("textarea") && (altKey || shiftKey)) {
    input.setRangeText("\n", input.selectionStart, input.selectionEnd, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  }
  const step = shiftKey ? -1 : 1;
  const place = placeOf(target);
  const next = walk(place, [step, 0], isTyped) ?? nextColumn(place, step);
  if (next) focusCell(next);
  else retype(input); // nowhere to go: it still means "done"
  return true;
}

function nextColumn({ column }, step) {
  const row = step > 0 ? -1 : rowCount();
  for (let next = column + step; columns[next]; next += step) {
    const found = walk({ row, column: next }, [step, 0], isTyped);
    if (found) return found;
  }
  return null;
}

/* To the next cell that can be typed into; at the end of the sheet the key leaves it. */
function tab({ row, column }, step) {
  const first = step > 0 ? -1 : columns.length;
  for (let place = { row, column }; cellAt(place.row, 0); place = { row: place.row + step, column: first }) {
    const found = walk(place, [0, step], isTyped);
    if (found) return Boolean(focusCell(found));
  }
  return false;
}

function selectAll() {
  select({ row: 0, column: 0 }, { row: rowCount() - 1, column: columns.length - 1 });
}
