"""Tooltips say what a thing is to whoever comes near it, by mouse or keyboard; before, nothing is fetched for them."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from nncore.activations import ACTIVATIONS
from nncore.datasets import DATASETS
from nncore.features import FEATURES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from tests.browser.conftest import Trouble
from tests.browser.playground import PATIENCE_MILLISECONDS, Playground
from tests.browser.server import Server


@pytest.fixture
def sentences(page: Page) -> list[str]:
    """Every time that they were asked for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/sentences"):
            asked.append(request.url)

    page.on("request", note)
    return asked


def hint(playground: Playground, name: str, words: str) -> None:
    pattern = re.compile(rf"(^|\n){re.escape(words)}$")
    expect(playground.part(name)).to_have_attribute("title", pattern, timeout=PATIENCE_MILLISECONDS)


NEAR: dict[str, Callable[[Playground], None]] = {
    "mouse": lambda playground: playground.part("feature-xy").hover(),
    "keyboard": lambda playground: playground.page.keyboard.press("Tab"),
}


@pytest.mark.parametrize("near", NEAR)
def test_tooltips_have_their_words_as_soon_as_somebody_is_near(
    page: Page, server: Server, sentences: list[str], near: str
) -> None:
    playground = Playground(page, server.address)
    assert sentences == []
    NEAR[near](playground)
    hint(playground, "feature-xy", FEATURES["xy"].spec.sentence)
    hint(playground, "neuron-all", NEURONS["linear"].spec.sentence)
    hint(playground, "activation-all", ACTIVATIONS["tanh"].spec.sentence)
    hint(playground, "optimizer", OPTIMIZERS["adam"].spec.sentence)
    options = playground.part("optimizer").locator("option[value=sgd]")
    expect(options).to_have_attribute("title", OPTIMIZERS["sgd"].spec.sentence)
    playground.choose(activation_all="relu")
    hint(playground, "activation-all", ACTIVATIONS["relu"].spec.sentence)
    assert len(sentences) == 1


def test_a_run_from_a_link_says_what_it_shows_without_being_asked(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?data=moons&neuron=rbf")
    expect(page.locator(".data-sentence")).to_have_text(DATASETS["moons"].spec.sentence)
    expect(page.locator(".formula-sentence")).to_have_text(NEURONS["rbf"].spec.sentence)
    playground.press("dataset-rings")
    expect(page.locator(".data-sentence")).to_have_text(DATASETS["rings"].spec.sentence)


def test_in_chinese_no_english_sentence_is_seen(page: Page, server: Server) -> None:
    playground = Playground(page, f"{server.address}/?lang=zh&data=moons")
    expect(page.locator(".data-sentence")).to_contain_text("半圆")
    playground.part("optimizer").hover()
    hint(playground, "optimizer", "看每个权重的梯度有多大、多稳，给它各自的步长。")
    titles: list[str] = page.evaluate("[...document.querySelectorAll('[title]')].map(one => one.title)")
    assert len(titles) > 20
    assert [title for title in titles if re.search("[a-z]{3,} [a-z]{2,} ", title)] == []


def test_what_did_not_come_is_asked_for_again(page: Page, server: Server, trouble: Trouble) -> None:
    trouble.expect("sentences")
    trouble.expect("Failed to load resource")
    playground = Playground(page, server.address)
    page.route("**/api/sentences", lambda route: route.abort(), times=1)
    with page.expect_event("requestfailed"):
        playground.part("feature-xy").hover()
    playground.part("neuron-all").hover()
    hint(playground, "feature-xy", FEATURES["xy"].spec.sentence)


def test_a_question_mark_on_the_keyboard_begins_and_ends_the_help(page: Page, server: Server) -> None:
    playground = Playground(page, server.address)
    page.keyboard.press("?")
    expect(playground.part("bubble")).to_be_visible()
    page.keyboard.press("?")
    expect(playground.part("bubble")).to_be_hidden()
