/**
 * The one table of what a message of the server's does: by its type, everyone it concerns, in the order in which they
 * came. A type that nobody knows, as of a newer server, does nothing.
 */

/** @typedef {(message: any, turn: Turn) => boolean | void} Handler a handler that says false has dealt with it for all */

export class Dispatch {
  constructor() {
    /** @type {Map<string, Handler[]>} */
    this.table = new Map();
  }

  /** @param {string} type @param {Handler} handler */
  on(type, handler) {
    this.table.set(type, [...(this.table.get(type) ?? []), handler]);
  }

  /** @param {{ type: string }} message @param {Turn} turn */
  dispatch(message, turn) {
    for (const handle of this.table.get(message.type) ?? []) {
      if (handle(message, turn) === false) return;
    }
  }
}
