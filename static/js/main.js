/**
 * The page comes to life here: fetch the catalog, make the panels, connect, and draw what is dirty once per frame.
 *
 * Only wiring. What is shown, sent or drawn is decided in the modules that this one joins.
 */

import { createSocket, liveAddress } from "./live/connection.js";
import { Dispatch } from "./live/dispatch.js";
import { openEarly } from "./live/early_socket.js";
import { Actions } from "./model/actions.js";
import { formulaLoader, loadCatalog, loadCounts, loadJson, loadPortraits } from "./model/catalog.js";
import { Inspection } from "./model/inspection.js";
import { startState } from "./model/state.js";
import { Steps } from "./model/steps.js";
import { createStore } from "./model/store.js";
import { Address } from "./page/address.js";
import { askWhoLeaves, hearTyped, listen, takeLinks } from "./page/events.js";
import { acceptDrops } from "./page/file_drop.js";
import { Keeper } from "./page/keeper.js";
import { createPage } from "./page/page.js";
import { Loop, needsOf } from "./page/render_loop.js";
import { addressOf } from "./page/server_files.js";
import { visibilitySheet } from "./page/visibility.js";
import { loadFirstWords } from "./page/words.js";
import { createDatasets } from "./panels/data/datasets.js";
import { createTableButton } from "./panels/data/table_button.js";
import { createFormula } from "./panels/network/formula.js";
import { createInspector } from "./panels/network/late_inspector.js";
import { createLens } from "./panels/network/lens_button.js";
import { Network } from "./panels/network/network.js";
import { createStandIn } from "./panels/network/stand_in.js";
import { createConfusionTab } from "./panels/output/confusion_tab.js";
import { History } from "./panels/output/history.js";
import { Metrics } from "./panels/output/metrics.js";
import { Output } from "./panels/output/output.js";
import { createRunsTab } from "./panels/output/runs_tab.js";
import { createTimeSlider } from "./panels/output/time_slider.js";
import { createDrawers } from "./panels/take_home/drawers.js";
import { createBar } from "./panels/toolbar/bar.js";
import { createDisplay, Looks } from "./panels/toolbar/display.js";
import { createHelpButton } from "./panels/toolbar/help_button.js";
import { createMoreDrawer } from "./panels/toolbar/late_more.js";
import { createRaceLink } from "./panels/toolbar/race_link.js";
import { createStatus, fetchWordsOf } from "./panels/toolbar/status.js";
import { byTestId, find, speak } from "./widgets/dom.js";
import { watchDrawers } from "./widgets/drawer.js";
import { fetchHintsWhenNear } from "./widgets/hints.js";
import { fetchLateMarkup } from "./widgets/late_markup.js";
import { LatePanel } from "./widgets/late_panel.js";
import { createLatePart } from "./widgets/late_part.js";
import { fetchLateStyles } from "./widgets/late_styles.js";
import { OtherWords } from "./widgets/other_words.js";
import { saveFile } from "./widgets/save_file.js";
import { createTabs } from "./widgets/tabs.js";
import { readTheme } from "./widgets/theme.js";

/** What the sheets need to know stands on it: language, theme, what is hidden. */
const root = document.documentElement;
/** In somebody else's page, what a frame shows; on a page of its own, nothing. */
const inFrame = document.body.dataset.parts;
// The address of a frame is its host's matter.
const past = inFrame ? { pushState() {}, replaceState() {} } : history;
const looks = new Looks(location, past, navigator.languages);
const otherWords = new OtherWords(() => looks.now.lang, loadFirstWords);
const visibility = new CSSStyleSheet();
/** So long after the page it is shown without a picture, as css/layout.css has it. */
const LONG_MILLISECONDS = 3000;
/** What an audience has no use for. */
const RARE =
  "optimizer,penalty,penalty_rate,batch,more,features,own,new_points,new_weights,label_noise,train,count,runs,export,figures";
