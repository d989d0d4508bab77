/**
 * The reader's own points: a tool bar in the data column, and the pointer or a cross-hair on the large surface.
 *
 * Each stroke is shown at once and sent as it grows; the weights stay (docs/decisions/0006-points-drawn-while-training.md).
 * What a stroke does to the points is model/own_points.js' matter.
 */

import { findSpec } from "../../model/catalog.js";
import { withData, withDataset, withOwn } from "../../model/config.js";
import { placeText } from "../../model/own_numbers.js";
import { copied, erased, pointAt, sprayed, withoutNearest } from "../../model/own_points.js";
import { relabelled } from "../../model/own_table.js";
import { beyondOf, columnsOf, ownNumber, scalingsOf } from "../../model/own_units.js";
import { tableFile } from "../../model/table_file.js";
import { formatCount } from "../../text/format.js";
import { createSlider } from "../../widgets/controls.js";
import { byTestId, find, on, setAttribute, setText } from "../../widgets/dom.js";
import { takeSurface, whenTaken } from "../../widgets/one_hand.js";
import { saveFile } from "../../widgets/save_file.js";
import { ClassChips } from "./class_chips.js";

/** @typedef {"point" | "brush" | "erase"} Tool */

/** A brush held still adds a point this often, and a moved one no more often. */
const SPRAY_MILLISECONDS = 40;
/** One press of an arrow key, and of one with Shift. */
const STEP = 0.05;
const FINE_STEP = 0.01;

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @typedef {{ tool: Tool | null, label: number, value: number, place: Place }} Hand what points are drawn with, and where */

export class DrawPoints {
  /** @param {Page} page @param {Hand | null} before what is in hand on the page in another language */
  constructor(page, before) {
    this.page = page;
    const knob = (/** @type {string} */ name) =>
      findSpec(page.catalog, "datasets", "own").knobs.find((one) => one.name === name);
    this.fewest = knob("points")?.low ?? 0;
    this.most = page.catalog.fields["data.count"].high ?? 0;
    this.bar = find(document, ".draw");
    this.chips = new ClassChips(page, find(this.bar, ".chips"), knob("names")?.high ?? 0, {
      pick: (label) => this.#pick(label),
      add: () => this.#addClass(),
    });
    this.note = find(this.bar, ".draw-note");
    this.surface = find(document, ".output-surface");
    this.cross = find(this.surface, ".cross");
    /** @type {Tool | null} */
    this.tool = before?.tool ?? null;
    this.label = before?.label ?? 0;
    this.value = before?.value ?? 1;
    this.place = before?.place ?? { x: 0, y: 0 };
    /** @type {{ pointer: number, timer: number } | null} */
    this.stroke = null;
    /** @type {HTMLElement | null} */
    this.values = null;
    /** What the slider was made for. */
    this.valuesFor = "";
    this.#listenToBar();
    this.#listenToSurface();
    if (this.tool) this.choose(this.tool);
  }

  get own() {
    return this.page.store.state.config.data.name === "own";
  }

  /** @returns {Point[]} */
  get points() {
    const { draft, config } = this.page.store.state;
    return draft ?? /** @type {Point[]} */ (config.data.points);
  }

  /** @param {State} state */
  show({ config, layout, draft }) {
    this.bar.hidden = !this.own;
    byTestId("draw-copy").hidden = this.own;
    byTestId("table-save").hidden = !this.own;
    if (!this.own) {
      // What is not in hand here may be another's: a lab's pencil.
      if (this.tool) this.choose(null);
      return;
    }
    this.#showValues(config.data);
    this.#showLabels(config.data.task === "regression" ? null : layout);
    const count = (draft ?? this.points).length;
    const key = draft ? "draw.few" : count >= this.most ? "draw.full" : "draw.count";
    setText(
      this.note,
      this.page.language.say(key, { count: formatCount(count), fewest: this.fewest, most: this.most }),
    );
    this.note.classList.toggle("warn", key !== "draw.count");
    setAttribute(byTestId("draw-clear"), "aria-disabled", String(count === 0));
  }

  /** @param {Tool | null} tool */
  choose(tool) {
    if (tool) takeSurface(this.surface, this);
    this.tool = tool;
    for (const one of ["point", "brush", "erase"]) {
      setAttribute(byTestId(`draw-${one}`), "aria-pressed", String(one === tool));
    }
    this.surface.classList.toggle("drawing", tool !== null);
    setAttribute(this.surface, "role", tool ? "application" : "img");
    setAttribute(this.surface, "aria-label", this.page.language.say(tool ? "draw.surface" : "output.label"));
    if (tool) this.surface.tabIndex = 0;
    else {
      this.surface.removeAttribute("tabindex");
      this.#end();
    }
  }

