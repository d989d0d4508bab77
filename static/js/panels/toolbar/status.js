/**
 * The status line: one sentence on what is happening, spoken by screen readers, and the run's two figures.
 */

import { formatCount } from "../../text/format.js";
import { sayServer } from "../../text/server_messages.js";
import { byTestId, find, make, on, setText } from "../../widgets/dom.js";

/** @type {Fields} what `sentenceOf` reads */
const SENTENCE_NEEDS = [
  "compared",
  "connection",
  "first",
  "good",
  "newest",
  "playing",
  "recovering",
  "remark",
  "until",
];

/**
 * What is worth saying now. A lost connection comes first, then what a reader must know, then what the run does.
 *
 * @param {State} state @returns {Sentence}
 */
export function sentenceOf({ compared, connection, recovering, remark, first, playing, until, newest, good }) {
  if (connection !== "open") {
    if (remark?.tone === "warn" && connection === "waiting") return remark;
    return good || recovering
      ? { tone: "warn", key: "status.reconnecting" }
      : { tone: "calm", key: "status.connecting" };
  }
  const { epoch = 0, remark: happened = null } = newest?.body ?? {};
  const solved = remark?.said?.key === "say.stopped_solved";
  if (remark && !(remark.until !== undefined && epoch > remark.until))
    return solved && compared ? { ...remark, all: [/** @type {Said} */ (remark.said), compared] } : remark;
  if (recovering) return { tone: "calm", key: "status.recovering" };
  if (first && !happened && playing) return { tone: "calm", key: "status.first", said: first };
  // What went wrong comes with what to try; that all is well, the comparison says, too.
  if (compared && !happened?.remedies?.length) return { tone: "calm", said: compared };
  if (happened && epoch > 0) return { tone: "calm", said: happened };
  if (playing && until) return untilWhen(until);
  if (playing) return { tone: "calm", key: "status.playing" };
  return epoch === 0
    ? { tone: "calm", key: "status.ready" }
    : { tone: "calm", key: "status.paused", values: { epoch: formatCount(epoch) } };
}

/** That it trains, and how far. @param {number | string} until @returns {Sentence} */
function untilWhen(until) {
  if (typeof until === "number") return { tone: "calm", key: "until.training", values: { epoch: formatCount(until) } };
  return { tone: "calm", key: until === "solved" ? "until.till_solved" : "until.till_plateau" };
}

/**
 * A sentence in words: the page's own, the server's, or the server's within one of the page's.
 *
 * @param {Pick<Page, "language" | "catalog">} page @param {Sentence} sentence
 */
export function wordsOf(page, { key, values, said, all = said && [said] }) {
  const sentence = all?.map((each) => sayServer(page, each)).join(" ");
  if (key) return page.language.say(key, sentence ? { sentence, ...values } : values);
  return sentence ?? "";
}

/**
 * Whether the words for it are still to be fetched: the page begins with those that everybody reads.
 *
 * @param {Language} language @param {Sentence} sentence
 */
export function waitsForWords({ table, whole }, { key, said, all = said && [said] }) {
  const keys = [key, ...(all ?? []).map((each) => each.key)];
  // A first visit's own sentence has no words of the server's: its key is empty.
  return !whole && keys.some((each) => each && table[each] === undefined);
}

/**
 * The sentence in words, fetched first where they are not here yet; in the server's own where they cannot be had.
 *
 * @param {Pick<Page, "language" | "catalog">} page @param {Sentence} sentence
 */
export async function fetchWordsOf(page, sentence) {
  if (waitsForWords(page.language, sentence)) await page.language.complete().catch(() => {});
  return wordsOf(page, sentence);
}

/** @param {Page} page @returns {Panel} */
export function createStatus(page) {
  const { language } = page;
  const line = find(document, ".status");
  const sentence = byTestId("status");
  const parameters = find(line, ".status-parameters");
  const rate = find(line, ".status-rate");
  const remedies = createRemedies(page, find(line, ".remedies"));
  return {
    needs: { status: [...SENTENCE_NEEDS, "lags", "layout", "parameters", "speed"] },
    show: (state) => {
      const now = sentenceOf(state);
      if (waitsForWords(language, now)) void language.complete().then(page.redraw, page.redraw);
      else setText(sentence, wordsOf(page, now));
      remedies(now.said);
      if (now.key === "status.busy" && !state.good)
        void import("./full_house.js").then(({ openFullHouse }) => openFullHouse(page, now.said)).catch(() => {});
      line.dataset.tone = now.tone;
      line.classList.toggle("solved", state.newest?.body.remark?.key === "say.right");
      line.dataset.playing = String(state.playing && state.connection === "open");
      const count = formatCount(state.parameters);
      setText(parameters, state.layout ? language.say("status.parameters", { count }) : "");
      const { epochs_per_second: speed = 0, load = 0 } = state.newest?.body ?? {};
      const lags = state.lags && state.speed !== null;
      const values = { rate: formatCount(speed), wanted: formatCount(state.speed ?? 0) };
      setText(rate, speed && state.playing ? language.say(lags ? "status.rate_of" : "status.rate", values) : "");
      // Said beside the figure that it is about, and in the calm: it takes no word from the run's own story.
      rate.title = lags
        ? language.say("status.slow", { speed: values.wanted })
        : language.say("status.load", { load: Math.round(load * 100) });
    },
  };
}

/**
 * A button for each thing to try. They are made once for a sentence: a press must not miss one that is made anew.
 *
 * @param {Page} page @param {HTMLElement} box
 */
function createRemedies(page, box) {
  let shown = "";
  return (/** @type {Said | undefined} */ said) => {
    const now = JSON.stringify([said?.remedies, said?.type]);
    if (now === shown) return;
    shown = now;
    const buttons = (said?.remedies ?? []).map((remedy) => {
      const button = make("button", { testid: "remedy", text: sayServer(page, remedy) });
      on(button, "click", () => page.actions.takeRemedy(remedy, said?.type === "diverged"));
      return button;
    });
    box.replaceChildren(...buttons);
  };
}
