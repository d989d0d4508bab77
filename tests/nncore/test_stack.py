"""Whoever trains in a stack is, to the bit, what it would be alone: numbers, gradient, history, streams, frames.

Runs come and go at any moment, are changed, edited, saved and opened again, and diverge; each has a twin that never
trains with anybody.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nncore import snapshot
from nncore.activations import ACTIVATIONS
from nncore.config import Config, Seeds
from nncore.editing import edit
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.probes import PROBES
from nncore.shape import shape_of
from nncore.stack import Stack
from nncore.trainer import Trainer
from tests.nncore.any_config import configs
from tests.nncore.test_any_run import contents

SMALL: dict[str, Any] = {"name": "spirals", "count": 70}
"""35 training points, whose last batch of ten is one of five."""
FOUR: dict[str, Any] = {"units": 4}

CASES: dict[str, dict[str, Any]] = {
    **{f"neuron {name}": {"layers": [{**FOUR, "neuron": name}] * 2, "output": {"neuron": name}} for name in NEURONS},
    **{f"activation {name}": {"layers": [{**FOUR, "activation": name}] * 2} for name in ACTIVATIONS},
    **{f"optimizer {name}": {"optimizer": name, "l1": 0.001, "l2": 0.001, "clip": 0.5} for name in OPTIMIZERS},
    **{
        f"loss {name} {arms}": {"loss": name, "data": {**SMALL, "arms": arms}}
        for name in LOSSES
        if "classification" in LOSSES[name].tasks
        for arms in (2, 5)
    },
    "regression": {"data": {"name": "hills", "count": 70}},
    "options": {
        "layers": [{**FOUR, "norm": "layer_norm", "dropout": 0.3}, {**FOUR, "residual": True, "bias": False}],
        "prune": True,
        "l1": 0.01,
    },
    "in order": {"shuffle": False},
    "schedule": {"schedule": {"name": "cosine", "epochs": 3}, "optimizer": "adamw"},
    "one unit later": {"layers": [{"units": 3}, {"units": 1}, {"units": 3}]},
    "wide": {"layers": [{"units": 40}] * 2, "batch": 13, "data": {"name": "moons", "count": 52}},
    "one batch": {"batch": 35},
}


def run(case: dict[str, Any], place: int) -> Trainer:
    """One of several of a shape: seeds, points and rate are its own."""
    config = Config.from_json({"data": SMALL, "layers": [FOUR], **case})
    rate = config.optimizer.knobs["learning_rate"]
    assert isinstance(rate, float)
    knobs = {**config.optimizer.knobs, "learning_rate": rate * (1 + place) / 2}
    optimizer = replace(config.optimizer, knobs=knobs)
    return Trainer(replace(config, optimizer=optimizer, seeds=Seeds(data=10 + place, run=place)))


def whole(trainer: Trainer) -> tuple[Any, ...]:
    """All that it is."""
    gradient = None if trainer.gradient is None else trainer.gradient.tobytes()
    return contents(trainer), gradient, trainer.order_rng.bit_generator.state, trainer.stopped.tolist()


def frame(trainer: Trainer) -> list[bytes]:
    """What pictures are made of."""
    seen = [PROBES.build("unit_maps", {"unit_pixels": 5, "output_pixels": 7}), PROBES.build("links")]
    return [array.tobytes() for probe in seen for array in probe.compute(trainer).values()]


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_run_is_in_a_stack_what_it_is_alone(case: str) -> None:
    stacked, alone = ([run(CASES[case], place) for place in range(3)] for _ in range(2))
    assert len({shape_of(one) for one in stacked}) == 1
    assert shape_of(stacked[0]) is not None
    for one in (stacked[1], alone[1]):
        one.run(2)
    stack = Stack(stacked[0], size=4)
    for batches in (2, 7):
        stack.advance(stacked, batches)
        for one in alone:
            one.advance(batches)
    for one, twin in zip(stacked, alone, strict=True):
        assert whole(one) == whole(twin)
        assert frame(one) == frame(twin)


@pytest.mark.parametrize("rate", [0.3, 3.0, 10.0])
def test_one_that_diverges_does_so_as_alone_and_the_others_notice_nothing(rate: float) -> None:
    case = {"layers": [{**FOUR, "neuron": "quadratic", "activation": "relu"}] * 4, "data": {"name": "xor", "count": 60}}
    pairs = []
    for place in range(4):
        pair = [run({**case, "optimizer": "sgd"}, place) for _ in range(2)]
        for one in pair:
            one.change("optimizer.learning_rate", 0.001 if place % 2 else rate)
        pairs.append(pair)
    stack = Stack(pairs[0][0], size=4)
    stack.advance([one for one, _ in pairs], 40)
    for one, twin in pairs:
        twin.advance(40)
        assert whole(one) == whole(twin)
    assert (pairs[0][0].diverged is not None) == (rate == 10.0)
    assert pairs[1][0].diverged is None


def test_what_is_rehearsed_does_not_count_and_is_what_then_comes() -> None:
    case = {"layers": [{**FOUR, "dropout": 0.4, "activation": "rrelu"}]}
    runs = [run(case, place) for place in range(2)]
    before = [whole(one) for one in runs]
    stack = Stack(runs[0], size=2)
    assert stack.rehearse(runs, 99) == 3, "a last batch of five is the runs' own"
    assert [whole(one) for one in runs] == before
    assert not stack.agrees(runs)
    for one in runs:
        one.advance(3)
    assert stack.agrees(runs)
    runs[1].network.theta[-1] *= -1
    assert not stack.agrees(runs)


def test_runs_at_different_places_of_their_epochs_do_not_train_together() -> None:
    runs = [run({}, place) for place in range(2)]
    runs[1].advance(1)
    with pytest.raises(AssertionError, match="same place"):
        Stack(runs[0], size=2).advance(runs, 1)


def test_its_bytes_are_told() -> None:
    runs = [run({}, place) for place in range(2)]
    small, large = (Stack(runs[0], size) for size in (2, 20))
    for stack in (small, large):
        stack.advance(runs, 1)
    assert 4 * small.nbytes < large.nbytes < 20 * small.nbytes


ACTS: dict[str, Callable[[Trainer, random.Random], object]] = {
    "learning rate": lambda one, dice: one.change("optimizer.learning_rate", dice.choice([0.001, 0.05, 10.0])),
    "batch": lambda one, dice: one.change("batch", dice.choice([10, 12, 4])),
    "penalty": lambda one, dice: one.change("l2", dice.choice([0.0, 0.1])),
    "optimizer": lambda one, dice: one.change("optimizer", dice.choice(["sgd", "adam"])),
    "edit": lambda one, dice: edit(one, 0, next(iter(dict(one.network.parameters()))).split(".")[-1], [0, 0], 0.25),
    "reset": lambda one, dice: one.reset(),
    "clear": lambda one, dice: one.clear_divergence(),
    "alone": lambda one, dice: one.advance(dice.randint(1, 9)),
}


def live(config: Config, seed: int, turns: int) -> None:
    """Sessions' lives: at each turn somebody does something, then those who are in company train together."""
    dice = random.Random(seed)
    count = dice.randint(2, 4)
    pairs = [[Trainer(replace(config, seeds=Seeds(place % 2, place))) for _ in range(2)] for place in range(count)]
    stacks: dict[tuple[str, int], Stack] = {}
    for _ in range(turns):
        pair = dice.choice(pairs)
        if dice.random() < 0.2:
            pair[0] = snapshot.load(snapshot.save(pair[0]))
        elif dice.random() < 0.5:
            act, start = dice.choice(list(ACTS)), dice.getstate()
            for one in pair:
                dice.setstate(start)
                ACTS[act](one, dice)
        groups: dict[tuple[str, int], list[list[Trainer]]] = {}
        for pair in dice.sample(pairs, dice.randint(1, count)):
            shape = shape_of(pair[0])
            if shape is not None and pair[0].diverged is None:
                groups.setdefault((shape, pair[0].offset), []).append(pair)
        batches = dice.randint(1, 12)
        for (shape, _), members in groups.items():
            size = len(members) + dice.randint(0, 1)
            stack = stacks.setdefault((shape, size), Stack(members[0][0], size))
            stack.advance([one for one, _ in members], batches)
            for _, twin in members:
                twin.advance(batches)
    for one, twin in pairs:
        # A replaced run has no gradient before its next step, and the same weights.
        assert contents(one) == contents(twin)
        assert frame(one) == frame(twin)


@pytest.mark.parametrize("seed", range(12))
def test_whoever_comes_and_goes_is_what_it_is_alone(seed: int) -> None:
    activation, optimizer = ["tanh", "relu", "rrelu"][seed % 3], ["adam", "momentum", "rmsprop", "sgd"][seed % 4]
    layers = [{**FOUR, "neuron": "linear", "activation": activation, "dropout": 0.2 * (seed % 2)}] * 2
    live(Config.from_json({"data": SMALL, "layers": layers, "optimizer": optimizer}), seed, 60)


@pytest.mark.slow
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(configs(), st.integers(0, 2**20))
def test_any_run_that_may_be_stacked_is_what_it_is_alone(config: Config, seed: int) -> None:
    pairs = [[Trainer(replace(config, seeds=Seeds(place, place), batch=10)) for _ in range(2)] for place in range(3)]
    together = [pair for pair in pairs if shape_of(pair[0]) is not None and pair[0].diverged is None]
    if len({shape_of(one) for one, _ in together}) == 1:
        Stack(together[0][0], 3).advance([one for one, _ in together], 1 + seed % 20)
        for one, twin in together:
            twin.advance(1 + seed % 20)
            assert whole(one) == whole(twin)
            assert np.isfinite(one.network.theta).all()
