/* Changed cells on their way to the server: in order, batched while one request is under way, sent again until
   answered. Forgets nothing: what was typed stays in the drafts until then. */

import { renewTokens, whoIsThere } from "./session.js";

const RETRY_SECONDS = [5, 10, 20, 40, 60];
const PATIENCE_MILLISECONDS = 30_000;
const KEEPALIVE_BYTES = 60_000; // browsers refuse more than 64 KiB in such a request

export class Outbox {
  constructor(form, { onState, onAnswer }) {
    this.form = form;
    this.onState = onState;
    this.onAnswer = onAnswer;
    this.waiting = new Map();
    this.lost = new Map(); // what was sent and never answered: it may be in the book
    this.busy = false;
    this.tries = 0;
    this.wasRenewed = false;
    for (const sign of ["online", "focus"]) window.addEventListener(sign, () => this.send());
  }

  put(cell, input) {
    this.waiting.set(cell, input);
    this.send();
  }

  async send() {
    if (this.busy || !this.waiting.size) return;
    clearTimeout(this.timer);
    this.busy = true;
    this.onState("saving");
    const batch = new Map(this.waiting);
    this.waiting.clear();
    const sent = new Map([...batch].map(([cell, input]) => [cell, input.value]));
    const { answer, state, ...facts } = await this.post(batch);
    if (answer) this.onAnswer(answer, sent);
    this.busy = false;
    if (!answer) return this.putBack(batch, sent, state, facts);
    this.tries = 0;
    for (const cell of sent.keys()) this.lost.delete(cell);
    if (this.waiting.size) return this.send();
    this.onState("saved");
  }

  async post(batch) {
    const data = new URLSearchParams();
    data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    data.set("person", this.form.dataset.person);
    for (const input of batch.values()) data.set(input.name, input.value);
    try {
      const response = await fetch(this.form.action, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        redirect: "error",
        // A page that is closed just now still sends what was typed last.
        keepalive: data.toString().length < KEEPALIVE_BYTES,
        signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      });
      if (response.ok) return { answer: await response.json() };
      return await this.whyNot(response);
    } catch {
      return { state: "offline" };
    }
  }

  /* Signed out; somebody else signed in; something the portal asks first; signed out and in again, which makes this
     page's token stale; or no leave any more. */
  async whyNot(response) {
    if (response.status === 401) return { state: "expired" };
    if (response.status === 404) return { state: "gone" };
    if (![403, 409].includes(response.status)) return { state: "failing" };
    const page = response.headers.get("X-First");
    if (page) return { state: "first", page };
    const there = await whoIsThere();
    if (there.person === null) return { state: "expired" };
    if (String(there.person) !== this.form.dataset.person) return { state: "another", name: there.name };
    if (this.wasRenewed) return { state: "gone" };
    this.wasRenewed = true;
    renewTokens(there.token);
    return { state: "saving" };
  }

  putBack(batch, sent, state, facts) {
    for (const [cell, text] of sent) this.lost.set(cell, text);
    for (const [cell, input] of batch) if (!this.waiting.has(cell)) this.waiting.set(cell, input);
    if (state !== "saving") this.wasRenewed = false;
    this.onState(state, facts);
    if (state === "gone") return this.waiting.clear();
    const seconds = RETRY_SECONDS[Math.min(this.tries++, RETRY_SECONDS.length - 1)];
    this.timer = setTimeout(() => this.send(), state === "saving" ? 0 : seconds * 1000);
  }
}