/** @type {{ hide?: string, show?: string }} what the link says of the page's parts */
let said = {};
document.adoptedStyleSheets = [visibility];
setVisibility(Object.fromEntries(new URLSearchParams(location.search)));
/** A frame connects to nothing before somebody sees it; a page of its own does so while it is being made. */
const newSocket = (/** @type {string} */ where) => new WebSocket(where);
const connect = inFrame ? newSocket : openEarly(liveAddress(), newSocket, window);
let watched = () => !document.hidden;
// Beside the words, not after them; what becomes of it is said where it is awaited, in words.
const menus = loadCatalog(addressOf("api/menus"), fetch.bind(window));
menus.catch(() => {});
let language = await loadFirstWords(looks.now.lang);
speak(language);
const loop = new Loop(requestAnimationFrame.bind(window), (problem) => complain("status.broken", problem));
try {
  await start(await menus);
} catch (problem) {
  complain("status.no_catalog", problem);
}

/** @param {{ hide?: string, show?: string }} query */
function setVisibility(query) {
  said = query;
  const names = [query.hide, looks.now.mode === "present" && RARE].filter(Boolean).join();
  visibility.replaceSync(visibilitySheet({ ...query, hide: names }, JSON.parse(inFrame ?? "{}")));
  root.dataset.hidden = names.replaceAll(",", " ");
}

/** @param {string} key @param {unknown} problem */
function complain(key, problem) {
  const reason = String(problem);
  root.dataset.composed = "";
  byTestId("status").textContent = language.say(key, { reason, sentence: reason });
  reportError(problem);
}

