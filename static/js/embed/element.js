/**
 * <neuron-playground> for other people's pages: a frame with a live network, and its messages as methods and events.
 *
 *   <script type="module" src="//your.server/embed.js"></script>
 *   <neuron-playground query="data=spirals&neuron=quadratic" width="768" height="464"></neuron-playground>
 *
 * Attributes: `query` (a link's, docs/reference/links.md), `race` or `memory` where that is one's, `width`, `height`, `server` where it is not the one that this file
 * came from. Methods: play, pause, reset, step, set(query), get. Events: ready, epoch, solved, error, leave, each with its
 * `detail`.
 * The messages themselves are documented in docs/reference/embed.md. Stands alone: it imports nothing.
 */

const HERE = new URL(".", import.meta.url).href;
const NAME = "neuron-playground";

class NeuronPlayground extends HTMLElement {
  static observedAttributes = ["query", "race", "memory", "width", "height", "server"];

  constructor() {
    super();
    this.requests = 0;
    /** @type {Map<number, (state: unknown) => void>} */
    this.waiting = new Map();
    this.frame = document.createElement("iframe");
    // Without the two for popups, the link to the playground would be dead.
    this.frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    this.frame.loading = "lazy";
    this.frame.title = "Neuron Playground";
    this.frame.style.border = "0";
    this.frame.style.maxWidth = "100%";
    this.hear = (/** @type {MessageEvent} */ message) => this.#hear(message);
  }

  connectedCallback() {
    window.addEventListener("message", this.hear);
    this.#show();
    this.append(this.frame);
  }

  disconnectedCallback() {
    window.removeEventListener("message", this.hear);
    for (const tell of this.waiting.values()) tell(null);
    this.waiting.clear();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#show();
  }

  play() {
    this.#say({ command: "play" });
  }

  pause() {
    this.#say({ command: "pause" });
  }

  reset() {
    this.#say({ command: "reset" });
  }

  step(epochs = 1) {
    this.#say({ command: "step", epochs });
  }

  /** @param {string} query settings as a link has them; what it does not name stays as it is */
  set(query) {
    this.#say({ command: "set", query });
  }

  /** @returns {Promise<unknown>} the state, null where the element is taken away first */
  get() {
    this.requests += 1;
    const id = this.requests;
    return new Promise((tell) => {
      this.waiting.set(id, tell);
      this.#say({ command: "get", id });
    });
  }

  #show() {
    const server = this.getAttribute("server") ?? HERE;
    const query = this.getAttribute("query") ?? "";
    const kind = ["race", "memory"].find((one) => this.getAttribute(one) !== null);
    const page = kind ? `embed/${kind}` : "embed";
    const address = new URL(`${page}${query && "?"}${query}`, server.endsWith("/") ? server : `${server}/`).href;
    if (this.frame.src !== address) this.frame.src = address;
    this.frame.width = this.getAttribute("width") ?? "768";
    this.frame.height = this.getAttribute("height") ?? "464";
  }

  /** @param {object} order */
  #say(order) {
    // The frame is sandboxed: its origin has no name that could be asked for.
    this.frame.contentWindow?.postMessage({ to: NAME, ...order }, "*");
  }

  /** @param {MessageEvent} message */
  #hear({ source, data }) {
    if (source !== this.frame.contentWindow || data?.from !== NAME) return;
    if (data.event === "leave") this.frame.blur();
    if (data.event === "state") {
      this.waiting.get(data.id)?.(data);
      this.waiting.delete(data.id);
    } else this.dispatchEvent(new CustomEvent(data.event, { detail: data }));
  }
}

if (!customElements.get(NAME)) customElements.define(NAME, NeuronPlayground);
