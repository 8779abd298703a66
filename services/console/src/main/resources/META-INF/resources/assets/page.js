// Starts the widgets that a page names, one module each, and what keeps a page live.
import refresh from "./modules/refresh.js";
import times from "./modules/times.js";

document.documentElement.classList.add("js");
times(document);

export async function start(root) {
  for (const element of root.querySelectorAll("[data-module]")) {
    // A form's dataset is its field of that name, where it has one.
    const module = await import(`./modules/${element.getAttribute("data-module")}.js`);
    module.default(element);
  }
}

start(document);
for (const page of document.querySelectorAll("[data-refresh]")) refresh(page, start);
