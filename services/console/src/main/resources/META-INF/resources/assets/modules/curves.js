// A run's curves, or those of several runs: from training's CSV, and live from the topics' epochs.
import chart from "./chart.js";
import live from "./live.js";

const percent = (value) => `${(value * 100).toFixed(1)} %`;
const fixed = (value) => value.toPrecision(3);
const short = (value) => (value >= 1000 ? `${(value / 1000).toFixed(1)}k` : value >= 1e-4 || value === 0 ? String(+value.toPrecision(3)) : value.toExponential(1));

const CHARTS = [
  { title: "Loss", columns: { training: "train_loss", validation: "validation_loss", test: "test_loss" }, format: fixed },
  { title: "Accuracy", columns: { training: "train_accuracy", validation: "validation_accuracy", test: "test_accuracy" }, format: percent },
  { title: "Learning rate", columns: { "learning rate": "learning_rate" }, format: short },
  { title: "Images a second", columns: { speed: "images_per_second" }, format: short },
];

const compared = (column) => column.startsWith("validation") || !/^(train|test)/.test(column);

async function table(run) {
  try {
    const answer = await fetch(`/of/training/runs/${encodeURIComponent(run)}/curves.csv`);
    if (!answer.ok) return new Map();
    const [head, ...rows] = (await answer.text()).trim().split(/\r?\n/).map((line) => line.split(","));
    return new Map(rows.map((row) => [Number(row[0]), Object.fromEntries(head.map((name, i) => [name, row[i] === "" ? null : Number(row[i])]))]));
  } catch {
    // An answer that broke off.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return table(run);
  }
}

function row(epoch) {
  const part = (name) => epoch[name] ?? {};
  return {
    epoch: epoch.epoch,
    train_loss: part("train").loss, train_accuracy: part("train").accuracy,
    validation_loss: part("validation").loss, validation_accuracy: part("validation").accuracy,
    test_loss: part("test").loss ?? null, test_accuracy: part("test").accuracy ?? null,
    learning_rate: epoch.learningRate, images_per_second: epoch.imagesPerSecond,
  };
}

export default async function curves(box) {
  const runs = (box.dataset.runs ?? box.dataset.run).split(",");
  const tables = await Promise.all(runs.map(table));
  const single = runs.length === 1;
  const hasTest = tables.some((rows) => [...rows.values()].some((values) => values.test_loss != null));
  const draws = CHARTS.map(({ title, columns, format }) => {
    const lines = single
      ? Object.entries(columns).filter(([name]) => name !== "test" || hasTest).map(([name, column]) => ({ name, column, rows: tables[0] }))
      : Object.values(columns).filter(compared).flatMap((column) => runs.map((run, i) => ({ name: run, column, rows: tables[i] })));
    const draw = chart(box, single ? title : title.replace(/^(Loss|Accuracy)$/, "Validation $1").toLowerCase().replace(/^./, (c) => c.toUpperCase()), lines.map((line) => line.name), format);
    return () => {
      const epochs = [...new Set(lines.flatMap((line) => [...line.rows.keys()]))].sort((a, b) => a - b);
      draw([epochs, ...lines.map((line) => epochs.map((epoch) => line.rows.get(epoch)?.[line.column] ?? null))]);
    };
  });
  const drawAll = () => {
    box.dataset.epochs = Math.max(0, ...tables.map((rows) => rows.size));
    draws.forEach((draw) => draw());
  };
  drawAll();
  runs.forEach((run, index) =>
    live(
      run,
      (event) => {
        if (event.topic !== "epoch-completed") return;
        tables[index].set(event.body.epoch, row(event.body));
        drawAll();
      },
      async () => {
        for (const [epoch, values] of await table(run)) tables[index].set(epoch, values);
        drawAll();
      },
    ),
  );
}
