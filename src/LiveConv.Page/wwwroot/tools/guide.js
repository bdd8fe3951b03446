// The lesson that asks: step by step, first predict, then see. What is right is LiveConv's to say.

import { get, isStage, make } from "../dom.js";
import { Question } from "../session/question.js";
import { languageNames, wordsIn } from "./guidewords.js";
import { drawSmall } from "./smallmap.js";
import { short } from "./stages.js";

/** @typedef {import("../session/messages.js").LessonLine} Lesson */
/** @typedef {import("../session/messages.js").LessonStepLine} Step */
/** @typedef {import("../session/messages.js").StateMessage} State */

// Where a step is about another preset than the one in use, its small maps are asked for so often.
const pause = 400;

export class Guide {
  #send;
  #shown;
  /** @type {Lesson[]} */
  #lessons = [];
  #lesson = 0;
  #step = 0;
  #isOpen = false;
  /** The rail shows the step, since it was opened. */
  #isShown = false;
  /** The answer that was chosen and judged. @type {number | null} */
  #answer = null;
  /** Of a second window, the answer that the presenter's page has. @type {number | null} */
  #mirrored = null;
  #language = language();
  /** The step to go to once the lessons are there, as in {@link place}; empty for none. */
  #sought = "";
  /** The page stays as it is when that step is shown. */
  #isAsLeft = false;
  /** The lessons, for a check. @type {Question<Lesson[]>} */
  #listing;
  /** What would give the answer away stays hidden. */
  #isSecret = false;
  /** The preset that the step is about, where the page shows another one; else empty. */
  #other = "";
  /** @type {State | null} */
  #state = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #page = get("guide-page");
  #languages = /** @type {HTMLSelectElement} */ (get("guide-language"));
  #titles = /** @type {HTMLSelectElement} */ (get("guide-lesson"));

