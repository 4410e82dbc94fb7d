// A lesson's player. It says where it stands every few seconds; the server decides what counts.
// States and words stand in the page as data-attributes: no text lives here.
import { say } from "./requests.js";

const root = document.querySelector("[data-player]");
const one = (selector) => root.querySelector(selector);
const video = one("[data-video]");
const isVideo = root.dataset.kind === "video";
const every = Number(root.dataset.every || 15) * 1000;
const token = () => decodeURIComponent(document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "");
const field = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
const SLACK = 1500; // how far ahead of what was seen a playhead may stand

const now = {
  key: "", seq: 0, over: false, starting: null,
  furthest: Number(root.dataset.furthest), length: Number(root.dataset.length),
  completed: "completed" in root.dataset,
  played: 0, // media or reading time since the last beat that was taken
  mark: null, // where the stretch that is not yet told began
};

// ── words on the page ──
const line = one("[data-live-state]");
const saved = document.querySelector("[data-saved]");
let shown = "";
function state(name) {
  if (name === shown) return;
  shown = name;
  line.querySelector("span").textContent = line.dataset[name] ?? "";
  line.classList.toggle("is-off", !["on", "done"].includes(name));
  line.classList.toggle("is-wait", name === "wait");
}
function words(selector, text) {
  const place = one(selector);
  if (place && text !== undefined) place.textContent = text;
}
function showSaved(well) {
  if (!saved) return;
  saved.hidden = false;
  saved.classList.toggle("is-off", !well);
  saved.querySelector("span").textContent = well ? saved.dataset.done : saved.dataset.off;
}
const clock = (ms) => {
  const s = Math.floor(ms / 1000);
  const rest = `${String(Math.floor((s % 3600) / 60)).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}`;
  return s >= 3600 ? `${Math.floor(s / 3600)}:${rest}` : rest;
};

// ── talk with the server ──
async function post(url, body) {
  const reply = await fetch(url, {
    method: "POST", keepalive: true,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() || field, Accept: "application/json" },
    body: body ? JSON.stringify(body) : "",
  });
  if (reply.redirected || reply.status === 403) location.reload(); // the log-in has run out
  return [reply, await reply.json().catch(() => ({}))];
}

function begin() {
  now.starting ??= (async () => {
    try {
      const [reply, told] = await post(root.dataset.sitting);
      if (!reply.ok) throw new Error(told.error ?? String(reply.status));
      Object.assign(now, { key: told.key, seq: 0, over: false, furthest: told.furthest, length: told.length, completed: told.completed, played: 0, mark: null });
      return true;
    } catch (error) {
      state("wait");
      return false;
    } finally {
      now.starting = null;
    }
  })();
  return now.starting;
}

let beating = false;
async function beat(visible = true) {
  if (!now.key || now.over || beating) return;
  collect();
  const played = Math.round(now.played);
  beating = true;
  now.seq += 1;
  try {
    const [reply, told] = await post(root.dataset.beats, { key: now.key, seq: now.seq, playhead: position(), played, visible });
    if (reply.status === 409) return stop(told.error);
    if (!reply.ok) throw new Error(String(reply.status));
    now.played = Math.max(0, now.played - played);
    heard(told);
  } catch {
    showSaved(false);
    state("wait"); // what was played is told with the next beat
  } finally {
    beating = false;
  }
}

function heard(told) {
  const before = now.completed;
  Object.assign(now, { furthest: told.furthest, length: told.length, completed: told.completed });
  words("[data-counted]", told.counted_words);
  words("[data-today]", told.today_words);
  words("[data-left]", told.left_words);
  showSaved(true);
  if (isVideo && !now.completed && position() > now.furthest + 4 * SLACK) video.currentTime = now.furthest / 1000;
  if (told.completed && !before) {
    const next = one("[data-next]");
    if (next) next.hidden = false;
    const lock = one("[data-lock]");
    if (lock) lock.hidden = true;
    state("done");
    say(line.dataset.done);
  } else state(told.capped ? "capped" : running() ? (told.completed ? "done" : "on") : told.completed ? "done" : "paused");
  if (!isVideo) reading(told);
}

const dialog = document.querySelector("[data-over-dialog]");
function stop(text) {
  now.over = true;
  now.key = "";
  video?.pause();
  state("over");
  dialog.querySelector("[data-over-text]").textContent = text ?? "";
  dialog.returnValue = "";
  dialog.showModal();
}
dialog.addEventListener("close", async () => {
  if (dialog.returnValue !== "again") return;
  if ((await begin()) && isVideo) play();
});

addEventListener("pagehide", () => {
  if (!now.key) return;
  beat(!document.hidden);
  const body = new URLSearchParams({ key: now.key, csrfmiddlewaretoken: token() || field });
  navigator.sendBeacon(root.dataset.leave, body);
  now.key = "";
});

// ── what was played since the last beat ──
const position = () => (isVideo ? Math.round(video.currentTime * 1000) : 0);
const running = () => (isVideo ? !video.paused && !video.ended : !document.hidden && Boolean(now.key));
function collect() {
  const here = isVideo ? position() : performance.now();
  if (now.mark !== null && here > now.mark) now.played += here - now.mark;
  now.mark = running() ? here : null;
}
setInterval(() => {
  if (running()) beat(true);
}, every);

// ── video ──
const big = one("[data-big]");
async function play() {
  if (!now.key && !(await begin())) return;
  if (now.over) return;
  try {
    await video.play();
  } catch {
    return; // the browser wants another gesture
  }
}

