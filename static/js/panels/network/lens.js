/**
 * The layer lens: under each column, how well a straight cut through that layer's own space separates the data, what
 * this decides over the plane, and the space itself with the points and the bent grid.
 *
 * Where only one picture has room, a switch chooses it; a press makes one large (lens_large.js). What is computed and how
 * often is the server's matter.
 */

import { drawGrid } from "../../draw/grid.js";
import { drawPoints } from "../../draw/points.js";
import { linearScale } from "../../draw/scale.js";
import { formatPercent } from "../../text/format.js";
import { paintAnswer } from "../../widgets/answer_surface.js";
import { contextOf, fitCanvas } from "../../widgets/canvas.js";
import { byTestId, find, on, setAttribute, setText } from "../../widgets/dom.js";
import { lookOf } from "../../widgets/theme.js";
import { LensCell } from "./lens_cell.js";
import { LensLarge, spaceAt } from "./lens_large.js";

/** A cell this wide has room for both pictures, in its own text size. */
const BOTH_REM = 14;
const VIEWS = /** @type {const} */ (["decision", "space", "health"]);

export class Lens {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.root = find(document, ".middle");
    this.columns = find(this.root, ".columns");
    this.sentence = find(this.root, ".lens-sentence");
    /** @type {LensCell[]} */
    this.cells = [];
    /** What each canvas was drawn of. @type {WeakMap<HTMLCanvasElement, unknown[]>} */
    this.drawn = new WeakMap();
    /** @type {Frame | null} whose health was asked for */
    this.healthOf = null;
    this.large = new LensLarge(page, (canvas, picture, at) => this.#paintLarge(canvas, picture, at));
    const { actions } = page;
    this.switches = VIEWS.map((picture) => {
      const button = byTestId(`lens-${picture}`);
      on(button, "click", () => actions.look({ picture }));
      return { picture, button };
    });
  }

  /** @param {State} state */
  show(state) {
    const { config } = state;
    const lens = seenOf(state);
    this.root.classList.toggle("lensed", lens.open);
    if (!lens.open) this.large.shut();
    for (const { picture, button } of this.switches)
      setAttribute(button, "aria-pressed", String(picture === lens.picture));
    this.root.classList.toggle("shows-health", lens.picture === "health");
    const count = config.layers.length + 1;
    while (this.cells.length > count) this.cells.pop()?.remove();
    // Kept while it is shut: their menus take longer to make than all their pictures.
    while (lens.open && this.cells.length < count) this.cells.push(this.#createCell(this.cells.length));
    for (const cell of this.cells) cell.show(config.layers[cell.layer]?.units ?? 0, lens);
  }

  /** @param {number} index among the layers, the features first */
  #createCell(index) {
    return new LensCell(this.page, this.columns, index - 1, (picture, opener) =>
      this.large.open(picture, index, opener),
    );
  }

  /** Both pictures where they fit: before the units are placed, for it decides how high the cells are. */
  place() {
    const narrowest = Math.min(...this.cells.map(({ element }) => element.clientWidth));
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.root.classList.toggle("lens-both", narrowest >= BOTH_REM * rem);
  }

