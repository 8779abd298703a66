// Sends a filter's form when a choice is made.
export default function filter(form) {
  for (const choice of form.querySelectorAll("select")) choice.addEventListener("change", () => form.requestSubmit());
}
