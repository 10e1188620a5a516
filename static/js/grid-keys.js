/* The keys of a spreadsheet: moving, extending the range, editing, taking back. */

import { cellAt, columns, focusCell, isReachable, openInput, placeOf, rowCount } from "./grid-sheet.js";
import { isTouched, redo, retype, undo, write } from "./grid-changes.js";
import { fillDown, fillRange } from "./grid-fill.js";
import { collapse, edit, extendTo, hold, isEditing, isHeld, rangeEnd, select, selectedInputs } from "./grid-select.js";

const PAGE = 10;
const STEPS = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [PAGE, 0],
  PageUp: [-PAGE, 0],
};
const isTyped = (cell) => Boolean(openInput(cell));

export function onKey(event) {
  if (event.isComposing || !placeOf(event.target)) return;
  const name = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
  const input = event.target.matches(".cell-input") ? event.target : null;
  const done = ACTS[name]?.(event, input) ?? move(name, event, input);
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

function move(name, { shiftKey, altKey, target }, input) {
  if (altKey || isEdited(input)) return false;
  const place = shiftKey ? rangeEnd() : placeOf(target);
  const wanted = shiftKey ? extended(name, place) : moved(name, place);
  if (!wanted) return name in STEPS;
  if (shiftKey) extendTo(wanted);
  else focusCell(wanted);
  return true;
}

function extended(name, { row, column }) {
  const [down, across] = STEPS[name.replace("Ctrl+", "")] ?? [0, 0];
  const far = name.startsWith("Ctrl+") ? Math.max(rowCount(), columns.length) : 1;
  if (down || across) return { row: row + down * far, column: column + across * far };
  const edges = { Home: 0, End: columns.length - 1, "Ctrl+Home": 0, "Ctrl+End": columns.length - 1 };
  if (!(name in edges)) return null;
  const rows = { "Ctrl+Home": 0, "Ctrl+End": rowCount() - 1 };
  return { row: rows[name] ?? row, column: edges[name] };
}

function moved(name, { row, column }) {
  if (name in STEPS) return walk({ row, column }, STEPS[name]);
  const last = { row: rowCount() - 1, column: columns.length - 1 };
  const ends = {
    Home: [{ row, column: -1 }, [0, 1]],
    End: [{ row, column: columns.length }, [0, -1]],
    "Ctrl+Home": [{ row: 0, column: -1 }, [0, 1]],
    "Ctrl+End": [{ row: last.row, column: columns.length }, [0, -1]],
    "Ctrl+ArrowDown": [{ row: rowCount(), column }, [-1, 0]],
    "Ctrl+ArrowUp": [{ row: -1, column }, [1, 0]],
    "Ctrl+ArrowRight": [{ row, column: columns.length }, [0, -1]],
    "Ctrl+ArrowLeft": [{ row, column: -1 }, [0, 1]],
  };
  return name in ends ? walk(...ends[name], isTyped) : null;
}

/* The next cell in that direction that satisfies `wanted`; a page's step ends at the edge of the sheet. */
function walk({ row, column }, [down, across], wanted = isReachable) {
  const far = Math.abs(down) === PAGE;
  let place = { row: row + down, column: column + across };
  if (far) place = { row: Math.min(Math.max(place.row, 0), rowCount() - 1), column };
  const back = far ? [-Math.sign(down), 0] : [down, across];
  for (let cell; (cell = cellAt(place.row, place.column)); ) {
    if (wanted(cell)) return cell;
    place = { row: place.row + back[0], column: place.column + back[1] };
  }
  return null;
}

function selectAll() {
  select({ row: 0, column: 0 }, { row: rowCount() - 1, column: columns.length - 1 });
}
