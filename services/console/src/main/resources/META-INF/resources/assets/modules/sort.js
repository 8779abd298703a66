// Sorts a table by the column whose heading is pressed; the server's order is the first.
const value = (cell) => {
  const text = cell.querySelector("time")?.dateTime ?? cell.textContent.trim();
  const number = Number(text.replace(/[\s%–]/g, ""));
  return text !== "" && !Number.isNaN(number) ? number : text;
};

export default function sort(table) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (head.tagName !== "TH" || !head.textContent.trim() || head.querySelector(".sr")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows].sort((a, b) => {
        const [x, y] = [value(a.cells[column]), value(b.cells[column])];
        const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y));
        return down ? -order : order;
      });
      table.tBodies[0].append(...rows);
    });
  });
}