  /** @param {State} state */
  draw(state) {
    const seen = state.frame?.lens;
    if (!seen || !state.lens.open) return;
    if (seenOf(state).picture === "health") {
      this.#drawHealth(state);
      return;
    }
    const [marks, grid] = [this.#marksOf(state), this.#gridLook()];
    const cells = this.cells.slice(0, seen.facts.layers.length);
    const shown = [seen, state.points, state.layout, state.tests, this.page.theme()];
    for (const [index, cell] of cells.entries()) cell.say(seen.facts, index);
    setText(this.sentence, lensSentence(this.page.language, state, seen.facts));
    // Measured when all is said: else the browser would lay the page out anew for each.
    cells.forEach((cell, index) => {
      if (this.#isStale(cell.decision, shown)) this.#drawDecision(state, cell.decision, seen, index, marks);
      if (this.#isStale(cell.space, shown)) this.#drawSpace(cell.space, seen, index, marks, grid);
    });
    this.large.draw();
  }

  /** @param {HTMLCanvasElement} canvas @param {"decision" | "space"} picture @param {number} at @returns {string} */
  #paintLarge(canvas, picture, at) {
    const { state } = this.page.store;
    const seen = state.frame?.lens;
    const nearest = Math.round(at);
    if (!seen || nearest >= seen.facts.layers.length || canvas.width === 0) return "";
    const marks = this.#marksOf(state, 0.6);
    if (picture === "decision") this.#drawDecision(state, canvas, seen, nearest, marks);
    else this.#drawSpace(canvas, seen, at, marks, this.#gridLook());
    return lensSentence(this.page.language, { ...state, inspect: { layer: nearest - 1, unit: 0 } }, seen.facts);
  }

  /** Asked for with each frame, but not too often: what is shown is as old as the last answer. @param {State} state */
  #drawHealth({ frame, config }) {
    const { inspection, language } = this.page;
    if (this.healthOf !== frame) inspection.refresh("health");
    this.healthOf = frame;
    const { health } = inspection;
    if (!health || health.gradient.length !== config.layers.length + 1) return;
    const most = Math.max(...health.gradient.map(Number));
    this.cells.forEach((cell, index) => {
      if (index === 0) cell.sayNothing();
      else {
        const [gradient, dead, saturated] = [health.gradient, health.dead, health.saturated].map(
          (one) => one[index - 1],
        );
        cell.sayHealth({ gradient, dead, saturated, share: shareOf(gradient, most) });
      }
    });
    setText(this.sentence, healthSentence(language, health));
  }

  /** @param {State} state @param {HTMLCanvasElement} canvas @param {Lensed} seen @param {number} index @param {MarksOf} marks */
  #drawDecision({ layout }, canvas, { facts, arrays }, index, marks) {
    const name = facts.layers[index];
    if (!layout) return;
    const { reach, task } = layout;
    // Ridge scores are margins: -1 and 1 are the two classes.
    paintAnswer(canvas, { arrays }, `decision.${name}`, { task, squash: "margin", theme: this.page.theme() });
    marks(contextOf(canvas), canvas.width, ({ x, y }) => [x, y], [-reach, reach]);
  }

  /**
   * @param {HTMLCanvasElement} canvas @param {Lensed} seen @param {number} at a place among the layers, or between two
   * @param {MarksOf} marks @param {Grid["look"]} look
   */
  #drawSpace(canvas, seen, at, marks, look) {
    const space = spaceAt(seen, at);
    if (!space) return;
    const { points, grid, shape } = space;
    const [context, size] = [contextOf(canvas), canvas.width];
    context.clearRect(0, 0, size, size);
    drawGrid(context, { places: grid, shape, size, look });
    const count = points.length / 2;
    marks(context, size, ({ index }) => [points[index], points[count + index]], [0, 255], count);
  }

  /**
   * Whether a canvas, which gets its size here, is seen and shows something else, or nothing: not every frame brings
   * another lens.
   *
   * @param {HTMLCanvasElement} canvas @param {unknown[]} shown what its picture is made of
   */
  #isStale(canvas, shown) {
    const side = canvas.clientWidth;
    if (side === 0) return false;
    const cleared = fitCanvas(canvas, side, side, this.page.ratio());
    const before = this.drawn.get(canvas);
    this.drawn.set(canvas, shown);
    return cleared || !before || shown.some((one, index) => one !== before[index]);
  }

  /** @returns {Grid["look"]} */
  #gridLook() {
    return { colour: this.page.theme().soft, line: Math.max(0.7, this.page.ratio() * 0.6) };
  }

  /**
   * Draws every point where it is told, test points first and hollow, as on the output.
   *
   * @param {State} state @param {number} [share] of their size on a small picture @returns {MarksOf}
   */
  #marksOf({ points, layout, tests }, share = 1) {
    if (!points || !layout) return () => {};
    const theme = this.page.theme();
    const all = [...points.train, ...points.test];
    const look = lookOf(theme, layout, points);
    return (context, size, placeOf, domain, count = all.length) => {
      // For a moment after a choice of other data, the lens is still of the old.
      if (count !== all.length) return;
      /** @type {Point[]} */
      const placed = all.map(([x, y, target], index) => {
        const [across, up] = placeOf({ x, y, index });
        return [across, up, target];
      });
      const common = {
        lookOf: look,
        x: linearScale(domain, [0, size]),
        y: linearScale(domain, [size, 0]),
        radius: share * size * Math.min(0.022, 0.013 * Math.max(1, Math.sqrt(250 / all.length))),
        halo: theme.ground,
      };
      if (tests) drawPoints(context, { ...common, points: placed.slice(points.train.length), hollow: true });
      drawPoints(context, { ...common, points: placed.slice(0, points.train.length), hollow: false });
    };
  }
}

