/* The mark grid: keys like a spreadsheet's, and each changed cell saved by itself. Without this module the form
   still saves as a whole. */

import { Answers } from "./grid-answers.js";
import { body, inputOf, keyOf, placeOf } from "./grid-cells.js";
import { Drafts } from "./grid-drafts.js";
import { Outbox } from "./grid-outbox.js";
import { mark, showState } from "./grid-states.js";
import { SignInPanel } from "./sign-in-panel.js";

const form = document.getElementById("grid");
const drafts = new Drafts(`marks:${form.dataset.person}:${form.getAttribute("action")}`);
const answers = new Answers(drafts, commit);
const outbox = new Outbox(form, { onState, onAnswer: (answer, sent) => answers.show(answer, sent, outbox) });
const panel = new SignInPanel(document.getElementById("sign-in-panel"), () => outbox.send());
const touched = new Set();

function onState(state, facts) {
  const cell = { saving: "saving", gone: "refused" }[state] ?? "offline";
  for (const key of outbox.waiting.keys()) {
    // A reason that the page itself gave (grid-place.js) stays in view while nobody answers.
    if (placeOf(key).dataset.state !== "refused") mark(placeOf(key), cell);
  }
  showState(!drafts.isKept && outbox.waiting.size ? "unkept" : state, facts);
}

function commit(input) {
  if (!touched.delete(input)) return;
  mark(input.closest("td"), "saving");
  outbox.put(keyOf(input), input);
}

body.addEventListener("input", ({ target }) => {
  touched.add(target);
  drafts.set(keyOf(target), target.value, target.name);
});
body.addEventListener("change", ({ target }) => commit(target));
body.addEventListener("focusout", ({ target }) => commit(target));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) [...touched].forEach(commit);
});
document.getElementById("grid-sign-in").addEventListener("click", () => panel.open());
// Leaving costs something only where this browser keeps nothing.
window.addEventListener("beforeunload", (event) => {
  if (!drafts.isKept && (touched.size || outbox.busy || outbox.waiting.size)) event.preventDefault();
});

/* What was typed before and is not in the book: sent now, by the version it was typed over. */
for (const [cell, { text, name }] of drafts.texts) {
  const input = inputOf(cell);
  if (input?.value === text) drafts.settle(cell, text);
  else if (input) {
    Object.assign(input, { value: text, name });
    touched.add(input);
    commit(input);
  } else if (placeOf(cell)) outbox.put(cell, { name, value: text }); // locked meanwhile: answered with the way on
}
