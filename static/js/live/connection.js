/**
 * The page's state on the wire: what a connection begins with, and what each thing that arrives does to the store.
 *
 * Not here: when to connect again and what to repeat (socket.js), nor what a message means (model/state.js).
 */

import { withoutLevels } from "../model/family.js";
import { framed, lensView, startedOver, TRANSITIONS, withConnection } from "../model/state.js";
import { wire } from "./inbox.js";
import { LiveSocket } from "./socket.js";

/** Where the live connection of this page is. */
export function liveAddress() {
  const live = new URL("live", document.baseURI);
  live.protocol = live.protocol === "https:" ? "wss:" : "ws:";
  live.search = "";
  return live.href;
}

/**
 * @param {Store} store
 * @param {(address: string) => WebSocket} connect opens a socket
 * @param {Dispatch} messages
 * @param {Pick<Catalog, "default" | "limits">} catalog
 * @param {{ visible: () => boolean, onFrame: () => void, onWanted: () => void }} page whether anybody looks; what else a
 *   frame is for; who flushes
 */
export function createSocket(store, connect, messages, catalog, { visible, onFrame, onWanted }) {
  const socket = new LiveSocket(
    liveAddress(),
    messages,
    {
      hello: () => ({
        // The server's own default goes without saying, as in the first words of a first visit (app/web/first_open.py).
        config: store.state.config === catalog.default ? {} : withoutLevels(store.state.config),
        play: store.state.playing,
        speed: store.state.speed,
        until: store.state.until,
        epochs: store.state.target ?? 0,
        view: {
          visible: visible(),
          inspect: hiddenUnit(store.state),
          confusion: true,
          lens: lensView(store.state.lens),
          ...wire(location.hostname),
        },
      }),
      frame: (frame, current) => {
        store.set(framed(store.state, frame, current));
        onFrame();
      },
      connection: (connection) => store.set(withConnection(store.state, connection)),
      wanted: onWanted,
      startsOver: (refused) => store.set(startedOver(store.state, refused)),
    },
    createEnvironment(connect, catalog.limits, () => socket.begun),
  );
  for (const [type, transition] of Object.entries(TRANSITIONS)) {
    messages.on(type, (message, turn) => store.set(transition(store.state, message, turn)));
  }
  return socket;
}

/**
 * What a connection is made of in a browser.
 *
 * @param {(address: string) => WebSocket} connect @param {Limits} limits
 * @param {() => boolean} begun whether anything was ever opened on it
 * @returns {Environment}
 */
export function createEnvironment(connect, limits, begun) {
  /** @type {import("./fallback.js").Fallback | undefined} what to do without sockets: most pages never need it */
  let fallback;
  let away = false;
  return {
    connect: (address) => fallback?.connect() ?? connect(address),
    ended: async (heard, retry) => {
      const answers = heard || (await serverAnswers());
      away ||= !answers;
      if (!heard && answers) fallback ??= (await loadFallback())?.createFallback(begun() || away, limits);
      fallback?.ended(heard, answers);
      retry();
    },
    wait: (run, milliseconds) => window.setTimeout(run, milliseconds),
    watch: (run, milliseconds) => {
      const timer = window.setInterval(run, milliseconds);
      return () => window.clearInterval(timer);
    },
    random: Math.random,
    limits,
  };
}

/**
 * Asked before a script is fetched: browsers never ask again for one that they could not get. A sandboxed frame may read
 * this answer, too; a proxy's word that nobody is there is none.
 */
function serverAnswers() {
  const address = new URL("api/menus", document.baseURI);
  const asked = fetch(address, { cache: "no-store", signal: AbortSignal.timeout(5000) });
  return asked.then(({ ok }) => ok).catch(() => false);
}

/** Nothing, where not even that is let through. */
function loadFallback() {
  return import("./fallback.js").catch(() => null);
}

/** A unit that is sure to exist in the run to come: an output unit may not. @param {State} state */
function hiddenUnit({ config, inspect }) {
  return inspect && inspect.layer < config.layers.length ? inspect : null;
}
