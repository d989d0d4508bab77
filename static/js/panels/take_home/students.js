/**
 * What students see: the page's parts as ticks, one lock for all that changes the run, and a look at what they will get.
 *
 * It makes the `hide=` of the link that is shared, which can be written by hand as well (docs/reference/links.md): what stands
 * there and has no tick is kept. Not here: what a part is (app/links/page_parts.py), nor the rest of the link (share.js).
 */

import { cut } from "../../text/link.js";
import { find, make, on } from "../../widgets/dom.js";

/** Each tick and the parts that it is for; `true` where a student could change the run with it. */
const PARTS = /** @type {const} */ ([
  ["neuron", ["neuron"], true],
  ["activation", ["activation"], true],
  ["rate", ["rate"], true],
  ["optimizer", ["optimizer"], true],
  ["penalty", ["penalty", "penalty_rate"], true],
  ["more", ["batch", "more"], true],
  ["datasets", ["datasets"], true],
  ["own", ["own", "new_points"], true],
  ["knobs", ["count", "noise", "label_noise", "train", "data_knobs"], true],
  ["layers", ["layers", "new_weights"], true],
  ["features", ["features"], true],
  ["inspector", ["inspector"], true],
  ["output", ["output"], true],
  ["formula", ["formula"], false],
  ["lens", ["lens"], false],
  ["chart", ["chart"], false],
  ["numbers", ["numbers"], false],
  ["status", ["status"], false],
  ["share", ["share", "export"], false],
]);

/** Ticks that leave nothing of the data column, which then goes as a whole. */
const DATA = ["datasets", "own", "knobs"];

/**
 * A link with other parts hidden than it says.
 *
 * @param {string} link a whole address @param {readonly string[]} names
 */
export function withHidden(link, names) {
  const [address, behind] = cut(link);
  const [place, query = ""] = address.split("?");
  const others = query.split("&").filter((pair) => pair && !pair.startsWith("hide="));
  const pairs = names.length > 0 ? [...others, `hide=${names.join(",")}`] : others;
  return (pairs.length > 0 ? `${place}?${pairs.join("&")}` : place) + behind;
}

/** The parts that a link hides. @param {string} link */
export function hiddenBy(link) {
  return (new URL(link).searchParams.get("hide") ?? "").split(",").filter(Boolean);
}

/**
 * @param {Pick<Page, "language">} page
 * @param {() => void} changed
 */
export function createStudents({ language }, changed) {
  const ticks = PARTS.map(([name, parts, changes]) => {
    const input = make("input", { type: "checkbox", testid: `students-${name}` });
    on(input, "change", changed);
    return { input, name, parts: /** @type {readonly string[]} */ (parts), changes };
  });
  const lock = make("input", { type: "checkbox", testid: "students-lock" });
  const locked = () => ticks.every(({ input, changes }) => !changes || !input.checked);
  on(lock, "change", () => {
    for (const { input, changes } of ticks) if (changes) input.checked = !lock.checked;
    changed();
  });
  const preview = make("a", {
    class: "small-button",
    testid: "students-preview",
    text: language.say("share.preview"),
  });
  preview.target = "_blank";
  const row = (/** @type {HTMLElement} */ input, /** @type {string} */ key) =>
    make("label", { class: "field switch" }, input, make("span", { text: language.say(`share.${key}`) }));
  const element = make(
    "details",
    { class: "students", testid: "students" },
    make("summary", { text: language.say("share.students") }),
    make("div", { class: "students-head" }, row(lock, "lock"), preview),
    make("div", { class: "students-parts" }, ...ticks.map(({ input, name }) => row(input, `part_${name}`))),
  );
  /** @type {readonly string[]} */
  let others = [];
  return {
    element,
    /** Shows what a link says. @param {string} link */
    show: (link) => {
      const hidden = hiddenBy(link);
      for (const { input, name, parts } of ticks) {
        const gone = DATA.includes(name) && hidden.includes("data");
        input.checked = !gone && !parts.every((part) => hidden.includes(part));
      }
      others = hidden.filter((part) => part !== "data" && !ticks.some(({ parts }) => parts.includes(part)));
      lock.checked = locked();
    },
    /** The link as the ticks have it. @param {string} link */
    apply: (link) => {
      lock.checked = locked();
      const gone = ticks.filter(({ input }) => !input.checked);
      const column = DATA.every((name) => gone.some((tick) => tick.name === name));
      const own = gone.filter(({ name }) => !column || !DATA.includes(name)).flatMap(({ parts }) => parts);
      const made = withHidden(link, [...others, ...(column ? ["data"] : []), ...own]);
      find(element, "a").setAttribute("href", made);
      return made;
    },
  };
}
