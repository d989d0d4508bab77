/**
 * Which key does what, and when it must be left to the control that has the focus.
 */

/** @typedef {"toggle" | "step" | "reset" | "toggleLens" | "undo" | "redo" | "newPoints" | "newWeights" | "help"} Shortcut */

/** @typedef {{ key: string, modified: boolean, command?: boolean, target: { tag: string, type: string, arrows: boolean } }} Press */

/** Small or capital. @type {Record<string, Shortcut>} */
const KEYS = {
  " ": "toggle",
  arrowright: "step",
  r: "reset",
  l: "toggleLens",
  n: "newPoints",
  w: "newWeights",
  "?": "help",
};

/** With Ctrl or, on a Mac, ⌘; with Shift a letter is a capital. @type {Record<string, Shortcut>} */
const COMMANDS = { z: "undo", Z: "redo", y: "redo" };

/** Inputs that take no text: there only some keys are their own. */
const POINTED = ["range", "checkbox", "radio", "button"];

/** @param {Press} press @returns {Shortcut | null} */
export function shortcutFor({ key, modified, command, target }) {
  // A text has an undo of its own.
  if (command && !takesText(target)) return COMMANDS[key] ?? null;
  const shortcut = KEYS[key.toLowerCase()];
  if (!shortcut || modified || ownsKey(target, key)) return null;
  return shortcut;
}

/** @param {Press["target"]} target @param {string} key */
function ownsKey({ tag, type, arrows }, key) {
  if (tag === "SELECT" || takesText({ tag, type })) return true;
  if (key === " ") return ["BUTTON", "A", "SUMMARY"].includes(tag) || type === "checkbox" || type === "radio";
  return key === "ArrowRight" && (arrows || type === "range" || type === "radio");
}

/** @param {{ tag: string, type: string }} target */
function takesText({ tag, type }) {
  return tag === "TEXTAREA" || (tag === "INPUT" && !POINTED.includes(type));
}
