/**
 * The page in somebody else's: it listens to its host, tells it what happens, and rests while nobody can see it.
 *
 * Messages are documented in docs/reference/embed.md. Until it is first seen the page connects to nothing; when it is out
 * of sight its run pauses and no frames come; seen again, it goes on if it was playing. Not here: how it looks in a
 * frame (css/embed.css), nor which parts are shown (page/visibility.js).
 */

const NAME = "neuron-playground";

/** As often as a host is told of the epoch: four times a second. */
const EPOCH_MILLISECONDS = 250;

/** What the host said before the page was ready to hear it: reveal.js speaks as soon as a frame is loaded. */
const early = /** @type {MessageEvent[]} */ ([]);
let take = (/** @type {MessageEvent} */ event) => void early.push(event);
globalThis.window?.addEventListener("message", (event) => take(event));

const COMMANDS = ["play", "pause", "reset", "step", "set", "get"];

/** Keys of a link that hold for the frame as long as it lives. */
const LASTING = ["hide", "show", "lang", "theme", "palette"];

export class Embed {
  /**
   * @param {Pick<Page, "store" | "actions" | "address" | "catalog">} page
   * @param {Host} host @param {boolean} plays from the start
   */
  constructor({ store, actions, address, catalog }, host, plays) {
    this.enough = catalog.solved_share;
    this.store = store;
    this.actions = actions;
    this.address = address;
    this.host = host;
    /** Why nobody sees it, if so. */
    this.unseen = new Set(["offscreen"]);
    this.begun = false;
    /** Somebody is sure to look: before, it is ready but does not play of its own accord. */
    this.sure = false;
    /** It is to play when somebody does. */
    this.plays = plays;
    this.isReady = false;
    this.isSolved = false;
    this.waiting = false;
    /** Somebody has pressed something in it. */
    this.entered = false;
    const set = store.set;
    store.set = (next) => {
      const old = store.state;
      set(next);
      this.#follow(old, next);
    };
  }

  get seen() {
    return this.unseen.size === 0;
  }

  /** @param {string} reason @param {boolean} on */
  hide(reason, on) {
    const was = this.seen;
    if (on) this.unseen.add(reason);
    else this.unseen.delete(reason);
    if (this.seen === was) return;
    if (this.seen) this.#wake();
    else this.#sleep();
  }

  /** What the host says. @param {any} message */
  hear(message) {
    if (message === "slide:stop") this.hide("slide", true);
    if (message === "slide:start") {
      this.hide("slide", false);
      this.trust();
    }
    if (message?.to !== NAME) return;
    const { command, id, query, epochs } = message;
    if (command === "play" || command === "pause") this.#play(command === "play");
    else if (command === "reset") this.actions.reset();
    else if (command === "step") this.actions.step(epochs);
    else if (command === "set") this.#set(String(query ?? ""));
    else if (command === "get") this.#tell("state", { id, ...this.#facts() });
    else this.#complain("embed.no_command", { value: String(command), known: COMMANDS.join(", ") });
  }

  /** @param {boolean} on */
  #play(on) {
    this.plays = on;
    if (on) this.trust();
    else if (this.store.state.playing) this.actions.toggle();
  }

  /** Somebody looks, for sure. */
  trust() {
    this.sure = true;
    this.#goOn();
  }

  #goOn() {
    if (!this.plays || !this.sure || !this.seen || !this.isReady) return;
    this.plays = false;
    if (!this.store.state.playing) this.actions.toggle();
  }

  /**
   * The run of the present link with some of its keys at other values; what was learnt stays where it can.
   *
   * @param {string} query
   */
  #set(query) {
    const { link } = this.address;
    const keys = new URLSearchParams(query);
    const lasting = LASTING.find((key) => keys.has(key));
    if (lasting) return this.#complain("embed.lasting", { key: lasting });
    if (typeof link !== "string") return this.#complain(this.isReady ? "link.too_long" : "embed.not_ready");
    const all = new URLSearchParams(link);
    for (const [key, value] of keys) all.set(key, value);
    this.actions.follow(`?${all}`, true);
  }

  #wake() {
    if (this.begun) this.actions.show(true);
    else this.host.begin();
    this.begun = true;
    this.#goOn();
  }

  #sleep() {
    this.#pause();
    this.actions.show(false);
  }

  #pause() {
    if (!this.store.state.playing) return;
    this.plays = true;
    this.actions.toggle();
  }

  /** @param {State} old @param {State} next */
  #follow(old, next) {
    // It may be out of sight before the answer to a link that plays has come.
    if (!this.seen && next.playing && !old.playing) this.#pause();
    if (next.remark !== old.remark && next.remark?.tone === "warn") {
      void this.#say(next.remark);
    }
    if (next.newest === old.newest || !next.newest) return;
    if (!this.isReady) this.#ready();
    const { epoch } = next.newest.body;
    if (epoch < (old.newest?.body.epoch ?? 0) || next.history.length <= 1) this.isSolved = false;
    if (epoch !== old.newest?.body.epoch) this.#announce();
    if (this.isSolved || !solved(next.newest, this.enough)) return;
    this.isSolved = true;
    this.#tell("solved", this.#facts());
  }

  #ready() {
    this.isReady = true;
    this.#tell("ready", this.#facts());
    this.#goOn();
  }

  #announce() {
    if (this.waiting) return;
    this.waiting = true;
    this.host.wait(() => {
      this.waiting = false;
      this.#tell("epoch", this.#facts());
    }, EPOCH_MILLISECONDS);
  }

  #facts() {
    const { playing, newest, parameters } = this.store.state;
    const { epoch = 0, loss = null, accuracy = null } = newest?.body ?? {};
    const facts = {
      epoch,
      playing,
      loss,
      accuracy,
      solved: this.isSolved,
      parameters,
      link: this.address.link ?? null,
    };
    return { ...facts, ...this.host.facts?.() };
  }

  /** @param {string} key @param {Record<string, string>} [values] */
  #complain(key, values) {
    void this.#say({ tone: "warn", key, values });
  }

  /** @param {Sentence} sentence */
  async #say(sentence) {
    this.#tell("error", { message: await this.host.words(sentence) });
  }

  /** @param {string} event @param {object} [detail] */
  #tell(event, detail) {
    this.host.post({ from: NAME, event, ...detail });
  }
}

