"""Nothing moves but what was asked to: layout shift, as browsers count it, in one visit through the page's states."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.playground import Playground
from tests.browser.server import Server
from tests.browser.states import View

MOST = 0.02
DIVERGED = "data=circles&neuron=quadratic&activation=identity&optimizer=sgd&rate=10&play=on"

# `unasked` are those that browsers hold against a page: no click and no key came just before.
_OBSERVE = """window.shifts = { all: 0, unasked: 0 };
new PerformanceObserver(list => {
  for (const { value, hadRecentInput } of list.getEntries()) {
    window.shifts.all += value;
    if (!hadRecentInput) window.shifts.unasked += value;
  }
}).observe({ type: "layout-shift", buffered: true });"""

# The entries of a picture come with the next one, or the one after it.
_TAKE = """() => new Promise(done => {
  const take = pictures => {
    if (pictures > 0) return requestAnimationFrame(() => take(pictures - 1));
    setTimeout(() => {
      done(window.shifts);
      window.shifts = { all: 0, unasked: 0 };
    });
  };
  take(4);
})"""

WINDOWS = {
    "laptop": View(1280, 720),
    "laptop-chinese": View(1280, 720, locale="zh-CN"),
    "phone": View(375, 812, touch=True),
    "upright": View(800, 900),
}
EVERY = ("laptop", "laptop-chinese", "phone")
"""What every test is about that does not name its windows."""
WIDE = ("laptop", "laptop-chinese")
"""A phone's panels are to come up where the finger is."""


def shifted(page: Page) -> dict[str, float]:
    """What has moved since this was last asked."""
    taken: dict[str, float] = page.evaluate(_TAKE)
    return taken


@pytest.fixture(params=EVERY)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Of a reader who does not mind motion: a first visit plays."""
    view = WINDOWS[request.param]
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height}, locale=view.locale, has_touch=view.touch
    )
    opened = context.new_page()
    opened.add_init_script(_OBSERVE)
    yield opened
    context.close()


@pytest.mark.parametrize("page", ["laptop"], indirect=True)
def test_what_moves_is_found(page: Page) -> None:
    page.goto("data:text/html,<p style='margin:0'>One</p><p id=two>Two</p>")
    assert shifted(page) == {"all": 0, "unasked": 0}
    page.evaluate("document.getElementById('two').style.marginTop = '300px'")
    assert shifted(page)["unasked"] > 0


def test_a_first_visit_moves_nothing(page: Page, server: Server) -> None:
    playground = Playground(page, server.address)
    playground.part("remedy").first.wait_for()
    playground.wait_for_epoch("> 50")
    assert shifted(page)["all"] < MOST


def test_what_went_wrong_is_said_without_moving_the_page(page: Page, server: Server) -> None:
    """The longest that is said, with three things to try."""
    playground = Playground(page, f"{server.address}/?{DIVERGED}")
    playground.part("remedy").nth(2).wait_for()
    assert shifted(page)["all"] < MOST


@pytest.mark.parametrize("page", WIDE, indirect=True)
def test_what_is_pressed_changes_and_moves_nothing_else(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?data=circles&play=on")
    playground.wait_for_epoch("> 50")
    shifted(page)

    def choose_card() -> None:
        playground.choose(neuron_all="quadratic")
        playground.wait_for_choice(neuron_all="quadratic")

    def open_cards() -> None:
        playground.press("neuron-all")
        playground.part("card-kan").wait_for()

    def look_into_a_unit() -> None:
        playground.press("unit-1-1")
        playground.part("weight-0").wait_for()

    def change_language() -> None:
        before = playground.text("lang")
        playground.press("lang")
        expect(playground.part("lang")).not_to_have_text(before)

    acts: dict[str, Callable[[], object]] = {
        "pause": playground.pause,
        "play": playground.play,
        "swap": choose_card,
        "cards": open_cards,
        "no cards": lambda: page.keyboard.press("Escape"),
        "accuracy": lambda: playground.press("tab-accuracy"),
        "confusion": lambda: playground.press("tab-confusion"),
        "loss": lambda: playground.press("tab-loss"),
        "inspector": look_into_a_unit,
        "no inspector": lambda: playground.press("inspector-close"),
        "other data": lambda: playground.press("dataset-xor"),
        "language": change_language,
        "language back": change_language,
        "theme": lambda: playground.press("theme"),
    }
    moved = {}
    for name, act in acts.items():
        act()
        moved[name] = shifted(page)["all"]
    assert {name: shift for name, shift in moved.items() if shift >= MOST} == {}


def test_an_inspector_moves_nothing_while_its_numbers_come(page: Page, server: Server) -> None:
    """From the panel alone to what is read of the network's last frame; of another unit the second time."""
    playground = Playground(page, f"{server.address}/?data=circles&neuron=quadratic&play=on")
    playground.wait_for_epoch("> 50")
    shifted(page)
    for unit in ("unit-1-1", "unit-0-1"):
        playground.press(unit)
        playground.part("weight-0").wait_for()
        playground.wait_for_text("sensitivity", r"\d")
        assert shifted(page)["all"] < MOST
        playground.press("inspector-close")
        assert shifted(page)["all"] < MOST


@pytest.mark.parametrize("page", ["laptop", "phone", "upright"], indirect=True)
def test_the_inspector_stays_as_it_is_from_one_unit_to_another(page: Page, server: Server) -> None:
    """Of another kind, in another layer, with a line of numbers or twenty; and while these are on their way."""
    link = "data=circles&layers=2,16,4&neuron=linear,quadratic,kan&epochs=5"
    playground = Playground(page, f"{server.address}/?{link}")
    playground.press("unit-0-1")
    moved = {}
    for unit, numbers in (("0-1", 3), ("1-2", 7), ("2-0", 145), ("3-0", 5), ("2-1", 145), ("0-0", 3), ("1-0", 7)):
        playground.part("inspector-unit").select_option(unit)
        expect(page.locator(".weight")).to_have_count(numbers)
        expect(playground.part("weight-0")).not_to_have_value("")
        playground.wait_for_text("sensitivity", r"\d")
        moved[unit] = shifted(page)["all"]
    del moved["0-1"]
    assert {unit: shift for unit, shift in moved.items() if shift >= MOST} == {}


@pytest.mark.parametrize("page", WIDE, indirect=True)
def test_what_takes_its_room_takes_it_at_once(page: Page, server: Server) -> None:
    """The lens and a further layer are given room with the click, and not once more when their pictures come."""
    playground = Playground(page, f"{server.address}/?data=circles&play=on")
    playground.wait_for_epoch("> 50")
    shifted(page)
    playground.press("lens")
    playground.wait_for_text("lens-sentence", r"\d")
    playground.press("lens")
    playground.page.get_by_test_id("depth").press("ArrowRight")
    playground.wait_for_depth(3)
    playground.wait_until_painted()
    assert shifted(page)["unasked"] < MOST
