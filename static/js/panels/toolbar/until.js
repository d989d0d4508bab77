/**
 * Where the run stops by itself: never, at the end of an epoch that is typed, when it is solved, on a plateau.
 *
 * That it has come is noticed by the server, at the very epoch.
 */

import { formatCount } from "../../text/format.js";
import { createMenu, field } from "../../widgets/controls.js";
import { make } from "../../widgets/dom.js";
import { bindNumber } from "../../widgets/number_field.js";

/** What is offered first where an epoch is to be named: so many further on. */
const FURTHER = 100;

/** @param {Page} page @returns {{ elements: HTMLElement[], show: Show }} */
export function createUntil({ actions, language, store }) {
  const options = [
    { value: "never", text: language.say("until.never") },
    { value: "epoch", text: language.say("until.epoch") },
    { value: "solved", text: language.say("until.solved") },
    { value: "plateau", text: language.say("until.plateau") },
  ];
  const naming = { label: language.say("until.label"), hint: language.say("until.hint"), testid: "until" };
  const menu = createMenu(naming, options, (choice) => {
    const epoch = store.state.newest?.body.epoch ?? 0;
    actions.until(choice === "never" ? null : choice === "epoch" ? epoch + FURTHER : choice);
  });
  const input = make("input", { type: "text", testid: "until-epoch" });
  Object.assign(input, { inputMode: "numeric", autocomplete: "off" });
  const range = () => /** @type {[number, number]} */ ([1, 1e9]);
  const showEpoch = bindNumber(input, {
    take: (at) => actions.until(at),
    format: formatCount,
    whole: true,
    step: 1,
    range,
  });
  const epoch = field({ label: language.say("until.at") }, input);
  return {
    elements: [menu.element, epoch],
    show: ({ until }) => {
      const named = typeof until === "number";
      menu.show(named ? "epoch" : (until ?? "never"));
      epoch.classList.toggle("waits", !named);
      input.disabled = !named;
      showEpoch(named ? until : null);
    },
  };
}
