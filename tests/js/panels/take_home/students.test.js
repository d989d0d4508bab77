/** Ticks become the `hide=` of the link that is shared; what else a teacher has hidden by hand stays hidden. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createStudents, hiddenBy, withHidden } from "../../../../static/js/panels/take_home/students.js";
import { createDocument } from "../../dom.js";

const LINK = "http://127.0.0.1/?data=xor&hide=legend,rate&theme=dark";
let students;
let changes;
const tick = (name) => students.element.querySelector(`[data-testid=students-${name}]`);
const press = (name, checked) => {
  tick(name).checked = checked;
  tick(name).fire("change");
};

beforeEach(() => {
  createDocument();
  changes = 0;
  students = createStudents({ language: { say: (key) => key } }, () => changes++);
  students.show(LINK);
});

test("a link says which parts it hides, and may be told others", () => {
  assert.deepEqual(hiddenBy(LINK), ["legend", "rate"]);
  assert.equal(withHidden(LINK, ["chart"]), "http://127.0.0.1/?data=xor&theme=dark&hide=chart");
  assert.equal(withHidden("http://127.0.0.1/?hide=rate", []), "http://127.0.0.1/");
  assert.equal(withHidden("http://h/?hide=rate#points=Ad", ["chart"]), "http://h/?hide=chart#points=Ad");
});

test("what is hidden has no tick, and stays hidden", () => {
  assert.equal(tick("rate").checked, false);
  assert.equal(tick("chart").checked, true);
  assert.deepEqual(hiddenBy(students.apply(LINK)).sort(), ["legend", "rate"]);
});

test("a tick taken away hides all that belongs to it, and the preview is that link", () => {
  press("penalty", false);
  assert.equal(changes, 1);
  const made = students.apply(LINK);
  assert.deepEqual(hiddenBy(made).sort(), ["legend", "penalty", "penalty_rate", "rate"]);
  assert.equal(tick("preview").getAttribute("href"), made);
});

test("the lock hides all that changes the run, and nothing else", () => {
  press("lock", true);
  const hidden = hiddenBy(students.apply(LINK));
  for (const part of ["neuron", "activation", "rate", "optimizer", "more", "data", "layers", "features", "inspector"])
    assert.ok(hidden.includes(part), part);
  for (const part of ["chart", "numbers", "formula", "lens", "status"]) assert.ok(!hidden.includes(part), part);
  assert.equal(tick("lock").checked, true);
  press("neuron", true);
  students.apply(LINK);
  assert.equal(tick("lock").checked, false);
});

test("without anything in it the data column goes as a whole, and comes back with a tick", () => {
  const hidden = ["datasets", "own", "knobs"];
  for (const name of hidden) press(name, false);
  const link = students.apply(LINK);
  assert.deepEqual(hiddenBy(link).sort(), ["data", "legend", "rate"]);
  students.show(link);
  for (const name of hidden) assert.equal(tick(name).checked, false);
  press("datasets", true);
  assert.ok(!hiddenBy(students.apply(link)).includes("data"));
});
