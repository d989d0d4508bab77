"""A lab as a reader meets it: done from start to end with its own solution, and with nothing but a keyboard.

Which labs: so many that every kind of step, goal, press and hidden or locked part is met. Of each lab, its solution is
proven on the server, and that what it asks to press can be pressed (tests/app/labs/test_registry.py).
"""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from app.labs.lab import Lab
from app.labs.registry import labs
from app.lessons.sheet import sheet as sheet_of
from tests.browser.axe import violations
from tests.browser.playground import PATIENCE_MILLISECONDS, Playground

NAME = "depth_without_activation"
SHEET = ".lab"
"""The page around it has tests of its own (test_states)."""

FULLEST = ("learn_the_curve", "each_layer_straightens", "dead_units", "remembering", "one_knife_or_three")
"""Labs with every kind of step and every tag of a lab's words, beside each page: axe finds the same in any other."""


WALKED = (
    *FULLEST,
    "any_function",
    "batches_are_noise",
    "confident_nonsense",
    "dreaming",
    "fire_together",
    "first_weights",
    "folding_paper",
    "it_bursts",
    "one_straight_line",
    "shrink_or_drop",
    "stairs_from_spikes",
    "ten_times_the_rate",
    "term_by_term",
    "twelve_for_a_spiral",
)
"""Labs that have, taken together, whatever any lab has; of those that do, the quickest. None can be left out."""


def lab_page(page: Page, query: str) -> Playground:
    other = labs()[query.removeprefix("lab=").partition("&")[0]].page
    playground = Playground(page, f"/{other}?{query}", begins=not other)
    playground.part("lab-title").wait_for()
    return playground


def make_moves(playground: Playground, moves: tuple[tuple[str, ...], ...]) -> None:
    """What a solution says, by hand."""
    for verb, *rest in moves:
        if verb == "play":
            # A run that bursts at once is over before anybody sees it play.
            playground.press("play")
        elif verb == "press":
            playground.press(*rest)
        elif verb == "fill":
            playground.part(rest[0]).fill(rest[1])
            playground.part(rest[0]).press("Enter")
        elif verb == "drag":
            playground.drag(**{rest[0]: float(rest[1])})
        elif verb == "draw":
            playground.draw(*zip(map(float, rest[::2]), map(float, rest[1::2]), strict=True))
        else:
            assert verb == "choose", verb
            playground.choose(**{rest[0]: rest[1]})


def asked(name: str, language: str) -> set[tuple[str, ...]]:
    """Each kind of step that a lab has, and how something is foretold."""
    ways = ("choices", "number", "sketch")
    steps = sheet_of(labs()[name], language)["steps"]
    return {(step["kind"], *(way for way in ways if way in step)) for step in steps}


def tags(name: str, language: str) -> set[str]:
    """The tags of a lab's words, but for those within formulas, which are no business of axe's."""
    text = json.dumps(sheet_of(labs()[name], language))
    return set(re.findall(r"<(\w+)", re.sub(r"<math.*?</math>", "<math>", text)))


def beside(name: str, _: str) -> set[str]:
    """The page that a lab stands on."""
    return {labs()[name].page}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("found", [asked, tags, beside])
def test_no_lab_shows_what_axe_has_not_looked_at(found: Callable[[str, str], set[object]], language: str) -> None:
    seen = set[object]().union(*(found(name, "en") for name in FULLEST))
    assert len(seen) > 1
    for name in labs():
        assert found(name, language) <= seen, name


def pressed(verb: str, rest: list[str]) -> list[str]:
    """The controls of a move; of what is drawn, that it is drawn."""
    return rest if verb == "press" else [""] if verb in ("play", "draw") else rest[:1]


