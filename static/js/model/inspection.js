/**
 * What the reader looks into: the unit whose numbers are shown, the place whose way through the network is traced, and the
 * answers of the server to both. Numbers are asked for a few times a second while they change, never while an answer is due.
 *
 * Not here: how any of it looks (panels/network/inspector.js).
 */

/** Numbers that change faster than this could not be read. */
const PERIOD_MILLISECONDS = 250;
/** After a number was set by hand, answers from before are still on their way. */
const HELD_MILLISECONDS = 500;

/** Questions that the server may refuse as a whole, for they take long. */
const LONG = ["gradcheck", "landscape"];

/** @typedef {{ words: { type: string, value: number } & Record<string, unknown>, at: number, sent: boolean }} Edit */

export class Inspection {
  /**
   * @param {Store} store @param {LiveSocket} socket @param {Actions} actions
   * @param {() => number} now milliseconds
   * @param {() => void} changed called when there is something new to show
   */
  constructor(store, socket, actions, now, changed) {
    /** @type {Store} */ this.store = store;
    /** @type {LiveSocket} */ this.socket = socket;
    /** @type {Actions} */ this.actions = actions;
    /** @type {() => number} */ this.now = now;
    /** @type {() => void} */ this.changed = changed;
    /** @type {() => void} told at once that another unit is pinned: the fields of the one before take nothing more */
    this.left = () => {};
    /** @type {Unit | null} the unit that stays open */
    this.pinned = null;
    /** @type {UnitAnswer | null} */
    this.unit = null;
    /** @type {number | null} the input whose number the reader is after, until its field is there */
    this.sought = null;
    /** @type {[number, number] | null} the place that is traced */
    this.point = null;
    /** @type {TraceAnswer | null} */
    this.trace = null;
    /** @type {RasterAnswer | null} how the pinned unit fires there, if it does */
    this.raster = null;
    /** @type {HealthAnswer | null} of the layers, where somebody asks for it */
    this.health = null;
    /** @type {CheckAnswer | string | null} its outcome, "waiting", or why there is none */
    this.check = null;
    /** @type {LandscapeAnswer | string | null} the loss around the weights, "waiting", or why there is none */
    this.landscape = null;
    this.depth = 0;
    this.id = 0;
    /** @type {Map<string, { id: number, at: number, waiting: boolean, run: number }>} the last question of each kind */
    this.questions = new Map();
    /** @type {Map<string, Edit>} numbers set by hand, by their unit and their place in its list */
    this.edits = new Map();
  }

  /** @param {Unit | null} unit under the pointer or in focus; without one, the pinned unit shows */
  look(unit) {
    this.actions.inspect(unit ?? this.pinned);
  }

  /** @param {Unit} unit */
  pin(unit) {
    // Trees have no weights to show.
    if (same(this.pinned, unit) || this.store.state.config.forest) return;
    this.pinned = unit;
    this.depth = this.store.state.config.layers.length;
    this.unit = this.raster = null;
    this.left();
    this.look(unit);
    this.#ask("unit", unit);
    this.changed();
  }

  /** The number by which a unit weighs one of its inputs, for editing. @param {Unit} unit @param {number} input */
  seek(unit, input) {
    this.pin(unit);
    this.sought = input;
    this.changed();
  }

  unpin() {
    if (!this.pinned) return;
    this.pinned = this.unit = this.raster = null;
    this.look(null);
    this.changed();
  }

  /** @param {[number, number] | null} point of the plane */
  follow(point) {
    this.point = point;
    this.trace = this.raster = null;
    if (point) this.#ask("trace", { point });
    this.#askRaster();
    this.changed();
  }

  checkGradient() {
    this.check = this.#ask("gradcheck", {}) ? "waiting" : null;
    this.changed();
  }

  /** Asks for the loss around the weights as they are now. @param {number} seed of the two directions */
  walk(seed) {
    this.landscape = this.#ask("landscape", { seed }) ? "waiting" : null;
    this.changed();
  }

  /**
   * @param {UnitAnswer} unit whose number it is: the reader may have gone on to another since it was typed
   * @param {number} index of the unit's list
   * @param {number} value shown at once, sent with the next animation frame
   */
  edit({ layer, unit, weights }, index, value) {
    const { param, index: place } = weights[index];
    const words = { type: "edit", layer, param, index: place, value };
    this.edits.set(keyOf({ layer, unit }, index), { words, at: this.now(), sent: false });
    this.changed();
  }

  /** The value to show at a place of the list. @param {number} index */
  numberAt(index) {
    if (!this.pinned) return null;
    const key = keyOf(this.pinned, index);
    const edit = this.edits.get(key);
    if (edit?.sent && this.now() - edit.at > HELD_MILLISECONDS) this.edits.delete(key);
    return this.edits.get(key)?.words.value ?? this.unit?.values[index] ?? null;
  }

