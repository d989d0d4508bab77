/**
 * What every reader sees, though nobody at once: it comes after the first picture, in one file.
 */

export { unpack } from "../../model/thumbnails.js";
export { LossChart } from "./loss_chart.js";
export { Plane } from "./plane.js";
