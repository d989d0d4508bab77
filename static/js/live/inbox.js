/**
 * Messages in the order in which they came, though a compressed one takes a moment to inflate.
 *
 * Not here: what a message means (socket.js, frames.js).
 */

/** @typedef {string | ArrayBuffer} Message */

export class Inbox {
  /**
   * @param {(message: Message) => void} take called with each message when its turn comes
   * @param {(buffer: ArrayBuffer) => Promise<ArrayBuffer>} [unpack]
   */
  constructor(take, unpack = inflate) {
    this.take = take;
    this.unpack = unpack;
    /** @type {{ message: Message | null }[]} */
    this.slots = [];
  }

  /** @param {Message} message as it came */
  put(message) {
    if (typeof message !== "string" && isCompressed(message)) {
      /** @type {{ message: Message | null }} */
      const slot = { message: null };
      this.slots.push(slot);
      this.unpack(message).then(
        (whole) => this.#fill(slot, whole),
        () => this.#drop(slot),
      );
      return;
    }
    this.slots.push({ message });
    this.#drain();
  }

  /** Forgets what still waits: its connection is gone. */
  close() {
    this.slots = [];
    this.take = () => {};
  }

  /** @param {{ message: Message | null }} slot @param {ArrayBuffer} whole */
  #fill(slot, whole) {
    slot.message = whole;
    this.#drain();
  }

  /**
   * What cannot be inflated is a frame that was cut short: the next one shows the newest state anyway.
   *
   * @param {{ message: Message | null }} slot
   */
  #drop(slot) {
    this.slots = this.slots.filter((other) => other !== slot);
    this.#drain();
  }

  #drain() {
    while (this.slots.length > 0 && this.slots[0].message !== null) {
      this.take(/** @type {Message} */ (this.slots.shift()?.message));
    }
  }
}

/**
 * Whether a binary message is zlib: read as a safetensors file, its header would be longer than all of it.
 *
 * @param {ArrayBuffer} buffer
 */
export function isCompressed(buffer) {
  return buffer.byteLength >= 8 && new DataView(buffer).getBigUint64(0, true) > BigInt(buffer.byteLength - 8);
}

/** @param {ArrayBuffer} buffer zlib @returns {Promise<ArrayBuffer>} */
export function inflate(buffer) {
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer();
}

/**
 * The view's sizes: fine maps from this very machine, where bytes cost nothing; small, compressed ones from afar.
 *
 * @param {string} host
 */
export function wire(host) {
  return isThisMachine(host)
    ? { unit_pixels: 24, output_pixels: 100 }
    : { compress: typeof DecompressionStream === "function" };
}

/** @param {string} host a name that only this very machine knows itself by */
export function isThisMachine(host) {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}
