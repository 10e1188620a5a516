/* What was typed and is not in the book yet, kept in this browser for one person and one sheet: it survives a
   reload, a lost session and a closed laptop. Each text keeps the name its cell had, and with it the version it was
   typed over: sent later, it does not overwrite what somebody else has written since. */

export class Drafts {
  constructor(key) {
    this.prefix = `${key}:`;
    this.isKept = true;
    this.texts = new Map(this.stored());
  }

  set(cell, text, name) {
    this.texts.set(cell, { text, name });
    this.keep(cell);
  }

  /* Typed over while the save was under way: from now on it is typed over what was saved. */
  rename(cell, name) {
    if (this.texts.has(cell)) this.set(cell, this.texts.get(cell).text, name);
  }

  /* Only what the server has answered for may go; typed over since, it stays. */
  settle(cell, text) {
    if (this.texts.get(cell)?.text === text) this.drop(cell);
  }

  drop(cell) {
    this.texts.delete(cell);
    this.keep(cell);
  }

  /* One entry a cell, so that two tabs with the same sheet do not write over each other's. */
  keep(cell) {
    try {
      if (this.texts.has(cell)) localStorage.setItem(this.prefix + cell, JSON.stringify(this.texts.get(cell)));
      else localStorage.removeItem(this.prefix + cell);
    } catch {
      this.isKept = false; // full, or forbidden in this browser
    }
  }

  stored() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(this.prefix))
        .map((key) => [key.slice(this.prefix.length), JSON.parse(localStorage.getItem(key))]);
    } catch {
      this.isKept = false;
      return [];
    }
  }
}
