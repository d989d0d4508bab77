/**
 * As much of a document as the panels' small parts need: elements in a tree, attributes, listeners, simple selectors.
 *
 * Not a browser: nothing is laid out or drawn. What a person sees is tested in tests/browser.
 */

class FakeNode {
  constructor(tag) {
    this.tagName = tag.toUpperCase();
    this.children = [];
    this.parent = null;
    this.attributes = new Map();
    this.listeners = new Map();
    this.dataset = {};
    this.style = { setProperty: (name, value) => Object.assign(this.style, { [name]: value }) };
    this.text = "";
    this.className = "";
    this.value = "";
    this.classList = {
      toggle: (name, on) => {
        const others = this.className.split(" ").filter((one) => one && one !== name);
        this.className = [...others, ...(on ? [name] : [])].join(" ");
      },
      add: (name) => this.classList.toggle(name, true),
      remove: (...names) => {
        for (const name of names) this.classList.toggle(name, false);
      },
    };
  }

  append(...nodes) {
    for (const node of nodes) {
      if (node instanceof FakeNode) node.parent = this;
      this.children.push(node);
    }
  }

  prepend(node) {
    node.parent = this;
    this.children.unshift(node);
  }

  replaceChildren(...nodes) {
    this.children = [];
    this.append(...nodes);
  }

  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((child) => child !== this);
    this.parent = null;
  }

  get isConnected() {
    return this === document.body || this === document || (this.parent?.isConnected ?? false);
  }

  get textContent() {
    return this.text + this.children.map((child) => child.textContent ?? child).join("");
  }

  set textContent(text) {
    this.children = [];
    this.text = text;
  }

  setAttribute(name, value) {
    this.attributes.set(name, String(value));
    if (name === "type") this.type = value;
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }

  removeAttribute(name) {
    this.attributes.delete(name);
  }

  addEventListener(type, listener, options = {}) {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
    options.signal?.addEventListener("abort", () => {
      this.listeners.set(
        type,
        this.listeners.get(type).filter((one) => one !== listener),
      );
    });
  }

  /** What a person does: `element.fire("input")`. */
  fire(type, event = {}) {
    for (const listener of this.listeners.get(type) ?? []) listener({ target: this, ...event });
  }

  dispatchEvent(event) {
    for (const listener of this.listeners.get(event.type) ?? []) listener(event);
  }

  focus() {
    document.activeElement = this;
  }

  get valueAsNumber() {
    return this.value === "" ? Number.NaN : Number(this.value);
  }

  contains(node) {
    return this === node || this.children.some((child) => child instanceof FakeNode && child.contains(node));
  }

  closest(selector) {
    return matches(this, selector) ? this : (this.parent?.closest(selector) ?? null);
  }

  querySelectorAll(selector) {
    const inside = this.children.filter((child) => child instanceof FakeNode);
    return inside.flatMap((child) => [
      ...(matches(child, selector) ? [child] : []),
      ...child.querySelectorAll(selector),
    ]);
  }

  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }
}

/** Lists of selectors of one step: tag, .class, [attribute], [attribute=value] in any combination. */
function matches(node, selectors) {
  return selectors.split(", ").some((selector) => matchesOne(node, selector));
}

function matchesOne(node, selector) {
  const parts = selector.match(/\.[\w-]+|\[[^\]]+\]|^\w+/g);
  return parts.every((part) => {
    if (part.startsWith(".")) return node.className.split(" ").includes(part.slice(1));
    if (!part.startsWith("[")) return node.tagName === part.toUpperCase();
    const [name, wanted] = part.slice(1, -1).split("=");
    const value = name.startsWith("data-")
      ? (node.dataset[name.slice(5)] ?? node.getAttribute(name))
      : attributeOf(node, name);
    return wanted === undefined ? value !== null && value !== undefined : value === wanted;
  });
}

function attributeOf(node, name) {
  return name === "open" ? (node.open ? "" : null) : node.getAttribute(name);
}

/**
 * Puts a fresh, empty document in place and returns its root.
 * @returns {any} a double: a test may give it what else it asks of a document
 */
export function createDocument() {
  /** @type {any} */
  const root = new FakeNode("html");
  root.createElement = (tag) => new FakeNode(tag);
  root.activeElement = null;
  Object.assign(globalThis, {
    document: root,
    HTMLElement: FakeNode,
    HTMLCanvasElement: FakeNode,
    HTMLDetailsElement: FakeNode,
    Node: FakeNode,
  });
  return root;
}
