/* Which pasted column holds what, and which pupil each pasted row is about. Nothing here touches the page. */

const HEADING = /^(stt$|tt$|so thu tu|ho (va )?(ten|dem)|ten$|d?dg[gt]|d{1,2}gk|tx ?\d|gk|ck|giua (hoc )?ky|cuoi|diem|muc|nhan xet)/;
const BIRTH_DATE = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/;

/* The places of the columns that hold no marks: `names` (one column, or surname and given name in two), and the
   others by place with what they are: number, date, before (whatever stands before the names). */
export function readColumns(rows, pupils) {
  const names = nameColumns(rows, pupils);
  const others = new Map();
  for (let place = 0; place < (rows[0]?.length ?? 0); place += 1) {
    if (names.includes(place)) continue;
    const texts = rows.map((row) => row[place]).filter(Boolean);
    const isFirst = place === 0 || place < names[0];
    if (isFirst && rows[0].length > 1 && isNumbering(texts)) others.set(place, "number");
    else if (mostly(texts, (text) => BIRTH_DATE.test(text))) others.set(place, "date");
    else if (place < names[0]) others.set(place, "before");
  }
  return { names, others };
}

/* By row: the pupil's place, or a code: unknown, ambiguous, twice, beyond. By name where there are names, else in
   order from the pupil at `first`. `chosen`: pupils that a person chose, by row. */
export function matchRows(rows, names, pupils, { first = 0, chosen = new Map() } = {}) {
  const found = rows.map((row, place) =>
    chosen.get(place) ?? (names.length ? byName(nameIn(row, names), pupils) : byOrder(place + first, pupils)),
  );
  return found.map((pupil) => (isTwice(pupil, found) ? "twice" : pupil));
}

/* How many rows at the top are headings: names of columns, never values. */
export function headingRows(rows, labels) {
  const known = new Set(labels.map(bare));
  const speaks = (text) => known.has(bare(text)) || HEADING.test(bare(text));
  const count = rows.slice(0, 3).findIndex((row) => !row.some(speaks));
  return count < 0 ? Math.min(rows.length, 3) : count;
}

export function nameIn(row, names) {
  return names.map((place) => row[place]).join(" ").trim();
}

/* Same for every way of typing a name: NFC or NFD, letter case, blanks. */
export function folded(name) {
  return name.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
}

/* Without diacritics, for lists typed without them. */
export function bare(name) {
  return folded(name).normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
}

function byOrder(place, pupils) {
  return place < pupils.length ? place : "beyond";
}

function byName(name, pupils) {
  for (const fold of [folded, bare]) {
    const alike = pupils.map((_, place) => place).filter((place) => fold(pupils[place]) === fold(name));
    if (alike.length === 1) return alike[0];
    if (alike.length > 1) return "ambiguous";
  }
  return "unknown";
}

function isTwice(pupil, found) {
  return typeof pupil === "number" && found.indexOf(pupil) !== found.lastIndexOf(pupil);
}

function nameColumns(rows, pupils) {
  const known = new Set(pupils.map(bare));
  const hits = (places) => rows.filter((row) => known.has(bare(nameIn(row, places)))).length;
  const candidates = (rows[0] ?? []).flatMap((_, place) => [[place], [place, place + 1]]);
  const best = candidates.reduce((best, places) => (hits(places) > hits(best) ? places : best), []);
  return hits(best) >= Math.max(1, rows.length / 4) ? best : strangers(rows);
}

/* A list of other children is still one of names. */
function strangers(rows) {
  if ((rows[0]?.length ?? 0) < 2) return [];
  const place = rows[0].findIndex((_, each) => mostly(rows.map((row) => row[each]).filter(Boolean), isLikeName));
  return place < 0 ? [] : [place];
}

function isLikeName(text) {
  const words = text.split(/\s+/);
  return words.length >= 2 && words.length <= 6 && words.every((word) => /^\p{Lu}\p{L}*$/u.test(word.normalize("NFC")));
}

/* 1, 2, 3 … and not three marks: from the first pupil on, or beyond what a mark can be. */
function isNumbering(texts) {
  const [first, ...rest] = texts.map((text) => (/^\d{1,3}$/.test(text) ? Number(text) : NaN));
  const counts = rest.length >= 1 && rest.every((number, place) => number === first + place + 1);
  return counts && ((first === 1 && rest.length >= 2) || first + rest.length > 10);
}

function mostly(texts, test) {
  return texts.length > 0 && texts.filter(test).length > texts.length / 2;
}
