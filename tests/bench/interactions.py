"""How soon the page answers a hand while its largest network trains: interaction to next paint, as browsers count it.

Part of `make bench-page`. Not here: how long a visit takes (`page`).
"""

from collections.abc import Callable
from statistics import median

from playwright.sync_api import Browser, Page

from tests.bench.timing import table

LARGEST = "layers=16,16,16,16,16,16&neuron=quadratic&speed=30&play=on"
ROUNDS = 5
SETTLED_MILLISECONDS = 400
"""An interaction is reported some time after its paint."""

_OBSERVE = """() => {
  window.interactions = [];
  new PerformanceObserver(list => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId) window.interactions.push(duration);
  }).observe({ type: "event", durationThreshold: 16 });
}"""

Act = Callable[[Page], None]


def _press(name: str) -> Act:
    return lambda page: page.get_by_test_id(name).click()


def _open(name: str, seen: str) -> Act:
    """What is pressed next has to wait for what opens, the first time."""

    def opened(page: Page) -> None:
        page.get_by_test_id(name).click()
        page.get_by_test_id(seen).first.wait_for()

    return opened


def _key(key: str) -> Act:
    return lambda page: page.keyboard.press(key)


def _slide(name: str) -> Act:
    def slide(page: Page) -> None:
        page.get_by_test_id(name).focus()
        page.keyboard.press("ArrowRight")

    return slide


ACTS: dict[str, tuple[Act, Act]] = {
    "pause, play": (_key("Space"), _key("Space")),
    "learning rate, by key": (_slide("learning-rate"), _key("ArrowLeft")),
    "neuron cards": (_open("neuron-all", "picker"), _key("Escape")),
    "a unit's inspector": (_press("unit-2-3"), _press("unit-3-3")),
    "layer by layer": (_press("lens"), _press("lens")),
    "accuracy's chart": (_press("tab-accuracy"), _press("tab-loss")),
    "confusion matrix": (_press("tab-confusion"), _press("tab-loss")),
    "other data": (_press("dataset-circles"), _press("dataset-moons")),
    "another theme": (_press("theme"), _press("theme")),
    "share": (_open("share", "share-link"), _key("Escape")),
}
"""What is pressed, and what is pressed afterwards; both count. Panels are fetched already when they are measured."""


def interactions(browser: Browser, address: str) -> str:
    """The table: for each act the median and the longest of ROUNDS, in milliseconds; under 16 counts as 16."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}/?{LARGEST}")
    page.wait_for_function("() => Number(document.querySelector('[data-testid=epoch]').textContent) > 3")
    page.evaluate(_OBSERVE)
    rows = []
    for name, (act, back) in ACTS.items():
        found = []
        for number in range(ROUNDS + 1):
            page.evaluate("() => { window.interactions = []; }")
            for step in (act, back):
                step(page)
                page.wait_for_timeout(SETTLED_MILLISECONDS)
            longest = float(page.evaluate("() => Math.max(16, ...window.interactions)"))
            # The first fetches what it opens.
            found += [longest] if number else []
        rows.append((name, median(found), max(found)))
    context.close()
    return table(
        "Interaction to next paint, six layers of 16 quadratic units training (CPU shared with server and training)",
        ("", "median, ms", "longest, ms"),
        rows,
    )
