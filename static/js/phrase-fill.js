/* One phrase into many empty comments: first as a list, each pupil with the text to be, then as one act that can be
   undone. Ticked is whom the phrase certainly suits; of the others the reason is said. Whoever has nothing for a
   placeholder is left out. */

import { write } from "./grid-changes.js";
import { focusCell } from "./grid-sheet.js";

export class PhraseFill {
  constructor(dialog, onDone) {
    this.dialog = dialog;
    this.list = dialog.querySelector("ul");
    this.apply = dialog.querySelector("[value=apply]");
    this.list.addEventListener("change", () => this.count());
    dialog.querySelector("[data-act=all]").addEventListener("click", () => this.tickAll());
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "apply") return;
      onDone();
      this.write();
    });
  }

  /* `lines`: [{input, name, text, gap, why}]; the reasons in words, "" where there is none. */
  show(lines) {
    this.lines = lines;
    this.list.replaceChildren(...lines.map(lineOf));
    this.dialog.returnValue = "";
    this.count();
    this.dialog.showModal();
  }

  tickAll() {
    for (const box of this.list.querySelectorAll("input:not(:disabled)")) box.checked = true;
    this.count();
  }

  get ticked() {
    const boxes = [...this.list.querySelectorAll("input")];
    return this.lines.filter((_, place) => boxes[place].checked);
  }

  count() {
    const count = this.ticked.length;
    this.apply.textContent = this.apply.dataset.words.replace("{count}", count);
    this.apply.disabled = !count;
  }

  write() {
    const lines = this.ticked;
    write(lines);
    focusCell(lines[0].input.closest("td"));
  }
}

function lineOf({ name, text, gap, why }) {
  const box = Object.assign(document.createElement("input"), { type: "checkbox" });
  box.checked = !gap && !why;
  box.disabled = Boolean(gap);
  const strong = Object.assign(document.createElement("strong"), { textContent: name });
  const label = document.createElement("label");
  label.append(box, strong, " ", gap || text);
  if (why && !gap) label.append(Object.assign(document.createElement("small"), { textContent: why }));
  const line = document.createElement("li");
  line.append(label);
  return line;
}
