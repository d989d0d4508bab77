/**
 * The live connection where the network lets no WebSocket through: the same messages, in the bodies of requests.
 *
 * It stands where a WebSocket would: one request after another brings messages up, another waits for some to come down
 * (docs/reference/protocol.md). Both are numbered, so one whose answer was lost is simply sent again. Fetched only when
 * a socket fails. Not here: when that is so (fallback.js), what messages mean (socket.js).
 */

/** Bytes before each message: its kind and its length. */
const HEAD = 5;
const [TEXT, BINARY] = [0, 1];

/** The server knows no such session any more. */
const GONE = 410;

/** In one request; the server takes no more than 400. */
const MOST_MESSAGES = 100;

/** Before a request that has failed is sent once more. */
const AGAIN_MILLISECONDS = 500;

/** Beyond the server's own patience, 20 seconds unless set otherwise: then nobody is at the other end. */
const ANSWER_MILLISECONDS = 60_000;

export class PollingSocket {
  /** On a slow line, or at a server with much to do, the first answer comes late: there is nothing else to try. */
  opensWithinSeconds = 30;
  /** @type {0 | 1 | 3} */
  readyState = 0;
  /** @type {BinaryType} */
  binaryType = "arraybuffer";
  /** @type {Transport["onopen"]} */
  onopen = null;
  /** @type {Transport["onclose"]} */
  onclose = null;
  /** @type {Transport["onmessage"]} */
  onmessage = null;
  /**
   * @param {string} address of `live`, over HTTP
   * @param {PollingEnvironment} environment
   */
  constructor(address, environment) {
    this.address = address;
    this.environment = environment;
    this.secret = "";
    /** @type {(string | ArrayBuffer)[]} what is to go up */
    this.outbox = [];
    this.sending = false;
    /** The number of the next request that brings messages. */
    this.number = 1;
    void this.#start();
  }

  /** @param {string | ArrayBuffer} message */
  send(message) {
    this.outbox.push(message);
    // What is said in one go goes up in one request.
    if (!this.sending) void this.#sendAll();
  }

  close() {
    if (this.secret) this.leave();
    this.#end();
  }

  /** The page goes: its place is free at once. A page that comes back from the browser's memory connects anew. */
  leave() {
    const body = `${this.secret} 0\n`;
    this.environment.fetch(`${this.address}/leave`, { method: "POST", body, keepalive: true }).catch(() => {});
  }

  async #start() {
    try {
      const answer = await this.#post("session", []);
      const told = await answer.json();
      if (answer.status === 503) {
        this.#hear(JSON.stringify({ ...told, type: "busy" }));
        this.#end();
      } else if (answer.ok && this.readyState === 0) {
        this.secret = told.session;
        this.readyState = 1;
        this.onopen?.({});
        // More of them would wait for one another.
        this.send(JSON.stringify({ type: "view", frames_per_second: told.polls_per_second }));
        await this.#receiveAll(told.notice);
      } else this.#end();
    } catch {
      this.#end();
    }
  }

  /** @param {object} notice what the reader is told once, as soon as there is something to see */
  async #receiveAll(notice) {
    for (let number = 1; this.readyState === 1; number++) {
      this.#take(await this.#ask("receive", number, []));
      if (number === 1 && !this.environment.told) this.#hear(JSON.stringify(notice));
    }
  }

  async #sendAll() {
    this.sending = true;
    await Promise.resolve();
    try {
      for (let number = this.number; this.outbox.length > 0 && this.readyState === 1; number++) {
        this.number = number + 1;
        const count = countOf(this.outbox, this.environment.limits.message_bytes);
        await this.#ask("send", number, packed(this.outbox.splice(0, count)));
      }
    } catch (problem) {
      // Over: the last words, and why, may be on their way in an answer to the other kind of request.
      if (problem instanceof Refusal && problem.status === GONE) this.outbox = [];
      else this.#end();
    }
    this.sending = false;
  }

  /**
   * A request that is sent once more where no whole answer came, or a proxy's.
   *
   * @param {string} what @param {number} number @param {BlobPart[]} messages
   */
  async #ask(what, number, messages) {
    const body = [`${this.secret} ${number}\n`, ...messages];
    try {
      return await this.#answer(what, body);
    } catch (problem) {
      if (problem instanceof Refusal) throw problem;
      await new Promise((resolve) => this.environment.wait(() => resolve(null), AGAIN_MILLISECONDS));
      return this.#answer(what, body);
    }
  }

  /** @param {string} what @param {BlobPart[]} body */
  async #answer(what, body) {
    const answer = await this.#post(what, body);
    if (answer.ok) return answer.arrayBuffer();
    throw answer.status < 500 ? new Refusal(answer.status) : new Error(what);
  }

  /** @param {string} what @param {BlobPart[]} body */
  #post(what, body) {
    const { fetch, own } = this.environment;
    return fetch(`${this.address}/${what}`, {
      method: "POST",
      body: new Blob(body),
      // Only a page of the server's own can say so; a sandboxed frame is none.
      headers: own ? { "Own-Page": "1" } : {},
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    });
  }

  /** @param {ArrayBuffer} body what came down */
  #take(body) {
    const view = new DataView(body);
    for (let at = 0; at < body.byteLength && this.readyState === 1; ) {
      const [kind, length] = [view.getUint8(at), view.getUint32(at + 1, true)];
      const data = body.slice(at + HEAD, at + HEAD + length);
      at += HEAD + length;
      if (kind === TEXT) this.#hear(new TextDecoder().decode(data));
      else if (kind === BINARY) this.#hear(data);
      else this.#end();
    }
  }

  /** @param {string | ArrayBuffer} data */
  #hear(data) {
    this.onmessage?.({ data });
  }

  #end() {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.outbox = [];
    this.onclose?.({});
  }
}

/** The server's own: asking again is no use. */
class Refusal extends Error {
  /** @param {number} status */
  constructor(status) {
    super();
    this.status = status;
  }
}

/**
 * How many of the messages that wait go up in one request.
 *
 * @param {(string | ArrayBuffer)[]} messages @param {number} most bytes, beyond the first message
 */
function countOf(messages, most) {
  let [count, bytes] = [0, 0];
  while (count < Math.min(messages.length, MOST_MESSAGES)) {
    const message = messages[count];
    // A character is at most three bytes.
    bytes += typeof message === "string" ? 3 * message.length : message.byteLength;
    if (count > 0 && bytes > most) break;
    count += 1;
  }
  return count;
}

/** @param {(string | ArrayBuffer)[]} messages @returns {BlobPart[]} each behind its kind and its length */
function packed(messages) {
  return messages.flatMap((message) => {
    const data = typeof message === "string" ? new TextEncoder().encode(message) : new Uint8Array(message);
    const head = new DataView(new ArrayBuffer(HEAD));
    head.setUint8(0, typeof message === "string" ? TEXT : BINARY);
    head.setUint32(1, data.byteLength, true);
    return [head.buffer, data];
  });
}
