/* The phrases for one sheet and what they are filled with for each pupil. Fetched when the picker opens; what was
   fetched before is shown meanwhile, and stays when the network is down. */

import { bare } from "./grid-match.js";

const INCLUSION = "inclusion";
const SUPPORT = "support";
const [GOOD, WEAK] = ["good", "weak"];

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

  /* What is meant for every pupil is offered whatever is asked for; what suits this pupil comes first. Words for
     pupils in inclusion are offered for them, and to who asks for them. */
  find({ words, standing, need, pupil, column }) {
    const wanted = bare(words).split(" ");
    const rank = (phrase) => this.fit(phrase, pupil, column).rank;
    return this.phrases
      .filter(
        (phrase) =>
          (!standing || !phrase.standing || phrase.standing === standing) &&
          (need ? phrase.need === need : phrase.need !== INCLUSION || this.pupils[pupil]?.inclusion) &&
          wanted.every((word) => bare(phrase.text).includes(word)),
      )
      .sort((one, other) => rank(one) - rank(other));
  }

  /* How a phrase suits a pupil: the less `rank`, the better. `why`: a key of the reason why that is not certain, ""
     when it is. Praise does not suit whom a breach of discipline is recorded of, nor a common phrase whoever learns by
     a plan of their own. */
  fit(phrase, pupil, column) {
    const { breaches = 0, inclusion = false } = this.pupils[pupil] ?? {};
    const stands = this.standing(pupil, column);
    const fits = [
      [phrase.need === INCLUSION, inclusion ? [0, ""] : [4, "inclusion"]],
      [phrase.standing && stands && phrase.standing !== stands, [4, "level"]],
      [phrase.standing === GOOD && breaches, [4, "breaches"]],
      [inclusion, [2, "plan"]],
      [phrase.need && !(phrase.need === SUPPORT && stands === WEAK), [3, "need"]],
      [!phrase.standing, [2, "any"]],
      [!stands, [3, "unknown"]],
    ];
    const [rank, why] = fits.find(([is]) => is)?.[1] ?? [1, ""];
    return { rank, why };
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
