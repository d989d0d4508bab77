/**
 * What is said of a race in words: in what its lanes differ, and in the status line what happens.
 */

import { formatCount } from "../text/format.js";
import { sayServer } from "../text/server_messages.js";
import { byTestId, find, setAttribute, setText } from "../widgets/dom.js";
import { epochOf } from "./state.js";

/** What a race is about; whatever else differs is to be minded. */
const MEANT = ["neuron", "activation", "layers"];

/** @param {RacePage} page @returns {(state: RaceState) => void} */
export function createSaid(page) {
  const footer = find(document, ".status");
  const [differences, status] = [byTestId("differences"), byTestId("status")];
  return (state) => {
    setText(differences, differencesOf(page, state));
    differences.classList.toggle(
      "minded",
      state.differences.some((key) => !MEANT.includes(key)),
    );
    setAttribute(footer, "data-tone", state.remark?.tone ?? "calm");
    setAttribute(footer, "data-playing", String(state.playing));
    setText(status, statusOf(page, state));
  };
}

/** @param {RacePage} page @param {RaceState} state */
export function differencesOf({ language }, { differences, lanes }) {
  if (lanes.length === 0) return "";
  if (differences.length === 0) return language.say("race.alike");
  const names = differences.map((key) => language.table[`race.key_${key}`] ?? key);
  const only = differences.every((key) => MEANT.includes(key));
  return language.say(only ? "race.differ" : "race.differ_more", { names: names.join(language.say("race.comma")) });
}

/** @param {RacePage} page @param {RaceState} state */
export function statusOf(page, state) {
  const { remark, connection, playing, lanes, target } = state;
  const { language } = page;
  const lined = lanes.length > 0;
  // Why it is not open may have been said by the server.
  const refused = remark?.tone === "warn" && connection === "waiting";
  if (connection !== "open" && !refused) return language.say(lined ? "status.reconnecting" : "status.connecting");
  if (remark) {
    const said = remark.said ? sayOfLane(page, remark.said) : "";
    return remark.key ? language.say(remark.key, { ...remark.values, sentence: said }) : said;
  }
  if (lined && target !== null && epochOf(state) < target) {
    return language.say("race.replaying", { epoch: formatCount(target) });
  }
  return language.say(lined ? (playing ? "race.playing" : "race.ready") : "status.connecting");
}

/**
 * What the server says, under the lane that it is about: "Lane B: Neuron: there is no ...".
 *
 * @param {RacePage} page @param {Said} said
 */
export function sayOfLane(page, said) {
  const [, lane, path] = /^(?:lanes\.)?([a-z])\.(.+)$/.exec(said.path ?? "") ?? [];
  if (!lane) return sayServer(page, said);
  const place = page.language.say("race.lane", { lane: lane.toUpperCase() });
  return page.language.say("refused.at", { place, sentence: sayServer(page, { ...said, path }) });
}
