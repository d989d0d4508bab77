"""All that the server offers can be chosen on the page, one after the other, and nothing moves meanwhile.

A page that complains in its console fails its test (conftest.py), as it would about a knob that it cannot show.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from nncore.datasets import DATASETS
from tests.browser.playground import Playground
from tests.browser.server import Server

STEADY = ("network", "output", "chart", "status", "depth", "neuron-0", "width-0", "unit-0-0", "count", "noise", "more")


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, server.address)


def choose_each(playground: Playground, names: list[str], choose: Callable[[str], None]) -> None:
    """Each choice makes a new run: its first frame shows epoch 0 again, and one step later comes another frame."""
    assert len(names) > 10
    boxes = playground.boxes(STEADY)
    assert None not in boxes.values()
    for name in names:
        playground.press("step")
        playground.wait_for_epoch("=== 1")
        choose(name)
        playground.wait_for_epoch("=== 0")
        assert "Not possible" not in playground.text("status"), name
        assert playground.boxes(STEADY) == boxes, f"{name} moves the page"
        assert not playground.overflows("data"), name


def test_every_dataset_can_be_chosen_and_is_shown_and_trained(playground: Playground) -> None:
    """The reader's own points bring tools into the column, where the others have sentences: see below."""
    others = [name for name in playground.datasets() if name != "dataset-own"]

    def choose(name: str) -> None:
        old = playground.pictures(["output"])["output"]
        playground.press(name)
        playground.wait_for_new_picture("output", old)
        values = DATASETS[name.removeprefix("dataset-")]().task == "regression"
        playground.wait_for_text("accuracy-train", "–" if values else "%")
        playground.wait_for("loss-train", "n > 0")

    choose_each(playground, others, choose)


def test_in_a_laptop_s_window_the_data_column_needs_no_scroll_bar(playground: Playground) -> None:
    playground.page.set_viewport_size({"width": 1366, "height": 640})
    for name in ("dataset-spirals", "dataset-above_curve", "dataset-gaussians"):
        playground.press(name)
        expect(playground.part(name)).to_have_attribute("aria-pressed", "true")
        assert not playground.overflows("data"), name


@pytest.mark.parametrize("menu", ["neuron-all", "activation-all"])
def test_every_neuron_and_activation_can_be_chosen(playground: Playground, menu: str) -> None:
    choose_each(playground, playground.offers(menu), lambda name: playground.choose(**{menu: name}))


def test_activations_are_listed_in_groups(playground: Playground) -> None:
    groups = playground.part("activation-all").locator("optgroup").evaluate_all("all => all.map(one => one.label)")
    assert groups == ["Powers", "Bounded", "Rectifiers", "Smooth", "Waves"]
    assert playground.part("activation-0").locator("optgroup").count() == len(groups)


def test_points_of_one_s_own_can_be_classes_or_values(playground: Playground) -> None:
    playground.press("dataset-own")
    expect(playground.part("count")).to_be_hidden()
    assert not playground.overflows("data")
    playground.wait_for_text("accuracy-train", "%")
    playground.choose(data_task="regression")
    playground.wait_for_text("accuracy-train", "–")
    playground.press("dataset-circles")
    playground.wait_for_text("accuracy-train", "%")
    assert "Not possible" not in playground.text("status")
    assert playground.part("count").get_attribute("aria-valuetext") == "500"


def test_rare_settings_are_under_more(playground: Playground) -> None:
    """Those of the training keep what was learnt, those of the start begin anew."""
    playground.press("step")
    playground.wait_for_epoch("=== 1")
    playground.press("more")
    playground.drag(clip=50)
    for schedule in playground.offers("schedule"):
        playground.choose(schedule=schedule)
    playground.press("step")
    playground.wait_for_epoch("=== 2")
    for menu in ("init", "loss"):
        playground.press("more")
        playground.choose(**{menu: playground.offers(menu)[0]})
        playground.wait_for_epoch("=== 0")
        playground.press("step")
        playground.wait_for_epoch("=== 1")
    assert "Not possible" not in playground.text("status")


def test_a_layer_s_own_settings_are_in_its_drawer(playground: Playground) -> None:
    playground.press("step")
    playground.wait_for_epoch("=== 1")
    playground.page.get_by_title("layer 2").first.click()
    playground.choose(norm_1="layer_norm")
    playground.wait_for_epoch("=== 0")
    playground.press("step")
    playground.wait_for_epoch("=== 1")
    playground.page.get_by_title("layer 2").first.click()
    playground.part("residual-1").check()
    playground.wait_for_epoch("=== 0")
    assert "Not possible" not in playground.text("status")


def test_nothing_jumps_when_the_depth_changes(playground: Playground) -> None:
    names = ("network", "output", "chart", "status", "depth", "neuron-all", "count")
    boxes = playground.boxes(names)
    for depth in (0, 6, 1):
        playground.drag(depth=depth)
        playground.wait_for_depth(depth)
        assert playground.boxes(names) == boxes


def test_a_phone_gives_the_status_sentence_the_whole_width(playground: Playground) -> None:
    playground.page.set_viewport_size({"width": 375, "height": 812})
    box = playground.part("status").bounding_box()
    assert box is not None
    assert box["width"] > 300
