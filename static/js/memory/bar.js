/**
 * The memory's controls: which machine, its clock and settings in the bar, the damage under the board, the measurement
 * beside it.
 */

import { formatCount } from "../text/format.js";
import { createClock } from "../widgets/clock.js";
import { createKnob, createMenu } from "../widgets/controls.js";
import { byTestId, find, make, on, setText } from "../widgets/dom.js";

/** Sweeps, or epochs, per second. */
const SPEEDS = [null, 10, 3, 1, 0.3, 0.1];
const SIDES = [8, 10, 12, 16];

/** How many seeds a measurement takes. */
export const SEEDS = 20;

/** The machines, and of each the settings in the bar. */
const MACHINES = /** @type {const} */ ({
  hopfield: ["rule", "beta", "side"],
  boltzmann: ["data", "hidden", "k", "rate"],
  hebb: ["rule", "data", "stretch", "decorrelate", "units", "rate"],
});

/** What hangs together: a setting is there where another has this value. */
const NEEDS = /** @type {Record<string, [string, string]>} */ ({
  "hopfield.beta": ["rule", "modern"],
  "hebb.stretch": ["data", "cloud"],
});

/** @param {MemoryPage} page @returns {(state: MemoryState) => void} */
export function createBar(page) {
  const { actions, catalog, language } = page;
  const clock = createClock({ actions, language, catalog: { ...catalog, speeds: SPEEDS } });
  const settings = find(document, ".settings");
  const machines = Object.keys(MACHINES).map((value) => ({ value, text: language.say(`memory.machine_${value}`) }));
  const machine = createMenu(
    { label: language.say("memory.machine"), hint: language.say("memory.machine_hint"), testid: "machine" },
    machines,
    (value) => actions.open(/** @type {MachineName} */ (value)),
  );
  settings.append(machine.element);
  const groups = Object.entries(MACHINES).flatMap(([name, knobs]) =>
    knobs.map((knob) => createSetting(page, /** @type {MachineName} */ (name), knob, settings)),
  );
  const damage = ["flip", "erase"].map((name) => createSetting(page, "hopfield", name, byTestId("damage")));
  const again = createAgain(page);
  const flip = createSetting(page, "boltzmann", "flip", byTestId("hurt"));
  const measuring = createMeasuring(page);
  const name = find(document, "#epoch-name");
  return (state) => {
    setText(name, language.say(state.machine === "hopfield" ? "memory.sweep" : "bar.epoch"));
    clock(state);
    machine.show(state.machine);
    for (const show of [...groups, ...damage, flip]) show(state);
    again.disabled = Number(state.settings.flip) === 0;
    if (state.machine === "hopfield") measuring(state);
  };
}

/**
 * One of a machine's settings; made with the first memory that has it, which brings its range.
 *
 * @param {MemoryPage} page @param {MachineName} machine @param {string} name @param {HTMLElement} box
 */
function createSetting(page, machine, name, box) {
  const { actions, language } = page;
  const place = make("div", { class: "knob" });
  box.append(place);
  /** @type {Control<any> | null} */
  let control = null;
  return (/** @type {MemoryState} */ { machine: now, knobs, settings }) => {
    const [other, value] = NEEDS[`${machine}.${name}`] ?? [];
    place.hidden = now !== machine || (other !== undefined && settings[other] !== value);
    const knob = knobs.find((one) => one.name === name);
    if (now !== machine || !knob) return;
    if (!control) {
      const take = (/** @type {any} */ next) => actions.change(name, next);
      const naming = { label: language.say(`memory.${name}`), hint: language.say(`memory.${name}_hint`), testid: name };
      // The two machines' rules are others, and only one is seen.
      if (machine !== "hopfield") naming.testid = `${machine}-${name}`;
      control =
        knob.kind === "choice" || name === "side"
          ? createChoice(page, naming, knob, take)
          : createKnob(naming, knob, take);
      if (control) place.append(control.element);
    }
    control?.show(name === "side" ? String(settings[name]) : settings[name]);
  };
}

/** @param {MemoryPage} page @param {Naming} naming @param {Knob} knob @param {(value: any) => void} take */
function createChoice({ language }, naming, knob, take) {
  if (knob.name === "side") {
    const text = (/** @type {number | string | null} */ side) => `${side} × ${side}`;
    const options = SIDES.map((side) => ({ value: String(side), text: text(side) }));
    return createMenu(naming, options, (side) => take(Number(side)), text);
  }
  const options = (knob.choices ?? []).map((value) => ({
    value,
    text: language.say(`memory.${knob.name}_${value}`),
    hint: language.table[`memory.${knob.name}_${value}_hint`],
  }));
  return createMenu(naming, options, take);
}

/** @param {MemoryPage} page */
function createAgain({ actions, language }) {
  const words = language.say("memory.damage_again");
  const again = make("button", { class: "small-button icon die", testid: "damage-again", title: words, label: words });
  again.append(find(document, "#die", HTMLTemplateElement).content.cloneNode(true));
  on(again, "click", () => actions.damageAgain());
  byTestId("damage").append(again);
  return again;
}

/** @param {MemoryPage} page */
function createMeasuring({ actions, language, store }) {
  const [button, said] = [byTestId("measure"), byTestId("measure-said")];
  const bar = byTestId("measure-progress", HTMLProgressElement);
  const runs = (/** @type {MemoryState} */ { measured }) => measured !== null && !measured.done;
  on(button, "click", () => (runs(store.state) ? actions.stopMeasuring() : actions.measure(SEEDS)));
  return (/** @type {MemoryState} */ state) => {
    const { measured, settings } = state;
    setText(button, language.say(runs(state) ? "race.stop" : "memory.measure", { seeds: SEEDS }));
    bar.hidden = !runs(state);
    bar.value = measured?.progress ?? 0;
    const facts = { units: formatCount(Number(settings.side) ** 2), share: Number(settings.flip), seeds: SEEDS };
    setText(said, language.say(measured ? "memory.measured" : "memory.measure_hint", facts));
  };
}
