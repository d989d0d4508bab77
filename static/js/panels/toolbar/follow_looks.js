/**
 * Makes a page's panels, and follows how it is looked at: in other colours it is painted anew, in another language made anew.
 *
 * Not here: what there is to choose, and the buttons (display.js).
 */

import { find, speak } from "../../widgets/dom.js";

/**
 * @typedef {object} Looked
 * @property {readonly string[]} [brand] the message that is the page's name, if it has one
 * @property {Language} language
 * @property {import("./display.js").Looks} looks
 * @property {import("../../page/render_loop.js").Loop} loop
 * @property {import("../../widgets/other_words.js").OtherWords} otherWords
 */

/**
 * @template {{ remark: Sentence | null }} S
 * @template {{ showLooks: (key?: keyof Display) => void }} Made
 * @param {Looked} stage
 * @param {{ state: S, set: (next: S) => void }} store
 * @param {() => void} repaint paints all in the colours of now
 * @param {(signal: AbortSignal) => Made} make makes everything that has words, until `signal`; its `showLooks` shows what is
 *   chosen, after the choice of `key`
 * @returns {() => Made} the newest
 */
export function followLooks(stage, store, repaint, make) {
  const { looks, loop, otherWords } = stage;
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  find(document, "[data-dark]").addEventListener("load", repaint);
  let words = new AbortController();
  let made = make(words.signal);
  made.showLooks();
  otherWords.remake = (language) => {
    words.abort();
    words = new AbortController();
    loop.clear();
    stage.language = language;
    speak(language, ...(stage.brand ?? []));
    made = make(words.signal);
    made.showLooks();
    repaint();
    // Who has pressed something finds it again at once.
    loop.draw();
  };
  otherWords.failed = ({ message: reason }) => {
    looks.keep("lang", stage.language.tag);
    store.set({ ...store.state, remark: { tone: "warn", key: "page.no_part", values: { reason } } });
  };
  looks.changed = (key) => {
    if (key === "lang") return otherWords.fetch();
    made.showLooks(key);
    repaint();
  };
  return () => made;
}
