/**
 * The page in another language, as soon as it takes nothing from the reader's hands. Fetched when somebody asks for one.
 */

/** What a reader is in the middle of: a press, a dialog. */
const HELD = ":active, dialog[open]";
const FIELD = "input:not([type=range], [type=checkbox]), textarea, select";

/**
 * The page with other words, as it came: the panels that `remake` makes find in it what they look for. At once, or once the
 * reader is in the middle of nothing.
 *
 * @param {HTMLElement} pristine the body before any panel was made
 * @param {() => boolean} wanted whether readers still want it
 * @param {() => void} remake fills in the words, makes all panels and draws them
 */
export function changeWords(pristine, wanted, remake) {
  /** A field whose value is taken is no longer being filled in. @type {EventTarget | null} */
  let taken = null;
  const take = (/** @type {Event} */ { target }) => {
    taken = target;
  };
  document.addEventListener("change", take, true);
  const look = () => {
    if (wanted() && isHeld(taken)) return void requestAnimationFrame(look);
    document.removeEventListener("change", take, true);
    if (wanted()) change(pristine, remake);
  };
  look();
}

/** @param {HTMLElement} pristine @param {() => void} remake */
function change(pristine, remake) {
  const { scrollX, scrollY } = window;
  const focused = testIdOf(document.activeElement);
  const tabs = [...document.querySelectorAll("[role=tab][aria-selected=true]")].map(testIdOf);
  const drawers = openDrawers().map((drawer) => testIdOf(drawer.querySelector("summary")));
  const switches = [...document.querySelectorAll("[aria-pressed]")].map((each) => [testIdOf(each), each.ariaPressed]);
  document.body.replaceChildren(...pristine.cloneNode(true).childNodes);
  document.body.className = pristine.className;
  for (const [name, pressed] of switches) partOf(name)?.setAttribute("aria-pressed", pressed ?? "");
  remake();
  for (const name of [...tabs, ...drawers]) partOf(name)?.click();
  window.scrollTo(scrollX, scrollY);
  partOf(focused)?.focus({ preventScroll: true });
}

/** @param {EventTarget | null} taken */
function isHeld(taken) {
  const { activeElement: focused } = document;
  const fills = focused !== taken && focused?.matches(FIELD);
  return fills || document.querySelector(HELD) !== null || openDrawers().some((drawer) => !isAwaited(drawer));
}

function openDrawers() {
  return [...document.querySelectorAll("details.drawer[open]")];
}

/** Whether what is in a drawer is still on its way: it is as good in another language. @param {Element} drawer */
function isAwaited(drawer) {
  return drawer.querySelector(".drawer-panel:is(:empty, [data-late])") !== null;
}

/** @param {Element | null} element */
function testIdOf(element) {
  return element instanceof HTMLElement ? element.dataset.testid : undefined;
}

/** @param {string | null | undefined} testId @returns {HTMLElement | null} */
function partOf(testId) {
  return document.querySelector(`[data-testid="${testId}"]`);
}
