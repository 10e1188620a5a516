/* Every value a cell ever had, in a panel over the grid: Ctrl+H or the button above it, or the value itself where one
   only reads. An earlier value is put back as if it were typed. Without this module the same is a page. */

import { body, headOf, inputOf, keyOfPlace } from "./grid-cells.js";

const form = document.getElementById("grid");
const panel = document.getElementById("history-panel");
const place = panel.querySelector(".panel-body");
const button = document.getElementById("grid-history");
let current = null;

body.addEventListener("focusin", ({ target }) => {
  current = target.closest("td");
  if (button && current) button.disabled = !keyOfPlace(current);
});
button?.addEventListener("click", () => open(current));
body.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "h") return;
  event.preventDefault();
  open(event.target.closest("td"));
});
body.addEventListener("click", (event) => {
  const link = event.target.closest(`a[href^="${form.dataset.history}"]`);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.closest("td"));
});

async function open(cell) {
  const key = cell && keyOfPlace(cell);
  if (!key) return;
  const address = `${form.dataset.history}${key.replace("-", "/")}/`;
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true" }, redirect: "error" });
    if (!response.ok) throw new Error(response.status);
    const name = cell.parentElement.querySelector(".col-name").textContent;
    panel.querySelector("h2").textContent = `${name}: ${headOf(cell).firstChild.textContent.trim()}`;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    place.replaceChildren(...page.body.children);
    panel.showModal();
  } catch {
    window.location.assign(address); // signed out, or no connection: the page says which
  }
}

place.addEventListener("submit", (event) => {
  const [, value] = [...new FormData(event.target)].find(([name]) => name.startsWith("m-"));
  const input = current && inputOf(keyOfPlace(current));
  if (!input || input.readOnly) return;
  event.preventDefault();
  panel.close();
  input.focus();
  input.value = value;
  for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
});
