/**
 * The memory in somebody else's page: what the frame of a run does, for a memory.
 */

import { joinMachineHost } from "../page/machine_host.js";

/**
 * @param {Pick<MemoryPage, "store" | "actions" | "catalog" | "looks">} page @param {() => void} begin connects
 * @param {(sentence: Sentence) => string} words
 */
export function joinMemoryHost(page, begin, words) {
  return joinMachineHost(page, "memory", followed, factsOf, begin, words);
}

/** @param {MemoryState} state */
function followed({ playing, remark, epoch, machine, units, energies, link }) {
  return { playing, remark, epoch, shown: units.length > 0, history: energies, link: machine ? link : undefined };
}

/** What is known of it, for a program. @param {MemoryState} state */
export function factsOf({ machine, end, energies, overlaps }) {
  const energy = energies.length > 0 ? energies[energies.length - 1] : null;
  return { machine, energy, overlaps, end, over: end !== null };
}
