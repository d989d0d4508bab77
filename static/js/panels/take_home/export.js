/**
 * Export: the run as a model, as code, as tables, and as a picture; and the way back, for a model in a file.
 *
 * What a file holds is the server's matter (docs/reference/export.md): it is sent the newest checkpoint. The page gives
 * each file its name.
 */

import { sayServer } from "../../text/server_messages.js";
import { find, make, on } from "../../widgets/dom.js";

/** Everything that can be had, with the end of its file's name. */
const ENDINGS = {
  model: ".safetensors",
  numpy: "_numpy.py",
  torch: "_torch.py",
  data: "_data.csv",
  history: "_history.csv",
  picture: ".png",
};

/**
 * What a file of this experiment is called, without its ending: a name that Python can import.
 *
 * @param {Config} config
 */
export function nameOf({ data, layers, output, forest }) {
  if (forest) return [data.name, "forest", layers.length].join("_");
  const neurons = layers.length > 0 ? layers.map(({ neuron }) => neuron.name) : [output.neuron.name];
  const kind = new Set(neurons).size === 1 ? neurons[0] : "mixed";
  return [data.name, kind, ...layers.map(({ units }) => units)].join("_");
}

/** @param {Config} config @param {number} epoch */
export function stemOf(config, epoch) {
  return `${nameOf(config)}_epoch_${epoch}`;
}

/**
 * Whether a file holds the reader's own points as they are: who has it loses none by leaving.
 *
 * @param {keyof typeof ENDINGS} what @param {Config} config
 */
function holdsPoints(what, { data }) {
  if (!data.points) return false;
  // A table has them where noise has moved them to.
  return what === "model" || (what === "data" && !data.noise && !data.label_noise);
}

/**
 * @typedef {{ checkpoint: () => Promise<ArrayBuffer | null>, picture: () => Promise<Blob>, fetch: typeof fetch,
 *   save: (content: Blob, name: string) => void, restore: (file: File) => void }} Services
 */

/** @param {Page} page @param {Services} services */
export function createExport(page, services) {
  const { keeper, language, store } = page;
  const drawer = find(document, ".export", HTMLDetailsElement);
  /** @param {"calm" | "warn"} tone @param {string} key @param {{ [name: string]: string }} values */
  const remark = (tone, key, values) => store.set({ ...store.state, remark: { tone, key, values } });

  /** @param {keyof typeof ENDINGS} what */
  const take = async (what) => {
    drawer.open = false;
    find(drawer, "summary").focus();
    const { config, frame } = store.state;
    const name = stemOf(config, frame?.body.epoch ?? 0) + ENDINGS[what];
    try {
      services.save(await contentOf(what), name);
      if (holdsPoints(what, config)) keeper.take(/** @type {Point[]} */ (config.data.points));
      remark("calm", "export.saved", { name });
    } catch (problem) {
      remark("warn", "export.failed", { name, reason: /** @type {Error} */ (problem).message });
    }
  };

  /** @param {keyof typeof ENDINGS} what @returns {Promise<Blob>} */
  const contentOf = async (what) => {
    if (what === "picture") return services.picture();
    const body = await services.checkpoint();
    if (!body) throw new Error(language.say("export.nothing"));
    if (what === "model") return new Blob([body], { type: "application/octet-stream" });
    const response = await services.fetch(new URL(`api/export/${what}`, document.baseURI), { method: "POST", body });
    if (!response.ok) throw new Error(sayServer(page, await response.json()));
    return response.blob();
  };

  const items = Object.keys(ENDINGS).map((each) => {
    const what = /** @type {keyof typeof ENDINGS} */ (each);
    const hint = make("small", { text: language.say(`export.${what}_hint`) });
    const text = make("b", { text: language.say(`export.${what}`) });
    const button = make("button", { class: "export-item", testid: `export-${what}` }, text, hint);
    on(button, "click", () => take(what));
    return button;
  });
  find(drawer, ".drawer-panel").append(...items, createOpener(language.say("export.open"), services.restore));
}

/** @param {string} text @param {(file: File) => void} restore */
function createOpener(text, restore) {
  const input = make("input", { type: "file", testid: "export-open" });
  input.accept = ".safetensors";
  on(input, "change", () => {
    const file = input.files?.[0];
    // The same file again is a choice, too.
    input.value = "";
    if (file) restore(file);
  });
  return make("label", { class: "export-open" }, make("b", { text }), input);
}
