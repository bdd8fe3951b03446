// The page: what comes over the connection goes on the canvases and into the texts; keys and buttons go back.

import { get, isStage, isTab, make } from "./dom.js";
import { OpenParts } from "./openparts.js";
import { Overflow } from "./overflow.js";
import { Arrangement } from "./paint/arrangement.js";
import { readImage, numberOf } from "./paint/image.js";
import { makePainter } from "./paint/painter.js";
import { showLegends } from "./paint/legend.js";
import { Shown } from "./paint/shown.js";
import { areBoth, arrange, horizontalPane, inputPane, paint, showSizes, verticalPane, views } from "./paint/views.js";
import { AgePlot } from "./panels/ageplot.js";
import { Flash } from "./panels/flash.js";
import { Recorder } from "./panels/recorder.js";
import { describe, listRecordings, merge } from "./panels/recordings.js";
import { Seen } from "./panels/seen.js";
import { takeSnapshot } from "./panels/snapshots.js";
import { showStatistics } from "./panels/statistics.js";
import { Status } from "./panels/status.js";
import { Address } from "./session/address.js";
import { Camera } from "./session/camera.js";
import { Connection } from "./session/connection.js";
import { Follower } from "./session/follower.js";
import { explain, listen, shortcut } from "./session/keys.js";
import { Question } from "./session/question.js";
import { offerShortcuts } from "./session/shortcuts.js";
import { Sources } from "./session/sources.js";
import { Editor } from "./tools/editor.js";
import { Front } from "./tools/front.js";
import { Guide } from "./tools/guide.js";
import { KernelCorner } from "./tools/kernelcorner.js";
import { Lesson } from "./tools/lesson.js";
import { Microscope } from "./tools/microscope.js";
import { Network } from "./tools/network.js";
import { placeText, readPlace } from "./tools/pixelplace.js";
import { Share } from "./tools/share.js";
import { groups, Shelf } from "./tools/shelf.js";
import { Wall } from "./tools/wall.js";
import { Xray } from "./tools/xray.js";

/** @typedef {import("./session/messages.js").Message} Message */
/** @typedef {import("./session/messages.js").PageMessage} PageMessage */
/** @typedef {import("./session/messages.js").StateMessage} StateMessage */

const defaultCaptions = [{ title: "Left map", text: "" }, { title: "Right map", text: "" }];
const keysOfTheStage = /^([fbdz]|Page(Up|Down))$/;
const keysToWalk = /^(,|Home|End|Arrow(Up|Down|Left|Right))$/;

// Lists within lists: a preset's are fewer, and no message may have twice as many.
const maxDepth = 24;

// What a message has around a document.
const envelope = 256;

// Nobody answers to what they see any faster.
const unseenFor = 400;

const toolsOfOne = ["shelf", "xray", "editor", "recordings", "learning", "microscope", "log"];

/** What a lesson calls the page's views and tools. */
const viewsOfLessons = { allFour: "a", pair: "v", left: "j", right: "k", camera: "c", magnitude: "m", overlay: "o" };
const toolsOfLessons = { microscope: "microscope", xray: "xray", kernels: "editor", learn: "learning" };

class App {
  #figures = [get("left"), get("right"), get("third"), get("fourth")];
  #canvases = this.#figures.map((figure) => /** @type {HTMLCanvasElement} */ (figure.querySelector("canvas")));
  #painters = this.#canvases.map(makePainter);
  /** @type {HTMLDialogElement} */
  #help = get("help");
  /** @type {HTMLSelectElement} */
  #presets = get("presets");
  /** @type {HTMLSelectElement} */
  #viewMenu = get("views");

  /** @type {StateMessage | null} */
  #state = null;
  /** @type {import("./session/messages.js").RecordingLine[]} */
  #recordings = [];
  /** An image that came while nobody saw the page. @type {ArrayBuffer | null} */
  #unseen = null;
  #view = views.find((view) => view.key === recall("view")) ?? views[0];
  #panes = this.#view.panes;
  #isSigned = recall("signed") === "true";
  #format = "raw";
  /** A link that was not opened yet; null for none. @type {string | null} */
  #link = isStage ? null : linkOf(location.href);
  /** When the page showed what its address had as it was loaded, in the browser's milliseconds; null until then. @type {number | null} */
  #loaded = this.#link ? null : -unseenFor;
  /** Whether a link's pixel is there, and its kernels are a preset. @type {Question<string | null>} */
  #place = new Question((message) => this.#send(message));
  /** Counts the connections. */
  #session = 0;
  /** Images are decoded and drawn one after the other. @type {Promise<void>} */
  #drawing = Promise.resolve();

