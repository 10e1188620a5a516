/* What the clipboard holds as rows of texts: a table of Excel, Sheets or Word, or lines with tabs. */

const FIELD = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y;

/* `html` and `plain` as the clipboard gives them. Empty rows and columns at the edges are dropped. */
export function blockOf(html, plain) {
  return trimmed(tableOf(html) ?? linesOf(plain));
}

export function hasTable(html) {
  return /<t[rd]\b/i.test(html);
}

/* Excel reads it back: quotes where a text holds a tab, a quote or a new line. */
export function tabbed(rows) {
  const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(quoted).join("\t")).join("\n");
}

export function linesOf(plain) {
  const text = plain.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  for (FIELD.lastIndex = 0; ; FIELD.lastIndex += 1) {
    const [, quoted, bare] = FIELD.exec(text);
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? bare).trim());
    if (FIELD.lastIndex >= text.length) return rows;
    if (text[FIELD.lastIndex] === "\n") rows.push([]);
  }
}

function tableOf(html) {
  if (!hasTable(html)) return null;
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return null;
  const rows = [...table.rows].map(() => []);
  [...table.rows].forEach((row, down) => {
    let across = 0;
    for (const cell of row.cells) {
      while (rows[down][across] !== undefined) across += 1;
      spread(rows, down, across, cell);
      across += cell.colSpan;
    }
  });
  return rows.map((row) => Array.from(row, (text) => text ?? ""));
}

/* A merged cell says its text once; the places it covers are empty. */
function spread(rows, down, across, cell) {
  for (let row = down; row < Math.min(down + (cell.rowSpan || 1), rows.length); row += 1) {
    for (let place = across; place < across + cell.colSpan; place += 1) rows[row][place] ??= "";
  }
  rows[down][across] = textOf(cell);
}

function textOf(cell) {
  for (const pause of cell.querySelectorAll("br")) pause.replaceWith("\n");
  return cell.textContent.replace(/[ \t\r\n\u00a0]*\n[ \t\r\n\u00a0]*/g, "\n").replace(/[ \t\u00a0]+/g, " ").trim();
}

function trimmed(rows) {
  const isFull = (row) => row.some(Boolean);
  const last = rows.findLastIndex(isFull);
  const width = Math.max(0, ...rows.map((row) => row.findLastIndex(Boolean) + 1));
  return rows.slice(0, last + 1).map((row) => Array.from({ length: width }, (_, place) => row[place] ?? ""));
}
