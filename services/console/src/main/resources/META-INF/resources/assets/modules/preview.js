// Shows what a form means while it is filled in: the same page is asked for with the form's fields, and gives one part.
const PAUSE = 350;

export default function preview(form) {
  const part = form.getAttribute("data-part-of");
  let timer;
  let asked;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      asked?.abort();
      asked = new AbortController();
      const query = new URLSearchParams(new FormData(form));
      try {
        const answer = await fetch(`${location.pathname}?${query}`, { signal: asked.signal, headers: { Accept: "text/html" } });
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part);
        if (fresh) document.getElementById(part).innerHTML = fresh.innerHTML;
      } catch (error) {
        if (error.name !== "AbortError") throw error;
      }
    }, PAUSE);
  });
}
