/* Changed cells on their way to the server: in order, batched while one request is under way, kept until
   answered. */

const RETRY_MILLISECONDS = 5000;

export class Outbox {
  constructor(form, { onState, onAnswer }) {
    this.form = form;
    this.onState = onState;
    this.onAnswer = onAnswer;
    this.waiting = new Map();
    this.busy = false;
    this.key = `grid:${document.documentElement.dataset.person ?? ""}:${form.getAttribute("action")}`;
    window.addEventListener("online", () => this.send());
  }

  put(cell, input) {
    this.waiting.set(cell, input);
    this.keep();
    this.send();
  }

  async send() {
    if (this.busy || !this.waiting.size) return;
    this.busy = true;
    this.onState("saving");
    const batch = new Map(this.waiting);
    this.waiting.clear();
    const sent = new Map([...batch].map(([cell, input]) => [cell, input.value]));
    const answer = await this.post(batch);
    this.busy = false;
    if (!answer) return this.putBack(batch);
    this.onAnswer(answer, sent);
    this.keep();
    if (this.waiting.size) return this.send();
    this.onState("saved");
  }

  async post(batch) {
    const data = new URLSearchParams();
    data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    for (const input of batch.values()) data.set(input.name, input.value);
    try {
      const response = await fetch(this.form.action, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  putBack(batch) {
    for (const [cell, input] of batch) if (!this.waiting.has(cell)) this.waiting.set(cell, input);
    this.keep();
    this.onState("offline");
    setTimeout(() => this.send(), RETRY_MILLISECONDS);
  }

  keep() {
    const texts = Object.fromEntries([...this.waiting].map(([cell, input]) => [cell, input.value]));
    if (this.waiting.size) localStorage.setItem(this.key, JSON.stringify(texts));
    else this.forget();
  }

  forget() {
    localStorage.removeItem(this.key);
  }

  restore(place) {
    const texts = JSON.parse(localStorage.getItem(this.key) ?? "{}");
    for (const [cell, text] of Object.entries(texts)) {
      const input = place(cell, text);
      if (input) this.put(cell, input);
    }
    if (!this.waiting.size) this.forget();
  }
}
