/* The mark grid to the hand: keys, range, fill, paste, undo, and where one is. Saving is mark-grid.js's: everything
   here types into cells as a person would. */

import { body, columns, focusCell, cellAt } from "./grid-sheet.js";
import { canRedo, canUndo, redo, state, undo, watch } from "./grid-changes.js";
import { watchColumns } from "./grid-columns.js";
import { fillDown, openFill, watchFill } from "./grid-fill.js";
import { clear, onKey } from "./grid-keys.js";
import { watchPaste } from "./grid-paste.js";
import { lastPlace, watchPlace } from "./grid-place.js";
import { watchSelection } from "./grid-select.js";

const tools = document.getElementById("grid-tools");

watch(body);
watchPlace();
watchSelection();
watchColumns();
watchFill();
watchPaste();
body.addEventListener("keydown", onKey);
document.addEventListener("grid-clear", clear);

/* A button works on the cell one was in, and gives the focus back to it. */
const ACTS = {
  undo,
  redo,
  down: fillDown,
  empty: () => openFill(lastPlace()?.column ?? columns.findIndex(({ refusal }) => !refusal)),
  help: () => document.getElementById("grid-help").showModal(),
};

tools.hidden = false;
tools.addEventListener("click", ({ target }) => {
  const act = target.closest("button")?.dataset.act;
  if (!act) return;
  ACTS[act]();
  const place = lastPlace();
  if (place && !document.querySelector("dialog[open]")) focusCell(cellAt(place.row, place.column));
});

for (const { head, refusal } of columns) if (!refusal) head.append(fillButton(head));

function fillButton(head) {
  const button = document.getElementById("grid-fill-button").content.firstElementChild.cloneNode(true);
  button.addEventListener("click", () => openFill(columns.findIndex((column) => column.head === head)));
  return button;
}

state.addEventListener("change", showHistory);
showHistory();

function showHistory() {
  tools.querySelector('[data-act="undo"]').disabled = !canUndo();
  tools.querySelector('[data-act="redo"]').disabled = !canRedo();
}
