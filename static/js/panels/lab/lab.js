/**
 * A lab beside the network, where a boundary can be sketched on the output; a lab beside the memory has no need of that.
 */

import { Guide } from "./guide.js";
import { Sketch } from "./sketch.js";

export class Lab extends Guide {
  /** @param {Page} page @param {Dispatch} messages @param {ConstructorParameters<typeof Guide>[2]} socket @param {(element: HTMLElement) => void} place */
  constructor(page, messages, socket, place) {
    super(page, messages, socket, place, new Sketch(page));
  }
}
