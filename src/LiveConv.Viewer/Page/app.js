// The page: what comes over the connection goes on the canvases and into the texts; keys and buttons go back.

import { Connection } from "./connection.js";
import { explain, listen } from "./keys.js";
import { makePainter } from "./painter.js";
import { readPicture } from "./picture.js";
import { showStatistics } from "./statistics.js";

const noticesKept = 3;
const noticeTime = 12000;

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @returns {T}
 */
const get = (id) => /** @type {T} */ (document.getElementById(id));

const canvases = [get("vertical"), get("horizontal")].map((element) => /** @type {HTMLCanvasElement} */ (element));
const paint = canvases.map(makePainter);
const statistics = get("statistics");
const help = /** @type {HTMLDialogElement} */ (get("help"));
const presets = /** @type {HTMLSelectElement} */ (get("presets"));

/** @type {any} */
let state = null;
/** @type {any} */
let stats = null;
/** @type {ArrayBuffer | null} */
let unseen = null;

const connection = new Connection({
  opened() {
    setConnection("live");
  },
  lost(reason) {
    unseen = null;
    setConnection("lost", reason);
  },
  text(message) {
    if (message.type === "state") {
      state = message;
      showState();
    } else if (message.type === "stats") {
      stats = message;
      showFigures();
    } else if (message.type === "notice") {
      showNotice(message.text, message.problem);
    }
  },
  binary(message) {
    // A page that nobody sees draws nothing and acknowledges nothing, so it is sent nothing more.
    if (document.hidden) {
      unseen = message;
    } else {
      draw(message);
    }
  },
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && unseen) {
    draw(unseen);
    unseen = null;
  }
});

/** @param {ArrayBuffer} message */
function draw(message) {
  const picture = readPicture(message);
  paint[0](picture.vertical);
  paint[1](picture.horizontal);
  for (const canvas of canvases) {
    canvas.dataset.sequence = String(picture.sequence);
  }

  connection.send({ drawn: picture.number });
}

/**
 * @param {"live" | "lost"} is
 * @param {string} [reason]
 */
function setConnection(is, reason) {
  document.body.dataset.connection = is;
  const banner = get("banner");
  banner.hidden = is === "live";
  banner.textContent = `${reason || "LiveConv does not answer"} – waiting for it to come back`;
  showStatus();
}

function showStatus() {
  const isLive = document.body.dataset.connection === "live";
  const words = [];
  if (!isLive) {
    words.push("Not connected");
  } else if (state?.recording) {
    words.push("Recording");
  }

  if (isLive && state?.paused) {
    words.push("Paused");
  } else if (isLive && words.length === 0) {
    words.push(state?.source.waiting ?? "Live");
  }

  const text = words.join(" · ");
  if (get("status").textContent !== text) {
    get("status").textContent = text;
  }
}

function showState() {
  document.title = `${state.preset.name} – LiveConv`;
  document.body.toggleAttribute("data-paused", state.paused);
  document.body.toggleAttribute("data-recording", state.recording);
  get("record").setAttribute("aria-pressed", String(state.recording));
  get("pause").setAttribute("aria-pressed", String(state.paused));
  get("source").textContent = `${state.source.name}  ${state.source.granted}`;
  get("source").title = state.source.note ?? "";
  showPresets();
  showStatus();
}

function showPresets() {
  const lines = state.presets.map((/** @type {any} */ preset) => preset.name);
  const isListed = state.presets.some((/** @type {any} */ preset) => preset.id === state.preset.id);
  const names = isListed ? lines : [state.preset.name, ...lines];
  if (names.join("\n") !== [...presets.options].map((option) => option.text).join("\n")) {
    presets.replaceChildren(...names.map((/** @type {string} */ name) => new Option(name)));
  }

  presets.selectedIndex = isListed ? state.presets.findIndex((/** @type {any} */ preset) => preset.id === state.preset.id) : 0;
}

function showFigures() {
  if (!statistics.hidden && stats) {
    showStatistics(statistics, stats, state?.source);
  }
}

/**
 * @param {string} text
 * @param {boolean} isProblem
 */
function showNotice(text, isProblem) {
  const line = Object.assign(document.createElement("p"), { textContent: text, className: isProblem ? "problem" : "" });
  const notices = get("notices");
  notices.append(line);
  while (notices.childElementCount > noticesKept) {
    notices.firstElementChild?.remove();
  }

  setTimeout(() => line.remove(), noticeTime);
}

/** @param {string} key */
function press(key) {
  if (key === "i") {
    statistics.hidden = !statistics.hidden;
    get("figures").setAttribute("aria-pressed", String(!statistics.hidden));
    showFigures();
  } else if (key === "?" || key === "h") {
    help.showModal();
  } else if (key === "f") {
    toggleFullScreen();
  } else {
    connection.send({ key });
  }
}

async function toggleFullScreen() {
  try {
    await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  } catch {
    showNotice("this browser does not allow full screen here", true);
  }
}

explain(get("keys"));
listen(press);
for (const button of document.querySelectorAll("button[data-key]")) {
  button.addEventListener("click", () => press(/** @type {HTMLElement} */ (button).dataset.key ?? ""));
}

help.addEventListener("keydown", (event) => {
  if (event.key === "?" || event.key === "h") {
    help.close();
  }
});
presets.addEventListener("change", () => {
  connection.send({ preset: state.presets[presets.selectedIndex]?.id });
  presets.blur();
});
press("i");
