/* The comment bank beside the comments of a sheet: Ctrl+Space in a comment, or the button above the sheet. What is
   chosen is typed at the caret, filled in for that pupil, and saved like everything typed. */

import { isComment, watchComments } from "./comment-cell.js";
import { write } from "./grid-changes.js";
import { focusCell } from "./grid-sheet.js";
import { PhraseBook } from "./phrase-book.js";
import { PhraseFill } from "./phrase-fill.js";
import { PhraseList } from "./phrase-list.js";

const body = document.querySelector("#grid tbody");
const button = document.getElementById("phrase-open");
const picker = document.getElementById("phrase-picker");
const [words, standing, need] = ["words", "standing", "need"].map((part) => document.getElementById(`phrase-${part}`));
const state = picker.querySelector("[data-part=state]");
const WHY = document.getElementById("phrase-fill").dataset;
const book = new PhraseBook(document.getElementById("grid").dataset.phrases);
const fill = new PhraseFill(document.getElementById("phrase-fill"), () => picker.close());
const list = new PhraseList(document.getElementById("phrase-list"), words, insert);
let cell = null; // the comment last written in, and where the caret stood
let caret = [0, 0];

function placeOf(input) {
  const [, pupil, column] = input.name.split("-");
  return { pupil, column };
}

function nameOf(input) {
  return input.closest("tr").querySelector(".col-name").textContent;
}

async function open(input) {
  cell = input;
  caret = caretOf(input);
  picker.querySelector("[data-part=pupil]").textContent = nameOf(input);
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
  const place = placeOf(cell);
  const found = book.find({ words: words.value, standing: standing.value, need: need.value, ...place });
  list.show(found.map((phrase) => optionFor(phrase, place)));
  state.textContent = found.length ? "" : picker.dataset[book.isFetched ? "none" : "wait"];
}

function optionFor(phrase, place) {
  const { text, gap } = book.resolve(phrase, place.pupil);
  const notes = [phrase.note, phrase.own && picker.dataset.mine, gap ? gapText(gap) : warning(phrase, place)];
  return { id: phrase.id, text, note: notes.filter(Boolean).join(" · "), isRefused: Boolean(gap) };
}

function gapText(gap) {
  return gap && `${picker.dataset.gap} ${gap}`;
}

/* Why the phrase may not suit the pupil. */
function reason(phrase, { pupil, column }) {
  const { why } = book.fit(phrase, pupil, column);
  return why && WHY[why].replace("{n}", book.pupils[pupil]?.breaches);
}

/* Beside a phrase that one chooses oneself only what speaks against it. */
function warning(phrase, { pupil, column }) {
  return book.fit(phrase, pupil, column).why === "breaches" ? reason(phrase, { pupil, column }) : "";
}

function insert() {
  const chosen = list.chosen;
  if (!chosen || chosen.isRefused || !isComment(cell)) return;
  const [start, end] = caret;
  const before = cell.value.slice(0, start);
  const after = cell.value.slice(end);
  const text = `${before}${/\S$/.test(before) ? " " : ""}${chosen.text}`;
  picker.close();
  focusCell(cell.closest("td"));
  write([{ input: cell, text: `${text}${/^\S/.test(after) ? " " : ""}${after}` }]);
  cell.setSelectionRange(text.length, text.length);
}

/* The chosen phrase for all of this column that have no comment and stand as was asked for. */
function previewFill() {
  const phrase = book.phrases.find(({ id }) => id === list.chosen?.id);
  if (!phrase) return;
  const { column } = placeOf(cell);
  const lines = comments()
    .filter((input) => placeOf(input).column === column && !input.value.trim())
    .filter((input) => !standing.value || book.standing(placeOf(input).pupil, column) === standing.value)
    .map((input) => lineFor(input, phrase));
  if (lines.length) fill.show(lines);
  else state.textContent = picker.dataset.full;
}

function lineFor(input, phrase) {
  const place = placeOf(input);
  const { text, gap } = book.resolve(phrase, place.pupil);
  return { input, name: nameOf(input), text, gap: gapText(gap), why: reason(phrase, place) };
}

function onKey(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.isComposing) return;
  if (event.key in steps) list.step(steps[event.key]);
  else if (event.key === "Enter") insert();
  else return;
  event.preventDefault();
}

function comments() {
  return [...body.querySelectorAll("textarea.cell-input")].filter(isComment);
}

/* From the button: for the comment written in last, else the first empty one. A phone may have to bring it out. */
function openAny() {
  const inputs = comments();
  const input = inputs.includes(cell) ? cell : (inputs.find(({ value }) => !value) ?? inputs[0]);
  if (!input) return;
  focusCell(input.closest("td"));
  open(input);
}

if (comments().length) {
  watchComments(body, Number(picker.dataset.limit));
  button.hidden = false;
  button.addEventListener("click", openAny);
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
  picker.querySelector("[data-act=fill]").addEventListener("click", previewFill);
}
