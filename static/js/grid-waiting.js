/* Cells about which a request for a correction waits: a sign, and the way to its dossier in place of a second request.
   The grid lies below the corrections and asks them once its page is there; a page that cannot ask stays as it is. */

import { placeOf } from "./grid-cells.js";

const form = document.getElementById("grid");
const legend = document.getElementById("grid-waiting");

function linkOf(place, cell) {
  const [pupil, column] = cell.split("-");
  const link = place.querySelector(":scope > .cell-request") ?? document.createElement("a");
  link.className = "cell-request";
  link.id = `q${cell}`;
  link.setAttribute("aria-labelledby", `q${cell} p${pupil} c${column}`);
  return link;
}

/* The whole cell leads to the dossier, which leads on to the history; Ctrl+H still opens it here. */
function show({ cell, words, url }) {
  const place = placeOf(cell);
  if (!place || place.querySelector(".cell-input")) return;
  place.dataset.state ??= "waiting";
  place.title = words;
  const link = linkOf(place, cell);
  link.dataset.waiting = "";
  link.title = words;
  link.setAttribute("aria-label", words);
  if (url) link.href = url;
  if (!link.href) return;
  const history = place.querySelector(":scope > a:not(.cell-request)");
  history?.replaceWith(history.textContent);
  place.append(link);
  legend.hidden = false;
  legend.querySelector(".legend-cell").dataset.state = "waiting"; // a sign of its own only where there is one
}

async function ask() {
  const response = await fetch(form.dataset.waiting, { headers: { Accept: "application/json" }, redirect: "error" });
  if (response.ok) for (const found of (await response.json()).cells) show(found);
}

// Offline or signed out: the request form says the same of each cell.
if (document.querySelector("#grid .cell-locked")) ask().catch(() => {});
