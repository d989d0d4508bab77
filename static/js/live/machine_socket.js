/**
 * A machine beside the session on the wire, a race or a memory: opens it, keeps its newest checkpoint, and goes on from
 * there after a loss.
 *
 * What is wanted waits in one slot until what was wanted before is answered. Not here: when it connects again
 * (lifeline.js), nor what messages mean to the page.
 */

import { parseBinary } from "./frames.js";
import { Lifeline } from "./lifeline.js";

/** What is said of the machine that is wanted, and waits with it for its turn. */
const PLAYING = new Set(["play", "pause", "step"]);

/**
 * What a page is told. `frame` and `other` are binary messages: pictures, and whatever is no picture and no checkpoint.
 *
 * A frame is not `current` where it was begun before the last that was said of playing came.
 * `hello` tells how to go on; its `target` is the epoch to which a machine trains that is shown from there on.
 *
 * @typedef {{ hello: () => { play: boolean, speed: number | null, view: object, target?: number | null },
 *   message: (message: any) => void, frame: (frame: Frame, current: boolean) => void,
 *   other?: (message: import("./frames.js").BinaryMessage) => void,
 *   connection: (state: ConnectionState) => void }} MachineListener
 */

/** @template {object} Wanted what an opening message says beside how it is played and seen */
export class MachineSocket {
  /**
   * @param {string} address
   * @param {{ command: string, opened: string }} kind the command that opens it, which is its checkpoints' kind, too, and the
   *   event that answers
   * @param {MachineListener} listener
   * @param {Environment} environment
   * @param {Wanted} first @param {Wanted} usual what is opened where the first one is refused
   */
  constructor(address, kind, listener, environment, first, usual) {
    this.kind = kind;
    this.listener = listener;
    this.environment = environment;
    this.line = new Lifeline(address, this, environment);
    this.wanted = first;
    this.usual = usual;
    /** @type {ArrayBuffer | null} */
    this.checkpoint = null;
    this.waits = false;
    /** @type {{ type: string }[]} how the one that waits is to be played */
    this.steering = [];
    this.unanswered = false;
    this.resuming = false;
    this.begun = false;
    /** @type {number | null} */
    this.undrawn = null;
  }

  start() {
    this.line.start();
  }

  /** What is to be opened and has not been answered yet. */
  get pending() {
    return this.waits || this.unanswered ? this.wanted : null;
  }

  /** True while a link is on its way whose answer says what the page shows. */
  get opening() {
    return this.pending !== null && "link" in this.pending;
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

  /** Another one. @param {Wanted} wanted */
  ask(wanted) {
    this.wanted = wanted;
    this.checkpoint = null;
    this.waits = true;
    this.steering = [];
    if (!this.unanswered && this.line.ready) this.#open();
  }

  /** @param {{ type: string, [field: string]: unknown }} command */
  send(command) {
    if (this.waits && PLAYING.has(command.type)) {
      this.steering.push(command);
      return true;
    }
    return this.line.say(command);
  }

  /** Back to the start: the checkpoint at hand is of another time, and a new one follows. */
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
    if (said.type === this.kind.opened) {
      this.begun = true;
      this.#answered();
    }
    const isOpening = said.type === "refused" && said.command === this.kind.command;
    this.listener.message(said);
    if (isOpening) this.#refused();
  }

  #open() {
    const { play, speed, view, target } = this.listener.hello();
    const type = this.kind.command;
    this.waits = false;
    this.unanswered = true;
    this.resuming = this.checkpoint !== null;
    if (this.checkpoint) {
      this.#upload(this.checkpoint);
      const ahead = typeof target === "number" ? { target } : {};
      this.send({ type, uploaded: this.checkpoint.byteLength, play, speed, view, ...ahead });
    } else {
      // A lab's link says how fast in its folder.
      const named = "link" in this.wanted && /[?&](speed|lab)=/.test(String(this.wanted.link));
      this.send({ type, ...this.wanted, ...(named ? {} : { speed }), view });
    }
    for (const command of this.steering.splice(0)) this.send(command);
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

  /** What cannot be gone on with begins again; a page without anything has the usual. */
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
    const message = parseBinary(data);
    const { kind, body, arrays } = message;
    if (kind === "frame") {
      this.undrawn = body.frame;
      this.listener.frame({ body, arrays }, !this.waits && this.line.isCurrent(body));
    } else if (kind !== this.kind.command) this.listener.other?.(message);
    else if (!this.unanswered && !this.waits) this.checkpoint = data;
  }
}
