/**
 * The neuron picker: the button that shows which kind is chosen, and opens the cards of all kinds (neuron_cards.js).
 *
 * Of the cards there is one set for all buttons, fetched when somebody first comes near one.
 */

import { field } from "./controls.js";
import { make, on, setAttribute, setText } from "./dom.js";

/**
 * @typedef {{ label: string, where: import("../model/config.js").Where, chosen: Choice | null,
 *   onChoose: (name: string) => void }} Question
 */

/**
 * The button that stands where a menu of kinds would, and is one for those who use it: it shows what is chosen.
 *
 * @param {Page} page @param {Naming} naming
 * @param {import("../model/config.js").Where} where the layers that it is about
 * @param {(name: string) => void} onChoose
 * @param {string} [mixed] text for no single kind
 * @returns {Control<Choice | null> & Disabling}
 */
export function createPickerButton(page, naming, where, onChoose, mixed = "") {
  const button = make("button", { class: "picker-button", testid: naming.testid, help: "neuron" });
  setAttribute(button, "aria-haspopup", "dialog");
  const options = new Map(page.options("neurons").map((option) => [option.value, option]));
  /** @type {Choice | null} */
  let chosen = null;
  // Whoever comes near is likely to press it, and may type a name at once.
  for (const near of /** @type {const} */ (["focus", "pointerenter"])) on(button, near, () => page.cards.fetch());
  on(button, "click", async () => {
    const question = { label: naming.label, where, chosen, onChoose };
    await (await page.cards.fetch())?.ask(button, question);
  });
  const show = (/** @type {Choice | null} */ choice) => {
    chosen = choice;
    const option = options.get(choice?.name ?? "");
    const text = option?.text ?? mixed;
    setText(button, text);
    setAttribute(button, "value", choice?.name ?? "");
    setAttribute(button, "aria-label", `${naming.label}: ${text}`);
    setAttribute(button, "title", [text, option?.hint ?? naming.hint].filter(Boolean).join("\n"));
  };
  const enable = (/** @type {boolean} */ on) => {
    button.disabled = !on;
  };
  return { element: field(naming, button), show, enable };
}
