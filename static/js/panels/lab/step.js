/**
 * One step of a lab as elements: its words, and what is to be done in it.
 *
 * Not here: which step it is, and what follows from a click (lab.js).
 */

import { formatSetting } from "../../text/format.js";
import { readNumber } from "../../text/number.js";
import { make, on, setText } from "../../widgets/dom.js";
import { dotRow } from "./dots.js";
import { keepFormulasInside } from "./formulas.js";
import { conditionWords, valueWords } from "./goal.js";

/**
 * @typedef {object} LabDeeds what a step can set off
 * @property {(at: string) => void} point at a part of the page
 * @property {(given: string | number) => void} predict
 * @property {() => Guess | undefined} predicted in this step
 * @property {() => { title: string, words: string }[]} foretold in the steps before
 * @property {() => HTMLElement | null} sketch where a boundary is drawn in this step
 * @property {() => HTMLElement | null} likeness of the boundary that was drawn before, and the network's
 */

/** Text of the server's own, with formulas. @param {string} html @param {string} [name] */
export function prose(html, name = "lab-prose") {
  const box = make("div", { class: name });
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  box.append(...parsed.childNodes);
  keepFormulasInside(box);
  return box;
}

/** @param {LabPage} page @param {LabStep} step @param {LabDeeds} deeds */
export function createStep(page, step, deeds) {
  const parts = [];
  if (step.kind === "see" || step.kind === "explain") parts.push(...createForetold(deeds));
  if (step.kind === "explain") parts.push(createReveal(page, step));
  else parts.push(prose(step.html));
  if (step.kind === "predict") parts.push((step.sketch && deeds.sketch()) || createPrediction(page, step, deeds));
  if (step.kind === "see") parts.push(...createRuns(page, step));
  const goal = step.kind === "do" ? createGoal(page, step, deeds) : null;
  const likeness = goal && deeds.likeness();
  if (goal) parts.push(goal.element, ...(likeness ? [likeness] : []));
  if (step.at) parts.push(createPointer(page, () => deeds.point(step.at)));
  return { parts, goal };
}

/** @param {LabPage} page @param {() => void} point */
function createPointer({ language }, point) {
  const button = make("button", { class: "lab-where", testid: "lab-where", text: language.say("lab.where") });
  on(button, "click", point);
  return button;
}

/** @param {LabPage} page @param {LabStep} step */
function createReveal({ language }, step) {
  const summary = make("summary", { testid: "lab-reveal", text: language.say("lab.reveal") });
  return make("details", { class: "lab-reveal" }, summary, prose(step.html));
}

/** @param {LabPage} page @param {LabStep} step @param {LabDeeds} deeds */
function createPrediction({ language }, step, deeds) {
  const form = make("form", { class: "lab-prediction" });
  const said = make("div", { class: "lab-then", role: "status" });
  const button = make("button", { class: "lab-main", testid: "lab-predict", text: language.say("lab.predict") });
  const given = deeds.predicted();
  /** @type {() => string | number | Problem | undefined} */
  let read;
  if (step.number) {
    const { low, high } = step.number;
    const field = Object.assign(make("input", { type: "text", testid: "lab-number", label: step.title }), {
      autocomplete: "off",
      required: true,
    });
    if (given !== undefined) field.value = formatSetting(Number(given));
    read = () => readGuess(field.value, low, high);
    form.append(make("label", { class: "lab-number", text: language.say("lab.number", { low, high }) }, field));
  } else {
    const group = make("fieldset", {}, make("legend", { class: "lab-hidden", text: step.title }));
    for (const { id, html } of step.choices ?? []) {
      const radio = Object.assign(make("input", { type: "radio", testid: `lab-choice-${id}` }), {
        name: "lab-choice",
        value: id,
        checked: id === given,
      });
      group.append(make("label", { class: "lab-choice" }, radio, prose(html, "lab-choice-text")));
    }
    read = () => /** @type {HTMLInputElement | null} */ (group.querySelector("input:checked"))?.value;
    form.append(group);
  }
  const tell = () => said.replaceChildren(prose(step.then ?? ""));
  if (given !== undefined) tell();
  form.append(button, said);
  on(form, "submit", (event) => {
    event.preventDefault();
    const value = read();
    if (value === undefined) setText(said, language.say("lab.choose_first"));
    else if (typeof value === "object") setText(said, language.say(value.problem, value.values));
    else {
      deeds.predict(value);
      tell();
    }
  });
  button.type = "submit";
  return form;
}

/**
 * @typedef {{ problem: "number.none" | "number.two_ways" | "number.whole" | "number.range", values: Record<string, string> }} Problem
 */

