/**
 * Small DOM steps that every panel takes: make an element, find one, fill in the page's words.
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag a button is one that sends no form
 * @param {{ class?: string, testid?: string, text?: string, title?: string, label?: string, type?: string, role?: string,
 *   help?: string }} [traits] `help` names the message help.* that explains it
 * @param {...(Node | string)} children
 */
export function make(tag, traits = {}, ...children) {
  const element = document.createElement(tag);
  if (traits.class) element.className = traits.class;
  if (traits.testid) element.dataset.testid = traits.testid;
  if (traits.text !== undefined) element.textContent = traits.text;
  if (traits.title) element.title = traits.title;
  if (traits.label) element.setAttribute("aria-label", traits.label);
  if (traits.role) element.setAttribute("role", traits.role);
  if (traits.help) element.dataset.help = traits.help;
  const type = traits.type ?? (tag === "button" && tag);
  if (type) element.setAttribute("type", type);
  element.append(...children);
  return element;
}

/**
 * @template {HTMLElement} [E=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => E} [Type]
 * @returns {E}
 */
export function find(root, selector, Type = /** @type {any} */ (HTMLElement)) {
  const element = root.querySelector(selector);
  if (!(element instanceof Type)) throw new Error(`the page has no ${Type.name} at "${selector}"`);
  return element;
}

/**
 * The one element of the page with this test id (data-testid).
 *
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} name
 * @param {new () => E} [Type]
 */
export function byTestId(name, Type) {
  return find(document, `[data-testid=${name}]`, Type);
}

/**
 * Listens; a name that the page can be served with in one letter, a hundred times.
 *
 * @template {keyof HTMLElementEventMap} Type
 * @param {EventTarget} target
 * @param {Type} type
 * @param {(event: HTMLElementEventMap[Type]) => void} act
 * @param {AddEventListenerOptions} [options]
 */
export function on(target, type, act, options) {
  target.addEventListener(type, /** @type {EventListener} */ (act), options);
}

/**
 * Writes text only where it differs: equal text set again would still make a screen reader speak and a layout run.
 *
 * @param {Element} element @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} name @param {string} value */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * Fills in the template's words: `data-text`, `data-label` (for assistive technology) and `data-hint` (a tooltip) name
 * messages. Hints are filled in when they are here. What stands within `data-late` waits for the panel it belongs to.
 *
 * @param {ParentNode} root @param {Language} language
 */
export function fillWords(root, language) {
  /** @type {(name: string, fill: (element: Element, key: string) => void) => void} */
  const fillEach = (name, fill) => {
    const own = root instanceof HTMLElement && root.getAttribute(name) !== null ? [root] : [];
    for (const element of [...own, ...root.querySelectorAll(`[${name}]`)]) {
      if (!element.closest("[data-late]")) fill(element, element.getAttribute(name) ?? "");
    }
  };
  fillEach("data-text", (element, key) => {
    element.textContent = language.say(key);
  });
  fillEach("data-label", (element, key) => element.setAttribute("aria-label", language.say(key)));
  fillEach("data-hint", (element, key) =>
    fillHint(language.hintOf(key), (words) => setAttribute(element, "title", words)),
  );
}

/** The page in a language. @param {Language} language @param {string[]} brand the message that is its own name, if it has one */
export function speak(language, ...brand) {
  document.documentElement.lang = language.tag === "zh" ? "zh-Hans" : language.tag;
  document.title = [...brand, "page.title"].map((key) => language.say(key)).join(" · ");
  fillWords(document, language);
}

/**
 * @param {Hint | undefined} hint
 * @param {(words: string) => void} fill is given "" where they are not here yet, and then called again
 */
export function fillHint(hint, fill) {
  if (typeof hint === "function") hint(fill);
  else fill(hint ?? "");
}

/**
 * Fills in what waited for its panel, and lets it be seen.
 *
 * @param {HTMLElement} element @param {Language} language
 */
export function fillLateWords(element, language) {
  element.removeAttribute("data-late");
  fillWords(element, language);
}
