"""What is drawn when something changes: the regions that need it, and no other, in a real browser."""

import pytest
from playwright.sync_api import Page

from tests.browser.playground import Playground
from tests.browser.server import Server

# How often each kind of canvas was written to, counted from the moment the script runs.
_COUNT = """() => {
  const count = { output: 0, units: 0, edges: 0 };
  const kindOf = ({ canvas }) => {
    if (canvas.dataset?.testid === "output") return "output";
    if (canvas.dataset?.testid?.startsWith("unit-")) return "units";
    return canvas.className === "edges" ? "edges" : "others";
  };
  for (const name of ["putImageData", "clearRect"]) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...places) {
      count[kindOf(this)] += 1;
      return draw.apply(this, places);
    };
  }
  window.drawn = count;
}"""
# Two animation frames later all that was marked has been drawn.
_DRAWN = """async () => {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const { output, units, edges } = window.drawn;
  Object.assign(window.drawn, { output: 0, units: 0, edges: 0 });
  return { output: output > 0, units: units > 0, edges: edges > 0 };
}"""


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    playground = Playground(page, server.address)
    playground.wait_until_painted()
    # The lines over the output come a moment after its surface, and draw it once more.
    playground.part("readout").wait_for(state="attached")
    page.evaluate(_COUNT)
    return playground


def drawn(playground: Playground) -> dict[str, bool]:
    regions: dict[str, bool] = playground.page.evaluate(_DRAWN)
    return regions


def test_only_the_regions_that_need_what_changed_are_drawn(playground: Playground) -> None:
    drawn(playground)
    playground.choose(speed="1")
    assert drawn(playground) == {"output": False, "units": False, "edges": False}
    playground.press("step")
    playground.wait_for_epoch("=== 1")
    assert drawn(playground) == {"output": True, "units": True, "edges": True}
