// Runs each of the named test files as Node would alone, and prints a line of JSON for each: its exit code, and what
// its tests said. Each has modules and globals of its own, in a thread, which takes half the work of a new process.

import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";

const files = process.argv.slice(2);

/** @param {string} file */
function run(file) {
  const worker = new Worker(resolve(file), { stdout: true, stderr: true });
  let said = "";
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
  }
  worker.on("error", (error) => {
    said += error.stack;
  });
  return new Promise((done) => worker.on("exit", (code) => done({ file, code, said })));
}

async function runWhatIsLeft() {
  for (let file = files.shift(); file; file = files.shift()) console.log(JSON.stringify(await run(file)));
}

await Promise.all(Array.from({ length: availableParallelism() }, runWhatIsLeft));
