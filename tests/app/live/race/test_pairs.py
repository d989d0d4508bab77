"""Every kind of neuron races every other, whatever the registry holds: lanes of mixed sizes, classes and values."""

import json
from itertools import combinations
from typing import Any

import pytest

from app.links.race_link import LANES
from app.live import frames
from app.live.account import Account
from app.live.events import Frame, LinedUp, Notice
from app.live.race.race import Race
from app.settings import Settings
from nncore.config import Config
from nncore.neurons import NEURONS
from nncore.trainer import Trainer
from tests.app.clock import Clock

SETTINGS = Settings()
TASKS: dict[str, dict[str, Any]] = {
    "classes": {"data": {"name": "xor", "count": 24}},
    "values": {"data": {"name": "plane", "count": 24}, "loss": "mse"},
}
SIZES: tuple[list[int], ...] = ([3], [2, 2], [1], [4], [2, 3], [])
"""Of the lanes in turn; without a hidden layer the output is of the kind."""

MET = [tuple(sorted(pair)) for pair in combinations(NEURONS, 2)]


def config(kind: str, task: str, sizes: list[int]) -> Config:
    layers = [{"units": units, "neuron": kind} for units in sizes]
    return Config.from_json(
        {"layers": layers, "batch": 6, **({} if sizes else {"output": {"neuron": kind}})} | TASKS[task]
    )


def fields() -> list[tuple[str, ...]]:
    """Six kinds each, as few races as are quickly found in which each has met each."""
    left, found = set(MET), []
    while left:
        kinds = list(min(left))
        while len(kinds) < len(LANES):
            others = [kind for kind in NEURONS if kind not in kinds]
            kinds.append(max(others, key=lambda kind: sum(tuple(sorted((kind, one))) in left for one in kinds)))
        left -= {tuple(sorted(one)) for one in combinations(kinds, 2)}
        found.append(tuple(kinds))
    return found


def test_each_meets_each() -> None:
    assert {tuple(sorted(pair)) for kinds in fields() for pair in combinations(kinds, 2)} == set(MET)


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("kinds", fields(), ids=" ".join)
def test_any_kinds_race_each_other_for_an_epoch_each_as_it_would_alone(kinds: tuple[str, ...], task: str) -> None:
    lanes = [config(kind, task, SIZES[index]) for index, kind in enumerate(kinds)]
    race = Race("r", SETTINGS, clock := Clock(), Account(SETTINGS, lambda _: float("inf")))
    order = {"type": "race", "lanes": [lane.to_json() for lane in lanes], "epochs": 1, "play": True}
    out = race.receive(json.dumps(order | {"view": {"unit_pixels": 4, "output_pixels": 4}}))
    assert isinstance(out[0], LinedUp), out[0]
    while (due := race.due()) is not None and due <= clock.now:
        out += race.advance(0.004)
    assert [one.key for one in out if isinstance(one, Notice)] == ["say.race_finished"]
    shown = {body["lane"] for _, body, _ in (frames.read(one.data) for one in out if isinstance(one, Frame))}
    assert shown == set(LANES[: len(kinds)])
    for lane, one in zip(race._field.lanes, lanes, strict=True):
        assert lane.trainer.network.theta.tobytes() == Trainer(one).run(1).network.theta.tobytes()
