/**
 * Which parts of the page are shown, as a style sheet: what `hide` names is not; a frame leaves out more where it is
 * narrow, but for what `show` names.
 *
 * The names, and the width from which a frame shows each, are the server's (app/links/page_parts.py). Templates carry them as
 * `data-part`; controls that panels make from the catalog go by their test ids. Pure: text in, text out.
 */

/** Controls that are not called as their part is. */
const CONTROLS = /** @type {Record<string, string>} */ ({
  neuron: "^=neuron-",
  activation: "^=activation-",
  rate: "=learning-rate",
  penalty: "=regularisation",
  penalty_rate: "=regularisation-rate",
  train: "=train-share",
});

/** Parts that are no control and stand in no template. */
const SELECTORS = /** @type {Record<string, string>} */ ({
  layers: ".depth,.family,.foot>*",
  more: ".more,.head .drawer,.output-neuron .drawer",
  features: ".feature",
  // What there is to mend is told all the same.
  status: ".status:not([data-tone=warn])",
  data_knobs: ".data-knobs>:last-child",
});

/**
 * @param {{ hide?: string, show?: string }} query of the address, with commas between
 * @param {Framed} framed what a frame shows of the page; empty where the page is no frame
 */
export function visibilitySheet({ hide = "", show = "" }, framed) {
  const [hidden, shown] = [namesIn(hide), namesIn(show)];
  const within = (/** @type {string} */ name) => framed[name]?.[1] ?? "";
  const above = (/** @type {string} */ name) => {
    const names = [];
    for (let next = within(name); next; next = within(next)) names.push(next);
    return names;
  };
  // What holds a part that is asked for is needed as well.
  const needed = new Set(shown.flatMap((name) => [name, ...above(name)]));
  const rules = hidden.map((name) => (name === "more" ? drawerRule(hidden) : ruleOf(name)));
  for (const [name, [width]] of Object.entries(framed)) {
    const whole = width !== null && above(name).some((one) => shown.includes(one));
    if (width === 0 || whole || needed.has(name)) continue;
    rules.push(width === null ? ruleOf(name) : `@media (width<${width}px){${ruleOf(name)}}`);
  }
  return rules.join("\n");
}

/** @param {string} list */
function namesIn(list) {
  return list.split(",").filter((name) => /^\w+$/.test(name));
}

/**
 * Of a hidden drawer: what had no room in the bar is found there all the same (widgets/spill.js), and nothing else, unless
 * that is hidden as well.
 *
 * @param {string[]} hidden
 */
function drawerRule(hidden) {
  const shown = `[data-spilt]:not(${hidden.map((name) => `[data-spilt${controlOf(name)}]`).join()})`;
  const gone = "{display:none!important}";
  return `.more:not(:has(${shown})),.more>.drawer-panel>:not([data-spilt]),.head .drawer,.output-neuron .drawer${gone}`;
}

/** How the test id of a part's control is told from others. @param {string} name */
function controlOf(name) {
  return CONTROLS[name] ?? `=${name.replaceAll("_", "-")}`;
}

/** What a part is in the page, as a selector. @param {string} name */
export function selectorOf(name) {
  const control = controlOf(name);
  return SELECTORS[name] ?? `[data-part~=${name}],.field:has(>[data-testid${control}])`;
}

/** @param {string} name */
function ruleOf(name) {
  const gone = "{display:none!important}";
  // A feature that the network is told of stays to be seen, but is no switch.
  const feature = name.startsWith("feature_") ? `[data-testid=${name.replace("_", "-")}]` : SELECTORS[name];
  if (name.startsWith("feature")) return `${feature}{pointer-events:none}${feature}[aria-pressed=false]${gone}`;
  return selectorOf(name) + gone;
}
