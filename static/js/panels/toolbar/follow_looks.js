/**
 * A page beside the playground that is looked at otherwise: in other colours it is drawn anew, in another language made anew.
 */

import { loadWords } from "../../page/beside.js";
import { find } from "../../widgets/dom.js";

/**
 * @param {import("./display.js").Looks} looks @param {string} brand the message that is the page's name
 * @param {HTMLElement} pristine the body as it came
 * @param {{ reword: (language: Language) => void, remake: () => void, shown: () => void, repaint: () => void }} page other words
 *   are here, and panels are to be made with them; the buttons are to show what is chosen; all is to be drawn
 */
export function followLooks(looks, brand, pristine, { reword, remake, shown, repaint }) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  find(document, "[data-dark]").addEventListener("load", repaint);
  looks.changed = async (key) => {
    if (key === "lang") {
      const language = await loadWords(looks.now.lang, brand);
      reword(language);
      const { changeWords } = await import("../../widgets/change_words.js");
      changeWords(pristine, language, remake);
    }
    shown();
    repaint();
  };
}
