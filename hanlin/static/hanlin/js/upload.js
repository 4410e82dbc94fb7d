// <form data-upload> with a file input: shows how far the sending has come, refuses what is too large before it is sent.
// Words stand on the form: data-upload-large, data-upload-off. Progress: <progress data-upload-bar hidden>, <p data-upload-words>.
function start(form) {
  const input = form.querySelector("input[type=file]");
  const bar = form.querySelector("[data-upload-bar]");
  const words = form.querySelector("[data-upload-words]");
  const drop = form.querySelector(".hl-drop");
  const limit = Number(form.dataset.uploadMax ?? 0);
  if (!input || form.dataset.uploadOn) return;
  form.dataset.uploadOn = "1";
  const tell = (text) => {
    if (words) words.textContent = text;
  };

  const tooLarge = () => [...input.files].find((file) => limit && file.size > limit);
  input.addEventListener("change", () => {
    const big = tooLarge();
    tell(big ? (form.dataset.uploadLarge ?? "").replace("{name}", big.name) : [...input.files].map((file) => file.name).join("，"));
  });
  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    drop?.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("is-over", over);
      if (name === "drop") {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change"));
      }
    });
  }
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (tooLarge()) return;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (step) => {
      if (!step.lengthComputable || !bar) return;
      bar.hidden = false;
      bar.max = step.total;
      bar.value = step.loaded;
      tell(`${Math.floor((100 * step.loaded) / step.total)}%`);
    });
    request.addEventListener("load", () => {
      if (request.responseURL !== form.action && request.status < 400) location.assign(request.responseURL);
      else {
        document.open();
        document.write(request.responseText);
        document.close();
      }
    });
    request.addEventListener("error", () => {
      if (bar) bar.hidden = true;
      delete form.dataset.sent;
      tell(form.dataset.uploadOff ?? "");
    });
    request.send(new FormData(form));
  });
}

document.querySelectorAll("form[data-upload]").forEach(start);
