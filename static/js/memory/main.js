/**
 * The memory's page comes to life here: fetch the words and the catalog, connect, and draw what is dirty once per frame.
 *
 * Only wiring. What is shown, sent or drawn is decided in the modules that this one joins.
 */

import { createEnvironment, liveAddress } from "../live/connection.js";
import { wire } from "../live/inbox.js";
import { MachineSocket } from "../live/machine_socket.js";
import { looksIn, writeAddress } from "../page/beside.js";
import { createMachineShare } from "../panels/take_home/machine_share.js";
import { OFFERS } from "../panels/take_home/share.js";
import { createDisplay } from "../panels/toolbar/display.js";
import { followLooks } from "../panels/toolbar/follow_looks.js";
import { Stage } from "../panels/toolbar/stage.js";
import { withKeys } from "../text/link.js";
import { watchDrawers } from "../widgets/drawer.js";
import { readTheme } from "../widgets/theme.js";
import { MemoryActions } from "./actions.js";
import { createBar } from "./bar.js";
import { Board } from "./board.js";
import { createBoltzmann } from "./boltzmann.js";
import { createCharts } from "./charts.js";
import { joinMemoryHost } from "./embed.js";
import { createHebb } from "./hebb.js";
import { BesideMemory, withLab } from "./lab.js";
import { createPatterns } from "./patterns.js";
import { createSaid, statusOf } from "./said.js";
import { framed, measured, noticed, refused, remembered, startState } from "./state.js";

/** Four figures, the first of them damaged, before Hebb's rule. */
const USUAL = { link: "?" };

/** Pictures and sweeps a second at first. */
const FRAMES = 20;
const SPEED = 1;

/** What can be given to others: no pictures are drawn of a memory. */
const SHARED = Object.fromEntries(Object.entries(OFFERS).filter(([, ending]) => !ending));

const root = document.documentElement;
const stage = new Stage("memory.brand");
const { inFrame, loop, looks } = stage;
await stage.open(start);

/** @param {Catalog} catalog */
function start(catalog) {
  /** @type {MemoryStore} */
  const store = {
    state: startState(SPEED),
    set: (next) => {
      store.state = next;
      loop.mark("words", "pictures");
    },
  };
  const link = stage.query;
  const asked = link.length > 1 ? { link } : USUAL;
  const connect = (/** @type {string} */ where) => new WebSocket(where);
  /** @type {MachineSocket<WantedMemory>} */
  const socket = new MachineSocket(
    liveAddress(),
    { command: "memory", opened: "remembered" },
    {
      hello: () => ({
        play: store.state.playing,
        speed: store.state.speed,
        view: { ...wire(location.hostname), frames_per_second: FRAMES },
      }),
      message: hear,
      frame: (frame, current) => {
        store.set(framed(store.state, frame, current, actions.drawing));
        loop.mark("drawn");
      },
      connection: (connection) => store.set({ ...store.state, connection }),
    },
    createEnvironment(connect, catalog.limits, () => socket.begun),
    asked,
    USUAL,
  );
  const actions = new MemoryActions(store, socket);
  const lab = new BesideMemory({ store, actions }, socket, stage.past);
  let theme = readTheme(getComputedStyle(root));
  const resized = new ResizeObserver(() => loop.mark("pictures"));
  const repaint = () => {
    theme = readTheme(getComputedStyle(root));
    loop.markAll();
  };
  followLooks(stage, store, repaint, makePanels);
  watchDrawers();
  if (!inFrame) addEventListener("popstate", () => actions.follow(location.search));
  stage.play(socket, actions, () =>
    joinMemoryHost({ store, actions, catalog, looks: looksIn }, () => socket.start(), wordsOf),
  );

  /** @param {Sentence} remark */
  function wordsOf(remark) {
    return statusOf({ catalog, language: stage.language }, { ...store.state, connection: "open", remark });
  }

  /** Everything that has words: made anew in another language, beside a memory that goes on. @param {AbortSignal} signal */
  function makePanels(signal) {
    const { language } = stage;
    /** @type {MemoryPage} */
    const page = {
      catalog,
      language,
      store,
      actions,
      theme: () => theme,
      ratio: () => window.devicePixelRatio,
      looks: looksIn,
      complete: () => stage.complete(signal),
    };
    createMachineShare(page, {
      href: hrefOf,
      config: () => catalog.default,
      epoch: () => store.state.epoch,
      offers: SHARED,
      parts: false,
    });
    const board = new Board(page, () => loop.mark("pictures"));
    const shows = [createBar(page), createSaid(page)];
    const pictures = /** @type {Record<MachineName, ((state: MemoryState) => void)[]>} */ ({
      hopfield: [createPatterns(page), createCharts(page), (state) => board.draw(state)],
      boltzmann: [createBoltzmann(page)],
      hebb: [createHebb(page)],
    });
    const parts = [...document.querySelectorAll("[data-machine]")];
    loop.register("words", () => {
      for (const show of shows) show(store.state);
    });
    loop.register("pictures", () => {
      const { machine } = store.state;
      for (const part of parts) part.toggleAttribute("hidden", part.getAttribute("data-machine") !== machine);
      if (machine) for (const draw of pictures[machine]) draw(store.state);
    });
    loop.register("drawn", () => socket.acknowledge());
    lab.make(page, () => loop.markAll());
    resized.disconnect();
    for (const canvas of document.querySelectorAll("canvas[data-testid]")) resized.observe(canvas);
    loop.markAll();
    return { showLooks: createDisplay(/** @type {any} */ ({ language }), looks) };
  }

  /** @param {any} message */
  function hear(message) {
    const { state } = store;
    const speaks = /** @type {Record<string, () => MemoryState>} */ ({
      remembered: () => remembered(state, message),
      measured: () => measured(state, message),
      notice: () => noticed(state, message),
      refused: () => refused(state, message),
      busy: () => ({ ...state, remark: { tone: "warn", key: "status.busy", said: message } }),
    });
    const next = speaks[message.type]?.();
    if (next) store.set(next);
    if (message.type === "answer") lab.hear(message);
    if (message.type !== "remembered") return;
    if (!inFrame) writeAddress(withLab(message.link, message.page, location.search));
    lab.obey(message.page);
  }

  /** The memory's address, from the end of a sweep on. @param {number} epochs */
  function hrefOf(epochs) {
    const { link } = store.state;
    if (link === null) return null;
    const query = withKeys(link, epochs > 0 ? `at=${epochs}` : "", looksIn());
    return new URL(`memory${query && "?"}${query}`, document.baseURI).href;
  }
}
