/**
 * The race again with fresh seeds: how many, how far they have come, and the table of what they say together.
 */

import { formatCount, formatFixed, formatPercent } from "../text/format.js";
import { createMenu } from "../widgets/controls.js";
import { byTestId, find, make, on, setText } from "../widgets/dom.js";

const COUNTS = [5, 10, 20, 50];

export class Again {
  /** @param {RacePage} page */
  constructor(page) {
    this.page = page;
    const { actions, language } = page;
    const root = find(document, ".again");
    const { state } = page.store;
    // A race's link may ask for points that are fresh, too.
    this.seeds = COUNTS.includes(state.seeds) ? state.seeds : 20;
    this.fresh = state.fresh;
    /** What the race was lined up with, to be followed when that changes. */
    this.followed = "";
    this.said = byTestId("again-said");
    this.table = byTestId("again-table");
    this.button = make("button", { class: "text-button", testid: "again" });
    this.bar = document.createElement("progress");
    this.bar.max = 1;
    this.bar.setAttribute("aria-label", language.say("race.progress"));
    this.count = createMenu(
      { label: language.say("race.seeds"), testid: "seeds", bare: true },
      COUNTS.map((value) => ({ value: String(value), text: language.say("race.seeds_of", { count: value }) })),
      (value) => {
        this.seeds = Number(value);
        this.show(page.store.state);
      },
    );
    this.kind = createMenu(
      { label: language.say("race.fresh"), testid: "fresh", bare: true },
      ["weights", "data"].map((value) => ({ value, text: language.say(`race.fresh_${value}`) })),
      (value) => {
        this.fresh = value;
      },
    );
    find(root, ".again-controls").append(this.count.element, this.kind.element, this.button, this.bar);
    on(this.button, "click", () => {
      if (this.#runs(page.store.state)) actions.stopRepeating();
      else actions.repeat(this.seeds, this.fresh);
    });
    /** @type {RaceTally | null | undefined} */
    this.shown = undefined;
    this.epochs = 0;
  }

  /** @param {RaceState} state */
  show(state) {
    const { language } = this.page;
    const { tally } = state;
    const runs = this.#runs(state);
    const asked = `${state.link} ${state.seeds} ${state.fresh}`;
    if (asked !== this.followed) {
      this.followed = asked;
      this.seeds = COUNTS.includes(state.seeds) ? state.seeds : 20;
      this.fresh = state.fresh;
    }
    this.count.show(String(this.seeds));
    this.kind.show(this.fresh);
    setText(this.button, runs ? language.say("race.stop") : language.say("race.again", { count: this.seeds }));
    this.bar.hidden = !runs;
    this.bar.value = tally?.progress ?? 0;
    this.#colour();
    if (this.shown === tally && this.epochs === state.epochs) return;
    this.shown = tally;
    this.epochs = state.epochs;
    setText(this.said, this.#sentence(state));
    if (!tally) this.table.replaceChildren();
    else if (tally.done) this.table.replaceChildren(this.#tableOf(state, tally));
    this.#colour();
  }

  /** Lanes change their colours with the theme, their table stays. */
  #colour() {
    for (const cell of this.table.querySelectorAll("th[data-lane]")) {
      const { dataset, style } = /** @type {HTMLElement} */ (cell);
      style.color = this.page.colourOf(dataset.lane ?? "");
    }
  }

  /** @param {RaceState} state */
  #runs({ tally }) {
    return tally !== null && !tally.done;
  }

  /** @param {RaceState} state */
  #sentence({ tally, epochs, bar }) {
    const { language } = this.page;
    if (!tally) return language.say("race.again_hint", { epochs: formatCount(epochs) });
    if (!tally.done) return language.say("race.repeating", { count: tally.seeds });
    const share = formatPercent(bar).replace(".0%", "%");
    const facts = language.say(`race.repeated_${tally.fresh}`, {
      count: tally.seeds,
      epochs: formatCount(epochs),
      share,
    });
    const stopped = tally.stopped ? language.say("race.stopped", { share: formatPercent(tally.progress) }) : "";
    const chance =
      tally.a_beats_b === null ? "" : language.say("race.chance", { chance: formatPercent(tally.a_beats_b) });
    return [facts, stopped, chance].filter(Boolean).join(" ");
  }

  /** @param {RaceState} state @param {RaceTally} tally */
  #tableOf(state, tally) {
    const { language } = this.page;
    const regression = tally.lanes.some(({ test_loss: loss }) => loss !== undefined);
    const heads = ["lane", "solved", regression ? "score_loss" : "score", "median", "parameters", "adds"];
    const head = make("tr", {}, ...heads.map((name) => headOf("col", language.say(`race.column_${name}`))));
    const rows = tally.lanes.map((lane) => this.#rowOf(state, lane));
    const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows));
    table.setAttribute("aria-label", language.say("race.again_title"));
    return table;
  }

  /** @param {RaceState} state @param {Repeated} lane */
  #rowOf(state, lane) {
    const { language, options } = this.page;
    const { solved, test_accuracy: accuracy, test_loss: loss, median_epochs: median } = lane;
    const config = state.lanes.find(({ lane: name }) => name === lane.lane)?.config;
    const kind = (config?.layers[0] ?? config?.output)?.neuron.name ?? "";
    const name = `${lane.lane.toUpperCase()} ${options("neurons").find(({ value }) => value === kind)?.text ?? ""}`;
    const range = (/** @type {Score} */ score, /** @type {(value: number | null) => string} */ format) =>
      `${format(score.interquartile_mean)} (${format(score.low)} – ${format(score.high)})`;
    const whole = (/** @type {number} */ share) => `${Math.round(share * 100)}%`;
    const cells = [
      accuracy && solved
        ? `${language.say("race.of", { count: solved.count, of: solved.of })} (${whole(solved.low)} – ${whole(solved.high)})`
        : "–",
      accuracy ? range(accuracy, formatPercent) : loss ? range(loss, (value) => formatFixed(value, 3)) : "–",
      median === null ? language.say("race.not_reached") : formatFixed(median, 0),
      formatCount(lane.parameters),
      formatCount(lane.cost.multiply_adds),
    ];
    const first = headOf("row", name);
    first.dataset.lane = lane.lane;
    return make("tr", {}, first, ...cells.map((text) => make("td", { text })));
  }
}

/** @param {"col" | "row"} scope @param {string} text */
function headOf(scope, text) {
  const cell = make("th", { text });
  cell.scope = scope;
  return cell;
}