  #parts = new OpenParts();
  #status = new Status();
  #plot = new AgePlot(/** @type {SVGElement & HTMLElement} */ (get("age-plot")), get("age-caption"));
  #arrangement = new Arrangement();
  #corners = {
    vertical: new KernelCorner("Left map", (rows) => this.#editor.changeKernel("vertical", rows), (tool) => this.#toggle(tool, true)),
    horizontal: new KernelCorner("Right map", (rows) => this.#editor.changeKernel("horizontal", rows), (tool) => this.#toggle(tool, true)),
  };
  #editor = new Editor((message) => this.#choose(message), (kernels) => this.#showTiles(kernels));
  #xray = new Xray(this.#figures, (message) => this.#send(message), () => this.#choosePanes(), (answer) => this.#wall.windowOf(answer));
  #wall = new Wall((message) => this.#send(message), (stage, map, at) => this.#pin({ stage, map, ...at }), () => this.#tellStage(), () => this.#xray.join());
  #network = new Network((message) => this.#send(message));
  #seen = new Seen((message) => this.#send(message), () => this.#describe());
  #flash = new Flash((text, isProblem) => this.#status.notice(text, isProblem));
  #shelf = new Shelf((message) => this.#choose(message));
  #address = new Address((text, isProblem) => this.#status.notice(text, isProblem));
  #lesson = new Lesson((request) => this.#send({ learn: request }), () => this.#tellStage());
  #share = new Share(() => this.#send({ share: null }));
  #shown = new Shown(get("stage"), this.#figures, (show) => this.#send({ show }));
  #microscope = new Microscope((message) => this.#send(message), () => this.#tellStage());
  #guide = new Guide((message) => this.#send(message), (step, isAsLeft) => this.#follow(step, isAsLeft));
  #front = new Front();
  #second = new Follower((stage) => this.#send({ stage }));
  /** From a second window to the presenter's page, in one browser: a clicker's keys. */
  #turns = new BroadcastChannel("liveconv-turns");
  #overflow = new Overflow();
  #connection = new Connection({
    opened: () => this.#onOpened(),
    lost: (reason, refusal) => this.#onLost(reason, refusal),
    text: (message) => this.#onText(message),
    binary: (message) => this.#onImage(message),
  });
  #camera = new Camera(this.#connection, (text, isProblem) => this.#status.notice(text, isProblem));

  /** Where no LiveConv does it. @type {Recorder | null} */
  #recorder = isTab ? new Recorder((text, isProblem) => this.#status.notice(text, isProblem), () => this.#onRecorder()) : null;

  /** What the page's own keys do; all others are LiveConv's. @type {Record<string, () => void>} */
  #keys = {
    g: () => this.#toggle("shelf"),
    i: () => this.#toggle("statistics"),
    e: () => this.#toggle("editor"),
    x: () => this.#toggle("xray"),
    w: () => this.#toggle("wall"),
    l: () => this.#toggle("recordings"),
    t: () => this.#toggle("learning"),
    u: () => this.#toggle("microscope"),
    n: () => this.#toggle("guide"),
    z: () => (this.#smooth(!document.body.hasAttribute("data-smooth")), this.#tellStage()),
    s: () => this.#takeSnapshot(),
    r: () => (this.#recorder ? this.#recorder.toggle() : this.#choose({ key: "r" })),
    "?": () => this.#parts.openDialog(this.#help),
    h: () => this.#parts.openDialog(this.#help),
    y: () => {
      this.#address.use();
      this.#sign(!this.#isSigned);
      remember("signed", String(this.#isSigned));
    },
    f: () => this.#toggleFullScreen(),
    b: () => (document.body.toggleAttribute("data-black"), this.#tellStage()),
    d: () => this.#switchTheme(),
    "0": () => this.#choose({ preset: "seed" }),
    PageUp: () => this.#turn(-1),
    PageDown: () => this.#turn(1),
  };

  constructor() {
    document.documentElement.toggleAttribute("data-stage", isStage);
    setTheme(recall("theme"));
    get("share-open").addEventListener("click", () => (isTab ? this.#copyLink() : this.#share.open((dialog) => this.#parts.openDialog(dialog))));
    get("second-window").addEventListener("click", () => window.open("stage", "liveconv-stage", "popup,width=1280,height=720"));
    get("second-window").hidden = isTab;
    get("share-open").title = isTab ? "Copy a link to what is shown" : get("share-open").title;
    if (isTab) {
      new Sources(this.#camera, (text, isProblem) => this.#status.notice(text, isProblem), (dialog) => this.#parts.openDialog(dialog));
    }

    explain(get("keys"));
    offerShortcuts();
    listen((key, isShifted, isHeld) => this.#walk(key, isShifted) || (!isHeld && (this.#closesUnseen(key) || this.#press(key))));
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("button[data-key], footer button[data-toggles]"))) {
      const { key, toggles = "" } = button.dataset;
      button.addEventListener("click", () => (key ? this.#press(key) : this.#toggle(toggles)));
    }

    for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-closes]"))) {
      button.onclick = () => this.#toggle(button.dataset.closes ?? "", false);
    }

    get("replay").onclick = () => this.#send({ replay: true });

    this.#onChange(this.#presets, () => this.#choose({ preset: this.#presets.value }));
    this.#onChange(this.#viewMenu, () => this.#press(views[this.#viewMenu.selectedIndex].key));
    this.#help.addEventListener("keydown", (event) => {
      if (["?", "h"].includes(shortcut(event))) {
        this.#help.close();
      }
    });
    document.addEventListener("visibilitychange", () => this.#onVisible());
    this.#viewMenu.append(...views.map(({ name }) => new Option(name)));
    this.#figures[0].append(this.#corners.vertical.element);
    this.#figures[1].append(this.#corners.horizontal.element);
    hideIdlePointer();
    this.#addAddressParts();
    this.#addStageParts();
    if (!isStage) {
      window.addEventListener("hashchange", ({ newURL }) => {
        // The address itself may hold what is shown again by now.
        this.#link = linkOf(newURL);
        this.#openLink();
      });
      this.#turns.onmessage = ({ data }) => this.#state?.role === "presenter" && this.#guide.turn(data);
    }

    this.#choosePanes();
  }

  #addAddressParts() {
    const all = () => [...this.#state?.presets ?? [], ...this.#state?.edits ?? []];
    this.#address.add("preset", {
      isPresenters: true,
      read: () => (this.#editOf(this.#state) ? "" : this.#state?.preset.id ?? ""),
      check: (id) => (all().some((preset) => preset.id === id) ? "" : `there is no preset “${id.slice(0, 40)}” here`),
      // Without one, the preset in use stays: it is everybody's.
      apply: (id) => (id && this.#send({ preset: id }), ""),
    });
    this.#address.add("kernels", {
      isPresenters: true,
      read: () => (this.#editOf(this.#state) && this.#state?.kernels ? JSON.stringify(this.#state.kernels.document) : ""),
      check: (text) => this.#checkKernels(text),
      apply: (text) => (text ? this.#editor.take(JSON.parse(text)) : ""),
    });
    if (isTab) {
      // Only a camera is the same source elsewhere; the browser asks before it is switched on.
      this.#address.add("source", {
        read: () => (this.#camera.isCamera ? "camera" : ""),
        check: (text) => (text === "camera" ? "" : "its source is “camera” or not there"),
        apply: (text) => (text && !this.#camera.isCamera && this.#camera.start(), ""),
      });
    }

    this.#address.add("view", {
      read: () => (this.#view === views[0] ? "" : this.#view.key),
      check: (key) => (views.some((view) => view.key === key) ? "" : `there is no view “${key.slice(0, 40)}”`),
      apply: (key) => (this.#setView(key || views[0].key), ""),
    });
    this.#address.add("signed", {
      read: () => (this.#isSigned ? "yes" : ""),
      check: (text) => (text === "yes" ? "" : "signed maps are “yes” or not there"),
      apply: (text) => (this.#sign(text === "yes"), ""),
    });
    this.#address.add("tool", {
      read: () => toolsOfOne.find((id) => !get(id).hidden) ?? "",
      check: (id) => (toolsOfOne.includes(id) ? "" : `there is no tool “${id.slice(0, 40)}”`),
      apply: (id) => (this.#openOnly(id), ""),
    });
    this.#address.add("lens", {
      read: () => placeText(this.#xray.question),
      check: (text, given) => this.#checkPlace(text, given),
      apply: (text) => {
        const pixel = readPlace(text);
        return (pixel && this.#pin(pixel), "");
      },
    });
    this.#address.add("wall", {
      read: () => (get("wall").hidden ? "" : "yes"),
      check: (text) => (text === "yes" ? "" : "the wall of layers is “yes” or not there"),
      apply: (text) => (this.#toggle("wall", text === "yes"), ""),
    });
    this.#address.add("lesson", {
      read: () => this.#guide.place,
      check: (text) => this.#guide.check(text),
      apply: (text, given) => {
        if (text) {
          // A link to nothing but a step shows the step as the lesson does.
          this.#guide.seek(text, given.size > 1);
        }

        return (this.#toggle("guide", text !== ""), "");
      },
    });
  }

  /**
   * Whether a link's pixel is there, in the maps of its own preset.
   * @param {string} text
   * @param {Map<string, string>} given
   * @returns {Promise<string>}
   */
  async #checkPlace(text, given) {
    const pixel = readPlace(text);
    if (!pixel) {
      return `“${text.slice(0, 40)}” is no place of a map`;
    }

    const [preset, kernels] = [given.get("preset") ?? null, given.get("kernels")];
    const refused = await this.#place.ask({ place: { pixel, preset, document: kernels && isDocument(kernels) ? JSON.parse(kernels) : null } });
    return refused ? `there is no pixel “${text}”: ${refused}` : "";
  }

  /**
   * Whether a link's kernels are a preset.
   * @param {string} text
   * @returns {Promise<string>}
   */
  async #checkKernels(text) {
    const limit = this.#state?.limits.maxTextBytes ?? 0;
    const refused = !isDocument(text) ? "they are no object"
      : new TextEncoder().encode(text).length > limit - envelope ? `they have more than ${limit - envelope} bytes`
      : await this.#place.ask({ place: { pixel: null, preset: null, document: JSON.parse(text) } });
    return refused ? `its kernels are not a preset: ${refused}` : "";
  }

  /** @param {StateMessage | null} state */
  #editOf(state) {
    return state?.edits.find((edit) => edit.id === state.preset.id);
  }

  async #openLink() {
    const link = this.#link;
    if (link === null || !this.#state || !this.#connection.isOpen) {
      return;
    }

    this.#link = null;
    if (await this.#address.open(link, this.#state.role === "guest")) {
      this.#loaded ??= performance.now();
      this.#tellStage();
    } else {
      // It is opened when the connection is there again, unless another one came since.
      this.#link ??= link;
    }
  }

  /**
   * Changes what everybody sees.
   * @param {PageMessage} message
   */
  #choose(message) {
    this.#send(message);
    if (["preset", "edit", "discard", "key"].some((kind) => kind in message)) {
      this.#address.use();
    }
  }

  /**
   * @param {PageMessage} message
   * @returns {boolean} whether it left
   */
  #send(message) {
    return this.#connection.send(message);
  }

  /**
   * @param {HTMLSelectElement} menu
   * @param {() => void} chosen
   */
  #onChange(menu, chosen) {
    // Who chose with the keyboard stays in the menu; after a click, the keys are the page's again.
    let isPointed = false;
    menu.addEventListener("pointerdown", () => (isPointed = true));
    menu.addEventListener("keydown", () => (isPointed = false));
    menu.addEventListener("change", () => {
      chosen();
      if (isPointed) {
        menu.blur();
      }
    });
  }

  #onOpened() {
    this.#recordings = [];
    this.#status.connected(true);
    this.#shown.forget();
    this.#shown.follow(this.#panes, this.#showsSigns);
    this.#xray.resume();
    this.#wall.resume();
    this.#network.resume();
    this.#lesson.resume();
    this.#guide.resume();
  }

  /**
   * @param {string} reason
   * @param {string} refusal
   */
  #onLost(reason, refusal) {
    this.#session++;
    this.#unseen = null;
    this.#status.connected(false, reason, refusal);
    this.#xray.forget();
    this.#lesson.forget();
    this.#microscope.forget();
    this.#editor.forget();
    this.#guide.forget();
    this.#place.lost();
    this.#camera.stop(null);
  }

  /** @param {Message} message */
  #onText(message) {
    switch (message.type) {
      case "state": return this.#onState(message);
      case "stats": return this.#onStats(message);
      case "notice": return this.#status.notice(message.text, message.problem);
      case "edited": return this.#editor.refused(message.refused, message.member);
      case "presetFile": return this.#editor.saved(message);
      case "kernelText": return this.#editor.pasted(message);
      case "kernelCopy": return this.#editor.copied(message);
      case "xray": this.#xray.answered(message); return this.#onPinned();
      case "place": return this.#place.answered(message.refused);
      case "held": this.#status.hold(message.image !== null); this.#xray.held(message); this.#network.refresh(); return this.#wall.refresh();
      case "layers": return this.#onLayers(message);
      case "network": return this.#network.show(message);
      case "learn": return this.#lesson.show(message);
      case "microscope": return this.#microscope.answered(message);
      case "lessons": return this.#guide.listed(message);
      case "predicted": this.#guide.predicted(message); return this.#tellStage();
      case "seen": return this.#seen.show(message);
      case "thumbnail": this.#guide.show(message); return this.#shelf.show(message);
      case "camera": return this.#camera.answered(message);
      case "share": return this.#share.answered(message);
    }
  }

  /** @param {import("./session/messages.js").LayersMessage} message */
  #onLayers(message) {
    if (message.preset === null) {
      this.#xray.drawn(message);
    }

    this.#wall.show(message, this.#xray.answer);
  }

  /** @param {ArrayBuffer} message */
  #onImage(message) {
    // A page that nobody sees draws nothing and acknowledges nothing, so it is sent nothing more.
    if (document.hidden) {
      this.#unseen = message;
    } else {
      this.#draw(message, (number) => ({ drawn: number }));
    }
  }

  #onVisible() {
    if (!document.hidden && this.#unseen) {
      this.#draw(this.#unseen, (number) => ({ late: number }));
      this.#unseen = null;
    }
  }

  /**
   * @param {ArrayBuffer} message
   * @param {(number: number) => PageMessage} answer
   */
  #draw(message, answer) {
    const from = this.#session;
    const number = numberOf(message);
    this.#drawing = this.#drawing
      .then(() => this.#show(message))
      .catch((error) => this.#status.notice(error.message, true))
      .then(() => {
        // One that could not be drawn is acknowledged too, or no more would come; one of a lost connection is not asked for.
        if (from === this.#session) {
          this.#send(answer(number));
          this.#xray.refresh();
          this.#wall.refresh();
          this.#network.refresh();
        }
      });
  }

  /** @param {ArrayBuffer} message */
  async #show(message) {
    const image = await readImage(message);
    this.#recorder?.add(image.planes, this.#state?.preset.name ?? "");
    paint(this.#painters, this.#panes, image.planes);
    showSizes(this.#figures, this.#panes, image.planes, this.#inputSize(image.planes));
    const preset = this.#state?.preset;
    const lacksSign = preset?.signed.map((hasSign) => this.#showsSigns && !hasSign) ?? [];
    showLegends(this.#figures, this.#panes, image.planes, preset?.captions ?? defaultCaptions, lacksSign);
    Object.values(image.planes).forEach((plane) => plane.bitmap?.close());
    // Gives the memory back at once: the garbage collector would let a hundred megabytes of drawn images gather.
    message.transfer?.(0);
    this.#canvases.forEach((canvas) => (canvas.dataset.sequence = String(image.sequence)));
    this.#format = image.format;
  }

  /** @param {import("./session/messages.js").StatsMessage} message */
  #onStats(message) {
    if (!get("statistics").hidden) {
      showStatistics(get("figures-now"), message, this.#state?.source, this.#format);
    }

    this.#plot.add(message.ageNow);
    this.#status.recording(describe(message.recording));
    this.#status.pulse(message.fps.shown, message.ageNow, message.clients);
    this.#share.pages(message.clients);
  }

  /** @param {import("./session/messages.js").StateChange} changes the first time all members, then those that changed, and of the recordings those that changed */
  #onState(changes) {
    const isFirst = this.#state === null;
    const recordings = merge(this.#recordings, changes.recordings ?? []);
    const state = /** @type {StateMessage} */ ({ ...this.#state, ...changes, recordings });
    state.recording = this.#recorder?.isRecording ?? state.recording;
    this.#recordings = recordings;
    this.#state = state;
    document.title = `${isStage ? "Stage: " : ""}${state.preset.name} – LiveConv`;
    get("record").setAttribute("aria-pressed", String(state.recording));
    get("pause").setAttribute("aria-pressed", String(state.paused));
    document.body.dataset.role = state.role;
    this.#presets.disabled = state.role === "guest";
    this.#status.follow(state);
    this.#arrangement.fit();
    this.#editor.follow(state);
    arrange(this.#figures, this.#panes, state.preset.captions);
    this.#xray.name(state.preset.captions);
    this.#lesson.name(state.preset.captions);
    this.#corners.vertical.name(state.preset.captions[0].title);
    this.#corners.horizontal.name(state.preset.captions[1].title);
    this.#showTiles(this.#editor.kernels);
    this.#describe();
    this.#camera.offer(state.takesCameras);
    this.#network.offer(state.network);
    if (changes.role || changes.takesCameras !== undefined || changes.network !== undefined) {
      this.#overflow.fit();
    }

    listRecordings(state.recordings);
    this.#showPresets(state);
    this.#shelf.follow(state);
    this.#guide.follow(state);
    this.#nameWall();
    this.#flash.follow(state.preset);
    this.#address.follow();
    this.#followStage(state);
    if (isFirst) {
      // Now there are maps in sight.
      this.#shown.follow(this.#panes, this.#showsSigns);
    }

    this.#openLink();
  }

  #onRecorder() {
    this.#shown.record(this.#recorder?.isRecording ?? false);
    this.#onState({ type: "state" });
  }

  /** @param {StateMessage} state */
  #followStage({ stage }) {
    if (!stage) {
      this.#second.forget();
      this.#tellStage();
    } else if (isStage) {
      this.#second.follow(stage);
    }
  }

  // Second windows are to show what the presenter's page shows.
  #tellStage() {
    if (!isStage && this.#state?.role === "presenter") {
      this.#second.tell();
    }
  }

  #addStageParts() {
    const second = this.#second;
    second.add("view", {
      read: () => this.#view.key,
      show: (key) => this.#setView(key),
    });
    second.add("signed", { read: () => this.#isSigned, show: (isSigned) => this.#sign(isSigned) });
    second.add("wall", { read: () => !get("wall").hidden, show: (isOpen) => this.#toggle("wall", isOpen) });
    second.add("enlarged", { read: () => this.#wall.enlarged, show: (map) => this.#wall.follow(map) });
    second.add("held", { show: () => this.#xray.resume() });
    second.add("lens", {
      read: () => this.#xray.question,
      show: (lens) => (lens ? this.#pin(lens) : this.#toggle("xray", false)),
    });
    second.add("black", {
      read: () => document.body.hasAttribute("data-black"),
      show: (isBlack) => document.body.toggleAttribute("data-black", isBlack),
    });
    second.add("smooth", { read: () => document.body.hasAttribute("data-smooth"), show: (isSmooth) => this.#smooth(isSmooth) });
    second.add("learning", {
      read: () => (get("learning").hidden ? null : this.#lesson.shown),
      show: (learning) => {
        this.#toggle("learning", learning !== null);
        this.#lesson.mirror(learning);
      },
    });
    second.add("theme", { read: theme, show: (name) => name && setTheme(name) });
    second.add("lesson", {
      read: () => this.#guide.shown,
      show: (lesson) => (lesson ? this.#mirror(lesson) : this.#toggle("guide", false)),
    });
    second.add("microscope", {
      read: () => this.#microscope.shown,
      show: (request) => {
        this.#toggle("microscope", request !== null);
        if (request) {
          this.#microscope.show(request);
        }
      },
    });
  }

  /** @param {import("./session/messages.js").StageLesson} lesson that the presenter's page shows */
  #mirror(lesson) {
    this.#guide.mirror(lesson);
    this.#toggle("guide", true);
  }

  /** @param {StateMessage} state */
  #showPresets(state) {
    const known = [...state.edits, ...state.presets].some((preset) => preset.id === state.preset.id);
    const own = known ? state.edits : [state.preset, ...state.edits];
    const key = JSON.stringify([own, state.presets]);
    if (this.#presets.dataset.shown !== key) {
      this.#presets.dataset.shown = key;
      this.#presets.replaceChildren(
        ...optionGroup("Your edits", own),
        ...groups.flatMap(([id, title]) => optionGroup(title, state.presets.filter((preset) => preset.group === id))),
      );
    }

    this.#presets.value = state.preset.id;
  }

  #choosePanes() {
    const isXray = !get("xray").hidden;
    this.#panes = isXray ? [inputPane, this.#lookedAt()] : this.#view.panes;
    this.#viewMenu.value = this.#view.name;
    this.#viewMenu.disabled = isXray;
    document.body.dataset.panes = String(this.#panes.length);
    this.#arrangement.fit();
    get("signed").setAttribute("aria-pressed", String(this.#isSigned));
    arrange(this.#figures, this.#panes, this.#state?.preset.captions ?? defaultCaptions);
    this.#describe();
    this.#showTiles(this.#editor.kernels);
    this.#shown.follow(this.#panes, this.#showsSigns);
  }

  // Beside those with their sign, the others are plain.
  get #showsSigns() {
    return this.#isSigned && !areBoth(this.#panes);
  }

  /** @param {boolean} isOn whether maps are shown with their sign, in two colours */
  #sign(isOn) {
    this.#isSigned = isOn;
    this.#choosePanes();
    this.#address.follow();
    this.#tellStage();
  }

  /** @param {boolean} isOn whether pixels are drawn smooth */
  #smooth(isOn) {
    document.body.toggleAttribute("data-smooth", isOn);
    get("smooth").setAttribute("aria-pressed", String(isOn));
  }

  /** The map that the X-ray looks at. */
  #lookedAt() {
    const pane = [verticalPane, horizontalPane][this.#xray.map];
    const isInner = this.#xray.isInner;
    return { ...pane, kernel: isInner ? undefined : pane.kernel, caption: (/** @type {import("./session/messages.js").CaptionLine[]} */ maps) => this.#xray.captionOf(pane.caption(maps)) };
  }

  /**
   * A pixel was chosen, on the wall or by an address.
   * @param {import("./session/messages.js").PixelQuestion} question
   */
  #pin(question) {
    if (get("xray").hidden) {
      this.#toggle("xray");
    }

    this.#xray.pin(question);
  }

  // The lens has another place, or another image.
  #onPinned() {
    this.#wall.mark(this.#xray.answer);
    this.#address.follow();
    this.#tellStage();
  }

  // What a screen reader says of each pane.
  #describe() {
    this.#panes.forEach((pane, index) => {
      const title = this.#figures[index].querySelector(".title")?.textContent;
      const words = this.#seen.of(pane);
      this.#canvases[index].setAttribute("aria-label", `${title}, live${words && `: ${words}`}`);
    });
  }

  /** @param {import("./session/messages.js").KernelPair | null} kernels null where the maps are not one kernel's each */
  #showTiles(kernels) {
    const isEditable = this.#state?.role === "presenter" && !isStage;
    for (const name of /** @type {("vertical" | "horizontal")[]} */ (["vertical", "horizontal"])) {
      const place = this.#figures.find((figure) => !figure.hidden && figure.dataset.kernel === name);
      if (place && this.#corners[name].element.parentElement !== place) {
        place.append(this.#corners[name].element);
      }

      const tool = kernels ? (isEditable ? "editor" : "xray") : "wall";
      this.#corners[name].show(place && kernels ? kernels[name] : null, isEditable, place && this.#state && !isStage ? tool : null);
    }
  }

  // The planes of layers may all be smaller than the image that they were made from.
  /** @param {import("./paint/image.js").Planes} planes */
  #inputSize({ camera, vertical, horizontal }) {
    const [first, second] = [vertical?.whole, horizontal?.whole];
    const largest = camera?.whole ?? ((first?.width ?? 0) >= (second?.width ?? 0) ? first : second);
    return largest ? `${largest.width}x${largest.height}` : "";
  }

  // In a tab there is nobody to let in: who opens the link runs LiveConv too.
  async #copyLink() {
    const link = this.#address.link();
    try {
      await navigator.clipboard.writeText(link);
      this.#status.notice("Link copied. Wherever it is opened, LiveConv shows what it shows here now; images and videos stay here.", false);
    } catch {
      this.#status.notice(`This browser does not let pages copy. The link: ${link}`, false);
    }
  }

  #takeSnapshot() {
    if (this.#state?.role === "guest") {
      this.#status.notice("this page looks on: only the presenter's page has that", true);
    } else {
      takeSnapshot(this.#state?.preset.name ?? "", (text, isProblem) => this.#status.notice(text, isProblem));
    }
  }

  /**
   * @param {string} id
   * @param {boolean} [isOpen] that it is to be; else it changes
   * @param {boolean} [isFollowed] a lesson opens it
   */
  #toggle(id, isOpen, isFollowed = false) {
    const part = get(id);
    if (isOpen === !part.hidden) {
      return;
    }

    if (this.#state?.role === "guest" && part.dataset.for === "presenter") {
      this.#status.notice("this page looks on: only the presenter's page has that", true);
      return;
    }

    if (isOpen === undefined && this.#front.brings(part)) {
      return;
    }

    const wasHidden = part.hidden;
    const { opener } = this.#parts;
    if (wasHidden && toolsOfOne.includes(id)) {
      toolsOfOne.filter((other) => !get(other).hidden).forEach((other) => this.#toggle(other));
    }

    part.hidden = !(isOpen ?? part.hidden);
    document.querySelector(`[data-toggles="${id}"]`)?.setAttribute("aria-pressed", String(!part.hidden));
    document.body.toggleAttribute(`data-${id}`, !part.hidden);
    this.#front.follow(part, isFollowed);
    if (id === "xray") {
      this.#choosePanes();
      this.#xray.open(!part.hidden);
      this.#wall.mark(null);
    } else if (id === "wall") {
      this.#wall.open(!part.hidden);
      this.#xray.join();
    } else if (id === "network") {
      this.#network.open(!part.hidden);
    } else if (id === "learning" && part.hidden) {
      this.#lesson.stop();
    } else if (id === "microscope") {
      this.#microscope.open(!part.hidden);
    } else if (id === "guide") {
      this.#guide.open(!part.hidden);
      this.#nameWall();
      this.#microscope.speak("en");
    } else if (id === "shelf") {
      this.#shelf.opened();
    }

    // The focus may go back to a button that stands elsewhere now.
    this.#arrangement.fit();
    this.#overflow.fit();
    if (part.hidden) {
      this.#parts.closed(part);
    } else if (wasHidden) {
      this.#parts.opened(part, opener, isFollowed);
    }

    if (!isStage) {
      this.#address.use();
      this.#tellStage();
    }
  }

  /**
   * Arranges the page for a step of a lesson.
   * @param {import("./session/messages.js").LessonStepLine} step
   * @param {boolean} isAsLeft the page is as an address has it, where only the microscope's image is not
   */
  #follow(step, isAsLeft) {
    this.#microscope.speak(this.#guide.language);
    this.#front.speak(this.#guide.language);
    this.#nameWall();
    if (isStage) {
      // Its other parts are the presenter's page's, each by itself.
      return;
    }

    this.#front.bring("guide");
    this.#address.use();
    this.#tellStage();
    if (isAsLeft) {
      return this.#magnify(step);
    }

    const tool = step.tool ? toolsOfLessons[step.tool] : "";
    this.#openOnly(tool, true);
    if (step.preset && step.preset !== this.#state?.preset.id && this.#state?.role === "presenter") {
      this.#send({ preset: step.preset });
    }

    const isWall = step.view === "layers";
    if ((step.view || tool) && get("wall").hidden === isWall) {
      this.#toggle("wall", isWall, true);
    }

    if (step.view && step.view !== "layers" && !tool) {
      this.#showView(viewsOfLessons[step.view]);
    }

    this.#magnify(step);
    if (step.lens) {
      this.#xray.pinAt(step.lens);
    }
  }

  /**
   * Of the tools that stand in one place, this one is open.
   * @param {string} id empty for none
   * @param {boolean} [isFollowed] a lesson opens it
   */
  #openOnly(id, isFollowed = false) {
    toolsOfOne.forEach((tool) => this.#toggle(tool, tool === id, isFollowed));
  }

  /** @param {import("./session/messages.js").LessonStepLine} step */
  #magnify({ tool, microscope, text, explanation }) {
    if (microscope && tool === "microscope") {
      this.#microscope.show(microscope);
      this.#microscope.showNamed(`${text} ${explanation}`);
    }
  }

  // A guest's wall shows the layers that the step is about, whatever the presenter has chosen.
  #nameWall() {
    const other = this.#guide.layersOf;
    this.#wall.look(other?.id ?? null, (other ?? this.#state?.preset)?.captions ?? defaultCaptions);
  }

  /** @returns {boolean} whether there was one; a menu that is open goes first, and is the browser's to close */
  #closeTool() {
    if (this.#overflow.isOpen) {
      return false;
    }

    const open = this.#parts.last;
    if (open) {
      this.#toggle(open);
    }

    return open !== "";
  }

  /**
   * Moves what has a place: the microscope's window, the lens.
   * @param {string} key
   * @param {boolean} isShifted
   * @returns {boolean} whether there is something that the key moves
   */
  #walk(key, isShifted) {
    const turnsStep = this.#guide.isOpen && key.startsWith("Page");
    return !isStage && !turnsStep && (this.#microscope.press(key) || this.#xray.press(key, isShifted));
  }

  /**
   * A clicker's keys: to the next step of the lesson, or the one before; without a lesson the preset.
   * @param {number} by
   */
  #turn(by) {
    if (!this.#guide.isOpen) {
      this.#choose({ key: by > 0 ? "]" : "[" });
    } else if (isStage) {
      // The step is the presenter's page's.
      this.#turns.postMessage(by);
    } else {
      this.#guide.turn(by);
    }
  }

  /**
   * Whether a key would close what the page's address has opened just now: who pressed it to open that has not seen it yet.
   * @param {string} key
   */
  #closesUnseen(key) {
    const id = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(key)}"][data-toggles]`))?.dataset.toggles;
    return id !== undefined && !get(id).hidden && (this.#loaded === null || performance.now() - this.#loaded < unseenFor);
  }

  /**
   * @param {string} key
   * @returns {boolean} whether the key meant something
   */
  #press(key) {
    if (isStage ? !keysOfTheStage.test(key) : keysToWalk.test(key)) {
      return false;
    }

    if (this.#shelf.press(key)) {
      return true;
    }

    if (key === "Escape") {
      return this.#closeTool();
    }

    const chosen = views.find((each) => each.key === key);
    if (!chosen) {
      (this.#keys[key] ?? (() => this.#choose({ key })))();
      return true;
    }

    // Only what the user chooses is remembered, not what a lesson or a link shows.
    remember("view", chosen.key);
    this.#showView(key);
    return true;
  }

  /**
   * Shows a view, and nothing in its place.
   * @param {string} key
   */
  #showView(key) {
    this.#toggle("wall", false);
    this.#toggle("xray", false);
    this.#setView(key);
    this.#tellStage();
    this.#address.use();
  }

  /** @param {string} key of a view; of no other anything changes */
  #setView(key) {
    this.#view = views.find((each) => each.key === key) ?? this.#view;
    this.#choosePanes();
  }

  #switchTheme() {
    setTheme(theme() === "dark" ? "light" : "dark");
    if (!isStage) {
      remember("theme", theme());
      this.#tellStage();
    }
  }

  async #toggleFullScreen() {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    } catch {
      this.#status.notice("this browser does not allow full screen here", true);
    }
  }
}

