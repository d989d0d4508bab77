/**
 * What a page beside the playground with a machine of its own (race, memory) begins with: its words, the parts that a frame
 * leaves, one loop that draws, and the catalog. What goes wrong is told in its status.
 *
 * Looked at otherwise, it goes on: in other colours it is drawn anew, in another language made anew. Not here: what it shows.
 */

import { loadCatalog } from "../../model/catalog.js";
import { addressOf, clockKeys, loadWords, showParts } from "../../page/beside.js";
import { Loop } from "../../page/render_loop.js";
import { byTestId, fillWords, find, setText } from "../../widgets/dom.js";
import { Looks } from "./display.js";

export class Stage {
  /** @param {string} brand the message that is the page's name */
  constructor(brand) {
    this.brand = brand;
    /** The page as it came, for other words to be filled in. */
    this.pristine = /** @type {HTMLElement} */ (document.body.cloneNode(true));
    this.inFrame = showParts();
    // The address of a frame is its host's matter.
    /** @type {Pick<History, "pushState" | "replaceState">} */
    this.past = this.inFrame ? { pushState() {}, replaceState() {} } : history;
    this.looks = new Looks(location, this.past, navigator.languages);
    this.loop = new Loop(requestAnimationFrame.bind(window), (problem) => this.#complain("status.broken", problem));
    /** @type {Language} */
    this.language = /** @type {any} */ (null);
  }

  /** Begins, and goes on with the catalog. @param {(catalog: Catalog) => void} start */
  async open(start) {
    this.language = await loadWords(this.looks.now.lang, this.brand);
    fillWords(document, this.language);
    try {
      start(await loadCatalog(addressOf("api/menus"), fetch.bind(window)));
    } catch (problem) {
      this.#complain("status.no_catalog", problem);
    }
  }

  /** What the address asks for; whether a frame plays from the start is decided when somebody looks. */
  get query() {
    return this.inFrame ? location.search.replace(/([?&])play=on(?=&|$)/, "$1") : location.search;
  }

  /**
   * @param {{ reword?: () => void, remake: () => void, shown: () => void, repaint: () => void }} page other words are here, and
   *   panels are to be made with them; the buttons are to show what is chosen; all is to be drawn
   */
  followLooks({ reword, remake, shown, repaint }) {
    const { looks } = this;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
    find(document, "[data-dark]").addEventListener("load", repaint);
    looks.changed = async (key) => {
      if (key === "lang") {
        this.language = await loadWords(looks.now.lang, this.brand);
        reword?.();
        const { changeWords } = await import("../../widgets/change_words.js");
        changeWords(this.pristine, this.language, remake);
      }
      shown();
      repaint();
    };
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
