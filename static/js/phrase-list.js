/* The list of the phrase picker: options with one of them active, as in a combobox. */

export class PhraseList {
  constructor(list, search, onChoice) {
    this.list = list;
    this.search = search;
    this.options = [];
    this.active = -1;
    list.addEventListener("click", ({ target }) => {
      const place = [...list.children].indexOf(target.closest("li"));
      if (place < 0) return;
      this.activate(place);
      onChoice();
    });
  }

  /* `options`: [{id, text, note, isRefused}]. The active one stays active when it is still there. */
  show(options) {
    const last = this.options[this.active]?.id;
    this.options = options;
    this.list.replaceChildren(...options.map(optionOf));
    this.active = -1;
    this.activate(Math.max(options.findIndex(({ id }) => id === last), 0));
  }

  activate(place) {
    if (!this.options[place]) return this.search.removeAttribute("aria-activedescendant");
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.list.children[place];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.search.setAttribute("aria-activedescendant", option.id);
  }

  step(by) {
    const count = this.options.length;
    if (count) this.activate((this.active + by + count) % count);
  }

  get chosen() {
    return this.options[this.active] ?? null;
  }
}

function optionOf({ id, text, note, isRefused }) {
  const option = document.createElement("li");
  option.id = `phrase-${id}`;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  if (isRefused) option.setAttribute("aria-disabled", "true");
  option.append(text);
  if (note) {
    const small = document.createElement("small");
    small.textContent = note;
    option.append(small);
  }
  return option;
}
