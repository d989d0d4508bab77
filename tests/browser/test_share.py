"""Sharing: every text is copied with one press, and what is pasted elsewhere runs as the same network."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.playground import PATIENCE_MILLISECONDS, Playground
from tests.browser.server import Server

LINK = "?data=circles&layers=4,3&neuron=quadratic,linear"
TEXTS = ("link", "iframe", "element", "reveal", "quarto", "poster", "training")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the test's output is for the test."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A stranger's web server: another origin than ours."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def opened(playground: Playground, *, epochs: int) -> None:
    """The panel, open over a network that was trained by hand."""
    playground.wait_for_width(1, 3)
    for epoch in range(1, epochs + 1):
        playground.press("step")
        playground.wait_for_epoch(f"=== {epoch}")
    playground.press("share")
    expect(playground.part("copy-training")).to_be_enabled()


def copied(playground: Playground, what: str) -> str:
    playground.press(f"copy-{what}")
    expect(playground.part(f"copy-{what}")).to_have_text("Copied")
    expect(playground.part("share-said")).to_contain_text("copied")
    return str(playground.page.evaluate("navigator.clipboard.readText()"))


def listen(page: Page) -> list[dict[str, Any]]:
    """Every `opened` that any frame of the page is told from now on."""
    told: list[dict[str, Any]] = []

    def hear(payload: str | bytes) -> None:
        if isinstance(payload, str) and json.loads(payload)["type"] == "opened":
            told.append(json.loads(payload))

    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    return told


def losses_of(playground: Playground) -> dict[str, Any]:
    """What the newest frame says of the run, to the bit."""
    return {name: playground.wire.frame[name] for name in ("epoch", "loss", "accuracy")}


def test_every_text_is_copied_with_one_press_and_says_the_epoch(
    page: Page, server: Server, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.address)
    playground = Playground(page, f"{server.address}/{LINK}")
    opened(playground, epochs=2)
    texts = {what: copied(playground, what) for what in TEXTS}
    assert texts["link"] == f"{server.address}/{LINK}"
    assert texts == {what: playground.part(f"share-{what}").input_value() for what in TEXTS}
    assert len(set(texts.values())) == len(TEXTS)

    playground.part("link-epochs").check()
    expect(playground.part("share-iframe")).to_have_value(re.compile("linear&amp;epochs=2"))
    assert all("epochs=2" in copied(playground, what) for what in TEXTS)


@pytest.mark.parametrize("what", ["iframe", "element", "reveal"])
def test_a_stranger_s_page_shows_the_same_network(
    page: Page, server: Server, context: BrowserContext, tmp_path: Path, what: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.address)
    told = listen(page)
    playground = Playground(page, f"{server.address}/{LINK}&noise=0.1&activation=relu,sin:frequency:2")
    opened(playground, epochs=2)
    playground.part("link-epochs").check()
    expect(playground.part("share-iframe")).to_have_value(re.compile("epochs=2"))
    config, losses = told[-1]["config"], losses_of(playground)

    snippet = copied(playground, what)
    if what == "reveal":
        # As reveal.js does when the slide is shown.
        snippet += (
            "<script>for (const one of document.querySelectorAll('[data-src]')) one.src = one.dataset.src</script>"
        )
    (tmp_path / "index.html").write_text(f"<!doctype html><title>A lesson</title><link rel=icon href=data:,>{snippet}")
    told.clear()
    with served(tmp_path) as stranger, page.expect_event("websocket"):
        page.goto(stranger)
        inside = page.frame_locator("iframe")
        expect(inside.get_by_test_id("epoch")).to_have_text("2", timeout=PATIENCE_MILLISECONDS)
    assert [each["config"] for each in told] == [config]
    assert losses_of(playground) == losses


def test_where_the_clipboard_is_refused_the_text_is_selected(page: Page, base_url: str) -> None:
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('no')); document.execCommand = () => false"
    )
    playground = Playground(page, f"{base_url}/")
    playground.press("share")
    expect(playground.part("copy-quarto")).to_be_enabled()
    playground.press("copy-quarto")
    expect(playground.part("share-said")).to_contain_text("Ctrl+C")
    assert page.evaluate("getSelection().toString()") == playground.part("share-quarto").input_value()


def test_the_old_way_of_copying_serves_a_class_without_tls(page: Page, base_url: str, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read"], origin=base_url)
    page.add_init_script("navigator.clipboard.writeText = undefined")
    playground = Playground(page, f"{base_url}/")
    playground.press("share")
    expect(playground.part("copy-element")).to_be_enabled()
    assert copied(playground, "element") == playground.part("share-element").input_value()


def test_keys_alone_open_it_copy_and_close_it(page: Page, base_url: str, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base_url)
    playground = Playground(page, f"{base_url}/")
    playground.tab_to("share")
    page.keyboard.press("Enter")
    expect(playground.part("copy-iframe")).to_be_enabled()
    playground.tab_to("copy-iframe")
    page.keyboard.press("Space")
    expect(playground.part("copy-iframe")).to_have_text("Copied")
    assert not playground.is_playing()
    page.keyboard.press("Escape")
    expect(playground.part("copy-iframe")).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.testid") == "share"


def test_the_pictures_come_as_files_and_the_code_is_drawn(page: Page, base_url: str, tmp_path: Path) -> None:
    playground = Playground(page, f"{base_url}/{LINK}&epochs=3")
    playground.wait_for_epoch("=== 3")
    playground.press("share")
    expect(playground.part("save-training")).to_be_enabled()
    playground.part("link-epochs").check()
    expect(playground.part("share-training")).to_have_value(re.compile("epochs=3"))
    for what, name, start in (("poster", ".png", b"\x89PNG"), ("training", ".gif", b"GIF89a")):
        with page.expect_download(timeout=PATIENCE_MILLISECONDS) as download:
            playground.press(f"save-{what}")
        assert download.value.suggested_filename == f"circles_mixed_4_3{name}"
        download.value.save_as(tmp_path / what)
        assert (tmp_path / what).read_bytes().startswith(start)
    code = playground.part("share-code").locator("img")
    expect(code).to_be_visible()
    assert code.evaluate("async image => { await image.decode(); return image.naturalWidth; }") > 100


def test_the_panel_fits_the_window(page: Page, base_url: str) -> None:
    playground = Playground(page, f"{base_url}/")
    for width, height in ((1280, 720), (375, 812), (320, 568)):
        page.set_viewport_size({"width": width, "height": height})
        playground.press("share")
        expect(playground.part("save-training")).to_be_enabled()
        panel = page.locator(".share > .drawer-panel").bounding_box()
        assert panel is not None
        assert panel["x"] >= 0
        assert panel["y"] >= 0
        assert panel["x"] + panel["width"] <= width
        assert panel["y"] + panel["height"] <= height
        playground.part("save-training").scroll_into_view_if_needed()
        for name in ("share-link", "copy-link", "save-poster", "save-training"):
            box = playground.part(name).bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        page.keyboard.press("Escape")
        expect(playground.part("save-training")).to_be_hidden()


def test_a_teacher_locks_the_run_and_looks_at_what_students_get(page: Page, base_url: str) -> None:
    playground = Playground(page, f"{base_url}/?data=circles&layers=3")
    playground.wait_until_painted()
    playground.press("share")
    page.locator(".students > summary").click()
    page.get_by_test_id("students-lock").check()
    expect(playground.part("share-link")).to_have_value(re.compile("hide=data,neuron"))
    page.get_by_test_id("students-chart").uncheck()
    with page.expect_popup() as opening:
        page.get_by_test_id("students-preview").click()
    seen = opening.value
    expect(seen.get_by_test_id("loss-train")).to_have_text(re.compile(r"\d"))
    expect(seen.get_by_test_id("play")).to_be_visible()
    for gone in ("learning-rate", "chart", "neuron-all", "depth", "dataset-circles"):
        expect(seen.get_by_test_id(gone)).to_be_hidden()
