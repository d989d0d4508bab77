/**
 * What becomes of a page whose sockets fail: where the server answers requests meanwhile, it goes on by polling.
 *
 * A server that starts again fails both ways for a while, so one failure proves nothing about the network; but on a page
 * that has just been loaded the server was there, and one is enough. Once it polls, a page does so until it is loaded
 * again, which tries the socket again. Fetched when a connection has ended before anything came on it. Not here: how
 * polling works (polling.js), when a connection is given up (lifeline.js).
 */

import { PollingSocket } from "./polling.js";

/** Failures of sockets, while the server answers, that are proof enough. */
const PROOF = 2;

export class Fallback {
  /**
   * @param {boolean} worked whether a socket ever has on this page
   * @param {() => Promise<boolean>} answers whether the server answers a request
   * @param {(options: { told: boolean }) => Transport} poll opens the other transport
   */
  constructor(worked, answers, poll) {
    this.failures = worked ? 0 : 1;
    this.answers = answers;
    this.poll = poll;
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
   */
  async ended(heard) {
    if (this.polls) {
      this.proven ||= heard;
      // A network that lets neither through may let one through later.
      this.polls = this.proven;
      return;
    }
    if (heard) this.failures = 0;
    else if (await this.answers()) this.failures += 1;
    this.polls = this.failures >= PROOF;
  }
}

/**
 * In a browser.
 *
 * @param {boolean} worked @param {number} messageBytes how long a message to this server may be
 */
export function createFallback(worked, messageBytes) {
  const get = fetch.bind(window);
  /** @type {PollingSocket | null} */
  let open = null;
  addEventListener("pagehide", () => open?.leave());
  return new Fallback(
    worked,
    () => serverAnswers(get),
    ({ told }) => {
      open = new PollingSocket(new URL("live", document.baseURI).href, {
        fetch: get,
        wait: (run, milliseconds) => window.setTimeout(run, milliseconds),
        messageBytes,
        own: self.origin !== "null",
        told,
      });
      return open;
    },
  );
}

/** @param {typeof fetch} get */
async function serverAnswers(get) {
  try {
    // Something that a sandboxed frame may read, too; a proxy's word that nobody is there is no answer.
    const address = new URL("api/menus", document.baseURI);
    const answer = await get(address, { cache: "no-store", signal: AbortSignal.timeout(5000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
