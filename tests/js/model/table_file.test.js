/** The file holds what is drawn, also what is too little for a run, and counts as taken along. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tableFile } from "../../../static/js/model/table_file.js";

const POINTS = [
  [0.5, -0.25, 1],
  [0, 0, 0],
];

/** @param {object} more */
function pageOf(more) {
  const taken = [];
  const config = { data: { name: "own", points: POINTS, task: "classification" } };
  const points = { train: [[0, 0, 0]], test: [[0.5, -0.25, 1]] };
  const state = { config, draft: null, points, layout: { class_names: ["a", "b"], extent: 1 }, ...more };
  return { keeper: { take: (points) => taken.push(points) }, store: { state }, taken };
}

test("classes stand there by their names", async () => {
  const page = pageOf({});
  const file = tableFile(page);
  assert.equal(file.type, "text/csv");
  assert.equal(await file.text(), "x,y,label,target,split\n0.5,-0.25,b,1,test\n0,0,a,0,train\n");
  assert.deepEqual(page.taken, [POINTS]);
});

test("a drawing that is no run yet is what is drawn", async () => {
  const page = pageOf({ draft: [[1, 1, 0]] });
  assert.equal(await tableFile(page).text(), "x,y,label,target,split\n1,1,a,0,train\n");
});

test("values stand there as numbers", async () => {
  const config = { data: { name: "own", points: [[0, 0, 0.5]], task: "regression" } };
  assert.equal(
    await tableFile(pageOf({ config, layout: { class_names: [], extent: 1 } })).text(),
    "x,y,target,split\n0,0,0.5,train\n",
  );
});