/** Nothing of a forest has a gradient: there the decisions are shown instead. @param {State} state @returns {LensState} */
function seenOf({ config, lens }) {
  return config.forest && lens.picture === "health" ? { ...lens, picture: "decision" } : lens;
}

/** Decades that the bars of gradients show: beyond, next to nothing arrives. */
const DECADES = 6;

/**
 * How long a gradient's bar is beside the longest one's, by decades.
 *
 * @param {number | null} gradient @param {number} most
 */
export function shareOf(gradient, most) {
  if (!gradient || !(most > 0)) return 0;
  return Math.max(0, 1 + Math.log10(gradient / most) / DECADES);
}

/** A layer that gets less than this share of what another gets hardly learns. */
const VANISHED = 1e-3;

/**
 * What the layers' health comes to, the worst first.
 *
 * @param {Language} language @param {HealthAnswer} health
 */
export function healthSentence(language, { gradient, dead, saturated }) {
  const hidden = dead.slice(0, -1).map(Number);
  const name = (/** @type {number} */ layer) => ({ layer: layer + 1 });
  const worst = (/** @type {number[]} */ shares) => shares.indexOf(Math.max(...shares));
  const most = Math.max(...gradient.map(Number));
  const starved = gradient.findIndex((one) => one !== null && most > 0 && one < VANISHED * most);
  if (hidden.some((share) => share >= 0.25)) {
    const at = worst(hidden);
    return language.say("lens.health_dead", { ...name(at), share: formatPercent(hidden[at]) });
  }
  if (starved >= 0 && starved < hidden.length) return language.say("lens.health_vanished", name(starved));
  const held = saturated.slice(0, -1).map(Number);
  if (held.some((share) => share >= 0.5)) {
    const at = worst(held);
    return language.say("lens.health_saturated", { ...name(at), share: formatPercent(held[at]) });
  }
  return language.say("lens.health_good");
}

/**
 * What is seen, in one sentence: of the layer that is looked at, else of the last one; of a forest's levels, of those grown.
 *
 * @param {Language} language @param {Pick<State, "inspect"> & Partial<Pick<State, "config" | "frame">>} state
 * @param {LensFacts} facts
 */
export function lensSentence(language, { inspect, config, frame }, { measure, layers, train }) {
  const forest = Boolean(config?.forest);
  const last = Math.min(layers.length - 1, forest ? (frame?.body.epoch ?? 0) : Number.POSITIVE_INFINITY);
  const shown = Math.min(last, inspect ? inspect.layer + 1 : last);
  const key = `${forest ? "forest" : "lens"}.${measure}${shown === 0 ? "_input" : ""}`;
  return language.say(key, { layer: shown, share: formatPercent(train[shown]), input: formatPercent(train[0]) });
}
