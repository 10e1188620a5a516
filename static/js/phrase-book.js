/* The phrases for one sheet and what they are filled with for each pupil. Fetched when the picker opens; what was
   fetched before is shown meanwhile, and stays when the network is down. */

import { bare } from "./grid-match.js";

export class PhraseBook {
  constructor(url) {
    this.url = url;
    this.phrases = [];
    this.pupils = {};
    this.isFetched = false;
  }

  /* Whether what is shown now comes from this moment. */
  async refresh() {
    try {
      const response = await fetch(this.url, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!response.ok) return false;
      Object.assign(this, await response.json(), { isFetched: true });
      return true;
    } catch {
      return false;
    }
  }

  standing(pupil, column) {
    return this.pupils[pupil]?.standings[column] ?? "";
  }

  /* What is meant for every pupil is offered whatever is asked for. */
  find({ words, standing, need }) {
    const wanted = bare(words).split(" ");
    return this.phrases.filter(
      (phrase) =>
        (!standing || !phrase.standing || phrase.standing === standing) &&
        (!need || phrase.need === need) &&
        wanted.every((word) => bare(phrase.text).includes(word)),
    );
  }

  /* The text for this pupil, and the first placeholder there is nothing for yet. */
  resolve(phrase, pupil) {
    const values = this.pupils[pupil]?.values ?? {};
    let gap = "";
    const text = phrase.text.replace(/\{([^{}]*)\}/g, (braced, name) => {
      if (!values[name]) gap ||= name;
      return values[name] || braced;
    });
    return { text, gap };
  }
}
