/**
 * Beneath a lane, every seed's surface; a click opens that very run on the playground.
 *
 * One stop of the Tab key; arrows lead from seed to seed. Not here: what all of them say together (again.js).
 */

import { formatCount, formatLoss, formatPercent } from "../text/format.js";
import { withKeys } from "../text/link.js";
import { paintAnswer } from "../widgets/answer_surface.js";
import { fitCanvas } from "../widgets/canvas.js";
import { make, on } from "../widgets/dom.js";

const STEPS = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity });

export class SeedStrip {
  /** @param {RacePage} page @param {string} title of the lane */
  constructor(page, title) {
    this.page = page;
    this.element = make("div", {
      class: "lane-seeds",
      role: "group",
      label: page.language.say("race.seeds_of_lane", { lane: title }),
    });
    on(this.element, "keydown", (event) => this.#move(event));
    /** @type {LaneRuns | null} */
    this.shown = null;
    this.waiting = 0;
  }

  /** @param {RaceState} state @param {LaneRuns | undefined} runs of the lane */
  show({ tally }, runs) {
    this.element.hidden = tally === null;
    if (runs) {
      if (runs !== this.shown) this.#fill(runs);
      return;
    }
    // Room from the beginning: nothing is pushed when they come.
    const count = tally?.seeds ?? 0;
    if (this.shown || count !== this.waiting)
      this.element.replaceChildren(...Array.from({ length: count }, () => make("span")));
    this.shown = null;
    this.waiting = count;
  }

  /** @param {RaceLane} lane */
  draw(lane) {
    const [first] = this.element.querySelectorAll("canvas");
    if (!this.shown || !first?.clientWidth) return;
    const { arrays } = this.shown;
    const theme = this.page.theme();
    const { task, output } = lane.layout;
    const side = first.clientWidth;
    this.element.querySelectorAll("canvas").forEach((canvas, index) => {
      fitCanvas(canvas, side, side, this.page.ratio());
      paintAnswer(canvas, { arrays: ofRun(arrays, index) }, "output", { task, squash: output.activation, theme });
    });
  }

  /** @param {LaneRuns} runs */
  #fill(runs) {
    this.shown = runs;
    const most = this.page.catalog.limits.replay_epochs;
    const anchors = runs.runs.map((run, index) => {
      const anchor = make("a", { class: run.solved === null ? "" : "solved", testid: `seed-${runs.lane}-${index}` });
      anchor.tabIndex = index === 0 ? 0 : -1;
      anchor.target = "_blank";
      anchor.rel = "noopener";
      const words = this.#wordsOf(run);
      anchor.title = words;
      anchor.setAttribute("aria-label", words);
      if (run.link !== null) {
        const replay = run.epoch > 0 && run.epoch <= most ? [`epochs=${run.epoch}`] : [];
        const query = withKeys(run.link, ...replay, this.page.looks());
        anchor.href = `./${query && `?${query}`}`;
      }
      anchor.append(make("canvas"));
      return anchor;
    });
    this.element.replaceChildren(...anchors);
  }

  /** @param {SeedRun} run */
  #wordsOf({ run_seed: seed, accuracy, loss, solved, diverged, epoch }) {
    const { language } = this.page;
    const end =
      diverged !== null
        ? language.say("race.seed_diverged", { epoch: formatCount(diverged + 1) })
        : solved !== null
          ? language.say("race.solved", { epoch: formatCount(solved) })
          : language.say("race.seed_trained", { epoch: formatCount(epoch) });
    const test = accuracy ? formatPercent(accuracy.test) : formatLoss(loss.test);
    return language.say(accuracy ? "race.seed" : "race.seed_loss", { seed, test, end });
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const step = STEPS[event.key];
    const anchors = [...this.element.querySelectorAll("a")];
    const at = anchors.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    if (step === undefined || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(anchors.length - 1, Math.max(0, at + step));
    anchors[at].tabIndex = -1;
    anchors[next].tabIndex = 0;
    anchors[next].focus();
  }
}

/** What a frame would have of one run. @param {Record<string, Tensor>} arrays @param {number} index */
function ofRun(arrays, index) {
  return Object.fromEntries(
    Object.entries(arrays).map(
      ([
        name,
        {
          shape: [, ...shape],
          data,
        },
      ]) => {
        const size = shape.reduce((product, count) => product * count, 1);
        return [name, { shape, data: data.subarray(index * size, (index + 1) * size) }];
      },
    ),
  );
}
