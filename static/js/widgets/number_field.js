/**
 * A field that a number is typed into. It is read when the reader is done with it (Enter, or on to something else): a
 * number half typed is another number.
 *
 * It keeps nothing: what is understood is said to `take`, and the field shows what it is shown. What is not understood
 * changes nothing; the field then shows the old number again, and the event `typed` tells the page why. How people write
 * numbers is text/number.js' matter, which is fetched with the first of them.
 */

import { on } from "./dom.js";

/**
 * @param {HTMLInputElement} input of text
 * @param {{ take: (value: number) => void, format: (value: number) => string, whole?: boolean, step?: number | (() => number),
 *   range?: () => [number, number] }} kind `step` is what the arrow keys add; beyond the `range` nothing is taken
 * @returns {(value: number | null) => void} shows a number, or none
 */
export function bindNumber(input, { take, format, whole = false, step = 0, range }) {
  /** @type {number | null} */
  let now = null;
  let typing = false;
  const text = () => (now === null ? "" : format(now));
  const settle = () => {
    typing = false;
    if (input.value !== text()) input.value = text();
  };
  const use = (/** @type {number} */ value) => {
    now = value;
    settle();
    tell(input, null);
    take(value);
  };
  on(input, "focus", () => input.select?.());
  on(input, "input", () => {
    typing = true;
  });
  on(input, "change", async () => {
    if (!typing || input.value.trim() === "" || input.value === text()) return settle();
    const found = await read(input.value, whole);
    if ("problem" in found) {
      settle();
      return tell(input, { key: found.problem, values: found.values });
    }
    const [low, high] = range?.() ?? [-Infinity, Infinity];
    if (found.value >= low && found.value <= high) return use(found.value);
    const values = { value: format(found.value), low: format(low), high: format(high) };
    settle();
    tell(input, { key: "number.range", values });
  });
  on(input, "keydown", (event) => {
    if (event.key === "Escape" && typing) {
      // Only what is typed is given up, not the panel around it.
      event.stopPropagation();
      event.preventDefault();
      settle();
    }
    const turns = { ArrowUp: 1, ArrowDown: -1 }[event.key] ?? 0;
    if (!turns || !step || now === null || typing) return;
    event.preventDefault();
    const [low, high] = range?.() ?? [-Infinity, Infinity];
    const next = Number((now + turns * (typeof step === "number" ? step : step())).toPrecision(12));
    if (next >= low && next <= high) use(next);
  });
  return (value) => {
    now = value;
    if (!typing) settle();
  };
}

/** @type {Promise<typeof import("../text/number.js")> | null} one for all fields: what is typed first is read first */
let reader = null;

/** @param {string} text @param {boolean} whole @returns {Promise<import("../text/number.js").Read>} */
async function read(text, whole) {
  try {
    reader ??= import("../text/number.js");
    return (await reader).readNumber(text, { whole });
  } catch (problem) {
    reader = null;
    return { problem: /** @type {any} */ ("page.no_part"), values: { reason: String(problem) } };
  }
}

/**
 * What the page has to say of what was typed; null once it is understood.
 *
 * @param {HTMLElement} input @param {{ key: string, values: Record<string, string> } | null} detail
 */
function tell(input, detail) {
  input.dispatchEvent(new CustomEvent("typed", { bubbles: true, detail }));
}
