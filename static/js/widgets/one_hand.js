/**
 * One hand: of the tools that draw on the same surface, whoever takes one up puts the other down.
 *
 * A surface tells with the event `taken` who has it now. Not here: what is drawn (panels/data/draw_points.js,
 * panels/lab/pencil.js).
 */

/** @param {HTMLElement} surface @param {object} tool that is taken up: to be called before it changes the surface */
export function takeSurface(surface, tool) {
  surface.dispatchEvent(new CustomEvent("taken", { detail: tool }));
}

/** @param {HTMLElement} surface @param {object} tool @param {() => void} putDown what is done when another is taken up @param {AbortSignal} signal */
export function whenTaken(surface, tool, putDown, signal) {
  const hear = (/** @type {Event} */ event) => {
    if (/** @type {CustomEvent<object>} */ (event).detail !== tool) putDown();
  };
  surface.addEventListener("taken", hear, { signal });
}
