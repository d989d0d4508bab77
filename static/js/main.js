/**
 * The playground comes to life here: what is made, joined and begun, in which order.
 *
 * Only wiring. What is shown, sent or drawn is decided in the modules that this one joins; playground/ has those that know
 * several rooms.
 */

import { createSocket, liveAddress } from "./live/connection.js";
import { Dispatch } from "./live/dispatch.js";
import { openEarly } from "./live/early_socket.js";
import { Actions } from "./model/actions.js";
import { formulaLoader, loadCatalog } from "./model/catalog.js";
import { Inspection } from "./model/inspection.js";
import { startState } from "./model/state.js";
import { Steps } from "./model/steps.js";
import { createStore } from "./model/store.js";
import { askWhoLeaves, hearTyped, listen, takeLinks } from "./page/events.js";
import { Keeper } from "./page/keeper.js";
import { createParts } from "./page/parts.js";
import { Loop } from "./page/render_loop.js";
import { addressOf } from "./page/server_files.js";
import { loadFirstWords, withNames } from "./page/words.js";
import { Looks } from "./panels/toolbar/display.js";
import { followLooks } from "./panels/toolbar/follow_looks.js";
import { fetchWordsOf } from "./panels/toolbar/status.js";
import { createThumbnails } from "./playground/late.js";
import { createAddress, hearLinks } from "./playground/links.js";
import { makePage } from "./playground/page.js";
import { byTestId, speak } from "./widgets/dom.js";
import { watchDrawers } from "./widgets/drawer.js";
import { OtherWords } from "./widgets/other_words.js";
import { readTheme } from "./widgets/theme.js";

const root = document.documentElement;
/** So long after the page it is shown without a picture, as css/layout.css has it. */
const LONG_MILLISECONDS = 3000;
/** In somebody else's page, what a frame shows; on a page of its own, nothing. */
const framed = document.body.dataset.parts;
const inFrame = framed !== undefined;
// The address of a frame is its host's matter.
const past = inFrame ? { pushState() {}, replaceState() {} } : history;
const looks = new Looks(location, past, navigator.languages);
const otherWords = new OtherWords(() => looks.now.lang, withNames(loadFirstWords));
const showParts = createParts(JSON.parse(framed ?? "{}"), () => looks.now.mode);
/** A frame connects to nothing before somebody sees it; a page of its own does so while it is being made. */
const newSocket = (/** @type {string} */ where) => new WebSocket(where);
const connect = inFrame ? newSocket : openEarly(liveAddress(), newSocket, window);
let watched = () => !document.hidden;
// Beside the words, not after them; what becomes of it is said where it is awaited, in words.
const menus = loadCatalog(addressOf(`api/menus?lang=${looks.now.lang}`), fetch.bind(window));
menus.catch(() => {});
const language = await loadFirstWords(looks.now.lang);
speak(language);
const loop = new Loop(requestAnimationFrame.bind(window), (problem) => complain("status.broken", problem));
const stage = { language, looks, loop, otherWords };
try {
  await start(await menus);
} catch (problem) {
  complain("status.no_catalog", problem);
}

/** @param {Catalog} catalog */
async function start(catalog) {
  const store = createStore(startState(catalog.default, catalog.speeds[0]), loop);
  const keeper = new Keeper(() => window.sessionStorage);
  const address = createAddress(store, keeper, past, inFrame);
  const messages = new Dispatch();
  let tellPictured = () => {};
  const pictured = new Promise((resolve) => {
    tellPictured = () => {
      tellPictured = () => {};
      // The first picture is to be drawn before anything more is fetched.
      requestAnimationFrame(resolve);
    };
    window.setTimeout(resolve, LONG_MILLISECONDS);
  });
  const socket = createSocket(store, connect, messages, catalog, {
    visible: () => watched(),
    onFrame: () => {
      inspection.framed();
      root.dataset.composed = "";
      tellPictured();
      loop.mark("drawn");
    },
    onWanted: () => loop.mark("send"),
  });
  const actions = new Actions(store, socket, catalog.changeable, new Steps(() => address.gesture));
  const inspection = new Inspection(
    store,
    socket,
    actions,
    () => performance.now(),
    () => loop.mark("send", "network", "output", "inspector"),
  );
  inspection.listen(messages);
  const formulas = formulaLoader(catalog, addressOf("api/formulas"), fetch.bind(window));
  const redraw = () => loop.markAll();
  const thumbnails = createThumbnails(catalog, pictured, redraw);
  const read = () => readTheme(getComputedStyle(root));
  let theme = read();
  const repaint = () => {
    theme = read();
    redraw();
  };
  const page = { actions, address, catalog, formulas, inspection, keeper, pictured, redraw, store, thumbnails };
  const lasting = { ...page, theme: () => theme, inFrame, messages, showParts, socket, stage };
  const newest = followLooks(stage, store, repaint, (signal) => makePage(lasting, signal));
  hearLinks(lasting, () => newest().lab);
  takeLinks(lasting);
  hearTyped(store);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!still && !inFrame && address.query === null) actions.welcome(catalog.first_visit);
  // The rest is drawn as soon as its boxes have a size.
  loop.mark("send", "controls", "place", "inspector", "status");
  watchDrawers();
  if (inFrame) {
    // It waits to be seen; whatever is pressed from now on is heard.
    root.dataset.composed = "";
    await live(newest().page, socket);
    return;
  }
  listen(actions, () => true);
  askWhoLeaves(lasting);
  document.addEventListener("visibilitychange", () => actions.show(watched()));
  socket.start();
}

/**
 * In a frame: the run goes with its host, and nothing is asked of the server before somebody sees it.
 *
 * @param {Page} page @param {LiveSocket} socket
 */
async function live(page, socket) {
  // On a page of its own nobody needs it.
  const { joinHost } = await import("./embed/frame.js");
  const embed = joinHost(
    page,
    () => socket.start(),
    (sentence) => fetchWordsOf(page, sentence),
  );
  watched = () => embed.seen;
  listen(page.actions, () => embed.entered);
}

/** @param {string} key @param {unknown} problem */
function complain(key, problem) {
  const reason = String(problem);
  root.dataset.composed = "";
  byTestId("status").textContent = stage.language.say(key, { reason, sentence: reason });
  reportError(problem);
}
