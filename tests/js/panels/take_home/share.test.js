/** The share panel copies with one press, says so, falls back to the hand, and offers the epoch only where it can be replayed. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createShare } from "../../../../static/js/panels/take_home/share.js";
import { make } from "../../../../static/js/widgets/dom.js";
import { createDocument } from "../../dom.js";

const TEXTS = {
  iframe: "<iframe>",
  element: "<e>",
  reveal: "<section>",
  quarto: "```",
  code: "http://127.0.0.1/qr.svg",
};
const PICTURES = { poster: "http://127.0.0.1/poster.png?noise=0.1", training: "http://127.0.0.1/training.gif" };

let root;
let drawer;
let copied;
let saved;
let asked;
let store;
let allowed;
let oldWay;
let link;
let answer;
let taken;

const byTestId = (name) => drawer.querySelector(`[data-testid=${name}]`);
const settle = () => new Promise((done) => setTimeout(done));

beforeEach(() => {
  root = createDocument();
  root.baseURI = "http://127.0.0.1/";
  oldWay = false;
  root.execCommand = () => oldWay;
  globalThis.HTMLInputElement = HTMLElement;
  HTMLElement.prototype.select = function () {
    root.selected = this;
  };
  drawer = make(
    "details",
    { class: "share" },
    make("input", { testid: "link-epochs" }),
    ...["epoch", "said", "local"].map((name) => make("p", { class: `share-${name}`, testid: `share-${name}` })),
    make("a", { class: "share-code", testid: "share-code" }, make("img", { testid: "picture" })),
    make("div", { class: "drawer-panel" }),
  );
  root.append(drawer);
  [copied, saved, asked, taken] = [[], [], [], []];
  allowed = true;
  link = "http://127.0.0.1/?noise=0.1";
  answer = async () => new Response(JSON.stringify({ ...TEXTS, ...PICTURES }));
  const config = { data: { name: "xor" }, layers: [], output: { neuron: { name: "square" } } };
  store = { state: { config, frame: { body: { epoch: 30 } }, drifted: false } };
  const say = (key, values = {}) => [key, ...Object.values(values)].join(" ");
  const page = {
    address: { href: (epochs) => link && `${link}${epochs ? `&epochs=${epochs}` : ""}` },
    catalog: { limits: { replay_epochs: 100 }, fields: {} },
    keeper: { take: (points) => taken.push(points) },
    language: { tag: "en", table: {}, say },
    store,
  };
  createShare(page, {
    copy: async (text) => {
      if (!allowed) throw new Error("not allowed");
      copied.push(text);
    },
    fetch: async (address) => {
      asked.push(String(address));
      return answer();
    },
    save: (content, name) => saved.push([name, content]),
    checkpoint: async () => new ArrayBuffer(8),
  });
});

async function open() {
  drawer.open = true;
  drawer.fire("toggle");
  await settle();
}

async function press(name) {
  byTestId(name).fire("click");
  await settle();
}

test("opening offers the link at once and all else when the server has answered", async () => {
  drawer.open = true;
  drawer.fire("toggle");
  assert.deepEqual([byTestId("share-link").value, byTestId("copy-link").disabled], [link, false]);
  assert.deepEqual([byTestId("share-iframe").value, byTestId("copy-iframe").disabled], ["", true]);
  await settle();
  assert.deepEqual(asked, [`http://127.0.0.1/api/share?url=${link}`]);
  for (const [what, text] of Object.entries({ ...PICTURES, ...TEXTS, code: undefined })) {
    if (text) assert.deepEqual([byTestId(`share-${what}`).value, byTestId(`copy-${what}`).disabled], [text, false]);
  }
  assert.equal(byTestId("picture").getAttribute("src"), TEXTS.code);
  assert.deepEqual(copied, []);
});

test("a press copies and says so, at the button and aloud", async () => {
  await open();
  await press("copy-iframe");
  assert.deepEqual(copied, ["<iframe>"]);
  assert.equal(byTestId("copy-iframe").textContent, "share.copied");
  assert.equal(byTestId("share-said").textContent, "share.copied_what share.iframe");
});

test("a tick offers everything at the epoch of the moment the panel was opened", async () => {
  await open();
  store.state = { ...store.state, frame: { body: { epoch: 31 } } };
  byTestId("link-epochs").checked = true;
  byTestId("link-epochs").fire("change");
  await settle();
  assert.equal(byTestId("share-link").value, `${link}&epochs=30`);
  assert.equal(asked.at(-1), `http://127.0.0.1/api/share?url=${link}%26epochs=30`);
});

test("an answer that comes too late is not shown", async () => {
  const late = {};
  answer = () => new Promise((done) => Object.assign(late, { done }));
  await open();
  answer = async () => new Response(JSON.stringify({ iframe: "with epochs" }));
  byTestId("link-epochs").checked = true;
  byTestId("link-epochs").fire("change");
  await settle();
  late.done(new Response(JSON.stringify({ iframe: "without" })));
  await settle();
  assert.equal(byTestId("share-iframe").value, "with epochs");
});

test("where the browser refuses, the text is selected for the hand", async () => {
  allowed = false;
  await open();
  await press("copy-quarto");
  assert.equal(root.selected, byTestId("share-quarto"));
  assert.equal(root.activeElement, byTestId("share-quarto"));
  assert.equal(byTestId("share-said").textContent, "share.by_hand");
});

test("without a secure connection the old way of copying is tried", async () => {
  [allowed, oldWay] = [false, true];
  await open();
  await press("copy-link");
  assert.equal(byTestId("share-said").textContent, "share.copied_what share.link");
  assert.equal(root.activeElement, byTestId("copy-link"));
});

test("pictures are saved under the experiment's name", async () => {
  await open();
  answer = async () => new Response("GIF89a");
  await press("save-training");
  assert.equal(asked.at(-1), PICTURES.training);
  assert.equal(saved[0][0], "xor_square.gif");
  assert.equal(await saved[0][1].text(), "GIF89a");
});

test("what cannot be drawn, or is not answered, is told in one sentence", async () => {
  await open();
  answer = async () => new Response(JSON.stringify({ message: "too costly" }), { status: 422 });
  await press("save-poster");
  assert.equal(byTestId("share-said").textContent, "export.failed xor_square.png too costly");
  answer = async () => {
    throw new TypeError("network");
  };
  await press("save-poster");
  assert.equal(byTestId("share-said").textContent, "export.failed xor_square.png share.no_answer");
  await open();
  assert.equal(byTestId("share-said").textContent, "share.no_answer");
  assert.equal(byTestId("share-link").value, link);
  assert.deepEqual(saved, []);
});

test("an epoch that cannot be replayed is not offered, and why is said", async () => {
  const told = async (state) => {
    Object.assign(store, { state: { ...store.state, ...state } });
    await open();
    return [byTestId("link-epochs").disabled, byTestId("share-epoch").textContent];
  };
  assert.deepEqual(await told({}), [false, "link.epoch 30 100"]);
  assert.deepEqual(await told({ frame: { body: { epoch: 101 } } }), [true, "link.too_far 101 100"]);
  assert.deepEqual(await told({ frame: { body: { epoch: 30 } }, drifted: true }), [true, "link.drifted 30 100"]);
  const edited = { frame: { body: { epoch: 30, edits: 1 } }, drifted: false };
  assert.deepEqual(await told(edited), [true, "link.drifted 30 100"]);
  assert.deepEqual(await told({ frame: null }), [true, "link.epoch 0 100"]);
});

test("points that are too many for a link are offered as files, and no empty field", async () => {
  link = null;
  const points = Array(2000).fill([0, 0, 1]);
  store.state = { ...store.state, config: { ...store.state.config, data: { name: "own", points } }, draft: null };
  await open();
  assert.deepEqual([byTestId("share-said").textContent, asked], ["share.no_link 2,000", []]);
  assert.ok(
    drawer.querySelectorAll(".share-row").every((row) => row.hidden !== (row.dataset.testid === "share-files")),
  );
  byTestId("save-points").fire("click");
  byTestId("save-model").fire("click");
  await settle();
  assert.deepEqual(
    saved.map(([name]) => name),
    ["points.csv", "own_square_epoch_30.safetensors"],
  );
  assert.equal((await saved[0][1].text()).split("\n").length, 2002);
  assert.deepEqual(taken, [points, points]);
});

test("points too few for a run are said to have no link yet", async () => {
  link = null;
  store.state = { ...store.state, draft: [[0, 0, 1]] };
  await open();
  assert.equal(byTestId("share-said").textContent, "share.draft 1");
});

test("a link has its rows and no files", async () => {
  await open();
  assert.equal(byTestId("share-files").hidden, true);
  assert.ok(
    drawer.querySelectorAll(".share-row").every((row) => row.hidden === (row.dataset.testid === "share-files")),
  );
});

test("a link that the server has no code for is said to be too long for one", async () => {
  answer = async () => new Response(JSON.stringify({ ...TEXTS, ...PICTURES, code: undefined }));
  await open();
  assert.deepEqual([byTestId("share-code").hidden, byTestId("share-said").textContent], [true, "share.no_code"]);
});

test("a link too long for a code has none", async () => {
  await open();
  byTestId("picture").fire("error");
  assert.deepEqual([byTestId("share-code").hidden, byTestId("share-said").textContent], [true, "share.no_code"]);
});

test("an address that only this machine knows is named as such", async () => {
  await open();
  assert.equal(byTestId("share-local").hidden, false);
  link = "http://192.168.0.7:8000/";
  await open();
  assert.equal(byTestId("share-local").hidden, true);
});

test("points behind the # are not sent, and stand in every snippet all the same", async () => {
  link = "http://127.0.0.1/?points=fragment#points=Ad-_Z";
  answer = async () => new Response(JSON.stringify({ iframe: '<iframe src="/embed?points=fragment#points=">' }));
  await open();
  assert.match(asked.at(-1), /%23points=$/);
  assert.equal(byTestId("share-iframe").value, '<iframe src="/embed?points=fragment#points=Ad-_Z">');
  assert.equal(byTestId("share-link").value, link);
  assert.equal(byTestId("share-said").textContent, "share.behind");
});
