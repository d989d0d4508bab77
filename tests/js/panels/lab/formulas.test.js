/** A formula on a line of its own fits the sheet, or can be scrolled by key. What a browser lays out: tests/browser/test_labs.py. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { keepFormulasInside } from "../../../../static/js/panels/lab/formulas.js";

const real = { ...globalThis };
let resize;

class Observer {
  constructor(look) {
    resize = look;
  }
  observe() {}
}

/** A paragraph that is `wide` pixels at 16 pixels the letter's height, in a box that its words fill. */
class Paragraph {
  style = {};
  names = [];
  classList = { add: (name) => this.names.push(name), remove: () => {}, toggle: () => {}, contains: () => false };

  constructor(box, wide, ...children) {
    this.box = box;
    this.wide = wide;
    this.childNodes = children;
    /** @type {number | undefined} */
    this.tabIndex = undefined;
  }

  get firstElementChild() {
    return this.childNodes.find((one) => one.localName);
  }

  get children() {
    return this.childNodes;
  }

  get clientWidth() {
    return this.box.clientWidth;
  }

  get scrollWidth() {
    return Math.max(this.clientWidth, (this.wide * parseFloat(this.style.fontSize || "16")) / 16);
  }

  getBoundingClientRect() {
    return { left: 0 };
  }

  querySelectorAll() {
    return [];
  }

  removeAttribute() {
    this.tabIndex = undefined;
  }
}

beforeEach(() => {
  globalThis.getComputedStyle = /** @param {any} element */ ({ style }) => ({ fontSize: style.fontSize || "16px" });
  globalThis.requestAnimationFrame = (callback) => {
    callback(0);
    return 1;
  };
});

afterEach(() => {
  Object.assign(globalThis, {
    getComputedStyle: real.getComputedStyle,
    requestAnimationFrame: real.requestAnimationFrame,
  });
});

test("it shrinks with the sheet, and is scrolled by key where it would be too small", () => {
  const box = { clientWidth: 400 };
  const formula = new Paragraph(box, 300, { localName: "math" });
  const words = new Paragraph(box, 900, {}, { localName: "math" });
  box.querySelectorAll = () => [formula, words];
  keepFormulasInside(box, Observer);
  const at = (width) => {
    box.clientWidth = width;
    resize();
    return [formula.style.fontSize, formula.tabIndex];
  };
  assert.deepEqual(
    [at(400), at(240), at(120), at(300)],
    [
      ["", undefined],
      ["12.8px", undefined],
      ["10.4px", 0],
      ["", undefined],
    ],
  );
  assert.deepEqual([formula.names, words.names], [["lab-formula"], []]);
  assert.deepEqual(words.style, {});
});
