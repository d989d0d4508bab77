/**
 * The neuron cards: one for every kind (its picture, name, formula, size in the layers asked about, and a sentence), in
 * groups. One dialog for all the buttons that open it.
 *
 * It is a group of radio buttons: arrows move, Enter or Space chooses, typing a name finds it, Escape leaves all as it
 * was. What is chosen is said to the button that asked; nothing of it is kept here.
 */

import { nearestBox } from "../draw/geometry.js";
import { drawPortrait } from "../draw/portrait.js";
import { findSpec, formulaFor } from "../model/catalog.js";
import { biasesAt, widthsAt } from "../model/config.js";
import { formatCount } from "../text/format.js";
import { contextOf, fitCanvas, imageOf } from "./canvas.js";
import { fillHint, make, on, setAttribute, setText } from "./dom.js";
import { fitToLine, formulaOf } from "./mathml.js";
import { statementsOf } from "./statements.js";

/** Letters that follow each other more slowly than this begin another word. */
const TYPING_MILLISECONDS = 700;

/** Between the dialog and the window's edge, in CSS pixels. */
const EDGE = 8;

/**
 * @typedef {import("./neuron_picker.js").Question} Question
 * @typedef {{ option: Option, element: HTMLButtonElement, canvas: HTMLCanvasElement, count: HTMLElement, formula: HTMLElement }} Card
 */

export class NeuronCards {
  /**
   * @param {Omit<Page, "cards">} page
   * @param {Record<string, Portrait>} portraits of typical units, by kind
   * @param {(widths: number[], chosen: Choice | null, biases: boolean[]) => Promise<Record<string, number>>} count
   *   asks the server
   */
  constructor(page, portraits, count) {
    this.page = page;
    this.portraits = portraits;
    this.count = count;
    /** @type {Card[]} */
    this.cards = [];
    /** @type {Question | null} */
    this.question = null;
    /** @type {boolean | null} of the formulas that stand there */
    this.bias = null;
    /** CSS pixels of the lines that they fit. */
    this.width = 0;
    this.typed = { text: "", at: 0 };
    this.title = make("h2");
    this.about = make("p", { class: "picker-about" });
    this.groups = make("div", { class: "picker-groups", role: "radiogroup" });
    this.dialog = this.#createDialog();
  }

  /** @param {HTMLElement} opener @param {Question} question */
  async ask(opener, question) {
    // Pressed again while the cards were on their way.
    if (this.dialog.open) return;
    this.question = question;
    this.typed = { text: "", at: 0 };
    if (this.cards.length === 0) this.#fill();
    const { config, layout } = this.page.store.state;
    const widths = widthsAt(config, question.where, layout?.output.units ?? 1);
    const biases = biasesAt(config, question.where);
    setText(this.title, question.label);
    setAttribute(this.groups, "aria-label", question.label);
    setText(this.about, this.#describe(widths));
    const changed = this.#mark(question.chosen?.name ?? "", biases.includes(true));
    if (!this.dialog.isConnected) document.body.append(this.dialog);
    on(this.dialog, "close", () => opener.focus(), { once: true });
    this.dialog.showModal();
    this.#fit(changed);
    this.#place(opener);
    this.#draw();
    this.#move(Math.max(0, this.#chosenIndex()));
    await this.#showCounts(widths, question, biases);
  }

  #createDialog() {
    const { language } = this.page;
    const close = make("button", { class: "round", text: "×", label: language.say("picker.close") });
    const head = make("div", { class: "picker-head" }, this.title, this.about, close);
    const dialog = make("dialog", { class: "picker", testid: "picker", label: language.say("picker.label") });
    close.dataset.help = "picker_close";
    dialog.append(head, this.groups);
    on(close, "click", () => dialog.close());
    // The backdrop is the dialog's own; all that is inside it is covered by the head and the groups.
    on(dialog, "click", ({ target }) => {
      if (target === dialog) dialog.close();
    });
    on(this.groups, "keydown", (event) => this.#onKey(event));
    // Past the last of its two stops there is nothing but the browser's own bar: Tab goes round.
    on(dialog, "keydown", (event) => {
      if (event.key !== "Tab") return;
      event.preventDefault();
      const card = this.cards.find(({ element }) => element.tabIndex === 0)?.element;
      (document.activeElement === close ? card : close)?.focus();
    });
    return dialog;
  }

  #fill() {
    /** @type {Map<string, HTMLElement>} */
    const groups = new Map();
    for (const option of this.page.options("neurons")) {
      const name = option.group ?? "";
      const group = groups.get(name) ?? make("div", { class: "picker-group", role: "group", label: name });
      if (!groups.has(name)) group.append(make("h3", { text: name }));
      groups.set(name, group);
      const card = this.#createCard(option);
      this.cards.push(card);
      group.append(card.element);
    }
    this.groups.replaceChildren(...groups.values());
  }

