/**
 * The race's page comes to life here: fetch the catalog, make the lanes, connect, and draw what is dirty once per frame.
 *
 * Only wiring. What is shown, sent or drawn is decided in the modules that this one joins.
 */

import { createEnvironment, liveAddress } from "../live/connection.js";
import { wire } from "../live/inbox.js";
import { formulaLoader, loadCatalog, loadCounts, loadPortraits } from "../model/catalog.js";
import { createPage } from "../page/page.js";
import { Loop } from "../page/render_loop.js";
import { createDisplay, Looks } from "../panels/toolbar/display.js";
import { Language } from "../text/language.js";
import { sayServer } from "../text/server_messages.js";
import { byTestId, fillWords, find, on, setAttribute, setText } from "../widgets/dom.js";
import { watchDrawers } from "../widgets/drawer.js";
import { LatePanel } from "../widgets/late_panel.js";
import { fetchLateStyles } from "../widgets/late_styles.js";
import { NeuronCards } from "../widgets/neuron_cards.js";
import { readTheme } from "../widgets/theme.js";
import { RaceActions } from "./actions.js";
import { Again } from "./again.js";
import { createBar } from "./bar.js";
import { RaceChart } from "./chart.js";
import { LaneCard } from "./lane.js";
import { RaceSocket } from "./socket.js";
import { framed, linedUp, noticed, refused, startState, stood, tallied } from "./state.js";

/** What is raced where nothing else is named: the question of the whole project. */
const USUAL = { link: "?data=circles&b.neuron=quadratic" };

/** Pictures a second of each lane, epochs a second at first. */
const FRAMES = 10;
const SPEED = 10;

const PIXELS = 60;

const root = document.documentElement;
const looks = new Looks(location, history, navigator.languages);
const language = await loadLanguage();
fillWords(document, language);
const loop = new Loop(requestAnimationFrame.bind(window), (problem) => complain("status.broken", problem));
try {
  start(await loadCatalog(address("api/menus"), fetch.bind(window)));
} catch (problem) {
  complain("status.no_catalog", problem);
}

/** @param {string} path */
function address(path) {
  return new URL(path, document.baseURI).href;
}

/** @param {string} key @param {unknown} problem */
function complain(key, problem) {
  setText(byTestId("status"), language.say(key, { reason: String(problem), sentence: String(problem) }));
  reportError(problem);
}

async function loadLanguage() {
  const { lang } = looks.now;
  const files = JSON.parse(root.dataset.words ?? "{}")[lang];
  const parts = await Promise.all(
    files.map(async (/** @type {string} */ file) => {
      const response = await fetch(address(file));
      if (!response.ok) throw new Error(`${file} answered ${response.status}`);
      return response.json();
    }),
  );
  root.lang = lang === "zh" ? "zh-Hans" : lang;
  const messages = Object.assign({}, ...parts.map(({ messages: words }) => words));
  const entries = Object.assign({}, ...parts.map(({ entries: words }) => words));
  document.title = `${messages["race.brand"]} · ${messages["page.title"]}`;
  const fetchRest = async () => ({ sentences: await (await fetch(address("api/sentences"))).json() });
  return new Language(lang, messages, entries, fetchRest);
}