/**
 * A number as people type it, like everywhere on the page (text/number.js), or what is wrong with it.
 *
 * @param {string} text @param {number} low @param {number} high
 * @returns {number | Problem | undefined} undefined for nothing
 */
export function readGuess(text, low, high) {
  if (text.trim() === "") return undefined;
  const found = readNumber(text);
  if ("problem" in found) return found;
  const { value } = found;
  if (value >= low && value <= high) return value;
  const [said, least, most] = [value, low, high].map(formatSetting);
  return { problem: "number.range", values: { value: said, low: least, high: most } };
}

/** @param {LabDeeds} deeds */
function createForetold(deeds) {
  return deeds.foretold().map(({ title, words }) => {
    return make("p", { class: "lab-foretold", testid: "lab-foretold" }, make("strong", { text: title }), ` ${words}`);
  });
}

/** @param {LabPage} page @param {LabStep} step */
function createRuns({ language }, step) {
  const rows = (step.runs ?? []).map((run) => {
    const { said } = run;
    const words = language.say(step.axis ? "lab.runs_memory" : "lab.runs", said);
    const label = prose(run.label, "lab-run-label");
    const open = Object.assign(make("a", { text: language.say("lab.open_run"), class: "lab-open" }), {
      href: `./${run.address}`,
      target: "_blank",
      rel: "noopener",
    });
    open.setAttribute("aria-label", `${language.say("lab.open_run")}: ${label.textContent?.trim()}`);
    return make("li", {}, label, dotRow(run.accuracies, words), make("p", { class: "lab-said", text: words }), open);
  });
  const axis = make("p", { class: "lab-axis" });
  axis.append(
    make("span", { text: "0 %" }),
    make("span", { text: language.say(step.axis ? `lab.axis_${step.axis}` : "lab.axis") }),
  );
  axis.append(make("span", { text: "100 %" }));
  return [make("ul", { class: "lab-rows", testid: "lab-runs" }, ...rows), axis];
}

/** @param {LabPage} page @param {LabStep} step @param {LabDeeds} deeds */
function createGoal(page, step, deeds) {
  const { language } = page;
  const rows = (step.goal ?? []).map((condition) => {
    const now = make("span", { class: "lab-now" });
    const row = make("li", {}, make("span", { text: conditionWords(page, condition) }), now);
    return { condition, now, row };
  });
  const told = make("div", { class: "lab-then", role: "status", testid: "lab-told" });
  const hints = make("div", { class: "lab-hints", role: "status", testid: "lab-hints" });
  const ask = make("button", { class: "lab-quiet", testid: "lab-hint", text: language.say("lab.hint") });
  let stage = 0;
  /** @type {number | null} */
  let hint = null;
  let met = false;
  on(ask, "click", () => {
    const found = hint === null ? undefined : step.hints?.[hint];
    if (!found) {
      setText(hints, language.say("lab.no_hint"));
      return;
    }
    deeds.point(found.at);
    stage = Math.min(2, stage + 1);
    hints.replaceChildren(...found.stages.slice(0, stage).map((html) => prose(html)));
    ask.hidden = stage === 2;
    setText(ask, language.say("lab.more_hint"));
  });
  const title = make("h3", { text: language.say("lab.goal") });
  const list = make("ul", { class: "lab-conditions" }, ...rows.map(({ row }) => row));
  const element = make("section", { class: "lab-goal", testid: "lab-goal" }, title, list, ask, hints, told);
  /** What was reached stays reached, whatever the run does afterwards. @param {LabVerdict} verdict */
  const show = (verdict) => {
    for (const [index, { condition, now, row }] of rows.entries()) {
      row.dataset.met = String(verdict.conditions[index]);
      // Of names it says what is wrong, not what is right.
      const quiet = verdict.conditions[index] && typeof verdict.now[index] !== "number";
      setText(now, quiet ? "" : valueWords(page, condition.what, verdict.now[index]));
    }
    if (verdict.hint !== hint) {
      hint = verdict.hint;
      stage = 0;
      hints.replaceChildren();
      ask.hidden = false;
      setText(ask, language.say("lab.hint"));
    }
    if (!verdict.met || met) return;
    met = true;
    element.dataset.met = "true";
    ask.hidden = true;
    hints.replaceChildren();
    const said = language.say(step.page ? "lab.met_memory" : "lab.met", { epoch: verdict.epoch });
    const words = make("p", { class: "lab-reached", text: said });
    told.replaceChildren(words, prose(step.then ?? ""));
  };
  return { element, show };
}
