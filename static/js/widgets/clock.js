/**
 * The clock's buttons, which the playground and the race share: play, step, reset, the epoch, and the speed.
 *
 * Not here: what a run or a race does when they are pressed.
 */

import { formatCount } from "../text/format.js";
import { createMenu } from "./controls.js";
import { byTestId, find, on, setAttribute, setText } from "./dom.js";

/**
 * @param {Pick<Page, "catalog" | "language"> & { actions: ClockActions }} page
 * @returns {(shown: { playing: boolean, speed: number | null, epoch: number }) => void}
 */
export function createClock({ actions, catalog, language }) {
  const [play, count] = [byTestId("play"), byTestId("epoch")];
  on(play, "click", () => actions.toggle());
  on(byTestId("step"), "click", () => actions.step());
  on(byTestId("reset"), "click", () => actions.reset());
  const text = (/** @type {string | number | null} */ rate) =>
    rate === null ? language.say("bar.speed_full") : language.say("bar.speed_rate", { rate });
  const options = catalog.speeds.map((rate) => ({ value: String(rate), text: text(rate) }));
  const naming = { label: language.say("bar.speed"), hint: language.hintOf("bar.speed_hint"), testid: "speed" };
  const menu = createMenu(naming, options, (value) => actions.speed(value === "null" ? null : Number(value)), text);
  find(document, ".run").append(menu.element);
  return ({ playing, speed, epoch }) => {
    setAttribute(play, "aria-label", language.say(playing ? "bar.pause" : "bar.play"));
    play.classList.toggle("playing", playing);
    const written = formatCount(epoch);
    count.style.setProperty("--letters", String(written.length));
    setText(count, written);
    menu.show(String(speed));
  };
}
