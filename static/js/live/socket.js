/**
 * The run on the wire: opens it, keeps its newest checkpoint, and goes on from there after a loss.
 *
 * Never a queue. A wanted `open` waits in one slot until the one before it is answered, a wanted `change` in one slot
 * per path, and both leave at most once per animation frame (`flush`); whatever was wanted in between is gone. A step
 * or a question follows what was wanted before it. Not here: when it connects again (lifeline.js), nor what the messages
 * mean to the page (model/state.js).
 */

import { withoutTold } from "./added_points.js";
import { parseBinary } from "./frames.js";
import { Lifeline } from "./lifeline.js";

/** Who asks for a checkpoint has the newest one at hand after so long, whether or not a fresher one has come. */
const FRESH_SECONDS = 2;

/** What is said of the run that is wanted, and so is said after what makes it. */
const FOLLOWING = new Set(["step", "ask"]);

export class LiveSocket {
  /**
   * @param {string} address
   * @param {Dispatch} messages what each message does: first what it does here
   * @param {Listener} listener @param {Environment} environment
   */
  constructor(address, messages, listener, environment) {
    this.messages = messages;
    this.listener = listener;
    this.environment = environment;
    this.line = new Lifeline(address, this, environment);
    /** @type {ArrayBuffer | null} */
    this.checkpoint = null;
    /** @type {ArrayBuffer | null} a checkpoint of the reader's own, until the server has answered to it */
    this.saved = null;
    /** @type {string | null} a link that is to be opened, until the server has answered to it */
    this.link = null;
    /** @type {boolean | undefined} whether the run at hand may go on under that link */
    this.keep = false;
    /** @type {((checkpoint: ArrayBuffer | null) => void)[]} those who asked for a fresh one */
    this.askers = [];
    this.openWanted = false;
    this.openUnanswered = false;
    this.resuming = false;
    this.begun = false;
    /** @type {Map<string, unknown>} */
    this.changesWanted = new Map();
    this.changesUnanswered = 0;
    /** @type {{ type: string }[]} steps and questions about the run that is wanted, to be sent after it */
    this.after = [];
    /** How many runs were wanted so far; a run that is gone on with after a loss counts again. */
    this.runs = 0;
    /** @type {readonly Point[] | null} own points that the server has */
    this.told = null;
    /** @type {object | null} */
    this.viewWanted = null;
    /** @type {number | null} the newest frame not yet drawn */
    this.undrawn = null;
    this.#listen();
  }

  /** True when no choice of the reader's is waiting to be sent or answered. */
  get settled() {
    return !this.openWanted && !this.openUnanswered && this.changesWanted.size === 0 && this.changesUnanswered === 0;
  }

  /** True while a link is on its way whose answer says what the page shows. */
  get opening() {
    return this.link !== null;
  }

  start() {
    this.line.start();
  }

  /** @param {ConnectionState} state what has become of the connection */
  became(state) {
    if (state === "waiting") {
      this.openUnanswered = false;
      this.changesUnanswered = 0;
      this.undrawn = null;
    }
    this.listener.connection(state);
    if (state === "open") this.#open(this.checkpoint);
  }

  /** @param {string | ArrayBuffer} message whole, and in its turn */
  hear(message) {
    if (typeof message === "string") this.#text(JSON.parse(message));
    else this.#binary(message);
  }

  /** A new run is wanted: the one that `hello` describes when its turn comes. Its checkpoint is still to be made. */
  open() {
    this.openWanted = true;
    this.checkpoint = null;
    this.saved = null;
    this.link = null;
    this.changesWanted.clear();
    this.after = [];
    this.runs += 1;
    this.listener.wanted();
  }

  /**
   * Another run is wanted: the one that a link describes.
   *
   * @param {string} link @param {boolean} [keep] what was learnt, if the weights fit
   */
  follow(link, keep) {
    this.open();
    this.link = link;
    this.keep = keep;
  }

  /**
   * Another run is wanted: the one that the reader has saved, with the settings that are inside it.
   *
   * @param {ArrayBuffer} checkpoint
   */
  restore(checkpoint) {
    this.open();
    this.saved = checkpoint;
  }

  /** @param {string} path @param {unknown} value */
  change(path, value) {
    this.changesWanted.set(path, value);
    this.listener.wanted();
  }

  /** @param {object} fields of `view` */
  look(fields) {
    this.viewWanted = { ...this.viewWanted, ...fields };
    this.listener.wanted();
  }

  /** Sends what is wanted, if its turn has come. Called once per animation frame. */
  flush() {
    if (!this.line.ready || this.openUnanswered) return;
    if (this.openWanted) this.#open(null);
    if (this.viewWanted) this.send({ type: "view", ...this.viewWanted });
    this.viewWanted = null;
    // Each waits for the answer to the one before: a stroke of the brush is many, and the next one adds to what is told.
    if (this.changesUnanswered > 0) return;
    for (const [path, value] of this.changesWanted) {
      this.changesUnanswered += 1;
      const said = path === "data.points" ? withoutTold(this.told, /** @type {Point[]} */ (value)) : value;
      this.send({ type: "change", path, value: said });
    }
    this.changesWanted.clear();
    this.#sendAfter();
  }

