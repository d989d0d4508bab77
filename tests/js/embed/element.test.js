/** The element for other people's pages: its frame's address, what it says to the frame, and what it hears. */
import assert from "node:assert/strict";
import { test } from "node:test";

/** Just enough of a browser: elements with attributes, a window with listeners, a registry of elements. */
const listeners = new Set();
globalThis.window = {
  addEventListener: (_, listener) => listeners.add(listener),
  removeEventListener: (_, listener) => listeners.delete(listener),
};
globalThis.HTMLElement = class extends EventTarget {
  attributes = new Map();
  children = [];
  isConnected = false;
  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }
  setAttribute(name, value) {
    this.attributes.set(name, value);
    this.attributeChangedCallback(name);
  }
  attributeChangedCallback(_) {}
  append(child) {
    this.children.push(child);
  }
};
globalThis.document = {
  createElement: () => {
    /** @type {any} */
    const frame = new HTMLElement();
    frame.style = {};
    frame.said = [];
    frame.contentWindow = { postMessage: (order, target) => frame.said.push([order, target]) };
    return frame;
  },
};
const made = new Map();
globalThis.customElements = { get: (name) => made.get(name), define: (name, type) => made.set(name, type) };
await import("../../../static/js/embed/element.js");

function placed(attributes) {
  const element = new (made.get("neuron-playground"))();
  for (const [name, value] of Object.entries(attributes)) element.attributes.set(name, value);
  element.isConnected = true;
  element.connectedCallback();
  return element;
}

function tell(source, data) {
  for (const listener of listeners) listener({ source, data });
}

test("the frame shows the query, at the size given, sandboxed", () => {
  const { frame } = placed({ query: "neuron=kan&data=xor", width: "480", height: "270", server: "http://h/n" });
  assert.equal(frame.src, "http://h/n/embed?neuron=kan&data=xor");
  assert.deepEqual([frame.width, frame.height], ["480", "270"]);
  assert.equal(frame.getAttribute("sandbox"), "allow-scripts allow-popups allow-popups-to-escape-sandbox");
});

test("a race has a page of its own", () => {
  const { frame } = placed({ query: "b.neuron=kan", race: "", server: "http://h/n" });
  assert.equal(frame.src, "http://h/n/embed/race?b.neuron=kan");
});

test("a new query is a new address, the same one loads nothing anew", () => {
  const element = placed({ server: "http://h/" });
  assert.equal(element.frame.src, "http://h/embed");
  element.setAttribute("query", "neuron=rbf");
  assert.equal(element.frame.src, "http://h/embed?neuron=rbf");
});

test("methods become messages", () => {
  const element = placed({ server: "http://h/" });
  element.play();
  element.pause();
  element.reset();
  element.step(3);
  element.set("rate=0.1");
  const orders = element.frame.said.map(([order]) => order);
  assert.ok(orders.every(({ to }) => to === "neuron-playground"));
  assert.deepEqual(
    orders.map(({ command }) => command),
    ["play", "pause", "reset", "step", "set"],
  );
  assert.deepEqual([orders[3].epochs, orders[4].query], [3, "rate=0.1"]);
});

test("get answers with the state of its own question", async () => {
  const element = placed({ server: "http://h/" });
  const [first, second] = [element.get(), element.get()];
  const { contentWindow } = element.frame;
  tell(contentWindow, { from: "neuron-playground", event: "state", id: 2, epoch: 20 });
  tell(contentWindow, { from: "neuron-playground", event: "state", id: 1, epoch: 10 });
  assert.equal((await first).epoch, 10);
  assert.equal((await second).epoch, 20);
});

test("events come from the element's own frame alone", () => {
  const element = placed({ server: "http://h/" });
  const heard = [];
  element.addEventListener("solved", ({ detail }) => heard.push(detail.epoch));
  tell({}, { from: "neuron-playground", event: "solved", epoch: 1 });
  tell(element.frame.contentWindow, { from: "somebody else", event: "solved", epoch: 2 });
  tell(element.frame.contentWindow, { from: "neuron-playground", event: "solved", epoch: 3 });
  assert.deepEqual(heard, [3]);
});

test("an element that is taken away hears nothing and leaves no question open", async () => {
  const element = placed({ server: "http://h/" });
  const asked = element.get();
  element.disconnectedCallback();
  assert.equal(await asked, null);
});
