// The server-sent events of the topics: one connection a page, opened again by the browser when it breaks or ends, as it does
// every few minutes. What came between is for opened to find out.
let source;
const hearers = new Set();

export default function live(key, hear, opened) {
  hearers.add({ key, hear, opened });
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
  source.addEventListener("open", () => {
    for (const hearer of hearers) hearer.opened?.();
  });
  addEventListener("pagehide", () => source.close());
}
