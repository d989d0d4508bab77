/**
 * A connection that is kept: opened, watched while it lasts, and opened again by itself after a loss.
 *
 * Not here: which transport it has (connection.js), nor what is said on it (socket.js).
 */

import { Inbox } from "./inbox.js";

const FIRST_WAIT_SECONDS = 0.25;
export const LONGEST_WAIT_SECONDS = 8;

/**
 * How often it is looked at: a socket that has not opened by then is given up. An open one on which something has come is
 * asked when nothing more does, and counts as lost where it does not answer.
 */
const LOOK_SECONDS = 5;
const LOOKS_TO_ASK = 3;

/** What decides whether a run plays: a frame tells how many of these had come when it was begun. */
const STEERING = new Set(["open", "race", "memory", "play", "pause", "step", "reset"]);

export class Lifeline {
  /** @param {string} address @param {LifelineOwner} owner @param {Environment} environment */
  constructor(address, owner, environment) {
    this.address = address;
    this.owner = owner;
    this.environment = environment;
    /** @type {Transport | null} */
    this.transport = null;
    this.failures = 0;
    this.retrySeconds = 0;
    /** How many of STEERING were said on this connection. */
    this.steered = 0;
  }

  get ready() {
    return this.transport?.readyState === 1;
  }

  start() {
    const { owner, environment } = this;
    owner.became("connecting");
    const transport = environment.connect(this.address);
    const inbox = new Inbox((message) => owner.hear(message));
    let heard = false;
    let silences = 0;
    let stopExpecting = () => {};
    const giveUp = () => {
      // Its own goodbye may take minutes where nobody answers.
      transport.onclose = transport.onmessage = transport.onopen = null;
      transport.close();
      lose();
    };
    /** A lid that closed, or a network that changed, ends a connection without a word: nobody tells, so we ask. */
    const opensWithin = transport.opensWithinSeconds ?? LOOK_SECONDS;
    const stopWatching = environment.watch(() => {
      silences += 1;
      if (silences === LOOKS_TO_ASK) this.send('{"type":"ping"}');
      if (this.ready ? silences >= LOOKS_TO_ASK + 2 : silences * LOOK_SECONDS >= opensWithin) giveUp();
    }, LOOK_SECONDS * 1000);
    const lose = () => {
      stopWatching();
      stopExpecting();
      inbox.close();
      this.#retry(heard);
    };
    transport.binaryType = "arraybuffer";
    transport.onopen = () => {
      // Some filters let a connection open, and nothing through on it.
      stopExpecting = environment.watch(giveUp, environment.limits.first_message_seconds * 1000);
      owner.became("open");
    };
    transport.onmessage = ({ data }) => {
      silences = 0;
      heard = true;
      stopExpecting();
      inbox.put(data);
    };
    transport.onclose = lose;
    this.transport = transport;
    this.steered = transport.steered ?? 0;
  }

  /** @param {string | ArrayBuffer} data @returns {boolean} false when there is no connection */
  send(data) {
    if (this.ready) this.transport?.send(data);
    return this.ready;
  }

  /** @param {{ type: string, [field: string]: unknown }} command @returns {boolean} false when there is no connection */
  say(command) {
    if (this.ready && STEERING.has(command.type)) this.steered += 1;
    return this.send(JSON.stringify(command));
  }

  /** Whether a frame shows what came of everything that was said. @param {Frame["body"]} body */
  isCurrent({ steered }) {
    return steered >= this.steered;
  }

  /** @param {boolean} heard whether anything came on the connection that is lost */
  #retry(heard) {
    this.transport = null;
    const random = this.environment.random();
    const seconds = Math.max(this.retrySeconds * (1 + random / 2), waitSeconds(this.failures, random));
    this.retrySeconds = 0;
    this.failures += 1;
    this.owner.became("waiting");
    this.environment.ended(heard, () => this.environment.wait(() => this.start(), seconds * 1000));
  }
}

/**
 * Doubling waits with jitter, so that a class of thirty does not knock on a restarted server at the same instant.
 *
 * @param {number} failures in a row
 * @param {number} random from 0 to 1
 */
export function waitSeconds(failures, random) {
  const longest = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** failures);
  return longest * (0.5 + 0.5 * random);
}
