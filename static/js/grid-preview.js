/* The plan of a paste as a page: counts, the table, what cannot be applied with its reason. */

const ICONS = {
  new: "",
  replaces: "status-waiting",
  same: "",
  doubtful: "status-conflict",
  refused: "status-refused",
  "left-out": "",
};

export function showPlan(dialog, plan, sheet, say) {
  const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
  part("counts").replaceChildren(...counts(plan, say));
  part("notes").replaceChildren(...[...others(plan, say), ...notes(plan, sheet, say)].map((text) => made("li", {}, text)));
  part("table").replaceChildren(head(plan, sheet, say), made("tbody", {}, ...plan.rows.map((row) => line(row, plan, sheet, say))));
  const count = plan.counts.new + plan.counts.replaces;
  part("apply").textContent = say.words("apply", { count });
  part("apply").disabled = !count;
}

function counts({ counts }, { words }) {
  return Object.keys(ICONS)
    .filter((state) => counts[state])
    .map((state) => made("li", { className: `status ${ICONS[state]}` }, words(`count-${state}`, { count: counts[state] })))
    .concat(made("li", {}, words("count-all", { all: counts.all, empty: counts.empty })));
}

/* Names spelt otherwise than on the roll come first: whether they are meant is for a person to say. */
function others({ rows }, { words }) {
  const found = rows.filter(({ isOther }) => isOther);
  if (!found.length) return [];
  const isTaken = found.every((row) => row.isTaken);
  return [tick("all", "", isTaken, words("take-all", { count: found.length }))];
}

function tick(kind, place, checked, text) {
  const box = made("input", { type: "checkbox", checked });
  Object.assign(box.dataset, { kind, place });
  return made("label", { className: "tick" }, box, " ", made("span", {}, text));
}

/* Everything that is left out besides single cells: nothing vanishes silently. */
function notes({ headings, others, rows, names, missing }, sheet, { words }) {
  const said = [];
  if (names.length) said.push(words("matched-by-name"));
  else said.push(words("matched-by-order", { pupil: sheet.pupils[rows[0]?.pupil] ?? "–" }));
  if (headings) said.push(words("headings-left-out", { count: headings }));
  for (const [place, kind] of others) said.push(words(`column-${kind}`, { column: place + 1 }));
  const strange = rows.filter(({ pupil }) => typeof pupil !== "number");
  if (strange.length) said.push(words("rows-left-out", { count: strange.length }));
  if (missing.length) said.push(words("missing", { names: missing.map((place) => sheet.pupils[place]).join(", ") }));
  return said;
}

function head({ columns, names }, sheet, { words }) {
  const titles = [words("pasted-name"), words("pupil")].slice(names.length ? 0 : 1);
  const cells = columns.map(({ place, target, heading }) => {
    const select = made("select", { ariaLabel: words("column-for", { column: heading || place + 1 }) });
    Object.assign(select.dataset, { kind: "target", place });
    select.append(made("option", { value: "" }, words("leave-out")));
    sheet.columns.forEach(({ label, period }, each) =>
      select.append(made("option", { value: each, selected: each === target }, `${label} · ${period}`)),
    );
    if (target !== "" && !sheet.columns[target]) {
      select.append(made("option", { value: target, selected: true }, words("beyond-column")));
    }
    return made("th", { scope: "col" }, ...(heading ? [heading, made("br")] : []), select);
  });
  return made("thead", {}, made("tr", {}, ...titles.map((text) => made("th", { scope: "col" }, text)), ...cells));
}

function line({ place, name, pupil, isOther, isTaken, cells }, { names, missing }, sheet, say) {
  const isKnown = typeof pupil === "number";
  const first = names.length ? [made("td", { className: "pasted-name" }, name)] : [];
  const who = isKnown ? sheet.pupils[pupil] : say.reason(pupil);
  const cell = made("th", { scope: "row", className: isKnown ? "" : "paste-refused" }, who);
  if (isOther) cell.classList.add("paste-other-name");
  if (isOther) cell.append(tick("taken", place, isTaken, say.words("other-name", { name })));
  if (["unknown", "ambiguous"].includes(pupil)) cell.append(chooser(place, name, missing, sheet, say));
  return made("tr", {}, ...first, cell, ...cells.map((each) => shown(each, say)));
}

function chooser(place, name, missing, sheet, { words }) {
  const select = made("select", { ariaLabel: words("choose-pupil", { name }) });
  Object.assign(select.dataset, { kind: "pupil", place });
  select.append(made("option", { value: "" }, words("choose")));
  for (const each of missing) select.append(made("option", { value: each }, sheet.pupils[each]));
  return select;
}

function shown({ text, old, state, code }, say) {
  const cell = made("td", { className: `paste-${state}` });
  if (old && state !== "same") cell.append(made("del", {}, old), " ");
  cell.append(state === "replaces" ? made("ins", {}, text) : text);
  if (code && code !== "unknown") cell.append(made("small", {}, say.reason(code)));
  return cell;
}

function made(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
