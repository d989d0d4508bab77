/**
 * A lab beside the page: one step at a time, in the place of the data, with the page fully alive.
 *
 * The step is in the address; the experiment of a step is opened by the server from the lab's name. Whether a goal is
 * reached is asked of the server a few times a second. Which page it stands beside, the lab says. Not here: what stands in a
 * step (step.js), what was foretold (foretold.js), and what a lab has beside the network alone (lab.js).
 */

import { Lock } from "../../page/lock.js";
import { selectorOf } from "../../page/visibility.js";
import { make, on } from "../../widgets/dom.js";
import { foretoldBefore, guessOf, keepGuess } from "./foretold.js";
import { createStep } from "./step.js";

const ASK_MILLISECONDS = 300;
/** An answer that has not come by then will not: a busy server drops questions. */
const AGAIN_MILLISECONDS = 2000;
const POINT_MILLISECONDS = 2500;

/** What was last said of labs: a frame has it in no address. @type {Record<string, string | undefined>} */
let last = {};

export class Guide {
  /**
   * @param {LabPage} page @param {Dispatch} messages
   * @param {{ send: (command: { type: string, [field: string]: unknown }) => boolean | void, opening: boolean }} socket
   * @param {(element: HTMLElement) => void} place puts it beside what it is about
   * @param {import("./sketch.js").Sketch | null} [sketch] where boundaries can be sketched
   */
  constructor(page, messages, socket, place, sketch = null) {
    this.page = page;
    this.socket = socket;
    this.place = place;
    this.sketch = sketch;
    this.lock = new Lock(document.body);
    // The page makes this anew when it changes its language.
    document.documentElement.dataset.lab = "";
    /** @type {LabSheet | null} */
    this.lab = null;
    this.number = 0;
    this.asked = this.answered = 0;
    this.askedAt = -Infinity;
    /** @type {object | null} the frame that was last asked about */
    this.seen = null;
    /** @type {{ show: (verdict: LabVerdict) => void } | null} */
    this.goal = null;
    this.element = make("aside", { class: "lab", testid: "lab", label: page.language.say("lab.label") });
    messages.on("answer", (answer) => {
      // One that was asked in another step is about another goal.
      const mine = answer.what === "goal" && answer.lab === this.lab?.name && answer.step === this.number;
      if (!mine || answer.id !== this.asked) return;
      this.answered = answer.id;
      this.goal?.show(answer);
    });
    const timer = setInterval(() => {
      this.#ask();
      this.sketch?.update();
    }, ASK_MILLISECONDS);
    page.signal.addEventListener("abort", () => {
      clearInterval(timer);
      this.sketch?.close();
      this.lock.set("");
      this.element.remove();
    });
    this.obey({ ...last, ...Object.fromEntries(new URLSearchParams(page.address.place.search)) });
  }

  /** What an address says of labs. @param {{ lab?: string, step?: string, lock?: string, hide?: string }} query */
  async obey(query) {
    const { lab, step = "1", lock = "", hide = "" } = query;
    last = query;
    this.free = !lock && !hide;
    document.documentElement.dataset.lab = this.free ? "free" : "";
    this.lock.set(lock);
    if (!lab) return this.#close();
    if (this.lab?.name !== lab) {
      const { language, store } = this.page;
      const address = new URL(`api/labs/${encodeURIComponent(lab)}?lang=${language.tag}`, document.baseURI);
      const answer = await fetch(address);
      const told = await answer.json();
      // Something newer was said meanwhile, and is obeyed in place of this.
      if (this.page.signal.aborted || last !== query) return;
      if (!answer.ok) {
        const { message } = told;
        store.set({ ...store.state, remark: { tone: "warn", key: "lab.missing", values: { reason: message } } });
        return;
      }
      this.lab = /** @type {LabSheet} */ (told);
      this.number = 0;
    }
    const number = Math.min(Math.max(1, Number(step) || 1), this.lab.steps.length);
    if (number !== this.number || !this.element.isConnected) this.#show(number);
    else this.#showTools();
  }