def had(name: str) -> set[tuple[str, ...]]:
    """Whatever the page does for a lab: its kinds of steps, goals and presses, and what it hides and locks."""
    lab = labs()[name]
    moves = [move for step in lab.steps if step.solution for move in step.solution.moves]
    return {
        *asked(name, "en"),
        *(("goal", lab.page, condition.what) for step in lab.steps for condition in step.goal),
        *((verb, re.sub(r"\d+|(?<=^feature-).+", "", part)) for verb, *rest in moves for part in pressed(verb, rest)),
        *(("hide", part) for part in lab.hide),
        *(("lock", part) for part in lab.lock),
    }


def test_every_lab_has_what_those_have_that_are_done_and_none_of_these_is_needless() -> None:
    everything = set[tuple[str, ...]]().union(*map(had, labs()))
    assert len(everything) > 50
    assert everything == set[tuple[str, ...]]().union(*map(had, WALKED))
    for name in set(WALKED) - set(FULLEST):
        others = set[tuple[str, ...]]().union(*(had(other) for other in WALKED if other != name))
        assert had(name) - others, f"{name} adds nothing"


@pytest.mark.parametrize("name", WALKED)
def test_a_lab_is_done_from_start_to_end(page: Page, name: str) -> None:
    lab: Lab = labs()[name]
    playground = lab_page(page, f"lab={name}")
    for number, step in enumerate(lab.steps, 1):
        expect(playground.part("lab-step")).to_have_text(f"Step {number} of {len(lab.steps)}")
        if step.kind == "predict":
            if step.sketch:
                playground.stroke((-0.5, 0), (0, 0.5), (0.5, 0))
            elif step.number is None:
                playground.part(f"lab-choice-{step.answer}").check()
            else:
                playground.part("lab-number").fill(str(step.number[1]))
            playground.press("lab-predict")
        elif step.kind == "do":
            assert step.solution is not None
            make_moves(playground, step.solution.moves)
            # Sooner than expect, which asks once a second: the run goes on until then.
            page.locator("[data-testid=lab-goal][data-met=true]").wait_for()
            if not lab.page and playground.is_playing():
                playground.pause()
        elif step.kind == "see":
            expect(playground.part("lab-runs").locator("svg")).to_have_count(len(step.claims))
        elif step.kind == "explain":
            playground.press("lab-reveal")
        if name in FULLEST:
            assert violations(page, SHEET) == [], f"step {number}, {step.kind}"
        if number < len(lab.steps):
            playground.press("lab-next")
    expect(playground.part("lab-end")).to_be_visible()
    foretold = sum(step.kind == "predict" for step in lab.steps)
    expect(playground.part("lab-foretold")).to_have_count(foretold)


def test_axe_finds_nothing_in_chinese(page: Page) -> None:
    """In one lab: every other has the same parts in both languages (tests/app/labs/test_texts.py)."""
    name = FULLEST[0]
    playground = lab_page(page, f"lab={name}&lang=zh")
    for number, step in enumerate(labs()[name].steps, 1):
        assert violations(page, SHEET) == [], f"step {number}, {step.kind}"
        if number < len(labs()[name].steps):
            playground.press("lab-next")


def test_a_lab_is_done_by_keyboard(page: Page) -> None:
    playground = lab_page(page, f"lab={NAME}&step=2")
    playground.tab_to("lab-choice-half")
    page.keyboard.press("Space")
    playground.tab_to("lab-predict")
    page.keyboard.press("Enter")
    playground.tab_to("lab-next")
    page.keyboard.press("Enter")
    expect(playground.part("lab-title")).to_be_focused()
    page.keyboard.press("Space")
    expect(playground.part("lab-goal")).to_have_attribute("data-met", "true")
    assert violations(page) == []


def test_the_step_is_in_the_address(page: Page) -> None:
    playground = lab_page(page, f"lab={NAME}")
    playground.press("lab-next", "lab-next")
    expect(page).to_have_url(re.compile("step=3"))
    page.go_back()
    expect(playground.part("lab-step")).to_have_text("Step 2 of 7")
    page.reload()
    expect(playground.part("lab-step")).to_have_text("Step 2 of 7")
    playground.press("lang")
    expect(playground.part("lab-step")).to_have_text("第 2 步，共 7 步")


