/* Enter and the arrows move between the cells of a table of inputs; Escape takes back what was typed in this cell. */

const DOWN = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
const ACROSS = { ArrowLeft: -1, ArrowRight: 1 };

export function moveFocus(event) {
  const input = event.target;
  if (!input.matches(".cell-input") || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && !input.matches("textarea")) {
    input.value = input.defaultValue;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.select();
  } else if (event.key in DOWN && !(input.matches("textarea") && event.key !== "Enter")) {
    const step = event.key === "Enter" && event.shiftKey ? -1 : DOWN[event.key];
    go(event, below(input, step));
  } else if (event.key in ACROSS && atEdge(input, ACROSS[event.key])) {
    go(event, beside(input, ACROSS[event.key]));
  }
}

function go(event, target) {
  event.preventDefault();
  target?.focus();
}

function below(input, step) {
  const cell = input.closest("td");
  let row = cell.parentElement;
  while ((row = step > 0 ? row.nextElementSibling : row.previousElementSibling)) {
    const target = row.children[cell.cellIndex]?.querySelector(".cell-input");
    if (target) return target;
  }
  return null;
}

function beside(input, step) {
  let cell = input.closest("td");
  while ((cell = step > 0 ? cell.nextElementSibling : cell.previousElementSibling)) {
    const target = cell.querySelector(".cell-input");
    if (target) return target;
  }
  return null;
}

/* Within a text the arrow moves the caret; at its edge, or over a wholly selected text, it moves on. */
function atEdge(input, step) {
  const { selectionStart: start, selectionEnd: end, value } = input;
  if (start === 0 && end === value.length) return true;
  return start === end && (step < 0 ? start === 0 : end === value.length);
}
