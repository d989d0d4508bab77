/**
 * The playground's links: the address that says what is shown, and what a link that was followed says of the page beside the
 * experiment.
 *
 * Not here: links that come by themselves (page/events.js), nor how the address is written (page/address.js).
 */

import { Address } from "../page/address.js";

/** @typedef {Pick<History, "pushState" | "replaceState">} Past */

/**
 * @param {Store} store @param {Keeper} keeper
 * @param {Past} past @param {boolean} inFrame whose address is its host's matter
 */
export function createAddress(store, keeper, past, inFrame) {
  const place = inFrame ? framedPlace() : location;
  return new Address(place, past, window.setTimeout.bind(window), window.clearTimeout.bind(window), {
    beside: () => besides(store.state),
    keep: (name) => void (inFrame || keeper.keep(name, { config: store.state.config, draft: store.state.draft })),
    now: () => performance.now(),
    random: Math.random,
  });
}

/**
 * Obeys the links that are followed, and writes those of what is shown.
 *
 * @param {import("./page.js").Lasting} lasting
 * @param {() => ReturnType<typeof import("./late.js").createLab>} lab the newest page's
 */
export function hearLinks({ actions, address, messages, showParts, stage, store }, lab) {
  /** What a link says of the page itself. */
  const obey = (/** @type {{ link: string, page: any }} */ { link, page }) => {
    address.followed(link, page);
    showParts(page);
    const late = lab();
    if (page.lab || page.lock || late.panel) late.fetch().then((panel) => panel?.obey(page));
    if (page.lens === "on" && !store.state.lens.open) actions.toggleLens();
    actions.see(page);
    const values = stage.looks.settle();
    if (values) store.set({ ...store.state, remark: { tone: "warn", key: "display.unknown", values } });
  };
  const showLink = (/** @type {{ link?: string | null }} */ { link }) =>
    link !== undefined && address.changed(store.state.draft ? null : link);
  messages.on("opened", (message, { followed }) => void (followed ? obey(message) : showLink(message)));
  messages.on("changed", (message) => void showLink(message));
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
