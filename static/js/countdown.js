/* Keeps "in 2 hours" true while a page stays open; the server wrote it first, in the same words. */

const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60]];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang);

function count(place) {
  const seconds = Math.max((Date.parse(place.dataset.until) - Date.now()) / 1000, 0);
  const [unit, length] = STEPS.find(([, length]) => seconds >= 2 * length) ?? STEPS.at(-1);
  place.textContent = words.format(Math.floor(seconds / length), unit);
}

function countAll() {
  document.querySelectorAll("[data-until]").forEach(count);
}

setInterval(countAll, 30_000);
