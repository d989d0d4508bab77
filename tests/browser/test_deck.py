"""Networks on the slides of a real reveal.js deck: they play where they are seen, rest where not, leave keys alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.conftest import Trouble
from tests.browser.frames import (
    QUIET_MILLISECONDS,
    epoch_of,
    frame_of,
    press,
    rested,
    wait_until_playing,
    wait_until_quiet,
    wait_until_trained,
)
from tests.browser.host import Host
from tests.browser.playground import PATIENCE_MILLISECONDS
from tests.browser.server import ROOT, Server
from tests.browser.wire import Wire

REVEAL = ROOT / "node_modules" / "reveal.js"
QUERY = "data=circles&layers=3&neuron=quadratic&speed=30&play=on"


@pytest.fixture(scope="module")
def deck(server: Server) -> Iterator[str]:
    if not (REVEAL / "dist" / "reveal.js").exists():
        pytest.fail("reveal.js is not installed: `make setup` does that", pytrace=False)
    text = (ROOT / "tests" / "browser" / "deck.html").read_text(encoding="utf-8")
    with Host(REVEAL, **{"deck.html": text.replace("SERVER", server.address).replace("QUERY", QUERY)}) as host:
        yield f"{host.address}/deck.html"


@pytest.fixture
def wire(page: Page, deck: str) -> Wire:
    heard = Wire(page)
    page.goto(deck)
    page.wait_for_function("Reveal.isReady()", timeout=PATIENCE_MILLISECONDS)
    return heard


def show(page: Page, slide: str) -> None:
    page.evaluate("id => Reveal.slide(Reveal.getSlides().findIndex(one => one.id === id))", slide)


def seed(number: int) -> re.Pattern[str]:
    return re.compile(rf"data_seed={number}$")


def plays(page: Page, number: int) -> Frame:
    """The frame with this seed, once it is seen to play."""
    frame = frame_of(page, seed(number))
    wait_until_playing(frame)
    wait_until_trained(frame, epoch_of(frame) + 3)
    return frame


def test_what_is_loaded_with_the_deck_does_not_begin_before_its_slide(page: Page, wire: Wire) -> None:
    plain = frame_of(page, seed(2))
    page.wait_for_timeout(QUIET_MILLISECONDS)
    wait_until_quiet(page, wire)
    assert len(wire.epochs) <= 2
    assert epoch_of(plain) == 0
    wait_until_playing(plain, False)


def test_a_lazy_frame_plays_on_its_slide_and_begins_anew_on_coming_back(page: Page, wire: Wire) -> None:
    show(page, "lazy")
    plays(page, 1)
    show(page, "title")
    wait_until_quiet(page, wire)
    show(page, "lazy")
    plays(page, 1)
    asked = [message for message in wire.asked if "data_seed=1" in message.get("link", "")]
    assert len(asked) == 2
    assert not any("checkpoint" in message for message in asked)


def test_a_plain_frame_rests_off_its_slide_and_goes_on(page: Page, wire: Wire) -> None:
    show(page, "plain")
    plain = plays(page, 2)
    show(page, "title")
    wait_until_playing(plain, False)
    wait_until_quiet(page, wire)
    epoch = rested(plain)
    assert epoch > 0
    show(page, "plain")
    wait_until_playing(plain)
    wait_until_trained(plain, epoch + 1)
    assert wire.connections == 1


def test_two_on_one_slide_live_side_by_side(page: Page, wire: Wire) -> None:
    show(page, "pair")
    left, right = plays(page, 3), plays(page, 4)
    press(left, "play")
    wait_until_playing(left, False)
    epoch = rested(left)
    wait_until_trained(right, epoch_of(right) + 5)
    assert epoch_of(left) == epoch


def test_a_background_plays_on_its_slide_and_rests_off_it(page: Page, wire: Wire) -> None:
    show(page, "background")
    plays(page, 5)
    show(page, "end")
    wait_until_quiet(page, wire)
    show(page, "background")
    plays(page, 5)


def test_keys_and_wheel_stay_with_the_deck_until_a_press(page: Page, wire: Wire, trouble: Trouble) -> None:
    trouble.expect("ERR_ABORTED")  # a slide is left before its frames are loaded
    show(page, "plain")
    plain = plays(page, 2)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("Reveal.getCurrentSlide().id === 'pair'")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("Reveal.getCurrentSlide().id === 'plain'")
    wait_until_playing(plain)
    # Pressed in, its keys are its own; Escape gives them back.
    press(plain, "play")
    wait_until_playing(plain, False)
    epoch = rested(plain)
    page.keyboard.press("ArrowRight")
    wait_until_trained(plain, epoch + 1)
    assert page.evaluate("Reveal.getCurrentSlide().id") == "plain"
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement.tagName !== 'IFRAME' || document.hasFocus()")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("Reveal.getCurrentSlide().id === 'pair'")
