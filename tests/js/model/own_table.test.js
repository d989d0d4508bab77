/** Labels become of another kind without collapsing, and a table is made that can be read back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { relabelled, tableOf } from "../../../static/js/model/own_table.js";

const DRAWN = { name: "own", units: [], columns: [] };

const points = Object.freeze([
  [0, 0, 0],
  [0.05, 0, 1],
  [0.5, 0.5, 1],
]);

test("labels become values in equal steps, and values classes by their sign", () => {
  const three = [0, 1, 2].map((label) => [0, 0, label]);
  assert.deepEqual(
    relabelled(DRAWN, three, "regression", 3, 8).points.map(([, , label]) => label),
    [-1, 0, 1],
  );
  const values = [-0.5, 0, 0.25].map((label) => [0, 0, label]);
  assert.deepEqual(
    relabelled(DRAWN, values, "classification", 0, 2).points.map(([, , label]) => label),
    [0, 0, 1],
  );
});

test("few values become a class each, by the reader's own numbers: none collapses", () => {
  const data = { ...DRAWN, units: [0, 1, 17, 0, 1, 17, 4, 0.3, 6] };
  const values = [0.9, -0.9, -0.6, -0.9].map((value) => [0, 0, value]);
  const { points, names, units } = relabelled(data, values, "classification", 0, 8);
  assert.deepEqual(
    [points.map(([, , label]) => label), names],
    [
      [2, 0, 1, 0],
      ["1", "2", "7"],
    ],
  );
  assert.deepEqual(units, [0, 1, 17, 0, 1, 17]);
});

const rowsOf = (...given) =>
  tableOf(...given)
    .trimEnd()
    .split("\n");
const DATA = { name: "own", task: "classification", points: [], names: [] };

test("no name is a formula in a spreadsheet, and numbers stay numbers", () => {
  const names = ['=HYPERLINK("http://a.example","b")', "+1+2", "-x", "@SUM(A1)", "'=1+1", "-1.5", "1+1", "it's"];
  const points = names.map((_, label) => [0, 0, label]);
  const labels = rowsOf({ ...DATA, columns: ["=x", "", ""] }, points, names, null, 1).map((row) =>
    row.split(",").slice(0, -2).join(","),
  );
  assert.deepEqual(labels, [
    "'=x,y,label",
    `0,0,"'=HYPERLINK(""http://a.example"",""b"")"`,
    "0,0,'+1+2",
    "0,0,'-x",
    "0,0,'@SUM(A1)",
    "0,0,''=1+1",
    "0,0,-1.5",
    "0,0,1+1",
    "0,0,it's",
  ]);
});

test("a table has the classes' names and their order, and which points are for testing", () => {
  const names = ["plain", 'a "b", c'];
  const shown = { train: [], test: [[0.1, 0, 1]] };
  assert.deepEqual(rowsOf(DATA, points, names, shown, 2), [
    "x,y,label,target,split",
    "0,0,plain,0,train",
    '0.05,0,"a ""b"", c",1,test',
    '0.5,0.5,"a ""b"", c",1,train',
  ]);
});

test("of equal points, as many are for testing as there were", () => {
  const twice = [
    [0.1, 0.1, 0],
    [0.1, 0.1, 0],
    [0.1, 0.1, 0],
  ];
  const shown = {
    train: [[0.1, 0.1, 0]],
    test: [
      [0.1, 0.1, 0],
      [0.1, 0.1, 0],
    ],
  };
  const halves = rowsOf(DATA, twice, [], shown, 1)
    .slice(1)
    .map((row) => row.split(",").at(-1));
  assert.deepEqual(halves.sort(), ["test", "test", "train"]);
});

test("a table from elsewhere is told in its own numbers and names", () => {
  const columns = ["length", "width", "target"];
  const own = { ...DATA, columns, units: [6.1, 0.5, 6, 3.2, 0.5, 6] };
  assert.deepEqual(rowsOf(own, [[-0.5, -0.6, 1]], ["a", "b"], null, 1), [
    "length,width,target,class,split",
    "5.1,2,b,1,train",
  ]);
});

test("values are written so that none is taken for a class", () => {
  const data = { ...DATA, task: "regression", columns: [], units: [] };
  assert.deepEqual(
    rowsOf(
      data,
      [
        [0.1, -0.2, 1],
        [0, 0, 0.35],
      ],
      [],
      null,
      1,
    ),
    ["x,y,target,split", "0.1,-0.2,1.0,train", "0,0,0.35,train"],
  );
});
