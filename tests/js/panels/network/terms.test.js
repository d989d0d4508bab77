/** A formula is broken where a reader would, and nothing of it is lost. What is drawn: tests/browser. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inTerms } from "../../../../static/js/panels/network/terms.js";

function node(localName, text = "") {
  const attributes = {};
  return {
    localName,
    children: [],
    attributes,
    get textContent() {
      return text + this.children.map(({ textContent }) => textContent).join("");
    },
    append(...nodes) {
      this.children.push(...nodes);
    },
    setAttribute: (name, value) => Object.assign(attributes, { [name]: value }),
    cloneNode: () => node(localName),
    get firstElementChild() {
      return this.children[0];
    },
  };
}

/** A formula of one row; signs and brackets are operators. */
function formula(...texts) {
  const [math, row] = [node("math"), node("mrow")];
  row.append(...texts.map((text) => node("=+−(),".includes(text) ? "mo" : "mn", text)));
  math.append(row);
  return math;
}

globalThis.document = { createElement: (name) => node(name), createElementNS: (_, name) => node(name) };

const lines = (math) => inTerms(math).map(({ localName, textContent }) => (localName === "wbr" ? "|" : textContent));

test("lines begin with a sign, a second bracket or what follows a comma", () => {
  assert.deepEqual(lines(formula("z", "=", "(", "1", "−", "2", ")", "(", "3", ")", "+", "4")), [
    ...["z=(1", "|", "−2)", "|", "(3)", "|", "+4"],
  ]);
  assert.deepEqual(lines(formula("z", "=", "2", ",", "3")), ["z=2,", "|", "3"]);
});

test("a function keeps its bracket, and a leading sign is no break", () => {
  assert.deepEqual(lines(formula("f", "(", "x", ")")), ["f(x)"]);
  assert.deepEqual(lines(formula("−", "1")), ["−1"]);
});

test("a sign that begins a line is still set as one between two terms", () => {
  const pieces = inTerms(formula("1", "+", "2")).filter(({ localName }) => localName === "math");
  assert.deepEqual(pieces[1].children[0].children[0].attributes, { form: "infix" });
});