/**
 * Whether so large a share of both halves of the data is answered rightly; of a regression, of the values' variance.
 *
 * @param {Frame} frame @param {number} enough
 */
export function solved({ body: { accuracy, fit } }, enough) {
  const shares = fit ? [fit.train.r2, fit.test.r2] : [accuracy?.train, accuracy?.test];
  return shares.every((share) => (share ?? 0) >= enough);
}

/**
 * Joins an Embed to its window: what the host posts, whether anybody can see it, whose keys are whose.
 *
 * @param {Page} page @param {() => void} begin connects
 * @param {(sentence: Sentence) => string | Promise<string>} words
 * @param {() => object} [facts] what a host is told beside what is known of a run
 */
export function joinHost(page, begin, words, facts) {
  const post = (/** @type {object} */ message) => window.parent.postMessage(message, "*");
  const host = { post, begin, words, facts, wait: window.setTimeout.bind(window) };
  const embed = new Embed(page, host, isPlaying(location.search));
  watch(embed);
  take = ({ source, data }) => {
    if (source === window.parent && source !== window) embed.hear(data);
  };
  early.forEach(take);
  shareKeys(embed);
  for (const anchor of document.querySelectorAll("a.open"))
    leadOut(/** @type {HTMLAnchorElement} */ (anchor), page.address);
  return embed;
}

/** @param {Embed} embed */
function watch(embed) {
  // A slide beside the present one may stand in its place, only transparent: where the browser can tell, that is not seen.
  const options = /** @type {IntersectionObserverInit} */ ({ trackVisibility: true, delay: 100 });
  new IntersectionObserver((entries) => {
    const { isIntersecting, isVisible } = /** @type {{ isIntersecting: boolean, isVisible?: boolean }} */ (
      entries.at(-1)
    );
    embed.hide("offscreen", !isIntersecting);
    if (isIntersecting && isVisible !== false) embed.trust();
  }, options).observe(document.documentElement);
  const look = () => embed.hide("hidden", document.hidden);
  document.addEventListener("visibilitychange", look);
  look();
}

/** Whether a link plays from the start. @param {string} search */
function isPlaying(search) {
  return new URLSearchParams(search).get("play") === "on";
}

/** Keys are this page's from a press in it to Escape. @param {Embed} embed */
function shareKeys(embed) {
  const enter = (/** @type {boolean} */ on) => {
    embed.entered = on;
    if (on) embed.trust();
    document.body.classList.toggle("entered", on);
  };
  window.addEventListener("pointerdown", () => enter(true), true);
  window.addEventListener("blur", () => enter(false));
  const leave = (/** @type {KeyboardEvent} */ { key }) => {
    // The first Escape closes what is open.
    if (key !== "Escape" || document.querySelector("[open],.inspector:not([hidden])")) return;
    enter(false);
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    window.parent.focus();
    embed.host.post({ from: NAME, event: "leave" });
  };
  window.addEventListener("keydown", leave, true);
}

/** The link to the playground leads to the present run, with all its parts. @param {HTMLAnchorElement} anchor @param {Address} address */
function leadOut(anchor, address) {
  anchor.addEventListener("click", () => {
    anchor.href = address.href(0)?.replace(/(?<=[?&])(hide|show)=[^&#]*&?/g, "") ?? anchor.href;
  });
}
