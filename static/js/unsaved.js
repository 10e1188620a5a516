/* A form that is sent as a whole asks before one leaves it half-written: `data-unsaved` on the form. */

const forms = document.querySelectorAll("form[data-unsaved]");
const changed = new Set();

for (const form of forms) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", () => changed.clear());
}
addEventListener("beforeunload", (event) => changed.size && event.preventDefault());