def test_hints_come_in_two_stages_and_point(page: Page) -> None:
    playground = lab_page(page, f"lab={NAME}&step=4")
    expect(playground.part("lab-goal")).to_contain_text("50.8%")
    playground.press("lab-hint")
    expect(playground.part("lab-hints")).to_have_text(re.compile(r"^\s*Look at the menu Activation"))
    expect(page.locator(".lab-pointed").first).to_be_visible()
    playground.press("lab-hint")
    expect(playground.part("lab-hints")).to_contain_text("such as Tanh")


def test_what_is_locked_is_seen_and_free_play_unlocks_it(page: Page) -> None:
    playground = lab_page(page, f"lab={NAME}&step=3")
    neuron = playground.part("neuron-all")
    expect(neuron).to_be_visible()
    locked = "button => button.closest('[inert]') !== null"
    assert neuron.evaluate(locked)
    expect(playground.part("data")).to_be_hidden()
    playground.press("lab-free")
    expect(playground.part("data")).to_be_visible()
    assert not neuron.evaluate(locked)
    expect(playground.part("lab-title")).to_be_visible()


def test_a_lab_that_is_none_is_said(page: Page) -> None:
    playground = Playground(page, "/?lab=depth_without")
    expect(playground.part("status")).to_contain_text("depth_without_activation")


def test_in_a_frame_the_lab_stands_beside_the_network(page: Page) -> None:
    page.goto(f"/embed?lab={NAME}&step=2")
    expect(page.get_by_test_id("lab-title")).to_have_text("How far will it get?")
    # What the lab hides and locks is so in a frame, too: there is something to unlock.
    expect(page.get_by_test_id("lab-free")).to_be_visible()
    page.get_by_test_id("lab-next").click()
    expect(page.get_by_test_id("lab-title")).to_have_text("Let it try")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("sheet", ["teacher", "worksheet"])
def test_what_is_printed_fits_one_page(page: Page, sheet: str, language: str) -> None:
    longer = {}
    for name in labs():
        page.goto(f"/labs/{name}/{sheet}?lang={language}")
        paper = page.pdf(format="A4", prefer_css_page_size=True)
        pages = len(re.findall(rb"/Type\s*/Page\b", paper))
        if pages != 1:
            longer[name] = pages
        if name in FULLEST and language == "en":
            assert violations(page) == [], name
    assert longer == {}


@pytest.mark.parametrize("query", ["", "?lang=zh"])
def test_the_index_leads_into_a_lab(page: Page, query: str) -> None:
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto(f"/labs{query}")
    assert violations(page) == []
    page.get_by_test_id(f"lab-{NAME}").get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_test_id("lab-title")).to_be_visible(timeout=PATIENCE_MILLISECONDS)


def test_nothing_has_to_be_scrolled_sideways_in_a_hand(browser: Browser, base_url: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 812}, reduced_motion="reduce", base_url=base_url)
    page = context.new_page()
    for address in ("/labs", f"/?lab={NAME}&step=6"):
        page.goto(address)
        page.locator("h2").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.goto(f"/?lab={NAME}&step=2")
    # Whole, and covered by nothing.
    on_top = """button => {
      const { right, bottom } = button.getBoundingClientRect();
      return document.elementFromPoint(right - 8, bottom - 4) === button;
    }"""
    assert page.get_by_test_id("lab-next").evaluate(on_top)
    context.close()


