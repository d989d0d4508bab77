/**
 * Makes of the page's sources (static/) what an installed copy serves: scripts bundled by esbuild and shortened by terser, each
 * panel that is fetched later a file of its own, style sheets with what they import, and words; hashed names, gzip and
 * brotli beside every file, and a manifest by which the server finds them (app/web/assets.py).
 *
 *     node assets/build.js build/assets < what the server says in English, as a JSON object
 *
 * hatch_build.py calls it so. A checkout serves the sources as they are and needs none of this. Why: docs/decisions/0008-what-an-installed-copy-serves.md.
 */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STATIC = join(ROOT, "static");
/** Under this, headers weigh more than what is spared (as in app/web/compression.py). */
const LEAST_BYTES = 500;
/**
 * Families of words that come later, but for those that a script or the markup names which the page begins with: what late
 * panels say, and what the server does, whose words are fetched with the first sentence that needs them.
 */
const LATE_FAMILIES =
  "inspector lens export forest share draw csv confusion picker embed refused foreign note polling number until runs control race dice lab landscape link sketch say full".split(
    " ",
  );

/** Families that one page has, and nobody else, by their file, which is for that page alone; the playground's comes late. */
const OWN_FILES = /** @type {Record<string, string>} */ ({
  memory: "memory",
  atlas: "atlas",
  csv: "playground",
  full: "playground",
  help: "playground",
  landscape: "playground",
  sketch: "playground",
});

/** What stands in a tooltip and nowhere else comes when somebody is near (static/js/widgets/hints.js). */
const HINT = /[._]hint$/;

/** Families of names of what is in the catalog: the server puts them into the menus (app/web/catalog_words.py). */
const NAMES = "neurons activations losses optimizers schedules datasets features knobs fields".split(" ");

const SHARED = { absWorkingDir: ROOT, bundle: true, write: false, minify: true, metafile: true, logLevel: "warning" };
/** What terser makes of a script must have another name once terser is another: its version is in what is hashed, and then gone. */
const SHORTENER = JSON.parse(readFileSync(join(ROOT, "node_modules", "terser", "package.json"), "utf8")).version;
const SCRIPTS = { ...SHARED, format: "esm", target: "es2023", banner: { js: `/* ${SHORTENER} */` } };

/** @typedef {{ file: string, imports?: string[] }} Entry */
/** @typedef {{ out: string, manifest: Record<string, Entry> }} Product */

/** What comes by itself after the first picture: it stays one file, too. */
const LATER = "static/js/panels/output/later.js";

/**
 * @typedef {{ first: string[], late: string[], later: string[], shares: (path: string, others: string[]) => boolean }} Division
 *   `later`: what comes by itself after the first; `shares`: whether a panel imports one of these
 */

/** @param {string} path @returns {string} by which the server knows a source, as js/main.js */
const nameOf = (path) => relative(STATIC, resolve(ROOT, path)).replaceAll("\\", "/");

/** @param {string} source @param {string} text */
function hashed(source, text) {
  const end = extname(source);
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 10);
  return `${basename(source, end)}-${hash}${end}`;
}

/**
 * A module again, in fewer bytes: names that are short, and alike wherever they can be, which is what compresses.
 *
 * @param {string} text @returns {Promise<string>}
 */
async function shorten(text) {
  const { code } = await minify(text, { module: true, ecma: 2020, compress: { passes: 2 } });
  if (code === undefined) throw new Error("terser gave nothing");
  return code;
}

/** @param {string} out @param {string} file @param {Uint8Array | string} contents */
function write(out, file, contents) {
  const body = Buffer.from(contents);
  writeFileSync(join(out, file), body);
  if (body.length < LEAST_BYTES) return;
  writeFileSync(join(out, `${file}.gz`), gzipSync(body, { level: 9 }));
  writeFileSync(join(out, `${file}.br`), brotliCompressSync(body));
}

/**
 * What the page begins with, and the panels that it fetches later.
 *
 * @param {string} entry @returns {Promise<Division>}
 */
async function divide(entry) {
  const { metafile } = await build({ ...SCRIPTS, entryPoints: [entry], outdir: "unused", splitting: true });
  const late = new Set();
  /** All that a script imports, and what it fetches later is late. @param {string} begin */
  const reach = (begin) => {
    const reached = new Set([begin]);
    for (const path of reached) {
      for (const { kind, path: found } of metafile.inputs[path].imports) {
        if (kind === "dynamic-import") late.add(found);
        else reached.add(found);
      }
    }
    return [...reached];
  };
  const first = reach(entry);
  const later = reach(LATER).filter((path) => !first.includes(path));
  const shares = (/** @type {string} */ path, /** @type {string[]} */ others) =>
    reach(path).some((found) => others.includes(found));
  return { first, late: [...late].filter((path) => !first.includes(path)), later, shares };
}

/**
 * Every late panel imports all that the page begins with, so that this stays one file: else esbuild would cut it into as
 * many as there are sets of panels that share something. What imports nothing of it stays as it is. The same goes for what
 * comes by itself after it.
 *
 * @param {Division} division @returns {import("esbuild").Plugin}
 */
function whole({ first, late, later, shares }) {
  const imported = new Map(
    late.map((path) => {
      const all = [first, later].flatMap((one) => (shares(path, one) ? one : []));
      return [resolve(ROOT, path), all.map((each) => `import ${JSON.stringify(resolve(ROOT, each))};`).join("\n")];
    }),
  );
  return {
    name: "whole",
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/ }, ({ path }) =>
        imported.has(path) ? { contents: `${imported.get(path)}\n${readFileSync(path, "utf8")}` } : null,
      );
    },
  };
}