  /**
   * @param {(message: import("../session/messages.js").PageMessage) => boolean} send returns whether the message left
   * @param {(step: Step, isAsLeft: boolean) => void} shown arranges the page for a step, or leaves it as an address has it
   */
  constructor(send, shown) {
    this.#send = send;
    this.#listing = new Question(send);
    this.#shown = shown;
    this.#languages.onchange = () => this.#choose(this.#languages.value);
    this.#titles.onchange = () => this.#go(this.#titles.selectedIndex, 0);
    get("guide-back").onclick = () => this.turn(-1);
    get("guide-next").onclick = () => this.turn(1);
    // The focus stays where it is: at the step's end this button goes.
    get("guide-down").onmousedown = (event) => event.preventDefault();
    get("guide-down").onclick = () => this.#page.scrollBy({ top: this.#page.clientHeight * 0.8 });
    this.#page.addEventListener("scroll", () => this.#showMore());
    const sizes = new ResizeObserver(() => this.#showMore());
    [this.#page, ...this.#page.children].forEach((part) => sizes.observe(part));
  }

  /** The lesson and the step on show, for an address that shows the same; empty while none is. */
  get place() {
    const lesson = this.#lessons[this.#lesson];
    return this.#isOpen && lesson ? `${lesson.id}/${this.#step + 1}` : "";
  }

  /** What a second window is to show; null for nothing. @returns {import("../session/messages.js").StageLesson | null} */
  get shown() {
    const lesson = this.#lessons[this.#lesson];
    return this.#isOpen && lesson ? { id: lesson.id, step: this.#step, answer: this.#answer, language: lesson.language } : null;
  }

  /**
   * Shows the step that the presenter's page shows, and what came of its answer.
   * @param {import("../session/messages.js").StageLesson} lesson
   */
  mirror({ id, step, answer, language: its }) {
    const now = this.shown;
    this.#mirrored = answer;
    if (now?.id === id && now.step === step && now.language === its && this.#answer === null && this.#sought === "") {
      this.#predictMirrored();
    } else {
      this.#language = its;
      this.seek(`${id}/${step + 1}`, true);
    }
  }

  /** The language of the lesson on show. */
  get language() {
    return this.#lessons[this.#lesson]?.language ?? "en";
  }

  /**
   * The preset of a step about layers, where a guest's page shows another one: its layers are to be on the wall; null for none.
   * @returns {import("../session/messages.js").PresetLine | null}
   */
  get layersOf() {
    const isWanted = this.#isOpen && !isStage && this.#state?.role === "guest" && this.#current?.view === "layers";
    return (isWanted && this.#state?.presets.find(({ id }) => id === this.#other)) || null;
  }

  get isOpen() {
    return this.#isOpen;
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.#isOpen = isOpen;
    this.#isShown = false;
    this.#isSecret = false;
    this.#veil();
    clearTimeout(this.#timer);
    if (isOpen) {
      this.#send({ lessons: this.#language });
    } else {
      this.#sought = "";
    }
  }

  /**
   * Goes to a step: now, or when the rail is opened.
   * @param {string} place as in {@link place}
   * @param {boolean} isAsLeft the rest of the page stays as it is
   */
  seek(place, isAsLeft) {
    this.#sought = place;
    this.#isAsLeft = isAsLeft;
    if (this.#isOpen) {
      this.#send({ lessons: this.#language });
    }
  }

  /**
   * Why a place, as in {@link place}, is no step of a lesson; empty when it is one.
   * @param {string} place
   * @returns {Promise<string>}
   */
  async check(place) {
    if (!/^[^/]+\/[1-9]\d{0,3}$/.test(place)) {
      return `“${place.slice(0, 40)}” is no step of a lesson`;
    }

    const lessons = await this.#known();
    const [id, number] = place.split("/");
    const lesson = lessons.find((each) => each.id === id);
    return !lesson ? `there is no lesson “${id.slice(0, 40)}” here`
      : Number(number) > lesson.steps.length ? `the lesson “${id}” has ${lesson.steps.length} steps` : "";
  }

  /** The connection is there: what was asked before it was is asked now. */
  resume() {
    if (this.#isOpen && (this.#lessons.length === 0 || this.#sought)) {
      this.#send({ lessons: this.#language });
    }
  }

  /** The connection was lost: what a check waits for will not come. */
  forget() {
    this.#listing.lost();
  }

  /** @param {State} state */
  follow(state) {
    this.#state = state;
    if (this.#isOpen && this.#current) {
      this.#compare(this.#current);
    }
  }

  /** @param {import("../session/messages.js").ThumbnailMessage} message */
  show({ preset, maps }) {
    if (this.#isOpen && preset === this.#other) {
      get("guide-other").querySelectorAll("canvas").forEach((canvas, index) => maps[index] && drawSmall(canvas, maps[index]));
    }
  }

  /** @param {import("../session/messages.js").LessonsMessage} message */
  listed(message) {
    const before = this.#lessons[this.#lesson];
    this.#lessons = message.lessons;
    this.#listing.answered(message.lessons);
    if (!this.#isOpen) {
      return;
    }

    const [id, number] = this.#sought.split("/");
    const lesson = Math.max(0, this.#lessons.findIndex((each) => each.id === (id || before?.id)));
    if (!number && this.#isShown && this.#lessons[lesson]?.language === before?.language) {
      // It was asked for twice; the step is on show already.
      return;
    }

    this.#languages.replaceChildren(...message.languages.map((name) => new Option(languageNames[name] ?? name, name)));
    this.#titles.replaceChildren(...message.lessons.map((lesson) => new Option(lesson.title)));
    /** @type {HTMLElement} */ (this.#titles.parentElement).hidden = message.lessons.length < 2;
    const isAsLeft = number ? this.#isAsLeft : this.#isShown;
    this.#sought = "";
    this.#isShown = true;
    this.#go(lesson, number ? Number(number) - 1 : lesson === this.#lesson ? this.#step : 0, isAsLeft);
  }

  /** @param {import("../session/messages.js").PredictedMessage} message */
  predicted(message) {
    const lesson = this.#lessons[this.#lesson];
    if (lesson?.id !== message.lesson || this.#step !== message.step) {
      return;
    }

    const { right, wrong, refusals } = this.#words;
    this.#isSecret = false;
    this.#veil();
    if (message.refused) {
      get("guide-result").textContent = refusals[message.refused];
      return;
    }

    this.#setAnswer(message.answer);
    this.#answers.forEach((button, index) => {
      button.dataset.result = index === message.right ? "right" : index === message.answer ? "wrong" : "";
    });
    const measured = message.measured === null ? "" : ` (${short(message.measured)})`;
    get("guide-result").replaceChildren(
      make("strong", { textContent: `${message.right === message.answer ? right : wrong}${measured} ` }),
      lesson.steps[message.step].explanation,
    );
    get("guide-result").scrollIntoView({ block: "nearest" });
  }

  // Of a rail on show those that it shows: to ask for them again would show the step again.
  async #known() {
    return this.#isOpen && this.#lessons.length > 0 ? this.#lessons : this.#listing.ask({ lessons: this.#language });
  }

  get #answers() {
    return /** @type {HTMLButtonElement[]} */ ([...get("guide-answers").children]);
  }

  get #words() {
    return wordsIn(this.#lessons[this.#lesson]?.language ?? this.#language);
  }

  /** @returns {Step | undefined} */
  get #current() {
    return this.#lessons[this.#lesson]?.steps[this.#step];
  }

  /** @param {string} name */
  #choose(name) {
    try {
      localStorage.setItem("language", name);
    } catch {
      // This browser keeps nothing; the next time its own language counts again.
    }

    this.#language = name;
    this.seek(this.place, true);
  }

  /**
   * To the next step, or to the one before.
   * @param {number} by
   */
  turn(by) {
    if (this.#isOpen && this.#lessons[this.#lesson]?.steps[this.#step + by]) {
      this.#go(this.#lesson, this.#step + by);
    }
  }

  /**
   * @param {number} lesson
   * @param {number} step
   * @param {boolean} [isAsLeft] the rest of the page stays as it is
   */
  #go(lesson, step, isAsLeft = false) {
    const chosen = this.#lessons[lesson];
    if (!chosen) {
      get("guide-question").textContent = this.#words.none;
      return;
    }

