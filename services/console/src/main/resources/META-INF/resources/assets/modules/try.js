// A picture, drawn, dropped, pasted, chosen or photographed, and what the chosen versions make of it.
const SHOWN = 5;
const PEN = 20;
const PAUSE = 120;

export default function tryIt(box) {
  const canvas = box.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const sides = [...box.querySelectorAll("[data-side]")];
  let picture;
  let timer;

  function clear() {
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    picture = undefined;
  }

  async function show(blob) {
    try {
      const image = await createImageBitmap(blob);
      clear();
      const scale = Math.min(canvas.width / image.width, canvas.height / image.height);
      const [width, height] = [image.width * scale, image.height * scale];
      pen.imageSmoothingEnabled = scale < 1;
      pen.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
    } catch {
      clear();
    }
    picture = blob;
    classifyAll();
  }

  async function drawn() {
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }

  function classifyAll() {
    sides.forEach(classify);
  }

  async function classify(side) {
    const version = side.querySelector("select").value;
    const answer = side.querySelector("[data-answer]");
    if (!version || !picture) return;
    const sent = picture;
    const began = performance.now();
    try {
      const response = await fetch(`/try/${encodeURIComponent(box.dataset.model)}/versions/${encodeURIComponent(version)}`, {
        method: "POST",
        headers: { "Content-Type": sent.type || "image/png" },
        body: sent,
      });
      const body = await response.json();
      if (sent !== picture) return;
      if (response.ok) write(answer, body, performance.now() - began);
      else complain(answer, body.error);
    } catch {
      complain(answer, "The console can’t be reached.");
    }
  }

  function write(answer, body, millis) {
    const bars = document.createElement("ol");
    bars.className = "bars";
    for (const { label, probability } of body.predictions.slice(0, SHOWN)) {
      const row = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = label;
      const share = document.createElement("span");
      share.textContent = `${(probability * 100).toFixed(1)} %`;
      const bar = document.createElement("meter");
      bar.value = probability;
      bar.setAttribute("aria-label", `${label}: ${share.textContent}`);
      row.append(name, share, bar);
      bars.append(row);
    }
    const foot = document.createElement("p");
    foot.className = "hint";
    const report = document.createElement("a");
    report.href = `/models/${encodeURIComponent(box.dataset.model)}/versions/${body.version}`;
    report.textContent = "Its report";
    foot.append(`${millis.toFixed(0)} ms, there and back${body.resized ? "; the picture was fitted to the model" : ""}. `, report);
    answer.replaceChildren(bars, foot);
    answer.dataset.label = body.predictions[0].label;
  }

  function complain(answer, error) {
    const line = document.createElement("p");
    line.className = "problem";
    line.textContent = error;
    answer.replaceChildren(line);
  }

  function place(event) {
    const frame = canvas.getBoundingClientRect();
    return [((event.clientX - frame.left) * canvas.width) / frame.width, ((event.clientY - frame.top) * canvas.height) / frame.height];
  }

  let last;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
    stroke(event);
  });
  canvas.addEventListener("pointermove", (event) => last && stroke(event));
  canvas.addEventListener("pointerup", () => (last = undefined));
  canvas.addEventListener("pointercancel", () => (last = undefined));

  function stroke(event) {
    const next = place(event);
    pen.strokeStyle = "#fff";
    pen.lineWidth = PEN;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    last = next;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      picture = await drawn();
      classifyAll();
    }, PAUSE);
  }

  box.querySelector("[data-clear]").addEventListener("click", () => {
    clear();
    for (const side of sides) side.querySelector("[data-answer]").replaceChildren();
  });
  box.querySelector("input[type=file]").addEventListener("change", (event) => event.target.files[0] && show(event.target.files[0]));
  for (const side of sides) side.querySelector("select").addEventListener("change", () => classify(side));
  addEventListener("paste", (event) => {
    const file = [...event.clipboardData.files].find((one) => one.type.startsWith("image/"));
    if (file) show(file);
  });
  addEventListener("dragover", (event) => {
    event.preventDefault();
    canvas.classList.add("over");
  });
  addEventListener("dragleave", () => canvas.classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    canvas.classList.remove("over");
    if (event.dataTransfer.files[0]) show(event.dataTransfer.files[0]);
  });
  document.addEventListener("catwalk:picture", (event) => show(event.detail));
  clear();
}
