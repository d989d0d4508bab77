/** A lab beside a page that answers when the test says so: which step is shown, what is asked, and whose answer counts. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Guide } from "../../../../static/js/panels/lab/guide.js";
import { createDocument } from "../../dom.js";

const language = {
  tag: "en",
  say: (/** @type {string} */ key, /** @type {object} */ values = {}) => [key, ...Object.values(values)].join(" "),
  translate: (/** @type {string} */ _, /** @type {string} */ label) => label,
};

/** @param {string} title @param {object} more */
const step = (title, more = {}) => ({ kind: "explain", title, html: "", opened: "?data=xor", at: "", ...more });
// biome-ignore lint/suspicious/noThenProperty: a step is called so by the server
const GOAL = { kind: "do", goal: [{ what: "epoch", at_least: 40 }], hints: [], then: "so it is" };
const LAB = {
  name: "downhill",
  number: 3,
  title: "Downhill",
  steps: [step("first", GOAL), step("second", GOAL), step("third", { opened: "?data=circles" })],
};

/** @type {any} */
let root;
/** Calls of fetch that wait for their answer. @type {{ address: URL, answer: (told: object, ok?: boolean) => Promise<void> }[]} */
let fetched;
/** @type {any[]} what the server was sent */
let sent;
/** @type {string[]} links that were followed, and addresses that were written */
let followed;
/** @type {any} */
let store;
/** @type {any} */
let socket;
/** @type {AbortController} */
let closing;
/** @type {(answer: object) => void} */
let hear;
let now = 0;

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** What is done every 300 ms. @type {Set<() => void>} */
const every = new Set();

/** @param {number} milliseconds */
function pass(milliseconds) {
  for (const end = now + milliseconds; now < end; ) {
    now += 300;
    for (const act of [...every]) act();
  }
}

/** @param {string} [search] */
function open(search = "?lab=downhill&step=1") {
  const place = { search, pathname: "/", origin: "", hash: "" };
  const history = { pushState: (_, __, address) => followed.push(`written ${address}`) };
  const page = /** @type {any} */ ({
    language,
    store,
    catalog: {},
    signal: closing.signal,
    address: { place, history, flush: () => {} },
    actions: { follow: (link, keeps) => followed.push(`${keeps ? "kept" : "opened"} ${link}`) },
  });
  const messages = /** @type {any} */ ({
    on: (_, heard) => {
      hear = heard;
    },
  });
  return new Guide(page, messages, socket, (element) => root.body.append(element));
}

/** The newest question for a lab is answered. @param {string} lab @param {object} told @param {boolean} [ok] */
const answer = (lab, told, ok) =>
  fetched.findLast(({ address }) => address.pathname.endsWith(`/${lab}`)).answer(told, ok);

/** @param {string} testid */
const part = (testid) => root.body.querySelector(`[data-testid=${testid}]`);
const title = () => part("lab-title")?.textContent;
const verdict = (more) => ({
  what: "goal",
  lab: "downhill",
  step: 1,
  conditions: [true],
  now: [40],
  hint: null,
  ...more,
});

beforeEach(() => {
  closing?.abort();
  closing = new AbortController();
  every.clear();
  now = 1000;
  root = createDocument();
  Object.assign(root, {
    documentElement: root,
    body: root.createElement("body"),
    baseURI: "http://here/",
    hidden: false,
  });
  fetched = [];
  Object.assign(globalThis, {
    location: { search: "" },
    performance: { now: () => now },
    setInterval: (act) => every.add(act) && act,
    clearInterval: (act) => every.delete(act),
    MutationObserver: class {
      observe() {}
      disconnect() {}
    },
    ResizeObserver: class {},
    DOMParser: class {
      parseFromString(html) {
        return { body: { childNodes: [html] } };
      }
    },
    fetch: (address) =>
      new Promise((resolve) => {
        const answer = (told, ok = true) => {
          resolve({ ok, json: async () => told });
          return settled();
        };
        fetched.push({ address, answer });
      }),
  });
  sent = [];
  followed = [];
  store = {
    state: { newest: {}, remark: null },
    set: (state) => {
      store.state = state;
    },
  };
  socket = { opening: false, send: (message) => sent.push(message) > 0 };
});

test("the step of the address is shown once the lab has come, and its goal asked about at once", async () => {
  open("?lab=downhill&step=2");
  assert.equal(title(), undefined);
  assert.equal(fetched[0].address.href, "http://here/api/labs/downhill?lang=en");
  await answer("downhill", LAB);
  assert.equal(title(), "second");
  assert.equal(part("lab-step").textContent, "lab.step 2 3");
  assert.deepEqual(sent, [{ type: "ask", id: 1, what: "goal", lab: "downhill", step: 2 }]);
});

