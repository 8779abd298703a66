// Parallel coordinates of a sweep's table, which stays the accessible form of the same.
const SVG = "http://www.w3.org/2000/svg";
const [LEAST_WIDTH, HEIGHT, TOP, BOTTOM, LEFT, RIGHT] = [300, 280, 30, 250, 8, 56];

const make = (name, attributes, text) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
};

function axisOf(values) {
  const numbers = values.map(Number);
  const isNumeric = values.every((value, i) => value !== "" && !Number.isNaN(numbers[i]));
  const all = isNumeric ? [...new Set(numbers)].sort((a, b) => a - b) : [...new Set(values)].sort();
  const log = isNumeric && all[0] > 0 && all.at(-1) / all[0] >= 100;
  const place = (value) => {
    if (!isNumeric) return all.length < 2 ? 0.5 : all.indexOf(value) / (all.length - 1);
    const [low, high, x] = [all[0], all.at(-1), Number(value)].map((n) => (log ? Math.log(n) : n));
    return high === low ? 0.5 : (x - low) / (high - low);
  };
  return { place, low: String(all[0]), high: String(all.at(-1)) };
}

export default function parallel(figure) {
  const table = document.getElementById(figure.dataset.from);
  const heads = [...table.tHead.rows[0].cells];
  const columns = heads.flatMap((head, i) => ("axis" in head.dataset ? [i] : []));
  const trained = [...table.tBodies[0].rows].filter((row) => row.cells[columns.at(-1)].dataset.value !== "");
  const rows = trained.map((row) => columns.map((i) => row.cells[i].dataset.value ?? row.cells[i].textContent.trim()));
  if (rows.length < 2) return;
  const width = Math.max(LEAST_WIDTH, figure.clientWidth);
  const axes = columns.map((_, k) => axisOf(rows.map((row) => row[k])));
  const x = (k) => LEFT + (k * (width - LEFT - RIGHT)) / Math.max(1, columns.length - 1);
  const y = (share) => BOTTOM - share * (BOTTOM - TOP);
  const picture = make("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, "aria-hidden": "true" });
  rows.forEach((row, index) => {
    const points = row.map((value, k) => `${x(k)},${y(axes[k].place(value))}`);
    const good = axes.at(-1).place(row.at(-1));
    const line = make("path", { d: `M${points.join("L")}`, "stroke-opacity": 0.15 + 0.75 * good });
    line.append(make("title", {}, `trial ${trained[index].cells[0].textContent}`));
    picture.append(line);
  });
  columns.forEach((column, k) => {
    const isLast = k === columns.length - 1;
    picture.append(
      make("line", { class: "axis", x1: x(k), x2: x(k), y1: TOP, y2: BOTTOM }),
      make("text", { x: isLast ? width : x(k), y: 14, "text-anchor": isLast ? "end" : "start" }, heads[column].textContent),
      make("text", { x: x(k) + 6, y: TOP + 4 }, axes[k].high.slice(0, 10)),
      make("text", { x: x(k) + 6, y: BOTTOM + 4 }, axes[k].low.slice(0, 10)),
    );
  });
  figure.prepend(picture);
}
