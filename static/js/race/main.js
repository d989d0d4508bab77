/**
 * The race's page comes to life here: fetch the catalog, make the lanes, connect, and draw what is dirty once per frame.
 *
 * Only wiring. What is shown, sent or drawn is decided in the modules that this one joins.
 */

import { createEnvironment, liveAddress } from "../live/connection.js";
import { wire } from "../live/inbox.js";
import { looksIn, writeAddress } from "../page/beside.js";
import { createDisplay } from "../panels/toolbar/display.js";
import { followLooks } from "../panels/toolbar/follow_looks.js";
import { Stage } from "../panels/toolbar/stage.js";
import { byTestId, find, on } from "../widgets/dom.js";
import { watchDrawers } from "../widgets/drawer.js";
import { readTheme } from "../widgets/theme.js";
import { RaceActions } from "./actions.js";
import { Again } from "./again.js";
import { createBar } from "./bar.js";
import { RaceChart } from "./chart.js";
import { joinRaceHost } from "./embed.js";
import { LaneCard } from "./lane.js";
import { createRacePage } from "./page.js";
import { createSaid, statusOf } from "./said.js";
import { createSettings } from "./settings.js";
import { RaceSocket } from "./socket.js";
import { framed, linedUp, noticed, refused, repeated, startState, stood, tallied } from "./state.js";
import { createTakeHome } from "./take_home.js";

/** What is raced where nothing else is named: the question of the whole project. */
const USUAL = { link: "?data=circles&b.neuron=quadratic" };

/** Pictures a second of each lane, epochs a second at first. */
const FRAMES = 10;
const SPEED = 10;

const PIXELS = 60;

const root = document.documentElement;
const stage = new Stage("race.brand");
const { inFrame, loop, looks } = stage;
await stage.open(start);

/** @param {Catalog} catalog */
function start(catalog) {
  /** @type {RaceStore} */
  const store = {
    state: startState(SPEED),
    set: (next) => {
      const leaves = store.state.target !== null && next.target === null;
      store.state = next;
      // From where its link shows the race is of no matter once the reader goes on from there.
      if (leaves && !inFrame) writeAddress(next.link);
      loop.mark("words", "pictures", "chart");
    },
  };
  const link = stage.query + location.hash;
  const asked = stage.query.length > 1 ? { link } : USUAL;
  const connect = (/** @type {string} */ where) => new WebSocket(where);
  const socket = new RaceSocket(
    liveAddress(),
    {
      hello: () => ({
        play: store.state.playing,
        speed: store.state.speed,
        target: store.state.target,
        view: { ...wire(location.hostname), unit_pixels: 4, output_pixels: PIXELS, frames_per_second: FRAMES },
      }),
      message: hear,
      frame: (frame, current) => {
        store.set(framed(store.state, frame, current));
        loop.mark("drawn");
      },
      repetitions: (shown) => store.set(repeated(store.state, shown)),
      connection: (connection) => store.set({ ...store.state, connection }),
    },
    createEnvironment(connect, catalog.limits, () => socket.begun),
    asked,
    USUAL,
  );
  const actions = new RaceActions(store, socket, catalog);
  const read = () => readTheme(getComputedStyle(root));
  let theme = read();
  let colours = laneColours();
  const resized = new ResizeObserver(() => loop.mark("pictures", "chart"));
  const repaint = () => {
    theme = read();
    colours = laneColours();
    loop.markAll();
  };
  followLooks(stage, store, repaint, makePanels);
  watchDrawers();
  stage.play(socket, actions, () =>
    joinRaceHost({ store, actions, catalog, looks: looksIn }, () => socket.start(), wordsOf),
  );

  /** @param {Sentence} remark */
  function wordsOf(remark) {
    return statusOf(/** @type {RacePage} */ ({ catalog, language: stage.language }), {
      ...store.state,
      connection: "open",
      remark,
    });
  }

  /** Everything that has words: made anew in another language, beside a race that goes on. @param {AbortSignal} signal */
  function makePanels(signal) {
    const { language } = stage;
    const complete = () => stage.complete(signal);
    const colourOf = (/** @type {string} */ lane) => colours[lane];
    const common = { catalog, language, store, actions, signal, colourOf, looks: looksIn, complete };
    const page = createRacePage({ ...common, theme: () => theme, ratio: () => window.devicePixelRatio }, () =>
      loop.markAll(),
    );
    const [chart, again] = [new RaceChart(page), new Again(page)];
    const shows = [createBar(page), createSettings(page), createTakeHome(page, chart), createSaid(page)];
    const box = byTestId("lanes");
    /** @type {LaneCard[]} */
    const cards = [];
    loop.register("words", () => {
      const { state } = store;
      arrange(page, cards, box);
      for (const show of shows) show(state);
      again.show(state);
      for (const card of cards) card.show(state);
    });
    loop.register("pictures", () => {
      for (const card of cards) card.draw(store.state);
    });
    loop.register("chart", () => chart.draw(store.state));
    loop.register("drawn", () => socket.acknowledge());
    resized.disconnect();
    for (const each of [box, find(document, ".chart-box")]) resized.observe(each);
    followStarts();
    loop.markAll();
    return { showLooks: createDisplay(/** @type {any} */ ({ language }), looks) };
  }

  /** A race to begin with takes the place of the one at hand; what the page looks like stays. */
  function followStarts() {
    const drawer = find(document, ".starts", HTMLDetailsElement);
    on(drawer, "click", (event) => {
      const anchor = /** @type {Element} */ (event.target).closest("a");
      if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      drawer.open = false;
      find(drawer, "summary").focus();
      socket.ask({ link: anchor.search });
    });
  }

  /** @param {any} message */
  function hear(message) {
    const { state } = store;
    const speaks = /** @type {Record<string, () => RaceState>} */ ({
      lined_up: () => linedUp(state, message),
      standing: () => stood(state, message),
      notice: () => noticed(state, message),
      refused: () => refused(state, message),
      busy: () => ({ ...state, remark: { tone: "warn", key: "status.busy", said: message } }),
      tally: () => tallied(state, message),
    });
    const next = speaks[message.type]?.();
    if (next) store.set(next);
    if (message.type !== "lined_up") return;
    const { target } = store.state;
    if (!inFrame) writeAddress(message.link, target ? `at=${target}` : "");
    // A race's checkpoint has no repetitions: those that were under way begin again.
    const { tally } = store.state;
    if (message.resumed && tally && !tally.done) actions.repeat(tally.seeds, tally.fresh);
  }
}

/** As many cards as lanes. @param {RacePage} page @param {LaneCard[]} cards @param {HTMLElement} box */
function arrange(page, cards, box) {
  const { lanes } = page.store.state;
  while (cards.length > lanes.length) cards.pop()?.element.remove();
  while (cards.length < lanes.length) {
    const card = new LaneCard(page, lanes[cards.length].lane);
    cards.push(card);
    box.append(card.element);
  }
  box.style.setProperty("--count", String(Math.max(1, lanes.length)));
}

/** @returns {Record<string, string>} */
function laneColours() {
  const style = getComputedStyle(root);
  return Object.fromEntries([..."abcdef"].map((lane) => [lane, style.getPropertyValue(`--lane-${lane}`).trim()]));
}
