// An archive or a folder on its way to ingestion, with progress; then the form is sent with the upload's id.
import zip from "./zip.js";

const TYPES = { zip: "application/zip", tar: "application/x-tar", gz: "application/gzip", tgz: "application/gzip" };

async function filesBelow(entry, path = "") {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ path: path + entry.name, file }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await filesBelow(one, `${path}${entry.name}/`)));
  }
}

// The folder itself is no class: what lies in it is.
const inside = (files) => files.map(({ path, file }) => ({ path: path.replace(/^[^/]+\//, ""), file })).filter(({ path }) => path.includes("/") && !/(^|\/)\./.test(path));

export default function upload(form) {
  const drop = form.querySelector("[data-drop]");
  const told = form.querySelector("[data-chosen]");
  const progress = form.querySelector("progress");
  let chosen;

  function choose(name, make) {
    chosen = make;
    form.elements.upload.value = "";
    told.textContent = name;
  }

  const archive = (file) => choose(`${file.name}, ${(file.size / 1e6).toFixed(1)} MB`, async () => file.slice(0, file.size, TYPES[file.name.split(".").pop()] ?? "application/octet-stream"));
  const folder = (name, files) => choose(`${name}: ${files.length} files`, () => zip(files, (share) => (progress.value = share / 10)));

  form.querySelector("[data-archive]").addEventListener("change", (event) => event.target.files[0] && archive(event.target.files[0]));
  form.querySelector("[data-folder]").addEventListener("change", (event) => {
    const files = [...event.target.files].map((file) => ({ path: file.webkitRelativePath, file }));
    if (files.length) folder(files[0].path.split("/")[0], inside(files));
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entry = event.dataTransfer.items[0]?.webkitGetAsEntry();
    if (entry?.isDirectory) folder(entry.name, inside(await filesBelow(entry)));
    else if (event.dataTransfer.files[0]) archive(event.dataTransfer.files[0]);
  });

  function send(body) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.upload.addEventListener("progress", (event) => event.lengthComputable && (progress.value = 0.1 + (0.9 * event.loaded) / event.total));
      request.addEventListener("load", () => {
        const answer = JSON.parse(request.responseText || "{}");
        if (request.status === 201) resolve(answer.upload);
        else reject(new Error(answer.error ?? `status ${request.status}`));
      });
      request.addEventListener("error", () => reject(new Error("The upload broke off; try again.")));
      request.open("POST", "/datasets/uploads");
      request.setRequestHeader("Content-Type", body.type);
      request.send(body);
    });
  }

  form.addEventListener("submit", async (event) => {
    if (form.elements.upload.value) return;
    event.preventDefault();
    if (!chosen) return void (told.textContent = "Choose a folder or an archive first.");
    const button = form.querySelector(".primary");
    button.disabled = true;
    progress.hidden = false;
    try {
      form.elements.upload.value = await send(await chosen());
      form.submit();
    } catch (error) {
      told.textContent = error.message;
      button.disabled = false;
    }
  });
}