function startVideo() {
  const track = one("[data-track]");
  const cap = one("[data-cap]");
  const button = one("[data-play]");
  const limit = () => (now.completed ? video.duration * 1000 || now.length : now.furthest + SLACK);
  const seek = (ms) => {
    collect();
    video.currentTime = Math.max(0, Math.min(ms, limit())) / 1000;
    now.mark = null;
  };

  const resume = Number(root.dataset.resume);
  const place = () => {
    if (resume && !now.completed) video.currentTime = resume / 1000;
  };
  if (video.readyState >= 1) place();
  else video.addEventListener("loadedmetadata", place, { once: true });

  video.addEventListener("play", () => {
    if (!now.key) {
      video.pause();
      play();
      return;
    }
    now.mark = position();
    beat(true); // sets the server's clock to the start of this stretch
    big.hidden = true;
    state(now.completed ? "done" : "on");
  });
  video.addEventListener("playing", () => { now.mark ??= position(); });
  video.addEventListener("pause", () => {
    collect();
    now.mark = null;
    beat(true);
    if (!now.over) state(now.completed ? "done" : document.hidden ? "hidden" : "paused");
  });
  video.addEventListener("waiting", () => { collect(); now.mark = null; });
  video.addEventListener("ended", () => { collect(); beat(true); });
  video.addEventListener("seeking", () => {
    if (!now.completed && position() > limit() + SLACK) video.currentTime = now.furthest / 1000;
  });
  video.addEventListener("ratechange", () => {
    if (!now.completed && video.playbackRate !== 1) video.playbackRate = 1;
  });
  video.addEventListener("timeupdate", () => {
    track.value = Math.floor(video.currentTime);
    track.style.setProperty("--seen", `${(100 * video.currentTime) / (video.duration || 1)}%`);
    track.setAttribute("aria-valuetext", clock(position()));
    words("[data-now]", clock(position()));
    const note = document.querySelector("[data-place]");
    if (note) note.value = position();
    if (now.mark !== null && !video.paused) collect();
    // within one stretch what is played has been seen: the server confirms it with the next beat
    if (!video.paused && !video.seeking && position() <= now.furthest + every + 2 * SLACK) now.furthest = Math.max(now.furthest, Math.min(position(), now.length));
  });
  const paint = () => {
    for (const part of button.querySelectorAll("[data-when]")) part.hidden = (part.dataset.when === "paused") !== video.paused;
    button.setAttribute("aria-label", video.paused ? button.dataset.playLabel : button.dataset.pauseLabel);
  };
  video.addEventListener("play", paint);
  video.addEventListener("pause", paint);

  const toggle = () => (video.paused ? play() : video.pause());
  big.addEventListener("click", play);
  button.addEventListener("click", toggle);
  video.addEventListener("click", toggle);
  one("[data-back]").addEventListener("click", () => seek(position() - 10000));
  track.addEventListener("input", () => {
    seek(Number(track.value) * 1000);
    track.value = Math.floor(video.currentTime);
  });
  const mute = one("[data-mute]");
  mute.addEventListener("click", () => {
    video.muted = !video.muted;
    mute.setAttribute("aria-pressed", String(!video.muted));
  });
  const full = one("[data-full]");
  full.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : one("[data-screen]").requestFullscreen?.()));

  // captions are drawn by us, so that they stand above our controls
  const words_ = video.textTracks[0];
  const captions = one("[data-captions]");
  if (words_) {
    words_.mode = "hidden";
    const draw = () => {
      const cue = words_.activeCues?.[0];
      cap.textContent = cue?.text ?? "";
      cap.hidden = !cue || captions.getAttribute("aria-pressed") !== "true";
    };
    words_.addEventListener("cuechange", draw);
    captions.addEventListener("click", () => {
      captions.setAttribute("aria-pressed", String(captions.getAttribute("aria-pressed") !== "true"));
      draw();
    });
  } else captions.hidden = true;

  const keys = {
    " ": toggle, k: toggle, j: () => seek(position() - 10000), ArrowLeft: () => seek(position() - 10000),
    l: () => seek(position() + 10000), ArrowRight: () => seek(position() + 10000),
    m: () => mute.click(), c: () => captions.click(), f: () => full.click(),
  };
  one("[data-screen]").addEventListener("keydown", (event) => {
    const onButton = event.target.matches("button");
    if (event.target === track || event.ctrlKey || event.metaKey || event.altKey || (onButton && event.key === " ")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !video.paused) video.pause();
  });
  document.addEventListener("click", (event) => {
    const to = event.target.closest("[data-seek]");
    if (to) seek(Number(to.dataset.seek));
  });
}

// ── reading ──
const finish = one("[data-finish]");
function reading(told) {
  if (!finish) return;
  const ready = told.counted >= told.length;
  finish.querySelector("button").disabled = !ready;
  finish.querySelector("[data-left-line]").hidden = ready;
}

async function startReading() {
  if (now.completed) return;
  if (finish) finish.querySelector("button").disabled = true;
  if (document.hidden || !(await begin())) {
    document.addEventListener("visibilitychange", startReading, { once: true });
    return;
  }
  now.mark = performance.now();
  state("on");
  beat(true);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      now.played += performance.now() - (now.mark ?? performance.now());
      now.mark = null;
      beat(true);
      state("hidden");
    } else {
      now.mark = performance.now();
      beat(true);
    }
  });
  // near the end a beat comes when the time is just over
  setInterval(() => {
    if (running() && !now.completed && finish?.querySelector("button").disabled && now.played > 1000 && now.played < every) soon();
  }, 1000);
}
let last = 0;
function soon() {
  const left = now.length - now.furthest;
  if (left > every || performance.now() - last < 3000) return;
  last = performance.now();
  beat(true);
}

if (isVideo) startVideo();
else startReading();