def test_in_a_hand_what_a_lab_needs_of_the_bar_is_under_more_and_nothing_else(browser: Browser, base_url: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 812}, reduced_motion="reduce", base_url=base_url)
    playground = lab_page(context.new_page(), "lab=shrink_or_drop&step=3")
    expect(playground.part("regularisation")).to_be_hidden()
    # A hint, as soon as there is a verdict to go by, points into the drawer and opens it.
    playground.part("lab-goal").locator("[data-met]").first.wait_for()
    playground.press("lab-hint")
    playground.choose(regularisation="l1")
    expect(playground.part("regularisation-rate")).to_be_visible()
    for name in ("init", "optimizer", "batch", "learning-rate"):
        expect(playground.part(name)).to_be_hidden()
    # A lab that needs nothing of it hides it.
    hidden = lab_page(context.new_page(), "lab=bowl_or_trough&step=2")
    expect(hidden.part("more")).to_be_hidden()
    context.close()


_WIDTHS = """texts => {
  const body = document.querySelector(".lab-body");
  return texts.map(html => {
    const box = document.createElement("div");
    box.className = "lab-prose";
    box.innerHTML = html;
    body.append(box);
    const lines = [...box.querySelectorAll("p")].map(line => {
      line.style.overflow = "auto";
      return [line.clientWidth / line.scrollWidth, line.textContent];
    });
    box.remove();
    return lines;
  }).flat();
}"""


def test_beside_a_lab_every_tab_is_whole_and_what_draws_stands_under_the_picture(page: Page) -> None:
    playground = lab_page(page, "lab=any_function&step=2")
    expect(playground.part("tab-runs")).to_be_visible()
    for width, height in ((1280, 720), (1366, 640), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        parts = ("tab-runs", "chart-log", "family", "output")
        runs, log, family, output = (playground.part(name).bounding_box() for name in parts)
        assert runs
        assert log
        assert family
        assert output
        assert not playground.page.locator(".tabs").evaluate("tabs => tabs.scrollWidth > tabs.clientWidth")
        assert runs["x"] + runs["width"] <= log["x"]
        # "Network" and its arrow.
        assert family["width"] > 70
        assert family["x"] + family["width"] < output["x"]
        figures, row, stage = (page.locator(one).bounding_box() for one in (".numbers", ".own-row", ".stage"))
        assert figures
        assert row
        assert stage
        assert row["x"] == pytest.approx(output["x"], abs=1)
        assert figures["y"] + figures["height"] <= row["y"] <= stage["y"] + stage["height"] - row["height"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_formula_is_too_wide_for_the_sheet_of_a_laptop(page: Page, language: str) -> None:
    """Each at its full size takes so little more than the sheet that it is read at three quarters of it."""
    lab_page(page, f"lab=learn_the_curve&lang={language}")
    sheets = json.dumps([sheet_of(lab, language) for lab in labs().values()], ensure_ascii=False)
    words = [json.loads(text) for text in re.findall(r'"<p>(?:[^"\\]|\\.)*"', sheets)]
    widths = page.evaluate(_WIDTHS, [text for text in words if "<math" in text])
    assert len(widths) > 100
    assert [line for line in widths if line[0] < 0.75] == []
    assert [line for line in widths if line[0] < 1], "the widest do not fit at their full size"


def test_a_formula_shrinks_to_a_narrow_sheet_and_is_scrolled_by_key_in_a_narrower_one(page: Page) -> None:
    steps = len(labs()["learn_the_curve"].steps)
    playground = lab_page(page, f"lab=learn_the_curve&step={steps}")
    playground.press("lab-reveal")
    formula = page.locator(".lab-formula").first
    fits = "line => line.scrollWidth <= line.clientWidth"
    width = "document.documentElement.style.setProperty('--lab-width', '{}rem')"
    page.evaluate(width.format(12))
    expect(formula).to_have_attribute("style", re.compile("font-size"))
    expect(formula).not_to_have_attribute("tabindex", "0")
    assert formula.evaluate(fits)
    page.evaluate(width.format(7))
    expect(formula).to_have_attribute("tabindex", "0")
    assert not formula.evaluate(fits)
    assert violations(page, SHEET) == []
    page.evaluate("document.documentElement.style.removeProperty('--lab-width')")
    expect(formula).not_to_have_attribute("tabindex", "0")
    assert formula.evaluate(fits)
