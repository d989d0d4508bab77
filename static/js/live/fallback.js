/**
 * What becomes of a page whose sockets fail: where the server answers requests meanwhile, it goes on by polling.
 *
 * A server that starts again fails both ways for a while, so one failure proves nothing about the network; but on a page
 * that has just been loaded the server was there, and one is enough. A page may be wrong all the same, where a server came
 * back between the failure and the question: so whenever polling is interrupted, a socket is tried once more, as long as
 * none has failed within the last minute. Fetched when a connection has ended before anything came on it. Not here: how
 * polling works (polling.js), when a connection is given up (lifeline.js).
 */

import { PollingSocket } from "./polling.js";

/** Failures of sockets, while the server answers, that are proof enough. */
const PROOF = 2;

/** A network that holds a socket up for seconds is not asked again at every interruption. */
const AGAIN_SECONDS = 60;

export class Fallback {
  /**
   * @param {boolean} worked whether a socket ever has on this page, or the server was seen to be away
   * @param {(options: { told: boolean }) => Transport} poll opens the other transport
   * @param {() => number} now in milliseconds
   */
  constructor(worked, poll, now) {
    this.failures = worked ? 0 : 1;
    this.poll = poll;
    this.now = now;
    this.failedAt = 0;
    this.polls = false;
    /** Polling has worked, and the reader has been told. */
    this.proven = false;
  }

  /** The next connection, if it is to be no socket. */
  connect() {
    return this.polls ? this.poll({ told: this.proven }) : null;
  }

  /**
   * A connection has ended: what is to be tried next.
   *
   * @param {boolean} heard whether anything came on it
   * @param {boolean} answers whether the server answers a request
   */
  ended(heard, answers) {
    if (this.polls) {
      this.proven ||= heard;
      // A network that lets neither through may let one through later.
      this.polls = this.proven && this.now() < this.failedAt + AGAIN_SECONDS * 1000;
      this.failures = PROOF - 1;
      return;
    }
    if (heard) this.failures = 0;
    else if (answers) this.failures += 1;
    // It was away, so that it was there before says no more.
    else this.failures = this.proven ? PROOF - 1 : 0;
    this.failedAt = this.now();
    this.polls = this.failures >= PROOF;
  }
}

/**
 * In a browser.
 *
 * @param {boolean} worked @param {Limits} limits the server's
 */
export function createFallback(worked, limits) {
  const get = fetch.bind(window);
  /** @type {PollingSocket | null} */
  let open = null;
  addEventListener("pagehide", () => open?.leave());
  return new Fallback(
    worked,
    ({ told }) => {
      open = new PollingSocket(new URL("live", document.baseURI).href, {
        fetch: get,
        wait: (run, milliseconds) => window.setTimeout(run, milliseconds),
        limits,
        own: self.origin !== "null",
        told,
      });
      return open;
    },
    () => performance.now(),
  );
}
