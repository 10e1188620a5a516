/* A comment cell while it is written: how many letters of how many, and a cell that grows with its text where the
   browser's style sheet does not see to it. Nothing is cut off: a text that is too long is refused with the reason. */

const grows = CSS.supports("field-sizing", "content");

export function watchComments(body, limit) {
  const show = ({ target }) => isComment(target) && tell(target, limit);
  body.addEventListener("focusin", show);
  // Beside the names that stay, a phone has room for just this column.
  body.addEventListener("focusin", ({ target }) => {
    if (isComment(target)) target.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  body.addEventListener("input", show);
  body.addEventListener("focusout", ({ target }) => {
    const { dataset } = target.closest("td") ?? target;
    delete dataset.length;
    delete dataset.over;
  });
}

/* One to write in: a lock that comes while the page is open makes cells read only. */
export function isComment(element) {
  return element.isConnected && element.matches("textarea.cell-input") && !element.readOnly;
}

/* Counted as the server counts. */
function lengthOf(text) {
  return [...text.normalize("NFC").trim()].length;
}

function tell(input, limit) {
  const { dataset } = input.closest("td");
  const length = lengthOf(input.value);
  if (document.activeElement === input) dataset.length = `${length} / ${limit}`;
  if (length > limit) dataset.over = "";
  else delete dataset.over;
  if (grows) return;
  input.style.blockSize = "auto";
  input.style.blockSize = `${input.scrollHeight}px`;
}
