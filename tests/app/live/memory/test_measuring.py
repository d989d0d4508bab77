"""A measurement goes on in small pieces, round by round, and says what it has found so far."""

from app.links.memory_link import read
from app.live.memory.measuring import Measuring, facts_of
from nncore.memory.capacity import LOADS
from tests.app.clock import Clock


def test_there_is_a_whole_curve_after_the_first_round() -> None:
    measuring, clock = Measuring(read("side=4"), 3), Clock()
    while measuring.told().progress < 0.333:
        measuring.advance(clock, clock.now)
    points = measuring.told().points
    counts = sorted({max(1, round(load * 16)) for load in LOADS["hebb"]})
    assert [point["patterns"] for point in points] == counts
    assert {point["seeds"] for point in points} == {1}
    assert all(0 <= point["low"] <= point["median"] <= point["high"] <= 1 for point in points)


def test_two_measurements_of_the_same_find_the_same() -> None:
    found = []
    for seconds in (0.0, 10.0):
        measuring, clock = Measuring(read("side=4&rule=modern"), 2), Clock()
        while not measuring.done:
            measuring.advance(clock, clock.now + seconds)
        found.append(measuring.told())
    assert found[0] == found[1]


def test_it_depends_on_rule_side_sharpness_and_damage_alone() -> None:
    assert facts_of(read("side=8&flip=10&cue=2&seed=5")) == facts_of(read("side=8&flip=10&erase=right"))
    assert facts_of(read("side=8")) != facts_of(read("side=8&flip=10"))