  #close() {
    this.lab = this.goal = null;
    this.sketch?.close();
    this.element.remove();
  }

  /** @param {number} number */
  #show(number) {
    const lab = /** @type {LabSheet} */ (this.lab);
    const moved = this.number !== 0;
    if (moved) this.page.inspection?.unpin();
    this.number = number;
    this.seen = null;
    const step = lab.steps[number - 1];
    const { language } = this.page;
    this.sketch?.show(lab, number);
    const { parts, goal } = createStep(this.page, step, {
      point: (at) => this.#point(at),
      predict: (given) => keepGuess(lab.name, number, given),
      predicted: () => guessOf(lab.name, number),
      foretold: () => foretoldBefore(language, lab, number),
      sketch: () => this.sketch?.createForm(step) ?? null,
      likeness: () => this.sketch?.createTold() ?? null,
    });
    this.goal = goal;
    const home = Object.assign(make("a", { text: language.say("lab.all"), testid: "lab-all" }), {
      href: `labs?lang=${language.tag}`,
    });
    const count = language.say("lab.step", { step: number, steps: lab.steps.length });
    const head = make("p", { class: "lab-head" }, home, make("span", { text: count, testid: "lab-step" }));
    const over = make("p", {
      class: "lab-over",
      text: language.say("lab.title", { number: lab.number, title: lab.title }),
    });
    const title = make("h2", { text: step.title, testid: "lab-title" });
    title.tabIndex = -1;
    const body = make("div", { class: "lab-body", testid: "lab-body" }, over, title, ...parts);
    // What scrolls has to be reached by the keyboard.
    body.tabIndex = 0;
    body.setAttribute("role", "region");
    body.setAttribute("aria-label", step.title);
    this.tools = make("p", { class: "lab-tools" });
    this.element.replaceChildren(head, body, this.#foot(number), this.tools);
    this.#showTools();
    if (!this.element.isConnected) this.place(this.element);
    if (moved) title.focus({ preventScroll: true });
    // What the run does from now on counts, however soon it is set going.
    this.#ask();
  }

  /** @param {number} number */
  #foot(number) {
    const { language } = this.page;
    const { steps } = /** @type {LabSheet} */ (this.lab);
    const back = make("button", { class: "lab-quiet", testid: "lab-back", text: language.say("lab.back") });
    back.disabled = number === 1;
    on(back, "click", () => this.#go(number - 1));
    if (number === steps.length) {
      const end = Object.assign(make("a", { class: "lab-main", testid: "lab-end", text: language.say("lab.end") }), {
        href: `labs?lang=${language.tag}`,
      });
      return make("p", { class: "lab-foot" }, back, end);
    }
    const next = make("button", { class: "lab-main", testid: "lab-next", text: language.say("lab.next") });
    on(next, "click", () => this.#go(number + 1));
    return make("p", { class: "lab-foot" }, back, next);
  }

  #showTools() {
    const { language } = this.page;
    const again = make("button", { class: "lab-link", testid: "lab-again", text: language.say("lab.again") });
    on(again, "click", () => this.#open(this.number));
    const free = make("button", { class: "lab-link", testid: "lab-free", text: language.say("lab.free") });
    free.title = language.say("lab.free_hint");
    on(free, "click", () => this.#unlock());
    this.tools?.replaceChildren(again, ...(this.free ? [] : [free]));
  }

  /** To another step: on with the run, or with the experiment of that step where it is another. @param {number} number */
  #go(number) {
    const { steps } = /** @type {LabSheet} */ (this.lab);
    // The answer to a link that is on its way would lead back to the step that it names.
    if (this.socket.opening || steps[number - 1].opened !== steps[this.number - 1].opened) this.#open(number);
    else {
      this.#write([...this.#query().filter((part) => !part.startsWith("step=")), `step=${number}`]);
      this.#show(number);
    }
  }

  /** The experiment of a step as it begins. @param {number} number */
  #open(number) {
    const staying = this.#query().filter((part) => /^(lang|theme|palette)=/.test(part));
    const query = [`lab=${this.lab?.name}`, `step=${number}`, ...staying];
    this.#write(query);
    this.page.actions.follow(`?${query.join("&")}`);
  }

  /** Everything can be used; the run goes on. */
  #unlock() {
    const query = this.#query().filter((part) => !/^(hide|lock)=/.test(part));
    this.#write(query);
    this.page.actions.follow(`?${query.join("&")}`, true);
  }

  #query() {
    return this.page.address.place.search.slice(1).split("&").filter(Boolean);
  }

  /** An entry of the history for every step. @param {string[]} parts */
  #write(parts) {
    const { address } = this.page;
    const search = `?${parts.join("&")}`;
    address.flush();
    address.history.pushState(null, "", address.place.pathname + search);
    // In a frame, the address is the host's, and this one a copy.
    if (address.place !== location) address.place.search = search;
  }

  /** @param {string} at a part of the page */
  #point(at) {
    const parts = document.querySelectorAll(selectorOf(at));
    for (const part of parts) {
      // On a phone it may be in a drawer: that opens once the press that asked has closed every one (widgets/drawer.js).
      const drawer = part.parentElement?.closest("details");
      if (drawer) setTimeout(() => drawer.toggleAttribute("open", true));
      part.classList.add("lab-pointed");
      setTimeout(() => part.classList.remove("lab-pointed"), POINT_MILLISECONDS);
    }
    parts[0]?.scrollIntoView({ block: "nearest" });
  }

  /** Asks how the goal stands, where something has happened since. */
  #ask() {
    const { newest } = this.page.store.state;
    if (!this.goal || !this.lab || !newest || document.hidden) return;
    const now = performance.now();
    if (this.seen === newest && (this.answered === this.asked || now - this.askedAt < AGAIN_MILLISECONDS)) return;
    this.askedAt = now;
    if (this.socket.send({ type: "ask", id: ++this.asked, what: "goal", lab: this.lab.name, step: this.number })) {
      this.seen = newest;
    }
  }
}
