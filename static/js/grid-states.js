/* What a cell and the bar above the grid say about saving. */

const status = document.getElementById("grid-status");
const next = document.getElementById("grid-next");
const PROBLEMS = '[data-state="refused"] .cell-input, [data-state="conflict"] .cell-input';

export function mark(input, state, text = "", request = "") {
  const cell = input.closest("td");
  cell.querySelector(".cell-problem")?.remove();
  input.removeAttribute("aria-invalid");
  input.removeAttribute("aria-describedby");
  if (state) cell.dataset.state = state;
  else delete cell.dataset.state;
  if (!text) return;
  const note = document.createElement("span");
  note.className = "cell-problem";
  note.id = `e${input.name.split("-").slice(1, 3).join("-")}`;
  note.textContent = text;
  if (request) note.append(" ", requestLink(request));
  cell.append(note);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", note.id);
}

/* A cell of a book that was locked after this page was opened: the way on is a correction. */
function requestLink(address) {
  const link = document.createElement("a");
  link.className = "button button-small";
  link.href = address;
  link.textContent = status.dataset.request;
  return link;
}

export function showState(body, state) {
  const time = new Date().toLocaleTimeString("vi", { hour: "2-digit", minute: "2-digit" });
  const problems = body.querySelectorAll(PROBLEMS);
  const shown = state === "saved" && problems.length ? "refused" : state;
  const kinds = { saving: "waiting", expired: "offline" };
  status.className = `status status-${kinds[shown] ?? shown}`;
  status.textContent = shown === "saved" ? `${status.dataset.saved} ${time}` : status.dataset[shown];
  next.hidden = !problems.length;
  next.querySelector(".count").textContent = problems.length;
  next.onclick = () => problems[0].focus();
}