    this.#lesson = lesson;
    this.#step = Math.max(0, Math.min(chosen.steps.length - 1, Number.isFinite(step) ? step : 0));
    this.#titles.selectedIndex = lesson;
    this.#languages.value = chosen.language;
    this.#show(chosen, chosen.steps[this.#step], isAsLeft);
  }

  /**
   * @param {Lesson} lesson
   * @param {Step} step
   * @param {boolean} isAsLeft
   */
  #show(lesson, step, isAsLeft) {
    const { more, back, next, of, close, hidden, below } = this.#words;
    if (get("guide-answers").contains(document.activeElement)) {
      // The one that has the focus goes.
      get("guide-title").focus({ preventScroll: true });
    }

    get("guide").lang = lesson.language;
    this.#page.scrollTop = 0;
    get("guide-down").textContent = `↓ ${below}`;
    // What stands in place of the maps, as style/guide.css has it.
    document.body.style.setProperty("--concealed", JSON.stringify(hidden));
    get("guide-place").textContent = `${this.#step + 1} ${of} ${lesson.steps.length}`;
    /** @type {HTMLProgressElement} */ (get("guide-progress")).value = (this.#step + 1) / lesson.steps.length;
    get("guide-title").textContent = step.title;
    get("guide-text").textContent = step.text;
    get("guide-question").textContent = step.question;
    get("guide-result").textContent = step.hides === "nothing" ? "" : hidden;
    get("guide-answers").replaceChildren(...step.answers.map((text, index) => make("button", {
      type: "button",
      textContent: text,
      onclick: () => this.#send({ predict: { lesson: lesson.id, step: this.#step, answer: index } }),
    })));
    const link = /** @type {HTMLAnchorElement} */ (get("guide-more"));
    link.hidden = step.section === null;
    link.textContent = more;
    link.href = `convolution.html#${step.section ?? ""}`;
    this.#label("guide-back", back, this.#step === 0);
    this.#label("guide-next", next, this.#step === lesson.steps.length - 1);
    get("guide-close").title = close;
    get("guide-close").setAttribute("aria-label", close);
    this.#setAnswer(null);
    this.#isSecret = step.hides !== "nothing";
    this.#other = "";
    this.#showOther();
    this.#veil();
    if (this.#state?.role === "guest") {
      this.#compare(step);
    }

    this.#shown(step, isAsLeft);

    this.#predictMirrored();
  }

  #predictMirrored() {
    const lesson = this.#lessons[this.#lesson];
    if (lesson && this.#mirrored !== null) {
      this.#send({ predict: { lesson: lesson.id, step: this.#step, answer: this.#mirrored } });
    }
  }

  // A guest's page cannot choose the step's preset, and a presenter may have chosen another one since.
  /** @param {Step} step */
  #compare({ preset }) {
    const other = preset && preset !== this.#state?.preset.id ? preset : "";
    if (other !== this.#other) {
      this.#other = other;
      this.#showOther();
      this.#veil();
      this.#look();
    }
  }

  #showOther() {
    const { other, missing } = this.#words;
    const wanted = this.#state?.presets.find(({ id }) => id === this.#other);
    const place = get("guide-other");
    place.hidden = this.#other === "";
    place.dataset.missing = String(!wanted);
    get("guide-about").textContent = wanted ? other(wanted.name, this.#state?.preset.name ?? "") : missing(this.#other);
    place.querySelectorAll("figcaption").forEach((caption, index) => (caption.textContent = wanted?.captions[index].title ?? ""));
  }

  #look() {
    clearTimeout(this.#timer);
    if (this.#isOpen && this.#other) {
      if (!document.hidden) {
        this.#send({ thumbnail: this.#other });
      }

      this.#timer = setTimeout(() => this.#look(), pause);
    }
  }

  /** @param {number | null} answer */
  #setAnswer(answer) {
    this.#answer = answer;
    get("guide").toggleAttribute("data-answered", answer !== null);
  }

  // The maps of another preset give nothing away, but for the layers of the step's own.
  #veil() {
    const hides = this.#current?.hides ?? "nothing";
    const isOther = hides === "maps" && this.#other && !this.layersOf;
    document.body.dataset.secret = !this.#isSecret ? "nothing" : isOther ? "other" : hides;
  }

  // Whether the step goes on below what is in sight.
  #showMore() {
    const { scrollTop, clientHeight, scrollHeight } = this.#page;
    get("guide").toggleAttribute("data-more", scrollTop + clientHeight < scrollHeight - 4);
  }

  /**
   * A button that is disabled would lose the focus to the page: one that is off keeps it, and does nothing.
   * @param {string} id
   * @param {string} text
   * @param {boolean} isOff
   */
  #label(id, text, isOff) {
    const button = get(id);
    button.textContent = text;
    button.setAttribute("aria-disabled", String(isOff));
  }
}

// The one that was chosen, else the browser's.
function language() {
  try {
    return localStorage.getItem("language") ?? navigator.language;
  } catch {
    return navigator.language;
  }
}