test("a step that no lab has is the nearest one", async () => {
  open("?lab=downhill&step=9");
  await answer("downhill", LAB);
  assert.equal(title(), "third");
});

test("nothing is asked again of a frame that was answered for, and of a newer one it is", async () => {
  open();
  await answer("downhill", LAB);
  hear(verdict({ id: 1, met: false }));
  pass(3000);
  assert.equal(sent.length, 1);
  store.state = { ...store.state, newest: {} };
  pass(300);
  assert.equal(sent.length, 2);
});

test("a question that was dropped is asked again after two seconds", async () => {
  open();
  await answer("downhill", LAB);
  pass(1800);
  assert.equal(sent.length, 1);
  pass(600);
  assert.equal(sent.length, 2);
});

test("where the line is down, the question waits for the next time, and is the newest one", async () => {
  socket.send = () => false;
  open();
  await answer("downhill", LAB);
  socket.send = (message) => sent.push(message) > 0;
  pass(300);
  assert.deepEqual(
    sent.map(({ id }) => id),
    [2],
  );
});

test("a goal is reached by the answer to the newest question of this step, and by no other", async () => {
  open();
  await answer("downhill", LAB);
  const met = () => part("lab-goal").dataset.met;
  hear(verdict({ id: 0, met: true }));
  hear(verdict({ id: 1, met: true, step: 2 }));
  hear(verdict({ id: 1, met: true, lab: "uphill" }));
  hear(verdict({ id: 1, met: true, what: "trace" }));
  assert.equal(met(), undefined);
  hear(verdict({ id: 1, met: true, epoch: 40 }));
  assert.equal(met(), "true");
  assert.equal(part("lab-told").textContent, "lab.met 40so it is");
});

test("of two links the newer is obeyed, whichever lab comes first", async () => {
  const guide = open("");
  const [slow, quick] = [guide.obey({ lab: "slow" }), guide.obey({ lab: "downhill" })];
  await answer("downhill", LAB);
  await answer("slow", { ...LAB, name: "slow", steps: [step("too late")] });
  await Promise.all([slow, quick]);
  assert.equal(title(), "first");
});

test("a lab that there is not is told, and what is shown stays", async () => {
  const guide = open();
  await answer("downhill", LAB);
  guide.obey({ lab: "nowhere" });
  await answer("nowhere", { message: "no such lab" }, false);
  assert.deepEqual(store.state.remark, { tone: "warn", key: "lab.missing", values: { reason: "no such lab" } });
  assert.equal(title(), "first");
});

test("to a step of the same experiment the run goes on; another experiment is opened", async () => {
  open("?lab=downhill&step=1&lang=zh&data=xor");
  await answer("downhill", LAB);
  part("lab-next").fire("click");
  assert.equal(title(), "second");
  assert.deepEqual(followed, ["written /?lab=downhill&lang=zh&data=xor&step=2"]);
  part("lab-next").fire("click");
  // It is shown once the server has opened it.
  assert.equal(title(), "second");
  const third = "?lab=downhill&step=3&lang=zh";
  assert.deepEqual(followed.slice(1), [`written /${third}`, `opened ${third}`]);
});

test("while a link is on its way, the next step is a link, too: its answer comes after", async () => {
  open();
  await answer("downhill", LAB);
  socket.opening = true;
  part("lab-next").fire("click");
  assert.deepEqual(followed, ["written /?lab=downhill&step=2", "opened ?lab=downhill&step=2"]);
});

test("what is hidden or locked can be had back without losing the run", async () => {
  open("?lab=downhill&step=1&hide=data");
  await answer("downhill", LAB);
  part("lab-free").fire("click");
  assert.deepEqual(followed, ["written /?lab=downhill&step=1", "kept ?lab=downhill&step=1"]);
});

test("a link without a lab takes it away, and nothing more is asked", async () => {
  const guide = open();
  await answer("downhill", LAB);
  guide.obey({});
  assert.equal(part("lab"), null);
  store.state = { ...store.state, newest: {} };
  pass(5000);
  assert.equal(sent.length, 1);
});

test("in another language it is the same step again, and the first one asks no more", async () => {
  const guide = open();
  await answer("downhill", LAB);
  await guide.obey({ lab: "downhill", step: "2" });
  closing.abort();
  closing = new AbortController();
  open("");
  await answer("downhill", LAB);
  assert.equal(title(), "second");
  assert.equal(root.body.querySelectorAll("[data-testid=lab]").length, 1);
  sent.length = 0;
  store.state = { ...store.state, newest: {} };
  hear(verdict({ id: 1, step: 2, met: false }));
  pass(300);
  assert.equal(sent.length, 1);
});