  /** Sends what was set by hand since the last animation frame, the newest of each number. */
  flush() {
    if (!this.socket.settled) return;
    for (const edit of this.edits.values()) {
      if (!edit.sent) this.socket.send(edit.words);
      edit.sent = true;
    }
  }

  /** A frame has come: what is shown is as old as the frame before. */
  framed() {
    if (this.pinned) this.refresh(this.unit ? "weights" : "unit", this.pinned);
    if (this.point) this.refresh("trace", { point: this.point });
    if (this.#hasRaster()) this.refresh("raster", { ...this.pinned, point: this.point });
  }

  /** @param {Dispatch} messages of the server: another run, an answer, a refusal */
  listen(messages) {
    messages.on("opened", () => this.#reopened());
    messages.on("answer", (message) => this.#answered(message));
    messages.on("refused", (message) => {
      if (message.command === "ask") this.#refused(message);
    });
  }

  /** The reader has chosen another network: what is no longer there closes. */
  chose() {
    const { config, inspect } = this.store.state;
    const { layers } = config;
    if (!this.pinned) return;
    const depth = layers.length;
    const isOutput = this.pinned.layer === this.depth;
    if (isOutput && depth !== this.depth) this.pinned = { layer: depth, unit: this.pinned.unit };
    this.depth = depth;
    if (!isOutput && this.pinned.unit >= (layers[this.pinned.layer]?.units ?? 0)) this.unpin();
    else if (!inspect) this.look(null);
  }

  #reopened() {
    // What was asked about this run while it was on its way will be answered.
    for (const [what, { run }] of this.questions) if (run !== this.socket.runs) this.questions.delete(what);
    this.edits.clear();
    if (this.check === "waiting" && !this.questions.has("gradcheck")) this.check = null;
    if (this.landscape === "waiting" && !this.questions.has("landscape")) this.landscape = null;
    this.chose();
    const { layout } = this.store.state;
    const [pinned, point] = [this.pinned, this.point];
    if (pinned && layout && pinned.layer === layout.layers.length && pinned.unit >= layout.output.units) this.unpin();
    else if (pinned) {
      this.unit = null;
      this.socket.look({ inspect: this.store.state.inspect });
      this.#ask("unit", pinned);
    }
    const reach = layout?.reach ?? 1;
    if (point && Math.max(...point.map(Math.abs)) > reach) this.follow(null);
    else if (point) this.#ask("trace", { point });
    this.changed();
  }

  /** @param {any} answer */
  #answered(answer) {
    const question = this.questions.get(answer.what);
    if (!question || question.id !== answer.id) return;
    question.waiting = false;
    if (answer.what === "gradcheck") this.check = answer;
    else if (answer.what === "landscape") this.landscape = answer;
    else if (answer.what === "health") this.health = answer;
    else if (answer.what === "trace") this.trace = this.point && answer;
    else if (answer.what === "raster") this.raster = this.#isShown(answer) ? answer : null;
    else if (answer.what === "unit" && same(answer, this.pinned)) {
      this.unit = answer;
      this.#askRaster();
    } else if (this.unit && same(answer, this.pinned)) this.unit = { ...this.unit, ...answer, what: "unit" };
    this.changed();
  }

  /** Whether there is a raster to be had: of a unit that fires, at the place that is followed. */
  #hasRaster() {
    return Boolean(this.point && this.unit?.fires);
  }

  #askRaster() {
    if (this.#hasRaster()) this.#ask("raster", { ...this.pinned, point: this.point });
  }

  /** @param {RasterAnswer} raster */
  #isShown(raster) {
    return same(raster, this.pinned) && String(raster.point) === String(this.point);
  }

  /** A unit may vanish between the question and the server: nothing a reader has to know. @param {any} message */
  #refused({ path, message }) {
    for (const [what, question] of this.questions)
      if ((path === "what") === LONG.includes(what)) question.waiting = false;
    if (path !== "what") return;
    // Of the two that take long, the one that waits.
    if (this.landscape === "waiting") this.landscape = message;
    else this.check = message;
    this.changed();
  }

  /** Asks again, but not too often. @param {string} what @param {object} [fields] */
  refresh(what, fields = {}) {
    const last = this.questions.get(what) ?? { waiting: false, at: -Infinity };
    const rests = !this.store.state.playing;
    if (rests || (!last.waiting && this.now() - last.at >= PERIOD_MILLISECONDS)) this.#ask(what, fields);
  }

  /** @param {string} what @param {object} fields @returns {boolean} */
  #ask(what, fields) {
    this.id += 1;
    const said = this.socket.send({ type: "ask", id: this.id, what, ...fields });
    if (said) this.questions.set(what, { id: this.id, at: this.now(), waiting: true, run: this.socket.runs });
    return said;
  }
}

/** @param {Unit | null} one @param {Unit | null} other */
function same(one, other) {
  return one?.layer === other?.layer && one?.unit === other?.unit;
}

/** @param {Unit} unit @param {number} index */
function keyOf({ layer, unit }, index) {
  return `${layer}-${unit}-${index}`;
}
