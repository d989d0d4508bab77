"""What is wrong with how the page stands on the screen: texts on each other, texts that are cut
without a sign, controls that nobody can reach. Nothing is asserted here.
"""

from playwright.sync_api import Page

# A text's boxes are those of its letters, clipped by every box around it that hides what does not fit.
_FAULTS = """() => {
  const clips = style => ["hidden", "clip", "auto", "scroll"].includes(style);
  const scrolls = style => ["auto", "scroll"].includes(style);
  const name = node => {
    const one = node.nodeType === 3 ? node.parentElement : node;
    const known = one.closest("[data-testid]")?.dataset.testid ?? one.closest("[class]")?.className;
    return `${known}: ${(node.textContent || one.getAttribute("aria-label") || "").trim().slice(0, 40)}`;
  };
  const seen = one => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && !one.closest("noscript, option, [inert]") && !hiddenByClip(one);
  const hiddenByClip = one => {
    for (let box = one; box; box = box.parentElement) if (getComputedStyle(box).clipPath !== "none") return true;
    return false;
  };
  // A panel over the page is meant to lie on it; below it nothing is looked at.
  const over = one => one.closest(".drawer-panel, dialog, .inspector, .back-badge, .reading, .edge-tip, .bar, .status");
  const visible = (rect, one) => {
    let { left, top, right, bottom } = rect;
    let free = false; // What is placed absolutely is clipped by boxes that are placed themselves.
    for (let box = one; box && box !== document.body; box = box.parentElement) {
      const { overflowX, overflowY, position } = getComputedStyle(box);
      if (free && position === "static") continue;
      free = position === "absolute";
      const frame = box.getBoundingClientRect();
      if (clips(overflowX)) [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
      if (clips(overflowY)) [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
      if (position === "fixed") break;
    }
    return { left, top, right, bottom };
  };
  // In a frame the page's name gives way to its picture.
  const texts = [], faults = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walk.nextNode()); ) {
    const box = node.parentElement;
    if (!node.textContent.trim() || box.closest("script, style, math, svg, .embed .brand") || !seen(box)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const shown = visible(rect, box);
      if (shown.right - shown.left > 1 && shown.bottom - shown.top > 1) texts.push({ node, box, ...shown });
    }
    // Cut: letters that a box around them hides, without dots, a title or a way to scroll.
    const all = range.getBoundingClientRect();
    for (let around = box; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      const frame = around.getBoundingClientRect();
      const wide = all.right > frame.right + 1.5 || all.left < frame.left - 1.5;
      const high = all.bottom > frame.bottom + 3 || all.top < frame.top - 3;
      if ((wide && scrolls(style.overflowX)) || (high && scrolls(style.overflowY))) break;
      if ((wide && clips(style.overflowX)) || (high && clips(style.overflowY))) {
        const sign = style.textOverflow === "ellipsis" && around.closest("[title]");
        if (!sign) faults.push(`cut: ${name(node)}`);
        break;
      }
    }
  }
  for (const one of document.querySelectorAll("select, .picker-button")) {
    if (seen(one) && one.scrollWidth > one.clientWidth + 1 && !one.title) faults.push(`cut: ${name(one)}`);
  }
  texts.forEach((a, index) => {
    for (const b of texts.slice(index + 1)) {
      if (a.node === b.node || over(a.box) !== over(b.box)) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      // Lines of letters may touch; half a line on another is not read.
      if (across > 2 && down > 5) faults.push(`overlap: ${name(a.node)} / ${name(b.node)}`);
    }
  });
  // Reach: in the window, or in a box (or a page) that scrolls there.
  const page = getComputedStyle(document.body).overflowY !== "hidden";
  for (const one of document.querySelectorAll("button, select, input, summary, a[href], [tabindex='0']")) {
    if (!seen(one) && !one.matches(".stepper input")) continue;
    if (!one.checkVisibility()) continue;
    const { left, top, right, bottom } = one.getBoundingClientRect();
    let [wayX, wayY] = [false, page];
    let inside = [left >= -1 && right <= innerWidth + 1, top >= -1 && bottom <= innerHeight + 1];
    for (let box = one.parentElement; box && box !== document.body; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const frame = box.getBoundingClientRect();
      if (scrolls(overflowX)) wayX = true;
      if (scrolls(overflowY)) wayY = true;
      if (overflowX === "hidden" && (right > frame.right + 2 || left < frame.left - 2)) inside[0] = false;
      if (overflowY === "hidden" && (bottom > frame.bottom + 2 || top < frame.top - 2)) inside[1] = false;
    }
    if ((!inside[0] && !wayX) || (!inside[1] && !wayY)) faults.push(`out of reach: ${name(one)}`);
  }
  return [...new Set(faults)];
}"""


def resize(page: Page, width: int, height: int) -> None:
    """Another window; done when the page stands in it: panels are placed with the next picture."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def faults(page: Page) -> list[str]:
    """Each fault with the part that it is about; none where all is well."""
    found: list[str] = page.evaluate(_FAULTS)
    return found
