/** What the server has and the page has no place for is found under "More", whatever it is called. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createPage } from "../../../../static/js/page/page.js";
import { createMore } from "../../../../static/js/panels/toolbar/more.js";
import { Language } from "../../../../static/js/text/language.js";
import { make } from "../../../../static/js/widgets/dom.js";
import { createCatalog, createKnob, createSpec } from "../../catalog.js";
import { createDocument } from "../../dom.js";

const UNTIL = Object.fromEntries(
  ["label", "hint", "never", "epoch", "solved", "plateau", "at"].map((word) => [`until.${word}`, word]),
);
let said;
let panel;
let catalog;

const find = (testid) => panel.querySelector(`[data-testid=${testid}]`);
const names = () =>
  panel
    .querySelectorAll("[data-testid]")
    .map(({ dataset }) => dataset.testid)
    .filter((name) => !name.startsWith("until"));
const choose = (testid, value) => {
  find(testid).value = value;
  find(testid).fire("change");
};

function show(change = {}) {
  const language = new Language("zh", UNTIL, { "choices.loss": "损失" });
  const actions = Object.fromEntries(["set", "change"].map((name) => [name, (...given) => void said.push(given)]));
  createMore(createPage({ catalog, language, actions })).show({
    config: { ...catalog.default, ...change },
    until: null,
  });
}

beforeEach(() => {
  said = [];
  const root = createDocument();
  panel = make("div", { class: "drawer-panel" });
  root.append(make("details", { class: "more" }, panel));
  catalog = createCatalog();
  catalog.optimizers[0].knobs.push(createKnob("beta"));
  catalog.default.optimizer.beta = 0.5;
});

test("what stands elsewhere on the page is not here", () => {
  show();
  assert.deepEqual(names(), ["loss", "optimizer-beta-typed", "optimizer-beta"]);
});

test("a field that is new at the top of a config, or inside it, gets its control", () => {
  catalog.fields.init = createKnob("init", { kind: "choice", choices: ["auto", "small"] });
  catalog.fields["seeds.run"] = createKnob("run", { kind: "int", default: 0, low: 0, high: 100 });
  catalog.fields.gone = createKnob("gone");
  catalog.default.init = "small";
  show();
  assert.deepEqual(names(), ["loss", "optimizer-beta-typed", "optimizer-beta", "init", "seeds-run-typed", "seeds-run"]);
  assert.equal(find("init").value, "small");
  choose("init", "auto");
  find("seeds-run").value = "7";
  find("seeds-run").fire("input");
  assert.deepEqual(said, [
    ["init", "auto"],
    ["seeds.run", 7],
  ]);
});

test("a choice that is new gets a menu and its knobs, where both the catalog and the default run have it", () => {
  catalog.schedules = [createSpec("constant"), createSpec("step", [createKnob("drop")])];
  show();
  assert.equal(find("schedule"), null);
  catalog.default.schedule = { name: "step", drop: 0.25 };
  panel.replaceChildren();
  show();
  assert.equal(find("schedule").value, "step");
  assert.equal(find("schedule-drop").value, "0.25");
  assert.match(panel.textContent, /损失.*Schedule/);
  choose("schedule", "constant");
  assert.deepEqual(said, [["schedule", { name: "constant" }]]);
});

test("entries that cannot measure the data's task cannot be chosen", () => {
  const disabled = () =>
    find("loss")
      .children.filter((option) => option.disabled)
      .map(({ value }) => value);
  show();
  assert.deepEqual(disabled(), []);
  panel.replaceChildren();
  show({ data: { ...catalog.default.data, name: "plane" } });
  assert.deepEqual(disabled(), ["cross_entropy"]);
});

test("a knob of the optimiser is changed while it runs", () => {
  show();
  find("optimizer-beta").value = "0.75";
  find("optimizer-beta").fire("input");
  assert.deepEqual(said, [["optimizer.beta", 0.75]]);
});
