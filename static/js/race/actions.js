/**
 * What a reader does to a race: the clock, the lanes, what they share, its repetitions. Each is one message, or another race.
 */

import { chooseSpec, findSpec } from "../model/catalog.js";
import { withLayer } from "../model/config.js";
import { epochOf, wanted, wasReset } from "./state.js";

export const MOST_LANES = 6;
export const FEWEST_LANES = 2;

/** What a new lane is made of, the first kind that no lane has yet. */
const CONTENDERS = ["quadratic", "linear", "kan", "product", "rbf", "polynomial"];

export class RaceActions {
  /** @param {RaceStore} store @param {import("./socket.js").RaceSocket} socket @param {Catalog} catalog */
  constructor(store, socket, catalog) {
    this.store = store;
    this.socket = socket;
    this.catalog = catalog;
  }

  toggle() {
    const { state } = this.store;
    const playing = !state.playing;
    if (this.socket.send({ type: playing ? "play" : "pause" }))
      this.store.set({ ...state, playing, target: null, remark: null });
  }

  step(epochs = 1) {
    this.socket.send({ type: "step", epochs });
    this.store.set({ ...this.store.state, playing: false, target: null, remark: null });
  }

  reset() {
    this.socket.reset();
    this.store.set(wasReset(this.store.state));
  }

  /** Whether anybody looks. @param {boolean} on */
  show(on) {
    this.socket.send({ type: "view", visible: on });
  }

  /** Another race. @param {string} link with its question mark */
  follow(link) {
    this.socket.ask({ link });
  }

  /** @param {number | null} speed */
  speed(speed) {
    this.socket.send({ type: "speed", epochs_per_second: speed });
    this.store.set({ ...this.store.state, speed });
  }

  /** The race as it will be once all that was wanted so far is answered. */
  get next() {
    const { pending } = this.socket;
    return pending && "lanes" in pending ? pending : wanted(this.store.state);
  }

  /** Another race, of the one at hand with something changed. @param {Partial<ReturnType<typeof wanted>>} changes */
  change(changes) {
    this.socket.ask({ ...this.next, ...changes });
  }

  /** Every lane changed alike. @param {(config: Config) => Config} make */
  changeAll(make) {
    this.change({ lanes: this.next.lanes.map(make) });
  }

  /** @param {string} name @param {(config: Config) => Config} make */
  changeLane(name, make) {
    const place = "abcdef".indexOf(name);
    this.change({ lanes: this.next.lanes.map((config, index) => (index === place ? make(config) : config)) });
  }

  add() {
    const { lanes } = this.next;
    if (lanes.length >= MOST_LANES || lanes.length === 0) return;
    const taken = lanes.map(({ layers }) => layers[0]?.neuron.name);
    const next = CONTENDERS.find((name) => !taken.includes(name)) ?? CONTENDERS[0];
    const neuron = chooseSpec(findSpec(this.catalog, "neurons", next));
    this.change({ lanes: [...lanes, withLayer(lanes[0], "all", { neuron })] });
  }

  /** @param {string} name */
  remove(name) {
    const { lanes } = this.next;
    const place = "abcdef".indexOf(name);
    if (lanes.length > FEWEST_LANES) this.change({ lanes: lanes.filter((_, index) => index !== place) });
  }

  /** Equal in this measure with the first lane as it is now; free where there is none. @param {Measure | null} measure */
  equalise(measure) {
    const [first] = this.store.state.lanes;
    const target = measure === "multiply_adds" ? first.cost.multiply_adds : first.parameters;
    this.change({ budget: measure && { measure, target } });
  }

  /** @param {number} seeds @param {string} fresh */
  repeat(seeds, fresh) {
    this.socket.send({ type: "repeat", seeds, fresh });
    const tally = { seeds, fresh, progress: 0, done: false, stopped: false, lanes: [], a_beats_b: null };
    this.store.set({ ...this.store.state, remark: null, tally, repeated: {} });
  }

  /** How the chart shows it. @param {Partial<RaceState["chart"]>} changes */
  chart(changes) {
    const { state } = this.store;
    this.store.set({ ...state, chart: { ...state.chart, ...changes } });
  }

  stopRepeating() {
    this.socket.send({ type: "repeat", seeds: null });
  }

  /** Whether the race has come to its end. */
  get isOver() {
    const { state } = this.store;
    return state.lanes.length > 0 && epochOf(state) >= state.epochs;
  }
}
