/* Moving from cell to cell with the keys, and drawing the range with Shift. */

import { cellAt, columns, focusCell, isReachable, placeOf, rowCount } from "./grid-sheet.js";
import { extendTo, rangeEnd } from "./grid-select.js";

const PAGE = 10;
const STEPS = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [PAGE, 0],
  PageUp: [-PAGE, 0],
};

export function keyName({ ctrlKey, metaKey, key }) {
  return `${ctrlKey || metaKey ? "Ctrl+" : ""}${key.length === 1 ? key.toLowerCase() : key}`;
}

/* Whether the key is used up. `isEnd`: where Home, End and the like may stop. */
export function move(name, { shiftKey, altKey, target }, isEnd) {
  if (altKey) return false;
  const place = shiftKey ? rangeEnd() : placeOf(target);
  const wanted = shiftKey ? extended(name, place) : moved(name, place, isEnd);
  if (!wanted) return name in STEPS;
  if (shiftKey) extendTo(wanted);
  else focusCell(wanted);
  return true;
}

function extended(name, { row, column }) {
  const [down, across] = STEPS[name.replace("Ctrl+", "")] ?? [0, 0];
  const far = name.startsWith("Ctrl+") ? Math.max(rowCount(), columns.length) : 1;
  if (down || across) return { row: row + down * far, column: column + across * far };
  const edges = { Home: 0, End: columns.length - 1, "Ctrl+Home": 0, "Ctrl+End": columns.length - 1 };
  if (!(name in edges)) return null;
  const rows = { "Ctrl+Home": 0, "Ctrl+End": rowCount() - 1 };
  return { row: rows[name] ?? row, column: edges[name] };
}

function moved(name, { row, column }, isEnd) {
  if (name in STEPS) return walk({ row, column }, STEPS[name]);
  const last = { row: rowCount() - 1, column: columns.length - 1 };
  const ends = {
    Home: [{ row, column: -1 }, [0, 1]],
    End: [{ row, column: columns.length }, [0, -1]],
    "Ctrl+Home": [{ row: 0, column: -1 }, [0, 1]],
    "Ctrl+End": [{ row: last.row, column: columns.length }, [0, -1]],
    "Ctrl+ArrowDown": [{ row: rowCount(), column }, [-1, 0]],
    "Ctrl+ArrowUp": [{ row: -1, column }, [1, 0]],
    "Ctrl+ArrowRight": [{ row, column: columns.length }, [0, -1]],
    "Ctrl+ArrowLeft": [{ row, column: -1 }, [0, 1]],
  };
  return name in ends ? walk(...ends[name], isEnd) : null;
}

/* The next cell in that direction that satisfies `wanted`; a page's step ends at the edge of the sheet. */
export function walk({ row, column }, [down, across], wanted = isReachable) {
  const far = Math.abs(down) === PAGE;
  let place = { row: row + down, column: column + across };
  if (far) place = { row: Math.min(Math.max(place.row, 0), rowCount() - 1), column };
  const back = far ? [-Math.sign(down), 0] : [down, across];
  for (let cell; (cell = cellAt(place.row, place.column)); ) {
    if (wanted(cell)) return cell;
    place = { row: place.row + back[0], column: place.column + back[1] };
  }
  return null;
}
