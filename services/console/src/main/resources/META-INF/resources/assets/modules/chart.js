// A line chart in the page's own colours.
import uPlot from "/webjars/uplot/1.6.30/dist/uPlot.esm.js";

const HEIGHT = 220;
const COLOURS = ["--accent", "--wait", "--good", "--bad"];
const MORE = ["#8a4fa8", "#1a7f86", "--soft", "#b0578d"];

const colour = (name) =>
  name.startsWith("--") ? getComputedStyle(document.documentElement).getPropertyValue(name).trim() : name;

/** data: [x, y1, y2, …] with null for what isn't there; names: one a line. */
export default function chart(box, title, names, format) {
  const figure = document.createElement("figure");
  figure.className = "chart";
  const caption = document.createElement("figcaption");
  caption.textContent = title;
  const key = document.createElement("p");
  key.className = "key";
  const values = names.map((name, index) => {
    const entry = document.createElement("span");
    const line = document.createElement("i");
    line.className = `k${index}`;
    const value = document.createElement("b");
    entry.append(line, `${name} `, value);
    key.append(entry);
    return value;
  });
  const plot = document.createElement("div");
  plot.role = "img";
  figure.append(caption, key, plot);
  box.append(figure);

  const soft = () => colour("--soft");
  const axis = { stroke: soft, grid: { stroke: () => colour("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui", size: 52 };
  const colours = [...COLOURS, ...MORE];
  const drawn = new uPlot(
    {
      width: figure.clientWidth || 400,
      height: HEIGHT,
      scales: { x: { time: false } },
      axes: [{ ...axis, size: 28, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }, { ...axis, values: (_, ticks) => ticks.map(format) }],
      series: [{}, ...names.map((_, index) => ({ stroke: () => colour(colours[index]), width: 2, spanGaps: true, points: { size: 5 } }))],
      cursor: { points: { size: 7 }, drag: { x: false, y: false } },
    },
    [[], ...names.map(() => [])],
    plot,
  );
  new ResizeObserver(() => drawn.setSize({ width: figure.clientWidth, height: HEIGHT })).observe(figure);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawn.redraw(false));

  return (data) => {
    drawn.setData(data);
    const last = data.slice(1).map((line) => line.findLast((value) => value != null));
    values.forEach((value, index) => (value.textContent = last[index] == null ? "" : format(last[index])));
    plot.setAttribute("aria-label", `${title}: ${names.map((name, i) => `${name} ${last[i] == null ? "none" : format(last[i])}`).join(", ")} after epoch ${data[0].at(-1) ?? 0}`);
  };
}
