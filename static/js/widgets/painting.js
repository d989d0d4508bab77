/**
 * What all canvases are painted with: the theme's colours as they are now, and how many device pixels there are to one of CSS.
 */

import { readTheme } from "./theme.js";

/** @param {{ draw: () => void, markAll: () => void }} loop draws everything that is painted */
export function createPainting(loop) {
  const read = () => readTheme(getComputedStyle(document.documentElement));
  let theme = read();
  let sharpness = 0;
  return {
    theme: () => theme,
    ratio: () => sharpness || window.devicePixelRatio,
    redraw: () => loop.markAll(),
    /** The colours are others. */
    repaint: () => {
      theme = read();
      loop.markAll();
    },
    /** @type {<T>(wanted: number, take: () => T) => T} Draws everything at another ratio, for as long as `take` takes. */
    sharpened: (wanted, take) => {
      sharpness = wanted;
      loop.markAll();
      loop.draw();
      sharpness = 0;
      loop.markAll();
      return take();
    },
  };
}
