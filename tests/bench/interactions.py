"""How soon the page answers a hand while its largest network trains: interaction to next paint, as browsers count it.

Part of `make bench-page`. Not here: how long a visit takes (`page`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from tests.bench.timing import table

LARGEST = "data=circles&layers=16,16,16,16,16,16&neuron=quadratic"
"""As many layers and units as the buttons of the page reach with the server's own settings."""
ROUNDS = 12
SETTLED_MILLISECONDS = 300
"""An entry is reported some time after its paint."""
PLAYED_SECONDS = 10
PACE, FULL_SPEED = "30/s", "Full"
"""As the speed's menu says them."""

# Pointing is no interaction to browsers: it has entries, without an interaction's number. From input to paint, both.
_OBSERVE = """() => {
  window.durations = [];
  window.tasks = [];
  const note = list => window.durations.push(...list.getEntries().map(one => one.duration));
  new PerformanceObserver(note).observe({ type: "event", durationThreshold: 16 });
  new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(one => one.duration)))
    .observe({ type: "longtask" });
}"""

Act = Callable[[Page], None]


class Gesture(NamedTuple):
    """What a hand does, and how it is undone; both count."""

    act: Act
    back: Act


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


def _on(name: str, key: str) -> Act:
    def pressed(page: Page) -> None:
        page.get_by_test_id(name).focus()
        page.keyboard.press(key)

    return pressed


def _choose(kind: str) -> Act:
    def chosen(page: Page) -> None:
        page.get_by_test_id("neuron-all").click()
        page.get_by_test_id(f"card-{kind}").click()

    return chosen


def _hover(*names: str) -> Act:
    def hovered(page: Page) -> None:
        for name in names:
            page.get_by_test_id(name).hover()

    return hovered


def _drag(name: str, begin: float, end: float) -> Act:
    """With the mouse, in steps, from one share of a slider to another."""

    def dragged(page: Page) -> None:
        box = page.get_by_test_id(name).bounding_box()
        assert box is not None, name
        height = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + begin * box["width"], height)
        page.mouse.down()
        page.mouse.move(box["x"] + end * box["width"], height, steps=10)
        page.mouse.up()

    return dragged


GESTURES: dict[str, Gesture] = {
    "pause, play": Gesture(_press("play"), _press("play")),
    "another learning rate, dragged": Gesture(_drag("learning-rate", 0.5, 0.6), _drag("learning-rate", 0.6, 0.5)),
    "a layer less, a layer more": Gesture(_on("depth", "ArrowLeft"), _on("depth", "ArrowRight")),
    "a unit less, a unit more": Gesture(_on("width-2", "ArrowLeft"), _on("width-2", "ArrowRight")),
    "neuron cards, opened and closed": Gesture(_open("neuron-all", "card-kan"), _key("Escape")),
    "another neuron, by its card": Gesture(_choose("linear"), _choose("quadratic")),
    "pointing at units": Gesture(_hover("unit-0-3", "unit-2-4", "unit-5-5"), _hover("dataset-moons", "play")),
    "a unit's inspector": Gesture(_open("unit-2-3", "inspector-kind"), _press("inspector-close")),
    "layer by layer": Gesture(_press("lens"), _press("lens")),
    "the chart of the accuracy": Gesture(_press("tab-accuracy"), _press("tab-loss")),
    "confusion matrix": Gesture(_press("tab-confusion"), _press("tab-loss")),
    "other data": Gesture(_press("dataset-moons"), _press("dataset-circles")),
    "another theme": Gesture(_press("theme"), _press("theme")),
    "another language": Gesture(_press("lang"), _press("lang")),
    "share": Gesture(_open("share", "share-link"), _key("Escape")),
}


@contextmanager
def playing(browser: Browser, address: str, pace: str) -> Iterator[Page]:
    """The largest network, training, with its entries observed."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}/?{LARGEST}&play=on")
    page.get_by_test_id("speed").select_option(label=pace)
    page.wait_for_function("() => Number(document.querySelector('[data-testid=epoch]').textContent) > 3")
    page.evaluate(_OBSERVE)
    yield page
    context.close()


def longest(page: Page, gesture: Gesture) -> float:
    """Milliseconds from an input to its paint: of all inputs of this gesture the longest; under 16 counts as 16."""
    page.evaluate("() => { window.durations = []; }")
    for step in gesture:
        step(page)
        page.wait_for_timeout(SETTLED_MILLISECONDS)
    return float(page.evaluate("() => Math.max(16, ...window.durations)"))


def interactions(browser: Browser, address: str) -> str:
    """The table: of each gesture the median, the upper quartile and the worst of ROUNDS."""
    rows = []
    with playing(browser, address, PACE) as page:
        for name, gesture in GESTURES.items():
            longest(page, gesture)  # Fetches what it opens.
            found = [longest(page, gesture) for _ in range(ROUNDS)]
            rows.append((name, median(found), quantiles(found)[2], max(found)))
    return table(
        "Interaction to next paint, six layers of 16 quadratic units training",
        ("", "median, ms", "upper quartile, ms", "worst, ms"),
        rows,
    )


def long_tasks(browser: Browser, address: str) -> str:
    """The table: tasks of the page over 50 ms while nobody touches it."""
    rows = []
    for name, pace in (("30 epochs a second", PACE), ("full speed", FULL_SPEED)):
        with playing(browser, address, pace) as page:
            page.wait_for_timeout(PLAYED_SECONDS * 1000)
            tasks = page.evaluate("window.tasks")
            rows.append((name, len(tasks), float(max(tasks, default=0))))
    return table(f"Tasks over 50 ms in {PLAYED_SECONDS} s of the same network", ("", "tasks", "the longest, ms"), rows)
