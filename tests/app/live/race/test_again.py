"""Repetitions in turns: bounded, equal however they are cut, and as many together as memory bears."""

from app.links.race_link import race_of
from app.live import frames
from app.live.events import Repetitions, Tally
from app.live.race.again import Again
from app.settings import Settings
from nncore.config import Config
from nncore.trainer import Trainer
from tests.app.clock import Clock

LANES = [
    Config.from_json({"layers": [{"units": 3, "neuron": kind}], "data": {"name": "xor", "count": 40}, "batch": 10})
    for kind in ("linear", "quadratic")
]


def told(room: float, seconds: float) -> tuple[dict[str, object], int]:
    again = Again(race_of(LANES, epochs=4), 5, "weights", Settings(), room)
    clock, tallies, turns = Clock(), [], 0
    while not again.done:
        told = again.advance(clock, clock.now + seconds)
        tallies += [one for one in told if isinstance(one, Tally)]
        turns += 1
    return tallies[-1].to_json(), turns


def test_how_it_is_cut_into_turns_changes_nothing() -> None:
    (small, many), (large, few) = told(1e9, 0.0), told(1e9, 1e9)
    assert small == large
    assert many > few


def test_with_little_memory_fewer_train_together_to_the_same_end() -> None:
    assert told(1.0, 1e9)[0] == told(1e9, 1e9)[0]
    prices = [Again(race_of(LANES, epochs=4), 5, "weights", Settings(), room).price for room in (1.0, 1e9)]
    assert prices[0] < prices[1]


def test_each_lane_is_shown_before_the_last_tally() -> None:
    again = Again(race_of(LANES, epochs=4), 5, "weights", Settings(), 1e9)
    told: list[Repetitions | Tally] = []
    while not again.done:
        told += again.advance(Clock(), 1e9)
    shown = [frames.read(one.data)[1]["lane"] for one in told if isinstance(one, Repetitions)]
    assert shown == ["a", "b"]
    assert isinstance(told[-1], Tally)


def test_what_is_recorded_is_paid_for() -> None:
    short, long = (Again(race_of(LANES, epochs=epochs), 5, "weights", Settings(), 1.0).price for epochs in (4, 400))
    rows = len(Trainer(LANES[0]).run(400).history.since(0))
    assert long - short >= 5 * 2 * (rows - 5) * 20
