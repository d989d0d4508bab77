/**
 * What is read by pointing (reading.js), fetched once somebody points at anything, focuses it or presses a key.
 */

import { on } from "../../widgets/dom.js";
import { createLatePart } from "../../widgets/late_part.js";

/** @typedef {typeof import("./reading.js")} Reading */

/**
 * @param {Pick<Page, "redraw" | "signal">} page redrawn when it is here
 * @returns {(wanted: boolean) => Reading | null} null before it is; `wanted`: there is something to read, whoever asks
 */
export function createLateReading({ redraw, signal }) {
  let isNear = false;
  const reading = createLatePart(() => import("./reading.js"), redraw);
  const come = () => {
    isNear = true;
    reading();
  };
  for (const near of /** @type {const} */ (["pointerover", "focusin", "keydown"])) {
    on(document, near, come, { once: true, passive: true, signal });
  }
  return (wanted) => (wanted || isNear ? reading() : null);
}
