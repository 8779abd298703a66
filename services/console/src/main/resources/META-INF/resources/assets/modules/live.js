// The server-sent events of the topics: one connection a page, opened again by the browser when it breaks.
let source;
const hearers = new Set();

export default function live(key, hear) {
  hearers.add({ key, hear });
  if (source) return;
  source = new EventSource("/live");
  for (const topic of [
    "dataset-ready", "dataset-rejected", "training-started", "epoch-completed", "training-completed", "training-failed",
    "evaluation-completed", "model-published", "model-promoted", "model-rejected", "sweep-completed", "rollout-started",
    "rollout-advanced", "rollout-completed", "training-requested", "dataset-requested", "sweep-requested", "dead-letters",
  ]) {
    source.addEventListener(topic, (message) => {
      const event = JSON.parse(message.data);
      for (const hearer of hearers) if (!hearer.key || hearer.key === event.key) hearer.hear(event);
    });
  }
  addEventListener("pagehide", () => source.close());
}
