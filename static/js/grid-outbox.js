/* Changed cells on their way to the server: in order, batched while one request is under way, sent again until
   answered. Forgets nothing: what was typed stays in the drafts until then. */

const RETRY_MILLISECONDS = 5000;

export class Outbox {
  constructor(form, { onState, onAnswer }) {
    this.form = form;
    this.onState = onState;
    this.onAnswer = onAnswer;
    this.waiting = new Map();
    this.busy = false;
    window.addEventListener("online", () => this.send());
  }

  put(cell, input) {
    this.waiting.set(cell, input);
    this.send();
  }

  async send() {
    if (this.busy || !this.waiting.size) return;
    this.busy = true;
    this.onState("saving");
    const batch = new Map(this.waiting);
    this.waiting.clear();
    const sent = new Map([...batch].map(([cell, input]) => [cell, input.value]));
    const { answer, state } = await this.post(batch);
    this.busy = false;
    if (!answer) return this.putBack(batch, state);
    this.onAnswer(answer, sent);
    if (this.waiting.size) return this.send();
    this.onState("saved");
  }

  async post(batch) {
    const data = new URLSearchParams();
    data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    for (const input of batch.values()) data.set(input.name, input.value);
    try {
      // keepalive: a page that is closed just now still sends what was typed last.
      const response = await fetch(this.form.action, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        redirect: "error",
        keepalive: true,
      });
      if (response.ok) return { answer: await response.json() };
      return { state: [401, 403].includes(response.status) ? await this.renew() : "offline" };
    } catch {
      return { state: "offline" };
    }
  }

  /* Signed out and in again in another tab: the token of this page is stale, the one of a fresh page is not. */
  async renew() {
    const response = await fetch(window.location.href);
    if (response.redirected) return "expired";
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("#grid [name=csrfmiddlewaretoken]");
    if (!fresh) return "expired";
    for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = fresh.value;
    return "saving";
  }

  putBack(batch, state) {
    for (const [cell, input] of batch) if (!this.waiting.has(cell)) this.waiting.set(cell, input);
    this.onState(state);
    setTimeout(() => this.send(), state === "saving" ? 0 : RETRY_MILLISECONDS);
  }
}
