"""What each race to begin with is said to show is what twenty seeds show."""

import json
import re

import pytest

from app.links import race_link
from app.links.race_starts import STARTS, Start
from app.live.events import LinedUp
from app.live.visit import Visit
from app.settings import Settings
from nncore.size import size_of
from nncore.study.budget import NEAR
from nncore.study.repeats import Repeats, fresh_seeds
from tests.repo.sources import ROOT

SEEDS = 20
WORDS = json.loads((ROOT / "static" / "messages" / "en.json").read_text(encoding="utf-8"))["messages"]

CLAIMS = {
    "ring": (
        "Two lines never close a ring: 0 of 20 seeds with linear units solve it, 20 of 20 with quadratic ones.",
        {"a": ("linear", 0), "b": ("quadratic", 20)},
    ),
    "signs": (
        "XOR is the sign of a product: 20 of 20 seeds with product units solve it, 0 of 20 with linear ones.",
        {"a": ("linear", 0), "b": ("product", 20)},
    ),
    "budget": (
        "About 220 parameters each, 100 epochs: quadratic and KAN units solve it in 20 of 20 seeds, linear ones in "
        "none.",
        {"a": ("linear", 0), "b": ("quadratic", 20), "c": ("kan", 20)},
    ),
    "depth": (
        "About 150 parameters each, 100 epochs: two narrow layers of KAN units solve the spirals in 20 of 20 seeds, "
        "one wide layer in none.",
        {"a": ("kan", 0), "b": ("kan", 20)},
    ),
    "straight": (
        "Without an activation eight units are one straight line: 0 of 20 seeds solve the circles; with tanh all 20 "
        "do.",
        {"a": ("linear", 0), "b": ("linear", 20)},
    ),
}
"""The sentence, and of each lane its kind and how many of the seeds solve it."""


@pytest.mark.slow
@pytest.mark.parametrize("start", STARTS, ids=lambda start: start.name)
def test_what_is_said_of_it_is_true_of_twenty_seeds(start: Start) -> None:
    said, expected = CLAIMS[start.name]
    assert WORDS[f"race.start_{start.name}_claim"] == said
    race = race_link.read(start.query)
    assert [lane.layers[0].neuron.name for lane in race.lanes] == [kind for kind, _ in expected.values()]
    found = []
    for lane in race.lanes:
        repeats = Repeats(lane, fresh_seeds(lane, SEEDS), race.epochs, stop="solved")
        while repeats.advance(1000):
            pass
        found.append(sum(outcome.solved_epoch is not None for outcome in repeats.outcomes()))
    assert found == [solved for _, solved in expected.values()]


@pytest.mark.parametrize("start", [start for start in STARTS if "budget" in start.query], ids=lambda start: start.name)
def test_what_is_said_to_be_equal_is(start: Start) -> None:
    race = race_link.read(start.query)
    assert race.budget is not None
    target = int(re.findall(r"About (\d+) parameters", CLAIMS[start.name][0])[0])
    assert race.budget == ("parameters", target)
    assert all(abs(size_of(lane).parameters - target) <= NEAR * target for lane in race.lanes)


def test_they_differ_in_what_they_are_about_alone() -> None:
    found = {start.name: race_link.differences(race_link.read(start.query).lanes) for start in STARTS}
    assert found == {
        "ring": ("neuron",),
        "signs": ("neuron",),
        "budget": ("layers", "neuron"),
        "depth": ("layers",),
        "straight": ("activation",),
    }


@pytest.mark.parametrize("start", STARTS, ids=lambda start: start.name)
def test_a_server_as_it_comes_races_it(start: Start) -> None:
    visit = Visit("v", Settings(), lambda: 0.0)
    (answer, *_) = visit.receive(json.dumps({"type": "race", "link": start.query}))
    assert isinstance(answer, LinedUp), answer


def test_the_readme_names_each() -> None:
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert re.findall(r"/race\?([^)\s]+)\)", text) == [start.query for start in STARTS], name
