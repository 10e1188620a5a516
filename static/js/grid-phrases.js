/* The comment bank beside the comments of a sheet: Ctrl+Space in a comment, or the button above the sheet. What is
   chosen is typed at the caret, filled in for that pupil, and saved like everything typed. */

import { isComment, watchComments } from "./comment-cell.js";
import { PhraseBook } from "./phrase-book.js";
import { PhraseList } from "./phrase-list.js";

const body = document.querySelector("#grid tbody");
const button = document.getElementById("phrase-open");
const picker = document.getElementById("phrase-picker");
const [words, standing, need] = ["words", "standing", "need"].map((part) => document.getElementById(`phrase-${part}`));
const state = picker.querySelector("[data-part=state]");
const book = new PhraseBook(picker.dataset.url);
const list = new PhraseList(document.getElementById("phrase-list"), words);
let cell = null; // the comment last written in, and where the caret stood
let caret = [0, 0];

function placeOf(input) {
  const [, pupil, column] = input.name.split("-");
  return { pupil, column };
}

async function open(input) {
  if (!input) return;
  cell = input;
  caret = caretOf(input);
  const name = input.closest("tr").querySelector(".col-name").textContent;
  picker.querySelector("[data-part=pupil]").textContent = name;
  words.value = need.value = "";
  picker.showModal();
  preselect();
  const isFresh = await book.refresh();
  if (cell !== input) return;
  // A choice made meanwhile is not taken back.
  if (!standing.dataset.chosen) preselect();
  else show();
  if (!isFresh) state.textContent = picker.dataset.offline;
}

/* Over a wholly selected text the caret stands at its end: a phrase adds to a comment, it never replaces one. */
function caretOf({ selectionStart: start, selectionEnd: end, value }) {
  return start === 0 && end === value.length ? [end, end] : [start, end];
}

function preselect() {
  const { pupil, column } = placeOf(cell);
  standing.value = book.standing(pupil, column);
  delete standing.dataset.chosen;
  show();
}

function show() {
  const { pupil } = placeOf(cell);
  const found = book.find({ words: words.value, standing: standing.value, need: need.value });
  list.show(found.map((phrase) => optionFor(phrase, pupil)));
  state.textContent = found.length ? "" : picker.dataset[book.isFetched ? "none" : "wait"];
}

function optionFor(phrase, pupil) {
  const { text, gap } = book.resolve(phrase, pupil);
  const notes = [phrase.note, phrase.own && picker.dataset.mine, gap && `${picker.dataset.gap} ${gap}`];
  return { id: phrase.id, text, note: notes.filter(Boolean).join(" · "), isRefused: Boolean(gap) };
}

function insert() {
  const chosen = list.chosen;
  if (!chosen || !cell.isConnected) return;
  picker.close();
  cell.focus();
  const [start, end] = caret;
  const before = cell.value.slice(0, start);
  const after = cell.value.slice(end);
  const text = `${/\S$/.test(before) ? " " : ""}${chosen.text}${/^\S/.test(after) ? " " : ""}`;
  cell.setRangeText(text, start, end, "end");
  for (const kind of ["input", "change"]) cell.dispatchEvent(new Event(kind, { bubbles: true }));
}

function onKey(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.isComposing) return;
  if (event.key in steps) list.step(steps[event.key]);
  else if (event.key === "Enter") insert();
  else return;
  event.preventDefault();
}

/* Where the button leads when no comment was written in yet. */
function firstComment() {
  const inputs = [...body.querySelectorAll("textarea.cell-input")];
  return inputs.find((input) => !input.value) ?? inputs[0];
}

if (body.querySelector("textarea.cell-input")) {
  watchComments(body, Number(picker.dataset.limit));
  document.getElementById("grid-save").before(button);
  button.hidden = false;
  button.addEventListener("click", () => open(cell?.isConnected ? cell : firstComment()));
  body.addEventListener("focusin", ({ target }) => {
    if (isComment(target)) cell = target;
  });
  body.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.ctrlKey || !isComment(event.target)) return;
    event.preventDefault();
    open(event.target);
  });
  words.addEventListener("keydown", onKey);
  words.addEventListener("input", show);
  need.addEventListener("change", show);
  standing.addEventListener("change", () => {
    standing.dataset.chosen = "yes";
    show();
  });
  picker.querySelector("[data-act=insert]").addEventListener("click", insert);
  list.list.addEventListener("click", insert);
}
