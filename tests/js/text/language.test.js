/** Every language says everything, with the same places to fill in, and nothing that no one asks for. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { chooseLanguage, LANGUAGES, Language } from "../../../static/js/text/language.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const read = (tag) => JSON.parse(readFileSync(`${ROOT}static/messages/${tag}.json`, "utf8"));
/** The page's own words; English of what the server says stands in its source. */
const ENGLISH = read("en").messages;

const sources = ["templates", "static"].flatMap((folder) =>
  readdirSync(ROOT + folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(html|js)$/.test(name))
    .map((name) => readFileSync(`${ROOT}${folder}/${name}`, "utf8")),
);

/** Keys that code puts together from parts. */
const COMPOSED = [
  /^(bar|race|memory)\.(reset|step)$/,
  /^atlas\.((show|network|activation|opens|value|across)(_(hint|fewest|solved|race|run|accuracy|parameters|multiply_adds))?)$/,
  /^atlas\.(caption_(fewest|solved)|answer(_easy)?_(beside|only))$/,
  /^(bar|network\.layer)[._](neuron|activation)(_hint)?$/,
  /^control\.\w+$/,
  /^dice\.(data|run)$/,
  /^race\.((budget|fresh|repeated|column|key|start|save)_\w+|shown|across|over)$/,
  /^memory\.(beta|data|decorrelate|erase|flip|hidden|k|rate|rule|side|stretch|units)(_hint)?$/,
  /^memory\.(data|erase|rule)_(digits|drawings|circles|cloud|moons|spirals|xor|none|bottom|right|hebb|modern|oja|pseudo_inverse|sanger)(_hint)?$/,
  /^memory\.(end_(pattern|negative|mixture)(_but)?|end_(elsewhere|nowhere)|unit_(on|off))$/,
  /^memory\.(machine|ready|playing)_(hopfield|boltzmann|hebb)$/,
  /^lab\.axis_(far|hopfield|boltzmann|dreams|hebb)$/,
  /^display\.(theme|palette|mode|auto|light|dark|blue_orange|purple_green|desk|present)$/,
  /^export\.(model|numpy|torch|data|history|picture)(_hint)?$/,
  /^group\./,
  /^help\./,
  /^lab\.(at_least|at_most|only|has|without|what_\w+)$/,
  /^inspector\.(link|reacts)_(up|down|both|none)$/,
  /^runs\.(head_(run|parameters|solved|best)(_hint)?|both|only_now|only_past|neither|losses|next_(lens|straight))$/,
  /^output\.(discrete|tests)$/,
  /^share\.(lock|part_\w+|link|iframe|element|reveal|quarto|poster|training|save|points|model)$/,
  /^csv\.((badge|role|kind|task|decimal|header|encoding|offer)(_[\w-]+)?|file|close|use)$/,
  /^lens\.((accuracy|r_squared)(_input)?|axis_[xy]|\w+_label)$/,
  /^forest\.(accuracy|r_squared)(_input)?$/,
];

/** Keys that the server sends: tests/repo/test_sentences.py knows them all. */
const SENT = /^(refused|advice|say|foreign|note|polling)\./;

test("the language asked for comes first, then the browser's, then English", () => {
  assert.equal(chooseLanguage("zh", ["en-GB"]), "zh");
  assert.equal(chooseLanguage(null, ["fr-FR", "zh-CN", "en"]), "zh");
  assert.equal(chooseLanguage("tlh", ["fr"]), "en");
});

test("a message is filled in, and one that is missing is an error", () => {
  const language = new Language("en", { "a.b": "{count} of {all}" }, {});
  assert.equal(language.say("a.b", { count: 2, all: 3 }), "2 of 3");
  assert.throws(() => language.say("a.c"), /no message "a.c" in language en/);
});

test("words go by their number", () => {
  const language = new Language("en", { "a.b": "{count} of {all} {all:row|rows} {count:has|have} a gap" }, {});
  assert.equal(language.say("a.b", { count: 1, all: "1,500" }), "1 of 1,500 rows has a gap");
  assert.equal(language.say("a.b", { count: "2", all: 1 }), "2 of 1 row have a gap");
});

