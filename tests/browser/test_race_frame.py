"""A race in other people's pages: it plays once it is seen, tells its host, and fits into its frame."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.frames import frame_of
from tests.browser.host import Host
from tests.browser.playground import PATIENCE_MILLISECONDS
from tests.browser.server import ROOT, Server

RACE = "data=circles&count=100&rate=0.1&epochs=20&b.neuron=quadratic&speed=50&play=on"
FRAME = re.compile("/embed/race")


@pytest.fixture(scope="module")
def host(server: Server) -> Iterator[Host]:
    """A page of another site with a race in it, in a sandbox, which writes down what the race says."""
    head = '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Host</title><body><script>'
    hears = "window.heard = []; addEventListener('message', ({data}) => heard.push(data))</script>"
    pages = {
        f"{width}.html": f'{head}{hears}<iframe src="{server.address}/embed/race?{RACE}" sandbox="allow-scripts" '
        f'width="{width}" height="{height}"></iframe>'
        for width, height in ((320, 240), (768, 464), (1200, 680))
    }
    with Host(ROOT / "tests" / "browser", **pages) as running:
        yield running


@pytest.mark.parametrize("width", [320, 768, 1200])
def test_it_plays_when_it_is_seen_tells_its_host_and_fits(page: Page, host: Host, width: int) -> None:
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto(f"{host.address}/{width}.html")
    page.wait_for_function("heard.some(({ event }) => event === 'ready')")
    page.wait_for_function("heard.some(({ over }) => over)")
    lanes = page.evaluate("heard.findLast(({ over }) => over).lanes")
    assert [lane["lane"] for lane in lanes] == ["a", "b"]
    assert 1 in [lane["place"] for lane in lanes]
    frame = frame_of(page, FRAME)
    expect(frame.get_by_test_id("epoch")).to_have_text("20")
    expect(frame.get_by_test_id("lane-b")).to_be_visible()
    expect(frame.get_by_test_id("budget")).to_be_hidden()
    expect(frame.get_by_test_id("chart")).to_be_visible(visible=width >= 720)
    inside = "({ scrollWidth: w, scrollHeight: h }) => [w <= innerWidth, h <= innerHeight]"
    assert frame.evaluate(f"({inside})(document.documentElement)") == [True, True]
    assert frame.evaluate("(({ scrollHeight: h, clientHeight: c }) => h <= c + 1)(document.querySelector('.track'))")