/** @param {Catalog} catalog */
async function start(catalog) {
  const store = createStore(startState(catalog.default, catalog.speeds[0]), loop);
  const place = inFrame ? framedPlace() : location;
  const now = () => performance.now();
  const keeper = new Keeper(() => window.sessionStorage);
  const address = new Address(place, past, window.setTimeout.bind(window), window.clearTimeout.bind(window), {
    beside: () => besides(store.state),
    keep: (name) => void (inFrame || keeper.keep(name, { config: store.state.config, draft: store.state.draft })),
    now,
    random: Math.random,
  });
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
  const socket = createSocket(store, connect, messages, catalog.limits, {
    visible: () => watched(),
    onFrame: () => {
      inspection.framed();
      root.dataset.composed = "";
      tellPictured();
      loop.mark("drawn");
    },
    onWanted: () => loop.mark("send"),
  });
  /** What a link says of the page itself. */
  const obey = (/** @type {{ link: string, page: any }} */ { link, page }) => {
    address.followed(link, page);
    setVisibility(page);
    if (page.lab || page.lock || lab.panel) lab.fetch().then((panel) => panel?.obey(page));
    if (page.lens === "on" && !store.state.lens.open) actions.toggleLens();
    actions.see(page);
    const values = looks.settle();
    if (values) store.set({ ...store.state, remark: { tone: "warn", key: "display.unknown", values } });
  };
  const steps = new Steps(() => address.gesture);
  const actions = new Actions(store, socket, catalog.changeable, steps);
  const inspection = new Inspection(store, socket, actions, now, () =>
    loop.mark("send", "network", "output", "inspector"),
  );
  inspection.listen(messages);
  const showLink = (/** @type {{ link?: string | null }} */ { link }) =>
    link !== undefined && address.changed(store.state.draft ? null : link);
  messages.on("opened", (message, { followed }) => void (followed ? obey(message) : showLink(message)));
  messages.on("changed", (message) => void showLink(message));
  const read = () => readTheme(getComputedStyle(root));
  let theme = read();
  const repaint = () => {
    theme = read();
    loop.markAll();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  find(document, "[data-dark]").addEventListener("load", repaint);
  const formulas = formulaLoader(catalog, addressOf("api/formulas"), fetch.bind(window));
  const thumbnails = createLatePart(
    async () => {
      await pictured;
      const packed = loadJson(addressOf("api/thumbnails"), fetch.bind(window));
      const [{ unpack }] = await Promise.all([import("./panels/output/later.js"), packed]);
      return unpack(await packed, catalog);
    },
    () => loop.markAll(),
  );
  let sharpness = 0;
  const ratio = () => sharpness || window.devicePixelRatio;
  /** @type {<T>(wanted: number, take: () => T) => T} Draws everything at another ratio, for as long as `take` takes. */
  const sharpened = (wanted, take) => {
    sharpness = wanted;
    loop.markAll();
    loop.draw();
    sharpness = 0;
    loop.markAll();
    return take();
  };
  /** @type {Record<string, import("./page/file_drop.js").Take>} */
  const takers = {};
  let words = new AbortController();
  /** What a link says of labs, and of what is not to be used. @type {LatePanel<import("./panels/lab/lab.js").Lab>} */
  let lab;
  const makePage = () => {
    const { signal } = words;
    // What comes in other words by then is made anew with them.
    const complete = async () => {
      await otherWords.coming;
      if (!signal.aborted) await Promise.all([base.language.complete(), fetchLateStyles(), fetchLateMarkup()]);
    };
    const common = { address, keeper, catalog, language, store, actions, inspection, theme: () => theme, ratio };
    const late = { thumbnails, pictured };
    const base = createPage({
      ...common,
      ...late,
      signal,
      redraw: () => loop.markAll(),
      complete,
      formulas,
    });
    const page = Object.assign(base, { cards: createCards(base) });
    root.dataset.drop = language.say("export.drop");
    createPanels(page, socket);
    showLooks = createDisplay(page, looks);
    const loadRestore = async () => {
      const { createRestore } = await import("./panels/take_home/restore.js");
      return () => createRestore(page);
    };
    const restorer = new LatePanel(page, loadRestore, undefined, "restore");
    const restore = async (/** @type {File} */ file) => (await restorer.fetch())?.(file);
    // What is no saved model may be a table, however it is called: the server knows them by what they hold.
    Object.assign(takers, { ".safetensors": restore, "": createTableButton(page) });
    createHelpButton(page);
    lab = new LatePanel(page, async () => {
      const { Lab } = await import("./panels/lab/lab.js");
      return () => new Lab(page, messages, socket, (element) => find(document, ".stage").prepend(element));
    });
    lab.get("lab" in root.dataset);
    if (!inFrame) createRaceLink(page);
    fetchHintsWhenNear(page);
    createDrawers(page, {
      checkpoint: () => socket.fresh(),
      copy: (text) => navigator.clipboard.writeText(text),
      fetch: fetch.bind(window),
      picture: async () => {
        const { PICTURE_RATIO, takePicture } = await import("./panels/take_home/picture.js");
        return sharpened(PICTURE_RATIO, () => takePicture(page));
      },
      restore,
      save: saveFile,
    });
    return page;
  };
  otherWords.remake = (next) => {
    words.abort();
    words = new AbortController();
    loop.clear();
    language = next;
    speak(next);
    makePage();
    showLooks();
    loop.markAll();
    // Who has pressed something finds it again at once.
    loop.draw();
  };
  otherWords.failed = ({ message: reason }) => {
    looks.keep("lang", language.tag);
    store.set({ ...store.state, remark: { tone: "warn", key: "page.no_part", values: { reason } } });
  };
  looks.changed = (key) => {
    if (key === "lang") return otherWords.fetch();
    if (key === "mode") setVisibility(said);
    showLooks();
    repaint();
  };
  let showLooks = () => {};
  const page = makePage();
  showLooks();
  takeLinks(page);
  hearTyped(store);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!still && !inFrame && address.query === null) actions.welcome(catalog.first_visit);
  // The rest is drawn as soon as its boxes have a size.
  loop.mark("send", "controls", "place", "inspector", "status");
  watchDrawers();
  if (inFrame) {
    // It waits to be seen; whatever is pressed from now on is heard.
    root.dataset.composed = "";
    await live(page, socket);
    return;
  }
  listen(actions, () => true);
  askWhoLeaves(page);
  acceptDrops(root, takers);
  document.addEventListener("visibilitychange", () => actions.show(watched()));
  socket.start();
}

