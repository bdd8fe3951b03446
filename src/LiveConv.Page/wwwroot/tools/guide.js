// The lesson that asks: step by step, first predict, then see. What is right is LiveConv's to say.

import { get, make } from "../dom.js";

/** @typedef {import("../session/messages.js").LessonLine} Lesson */
/** @typedef {import("../session/messages.js").LessonStepLine} Step */

/** @type {Record<string, string>} */
const languageNames = { en: "English", de: "Deutsch", es: "Español", fr: "Français" };

/** The rail's own words. @type {Record<string, { right: string, wrong: string, more: string, back: string, next: string, of: string, close: string, hidden: string }>} */
const words = {
  en: { right: "Right.", wrong: "Not this time.", more: "Read more", back: "Back", next: "Next", of: "of", close: "Close the lesson", hidden: "It is shown when you have answered." },
  de: { right: "Richtig.", wrong: "Diesmal nicht.", more: "Mehr dazu (englisch)", back: "Zurück", next: "Weiter", of: "von", close: "Lektion schließen", hidden: "Zu sehen ist es, sobald du geantwortet hast." },
  es: { right: "Correcto.", wrong: "Esta vez no.", more: "Leer más (en inglés)", back: "Atrás", next: "Siguiente", of: "de", close: "Cerrar la lección", hidden: "Se muestra cuando hayas respondido." },
  fr: { right: "Exact.", wrong: "Pas cette fois.", more: "En savoir plus (en anglais)", back: "Retour", next: "Suivant", of: "sur", close: "Fermer la leçon", hidden: "Le résultat apparaît après votre réponse." },
};

export class Guide {
  #send;
  #shown;
  /** @type {Lesson[]} */
  #lessons = [];
  #lesson = 0;
  #step = 0;
  #isOpen = false;
  #languages = /** @type {HTMLSelectElement} */ (get("guide-language"));
  #titles = /** @type {HTMLSelectElement} */ (get("guide-lesson"));

  /**
   * @param {(message: import("../session/messages.js").PageMessage) => void} send
   * @param {(step: Step, isAsLeft: boolean) => void} shown arranges the page for a step, or leaves it as an address has it
   */
  constructor(send, shown) {
    this.#send = send;
    this.#shown = shown;
    this.#languages.onchange = () => this.#choose(this.#languages.value);
    this.#titles.onchange = () => this.#go(this.#titles.selectedIndex, 0);
    get("guide-back").onclick = () => this.#go(this.#lesson, this.#step - 1);
    get("guide-next").onclick = () => this.#go(this.#lesson, this.#step + 1);
  }

  /** The lesson and the step on show, for an address that shows the same; empty while none is. */
  get place() {
    const lesson = this.#lessons[this.#lesson];
    return this.#isOpen && lesson ? `${lesson.id}/${this.#step + 1}` : "";
  }

  /** The language of the lesson on show. */
  get language() {
    return this.#lessons[this.#lesson]?.language ?? "en";
  }

  /**
   * @param {boolean} isOpen
   * @param {string} [place] as in {@link place}
   */
  open(isOpen, place = "") {
    this.#isOpen = isOpen;
    document.body.removeAttribute("data-secret");
    if (isOpen) {
      get("guide").dataset.place = place;
      this.#send({ lessons: language() });
    }
  }

  /** The connection is there: what was asked before it was is asked now. */
  resume() {
    if (this.#isOpen && this.#lessons.length === 0) {
      this.#send({ lessons: language() });
    }
  }

  /** @param {import("../session/messages.js").LessonsMessage} message */
  listed(message) {
    const before = this.#lessons[this.#lesson]?.id;
    this.#lessons = message.lessons;
    this.#languages.replaceChildren(...message.languages.map((name) => new Option(languageNames[name] ?? name, name)));
    this.#titles.replaceChildren(...message.lessons.map((lesson) => new Option(lesson.title)));
    /** @type {HTMLElement} */ (this.#titles.parentElement).hidden = message.lessons.length < 2;
    const [id, number] = (get("guide").dataset.place ?? "").split("/");
    get("guide").dataset.place = "";
    const lesson = Math.max(0, this.#lessons.findIndex((each) => each.id === (id || before)));
    this.#go(lesson, number ? Number(number) - 1 : lesson === this.#lesson ? this.#step : 0, Boolean(number));
  }

  /** @param {import("../session/messages.js").PredictedMessage} message */
  predicted(message) {
    const lesson = this.#lessons[this.#lesson];
    if (lesson?.id !== message.lesson || this.#step !== message.step) {
      return;
    }

    const { right, wrong } = this.#words;
    if (message.refused) {
      get("guide-result").textContent = message.refused;
      return;
    }

    this.#answers.forEach((button, index) => {
      button.dataset.result = index === message.right ? "right" : index === message.answer ? "wrong" : "";
    });
    document.body.removeAttribute("data-secret");
    const measured = message.measured === null ? "" : ` (${Number(message.measured.toPrecision(3))})`;
    get("guide-result").replaceChildren(
      make("strong", { textContent: `${message.right === message.answer ? right : wrong}${measured} ` }),
      lesson.steps[message.step].explanation,
    );
  }

  get #answers() {
    return /** @type {HTMLButtonElement[]} */ ([...get("guide-answers").children]);
  }

  get #words() {
    return words[this.#lessons[this.#lesson]?.language.split("-")[0]] ?? words.en;
  }

  /** @param {string} name */
  #choose(name) {
    try {
      localStorage.setItem("language", name);
    } catch {
      // This browser keeps nothing; the next time its own language counts again.
    }

    this.#send({ lessons: name });
  }

  /**
   * @param {number} lesson
   * @param {number} step
   * @param {boolean} [isAsLeft] the rest of the page stays as it is
   */
  #go(lesson, step, isAsLeft = false) {
    const chosen = this.#lessons[lesson];
    if (!chosen) {
      get("guide-question").textContent = "There are no lessons.";
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
    const { more, back, next, of, close, hidden } = this.#words;
    get("guide").lang = lesson.language;
    get("guide-place").textContent = `${this.#step + 1} ${of} ${lesson.steps.length}`;
    /** @type {HTMLProgressElement} */ (get("guide-progress")).value = (this.#step + 1) / lesson.steps.length;
    get("guide-title").textContent = step.title;
    get("guide-text").textContent = step.text;
    get("guide-question").textContent = step.question;
    get("guide-result").textContent = step.hides === "nothing" ? "" : hidden;
    document.body.dataset.secret = step.hides;
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
    this.#shown(step, isAsLeft);
  }

  /**
   * @param {string} id
   * @param {string} text
   * @param {boolean} isOff
   */
  #label(id, text, isOff) {
    const button = /** @type {HTMLButtonElement} */ (get(id));
    button.textContent = text;
    button.disabled = isOff;
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
