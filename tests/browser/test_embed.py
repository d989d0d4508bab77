"""The playground in other people's pages: spoken to, in a sandbox, at its sizes, with parts left out, out of sight."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.links.page_parts import NAMES
from tests.browser.axe import violations
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
from tests.browser.layout import resize
from tests.browser.playground import PATIENCE_MILLISECONDS, Playground
from tests.browser.server import ROOT, Server
from tests.browser.wire import Wire

EMBED = re.compile(r"/embed\b")
SIZES = [(480, 270), (768, 464), (1280, 720)]
RUNS = {"deep": "layers=8,8,8&neuron=quadratic", "none": "data=circles&layers=0&output=square"}

# What reaches over the window's edge, or is cut off by a box that hides what does not fit.
_OUTSIDE = """() => [...document.querySelectorAll("body *")].filter(one => {
  if (!one.getClientRects().length || one.closest("svg, option, math, [hidden]")) return false;
  if (getComputedStyle(one).clipPath !== "none") return false;
  const { left, top, right, bottom } = one.getBoundingClientRect();
  return right > left && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1);
}).map(one => one.className || one.tagName)"""
# Of these, none may lie on another.
_BLOCKS = [
    ".run",
    ".settings > *",
    ".brand",
    ".open",
    ".pictures",
    ".data-knobs",
    ".depth",
    ".head",
    ".unit",
    ".foot > *",
    ".output-surface",
    ".legend",
    ".numbers",
    ".history",
    ".formula",
    ".status",
]
_OVERLAPS = """selectors => {
  const boxes = selectors.flatMap(selector => [...document.querySelectorAll(selector)].map(one => [selector, one]))
    .filter(([, one]) => one.getClientRects().length).map(([name, one]) => [name, one.getBoundingClientRect()]);
  return boxes.flatMap(([name, a], i) => boxes.slice(i + 1).filter(([, b]) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
  ).map(([other]) => `${name} on ${other}`));
}"""


@pytest.fixture(scope="module")
def host(server: Server) -> Iterator[Host]:
    """Pages of another site with the network in them."""
    text = (ROOT / "tests" / "browser" / "host.html").read_text(encoding="utf-8")
    query = "data=circles&layers=4&neuron=quadratic&speed=30&play=on"
    frame = f'<iframe id="one" src="{server.address}/embed?{query}" width="480" height="270"'
    head = '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Host</title><body>'
    pages = {
        "element.html": text.replace("SERVER", server.address),
        "far.html": f'{head}<div style="height:3000px">Far above</div>{frame}></iframe>'
        '<div style="height:3000px">Far below</div>',
        "sandbox.html": f'{head}{frame} sandbox="allow-scripts"></iframe>',
        "whole.html": f'{head}<iframe src="{server.address}/?data=circles"></iframe>',
        "article.html": f'{head}{frame}></iframe><div style="height:3000px">The article</div>',
    }
    with Host(ROOT / "tests" / "browser", **pages) as running:
        yield running


def heard(page: Page, event: str) -> list[dict[str, Any]]:
    """The events of this kind so far, once there is one."""
    page.wait_for_function("event => heard.some(one => one.event === event)", arg=event, timeout=PATIENCE_MILLISECONDS)
    found: list[dict[str, Any]] = page.evaluate("event => heard.filter(one => one.event === event)", event)
    return found


def state(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("network.get()")
    return found


def wait_for_state(page: Page, name: str, value: object) -> None:
    for _ in range(PATIENCE_MILLISECONDS // 50):
        if state(page)[name] == value:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{name} is {state(page)[name]}, not {value}")


def test_a_host_speaks_with_its_network(page: Page, host: Host) -> None:
    page.goto(f"{host.address}/element.html")
    (ready,) = heard(page, "ready")
    assert (ready["epoch"], ready["playing"], ready["link"]) == (0, False, "data=circles&layers=4&neuron=quadratic")
    page.evaluate("network.step(3)")
    frame = frame_of(page, EMBED)
    wait_until_trained(frame, 3)
    assert state(page)["epoch"] == 3
    page.evaluate("network.play()")
    (solved,) = heard(page, "solved")
    assert solved["accuracy"]["test"] >= 0.97
    # Told four times a second: the first that is heard may be of the beginning.
    while (told := heard(page, "epoch")[-1])["epoch"] <= 3:
        page.wait_for_timeout(50)
    assert told["loss"]["train"] < ready["loss"]["train"]
    page.evaluate("network.pause()")
    wait_until_playing(frame, False)
    assert state(page)["playing"] is False
    epoch = rested(frame)
    page.evaluate("network.set('rate=0.1')")
    wait_for_state(page, "link", "data=circles&layers=4&neuron=quadratic&rate=0.1")
    assert epoch_of(frame) == epoch > 0
    page.evaluate("network.reset()")
    wait_for_state(page, "epoch", 0)
    page.evaluate("network.set('noise=0.2&layers=3')")
    wait_for_state(page, "link", "data=circles&noise=0.2&layers=3&neuron=quadratic&rate=0.1")


def test_what_cannot_be_done_is_told_in_a_sentence(page: Page, host: Host) -> None:
    page.goto(f"{host.address}/element.html")
    heard(page, "ready")
    page.evaluate("network.set('nois=0.2')")
    page.wait_for_function("heard.some(({ message }) => message?.includes('did you mean noise?'))")
    page.evaluate("network.step(-1)")
    page.wait_for_function("heard.filter(({ event }) => event === 'error').length >= 2")
    frame = "document.querySelector('iframe').contentWindow"
    page.evaluate(f"{frame}.postMessage({{ to: 'neuron-playground', command: 'jump' }}, '*')")
    page.wait_for_function("heard.some(({ message }) => message?.startsWith('There is no command jump'))")
    assert state(page)["link"] == "data=circles&layers=4&neuron=quadratic"


def test_in_a_sandbox_without_an_origin_it_lives(page: Page, host: Host) -> None:
    wire = Wire(page)
    page.goto(f"{host.address}/sandbox.html")
    frame = frame_of(page, EMBED)
    wait_until_trained(frame, 3)
    assert frame.evaluate("self.origin") == "null"
    assert wire.epochs
    # Looks and settings, too: nothing of the page needs more.
    press(frame, "reset")
    frame.get_by_test_id("unit-0-0").click()
    wait_until_trained(frame, 3)


def test_it_leaves_its_address_and_the_history_alone(page: Page, host: Host) -> None:
    page.goto(f"{host.address}/sandbox.html")
    frame = frame_of(page, EMBED)
    wait_until_trained(frame, 1)
    before, length = frame.evaluate("location.href"), page.evaluate("history.length")
    page.evaluate(
        "document.querySelector('iframe').contentWindow.postMessage("
        "{ to: 'neuron-playground', command: 'set', query: 'neuron=rbf' }, '*')"
    )
    frame.locator("[data-testid=epoch]").wait_for()
    page.wait_for_timeout(1000)
    assert (frame.evaluate("location.href"), page.evaluate("history.length")) == (before, length)


def test_the_whole_page_cannot_be_framed(page: Page, host: Host, trouble: Trouble) -> None:
    trouble.expect("frame-ancestors")
    trouble.expect("X-Frame-Options")
    trouble.expect("ERR_BLOCKED_BY_RESPONSE")
    page.goto(f"{host.address}/whole.html")
    for _ in range(PATIENCE_MILLISECONDS // 50):
        if any("frame" in said.lower() for said in trouble.complaints):
            break
        page.wait_for_timeout(50)
    else:
        raise AssertionError(trouble.complaints)
    assert page.frames[1].locator("[data-testid=play]").count() == 0


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_cut_off_or_covered(page: Page, server: Server, run: str, language: str) -> None:
    Playground(page, f"{server.address}/embed?{RUNS[run]}&epochs=20&lang={language}").wait_for_epoch("=== 20")
    for width, height in SIZES:
        resize(page, width, height)
        assert page.evaluate(_OUTSIDE) == []
        pages = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        assert page.evaluate(pages) == [width, height]
        assert page.evaluate(_OVERLAPS, _BLOCKS) == []
        side = page.locator(".output-surface").bounding_box()
        assert side is not None
        assert side["width"] == pytest.approx(side["height"], abs=1)
        assert side["width"] >= height * 0.4


def test_everyone_can_use_it(page: Page, server: Server) -> None:
    Playground(page, f"{server.address}/embed?epochs=20").wait_for_epoch("=== 20")
    for width, height in SIZES:
        resize(page, width, height)
        assert violations(page) == []


def test_larger_frames_show_more(page: Page, server: Server) -> None:
    shown = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        Playground(page, f"{server.address}/embed")
        parts = page.locator("[data-part]").evaluate_all(
            "all => all.filter(one => one.checkVisibility()).flatMap(one => one.dataset.part.split(' '))"
        )
        shown.append(set(parts))
    assert {"play", "step", "reset", "network", "answer", "numbers", "open"} <= shown[0] < shown[1] < shown[2]
    assert "chart" in shown[1] - shown[0]
    assert "data" in shown[2] - shown[1]


def test_hide_leaves_out_and_show_brings_back(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 768, "height": 464})
    playground = Playground(page, f"{server.address}/embed?hide=reset,chart&show=noise,batch")
    for name, seen in {"play": True, "reset": False, "chart": False, "noise": True, "batch": True}.items():
        expect(playground.part(name)).to_be_visible(visible=seen)
    expect(playground.part("dataset-moons")).not_to_be_visible()
    assert page.evaluate(_OUTSIDE) == []


def test_hide_holds_for_the_whole_page_and_stays(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?hide=data,activation,feature_xy,numbers&lang=en")
    for name in ("data", "activation-all", "activation-0", "feature-xy"):
        expect(playground.part(name)).not_to_be_visible()
    expect(playground.part("feature-x")).to_be_visible()
    playground.choose(neuron_all="square")
    expect(page).to_have_url(re.compile(r"neuron=square.*hide=data,activation,feature_xy,numbers"))
    playground.press("lang")
    expect(playground.part("data")).not_to_be_visible()


def test_what_a_foreign_link_hides_is_hidden(page: Page, server: Server) -> None:
    playground = Playground(
        page, f"{server.address}/#activation=relu&dataset=xor&batchSize_hide=true&stepButton_hide=true"
    )
    expect(playground.part("batch")).not_to_be_visible()
    expect(playground.part("step")).not_to_be_visible()
    expect(playground.part("play")).to_be_visible()


def test_an_unknown_part_is_told_with_the_nearest(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?hide=nois")
    expect(playground.part("status")).to_contain_text("nois; did you mean noise?")


def test_every_part_has_its_place_on_the_page(page: Page, server: Server) -> None:
    """Each rule of the sheet finds something: a part that was renamed, or a name that never was one, does not."""
    Playground(page, f"{server.address}/embed?show={','.join(NAMES)}")
    source = (ROOT / "static" / "js" / "page" / "visibility.js").read_text(encoding="utf-8").replace("export ", "")
    for name in NAMES:
        found = page.evaluate(
            f"""name => {{
              {source}
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(visibilitySheet({{ hide: name }}, {{}}));
              return [...sheet.cssRules].some(({{ selectorText }}) => document.querySelector(selectorText));
            }}""",
            name,
        )
        assert found, name


def test_out_of_sight_it_asks_for_nothing(page: Page, host: Host) -> None:
    wire = Wire(page)
    page.goto(f"{host.address}/far.html")
    frame = frame_of(page, EMBED)
    page.wait_for_timeout(QUIET_MILLISECONDS)
    assert wire.connections == 0
    page.locator("#one").scroll_into_view_if_needed()
    wait_until_trained(frame, 5)
    page.evaluate("scrollTo(0, 0)")
    wait_until_quiet(page, wire)
    epoch, frames = rested(frame), len(wire.epochs)
    page.locator("#one").scroll_into_view_if_needed()
    wait_until_trained(frame, epoch + 1)
    while len(wire.epochs) == frames:
        page.wait_for_timeout(10)
    # It has not gone on meanwhile: that would be 30 a second, for two quiet spells at least.
    assert epoch <= wire.epochs[frames] < epoch + 30
    assert wire.connections == 1


def test_it_takes_no_focus_no_key_and_no_wheel_before_a_press(page: Page, host: Host) -> None:
    page.goto(f"{host.address}/article.html")
    frame = frame_of(page, EMBED)
    wait_until_trained(frame, 1)
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.mouse.move(200, 150)
    page.mouse.wheel(0, 300)
    page.wait_for_function("scrollY > 100")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(500)
    # In the frame, this key would train one epoch and rest.
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    wait_until_playing(frame)
    press(frame, "step")
    wait_until_playing(frame, False)
    epoch = rested(frame)
    page.keyboard.press("ArrowRight")
    wait_until_trained(frame, epoch + 1)
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    assert rested(frame) == epoch + 1


def test_the_way_to_the_playground_takes_the_present_run_along(page: Page, host: Host, server: Server) -> None:
    page.goto(f"{host.address}/element.html")
    heard(page, "ready")
    with page.expect_popup(timeout=PATIENCE_MILLISECONDS) as opened:
        press(frame_of(page, EMBED), "open")
    expect(opened.value).to_have_url(f"{server.address}/?data=circles&layers=4&neuron=quadratic")


def test_a_frame_keeps_nothing(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    page = context.new_page()
    Playground(page, f"{server.address}/embed?data=circles")
    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    context.close()