  /** Own points as they were when they were last drawn on, or the first ones. */
  begin() {
    const { actions, catalog, store } = this.page;
    if (!this.own) actions.open(withDataset(store.state.config, "own", catalog));
    this.choose("brush");
  }

  /** The points that are shown, as own ones. */
  copy() {
    const { actions, catalog, store } = this.page;
    const { config, points, layout } = store.state;
    if (!points || !layout) return;
    const names = Array.from({ length: Math.max(0, layout.classes) }, () => "");
    actions.open(withOwn(config, { points: copied(points, layout), task: layout.task, names }, catalog));
    this.choose("brush");
  }

  /**
   * The points of another task, as near to what they were as can be.
   *
   * @param {Task} task
   */
  relabel(task) {
    const { actions, catalog, store } = this.page;
    const { config, draft, layout } = store.state;
    const { data } = config;
    const kept = /** @type {Point[]} */ (data.points);
    const made = relabelled(data, [...kept, ...(draft ?? [])], task, layout?.classes ?? 0, this.chips.most);
    const run = { ...data, ...made, points: made.points.slice(0, kept.length), task };
    actions.reopen({ config: withData(config, run, catalog), draft: draft && made.points.slice(kept.length) });
  }

  #save() {
    saveFile(tableFile(this.page), "points.csv");
  }

  /** @param {Point[]} points */
  #update(points) {
    const { actions, store } = this.page;
    const { config, layout } = store.state;
    const names = /** @type {string[]} */ (config.data.names);
    // A class stays when its last point goes: the network has a unit for it.
    if (layout && config.data.task !== "regression" && names.length < layout.classes) {
      actions.change("data.names", namesFor(layout.classes, names));
    }
    actions.draw(points, points.length >= this.fewest);
  }

  /** @param {Place} place */
  #add(place) {
    const regression = this.page.store.state.config.data.task === "regression";
    if (this.points.length >= this.most) return;
    this.#update([...this.points, pointAt(place, regression ? this.value : this.label)]);
  }

  #paint() {
    if (this.tool === "point") this.#add(this.place);
    else if (this.tool === "brush") this.#add(this.stroke ? sprayed(this.place, Math.random) : this.place);
    else this.#erase();
  }

  #erase() {
    const left = erased(this.points, this.place);
    if (left.length < this.points.length) this.#update(left);
  }

  #end() {
    clearInterval(this.stroke?.timer);
    this.stroke = null;
  }

  /** @param {Layout | null} layout null for values */
  #showLabels(layout) {
    if (this.values) this.values.hidden = layout !== null;
    this.chips.root.hidden = layout === null;
    if (!layout) return;
    // A class just added is there before the server has answered.
    const names = /** @type {string[]} */ (this.page.store.state.config.data.names);
    const classes = Math.max(layout.classes, names.length);
    this.label = Math.min(this.label, classes - 1);
    this.chips.show(layout, classes, this.label);
  }

  /** @param {number} label */
  #pick(label) {
    if (label >= (this.page.store.state.layout?.classes ?? 0)) return;
    this.label = label;
    if (this.tool === null || this.tool === "erase") this.choose("brush");
    this.show(this.page.store.state);
  }

  /**
   * One class more is another network: its output has one unit more. Points too few for a run stay as they are, beside the
   * ones that are learnt until then.
   */
  #addClass() {
    const { actions, catalog, store } = this.page;
    const { config, layout } = store.state;
    if (!layout) return;
    const now = /** @type {string[]} */ (config.data.names);
    // Pressed again before the server has answered, it is one class more again.
    const classes = Math.max(layout.classes, now.length);
    const names = namesFor(classes + 1, now.length ? now : layout.class_names);
    this.label = classes;
    const points = /** @type {Point[]} */ (config.data.points);
    actions.open(withOwn(config, { points, task: "classification", names }, catalog));
    this.choose("brush");
  }

  /** The value that points are drawn with, in the reader's own numbers where they have any. @param {Choice} data */
  #showValues(data) {
    const scaling = scalingsOf(data)[2];
    const key = JSON.stringify([scaling, columnsOf(data)[2]]);
    if (key === this.valuesFor) return;
    this.valuesFor = key;
    const naming = { label: columnsOf(data)[2] || this.page.language.say("draw.value"), testid: "draw-value" };
    // The square's own ends, which values share.
    const [low, high] = [ownNumber(scaling, -1), ownNumber(scaling, 1)];
    /** @type {Knob} */
    const knob = {
      ...{ name: "value", label: "", default: high, choices: [] },
      ...{ kind: "float", low, high, step: (high - low) / 40, scale: "linear" },
    };
    const slider = createSlider(naming, knob, (own) => {
      this.value = Math.min(1, Math.max(-1, scaling.factor * (own - scaling.offset)));
      slider.show(own);
    });
    slider.show(ownNumber(scaling, this.value));
    this.values?.remove();
    this.values = slider.element;
    this.chips.root.after(slider.element);
  }

  #listenToBar() {
    const press = (/** @type {string} */ name, /** @type {() => void} */ act) => on(byTestId(name), "click", act);
    for (const tool of /** @type {const} */ (["point", "brush", "erase"])) {
      press(`draw-${tool}`, () => this.choose(this.tool === tool ? null : tool));
    }
    press("draw-clear", () => {
      if (this.points.length > 0) this.#update([]);
    });
    press("table-save", () => this.#save());
  }

  #listenToSurface() {
    const { surface } = this;
    on(surface, "pointerdown", (event) => {
      if (!this.tool || this.stroke || event.button !== 0) return;
      event.preventDefault();
      surface.focus({ preventScroll: true });
      surface.setPointerCapture(event.pointerId);
      this.#begin(event);
    });
    on(surface, "pointermove", (event) => {
      if (event.pointerId !== this.stroke?.pointer) return;
      this.#move(event);
      if (this.tool === "erase") this.#erase();
    });
    for (const end of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"])) {
      on(surface, end, (event) => {
        if (event.pointerId === this.stroke?.pointer) this.#end();
      });
    }
    on(surface, "keydown", (event) => {
      if (this.tool && !event.ctrlKey && !event.metaKey && !event.altKey && this.#press(event)) event.preventDefault();
    });
    on(surface, "blur", () => surface.classList.remove("aiming"));
    whenTaken(surface, this, () => this.tool && this.choose(null), this.page.signal);
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    this.#move(event);
    this.surface.classList.remove("aiming");
    this.#paint();
    const timer = window.setInterval(() => this.tool !== "point" && this.#paint(), SPRAY_MILLISECONDS);
    this.stroke = { pointer: event.pointerId, timer };
  }

  /** @param {PointerEvent} event */
  #move({ clientX, clientY }) {
    const { left, top, width, height } = this.surface.getBoundingClientRect();
    const beyond = beyondOf(this.page.store.state.layout);
    const [x, y] = [(2 * (clientX - left)) / width - 1, 1 - (2 * (clientY - top)) / height];
    this.place = { x: beyond * x, y: beyond * y };
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was one for drawing */
  #press({ key, shiftKey }) {
    if (key === "Escape") {
      this.choose(null);
      this.surface.blur();
    } else if (key in ARROWS) this.#aim(/** @type {keyof typeof ARROWS} */ (key), shiftKey ? FINE_STEP : STEP);
    else if (key === " " || key === "Enter") {
      if (this.tool === "erase") this.#erase();
      else this.#add(this.place);
    } else if (key === "Delete" || key === "Backspace") {
      this.#update(withoutNearest(this.points, this.place));
    } else if (/^\d$/.test(key)) this.#pick(Number(key));
    else return false;
    return true;
  }

  /** @param {keyof typeof ARROWS} key @param {number} step */
  #aim(key, step) {
    const [right, up] = ARROWS[key];
    const [x, y] = pointAt({ x: this.place.x + right * step, y: this.place.y + up * step }, 0);
    this.place = { x, y };
    this.surface.classList.add("aiming");
    this.cross.classList.toggle("turned", x > 0.5);
    const beyond = beyondOf(this.page.store.state.layout);
    this.cross.style.left = `${50 * (1 + x / beyond)}%`;
    this.cross.style.top = `${50 * (1 - y / beyond)}%`;
    setText(this.cross, placeText(this.page.store.state, x, y));
  }
}

/** As many names as there are classes, empty for those without. @param {number} classes @param {readonly string[]} names */
function namesFor(classes, names) {
  return Array.from({ length: classes }, (_, index) => names[index] ?? "");
}
