/* What was typed and is not in the book yet, kept in this browser for one person and one sheet: it survives a
   reload, a lost session and a closed laptop. */

export class Drafts {
  constructor(key) {
    this.key = key;
    this.texts = new Map(Object.entries(JSON.parse(localStorage.getItem(key) ?? "{}")));
  }

  set(cell, text) {
    this.texts.set(cell, text);
    this.keep();
  }

  /* Only what the server has answered for may go; typed over since, it stays. */
  settle(cell, text) {
    if (this.texts.get(cell) === text) this.texts.delete(cell);
    this.keep();
  }

  keep() {
    if (this.texts.size) localStorage.setItem(this.key, JSON.stringify(Object.fromEntries(this.texts)));
    else localStorage.removeItem(this.key);
  }
}
