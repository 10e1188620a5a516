/* Whether a text can stand in a column, by the column's rule as the server sent it. The server reads it again and
   is the judge; this only says so at once, with the server's own codes. */

const NUMBER = /^-?[0-9]+(?:[.,][0-9]+)?$/;
const AWAITING = "v";
const ABSENT = "0v";

/* The code of the reason, or "" when the text may stand there. */
export function fault(typed, rule) {
  const text = clean(typed);
  if (!text || !rule) return "";
  if (rule.form === "comment") return [...text].length > rule.maximum ? "too-long" : "";
  if (rule.absence && [AWAITING, ABSENT].includes(text.toLowerCase())) return "";
  if (rule.form === "count") return /^[0-9]+$/.test(text) && Number(text) <= rule.maximum ? "" : rule.code;
  if (rule.form === "level") return rule.levels.map(folded).includes(folded(text)) ? "" : rule.code;
  return scoreFault(text, rule);
}

/* The number that a text means, or null. */
export function numberOf(text) {
  const typed = clean(text);
  return NUMBER.test(typed) ? Number(typed.replace(",", ".")) : null;
}

export function clean(text) {
  return text.normalize("NFC").replaceAll("\u00a0", " ").trim();
}

function scoreFault(text, rule) {
  const score = numberOf(text);
  if (score === null) return "not-a-number";
  const decimals = (text.split(/[.,]/)[1] ?? "").replace(/0+$/, "");
  if (decimals.length > 1) return "too-many-decimals";
  if (text.startsWith("-") || score > rule.maximum) return "out-of-range";
  if (rule.whole && decimals) return "whole-number";
  return score === 0 && !rule.zero ? "no-zero" : "";
}

function folded(text) {
  return text.toLowerCase().replaceAll("đ", "d").split(/\s+/).join(" ");
}
