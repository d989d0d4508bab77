/**
 * What happened to a run, beside its training: settings that were changed, and that it diverged. Pure.
 */

/** A drag changes one setting many times: within so large a share of the run, it is one event. */
const ONE_DRAG = 0.02;
/** More than a chart can show. */
const MOST = 100;

/**
 * @param {readonly RunEvent[]} events oldest first @param {RunEvent} event the newest
 * @returns {readonly RunEvent[]}
 */
export function happened(events, event) {
  const last = events.at(-1);
  const goesOn = last !== undefined && last.path === event.path && event.epoch - last.epoch <= event.epoch * ONE_DRAG;
  return [...(goesOn ? events.slice(0, -1) : events), event].slice(-MOST);
}

/**
 * The event that is nearest to an epoch, no further off than so many; null for none.
 *
 * @param {readonly RunEvent[]} events @param {number} epoch @param {(event: RunEvent) => boolean} near
 * @returns {RunEvent | null}
 */
export function eventAt(events, epoch, near) {
  return events
    .filter(near)
    .reduce(
      (/** @type {RunEvent | null} */ best, event) =>
        best && Math.abs(best.epoch - epoch) < Math.abs(event.epoch - epoch) ? best : event,
      null,
    );
}
