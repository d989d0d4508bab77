/**
 * A race on the wire: what every machine beside the session does (live/machine_socket.js), and repetitions.
 */

import { MachineSocket } from "../live/machine_socket.js";

/** @extends {MachineSocket<WantedRace>} */
export class RaceSocket extends MachineSocket {
  /**
   * @param {string} address
   * @param {import("../live/machine_socket.js").MachineListener & { repetitions: (shown: LaneRuns) => void }} listener
   * @param {Environment} environment
   * @param {WantedRace} first @param {WantedRace} usual what is lined up where the first one is refused
   */
  constructor(address, listener, environment, first, usual) {
    /** @param {import("../live/frames.js").BinaryMessage} message */
    const other = ({ body, arrays }) => listener.repetitions({ ...body, arrays });
    super(address, { command: "race", opened: "lined_up" }, { ...listener, other }, environment, first, usual);
  }
}
