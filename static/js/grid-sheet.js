/* The sheet as the page shows it: cells by row and column, their texts, and the facts the server sent along. */

export const table = document.querySelector("#grid .mark-grid");
export const body = table.tBodies[0];
export const facts = JSON.parse(document.getElementById("grid-facts").textContent);

const FIRST = 2; // number and name stand before the marks
const headings = [...table.querySelectorAll("thead th[id]")];

/* In the order of the page: {head, label, period, rule, refusal}. */
export const columns = headings.map((head) => ({ head, ...facts.columns[head.id.slice(1)] }));

export const rowCount = () => body.rows.length;

/* The cell of a pupil and a column, both counted from 0; undefined outside the marks. */
export function cellAt(row, column) {
  return column >= 0 && column < columns.length ? body.rows[row]?.cells[column + FIRST] : undefined;
}

/* Of the cell or of something inside it; null outside the marks. */
export function placeOf(element) {
  const cell = element?.closest?.("td");
  if (!cell || !body.contains(cell)) return null;
  const place = { row: cell.parentElement.sectionRowIndex, column: cell.cellIndex - FIRST };
  return cellAt(place.row, place.column) ? place : null;
}

export function inputOf(cell) {
  return cell?.querySelector(":scope > .cell-input") ?? null;
}

/* The same where something can be typed: a lock that comes while the page is open makes inputs read only. */
export function openInput(cell) {
  const input = inputOf(cell);
  return input?.readOnly ? null : input;
}

export function textOf(cell) {
  const input = inputOf(cell);
  if (input) return input.value;
  const text = cell.querySelector(":scope > a:not(.cell-request)") ?? cell.firstChild;
  return text?.nodeName === "#text" || text?.nodeName === "A" ? text.textContent.trim().replace(/^–$/, "") : "";
}

export function pupilName(row) {
  return body.rows[row].cells[1].textContent.trim();
}

/* Moves the hand there. A column that is not shown on a phone is brought out first. */
export function focusCell(cell) {
  if (cell.hidden) document.dispatchEvent(new CustomEvent("grid-reveal", { detail: cell.cellIndex - FIRST }));
  const target = inputOf(cell) ?? cell.querySelector("a");
  target?.focus();
  return target;
}

export function isReachable(cell) {
  return Boolean(cell?.querySelector(".cell-input, a"));
}

/* The server's words with %(name)s filled in. */
export function words(key, values = {}) {
  return facts.words[key].replace(/%\((\w+)\)s/g, (_, name) => values[name]);
}

export function reason(code) {
  return facts.sentences[code] ?? facts.words[code];
}

const said = document.getElementById("grid-said");

/* For eyes and for screen readers; the same again is said again. */
export function say(text) {
  said.textContent = "";
  requestAnimationFrame(() => (said.textContent = text));
}