test("the words of later panels are fetched once, and again where that has failed", async () => {
  const answers = [Promise.reject(new Error("no answer")), Promise.resolve({ messages: { "a.c": "late" } })];
  const language = new Language("en", { "a.b": "early" }, {}, () => answers.shift());
  await assert.rejects(language.complete(), /no answer/);
  assert.throws(() => language.say("a.c"));
  await Promise.all([language.complete(), language.complete()]);
  assert.deepEqual([language.say("a.b"), language.say("a.c")], ["early", "late"]);
});

test("the catalog's words are translated where there is a translation", () => {
  const language = new Language("zh", {}, { "neurons.linear": "线性" });
  assert.equal(language.translate("neurons.linear", "Linear"), "线性");
  assert.equal(language.translate("neurons.new", "New"), "New");
});

test("a sentence is the reader's language's own where it has one, of the first place that has any", async () => {
  const rest = async () => ({
    entries: { "knobs.degree.sentence": "次数" },
    sentences: { "knobs.pi_net.degree.sentence": "How many sums.", "neurons.new.sentence": "New." },
  });
  const language = new Language("zh", {}, {}, rest);
  assert.equal(language.describe(["neurons.new"]), "");
  assert.equal(language.describe(["neurons.new"], "With the catalog."), "With the catalog.");
  await language.complete();
  assert.equal(language.describe(["knobs.pi_net.degree", "knobs.degree"]), "次数");
  assert.equal(language.describe(["neurons.new"]), "New.");
});

test("a hint is said again when its words come, and after a failure, too", async () => {
  const answers = [Promise.reject(new Error("no answer")), Promise.resolve({ sentences: { "a.b.sentence": "late" } })];
  const language = new Language("en", {}, {}, () => answers.shift());
  const heard = [];
  language.hint("a.b")((words) => void heard.push(words));
  await assert.rejects(language.complete());
  assert.deepEqual(heard, [""]);
  await language.complete();
  assert.deepEqual(heard, ["", "late"]);
});

test("a message that is a hint is said when its words come", async () => {
  const language = new Language("en", { "a.here": "here" }, {}, async () => ({ messages: { "a.late": "late" } }));
  const heard = [];
  for (const key of ["a.here", "a.late"]) language.hintOf(key)((words) => void heard.push(words));
  assert.deepEqual(heard, ["here", ""]);
  await language.complete();
  assert.deepEqual(heard, ["here", "", "late"]);
});

test("a knob's choice is a word where no one has a better one", () => {
  const language = new Language("zh", {}, { "words.none": "无" });
  assert.deepEqual([language.word("none"), language.word("layer_norm")], ["无", "layer norm"]);
});

for (const tag of LANGUAGES) {
  const { messages, entries } = read(tag);

  const own = Object.entries(messages).filter(([key]) => key in ENGLISH || !SENT.test(key));

  test(`${tag} has the same words of the page as English, in the same order`, () => {
    assert.deepEqual(
      own.map(([key]) => key),
      Object.keys(ENGLISH),
    );
  });

  test(`${tag} fills in the same values as English`, () => {
    const places = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, text] of own) assert.deepEqual(places(text), places(ENGLISH[key]), key);
  });

  test(`${tag} leaves no text empty`, () => {
    for (const [key, text] of Object.entries({ ...messages, ...entries })) {
      // What stands between two sentences: a blank, and in Chinese nothing.
      assert.ok(text.trim() || key === "memory.joint", key);
    }
  });
}

test("every message is asked for somewhere", () => {
  const asked = (key) =>
    sources.some((text) => text.includes(`"${key}"`)) || COMPOSED.some((pattern) => pattern.test(key));
  assert.deepEqual(
    Object.keys(ENGLISH).filter((key) => !asked(key)),
    [],
  );
});

test("every message that is asked for by name exists", () => {
  const names = sources.flatMap((text) =>
    [...text.matchAll(/(?:\b(?:say|hintOf)\(|key: |data-(?:text|label|hint)=)"([a-z_.]+)"/g)].map(([, key]) => key),
  );
  assert.ok(names.length > 40);
  assert.deepEqual(
    names.filter((key) => !(key in ENGLISH)),
    [],
  );
});
