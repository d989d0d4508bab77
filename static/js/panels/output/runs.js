/**
 * Runs beside each other: the pinned ones as a table, the newest first, each row a link that replays its run, and what this run and the one
 * before say together, which the status line then shows.
 *
 * The table lasts as long as the tab, where the browser lets it. Not here: the faint curve (loss_chart.js).
 */

import { activationsOf, compareRuns, csvOf, neuronsOf, outcomeOf, pinOf, widthsOf, withPin } from "../../model/runs.js";
import { formatCount } from "../../text/format.js";
import { byTestId, find, make, on, setText } from "../../widgets/dom.js";
import { saveFile } from "../../widgets/save_file.js";

const KEY = "pinned";

/**
 * What to look at next, once a swap has solved it: what the layers do to the data, and what is missing without them.
 *
 * @param {string} key of what is said of the two runs @param {Pick<State, "config" | "lens">} state
 * @returns {Remedy[]}
 */
export function nextOf(key, { config, lens }) {
  if (key !== "runs.both" && key !== "runs.only_now") return [];
  const offer = (/** @type {string} */ name, /** @type {string} */ path, /** @type {any} */ value) => ({
    ...{ key: `runs.next_${name}`, values: {}, message: "", path, value },
  });
  const straight = !config.forest && config.layers.length > 0 && config.output.neuron.name === "linear";
  return [...(lens.open ? [] : [offer("lens", "lens", true)]), ...(straight ? [offer("straight", "layers", [])] : [])];
}

export class Runs {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.panel = find(document, "#panel-runs");
    this.table = find(this.panel, "table");
    this.note = byTestId("runs-note");
    this.pin = byTestId("pin", HTMLButtonElement);
    this.save = byTestId("runs-csv", HTMLButtonElement);
    this.pins = recall();
    /** @type {unknown[]} */
    this.seen = [];
    on(this.pin, "click", () => this.#add());
    on(this.save, "click", () => saveFile(new Blob([csvOf(this.pins)], { type: "text/csv" }), "runs.csv"));
    this.#fill("");
  }

  /** @param {State} state */
  show(state) {
    this.pin.disabled = state.history.length === 0;
    const { store } = this.page;
    const now = [state.past, state.history, state.playing, state.drifted, state.config, state.lens.open];
    if (now.every((each, index) => each === this.seen[index])) return;
    this.seen = now;
    const said = compareRuns(this.page, state);
    const compared = said && { ...said, remedies: nextOf(said.key, state) };
    if (JSON.stringify(compared) !== JSON.stringify(state.compared)) store.set({ ...store.state, compared });
  }

  #add() {
    const { address, catalog, language, store } = this.page;
    const { state } = store;
    const epoch = state.history.at(-1)?.[0] ?? 0;
    const replays = !state.drifted && (state.newest?.body.edits ?? 0) === 0 && epoch <= catalog.limits.replay_epochs;
    const pin = pinOf(state, address.href(replays ? epoch : 0), catalog.solved_share);
    this.#keep(withPin(this.pins, pin), language.say("runs.pinned"));
  }

  /** @param {PinnedRun[]} pins @param {string} said */
  #keep(pins, said) {
    this.pins = pins;
    remember(pins);
    this.#fill(said);
  }

  /** @param {string} said what has just been done */
  #fill(said) {
    const { language } = this.page;
    const some = this.pins.length > 0;
    this.table.hidden = !some;
    this.save.hidden = !some;
    setText(this.note, some ? said : language.say("runs.none"));
    const heads = ["run", "parameters", "solved", "best"].map((head) => {
      const cell = make("th", {
        text: language.say(`runs.head_${head}`),
        title: language.say(`runs.head_${head}_hint`),
      });
      cell.setAttribute("scope", "col");
      return cell;
    });
    this.table.replaceChildren(
      make("caption", { class: "for-readers", text: language.say("runs.caption") }),
      make("thead", {}, make("tr", {}, ...heads, make("td"))),
      make("tbody", {}, ...this.pins.toReversed().map((pin, index) => this.#row(pin, index))),
    );
  }

  /** @param {PinnedRun} pin @param {number} index */
  #row(pin, index) {
    const { language, options } = this.page;
    const { config, parameters, epoch, drifted, link } = pin;
    const data = options("datasets").find(({ value }) => value === config.data.name)?.text ?? config.data.name;
    const neurons = neuronsOf(this.page, config);
    const rest = [activationsOf(this.page, config), widthsOf(this.page, config)].filter(Boolean).join(" · ");
    const values = { data, epoch: formatCount(epoch) };
    const small = language.say(drifted ? "runs.row_drifted" : "runs.row", values);
    const name = link === null ? make("span", { text: neurons }) : this.#link(link, neurons);
    if (link === null) name.title = language.say("runs.no_link");
    else name.title = language.say(drifted ? "runs.opens_settings" : "runs.replays", values);
    const head = make("th", {}, name, make("span", { class: "runs-rest", text: ` ${rest}` }));
    head.append(make("small", { text: small }));
    head.setAttribute("scope", "row");
    const { solved, best } = outcomeOf(pin);
    const remove = make("button", {
      testid: "unpin",
      class: "unpin",
      text: "×",
      label: language.say("runs.remove", { name: neurons }),
    });
    on(remove, "click", () => {
      this.#keep(
        this.pins.filter((other) => other !== pin),
        language.say("runs.removed"),
      );
      // The button is gone, and the focus with it.
      const buttons = /** @type {NodeListOf<HTMLElement>} */ (this.table.querySelectorAll(".unpin"));
      (buttons[Math.min(index, buttons.length - 1)] ?? this.pin).focus();
    });
    const cells = [formatCount(parameters), solved, best].map((text) => make("td", { text }));
    return make("tr", { testid: "pinned" }, head, ...cells, make("td", {}, remove));
  }

  /** Opens in its place, so that the page and its table stay. @param {string} href @param {string} text */
  #link(href, text) {
    const anchor = make("a", { text });
    anchor.href = href;
    on(anchor, "click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const { search, hash } = new URL(href);
      this.page.actions.follow(search + hash);
    });
    return anchor;
  }
}

/** @returns {PinnedRun[]} */
function recall() {
  try {
    return JSON.parse(window.sessionStorage.getItem(KEY) ?? "[]");
  } catch {
    return [];
  }
}

/** Where there is no storage, as in a frame, they last until the page is left. @param {PinnedRun[]} pins */
function remember(pins) {
  try {
    window.sessionStorage.setItem(KEY, JSON.stringify(pins));
  } catch {}
}