/**
 * @param {string} title
 * @param {import("./session/messages.js").PresetLine[]} presets
 */
function optionGroup(title, presets) {
  const group = make("optgroup", { label: title }, ...presets.map((preset) => new Option(preset.name, preset.id)));
  return presets.length > 0 ? [group] : [];
}

/** @param {string} text */
function isDocument(text) {
  try {
    const document = JSON.parse(text);
    return typeof document === "object" && document !== null && !Array.isArray(document) && depthOf(document) <= maxDepth;
  } catch {
    return false;
  }
}

/**
 * How deep lists and objects stand within each other; what is deeper than any preset is not measured.
 * @param {unknown} value
 * @returns {number}
 */
function depthOf(value, at = 0) {
  return typeof value !== "object" || value === null || at > maxDepth
    ? at
    : Object.values(value).reduce((/** @type {number} */ deepest, each) => Math.max(deepest, depthOf(each, at + 1)), at + 1);
}

/** @param {string} address */
function linkOf(address) {
  return new URL(address).hash.slice(1);
}

/**
 * @param {string} name
 * @param {string} value
 */
function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // This browser keeps nothing; the page begins with all four the next time.
  }
}

/** @param {string} name */
function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @returns {"light" | "dark"} */
function theme() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "light" || chosen === "dark" ? chosen : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** @param {string | null} name of a theme; of no other anything changes */
function setTheme(name) {
  if (name === "light" || name === "dark") {
    document.documentElement.dataset.theme = name;
  }
}

// On a stage a pointer that rests is in the way.
function hideIdlePointer() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  document.addEventListener("pointermove", () => {
    clearTimeout(timer);
    document.body.removeAttribute("data-idle");
    timer = setTimeout(() => document.body.setAttribute("data-idle", ""), 2000);
  });
}

new App();
