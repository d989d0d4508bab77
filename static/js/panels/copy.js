/**
 * "Copy link": one press copies the link of what is shown, and shows it, for whoever has to copy it by hand.
 *
 * A tick makes it open at the present epoch, where that can be replayed: where nothing was changed on the way, and
 * where it is not further than the server goes.
 */

import { formatCount } from "../format.js";
import { find, setText } from "./elements.js";

/**
 * @param {Page} page
 * @param {(text: string) => Promise<void>} copy
 */
export function createCopy({ address, catalog, language, store }, copy) {
  const drawer = find(document, ".copy", HTMLDetailsElement);
  const field = find(drawer, "[data-testid=link]", HTMLInputElement);
  const tick = find(drawer, "[data-testid=link-epochs]", HTMLInputElement);
  const [name, said] = [find(drawer, ".copy-epoch"), find(drawer, "[data-testid=link-said]")];
  let epochs = 0;
  const most = catalog.limits.replay_epochs;
  const say = (/** @type {string} */ key, values = {}) => setText(said, language.say(key, values));
  const offer = async () => {
    const href = address.href(tick.checked ? epochs : 0);
    if (href === null) return say("link.too_long");
    field.value = href;
    try {
      await copy(href);
      say("link.copied");
    } catch {
      // Not allowed here, or no secure connection.
      field.focus();
      field.select();
      say("link.by_hand");
    }
  };
  drawer.addEventListener("toggle", () => {
    if (!drawer.open) return;
    const { frame } = store.state;
    epochs = frame?.body.epoch ?? 0;
    const drifted = store.state.drifted || (frame?.body.edits ?? 0) > 0;
    tick.checked = false;
    tick.disabled = epochs === 0 || epochs > most || drifted;
    const count = formatCount(epochs, language.tag);
    const limit = formatCount(most, language.tag);
    const key = epochs > most ? "link.too_far" : "link.epoch";
    setText(name, drifted ? language.say("link.drifted") : language.say(key, { epoch: count, limit }));
    offer();
  });
  tick.addEventListener("change", offer);
}
