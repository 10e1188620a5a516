/* Everything done on this page, so that it can be undone and done again. Undoing is typing: it goes the way of every
   change. Cells locked meanwhile are read only and stay as they are. */

import { columns, focusCell, placeOf, reason, say, words } from "./grid-sheet.js";

const past = [];
const future = [];
const seen = new WeakMap();
let writing = false;

export const state = new EventTarget();

/* Types the texts into their cells as one act. `edits`: [{input, text}]; those that change nothing are left out. */
export function write(edits) {
  const act = edits
    .filter(({ input, text }) => !input.readOnly && input.value !== text)
    .map(({ input, text }) => ({ input, before: input.value, after: text }));
  if (!act.length) return 0;
  record(act);
  type(act, "after");
  return act.length;
}

export function undo() {
  step(past, future, "before", "undone");
}

export function redo() {
  step(future, past, "after", "redone");
}

export const canUndo = () => past.length > 0;
export const canRedo = () => future.length > 0;

/* Typed into just now, and neither left nor in the book yet. */
export function isTouched(input) {
  return seen.has(input) && seen.get(input) !== input.value && input.defaultValue !== input.value;
}

/* As a hand would: an act of its own unless the cell said so before the hand came. */
export function retype(input, text = input.value) {
  if (input.readOnly) return;
  input.value = text;
  announce(input);
}

export function watch(body) {
  body.addEventListener("focusin", ({ target }) => seen.set(target, target.value));
  body.addEventListener("change", ({ target }) => {
    const before = seen.get(target) ?? target.value;
    if (!writing && before !== target.value) record([{ input: target, before, after: target.value }]);
    seen.set(target, target.value);
  });
}

function record(act) {
  past.push(act);
  future.length = 0;
  state.dispatchEvent(new Event("change"));
}

function step(from, to, side, word) {
  const act = from.pop();
  if (!act) return say(words("nothing"));
  to.push(act);
  state.dispatchEvent(new Event("change"));
  const there = act.filter(({ input }) => !input.readOnly);
  if (!there.length) return say(reason("locked"));
  type(there, side);
  focusCell(there[0].input.closest("td"));
  say(words(word, { count: there.length, columns: named(there) }));
}

function type(act, side) {
  writing = true;
  for (const edit of act) {
    edit.input.value = edit[side];
    announce(edit.input);
  }
  writing = false;
}

function announce(input) {
  for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
}

function named(act) {
  return [...new Set(act.map(({ input }) => columns[placeOf(input).column].label))].join(", ");
}
