/**
 * The neuron picker: the button that shows which kind is chosen, and opens the cards of all kinds (neuron_cards.js).
 *
 * Of the cards there is one set for all buttons, fetched when somebody first comes near one.
 */

import { field } from "./controls.js";
import { byTestId, fillHint, make, on, setAttribute, setText } from "./dom.js";

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
  let hint = "";
  /** @type {Option | undefined} */
  let option;
  const text = () => option?.text ?? mixed;
  const entitle = () => setAttribute(button, "title", [text(), hint].filter(Boolean).join("\n"));
  /** @type {Choice | null} */
  let chosen = null;
  // Whoever comes near is likely to press it, and may type a name at once.
  for (const near of /** @type {const} */ (["focus", "pointerenter"])) on(button, near, () => page.cards.fetch());
  on(button, "click", async () => {
    const question = { label: naming.label, where, chosen, onChoose };
    const cards = await page.cards.fetch();
    // In another language by now, it is another button that asks.
    if (page.signal.aborted) byTestId(String(naming.testid)).click();
    else await cards?.ask(button, question);
  });
  const show = (/** @type {Choice | null} */ choice) => {
    chosen = choice;
    const next = options.get(choice?.name ?? "");
    const another = option !== next || !choice;
    option = next;
    setText(button, text());
    setAttribute(button, "value", choice?.name ?? "");
    setAttribute(button, "aria-label", `${naming.label}: ${text()}`);
    if (!another) return;
    fillHint(option?.hint ?? naming.hint, (words) => {
      if (option !== next) return;
      hint = words;
      entitle();
    });
  };
  const enable = (/** @type {boolean} */ on) => {
    button.disabled = !on;
  };
  return { element: field(naming, button), show, enable };
}
