/* A form whose answer takes long is sent once, and #how-far shows meanwhile what is done: `data-progress`, its address. */

for (const form of document.querySelectorAll("form[data-progress]")) {
  form.addEventListener("submit", () => {
    form.querySelector("[type=submit]").disabled = true;
    htmx.ajax("GET", form.dataset.progress, "#how-far");
  });
}
