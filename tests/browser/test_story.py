"""The main job, end to end, in a real browser: a spiral learnt by a chosen neuron.

Someone opens the page, picks spirals and two layers of eight quadratic neurons with tanh, presses play, and watches
every unit's surface and the answer form; then changes depth, width, neuron, activation and learning rate, and the
page follows. What is asserted is what that person would see.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.playground import Playground, number
from tests.browser.server import Server

Photograph = Callable[[str], Path]

READOUTS = ("loss-train", "loss-test", "accuracy-train", "accuracy-test")


# Layout shifts that no click or key has caused, added up as browsers do for the whole visit.
_SHIFTS = """() => { window.shifts = []; new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts.push(one.value);
}).observe({ type: "layout-shift", buffered: true }); }"""


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


def choose_story(playground: Playground) -> None:
    """From something else to the story's settings, so that every choice is one."""
    playground.press("dataset-circles")
    playground.choose(neuron_all="linear", activation_all="relu")
    playground.drag(depth=3)
    playground.wait_for_depth(3)
    playground.press("dataset-spirals")
    playground.drag(depth=2)
    playground.wait_for_depth(2)
    for layer in (0, 1):
        playground.drag(**{f"width_{layer}": 8})
        playground.wait_for_width(layer, 8)
    playground.choose(neuron_all="quadratic", activation_all="tanh")
    playground.wait_until_painted()


def test_a_spiral_is_learnt_before_the_readers_eyes(playground: Playground, photograph: Photograph) -> None:
    choose_story(playground)
    assert playground.widths() == [8, 8]
    playground.press("step")
    playground.wait_for_epoch("=== 1")
    photograph("first-epoch")
    before = playground.pictures([*playground.units(), "output", "chart"])
    early = number(playground.text("loss-train"))

    playground.play()
    playground.wait_for("loss-train", "n < 0.1")
    playground.wait_for("accuracy-test", "n > 95")
    playground.pause()
    photograph("learnt")

    after = playground.pictures(before)
    assert [name for name in before if after[name] == before[name]] == []
    assert all(playground.colours(name) > 10 for name in before)
    assert number(playground.text("loss-train")) < early / 2
    assert number(playground.text("accuracy-train")) > 90


def test_every_unit_has_a_picture_of_its_own(playground: Playground) -> None:
    choose_story(playground)
    playground.press("step")
    playground.wait_for_epoch("=== 1")
    pictures = playground.pictures(playground.units())
    assert len(pictures) == 16
    assert len(set(pictures.values())) == 16


def test_depth_and_width_redraw_while_it_plays_on(playground: Playground, photograph: Photograph) -> None:
    playground.play()
    for depth in (4, 0, 6, 1):
        playground.drag(depth=depth)
        playground.wait_for_depth(depth)
        playground.wait_until_painted()
        playground.wait_for_epoch("> 0")
        assert playground.is_playing()
    playground.drag(width_0=16)
    playground.wait_for_width(0, 16)
    playground.wait_until_painted()
    playground.wait_for_epoch("> 0")
    assert playground.is_playing()
    photograph("one-wide-layer")


@pytest.mark.parametrize(
    ("menu", "choices"),
    [
        ("neuron_all", ("square", "polynomial")),
        ("neuron_0", ("polynomial", "linear")),
        ("activation_1", ("relu", "tanh")),
    ],
)
def test_another_neuron_or_activation_shows_at_once(
    playground: Playground, menu: str, choices: tuple[str, ...]
) -> None:
    """Each choice starts the run anew, so its first picture is another one, before any training."""
    playground.drag(depth=2)
    playground.wait_for_depth(2)
    for choice in choices:
        old = playground.pictures(["output"])["output"]
        current = playground.chosen(menu.replace("_", "-"))
        playground.choose(**{menu: choice})
        if choice != current:
            playground.wait_for_new_picture("output", old)
        playground.wait_for_choice(**{menu: choice})
        playground.wait_for_epoch("=== 0")


def test_a_layer_of_its_own_kind_makes_the_common_menu_say_so(playground: Playground) -> None:
    playground.drag(depth=2)
    playground.wait_for_depth(2)
    playground.choose(neuron_all="linear")
    playground.choose(neuron_1="square")
    playground.wait_for_choice(neuron_all="", neuron_0="linear", neuron_1="square")
    playground.choose(neuron_all="quadratic")
    playground.wait_for_choice(neuron_all="quadratic", neuron_0="quadratic", neuron_1="quadratic")


def test_settings_of_the_training_keep_what_was_learnt(playground: Playground) -> None:
    for epoch in (1, 2, 3):
        playground.press("step")
        playground.wait_for_epoch(f"=== {epoch}")
    learnt = playground.pictures(["output"])
    playground.drag_to_end("learning-rate")
    playground.press("more")  # where the bar has no room for it
    playground.drag(batch=20)
    playground.press("more")
    playground.choose(optimizer="sgd", regularisation="l2")
    playground.wait_for_choice(optimizer="sgd", regularisation="l2")
    assert playground.epoch() == 3
    assert playground.pictures(["output"]) == learnt
    playground.press("step")
    playground.wait_for_epoch("=== 4")
    assert playground.pictures(["output"]) != learnt


def test_nothing_jumps_while_numbers_change(playground: Playground) -> None:
    boxes = ("play", "step", "reset", "epoch", "speed", "status", "network", "output", "chart", *READOUTS, "depth")
    at_rest = playground.boxes(boxes)
    assert None not in at_rest.values()
    playground.wait_until_painted()
    playground.page.evaluate(_SHIFTS)
    playground.play()
    playground.wait_for_epoch("> 1000")
    assert playground.boxes(boxes) == at_rest
    assert sum(playground.page.evaluate("window.shifts")) < 0.02


def test_all_of_it_is_on_the_screen_without_scrolling(playground: Playground) -> None:
    playground.drag(depth=6)
    playground.wait_for_depth(6)
    for name in ("play", "status", "network", "output", "chart", "depth", *READOUTS):
        box = playground.part(name).bounding_box()
        assert box is not None, name
        assert box["x"] >= 0, name
        assert box["y"] >= 0, name
        assert box["x"] + box["width"] <= 1280, name
        assert box["y"] + box["height"] <= 720, name
    scrolls = "[document.documentElement.scrollWidth > innerWidth, document.documentElement.scrollHeight > innerHeight]"
    assert playground.page.evaluate(scrolls) == [False, False]
