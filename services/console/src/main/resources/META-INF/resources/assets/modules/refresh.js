// Asks for the page again and puts those of its parts in place that changed: the server alone renders. Waits while the page is
// hidden or the reader is in a part, and asks at once when the topics tell of something.
import live from "./live.js";
import times from "./times.js";

const AT_ONCE = 150;

export default function refresh(page, start) {
  const pause = Number(page.dataset.refresh) * 1000;
  let timer;
  let asking = false;

  async function ask() {
    clearTimeout(timer);
    if (!document.hidden && !asking) {
      asking = true;
      try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
        // To the sign-in, here or at the identity provider.
        if (answer.type === "opaqueredirect") return location.reload();
        exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
        page.classList.remove("stale");
      } catch {
        page.classList.add("stale");
      } finally {
        asking = false;
      }
    }
    timer = setTimeout(ask, pause);
  }

  function exchange(fresh) {
    for (const part of page.querySelectorAll("[data-part][id]")) {
      const other = fresh.getElementById(part.id);
      if (!other || part.dataset.was === other.innerHTML || part.contains(document.activeElement)) continue;
      const chosen = new Set([...part.querySelectorAll("input:checked")].map((input) => input.value));
      const was = other.innerHTML;
      part.innerHTML = was;
      part.dataset.was = was;
      for (const input of part.querySelectorAll("input[type=checkbox]")) input.checked = chosen.has(input.value);
      times(part);
      start(part);
    }
  }

  if ("listen" in page.dataset) {
    live(page.dataset.listen, () => {
      clearTimeout(timer);
      timer = setTimeout(ask, AT_ONCE);
    });
  }
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  timer = setTimeout(ask, pause);
}
