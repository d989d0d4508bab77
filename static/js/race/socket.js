/**
 * A race on the wire: lines it up, keeps its newest checkpoint, and goes on from there after a loss.
 *
 * A wanted race waits in one slot until the one before it is answered. Not here: when it connects again (live/lifeline.js),
 * nor what messages mean to the page (state.js).
 */

import { parseBinary } from "../live/frames.js";
import { Lifeline } from "../live/lifeline.js";

export class RaceSocket {
  /**
   * @param {string} address
   * @param {{ hello: () => { play: boolean, speed: number | null, view: object }, message: (message: any) => void,
   *   frame: (frame: Frame) => void, repetitions: (shown: LaneRuns) => void, connection: (state: ConnectionState) => void }} listener
   * @param {Environment} environment
   * @param {WantedRace} first @param {WantedRace} usual what is lined up where the first one is refused
   */
  constructor(address, listener, environment, first, usual) {
    this.listener = listener;
    this.environment = environment;
    this.line = new Lifeline(address, this, environment);
    /** @type {WantedRace} */
    this.wanted = first;
    this.usual = usual;
    /** @type {ArrayBuffer | null} */
    this.checkpoint = null;
    this.waits = false;
    this.unanswered = false;
    this.resuming = false;
    this.begun = false;
    /** @type {number | null} */
    this.undrawn = null;
  }

  start() {
    this.line.start();
  }

  /** The race that is to be lined up and has not been answered yet. */
  get pending() {
    return this.waits || this.unanswered ? this.wanted : null;
  }

  /** @param {ConnectionState} state */
  became(state) {
    if (state === "waiting") {
      this.unanswered = false;
      this.undrawn = null;
    }
    this.listener.connection(state);
    if (state === "open") this.#open();
  }

  /** Another race. @param {WantedRace} wanted */
  race(wanted) {
    this.wanted = wanted;
    this.checkpoint = null;
    this.waits = true;
    if (!this.unanswered && this.line.ready) this.#open();
  }

  /** @param {{ type: string, [field: string]: unknown }} command */
  send(command) {
    return this.line.send(JSON.stringify(command));
  }

  /** Back to epoch 0: the checkpoint at hand is of another time, and a new one follows. */
  reset() {
    this.checkpoint = null;
    this.send({ type: "reset" });
  }

  /** Every frame received so far has been drawn, or overtaken by one that was. */
  acknowledge() {
    if (this.undrawn !== null) this.send({ type: "ack", frame: this.undrawn });
    this.undrawn = null;
  }

  /** @param {string | ArrayBuffer} message */
  hear(message) {
    if (typeof message !== "string") return this.#binary(message);
    const said = JSON.parse(message);
    if (said.type === "busy") this.line.retrySeconds = said.retry_after;
    if (said.type === "lined_up") {
      this.begun = true;
      this.#answered();
    }
    const isRace = said.type === "refused" && said.command === "race";
    this.listener.message(said);
    if (isRace) this.#refused();
  }

  #open() {
    const { play, speed, view } = this.listener.hello();
    this.waits = false;
    this.unanswered = true;
    this.resuming = this.checkpoint !== null;
    if (this.checkpoint) {
      this.#upload(this.checkpoint);
      this.send({ type: "race", uploaded: this.checkpoint.byteLength, play, speed, view });
    } else {
      const named = "link" in this.wanted && /[?&]speed=/.test(this.wanted.link);
      this.send({ type: "race", ...this.wanted, ...(named ? {} : { speed }), view });
    }
  }

  /** @param {ArrayBuffer} checkpoint */
  #upload(checkpoint) {
    this.send({ type: "ping" });
    const most = this.environment.limits.message_bytes;
    for (let from = 0; from < checkpoint.byteLength; from += most) this.line.send(checkpoint.slice(from, from + most));
  }

  #answered() {
    this.line.failures = 0;
    this.unanswered = this.resuming = false;
    if (this.waits) this.#open();
  }

  /** A race that cannot be gone on with begins again; a page without any has the usual one. */
  #refused() {
    const resuming = this.resuming;
    this.#answered();
    if (this.unanswered) return;
    if (resuming) this.checkpoint = null;
    else if (!this.begun && this.wanted !== this.usual) this.wanted = this.usual;
    else return void this.send({ type: "checkpoint" });
    this.#open();
  }

  /** @param {ArrayBuffer} data */
  #binary(data) {
    const { kind, body, arrays } = parseBinary(data);
    if (kind === "frame") {
      this.undrawn = body.frame;
      this.listener.frame({ body, arrays });
    }
    if (kind === "repetitions") this.listener.repetitions({ ...body, arrays });
    if (kind === "race" && !this.unanswered && !this.waits) this.checkpoint = data;
  }
}
