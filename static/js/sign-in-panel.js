/* The portal's own sign-in pages in a panel over the page, second factor included: what is typed on the page stays. */

import { renewTokens } from "./session.js";

export class SignInPanel {
  constructor(panel, onDone) {
    this.panel = panel;
    this.place = panel.querySelector(".panel-body");
    this.problem = panel.querySelector(".message");
    this.onDone = onDone;
    this.place.addEventListener("submit", (event) => this.submit(event));
    this.place.addEventListener("click", (event) => this.startAgain(event));
  }

  open() {
    this.panel.showModal();
    return this.load(this.panel.dataset.address);
  }

  submit(event) {
    event.preventDefault();
    const data = new URLSearchParams(new FormData(event.target));
    return this.load(event.target.action, { method: "POST", body: data });
  }

  startAgain(event) {
    if (!event.target.closest("a")) return;
    event.preventDefault();
    this.load(this.panel.dataset.address);
  }

  /* Whoever has signed in is led to the address that says who is there; until then it is a page with a form. */
  async load(address, options = {}) {
    try {
      const response = await fetch(address, options);
      this.problem.hidden = true;
      if (response.headers.get("Content-Type")?.startsWith("application/json")) this.done(await response.json());
      else this.show(new DOMParser().parseFromString(await response.text(), "text/html"), response.url);
    } catch {
      this.problem.hidden = false;
    }
  }

  show(page, address) {
    const form = page.querySelector("main form.form");
    form.action = address;
    this.place.replaceChildren(document.importNode(form, true));
    const [first, second] = this.place.querySelectorAll("input:not([type=hidden])");
    if (second && !first.value) first.value = this.panel.dataset.username;
    (second ?? first).focus();
  }

  done(there) {
    renewTokens(there.token);
    this.place.replaceChildren();
    this.panel.close();
    this.onDone();
  }
}
