// Test images to choose from: those of the dataset's page, each a button that hands its picture to the try page.
export default async function testImages(box) {
  const address = box.dataset.pictures;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const list = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".pictures");
  if (!list) return;
  for (const item of list.children) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...item.childNodes);
    item.append(button);
    button.addEventListener("click", async () => {
      const picture = await (await fetch(button.querySelector("img").src)).blob();
      document.dispatchEvent(new CustomEvent("catwalk:picture", { detail: picture }));
    });
  }
  box.replaceChildren(list);
}
