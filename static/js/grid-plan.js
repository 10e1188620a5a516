/* What pasting a block would do, cell by cell, before anything is done: every cell of the block is in exactly one
   of the counts. Nothing here touches the page.

   `sheet`: pupils (names), columns ({label, rule, refusal}), at(pupil, column) → {text, refusal}, where a refusal is
   the code of why nothing can be typed there. `start`: the cell that had the focus. `choices`: what a person changed
   in the preview, targets by pasted column (a column, or "" to leave it out), pupils by row, and the rows `taken`
   though their name is spelt otherwise than the pupil's. */

import { clean, fault, numberOf } from "./grid-check.js";
import { bare, folded, headingRows, matchRows, nameIn, readColumns } from "./grid-match.js";

export const noChoices = () => ({ targets: new Map(), pupils: new Map(), taken: new Set() });

export function planOf(block, sheet, start, choices = noChoices()) {
  const headings = headingRows(block, sheet.columns.map(({ label }) => label));
  const rows = block.slice(headings);
  const { names, others } = readColumns(rows, sheet.pupils);
  const columns = targets(block, headings, { names, others }, sheet, start, choices);
  const pupils = matchRows(rows, names, sheet.pupils, { first: start.pupil, chosen: choices.pupils });
  const planned = rows.map((row, place) => {
    const name = names.length ? nameIn(row, names) : "";
    const pupil = pupils[place];
    const isOther = Boolean(name) && isOtherName(name, sheet.pupils[pupil]) && !choices.pupils.has(place);
    const isTaken = !isOther || choices.taken.has(place);
    const cells = columns.map((column) => cellOf(row[column.place], pupil, column, sheet));
    return { place, name, pupil, isOther, isTaken, cells: isTaken ? cells : cells.map(inDoubt) };
  });
  return { headings, names, others, columns, rows: planned, counts: count(planned), missing: missing(pupils, names, sheet) };
}

/* What is to be typed where: [{pupil, column, text}]. */
export function changesOf(plan) {
  return plan.rows.flatMap(({ pupil, cells }) =>
    cells.flatMap((cell, place) =>
      ["new", "replaces"].includes(cell.state) ? [{ pupil, column: plan.columns[place].target, text: cell.text }] : [],
    ),
  );
}

/* The columns with marks, each with the sheet's column it goes to: by heading where headings say it, else in order. */
function targets(block, headings, { names, others }, sheet, start, choices) {
  const marks = block[0].map((_, place) => place).filter((place) => !names.includes(place) && !others.has(place));
  const headed = new Map(marks.map((place) => [place, labelled(block.slice(0, headings), place, sheet)]));
  const byHeading = [...headed.values()].some((column) => column !== undefined);
  return marks.map((place, order) => {
    const column = byHeading ? headed.get(place) : start.column + order;
    const target = choices.targets.get(place) ?? (byHeading && column === undefined ? "" : column);
    const texts = block.slice(0, headings).map((row) => row[place]).filter(Boolean);
    return { place, target, heading: texts.join(" ") };
  });
}

function labelled(headings, place, sheet) {
  const texts = headings.map((row) => bare(row[place])).filter(Boolean);
  const alike = sheet.columns.map((_, column) => column).filter((each) => texts.includes(bare(sheet.columns[each].label)));
  return alike.length === 1 ? alike[0] : undefined;
}

function cellOf(pasted, pupil, { target }, sheet) {
  const text = clean(pasted);
  const column = sheet.columns[target];
  if (target === "") return { text, state: text ? "left-out" : "empty" };
  if (!text) return { text, state: "empty" };
  if (typeof pupil !== "number") return { text, state: "refused", code: pupil };
  if (!column) return { text, state: "refused", code: "beyond" };
  const { text: old, refusal } = sheet.at(pupil, target);
  if (isSame(text, old)) return { text, old, state: "same" };
  const code = refusal || fault(text, column.rule);
  if (code) return { text, old, state: "refused", code };
  return { text, old, state: old ? "replaces" : "new" };
}

/* One letter or accent may be another child: a person says who is meant. */
function isOtherName(name, pupil) {
  return pupil !== undefined && folded(name) !== folded(pupil);
}

function inDoubt(cell) {
  return ["new", "replaces"].includes(cell.state) ? { ...cell, state: "doubtful" } : cell;
}

function isSame(text, old) {
  const number = numberOf(text);
  return number === null ? text === old : number === numberOf(old);
}

function count(rows) {
  const counts = { all: 0, new: 0, replaces: 0, same: 0, empty: 0, "left-out": 0, doubtful: 0, refused: 0 };
  for (const { state } of rows.flatMap(({ cells }) => cells)) {
    counts[state] += 1;
    counts.all += 1;
  }
  return counts;
}

/* Pupils whom a list with names does not name. */
function missing(pupils, names, sheet) {
  return names.length ? sheet.pupils.map((_, place) => place).filter((place) => !pupils.includes(place)) : [];
}