/** @param {Catalog} catalog */
function start(catalog) {
  /** @type {RaceStore} */
  const store = {
    state: startState(SPEED),
    set: (next) => {
      store.state = next;
      loop.mark("words", "pictures", "chart");
    },
  };
  const asked = location.search.length > 1 ? { link: location.search } : USUAL;
  const connect = (/** @type {string} */ where) => new WebSocket(where);
  const socket = new RaceSocket(
    liveAddress(),
    {
      hello: () => ({
        play: store.state.playing,
        speed: store.state.speed,
        view: { ...wire(location.hostname), unit_pixels: 4, output_pixels: PIXELS, frames_per_second: FRAMES },
      }),
      message: hear,
      frame: (frame) => {
        store.set(framed(store.state, frame));
        loop.mark("drawn");
      },
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
  const repaint = () => {
    theme = read();
    colours = laneColours();
    loop.markAll();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  find(document, "[data-dark]").addEventListener("load", repaint);
  looks.changed = (key) => {
    // The words of a race are filled in once: another language begins the page anew, and the address has the race.
    if (key === "lang") location.reload();
    showLooks();
    repaint();
  };
  const page = createRacePage();
  const showLooks = createDisplay(/** @type {any} */ ({ language }), looks);
  showLooks();
  const showBar = createBar(page);
  const chart = new RaceChart(page);
  const again = new Again(page);
  /** @type {LaneCard[]} */
  const cards = [];
  const box = byTestId("lanes");
  loop.register("words", () => {
    const { state } = store;
    arrange(state);
    showBar(state);
    again.show(state);
    for (const card of cards) card.show(state);
    setText(byTestId("differences"), differencesOf(state));
    showStatus(state);
  });
  loop.register("pictures", () => {
    for (const card of cards) card.draw(store.state);
  });
  loop.register("chart", () => chart.draw(store.state));
  loop.register("drawn", () => socket.acknowledge());
  const resized = new ResizeObserver(() => loop.mark("pictures", "chart"));
  for (const each of [box, find(document, ".chart-box")]) resized.observe(each);
  document.addEventListener("visibilitychange", () => socket.send({ type: "view", visible: !document.hidden }));
  document.addEventListener("keydown", press);
  watchDrawers();
  followStarts();
  loop.markAll();
  socket.start();

  /** As many cards as lanes. @param {RaceState} state */
  function arrange({ lanes }) {
    while (cards.length > lanes.length) cards.pop()?.element.remove();
    while (cards.length < lanes.length) {
      const card = new LaneCard(page, lanes[cards.length].lane);
      cards.push(card);
      box.append(card.element);
    }
    box.style.setProperty("--count", String(Math.max(1, lanes.length)));
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
      socket.race({ link: anchor.search });
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
    writeAddress(message.link);
    // A race's checkpoint has no repetitions: those that were under way begin again.
    const { tally } = store.state;
    if (message.resumed && tally && !tally.done) actions.repeat(tally.seeds, tally.fresh);
  }

  /** @param {KeyboardEvent} event */
  function press(event) {
    const { target } = event;
    const typing = target instanceof Element && target.closest("input,select,textarea,button,a,dialog,summary");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = /** @type {Record<string, () => void>} */ ({
      " ": () => actions.toggle(),
      ArrowRight: () => actions.step(),
      r: () => actions.reset(),
    });
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** @returns {RacePage} */
  function createRacePage() {
    const complete = () => Promise.all([language.complete(), fetchLateStyles()]);
    const signal = new AbortController().signal;
    const formulas = formulaLoader(catalog, address("api/formulas"), fetch.bind(window));
    const common = { catalog, language, theme: () => theme, ratio: () => window.devicePixelRatio, signal, complete };
    const base = createPage(/** @type {any} */ ({ ...common, formulas, redraw: () => loop.markAll() }));
    const pickerPage = (/** @type {() => RaceLane} */ lane) => {
      // Cards ask the page for the experiment that they are about: here it is one lane's.
      const own = { ...base, store: viewOf(lane) };
      const cardsOf = new LatePanel(own, async () => {
        const get = fetch.bind(window);
        const [pictures] = await Promise.all([loadPortraits(address("api/portraits"), get), formulas()]);
        return () => new NeuronCards(own, pictures, (...layers) => loadCounts(address("api/counts"), get, ...layers));
      });
      return /** @type {Page} */ (Object.assign(own, { cards: cardsOf }));
    };
    const colourOf = (/** @type {string} */ lane) => colours[lane];
    return { ...base, store, actions, colourOf, pickerPage };
  }

  /** @param {() => RaceLane} lane */
  function viewOf(lane) {
    return /** @type {Store} */ ({
      get state() {
        const { config, layout } = lane();
        return /** @type {State} */ (/** @type {unknown} */ ({ config, layout }));
      },
      set: ({ remark }) => store.set({ ...store.state, remark }),
    });
  }

  /** @param {RaceState} state */
  function differencesOf({ differences, lanes }) {
    if (lanes.length === 0) return "";
    if (differences.length === 0) return language.say("race.alike");
    const names = differences.map((key) => language.table[`race.key_${key}`] ?? key);
    const only = differences.every((key) => ["neuron", "activation", "layers"].includes(key));
    return language.say(only ? "race.differ" : "race.differ_more", { names: names.join(language.say("race.comma")) });
  }

  /** @param {RaceState} state */
  function showStatus({ remark, connection, playing, lanes }) {
    const footer = find(document, ".status");
    setAttribute(footer, "data-tone", remark?.tone ?? "calm");
    setAttribute(footer, "data-playing", String(playing));
    const sentence = byTestId("status");
    if (connection !== "open") {
      setText(sentence, language.say(lanes.length > 0 ? "status.reconnecting" : "status.connecting"));
    } else if (remark) {
      const said = remark.said ? sayServer({ language, catalog }, remark.said) : "";
      setText(sentence, remark.key ? language.say(remark.key, { ...remark.values, sentence: said }) : said);
    } else {
      const words = playing ? "race.playing" : "race.ready";
      setText(sentence, language.say(lanes.length > 0 ? words : "status.connecting"));
    }
  }
}

/** The race as a link, the looks beside it. @param {string | null} link */
function writeAddress(link) {
  if (link === null) return;
  const own = new Set(["lang", "theme", "palette"]);
  const kept = location.search
    .replace(/^\?/, "")
    .split("&")
    .filter((pair) => own.has(pair.split("=")[0]));
  const parts = link.split("&").filter((pair) => !own.has(pair.split("=")[0]));
  const query = [...parts, ...kept].filter(Boolean).join("&");
  history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
}

/** @returns {Record<string, string>} */
function laneColours() {
  const style = getComputedStyle(root);
  return Object.fromEntries([..."abcdef"].map((lane) => [lane, style.getPropertyValue(`--lane-${lane}`).trim()]));
}
