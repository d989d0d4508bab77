/**
 * A connection that is opened while the rest of the page is still being made: what happens on it waits for who takes it.
 *
 * Nothing is said on it before. Not here: what is said then (socket.js).
 */

const KINDS = /** @type {const} */ (["open", "message", "close"]);

/**
 * @param {string} address @param {(address: string) => WebSocket} connect
 * @returns {(address: string) => WebSocket} the one that is open already, once; after that, new ones
 */
export function openEarly(address, connect) {
  const socket = connect(address);
  socket.binaryType = "arraybuffer";
  /** @type {(() => void)[]} */
  const waiting = [];
  for (const kind of KINDS) {
    socket[`on${kind}`] = (/** @type {any} */ event) => {
      waiting.push(() => /** @type {any} */ (socket)[`on${kind}`]?.(event));
    };
  }
  let taken = false;
  return (where) => {
    if (taken || where !== address) return connect(where);
    taken = true;
    // Who takes it says in this very moment who listens.
    queueMicrotask(() => waiting.forEach((tell) => void tell()));
    return socket;
  };
}
