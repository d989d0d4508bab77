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

test("a long formula shrinks to its line, but never so far that nobody could read it", () => {
  globalThis.getComputedStyle = () => ({ fontSize: "20px" });
  const sizeAt = (clientWidth, scrollWidth, end = 0) => {
    const sign = { getBoundingClientRect: () => ({ right: 30 + end }) };
    const line = { style: {}, clientWidth, scrollWidth, querySelectorAll: () => [sign] };
    line.getBoundingClientRect = () => ({ left: 30 });
    fitToLine(line);
    return line.style.fontSize;
  };
  assert.deepEqual([sizeAt(100, 100), sizeAt(80, 100), sizeAt(10, 100)], ["", "16px", "13px"]);
  // A sign that ends beyond the width counts.
  assert.equal(sizeAt(80, 80, 100), "16px");
});

test("lines are all measured before any is changed", () => {
  globalThis.getComputedStyle = () => ({ fontSize: "20px" });
  const said = [];
  const [a, b] = ["a", "b"].map((name) => ({
    scrollWidth: 100,
    getBoundingClientRect: () => ({ left: 0 }),
    querySelectorAll: () => [],
    get clientWidth() {
      said.push(`measured ${name}`);
      return 80;
    },
    style: {
      set fontSize(size) {
        if (size) said.push(`changed ${name}`);
      },
    },
  }));
  fitToLine(a, b);
  assert.deepEqual(said, ["measured a", "measured b", "changed a", "changed b"]);
});
