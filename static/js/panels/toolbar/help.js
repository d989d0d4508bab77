/**
 * The help mode: while it is on, whatever is pointed at, tapped or focused explains itself, and nothing else happens.
 *
 * What is explained has `data-help` (the message help.*), is a control that has words of its own (control.*), or has a
 * title; the nearest around the place counts. Nothing blocks the way: Escape, the button, or leaving the mode off.
 */

import { byTestId, make, setText } from "../../widgets/dom.js";

const BUBBLE_GAP = 8;

/** Controls that panels make of the catalog, by their test ids. Their titles tell of what is chosen; these, of the control. */
export const CONTROLS = [
  ...["speed", "activation-all", "learning-rate", "optimizer", "regularisation", "regularisation-rate"],
  ...["batch", "count", "noise", "label-noise", "train-share"],
];

/** @param {Pick<Page, "language" | "signal">} page @param {boolean} on from the start */
export function createHelp({ language, signal }, on) {
  const root = document.documentElement;
  const button = byTestId("help");
  const bubble = make("p", { class: "bubble", role: "status", testid: "bubble" });
  bubble.hidden = true;
  document.body.append(bubble);
  /** @type {HTMLElement | null} */
  let shown = null;
  const explain = (/** @type {HTMLElement | null} */ element) => {
    if (element === shown) return;
    shown?.classList.remove("explained");
    shown = element;
    bubble.hidden = !element;
    if (!element) return;
    element.classList.add("explained");
    const { help } = element.dataset;
    const control = controlIn(element);
    const key = help ? `help.${help}` : control && `control.${control.replaceAll("-", "_")}`;
    setText(bubble, key ? language.say(key) : element.title);
    const { offsetWidth, offsetHeight } = bubble;
    const place = placeBubble(element.getBoundingClientRect(), { width: offsetWidth, height: offsetHeight }, root);
    Object.assign(bubble.style, { left: `${place.x}px`, top: `${place.y}px` });
  };
  const turn = (/** @type {boolean} */ helps) => {
    explain(null);
    root.toggleAttribute("data-helping", helps);
    button.setAttribute("aria-pressed", String(helps));
    if (helps) explain(button);
  };
  const helping = () => root.hasAttribute("data-helping");
  const point = (/** @type {Event} */ { target }) => {
    if (helping()) explain(explained(/** @type {Element} */ (target)));
  };
  const block = (/** @type {Event} */ event) => {
    if (!helping() || button.contains(/** @type {Node} */ (event.target))) return;
    // A key's click is meant: by keyboard, focus explains and keys still work.
    if (event instanceof PointerEvent && event.type === "click" && event.pointerType === "") return;
    event.preventDefault();
    event.stopPropagation();
    point(event);
  };
  button.addEventListener("click", () => turn(!helping()));
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, point, { signal });
  for (const kind of ["pointerdown", "mousedown", "click"]) {
    document.addEventListener(kind, block, { capture: true, signal });
  }
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !helping()) return;
    event.stopPropagation();
    turn(false);
  };
  document.addEventListener("keydown", leave, { capture: true, signal });
  turn(on);
  // It is fetched when first asked for: meanwhile a reader at the keyboard may have gone on.
  if (on) explain(explained(document.activeElement ?? button) ?? button);
}

/** @param {Element} target @returns {HTMLElement | null} the nearest around it that can explain itself */
function explained(target) {
  const nearest = /** @type {HTMLElement | null} */ (target.closest("[data-help], [title]:not([title=''])"));
  const field = /** @type {HTMLElement | null} */ (target.closest(".field"));
  const inside = nearest !== field && nearest?.dataset.help && field?.contains(nearest);
  return field && controlIn(field) && !inside ? field : nearest;
}

/** The name of the control that a field is of, if it has words of its own. @param {Element} field */
function controlIn(field) {
  if (!field.matches(".field")) return undefined;
  return CONTROLS.find((name) => field.querySelector(`[data-testid=${name}]`));
}

/**
 * Under what it explains, or over it where there is no room; never past the window's edges.
 *
 * @param {{ left: number, top: number, bottom: number, width: number }} box
 * @param {{ width: number, height: number }} size @param {{ clientWidth: number, clientHeight: number }} room
 */
export function placeBubble(box, { width, height }, { clientWidth, clientHeight }) {
  const x = Math.max(BUBBLE_GAP, Math.min(box.left + box.width / 2 - width / 2, clientWidth - width - BUBBLE_GAP));
  const under = box.bottom + BUBBLE_GAP;
  const over = Math.max(BUBBLE_GAP, Math.min(box.top, clientHeight) - height - BUBBLE_GAP);
  return { x, y: under + height + BUBBLE_GAP > clientHeight ? over : under };
}
