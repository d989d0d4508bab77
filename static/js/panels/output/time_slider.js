/**
 * Looking back: the slider under the chart, on the chart's own axis, and the badge that says that this is not now.
 *
 * It moves between moments; what is shown of one is everybody else's matter, for they draw whatever frame is shown.
 */

import { epochAxis } from "../../draw/epoch_axis.js";
import { momentFrom } from "../../model/moments.js";
import { axisEnd, looksBack } from "../../model/state.js";
import { formatCount } from "../../text/format.js";
import { byTestId, find, on, setAttribute, setText } from "../../widgets/dom.js";

/** Moments, or all of them. */
const STEPS = /** @type {Record<string, number>} */ ({
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
});

/** @param {Page} page @returns {Panel} */
export function createTimeSlider({ actions, language, signal, store }) {
  const slider = byTestId("time", HTMLInputElement);
  const badge = find(document, ".back-badge");
  const text = byTestId("back-text");
  // Its places are the chart's; on an axis of even steps they are the epochs themselves.
  on(slider, "input", () => {
    const end = axisEnd(store.state);
    actions.lookBackTo(epochAxis(end).epochAt(slider.valueAsNumber / end));
  });
  on(slider, "keydown", (event) => {
    const steps = STEPS[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    const { moments, frame } = store.state;
    actions.lookBack(momentFrom(moments, looksBack(store.state) ? frame : null, steps));
  });
  on(byTestId("now"), "click", () => {
    actions.lookBack(null);
    // The button is gone now: the focus would be lost with it.
    slider.focus({ preventScroll: true });
  });
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !looksBack(store.state)) return;
    if (document.activeElement === document.body || document.activeElement?.closest(".output, .history"))
      actions.lookBack(null);
  };
  on(document, "keydown", leave, { signal });
  return {
    needs: { readouts: ["frame", "newest"] },
    show: (state) => {
      const back = looksBack(state);
      const epoch = state.frame?.body.epoch ?? 0;
      const end = axisEnd(state);
      const place = Math.round(epochAxis(end).shareOf(epoch) * end);
      setAttribute(slider, "max", String(end));
      if (slider.valueAsNumber !== place) slider.value = String(place);
      const count = formatCount(epoch);
      setAttribute(slider, "aria-valuetext", language.say(back ? "time.past" : "time.present", { epoch: count }));
      badge.hidden = !back;
      document.body.classList.toggle("looks-back", back);
      if (back) setText(text, language.say("time.badge", { epoch: count }));
    },
  };
}
