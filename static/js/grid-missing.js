/* Who has no value in a column that waits for its confirmation: true while one types. */

import { body, inputOf, keyOfPlace } from "./grid-cells.js";

body.addEventListener("change", ({ target }) => {
  const column = keyOfPlace(target.closest("td")).split("-")[1];
  const list = document.querySelector(`#checks [data-column="${column}"] .column-missing`);
  if (list) show(list, column);
});

function show(list, column) {
  const without = [...body.rows].filter((row) => inputOf(`${row.id.slice(1)}-${column}`)?.value.trim() === "");
  list.hidden = !without.length;
  list.querySelector("[data-part=count]").textContent = without.length;
  list.querySelector("p").textContent = without.map((row) => row.querySelector(".col-name").textContent).join(", ");
}
