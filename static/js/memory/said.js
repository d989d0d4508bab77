/**
 * What is said of a memory in words: above it what it is shown and what has become of that, in the status line the rest.
 */

import { formatCount, formatFixed, formatPercent } from "../text/format.js";
import { sayServer } from "../text/server_messages.js";
import { byTestId, find, setAttribute, setText } from "../widgets/dom.js";

/** @param {MemoryPage} page @returns {(state: MemoryState) => void} */
export function createSaid(page) {
  const footer = find(document, ".status");
  const [lead, status] = [byTestId("lead"), byTestId("status")];
  return (state) => {
    setText(lead, leadOf(page, state));
    lead.dataset.end = state.end?.kind ?? "";
    setAttribute(footer, "data-tone", state.remark?.tone ?? "calm");
    setAttribute(footer, "data-playing", String(state.playing));
    setText(status, statusOf(page, state));
  };
}

/** @param {Pick<MemoryPage, "language">} page @param {MemoryState} state */
export function leadOf({ language }, state) {
  const { end, step, epoch, settings, start, patterns, playing } = state;
  if (state.machine === "boltzmann") return sayBoltzmann(language, state);
  if (state.machine === "hebb") return sayHebb(language, state);
  if (state.machine === null) return "";
  const facts = { sweeps: formatCount(Math.max(1, epoch)) };
  if (end) {
    const named = end.of.map((place) => String(place + 1)).join(language.say("race.comma"));
    const how = end.kind === "elsewhere" && end.of.length === 0 ? "nowhere" : end.kind;
    const key = end.wrong > 0 ? `memory.end_${how}_but` : `memory.end_${how}`;
    return language.say(key, { ...facts, patterns: named, wrong: end.wrong });
  }
  if (step > 0 || playing) return language.say("memory.falling");
  const shown = start !== null || patterns.length === 0 ? "memory.shows_drawn" : "memory.shows";
  const damage = [
    Number(settings.flip) > 0 && language.say("memory.flipped", { share: Number(settings.flip) }),
    settings.erase !== "none" && language.say("memory.erased"),
  ].filter(Boolean);
  const first = language.say(shown, { pattern: Number(settings.cue) });
  return [first, ...damage, language.say("memory.press")].join(language.say("memory.joint"));
}

/** @param {Language} language @param {MemoryState} state */
function sayBoltzmann(language, { facts, records, epoch }) {
  if (facts.dreaming) return language.say("memory.dreams");
  const [, error = 0, free = 0, damaged = 0] = records[records.length - 1] ?? [];
  if (epoch === 0) return language.say("memory.learns_first");
  return language.say("memory.learns", {
    epochs: formatCount(epoch),
    share: formatPercent(error),
    gap: formatFixed(damaged - free, 1),
  });
}

/** @param {Language} language @param {MemoryState} state */
function sayHebb(language, { facts, settings, step }) {
  if (facts.ran_away) return language.say("memory.away");
  if (step === 0) return language.say("memory.points_first");
  if (facts.found === false) return language.say("memory.nothing_to_find");
  const first = { angle: formatFixed(facts.angles?.[0], 1), length: formatFixed(facts.lengths?.[0], 2) };
  return language.say(settings.rule === "hebb" ? "memory.grows" : "memory.turns", first);
}

/** @param {Pick<MemoryPage, "catalog" | "language">} page @param {MemoryState} state */
export function statusOf(page, { remark, connection, machine, playing }) {
  const { language } = page;
  // Why it is not open may have been said by the server.
  const refused = remark?.tone === "warn" && connection === "waiting";
  if (connection !== "open" && !refused) return language.say(machine ? "status.reconnecting" : "status.connecting");
  if (remark) {
    const said = remark.said ? sayServer(page, remark.said) : "";
    return remark.key ? language.say(remark.key, { ...remark.values, sentence: said }) : said;
  }
  return language.say(
    machine ? (playing ? `memory.playing_${machine}` : `memory.ready_${machine}`) : "status.connecting",
  );
}
