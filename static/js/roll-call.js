/* The roll on a phone: a tap on a name goes on to the next letter, and the counts at the lower edge follow.
   Without this module every letter has its own button. */

const form = document.getElementById("roll");

function count() {
  const line = document.getElementById("roll-counts");
  const chosen = [...form.querySelectorAll(".roll-option input:checked")].map((input) => input.value);
  const away = chosen.filter((letter) => letter === "P" || letter === "K").length;
  const late = chosen.filter((letter) => letter === "M").length;
  // Who came late is there: present and absent together are the roll.
  const counts = { all: chosen.length, here: chosen.length - away, away, late };
  const words = late ? line.dataset.wordsLate : line.dataset.words;
  line.textContent = words.replace(/\{(\w+)\}/g, (_, name) => counts[name]);
}

function goOn(line) {
  const options = [...line.querySelectorAll(".roll-option input")];
  const place = options.findIndex((option) => option.checked);
  const next = options[(place + 1) % options.length];
  next.checked = true;
  for (const kind of ["input", "change"]) next.dispatchEvent(new Event(kind, { bubbles: true }));
}

function changed() {
  // Once somebody is marked, “everybody is here” would throw the marks away.
  form.querySelector(".roll-everybody")?.remove();
  count();
}

if (form) {
  for (const who of form.querySelectorAll(".roll-who")) {
    who.classList.add("roll-tap");
    who.addEventListener("click", () => goOn(who.closest(".roll-line")));
  }
  form.addEventListener("change", changed);
  count();
}
