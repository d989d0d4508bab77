/**
 * What a reader does to a memory: the clock, what is stored, what is shown, what is measured. Each is one message, or
 * another memory.
 */

import { bitsOf, resized, unitsOf } from "./state.js";

/** Patterns that a memory holds on this server at most. */
export const MOST_PATTERNS = 32;

export class MemoryActions {
  /** @param {MemoryStore} store @param {import("../live/machine_socket.js").MachineSocket<WantedMemory>} socket */
  constructor(store, socket) {
    this.store = store;
    this.socket = socket;
    /** What the newest drawing asked for. @type {WantedMemory | null} */
    this.drawn = null;
  }

  /** Whether what a reader has drawn has not been answered yet. */
  get drawing() {
    return this.drawn !== null && this.socket.pending === this.drawn;
  }

  toggle() {
    const { state } = this.store;
    const playing = !state.playing;
    // What rests is shown the same once more.
    if (playing && state.end) this.reset();
    if (this.socket.send({ type: playing ? "play" : "pause" })) {
      this.store.set({ ...this.store.state, playing, remark: null });
    }
  }

  step(epochs = 1) {
    if (this.store.state.end) this.reset();
    this.socket.send({ type: "step", epochs });
    this.store.set({ ...this.store.state, playing: false, remark: null });
  }

  reset() {
    this.socket.reset();
    this.store.set({ ...this.store.state, end: null, remark: null });
  }

  /** @param {number | null} speed */
  speed(speed) {
    this.socket.send({ type: "speed", epochs_per_second: speed });
    this.store.set({ ...this.store.state, speed });
  }

  /** Whether anybody looks. @param {boolean} on */
  show(on) {
    this.socket.send({ type: "view", visible: on });
  }

  /** Another memory. @param {string} link with its question mark */
  follow(link) {
    this.socket.ask({ link });
  }

  /**
   * The memory as it will be once all that was wanted so far is answered.
   *
   * @returns {Exclude<WantedMemory, { link: string }>}
   */
  get next() {
    const { pending } = this.socket;
    if (pending && "machine" in pending) return pending;
    const { machine, settings, patterns, start } = this.store.state;
    if (machine === "hopfield") return { machine, settings, patterns, start };
    return machine === "boltzmann" ? { machine, settings, patterns } : { machine: machine ?? "hopfield", settings };
  }

  /** Another machine, as it usually is; what was drawn goes with it. @param {MachineName} machine */
  open(machine) {
    const { drawn } = this.store.state;
    const grid = machine === "hebb" || !drawn ? {} : { settings: { side: drawn.side }, patterns: drawn.patterns };
    this.socket.ask({ machine, settings: {}, ...grid });
  }

  /** Whether a Boltzmann machine dreams; it plays, so that it can be seen. @param {boolean} on */
  dream(on) {
    this.socket.send({ type: "dream", on });
    if (on && !this.store.state.playing) this.toggle();
  }

  /** One setting. @param {string} name @param {number | string | boolean} value */
  change(name, value) {
    if (name === "side") this.#resize(Number(value));
    else this.#ask({ settings: { ...this.next.settings, [name]: value } });
  }

  /** Show a stored pattern, damaged as is chosen. @param {number} place from 0 */
  choose(place) {
    this.#ask({ settings: { ...this.next.settings, cue: place + 1 }, start: null });
  }

  /** Show what was drawn, as it is. @param {string} bits */
  draw(bits) {
    this.store.set({ ...this.store.state, units: unitsOf(bits), end: null, last: -1 });
    this.drawn = this.#ask({ settings: { ...this.next.settings, flip: 0, erase: "none" }, start: bits });
  }

  clear() {
    this.draw("0".repeat(this.store.state.units.length));
  }

  /** Other units are hit by the same damage. */
  damageAgain() {
    const { settings } = this.next;
    this.#ask({ settings: { ...settings, seed: Number(settings.seed) + 1 } });
  }

  /** Remember what is on the board. */
  keep() {
    const patterns = [...(this.next.patterns ?? []), bitsOf(this.store.state.units)];
    if (patterns.length > MOST_PATTERNS) return;
    const settings = { ...this.next.settings, cue: patterns.length, flip: 0, erase: "none" };
    this.#ask({ settings, patterns, start: null });
  }

  /** Forget a pattern. @param {number} place from 0 */
  remove(place) {
    const patterns = (this.next.patterns ?? []).filter((_, index) => index !== place);
    const cue = Math.max(1, Math.min(Number(this.next.settings.cue), patterns.length));
    this.#ask({ settings: { ...this.next.settings, cue }, patterns });
  }

  /** @param {number} seeds */
  measure(seeds) {
    this.socket.send({ type: "measure", seeds });
  }

  stopMeasuring() {
    this.socket.send({ type: "measure", seeds: null });
  }

  /** @param {number} side */
  #resize(side) {
    const patterns = (this.next.patterns ?? []).map((bits) => resized(bits, side));
    const start = this.next.start ? resized(this.next.start, side) : null;
    this.#ask({ settings: { ...this.next.settings, side }, patterns, start });
  }

  /** @param {Partial<Exclude<WantedMemory, { link: string }>>} changes @returns {WantedMemory} what is wanted now */
  #ask(changes) {
    const wanted = { ...this.next, ...changes };
    this.socket.ask(wanted);
    return wanted;
  }
}
