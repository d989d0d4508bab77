"""What a person sees when something breaks: the run goes on where it was, and the page says so.

The socket is dropped, the process that trains is killed, the whole server is replaced. Each time the epoch goes on
from the page's own checkpoint and never falls back to the beginning.
"""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from app.errors import Busy as BusyError
from app.live.events import Busy, encode
from nncore.sentence import Sentence
from tests.browser.conftest import Trouble
from tests.browser.playground import Playground
from tests.browser.server import Server, is_alive
from tests.browser.wire import CutWire

_COVERS = """part => {
  const { left, top } = part.getBoundingClientRect();
  return part.contains(document.elementFromPoint(left + 20, top + 5));
}"""
"""Whether a part lies on top at its upper left."""


def play_until_checkpoint(playground: Playground) -> int:
    """Play until the page holds a checkpoint of this run, and give an epoch that it is not older than."""
    playground.play()
    playground.wait_for_epoch("> 20")
    reached, seen = playground.epoch(), playground.wire.checkpoints
    while playground.wire.checkpoints == seen:
        playground.page.wait_for_timeout(10)
    return reached


@pytest.fixture
def wire(page: Page) -> CutWire:
    return CutWire(page)


def test_a_lost_socket_while_playing(page: Page, server: Server, wire: CutWire) -> None:
    playground = Playground(page, server.address, wire)
    reached = play_until_checkpoint(playground)
    playground.watch_epoch()
    wire.cut()
    # Pictures from before the cut may still be on their way.
    while wire.connections == 1:
        page.wait_for_timeout(10)
    playground.wait_for_epoch(f"> {playground.epoch() + 20}")
    assert wire.connections == 2
    assert min(playground.watched_epochs()) >= reached
    assert playground.is_playing()


def test_a_lost_socket_while_paused(page: Page, server: Server, wire: CutWire) -> None:
    playground = Playground(page, server.address, wire)
    play_until_checkpoint(playground)
    paused = playground.pause()
    seen, rests = playground.pictures(["output"]), wire.rests
    playground.watch_epoch()
    wire.cut()
    while wire.rests == rests:
        page.wait_for_timeout(10)
    assert wire.connections == 2
    playground.press("step")
    playground.wait_for_epoch(f"=== {paused + 1}")
    assert set(playground.watched_epochs()) == {paused, paused + 1}
    assert playground.pictures(["output"]) != seen


def test_a_lost_socket_while_a_link_is_replayed(page: Page, server: Server, wire: CutWire) -> None:
    wire.cuts_past = 0
    playground = Playground(page, f"{server.address}/?data=circles&layers=8,8&neuron=kan&epochs=400", wire)
    playground.wait_for_epoch("=== 400")
    assert wire.connections == 2
    assert 0 < wire.epochs[wire.cut_at] < 400
    assert not playground.is_playing()


def test_a_killed_host_process(page: Page, server: Server) -> None:
    playground = Playground(page, server.address)
    reached = play_until_checkpoint(playground)
    playground.watch_epoch()
    killed = server.hosts()
    assert killed
    for host in killed:
        os.kill(host, signal.SIGKILL)
    while any(is_alive(host) for host in killed):
        page.wait_for_timeout(10)
    # Until it notices, it shows what was sent before.
    while playground.wire.connections < 2:
        page.wait_for_timeout(10)
    playground.wait_for_epoch(f"> {playground.epoch() + 20}")
    # The end of one may be noticed while another, as dead, still takes sessions.
    assert 2 <= playground.wire.connections <= 1 + len(killed)
    assert min(playground.watched_epochs()) >= reached
    assert playground.is_playing()
    assert len(server.hosts()) == len(killed)
    assert not set(server.hosts()) & set(killed)


LARGEST = "data=moons&count=60&layers=16,16,16,16,16,16&neuron=kan:grid:20:order:5&epochs=5"


def test_the_largest_network_goes_on_where_it_was(page: Page, server: Server) -> None:
    """Its checkpoint is longer than a message may be: it goes up in parts."""
    playground = Playground(page, f"{server.address}/?{LARGEST}")
    playground.wait_for_epoch("=== 5")
    while not playground.wire.checkpoints:
        page.wait_for_timeout(10)
    playground.watch_epoch()
    for host in server.hosts():
        os.kill(host, signal.SIGKILL)
    while playground.wire.connections < 2 or playground.wire.asked[-1].get("uploaded", 0) < 512_000:
        page.wait_for_timeout(10)
    assert playground.wire.uploaded >= playground.wire.asked[-1]["uploaded"]
    playground.press("step")
    playground.wait_for_epoch("=== 6")
    assert set(playground.watched_epochs()) == {5, 6}


