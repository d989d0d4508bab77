/**
 * What a reader can do, and what follows: the state shows it at once, the socket says it when its turn comes.
 *
 * A choice that makes another run is an `open`, one that keeps the weights a `change`; the catalog says which is which.
 */

import { valueAt, withValue } from "./config.js";
import { momentAt } from "./moments.js";
import { pastOf } from "./past.js";
import { chose, drawn, lensView, lookedBack, played, welcomed } from "./state.js";

/** From 0 on again after so many: enough for any lesson, and short in a link. */
const SEEDS = 1000;

export class Actions {
  /**
   * @param {Store} store @param {LiveSocket} socket
   * @param {readonly string[]} changeable what keeps the weights
   * @param {import("./steps.js").Steps} steps
   */
  constructor(store, socket, changeable, steps) {
    this.store = store;
    this.socket = socket;
    this.changeable = changeable;
    this.steps = steps;
  }

  /** A first visit begins by itself. @param {Parameters<typeof welcomed>[1]} visit */
  welcome(visit) {
    this.store.set(welcomed(this.store.state, visit));
  }

  /** @param {Config} config */
  open(config) {
    this.steps.note(this.store.state);
    this.socket.open();
    this.store.set({ ...chose(this.store.state, config), target: null });
  }

  /** @param {ArrayBuffer} checkpoint a saved model: its settings are known once the server has read it */
  restore(checkpoint) {
    this.steps.note(this.store.state);
    this.socket.restore(checkpoint);
    this.store.set({ ...played(this.store.state, false), ...this.#withoutUnits() });
  }

  /** @param {string} link its settings are known once the server has read it @param {boolean} [keep] what was learnt */
  follow(link, keep) {
    this.steps.note(this.store.state);
    this.socket.follow(link, keep);
    this.store.set({ ...this.store.state, target: null, ...this.#withoutUnits() });
  }

  /** @param {string} path @param {Value | Choice} value */
  change(path, value) {
    this.steps.note(this.store.state);
    this.socket.change(path, value);
    this.store.set(chose(this.store.state, withValue(this.store.state.config, path, value)));
  }

  /** @param {Point[]} points the reader's own, after a stroke @param {boolean} enough whether a run can be of them */
  draw(points, enough) {
    this.steps.note(this.store.state);
    if (enough) this.socket.change("data.points", points);
    this.store.set(drawn(this.store.state, points, enough));
  }

  /** @param {string} path @param {Value | Choice} value */
  set(path, value) {
    if (this.changeable.includes(path)) this.change(path, value);
    else this.open(withValue(this.store.state.config, path, value));
  }

  /** The same experiment on points that are drawn anew; own ones are no draw. */
  newPoints() {
    if (this.store.state.config.data.name !== "own") this.#roll("data");
  }

  /** The same experiment from other first weights, in another order. */
  newWeights() {
    this.#roll("run");
  }

  /** The next seed, not just any: a class that rolls as often sees the same. @param {"data" | "run"} which */
  #roll(which) {
    const path = `seeds.${which}`;
    const seed = (valueAt(this.store.state.config, path) + 1) % SEEDS;
    this.open(withValue(this.store.state.config, path, seed));
    this.store.set({
      ...this.store.state,
      remark: { tone: "calm", key: `dice.${which}`, values: { seed }, until: 30 },
    });
  }

  /** The experiment as it was before the last gesture that changed it. */
  undo() {
    return this.#walk(false);
  }

  /** The experiment as it was before the last undo. */
  redo() {
    return this.#walk(true);
  }

  /** @param {boolean} forward */
  async #walk(forward) {
    const { changesBetween, takeStep } = await import("./undo.js");
    const step = takeStep(this.steps, forward, this.store.state);
    if (!step) return;
    const { config, draft } = step;
    const changes = changesBetween(this.store.state.config, config, this.changeable);
    if (!changes) {
      this.reopen(step);
      return;
    }
    for (const [path, value] of changes) {
      if (path === "data.points") this.draw(value, true);
      else this.change(path, value);
    }
    if (draft) this.draw(draft, false);
    else if (this.store.state.draft) this.draw(/** @type {Point[]} */ (config.data.points), true);
  }

  /**
   * Another run with a drawing begun on it, which is shown once the server has said what its labels are.
   *
   * @param {Kept} run
   */
  reopen({ config, draft }) {
    this.open(config);
    this.store.set({ ...this.store.state, draft });
  }

  /**
   * Takes a piece of advice and plays on, from the beginning where what was learnt is spoilt.
   *
   * @param {Remedy} remedy @param {boolean} afresh
   */
  takeRemedy({ path, value }, afresh) {
    if (path === "lens") this.toggleLens();
    else if (afresh) {
      this.store.set(played(this.store.state, true));
      this.open(withValue(this.store.state.config, path, value));
    } else {
      this.set(path, value);
      if (!this.store.state.playing) this.toggle();
    }
  }

  toggle() {
    this.#command({ type: this.store.state.playing ? "pause" : "play" }, !this.store.state.playing);
  }

  /** @param {number} [epochs] */
  step(epochs = 1) {
    this.#command({ type: "step", epochs }, false);
  }

  reset() {
    this.socket.reset();
    const { state } = this.store;
    // The same settings from the beginning are the same run: only one that was changed on its way was another.
    const past = state.drifted ? pastOf(state, state.config) : state.past;
    this.store.set({ ...played(state, state.playing), past, compared: null, drifted: false });
  }

  /** @param {number | null} rate epochs per second */
  speed(rate) {
    this.socket.send({ type: "speed", epochs_per_second: rate });
    this.store.set({ ...this.store.state, speed: rate });
  }

  /** @param {number | string | null} at the epoch at whose end the run stops by itself, or what has to come */
  until(at) {
    this.socket.send({ type: "until", at });
    this.store.set({ ...this.store.state, until: at });
  }

  /** @param {Unit | null} unit */
  inspect(unit) {
    const old = this.store.state.inspect;
    if (old?.layer === unit?.layer && old?.unit === unit?.unit) return;
    this.socket.look({ inspect: unit });
    this.store.set({ ...this.store.state, inspect: unit });
  }

  toggleLens() {
    this.look({ open: !this.store.state.lens.open });
  }

  /** @param {Partial<LensState>} change of the layer lens */
  look(change) {
    const lens = { ...this.store.state.lens, ...change };
    if (change.open !== undefined || change.pairs) this.socket.look({ lens: lensView(lens) });
    this.store.set({ ...this.store.state, lens });
  }

  /** How the output is seen, as a link says it. @param {{ discrete?: string | null, test?: string | null }} page */
  see({ discrete, test }) {
    this.store.set({ ...this.store.state, discrete: discrete === "on", tests: test !== "off" });
  }

  /** @param {Frame | null} moment null for now */
  lookBack(moment) {
    this.store.set(lookedBack(this.store.state, moment));
  }

  /** @param {number} epoch leads to the nearest moment that is kept; the newest epoch to now */
  lookBackTo(epoch) {
    const { moments, newest } = this.store.state;
    this.lookBack(epoch >= (newest?.body.epoch ?? 0) ? null : momentAt(moments, epoch));
  }

  /** @param {boolean} visible */
  show(visible) {
    // At once, not with the next animation frame: a hidden page has none.
    this.socket.send({ type: "view", visible });
  }

  /** What is looked at, for a run that may not have these units. */
  #withoutUnits() {
    return { inspect: null, lens: { ...this.store.state.lens, pairs: [] } };
  }

  /** @param {{ type: string, [field: string]: unknown }} command @param {boolean} playing */
  #command(command, playing) {
    this.socket.send(command);
    this.store.set(played(this.store.state, playing));
  }
}
