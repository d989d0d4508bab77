/**
 * What a page beside the playground with a machine of its own (race, memory) begins with: its words, the parts that a frame
 * leaves, one loop that draws, and the catalog. What goes wrong is told in its status.
 *
 * Not here: what it shows, nor what follows when it is looked at otherwise (follow_looks.js).
 */

import { loadCatalog } from "../../model/catalog.js";
import { clockKeys, showParts } from "../../page/beside.js";
import { Loop } from "../../page/render_loop.js";
import { addressOf } from "../../page/server_files.js";
import { loadWords, withNames } from "../../page/words.js";
import { byTestId, setText, speak } from "../../widgets/dom.js";
import { fetchLateStyles } from "../../widgets/late_styles.js";
import { OtherWords } from "../../widgets/other_words.js";
import { Looks } from "./display.js";

export class Stage {
  /** @param {string[]} brand the message that is the page's name */
  constructor(...brand) {
    this.brand = brand;
    this.inFrame = showParts();
    // The address of a frame is its host's matter.
    /** @type {Pick<History, "pushState" | "replaceState">} */
    this.past = this.inFrame ? { pushState() {}, replaceState() {} } : history;
    this.looks = new Looks(location, this.past, navigator.languages);
    this.loop = new Loop(requestAnimationFrame.bind(window), (problem) => this.#complain("status.broken", problem));
    /** @type {Language} */
    this.language = /** @type {any} */ (null);
    this.otherWords = new OtherWords(() => this.looks.now.lang, withNames(loadWords));
  }

  /** Begins, and goes on with the catalog. @param {(catalog: Catalog) => void} start */
  async open(start) {
    const { lang } = this.looks.now;
    this.language = await loadWords(lang);
    speak(this.language, ...this.brand);
    try {
      start(await loadCatalog(addressOf(`api/menus?lang=${lang}`), fetch.bind(window)));
    } catch (problem) {
      this.#complain("status.no_catalog", problem);
    }
  }

  /** Every word and style there is; what comes in other words by then is made anew with them. @param {AbortSignal} signal */
  async complete(signal) {
    await this.otherWords.coming;
    if (!signal.aborted) await Promise.all([this.language.complete(), fetchLateStyles()]);
  }

  /** What the address asks for; whether a frame plays from the start is decided when somebody looks. */
  get query() {
    return this.inFrame ? location.search.replace(/([?&])play=on(?=&|$)/, "$1") : location.search;
  }

  /**
   * Connects, and obeys keys; in a frame, once its host or its reader wants that.
   *
   * @param {{ start: () => void }} socket
   * @param {{ toggle: () => void, step: () => void, reset: () => void, show: (visible: boolean) => void }} actions
   * @param {() => { entered: boolean }} join what listens to the host of a frame
   */
  play(socket, actions, join) {
    const press = clockKeys(actions);
    if (this.inFrame) {
      const embed = join();
      document.addEventListener("keydown", (event) => embed.entered && press(event));
      return;
    }
    document.addEventListener("visibilitychange", () => actions.show(!document.hidden));
    document.addEventListener("keydown", press);
    socket.start();
  }

  /** @param {string} key @param {unknown} problem */
  #complain(key, problem) {
    setText(byTestId("status"), this.language.say(key, { reason: String(problem), sentence: String(problem) }));
    reportError(problem);
  }
}
