// The page: what comes over the connection goes on the canvases and into the texts; keys and buttons go back.

import { AgePlot } from "./panels/ageplot.js";
import { Camera } from "./session/camera.js";
import { Connection } from "./session/connection.js";
import { get } from "./dom.js";
import { Editor } from "./tools/editor.js";
import { explain, listen } from "./session/keys.js";
import { Lesson } from "./tools/lesson.js";
import { makePainter } from "./paint/painter.js";
import { numberOf, readImage } from "./paint/image.js";
import { describe, listRecordings } from "./panels/recordings.js";
import { showStatistics } from "./panels/statistics.js";
import { Status } from "./panels/status.js";
import { arrange, horizontalPane, inputPane, paint, planesOf, verticalPane, views } from "./paint/views.js";
import { Xray } from "./tools/xray.js";

const figures = [get("left"), get("right")];
const canvases = figures.map((figure) => /** @type {HTMLCanvasElement} */ (figure.querySelector("canvas")));
const painters = canvases.map(makePainter);
const help = /** @type {HTMLDialogElement} */ (get("help"));
const presets = /** @type {HTMLSelectElement} */ (get("presets"));
const viewMenu = /** @type {HTMLSelectElement} */ (get("views"));

/** @type {any} */
let state = null;
/** @type {ArrayBuffer | null} */
let unseen = null;
let view = views[0];
let panes = view.panes;
let format = "raw";
/** Counts the connections. */
let session = 0;
/** Images are decoded and drawn one after the other. @type {Promise<void>} */
let drawing = Promise.resolve();

const status = new Status();
const plot = new AgePlot(/** @type {any} */ (get("age-plot")), get("age-caption"));
const editor = new Editor((document) => connection.send({ edit: document }));
const xray = new Xray(figures, (message) => connection.send(message), () => choosePanes());
const lesson = new Lesson((request) => connection.send({ learn: request }));
const connection = new Connection({
  opened() {
    status.connected(true);
    connection.send({ show: planesOf(panes) });
  },
  lost(reason, refusal) {
    session++;
    unseen = null;
    status.connected(false, reason, refusal);
    xray.forget();
    lesson.forget();
    camera.stop(null);
  },
  text: (message) => answers[message.type]?.(message),
  binary(message) {
    // A page that nobody sees draws nothing and acknowledges nothing, so it is sent nothing more.
    if (document.hidden) {
      unseen = message;
    } else {
      draw(message, "drawn");
    }
  },
});
const camera = new Camera(connection, (text, isProblem) => status.notice(text, isProblem));

/** @type {Record<string, (message: any) => void>} */
const answers = {
  state(message) {
    state = message;
    showState();
  },
  stats(message) {
    if (!get("statistics").hidden) {
      showStatistics(get("figures-now"), message, state?.source, format);
    }

    plot.add(message.ageNow);
    status.recording(describe(message.recording));
  },
  notice: (message) => status.notice(message.text, message.problem),
  edited: (message) => editor.refused(message.refused, message.member),
  xray: (message) => xray.answered(message),
  learn: (message) => lesson.show(message),
  camera: (message) => camera.answered(message),
};

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && unseen) {
    draw(unseen, "late");
    unseen = null;
  }
});

/**
 * @param {ArrayBuffer} message
 * @param {"drawn" | "late"} answer
 */
function draw(message, answer) {
  const from = session;
  const number = numberOf(message);
  drawing = drawing
    .then(() => show(message))
    .catch((error) => status.notice(error.message, true))
    .then(() => {
      // One that could not be drawn is acknowledged too, or no more would come; one of a lost connection is not asked for.
      if (from === session) {
        connection.send({ [answer]: number });
        xray.refresh();
      }
    });
}

/** @param {ArrayBuffer} message */
async function show(message) {
  const image = await readImage(message);
  paint(painters, panes, image.planes);
  Object.values(image.planes).forEach((plane) => plane.bitmap?.close());
  // Gives the memory back at once: the garbage collector would let a hundred megabytes of drawn images gather.
  message.transfer?.(0);
  canvases.forEach((canvas) => (canvas.dataset.sequence = String(image.sequence)));
  format = image.format;
}

function showState() {
  document.title = `${state.preset.name} – LiveConv`;
  get("record").setAttribute("aria-pressed", String(state.recording));
  get("pause").setAttribute("aria-pressed", String(state.paused));
  status.follow(state);
  editor.follow(state);
  camera.offer(state.takesCameras);
  listRecordings(state.recordings);
  showPresets();
}

function showPresets() {
  const listed = state.presets.findIndex((/** @type {any} */ preset) => preset.id === state.preset.id);
  const shown = listed < 0 ? [state.preset, ...state.presets] : state.presets;
  const key = JSON.stringify(shown);
  if (presets.dataset.shown !== key) {
    presets.dataset.shown = key;
    presets.replaceChildren(...shown.map((/** @type {any} */ preset) => new Option(preset.name, preset.id)));
  }

  presets.selectedIndex = Math.max(0, listed);
}

function choosePanes() {
  const isXray = !get("xray").hidden;
  panes = isXray ? [inputPane, [verticalPane, horizontalPane][xray.map]] : view.panes;
  viewMenu.value = view.name;
  viewMenu.disabled = isXray;
  arrange(figures, panes);
  connection.send({ show: planesOf(panes) });
}

/** @param {string} id */
function toggle(id) {
  const part = get(id);
  part.hidden = !part.hidden;
  document.querySelector(`[data-toggles="${id}"]`)?.setAttribute("aria-pressed", String(!part.hidden));
  document.body.toggleAttribute(`data-${id}`, !part.hidden);
  if (id === "xray") {
    choosePanes();
    xray.open(!part.hidden);
  } else if (id === "learning" && part.hidden) {
    lesson.stop();
  }
}

/**
 * @param {string} key
 * @returns {boolean}
 */
function press(key) {
  if (key.startsWith("Arrow")) {
    return xray.walk(key);
  }

  const chosen = views.find((each) => each.key === key);
  if (chosen) {
    view = chosen;
    if (get("xray").hidden) {
      choosePanes();
    } else {
      toggle("xray");
    }
  } else {
    (local[key] ?? (() => connection.send({ key })))();
  }

  return true;
}

/** @type {Record<string, () => void>} */
const local = {
  i: () => toggle("statistics"),
  e: () => toggle("editor"),
  x: () => toggle("xray"),
  l: () => toggle("recordings"),
  t: () => toggle("learning"),
  z: () => get("smooth").setAttribute("aria-pressed", String(document.body.toggleAttribute("data-smooth"))),
  "?": () => help.showModal(),
  h: () => help.showModal(),
  f: () => toggleFullScreen(),
};

async function toggleFullScreen() {
  try {
    await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  } catch {
    status.notice("this browser does not allow full screen here", true);
  }
}

explain(get("keys"));
listen(press);
for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button[data-key]"))) {
  button.addEventListener("click", () => press(button.dataset.key ?? ""));
}

for (const [menu, chosen] of /** @type {[HTMLSelectElement, () => void][]} */ ([
  [presets, () => connection.send({ preset: presets.value })],
  [viewMenu, () => press(views[viewMenu.selectedIndex].key)],
])) {
  menu.addEventListener("change", () => {
    chosen();
    menu.blur();
  });
}

help.addEventListener("keydown", (event) => {
  if (event.key === "?" || event.key === "h") {
    help.close();
  }
});
viewMenu.append(...views.map(({ name }) => new Option(name)));
choosePanes();
toggle("statistics");
