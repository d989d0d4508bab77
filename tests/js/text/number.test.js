/** A number is read as the person who typed it means it, or not at all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readNumber } from "../../../static/js/text/number.js";

const TYPED = [
  ["0.5", 0.5],
  ["0,5", 0.5],
  [",5", 0.5],
  [".5", 0.5],
  ["5.", 5],
  ["+3", 3],
  ["-0.5", -0.5],
  ["−0.5", -0.5],
  ["–0,5", -0.5],
  ["- 0.5", -0.5],
  [" 0.5 ", 0.5],
  ["1/2", 0.5],
  ["−1/2", -0.5],
  ["1 / 4", 0.25],
  ["1 1/2", 1.5],
  ["0,5/2", 0.25],
  ["½", 0.5],
  ["1½", 1.5],
  ["-1½", -1.5],
  ["１２", 12],
  ["－０．５", -0.5],
  ["０，５", 0.5],
  ["１／２", 0.5],
  ["0。5", 0.5],
  ["　3　", 3],
  ["5e-3", 0.005],
  ["5E−3", 0.005],
  ["1,5e3", 1500],
  ["0,125", 0.125],
  ["1.250", 1.25],
  ["12,25", 12.25],
  ["1 250", 1250],
  ["1 250,5", 1250.5],
  ["1'250.5", 1250.5],
  ["1,234.5", 1234.5],
  ["1.234,5", 1234.5],
  ["1,234,567", 1234567],
  ["1.234.567", 1234567],
  ["1234,567", 1234.567],
];

for (const [text, value] of TYPED) {
  test(`"${text}" is ${value}`, () => assert.deepEqual(readNumber(text), { value }));
}

const NONSENSE = [
  ...["", "-", "abc", "0,5,5", "1..2", "1 2", "1/0", "0/0", "1/2/3", "1/", "/2", "--1", "1e400", "0x10", "Infinity"],
  ...["NaN", "10²", "5%", "1,23,456", "1 1,5/2", "٣", "1e5e5", "5 px", "-½/-2"],
];

for (const text of NONSENSE) {
  test(`"${text}" is no number`, () => {
    assert.deepEqual(readNumber(text), { problem: "number.none", values: { text } });
  });
}

test("three digits after one comma can be read in two ways, and are not read", () => {
  const values = { text: "-1,250", one: "-1250", other: "-1.25" };
  assert.deepEqual(readNumber("-1,250"), { problem: "number.two_ways", values });
});

test("among whole numbers a comma sets thousands apart, a point is doubtful", () => {
  assert.deepEqual(readNumber("2,554", { whole: true }), { value: 2554 });
  assert.deepEqual(readNumber("20 000", { whole: true }), { value: 20000 });
  const values = { text: "2.000", one: "2000", other: "2" };
  assert.deepEqual(readNumber("2.000", { whole: true }), { problem: "number.two_ways", values });
});

test("a whole number is not rounded from another", () => {
  for (const text of ["1.5", "1/2", "0,5", "2.554"]) {
    assert.deepEqual(readNumber(text, { whole: true }), { problem: "number.whole", values: { text } });
  }
  assert.deepEqual(readNumber("4/2", { whole: true }), { value: 2 });
});

test("nothing has no minus sign, and long nonsense is repeated in part", () => {
  assert.deepEqual(readNumber("−0"), { value: 0 });
  assert.deepEqual(readNumber("x".repeat(99)), { problem: "number.none", values: { text: `${"x".repeat(24)}…` } });
});
