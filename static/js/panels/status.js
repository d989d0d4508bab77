/**
 * The status line: one sentence on what is happening, spoken by screen readers, and the run's two figures.
 */

import { formatCount } from "../format.js";
import { find, setText } from "./elements.js";

/**
 * What is worth saying now. A lost connection comes first, then what a reader must know, then what the run does.
 *
 * @param {State} state @returns {Sentence}
 */
export function sentenceOf({ link, recovering, remark, playing, newest, good }) {
  if (link !== "open") {
    if (remark?.tone === "warn" && link === "waiting") return remark;
    return good || recovering
      ? { tone: "warn", key: "status.reconnecting" }
      : { tone: "calm", key: "status.connecting" };
  }
  if (remark) return remark;
  if (recovering) return { tone: "calm", key: "status.recovering" };
  if (playing) return { tone: "calm", key: "status.playing" };
  const epoch = newest?.body.epoch ?? 0;
  return epoch === 0
    ? { tone: "calm", key: "status.ready" }
    : { tone: "calm", key: "status.paused", values: { epoch } };
}

/** @param {Page} page @returns {Show} */
export function createStatus({ language }) {
  const line = find(document, ".status");
  const sentence = find(line, "[data-testid=status]");
  const parameters = find(line, ".status-parameters");
  const rate = find(line, ".status-rate");
  return (state) => {
    const { tone, key, values, text } = sentenceOf(state);
    setText(sentence, text ?? language.say(key ?? "", values));
    line.dataset.tone = tone;
    line.dataset.playing = String(state.playing && state.link === "open");
    const count = formatCount(state.parameters, language.tag);
    setText(parameters, state.layout ? language.say("status.parameters", { count }) : "");
    const speed = state.newest?.body.epochs_per_second;
    setText(
      rate,
      speed && state.playing ? language.say("status.rate", { rate: formatCount(speed, language.tag) }) : "",
    );
  };
}
