"""Layers without biases as a person has them: a switch in each layer's drawer, and nothing that still speaks of a b."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.settings import Settings
from app.web.parameter_counts import counts
from tests.browser.playground import Playground
from tests.browser.server import Server

LINK = "?data=xor_points&layers=2&activation=relu"
WITH_B = re.compile(r"\bb")


@pytest.fixture
def playground(page: Page, server: Server) -> Playground:
    return Playground(page, f"{server.address}/{LINK}")


def switch(playground: Playground, name: str, drawer: str) -> None:
    """Turn a switch in the drawer of this title, and close it."""
    playground.page.get_by_title(drawer, exact=True).click()
    playground.part(name).click()
    playground.page.keyboard.press("Escape")


def test_without_biases_there_are_fewer_parameters_and_no_b_anywhere(playground: Playground) -> None:
    page = playground.page
    playground.wait_for_text("parameters", "^9 parameters")
    expect(page.locator(".formula-math")).to_have_text(WITH_B)
    switch(playground, "bias-0", "Settings of neuron and activation in layer 1")
    playground.wait_for_text("parameters", "^7 parameters")
    switch(playground, "bias-output", "Settings of the output neuron")
    playground.wait_for_text("parameters", "^6 parameters")
    expect(page).to_have_url(re.compile(r"&bias=off&output_bias=off$"))
    expect(page.locator(".formula-math")).not_to_have_text(WITH_B)
    playground.press("unit-0-1")
    expect(playground.part("inspector-numbers")).to_contain_text("x")
    for part in (".inspector-formula", ".inspector-numbers", ".weight-list"):
        expect(page.locator(part)).not_to_have_text(WITH_B)
    assert page.locator(".weight").count() == 2
    playground.press("gradcheck")
    playground.wait_for_text("gradcheck-result", r"6 parameters")
    page.keyboard.press("Escape")
    page.reload()
    playground.wait_for_text("parameters", "^6 parameters")
    playground.press("step")
    playground.wait_for_epoch("=== 1")


def test_cards_tell_formulas_and_sizes_of_the_layer_as_it_is(playground: Playground) -> None:
    switch(playground, "bias-0", "Settings of neuron and activation in layer 1")
    playground.wait_for_text("parameters", "^7 parameters")
    for button, widths, bias in (("neuron-0", "2,2", "off"), ("neuron-output", "2,1", "on")):
        playground.press(button)
        playground.wait_for_text("card-kan", r"\d")
        for name, size in counts(widths, "", Settings(), bias).items():
            card = playground.part(f"card-{name}")
            expect(card.locator(".card-count")).to_have_text(f"{size:,}")
            if name in ("linear", "quadratic", "kan"):
                assert bool(WITH_B.search(card.locator(".card-formula").text_content() or "")) == (bias == "on"), (
                    button,
                    name,
                )
        playground.page.keyboard.press("Escape")


def test_a_kind_that_has_no_bias_says_so_where_the_switch_is(playground: Playground) -> None:
    playground.choose(neuron_0="rbf")
    playground.wait_for_choice(neuron_0="rbf")
    expect(playground.part("bias-0")).to_be_disabled()
    playground.page.get_by_title("Settings of neuron and activation in layer 1", exact=True).click()
    expect(playground.page.get_by_text("Bias: this neuron has none")).to_be_visible()
    playground.choose(norm_0="layer_norm")
    expect(playground.part("bias-0")).to_be_enabled()
    expect(playground.part("bias-0")).to_be_checked()
