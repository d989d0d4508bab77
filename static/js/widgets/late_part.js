/**
 * A part that comes by itself when it is first to be drawn, after the first picture: the chart, thumbnails.
 *
 * Until then its place is empty, and nobody has to ask for it; it waits for the first picture (`Page.pictured`). A
 * frame that shows none of it never fetches it. Not here: panels that come when the reader opens them, with words and
 * styles of their own (late_panel.js).
 */

/** So long after it could not be had it may be asked for again. */
const PAUSE_MILLISECONDS = 5000;

/**
 * @template Part
 * @param {() => Promise<Part>} load @param {() => void} redraw draws what waits for it
 * @param {(act: () => void, milliseconds: number) => void} [wait]
 * @returns {() => Part | null} null before it is here
 */
export function createLatePart(load, redraw, wait = window.setTimeout.bind(window)) {
  /** @type {Part | null} */
  let part = null;
  let asked = false;
  const ask = async () => {
    try {
      part = await load();
    } catch {
      wait(() => {
        asked = false;
        redraw();
      }, PAUSE_MILLISECONDS);
      return;
    }
    redraw();
  };
  return () => {
    if (!asked) {
      asked = true;
      void ask();
    }
    return part;
  };
}
