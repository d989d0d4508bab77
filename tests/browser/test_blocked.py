"""What a person sees where the network lets no WebSocket through: it says so, and the network trains and draws."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.app.proxy import Proxy, Upgrade
from tests.browser.conftest import Trouble
from tests.browser.frames import press
from tests.browser.host import Host
from tests.browser.playground import PATIENCE_MILLISECONDS, Playground
from tests.browser.server import Server

SAID = {"en": "This network blocks the live connection", "zh": "当前网络不允许建立实时连接"}
PICTURE = "canvas => canvas.toDataURL()"
BLOCKS = [each for each in get_args(Upgrade) if each != "pass"]


@pytest.fixture(autouse=True)
def expected(trouble: Trouble) -> None:
    trouble.expect("WebSocket connection to")  # the browser's own words


def trains_and_draws(playground: Playground) -> None:
    playground.play()
    playground.wait_for_epoch("> 20")
    seen = playground.pictures(["output"])["output"]
    playground.wait_for_new_picture("output", seen)
    playground.press("play")
    playground.wait_until_playing(False)
    playground.press("reset")
    playground.wait_for_epoch("=== 0")


@pytest.mark.parametrize("upgrade", BLOCKS)
def test_a_network_without_sockets(page: Page, server: Server, upgrade: Upgrade) -> None:
    with Proxy(server.port, upgrade) as proxy:
        playground = Playground(page, proxy.address)
        expect(playground.part("status")).to_contain_text(SAID["en"], timeout=PATIENCE_MILLISECONDS)
        # The one that is asked for early may be refused before the page is there to take it: then it asks once itself.
        asked = proxy.upgrades
        assert asked in (1, 2)
        trains_and_draws(playground)
        playground.choose(neuron_all="quadratic")
        playground.wait_until_painted()
        assert proxy.upgrades == asked
        page.close()


def test_it_is_said_in_chinese(page: Page, server: Server) -> None:
    with Proxy(server.port, "refuse") as proxy:
        playground = Playground(page, f"{proxy.address}/?lang=zh")
        expect(playground.part("status")).to_contain_text(SAID["zh"], timeout=PATIENCE_MILLISECONDS)
        trains_and_draws(playground)
        page.close()


def test_a_proxy_that_changes_host(page: Page, server: Server) -> None:
    with Proxy(server.port, host="inside.example:8000") as proxy:
        playground = Playground(page, proxy.address)
        expect(playground.part("status")).to_contain_text(SAID["en"], timeout=PATIENCE_MILLISECONDS)
        trains_and_draws(playground)
        page.close()


def test_a_proxy_that_changes_host_and_says_so(page: Page, server: Server) -> None:
    with Proxy(server.port, host="inside.example:8000", says_host=True) as proxy:
        playground = Playground(page, proxy.address)
        playground.wait_for_text("status", "Ready")
        assert playground.wire.connections == 1
        trains_and_draws(playground)
        page.close()


@pytest.fixture(scope="module")
def server_under_a_path(tmp_path_factory: pytest.TempPathFactory, served: dict[str, str]) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("path") / "log.txt"
    with Server(log, **served, NEURON_PLAYGROUND_ROOT_PATH="/neurons/", NEURON_PLAYGROUND_HOSTS="1") as server:
        yield server


@pytest.mark.parametrize(("strips", "upgrade"), [(True, "refuse"), (False, "pass"), (False, "refuse")])
def test_under_a_path(page: Page, server_under_a_path: Server, strips: bool, upgrade: Upgrade) -> None:
    """By a socket where the path is taken off, too: tests/live/test_nginx.py."""
    with Proxy(server_under_a_path.port, upgrade, prefix="/neurons", strips=strips) as proxy:
        playground = Playground(page, f"{proxy.address}/?data=xor")
        playground.wait_for_text("status", SAID["en"] if upgrade == "refuse" else "Ready")
        trains_and_draws(playground)
        page.close()


def test_answers_that_are_lost_on_the_way(page: Page, server: Server, trouble: Trouble) -> None:
    """Nothing is done twice and nothing is lost: a step is one step, and the connection never counts as lost."""
    for said in ("failed:", "Failed to load resource"):
        trouble.expect(said)
    with Proxy(server.port, "refuse", loses_every=4) as proxy:
        playground = Playground(page, proxy.address)
        for epoch in range(1, 4):
            playground.press("step")
            playground.wait_for_epoch(f"=== {epoch}")
        assert proxy.posts > 8
        page.close()


def test_a_server_that_is_replaced(page: Page, trouble: Trouble, tmp_path: Path, served: dict[str, str]) -> None:
    for said in ("failed:", "Failed to load resource"):
        trouble.expect(said)
    with Proxy(0, "drop") as proxy:
        with Server(tmp_path / "log.txt", **served, NEURON_PLAYGROUND_HOSTS="1") as first:
            proxy.target = first.port
            playground = Playground(page, proxy.address)
            playground.play()
            playground.wait_for_epoch("> 120")
            playground.watch_epoch()
        playground.wait_for_text("status", "Reconnecting")
        lost_at = playground.epoch()
        with Server(tmp_path / "log.txt", **served, NEURON_PLAYGROUND_HOSTS="1") as second:
            proxy.target = second.port
            playground.wait_for_epoch(f"> {lost_at + 20}")
            assert min(playground.watched_epochs()) > 20
            assert playground.is_playing()
            page.close()


def test_a_frame_in_a_sandbox(page: Page, server: Server, tmp_path: Path) -> None:
    with Proxy(server.port, "refuse") as proxy:
        frame = f'<iframe sandbox="allow-scripts" width="800" height="500" src="{proxy.address}/embed"></iframe>'
        text = f"<!doctype html><link rel=icon href=data:,>{frame}"
        with Host(tmp_path, **{"page.html": text}) as host:
            page.goto(f"{host.address}/page.html")
            plays_and_draws(page.frame_locator("iframe"), page)
            page.close()


def plays_and_draws(frame: FrameLocator, page: Page) -> None:
    # Without a picture a frame shows itself after a while, on a busy machine before its scripts can hear anybody.
    frame.locator("html[data-composed]").wait_for(state="attached", timeout=PATIENCE_MILLISECONDS)
    press(frame, "play")
    expect(frame.get_by_test_id("play")).to_have_attribute("aria-label", "Pause", timeout=PATIENCE_MILLISECONDS)
    output = frame.get_by_test_id("output")
    seen = output.evaluate(PICTURE)
    for _ in range(600):
        if output.evaluate(PICTURE) != seen:
            return
        page.wait_for_timeout(100)
    pytest.fail("it draws nothing")
