/**
 * A connection that is opened while the rest of the page is still being made: what happens on it waits for who takes
 * it.
 *
 * Mostly it was asked for before this script was here (early.js); else it is now. What the page would say first may have
 * been said there already: then it is not said again. Not here: what is said (socket.js).
 */

const KINDS = /** @type {const} */ (["open", "message", "close"]);

/**
 * @param {string} address @param {(address: string) => WebSocket} connect
 * @param {{ early?: EarlySocket }} place where one is that is on its way already; else where this one is left
 * @returns {(address: string) => WebSocket & Pick<Transport, "steered">} the one that is open already, once; after that, new ones
 */
export function openEarly(address, connect, place) {
  if (place.early?.address !== address) place.early = begin(address, connect);
  const { socket, heard } = place.early;
  let taken = false;
  const happened = (/** @type {string} */ wanted) => heard.some(([kind]) => kind === wanted);
  return (where) => {
    if (taken || where !== address) return connect(where);
    taken = true;
    // What early.js says it says once the socket is open: one that is taken before has heard nothing of it.
    if (place.early?.said && happened("open")) sayOnce(socket, place.early.said);
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

/**
 * The run that the page asks for first is open already, if it asks for it in the very words of early.js: at rest, so that
 * all that is left to say is to play.
 *
 * @param {WebSocket} socket @param {string} said
 */
function sayOnce(socket, said) {
  const send = socket.send.bind(socket);
  Object.assign(socket, { steered: 1 });
  socket.send = (data) => {
    socket.send = send;
    send(data === said ? '{"type":"play"}' : data);
  };
}
