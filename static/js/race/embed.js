/**
 * The race in somebody else's page: what the frame of a run does (embed/frame.js), for a race.
 *
 * Its facts are those of every lane. Not here: which parts are shown (page/visibility.js).
 */

import { joinMachineHost } from "../page/machine_host.js";

import { epochOf, placesOf } from "./state.js";

/**
 * @param {Pick<RacePage, "store" | "actions" | "catalog" | "looks">} page @param {() => void} begin connects
 * @param {(sentence: Sentence) => string} words
 */
export function joinRaceHost(page, begin, words) {
  return joinMachineHost(page, "race", followed, factsOf, begin, words);
}

/** @param {RaceState} state */
function followed(state) {
  const { playing, remark, lanes } = state;
  // Ready is who has shown every lane.
  const shown = lanes.length > 0 && lanes.every(({ frame }) => frame !== null);
  const link = lanes.length > 0 ? state.link : undefined;
  return { playing, remark, epoch: epochOf(state), shown, history: lanes[0]?.history ?? [], link };
}

/** @param {RaceState} state */
export function factsOf(state) {
  const places = placesOf(state);
  return {
    lanes: state.lanes.map(({ lane, epoch, parameters, solved, diverged, frame }) => ({
      lane,
      epoch,
      parameters,
      loss: frame?.body.loss ?? null,
      accuracy: frame?.body.accuracy ?? null,
      solved,
      diverged: diverged !== null,
      place: places?.[lane] ?? null,
    })),
    over: places !== null,
  };
}
