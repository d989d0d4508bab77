/** What is open about a table is offered with what was decided; a refusal comes with what helps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesOf, offersOf } from "../../../../static/js/panels/data/table_choices.js";

const TABLE = {
  form: "delimited",
  encoding: "utf-8",
  decimal: "point",
  header: true,
  tasks: ["classification"],
  notes: [],
};
const asked = (table, reply = {}, choices = {}) =>
  choicesOf({ ...TABLE, ...table }, reply, choices).map(({ name, value }) => [name, value]);

test("a plain table asks nothing more", () => {
  assert.deepEqual(asked({}), []);
});

test("labels that are numbers may be classes or values", () => {
  const tasks = ["classification", "regression"];
  assert.deepEqual(asked({ tasks }, { knobs: { task: "regression" } }), [["task", "regression"]]);
  assert.deepEqual(asked({ tasks }, {}, { task: "classification" }), [["task", "classification"]]);
});

test("what was decided by a guess can be decided otherwise, and a choice stays one", () => {
  assert.deepEqual(asked({ notes: [{ key: "note.encoding" }], encoding: "big5" }), [["encoding", "big5"]]);
  assert.deepEqual(asked({ decimal: "comma" }), [["decimal", "comma"]]);
  assert.deepEqual(asked({ notes: [{ key: "note.thousands" }] }), [["decimal", "point"]]);
  assert.deepEqual(asked({ notes: [{ key: "note.maybe_header" }] }), [["header", "yes"]]);
  assert.deepEqual(asked({}, {}, { decimal: "point", encoding: "gb18030" }), [
    ["decimal", "point"],
    ["encoding", "utf-8"],
  ]);
});

test("a table that is too long can be sampled", () => {
  const [offer] = offersOf({ key: "refused.too_many_points", values: { count: 7000, high: 2000 } });
  assert.deepEqual(offer.choices, { sample: "yes" });
  assert.equal(offer.values.count, 2000);
});

test("1,234 is little with a decimal comma and large with a decimal point; 1.234 the other way round", () => {
  const choices = (value) =>
    offersOf({ key: "refused.either_number", values: { value, small: "1.234", large: "1234" } }).map((offer) => [
      offer.values.number,
      offer.choices.decimal,
    ]);
  assert.deepEqual(choices("'1,234'"), [
    ["1.234", "comma"],
    ["1234", "point"],
  ]);
  assert.deepEqual(choices("'1.234'"), [
    ["1.234", "point"],
    ["1234", "comma"],
  ]);
});

test("too many classes can be values where they are numbers", () => {
  const refusal = { key: "refused.one_class_too_many", values: {} };
  assert.deepEqual(offersOf({ ...refusal, table: { ...TABLE, tasks: ["classification", "regression"] } })[0].choices, {
    task: "regression",
  });
  assert.deepEqual(offersOf({ ...refusal, table: TABLE }), []);
  assert.deepEqual(offersOf({ key: "refused.no_number", values: {} }), []);
});