/** @param {Product} product @param {string} entry @param {Division} division */
async function buildPage({ out, manifest }, entry, division) {
  const { outputFiles, metafile } = await build({
    ...SCRIPTS,
    entryPoints: [entry],
    outdir: "out",
    splitting: true,
    plugins: [whole(division)],
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
  });
  const outputs = Object.entries(metafile.outputs);
  for (const [index, { text }] of outputFiles.entries()) {
    const [path, { entryPoint, imports, inputs }] = outputs[index];
    // All that the page begins with is in a file that the late ones share, and nothing is left for the entry's own.
    if (entryPoint === entry) continue;
    write(out, basename(path), await shorten(text));
    if (entry in inputs) manifest[nameOf(entry)] = { file: basename(path) };
    const needs = imports.filter(({ kind }) => kind === "import-statement").map(({ path: file }) => basename(file));
    if (entryPoint) manifest[nameOf(entryPoint)] = { file: basename(path), imports: needs };
  }
}

/**
 * A script that no browser is too old for: as it is written, and shorter.
 *
 * @param {Product} product @param {string} entry
 */
async function buildClassic({ out, manifest }, entry) {
  const options = { ...SHARED, bundle: false, target: "es5", entryPoints: [entry], outdir: "out" };
  const { outputFiles } = await build(options);
  const [{ contents }] = outputFiles;
  const file = hashed(entry, Buffer.from(contents).toString());
  write(out, file, contents);
  manifest[nameOf(entry)] = { file };
}

/** @param {Product} product @param {...string} entries scripts or sheets, each with all that it imports */
async function buildAlone({ out, manifest }, ...entries) {
  for (const entry of entries) {
    const { outputFiles } = await build({ ...SCRIPTS, entryPoints: [entry], outdir: "out" });
    const [{ text }] = outputFiles;
    const body = extname(entry) === ".js" ? await shorten(text) : text;
    const file = hashed(entry, body);
    write(out, file, body);
    manifest[nameOf(entry)] = { file };
  }
}

/**
 * A language's words: what the page begins with, what is asked for later, what one page beside it has for itself, and what
 * the server reads.
 *
 * @param {Product} product @param {string} tag @param {string} begins the text of everything that the page begins with
 * @param {Record<string, string>} said words that are not in the language's file
 */
function buildWords({ out, manifest }, tag, begins, said) {
  const { messages: own, entries } = JSON.parse(readFileSync(join(STATIC, "messages", `${tag}.json`), "utf8"));
  const messages = { ...own, ...said };
  const isLate = (/** @type {string} */ key) =>
    HINT.test(key) || (LATE_FAMILIES.includes(key.split(".")[0]) && !begins.includes(`"${key}"`));
  const partOfMessage = (/** @type {string} */ key) => {
    const own = !begins.includes(`"${key}"`) && OWN_FILES[key.split(".")[0]];
    return own ? `.${own}` : isLate(key) ? ".late" : "";
  };
  const partOfEntry = (/** @type {string} */ key) => {
    const waits = key.endsWith(".sentence") || key.startsWith("fields.forest.");
    return waits ? ".late" : NAMES.includes(key.split(".")[0]) ? ".names" : "";
  };
  for (const part of ["", ".late", ".names", ...new Set(Object.values(OWN_FILES).map((own) => `.${own}`))]) {
    const pick = (/** @type {Record<string, string>} */ table, /** @type {(key: string) => string} */ partOf) =>
      Object.fromEntries(Object.entries(table).filter(([key]) => partOf(key) === part));
    const text = JSON.stringify({ messages: pick(messages, partOfMessage), entries: pick(entries, partOfEntry) });
    const name = `messages/${tag}${part}.json`;
    const file = hashed(name, text);
    write(out, file, text);
    manifest[name] = { file };
  }
}

/** @param {Product} product @param {string} name */
function copy({ out, manifest }, name) {
  const text = readFileSync(join(STATIC, name), "utf8");
  const file = hashed(name, text);
  write(out, file, text);
  manifest[name] = { file };
}

/** The markup that has words from the beginning: all but what stands within `data-late`. */
function firstMarkup() {
  const names = [
    "index",
    "embed",
    "_output",
    "_bar",
    "_data",
    "_formula",
    "_history",
    "_network",
    "_own",
    "_share",
    "_status",
  ];
  return names.map((name) => readFileSync(join(ROOT, "templates", `${name}.html`), "utf8")).join("\n");
}

/** @param {string} out @param {Record<string, string>} said by the server, in English */
async function main(out, said) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  /** @type {Product} */
  const product = { out, manifest: {} };
  const entry = "static/js/main.js";
  const division = await divide(entry);
  await buildPage(product, entry, division);
  const others = ["embed/element", "race/main", "atlas/main", "memory/main"];
  await buildAlone(product, ...others.map((name) => `static/js/${name}.js`));
  for (const name of ["browser", "early"]) await buildClassic(product, `static/js/${name}.js`);
  await buildAlone(
    product,
    ...["page", "late", "dark", "embed", "race", "memory", "atlas", "labs"].map((name) => `static/css/${name}.css`),
  );
  const begins = division.first.map((path) => readFileSync(join(ROOT, path), "utf8")).join("\n") + firstMarkup();
  buildWords(product, "en", begins, said);
  buildWords(product, "zh", begins, {});
  for (const name of ["icon.svg", "late.html"]) copy(product, name);
  writeFileSync(join(out, "manifest.json"), JSON.stringify(product.manifest, null, 1));
}

await main(resolve(process.argv[2]), JSON.parse(await textOf(process.stdin)));