def test_a_run_that_cannot_be_taken_up_begins_again_with_a_word(page: Page, server: Server, wire: CutWire) -> None:
    playground = Playground(page, server.address, wire)
    play_until_checkpoint(playground)
    playground.pause()
    wire.loses_uploads = True
    wire.cut()
    playground.wait_for_text("status", "could not continue where it was and has started again")
    playground.wait_for_epoch("=== 0")
    playground.press("step")
    playground.wait_for_epoch("=== 1")


_FULL = Sentence("say.busy_full", "The server is full.")
_NO_MEMORY = Sentence("say.busy_memory", "Other sessions are using the memory that this network needs.")


def _say_full(client: WebSocketRoute, sentence: Sentence = _FULL) -> None:
    def refuse(_: str | bytes) -> None:
        client.send(encode(Busy.of(BusyError(sentence, 0.01, places=1))))
        client.close()

    client.on_message(refuse)


def test_a_full_server_says_what_to_do_until_there_is_a_place(page: Page, server: Server) -> None:
    places: list[str] = []

    def answer(client: WebSocketRoute) -> None:
        if places:
            client.connect_to_server()
        else:
            _say_full(client)

    page.route_web_socket("**/live", answer)
    playground = Playground(page, server.address, begins=False)
    expect(playground.part("full-house")).to_contain_text("every 4 to 8 seconds")
    expect(playground.part("full-house").get_by_role("link")).to_have_count(2)
    places.append("one")
    playground.wait_for("accuracy-train", "n > 0")
    expect(playground.part("full-house")).to_be_hidden()


def test_what_a_full_server_says_is_in_nobodys_way(page: Page, server: Server) -> None:
    page.route_web_socket("**/live", _say_full)
    playground = Playground(page, f"{server.address}/?lang=zh&theme=dark", begins=False)
    links = playground.part("full-house").get_by_role("link")
    for link, place in ((links.first, "labs"), (links.last, "atlas")):
        expect(link).to_have_attribute("href", f"{place}?lang=zh&theme=dark")
    # The page below is shown soon, whoever answers; what lies under the card stays where no key comes.
    page.locator(".bar [data-testid=play]").wait_for()
    expect(playground.part("dataset-circles")).to_be_hidden()
    expect(playground.part("share")).to_be_visible()
    playground.tab_to("full-retry")
    playground.press("export")
    panel = page.locator(".drawer.export > .drawer-panel")
    expect(panel).to_contain_text("NumPy")
    assert panel.evaluate(_COVERS), "the card lies over what was opened after it"


def test_where_memory_is_short_a_smaller_network_is_in_reach(page: Page, server: Server) -> None:
    said = [_FULL]
    page.route_web_socket("**/live", lambda client: _say_full(client, said[-1]))
    playground = Playground(page, server.address, begins=False)
    expect(playground.part("full-house")).to_be_visible()
    said.append(_NO_MEMORY)
    playground.wait_for_text("status", "the memory that this network needs")
    expect(playground.part("full-house")).to_have_count(0)
    expect(playground.part("dataset-circles")).to_be_visible()


def test_a_replaced_server(page: Page, trouble: Trouble, tmp_path: Path, served: dict[str, str]) -> None:
    log = tmp_path / "log.txt"
    for said in ("WebSocket connection to", "api/menus net::", "Failed to load resource: net::"):
        trouble.expect(said)  # the browser's own words while nobody listens
    with Server(log, **served, NEURON_PLAYGROUND_HOSTS="1") as first:
        playground = Playground(page, first.address)
        reached = play_until_checkpoint(playground)
        playground.watch_epoch()
    playground.wait_for_text("status", "Reconnecting")
    lost_at = playground.epoch()
    with Server(log, first.port, **served, NEURON_PLAYGROUND_HOSTS="1"):
        playground.wait_for_epoch(f"> {lost_at + 20}")
        assert min(playground.watched_epochs()) >= reached
        assert playground.is_playing()
        page.close()
