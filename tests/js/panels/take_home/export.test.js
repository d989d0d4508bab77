/** Every export is one press: the newest checkpoint goes out, a file with a telling name comes back. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Keeper } from "../../../../static/js/page/keeper.js";
import { createExport, stemOf } from "../../../../static/js/panels/take_home/export.js";
import { Language } from "../../../../static/js/text/language.js";
import { make } from "../../../../static/js/widgets/dom.js";
import { createCatalog, createConfig } from "../../catalog.js";
import { createDocument } from "../../dom.js";

let root;
let store;
let saved;
let asked;
let services;
let keeper;

beforeEach(() => {
  root = createDocument();
  root.baseURI = "http://here/";
  root.append(make("details", { class: "drawer export" }, make("summary"), make("div", { class: "drawer-panel" })));
  store = {
    state: { config: createConfig(), frame: { body: { epoch: 12 } }, remark: null },
    set(next) {
      this.state = next;
    },
  };
  saved = [];
  asked = [];
  keeper = new Keeper(() => assert.fail("nothing is kept"));
  services = {
    checkpoint: async () => new TextEncoder().encode("saved run").buffer,
    picture: async () => new Blob(["png"]),
    fetch: async (address, { method, body }) => {
      asked.push([String(address), method, body.byteLength]);
      return new Response("print(1)");
    },
    save: (content, name) => saved.push([name, content]),
    restore: (file) => saved.push(["restored", file.name]),
  };
});

function page() {
  const language = new Language("zh", { "refused.long_checkpoint": "存档超过了 {limit} 字节" }, {});
  language.say = (key, values) => (key in language.table ? Language.prototype.say.call(language, key, values) : key);
  return { language, catalog: createCatalog(), keeper, store };
}

async function press(what) {
  createExport(page(), services);
  root.querySelector(".drawer").open = true;
  root.querySelector(`[data-testid=export-${what}]`).fire("click");
  await new Promise((done) => setTimeout(done));
}

test("the model is the checkpoint itself", async () => {
  await press("model");
  const [[name, content]] = saved;
  assert.equal(name.endsWith("_epoch_12.safetensors"), true);
  assert.equal(await content.text(), "saved run");
  assert.deepEqual(asked, []);
  assert.deepEqual(store.state.remark, { tone: "calm", key: "export.saved", values: { name } });
});

test("a model and the data hold the reader's own points, code and other files do not", async () => {
  const points = [[0.5, 0.5, 1]];
  store.state.config.data = { name: "own", points };
  for (const [what, holds] of Object.entries({ numpy: false, history: false, picture: false, model: true })) {
    await press(what);
    assert.equal(keeper.misses(points), !holds, what);
  }
  for (const [noise, holds] of [
    [0.1, false],
    [0, true],
  ]) {
    keeper.take([]);
    store.state.config.data.noise = noise;
    await press("data");
    assert.equal(keeper.misses(points), !holds, String(noise));
  }
});

test("what could not be saved is in no file", async () => {
  const points = [[0.5, 0.5, 1]];
  store.state.config.data = { name: "own", points };
  services.checkpoint = async () => null;
  await press("model");
  assert.deepEqual([saved, keeper.misses(points)], [[], true]);
});

test("code and tables are what the server makes of it", async () => {
  await press("torch");
  assert.deepEqual(asked, [["http://here/api/export/torch", "POST", 9]]);
  assert.equal(await saved[0][1].text(), "print(1)");
  assert.equal(saved[0][0].endsWith("_epoch_12_torch.py"), true);
});

test("the drawer closes and its button has the focus again", async () => {
  await press("picture");
  assert.equal(saved[0][0].endsWith(".png"), true);
  assert.equal(root.querySelector(".drawer").open, false);
  assert.equal(root.activeElement, root.querySelector("summary"));
});

test("what goes wrong is told in one sentence, and nothing is saved", async () => {
  services.fetch = async () => new Response(JSON.stringify({ message: "too long" }), { status: 413 });
  await press("numpy");
  assert.equal(store.state.remark.key, "export.failed");
  assert.equal(store.state.remark.values.reason, "too long");
  assert.deepEqual(saved, []);
});

test("what goes wrong is told in the reader's language", async () => {
  const told = { key: "refused.long_checkpoint", values: { limit: 20 }, message: "the checkpoint is longer ..." };
  services.fetch = async () => new Response(JSON.stringify(told), { status: 413 });
  await press("numpy");
  assert.equal(store.state.remark.values.reason, "存档超过了 20 字节");
});

test("a run that was never received is not saved as nothing", async () => {
  services.checkpoint = async () => null;
  await press("model");
  assert.equal(store.state.remark.values.reason, "export.nothing");
  assert.deepEqual(saved, []);
});

test("a model can be opened without dropping it", async () => {
  createExport(page(), services);
  const input = root.querySelector("[data-testid=export-open]");
  input.files = [{ name: "a.safetensors" }];
  input.fire("change");
  assert.deepEqual(saved, [["restored", "a.safetensors"]]);
});

test("a name says data, neurons, widths and epoch, as Python can import it", () => {
  const layer = (name, units) => ({ neuron: { name }, units });
  const config = { data: { name: "xor" }, layers: [layer("kan", 4), layer("kan", 2)], output: layer("square", 1) };
  assert.equal(stemOf(config, 7), "xor_kan_4_2_epoch_7");
  assert.equal(stemOf({ ...config, layers: [layer("kan", 4), layer("glu", 2)] }, 7), "xor_mixed_4_2_epoch_7");
  assert.equal(stemOf({ ...config, layers: [] }, 0), "xor_square_epoch_0");
});
