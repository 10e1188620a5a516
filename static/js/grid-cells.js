/* The cells of the grid by their key, "<pupil>-<column>", whether one may type into them or not. */

const LEADING = 2; // the columns of numbers and names, whose headings stand in the row above

export const body = document.querySelector("#grid tbody");

export function keyOf(input) {
  return input.name.split("-").slice(1, 3).join("-");
}

export function inputOf(key) {
  return body.querySelector(`[name^="m-${key}-"]`);
}

/* The place of a cell; null when its pupil or column is not on this page. */
export function placeOf(key) {
  const [pupil, column] = key.split("-");
  const row = document.getElementById(`r${pupil}`);
  const head = document.getElementById(`c${column}`);
  return row && head ? row.cells[head.cellIndex + LEADING] : null;
}

export function headOf(place) {
  return document.querySelector("#grid thead tr:last-child").cells[place.cellIndex - LEADING] ?? null;
}

export function keyOfPlace(place) {
  const head = headOf(place);
  return head?.id ? `${place.parentElement.id.slice(1)}-${head.id.slice(1)}` : "";
}
