/** Another language on its way: the press is seen to be heard, whoever changes their mind waits for none, and what fails is told. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { make } from "../../../static/js/widgets/dom.js";
import { OtherWords } from "../../../static/js/widgets/other_words.js";
import { createDocument } from "../dom.js";

/** @type {any} */
let button;

beforeEach(() => {
  const root = createDocument();
  root.body = { cloneNode: () => root };
  button = make("button");
  button.dataset.testid = "lang";
  root.append(button);
  Object.assign(globalThis, { requestAnimationFrame: (/** @type {() => void} */ draw) => setTimeout(draw) });
});

test("words that cannot be had free the button, and say why, once", async () => {
  const words = new OtherWords(
    () => "zh",
    async () => {
      throw new Error("no network");
    },
  );
  /** @type {string[]} */
  const told = [];
  words.failed = ({ message }) => told.push(message);
  words.remake = () => told.push("made anew");
  words.fetch();
  assert.equal(button.ariaBusy, "true");
  assert.deepEqual(told, []);
  await words.coming;
  assert.deepEqual([told, button.ariaBusy], [["no network"], null]);
});

test("the language is asked for that was chosen at the press", async () => {
  /** @type {string[]} */
  const asked = [];
  let chosen = /** @type {Display["lang"]} */ ("zh");
  const words = new OtherWords(
    () => chosen,
    async (lang) => {
      asked.push(lang);
      throw new Error("late");
    },
  );
  words.fetch();
  chosen = "en";
  await words.coming;
  assert.deepEqual(asked, ["zh"]);
});
