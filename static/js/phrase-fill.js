/* One phrase into many empty comments: first as a list, each pupil with the text to be, then as one act that can be
   undone. Whoever has nothing for a placeholder is listed with the reason and left out. */

import { write } from "./grid-changes.js";
import { focusCell } from "./grid-sheet.js";

export class PhraseFill {
  constructor(dialog, onDone) {
    this.dialog = dialog;
    this.list = dialog.querySelector("ul");
    this.apply = dialog.querySelector("[value=apply]");
    this.list.addEventListener("change", () => this.count());
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "apply") return;
      onDone();
      this.write();
    });
  }

  /* `lines`: [{input, name, text, gap}]. */
  show(lines, gapWords) {
    this.lines = lines;
    this.list.replaceChildren(...lines.map((line) => lineOf(line, gapWords)));
    this.dialog.returnValue = "";
    this.count();
    this.dialog.showModal();
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

function lineOf({ name, text, gap }, gapWords) {
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: !gap, disabled: Boolean(gap) });
  const strong = Object.assign(document.createElement("strong"), { textContent: name });
  const label = document.createElement("label");
  label.append(box, strong, " ", gap ? `${gapWords} ${gap}` : text);
  const line = document.createElement("li");
  line.append(label);
  return line;
}
