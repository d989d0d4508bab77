/**
 * Motion with a meaning: what is another now comes up from faint. Nothing moves for those who ask for little motion.
 */

/** @param {HTMLElement} element */
export function fadeIn(element) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  // After the picture that answers the hand: that one waits for nothing.
  requestAnimationFrame(() => element.animate({ opacity: [0.2, 1] }, { duration: 250, easing: "ease-out" }));
}