  /** @param {Option} option @returns {Card} */
  #createCard(option) {
    const canvas = make("canvas", { class: "card-picture" });
    const count = make("span", { class: "card-count" });
    const name = make("b", { text: option.text });
    const formula = make("span", { class: "card-formula" });
    const sentence = make("span", { class: "card-sentence" });
    fillHint(option.hint, (words) => setText(sentence, words));
    const element = make(
      "button",
      { class: "card", role: "radio", testid: `card-${option.value}`, help: "card" },
      make("span", { class: "card-side" }, canvas, count),
      name,
      formula,
      sentence,
    );
    on(element, "click", () => {
      this.dialog.close();
      this.question?.onChoose(option.value);
    });
    return { option, element, canvas, count, formula };
  }

  /** @param {number[]} widths */
  #describe(widths) {
    const { language } = this.page;
    if (widths.length > 2) return language.say("picker.all_layers", { widths: widths.join(" → ") });
    return language.say("picker.one_layer", { inputs: widths[0], units: widths[1] });
  }

  /** @param {string} chosen @param {boolean} bias whether any of the layers has biases @returns {boolean} whether formulas are others now */
  #mark(chosen, bias) {
    const changed = bias !== this.bias;
    this.bias = bias;
    for (const { option, element, count, formula } of this.cards) {
      const text = formulaFor(findSpec(this.page.catalog, "neurons", option.value), bias) ?? "";
      if (changed) formula.replaceChildren(...statementsOf(formulaOf(text)));
      setAttribute(element, "aria-checked", String(option.value === chosen));
      setText(count, "");
      this.#name(element, option);
    }
    return changed;
  }

  /** They still fit where neither they nor their lines have changed: nothing has to be laid out twice. @param {boolean} changed */
  #fit(changed) {
    const width = this.cards[0].formula.clientWidth;
    if (changed || width !== this.width) fitToLine(...this.cards.map(({ formula }) => formula));
    this.width = width;
  }

  /** @param {HTMLElement} element @param {Option} option @param {string} [count] */
  #name(element, option, count) {
    setAttribute(element, "aria-label", [option.text, count, option.hint].filter(Boolean).join(". "));
  }

  /** @param {number[]} widths @param {Question} question @param {boolean[]} biases */
  async #showCounts(widths, question, biases) {
    const { language } = this.page;
    const counts = await this.count(widths, question.chosen, biases).catch(() => null);
    if (this.question !== question) return;
    for (const { option, element, count } of this.cards) {
      const number = counts?.[option.value];
      const text = number === undefined ? "–" : formatCount(number);
      const said = language.say("picker.parameters", { count: text });
      setText(count, text);
      this.#name(element, option, said);
    }
  }

  #draw() {
    const { theme, ratio } = this.page;
    const { ramp, line } = theme();
    // All are as wide as the first; asked one by one, each would have the others laid out anew.
    const side = this.cards[0].canvas.clientWidth;
    for (const { option, canvas } of this.cards) {
      const portrait = this.portraits[option.value];
      if (!portrait) continue;
      fitCanvas(canvas, side, side, ratio());
      const field = Uint8Array.from(atob(portrait.field), (letter) => letter.charCodeAt(0));
      const look = { colours: ramp, line, width: 1.6 * ratio() };
      drawPortrait(contextOf(canvas), { field, side: portrait.side, image: imageOf(canvas), ...look });
    }
  }

  /**
   * Under its button where there is room, else as near as the window lets it. On a narrow one the style sheet makes it
   * a sheet of its own.
   *
   * @param {HTMLElement} opener
   */
  #place(opener) {
    const { left, width, bottom } = opener.getBoundingClientRect();
    const { offsetWidth, offsetHeight, style } = this.dialog;
    const within = (/** @type {number} */ place, /** @type {number} */ most) =>
      Math.max(EDGE, Math.min(most - EDGE, place));
    style.setProperty("--left", `${within(left + (width - offsetWidth) / 2, window.innerWidth - offsetWidth)}px`);
    style.setProperty("--top", `${within(bottom + EDGE, window.innerHeight - offsetHeight)}px`);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const from = this.cards.findIndex(({ element }) => element === document.activeElement);
    const next = this.#target(event.key, from, event.timeStamp);
    if (next === null) return;
    // Arrows would scroll, and letters are shortcuts of the page.
    event.preventDefault();
    if (next >= 0) this.#move(next);
  }

  /** @param {string} key @param {number} from @param {number} now @returns {number | null} -1: stay; null: not ours */
  #target(key, from, now) {
    if (key === "Home") return 0;
    if (key === "End") return this.cards.length - 1;
    if (key.startsWith("Arrow")) {
      return nearestBox(
        this.cards.map(({ element }) => element.getBoundingClientRect()),
        from,
        key,
      );
    }
    if (key.length > 1 || key === " " || key === "?") return null;
    const joined = now - this.typed.at < TYPING_MILLISECONDS ? this.typed.text + key : key;
    this.typed = { text: joined.toLowerCase(), at: now };
    return this.cards.findIndex(({ option }) => option.text.toLowerCase().startsWith(this.typed.text));
  }

  /** @param {number} index */
  #move(index) {
    this.cards.forEach(({ element }, other) => {
      element.tabIndex = other === index ? 0 : -1;
    });
    this.cards[index].element.focus();
  }

  #chosenIndex() {
    return this.cards.findIndex(({ element }) => element.getAttribute("aria-checked") === "true");
  }
}
