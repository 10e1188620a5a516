/* Locked cells to the hand: those of the range, or the one with the focus, go into one request for a correction, with
   what was typed into them after the lock. On a sheet without an open column this also moves and draws the range. */

import { body, cellAt, facts, inputOf, isReachable, placeOf, words } from "./grid-sheet.js";
import { keyOfPlace } from "./grid-cells.js";
import { isWide, range, selected, watchSelection } from "./grid-select.js";
import { keyName, move } from "./grid-steps.js";

const button = document.getElementById("grid-request");
const { most } = facts;

if (!document.getElementById("grid-tools")) {
  watchSelection();
  body.addEventListener("keydown", (event) => {
    if (placeOf(event.target) && move(keyName(event), event, isReachable)) event.preventDefault();
  });
}
document.addEventListener("grid-selected", show);
button.addEventListener("click", () => location.assign(address(chosen())));
body.addEventListener("dragstart", (event) => event.target.closest(".cell-request") && event.preventDefault());
show();

function isLocked(cell) {
  return Boolean(cell?.querySelector(":scope > .cell-request:not([data-waiting])") || inputOf(cell)?.readOnly);
}

function chosen() {
  if (!range()) return [];
  const cells = isWide() ? selected().flat() : [cellAt(range().top, range().left)];
  return cells.filter(isLocked);
}

function show() {
  const count = chosen().length;
  button.hidden = !count;
  button.disabled = count > most;
  button.textContent = count > most ? words("too-many", { most }) : words("request", { count });
}

/* The form's own names: the server reads them like a form that was filled in. */
function address(cells) {
  const query = new URLSearchParams();
  for (const cell of cells) {
    const key = keyOfPlace(cell);
    query.append("cell", key);
    const typed = typedIn(cell);
    if (typed) query.append(`new-${key}`, typed);
  }
  return `${button.dataset.address}?${query}`;
}

/* Where the lock came while the page was open, the input keeps the text; after that, the link in the note does. */
function typedIn(cell) {
  const input = inputOf(cell);
  if (input) return input.value === input.defaultValue ? "" : input.value;
  const link = cell.querySelector('.cell-problem a[href*="?new="]');
  return link ? new URL(link.href).searchParams.get("new") : "";
}
