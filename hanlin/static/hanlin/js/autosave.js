// <form data-autosave="/address/" data-autosave-key="draft-7">: saved a second after the last change.
// States stand in [data-autosave-state] of the form or page as data-idle, data-wait, data-done ("… {time} …"), data-off.
// What the network refuses is kept on this machine and sent when it returns.
const WAIT = 1000;
const RETRY = 15000;

function show(form, state) {
  const place = form.querySelector("[data-autosave-state]") ?? document.querySelector("[data-autosave-state]");
  if (!place) return;
  const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Shanghai" });
  place.textContent = (place.dataset[state] ?? "").replace("{time}", time);
  place.classList.toggle("is-wait", state === "wait");
  place.classList.toggle("is-off", state === "off");
}

function start(form) {
  if (form.dataset.autosaveOn) return;
  form.dataset.autosaveOn = "1";
  const key = `hanlin:${form.dataset.autosaveKey ?? form.dataset.autosave}`;
  let timer;
  let running = false;
  let dirty = false;
  let waiting = null; // a submission that lets the save in flight end first: it must not arrive after the submission

  const body = () => new URLSearchParams([...new FormData(form)].filter(([name, value]) => typeof value === "string"));
  const later = (ms) => {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  };

  async function save() {
    if (running) return later(WAIT);
    running = true;
    dirty = false;
    const sent = body();
    show(form, "wait");
    try {
      const reply = await fetch(form.dataset.autosave, {
        method: "POST", body: sent, headers: { "X-Requested-With": "autosave", Accept: "application/json" },
      });
      if (reply.redirected || reply.status >= 500) throw new Error(String(reply.status));
      localStorage.removeItem(key);
      if (reply.ok) show(form, "done");
      else {
        const told = await reply.json().catch(() => ({}));
        const place = form.querySelector("[data-autosave-state]") ?? document.querySelector("[data-autosave-state]");
        if (place && told.error) place.textContent = told.error;
      }
      form.dispatchEvent(new CustomEvent("autosaved", { bubbles: true, detail: { ok: reply.ok } }));
    } catch {
      localStorage.setItem(key, sent.toString());
      show(form, "off");
      later(RETRY);
    } finally {
      running = false;
      if (waiting) form.requestSubmit(waiting.submitter);
      else if (dirty) later(WAIT);
    }
  }

  const changed = () => {
    dirty = true;
    later(WAIT);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return; // somebody asks for a confirmation first
    clearTimeout(timer);
    if (running) {
      event.preventDefault();
      waiting = { submitter: event.submitter };
      return;
    }
    dirty = false; // all of it travels with the submission
    localStorage.removeItem(key);
  });
  addEventListener("online", () => localStorage.getItem(key) && save());
  addEventListener("pagehide", () => {
    if (dirty) navigator.sendBeacon(form.dataset.autosave, body());
  });

  const kept = localStorage.getItem(key);
  if (!kept) return;
  for (const [name, value] of new URLSearchParams(kept)) {
    if (name === "csrfmiddlewaretoken") continue;
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === value || control.checked;
      else control.value = value;
    }
  }
  save();
}

const all = (root) => root.querySelectorAll?.("form[data-autosave]").forEach(start);
all(document);
document.addEventListener("htmx:afterSwap", (event) => all(event.detail.target));
