/**
 * A connection that is opened while the rest of the page is still being made: what happens on it waits for who takes
 * it.
 *
 * Nothing is said on it before. Mostly it was asked for before this script was here (early.js); else it is now. Not
 * here: what is said then (socket.js).
 */

const KINDS = /** @type {const} */ (["open", "message", "close"]);

/**
 * @param {string} address @param {(address: string) => WebSocket} connect
 * @param {{ early?: EarlySocket }} place where one is that is on its way already; else where this one is left
 * @returns {(address: string) => WebSocket} the one that is open already, once; after that, new ones
 */
export function openEarly(address, connect, place) {
  if (place.early?.address !== address) place.early = begin(address, connect);
  const { socket, heard } = place.early;
  let taken = false;
  const happened = (/** @type {string} */ wanted) => heard.some(([kind]) => kind === wanted);
  return (where) => {
    if (taken || where !== address) return connect(where);
    taken = true;
    // The page was so long on its way that the server has waited enough: that says nothing about the network.
    if (happened("close") && !happened("message")) return connect(where);
    // Who takes it says in this very moment who listens.
    queueMicrotask(() => {
      for (const [kind, event] of heard) /** @type {any} */ (socket)[`on${kind}`]?.(event);
    });
    return socket;
  };
}

/** @param {string} address @param {(address: string) => WebSocket} connect @returns {EarlySocket} */
function begin(address, connect) {
  const socket = connect(address);
  socket.binaryType = "arraybuffer";
  /** @type {EarlySocket["heard"]} */
  const heard = [];
  for (const kind of KINDS) socket[`on${kind}`] = (/** @type {any} */ event) => void heard.push([kind, event]);
  return { address, socket, heard };
}
