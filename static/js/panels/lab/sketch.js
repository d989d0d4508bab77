/**
 * A prediction by sketch: the reader draws where the boundary will run, and the network's is compared with that line for as
 * long as the experiment is the same one.
 *
 * Not here: drawing itself (pencil.js, sketch_line.js), and what likeness is (likeness.js).
 */

import { together } from "../../text/sentences.js";
import { find, make, on, setText } from "../../widgets/dom.js";
import { dropGuess, guessOf, keepGuess, likenessWords } from "./foretold.js";
import { classesOn, likenessOf, regionsOf } from "./likeness.js";
import { Pencil } from "./pencil.js";
import { SketchLine } from "./sketch_line.js";
import { prose } from "./step.js";

/** What is drawn and no guess yet, by lab and step: it is there again in another language. @type {Map<string, Stroke[]>} */
const drafts = new Map();

/** @param {readonly Stroke[]} strokes @returns {Stroke[]} */
const copied = (strokes) => strokes.map((stroke) => [...stroke]);

export class Sketch {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    const area = find(document, ".output-surface");
    this.line = new SketchLine(area);
    this.area = area;
    this.heard = make("p", { class: "lab-hidden", role: "status", testid: "lab-pencil" });
    this.pencil = new Pencil(page, area, {
      drew: () => this.#draw(false),
      left: () => this.#leave(),
      lost: () => this.#putAway(),
      said: (words) => setText(this.heard, words),
    });
    /** @type {Stroke[]} those that are shown */
    this.strokes = [];
    /** @type {LabSketch | null} the guess that the network is compared with */
    this.guess = null;
    /** @type {{ strokes: Stroke[], reach: number, regions: Int32Array } | null} */
    this.parted = null;
    /** @type {HTMLElement | null} */
    this.told = null;
    /** @type {HTMLButtonElement | null} */
    this.away = null;
    /** @type {HTMLElement | null} */
    this.begin = null;
    /** @type {HTMLElement | null} */
    this.keep = null;
    /** @type {Frame | null} the last one compared */
    this.compared = null;
    this.reach = 0;
    /** Where what is said of the guess stands. @type {HTMLElement | null} */
    this.said = null;
    /** @type {[lab: string, number: number]} the step */
    this.at = ["", 0];
  }

  /** The line that belongs to a step: its own, or that of the last sketch in the same experiment. @param {LabSheet} lab @param {number} number */
  show({ name, steps }, number) {
    this.pencil.putAway();
    this.guess = this.told = this.compared = null;
    this.at = [name, number];
    const { opened } = steps[number - 1];
    const at = steps.slice(0, number).findLastIndex((step) => step.sketch && step.opened === opened) + 1;
    const guess = /** @type {LabSketch | undefined} */ (at > 0 ? guessOf(name, at) : undefined);
    const draft = drafts.get(String(this.at));
    if (at !== number) this.guess = guess ?? null;
    this.strokes = draft ?? copied(guess?.strokes ?? []);
    this.#draw(!draft);
  }

  /** What is pressed in a step that asks for a sketch. @param {LabStep} step */
  createForm({ then = "" }) {
    const { language } = this.page;
    const create = (
      /** @type {string} */ key,
      /** @type {string} */ look,
      /** @type {(event: MouseEvent) => void} */ act,
    ) => {
      const button = make("button", {
        class: look,
        testid: `lab-${key.replace(".", "-")}`,
        text: language.say(key),
      });
      on(button, "click", act);
      return button;
    };
    this.begin = create("sketch.begin", "lab-quiet", ({ detail }) => this.#goThere(detail === 0));
    this.away = create("sketch.away", "lab-link", () => this.#leave());
    const clear = create("sketch.clear", "lab-quiet", () => this.#clear());
    this.keep = make("button", { class: "lab-main", testid: "lab-predict", text: language.say("lab.predict") });
    on(this.keep, "click", () => this.#keep(then));
    this.said = make("div", { class: "lab-then", role: "status" });
    const guessed = guessOf(...this.at) !== undefined;
    if (guessed) this.said.append(prose(then));
    // A finger also scrolls: there the picture is drawn on once that is asked for.
    if (!guessed && matchMedia("(pointer: fine)").matches) this.#take();
    else this.#putAway();
    const how = make("p", { class: "lab-sketch-how", text: together([language.say("sketch.how"), ""]) });
    how.append(make("span", { class: "lab-sketch-keys", text: language.say("sketch.keys") }));
    const tools = make("p", { class: "lab-sketch-tools" }, this.begin, clear, this.away);
    return make("div", { class: "lab-prediction" }, how, tools, this.keep, this.heard, this.said);
  }

  /** Where it is told how like the network's boundary is; null without a guess. */
  createTold() {
    if (!this.guess) return null;
    this.told = make("p", { class: "lab-foretold", testid: "lab-likeness" });
    this.update();
    return this.told;
  }

  /** Looks whether there is another picture to be compared with. */
  update() {
    const { language, store } = this.page;
    const { frame, layout } = store.state;
    if (layout && layout.reach !== this.reach) this.#draw(this.line.kept);
    if (!this.guess || !this.told || !layout || (frame === this.compared && frame)) return;
    this.compared = frame;
    // Before anything is learnt there is no answer to compare with.
    const classes = frame && frame.body.epoch > 0 ? classesOn(frame, layout.task) : null;
    if (classes) this.guess.likeness = likenessOf(this.#regions(this.guess.strokes, layout.reach), classes);
    setText(this.told, likenessWords(language, classes && this.guess.likeness, "sketch.waits"));
  }

  /** Nothing of it stays on the page. */
  close() {
    this.pencil.putAway();
    this.guess = this.told = null;
    this.strokes = [];
    this.#draw(false);
  }

  /** @param {Stroke[]} strokes @param {number} reach */
  #regions(strokes, reach) {
    if (this.parted?.strokes !== strokes || this.parted.reach !== reach) {
      this.parted = { strokes, reach, regions: regionsOf(strokes, reach) };
    }
    return this.parted.regions;
  }

  /** To the picture, the pencil in hand. @param {boolean} byKey and so will the pencil be moved */
  #goThere(byKey) {
    this.#take();
    // What is pressed afterwards is in sight, too, on a sheet that is low.
    this.keep?.scrollIntoView({ block: "nearest" });
    this.area.scrollIntoView({ block: "nearest" });
    this.area.focus({ preventScroll: true });
    if (byKey) this.pencil.aim();
  }

  #clear() {
    dropGuess(...this.at);
    this.said?.replaceChildren();
    this.strokes.length = 0;
    this.#take();
    this.#draw(false);
  }

  /** @param {string} then what is said after it */
  #keep(then) {
    if (this.strokes.length === 0) {
      this.said?.replaceChildren(this.page.language.say("sketch.first"));
      return;
    }
    keepGuess(...this.at, { strokes: copied(this.strokes), likeness: null });
    drafts.delete(String(this.at));
    this.#putAway();
    this.#draw(true);
    this.said?.replaceChildren(prose(then));
  }

  #take() {
    drafts.set(String(this.at), this.strokes);
    this.pencil.take(this.strokes);
    if (this.away) this.away.hidden = false;
  }

  #putAway() {
    this.pencil.putAway();
    if (this.away) this.away.hidden = true;
  }

  /** Whoever leaves the picture by key finds the way back to it. */
  #leave() {
    this.#putAway();
    this.begin?.focus({ preventScroll: true });
  }

  /** @param {boolean} kept */
  #draw(kept) {
    this.reach = this.page.store.state.layout?.reach ?? 1;
    this.line.show(this.strokes, this.reach, kept);
  }
}