  /**
   * @param {{ type: string, [field: string]: unknown }} command
   * @returns {boolean} false when there is no connection: `open` will say everything when there is
   */
  send(command) {
    if (FOLLOWING.has(command.type) && (this.openWanted || this.changesWanted.size > 0)) {
      this.after.push(command);
      return true;
    }
    return this.line.say(command);
  }

  /**
   * The run as it is now; where no answer comes in time, as it was when last heard of.
   *
   * @returns {Promise<ArrayBuffer | null>}
   */
  fresh() {
    return new Promise((resolve) => {
      this.askers.push(resolve);
      this.environment.wait(
        () => resolve(this.checkpoint),
        this.send({ type: "checkpoint" }) ? FRESH_SECONDS * 1000 : 0,
      );
    });
  }

  /** Back to epoch 0: the checkpoint at hand is of another time, so a new one is asked for. */
  reset() {
    this.checkpoint = null;
    this.send({ type: "reset" });
    this.send({ type: "checkpoint" });
  }

  /** Tells the server that every frame received so far has been drawn (or overtaken by a newer one that was). */
  acknowledge() {
    if (this.undrawn !== null) this.send({ type: "ack", frame: this.undrawn });
    this.undrawn = null;
  }

  /** @param {ArrayBuffer | null} checkpoint */
  #open(checkpoint) {
    if (!this.openWanted) this.runs += 1;
    this.openWanted = false;
    this.openUnanswered = true;
    this.resuming = checkpoint !== null && this.saved === null;
    this.checkpoint = checkpoint;
    this.changesWanted.clear();
    this.changesUnanswered = 0;
    this.viewWanted = null;
    const { config, speed, until, ...rest } = this.listener.hello();
    const start = this.saved ?? checkpoint;
    if (start) this.#upload(start);
    const resume = start ? { uploaded: start.byteLength } : {};
    // A link may name a speed of its own, and where to stop.
    const wanted =
      this.link !== null ? { link: this.link, keep: this.keep } : { ...(this.saved ? {} : { config }), speed, until };
    this.send({ type: "open", ...wanted, ...rest, ...resume });
    this.#sendAfter();
  }

  #sendAfter() {
    for (const command of this.after.splice(0)) this.send(command);
  }

  /** A checkpoint may be longer than a message. @param {ArrayBuffer} checkpoint */
  #upload(checkpoint) {
    // Answered at once, where a slow network takes the rest up for so long that it would look like one that takes nothing.
    this.send({ type: "ping" });
    const { message_bytes: most } = this.environment.limits;
    for (let from = 0; from < checkpoint.byteLength; from += most) {
      this.line.send(checkpoint.slice(from, from + most));
    }
  }

  #listen() {
    this.messages.on("opened", ({ config }) => {
      this.begun = true;
      this.told = pointsOf(config);
      this.checkpoint ??= this.saved;
      this.#answered();
    });
    this.messages.on("changed", ({ config }) => {
      this.told = pointsOf(config);
      this.#changeAnswered();
    });
    this.messages.on("refused", (message, { followed }) => {
      if (message.command === "change") this.#changeAnswered();
      return message.command !== "open" || !this.#refusedToOpen(message, followed);
    });
    this.messages.on("busy", ({ retry_after: seconds }) => {
      this.line.retrySeconds = seconds;
    });
  }

  /** @param {{ type: string }} message */
  #text(message) {
    // Nothing newer was wanted meanwhile: the answer is to the link.
    const followed = this.link !== null && !this.openWanted;
    const isSettled = () => this.settled;
    this.messages.dispatch(message, {
      followed,
      // As it is after what the message has done here.
      get settled() {
        return isSettled();
      },
    });
  }

  #changeAnswered() {
    this.changesUnanswered = Math.max(0, this.changesUnanswered - 1);
    this.listener.wanted();
  }

  #answered() {
    this.line.failures = 0;
    this.openUnanswered = false;
    this.resuming = false;
    // A newer one may already be waiting for its turn.
    if (!this.openWanted) this.saved = this.link = null;
    this.listener.wanted();
  }

  /**
   * A checkpoint may be refused (by a newer server, say). The run then starts over rather than not at all, and the
   * reader is told.
   *
   * @param {any} message @param {boolean} followed it was a link
   * @returns {boolean} true when it was dealt with here
   */
  #refusedToOpen(message, followed) {
    const retry = this.resuming;
    this.#answered();
    if (retry) this.listener.startsOver(message);
    // Nor is a page without a run of any use: after a bad link it opens with the default one.
    if (retry || (followed && !this.begun)) this.#open(null);
    // The old run goes on, but its checkpoint was dropped in favour of the new one.
    else this.send({ type: "checkpoint" });
    return retry;
  }

  /** @param {ArrayBuffer} data */
  #binary(data) {
    const { kind, body, arrays } = parseBinary(data);
    if (kind === "frame") {
      this.undrawn = body.frame;
      this.listener.frame({ body, arrays }, !this.openWanted && this.line.isCurrent(body));
    }
    // While an open is unanswered, a checkpoint still belongs to the run that is being left.
    if (kind !== "checkpoint" || this.openUnanswered || this.openWanted) return;
    this.checkpoint = data;
    for (const resolve of this.askers.splice(0)) resolve(data);
  }
}

/** @param {Config | undefined} config @returns {readonly Point[] | null} */
function pointsOf(config) {
  return /** @type {Point[] | undefined} */ (config?.data?.points) ?? null;
}