/** What a link says of the page beside the experiment, where it is not what every link begins with. @param {State} state */
function besides({ speed, until, lens, discrete, tests }) {
  return {
    ...(speed === null ? {} : { speed: String(speed) }),
    ...(until === null ? {} : { until: String(until) }),
    ...(lens.open ? { lens: "on" } : {}),
    ...(discrete ? { discrete: "on" } : {}),
    ...(tests ? {} : { test: "off" }),
  };
}

/** The address of the playground itself; whether it plays from the start is decided when somebody looks (embed/frame.js). */
function framedPlace() {
  const { search, hash, origin, href } = location;
  return { search: search.replace(/([?&])play=on(?=&|$)/, "$1"), hash, origin, pathname: new URL(".", href).pathname };
}

/** @param {Omit<Page, "cards">} base @returns {Page["cards"]} */
function createCards(base) {
  const countsAt = addressOf("api/counts");
  const portraitsAt = addressOf("api/portraits");
  const load = async () => {
    const get = fetch.bind(window);
    const [{ NeuronCards }, portraits] = await Promise.all([
      import("./widgets/neuron_cards.js"),
      loadPortraits(portraitsAt, get),
      base.formulas(),
    ]);
    return () => new NeuronCards(base, portraits, (...layers) => loadCounts(countsAt, get, ...layers));
  };
  return new LatePanel(base, load, undefined, "cards");
}

/**
 * Every panel, as regions of the loop in the order in which one frame needs them: what is sent, what stands where, what is
 * painted, and at the end the word to the server that it was.
 *
 * @param {Page} page
 * @param {LiveSocket} socket
 */
function createPanels(page, socket) {
  const { store } = page;
  const [datasets, network, lens, output] = [
    createDatasets(page),
    new Network(page, () => loop.mark("network")),
    createLens(page),
    new Output(page),
  ];
  // The formula measures itself, when all others are shown: else the browser would lay the page out twice.
  const settings = [datasets, network, lens, output, createMoreDrawer(page), createFormula(page)];
  const inspector = createInspector(page);
  const chart = new History(page);
  const readouts = [new Metrics(page), createConfusionTab(page), createRunsTab(page), createTimeSlider(page)];
  createTabs(find(document, ".tabs"), () => loop.mark("readouts"));
  const words = [createBar(page), createStatus(page), createStandIn(page)];
  const show = (/** @type {{ show: Show }[]} */ panels) => {
    for (const panel of panels) panel.show(store.state);
  };
  /** @type {(region: keyof Needs, panels: { needs: Needs }[], draw: () => void) => void} */
  const register = (region, panels, draw) => loop.register(region, draw, needsOf(region, panels));
  const send = () => {
    page.inspection.flush();
    socket.flush();
  };
  loop.register("send", send);
  register("controls", settings, () => {
    page.inspection.chose();
    show(settings);
  });
  register("place", [lens, network], () => {
    lens.place();
    network.place();
  });
  loop.register("pictures", () => datasets.draw());
  register("network", [network, lens], () => {
    network.draw(store.state);
    lens.draw(store.state);
  });
  register("output", [output], () => output.draw(store.state));
  register("points", [output], () => output.drawPoints(store.state));
  register("inspector", [inspector], () => show([inspector]));
  register("readouts", [chart, ...readouts], () => {
    chart.draw(store.state);
    show(readouts);
  });
  register("status", words, () => show(words));
  loop.register("drawn", () => socket.acknowledge());
  const showBeside = () => {
    if (store.state.draft) page.address.changed(null);
    page.address.refresh();
  };
  loop.register("address", showBeside, ["draft", "speed", "until", "lens", "discrete", "tests"]);
  const resized = new ResizeObserver((boxes) => {
    loop.mark("place", "network");
    // A lens that opens leaves units less room, and nothing else another size.
    if (boxes.some(({ target }) => !target.classList.contains("units"))) {
      loop.mark("pictures", "output", "points", "readouts");
    }
  });
  for (const box of document.querySelectorAll(".columns, .output-surface, .chart, .units")) resized.observe(box);
  page.signal.addEventListener("abort", () => resized.disconnect());
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
