/** A formula is MathML without styles, or an error; a long one shrinks to fit its line. What is drawn: tests/browser. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fitToLine, formulaOf } from "../../../static/js/widgets/mathml.js";
import { createDocument } from "../dom.js";

function parsed(namespaceURI) {
  const element = () => ({
    attributes: new Set(["style", "display"]),
    removeAttribute(name) {
      this.attributes.delete(name);
    },
  });
  const inner = element();
  const root = { ...element(), namespaceURI, querySelectorAll: () => [inner], inner };
  globalThis.DOMParser = class {
    parseFromString = () => ({ documentElement: root });
  };
  createDocument().importNode = (node) => node;
  return root;
}

test("what the page's policy would refuse is taken out", () => {
  const root = parsed("http://www.w3.org/1998/Math/MathML");
  assert.equal(formulaOf("<math/>"), root);
  assert.deepEqual([[...root.attributes], [...root.inner.attributes]], [["display"], ["display"]]);
});

test("what is no formula is an error", () => {
  parsed("http://www.w3.org/1999/xhtml");
  assert.throws(() => formulaOf("<p/>"), /not MathML/);
});

/** A line in which signs of `least` pixels do not shrink with the rest, and what it is then. */
function lineOf({ room, long, end = 0, least = 0, statements = 1 }) {
  const classes = new Set();
  const line = {
    style: { fontSize: "" },
    children: Array(statements),
    clientWidth: room,
    classList: {
      remove: (name) => classes.delete(name),
      contains: (name) => classes.has(name),
      toggle: (name, on) => (on ? classes.add(name) : classes.delete(name)),
    },
    getBoundingClientRect: () => ({ left: 30 }),
  };
  const scale = () => (line.style.fontSize ? Number.parseFloat(line.style.fontSize) / 20 : 1);
  const grown = (width) => Math.max(least, (width * scale()) / (classes.has("folded") ? statements : 1));
  Object.defineProperty(line, "scrollWidth", { get: () => Math.max(room, grown(long)) });
  line.querySelectorAll = () => [{ getBoundingClientRect: () => ({ right: 30 + grown(end) }) }];
  return { line, classes };
}

function fitted(described) {
  globalThis.getComputedStyle = /** @param {any} element */ ({ style }) => ({ fontSize: style.fontSize || "20px" });
  const { line, classes } = lineOf(described);
  fitToLine(line);
  return [line.style.fontSize, ...classes];
}

test("a long formula shrinks to its line, but never so far that nobody could read it", () => {
  assert.deepEqual(fitted({ room: 100, long: 100 }), [""]);
  assert.deepEqual(fitted({ room: 80, long: 100 }), ["16px"]);
  assert.deepEqual(fitted({ room: 10, long: 100 }), ["13px"]);
  // A sign that ends beyond the width counts.
  assert.deepEqual(fitted({ room: 80, long: 80, end: 100 }), ["16px"]);
});

test("a formula that is still too long is measured again", () => {
  const [size] = fitted({ room: 80, long: 100, end: 100, least: 82 });
  assert.ok(Number.parseFloat(size) < 16);
});

test("several statements take two lines before they are too small", () => {
  assert.deepEqual(fitted({ room: 90, long: 100, statements: 2 }), ["18px"]);
  assert.deepEqual(fitted({ room: 80, long: 100, statements: 2 }), ["17px", "folded"]);
});

test("lines are all measured before any is changed", () => {
  const said = [];
  globalThis.getComputedStyle = /** @param {any} element */ ({ style }) => ({ fontSize: style.fontSize || "20px" });
  const lines = ["a", "b"].map((name) => {
    const { line } = lineOf({ room: 80, long: 100 });
    let size = "";
    Object.defineProperty(line, "clientWidth", {
      get() {
        said.push(`measured ${name}`);
        return 80;
      },
    });
    Object.defineProperty(line.style, "fontSize", {
      get: () => size,
      set(now) {
        size = now;
        if (now) said.push(`changed ${name}`);
      },
    });
    return line;
  });
  fitToLine(...lines);
  assert.deepEqual(said, ["measured a", "measured b", "changed a", "changed b", "measured a", "measured b"]);
});
