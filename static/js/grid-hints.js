/* A mark far from the pupil's others is worth a second look; it may well be right. Nothing here touches the page. */

const FAR = 3;
const ENOUGH = 2;

/* Whether the number stands as far as that from the middle of at least two others. */
export function isFar(number, others) {
  if (number === null || others.length < ENOUGH) return false;
  const sorted = [...others].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  return Math.abs(number - median) >= FAR;
}
