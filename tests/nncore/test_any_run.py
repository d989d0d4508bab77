"""Any run that may exist: it is finite and learns, or says why not; and it can be saved, opened, shown and taken home.

Over every Config that a page can make, however far it was trained, diverged or not; and over all kinds, activations and
optimisers at settings that are too hard for many.
"""

import itertools
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nncore import snapshot
from nncore.activations import ACTIVATIONS
from nncore.config import Config
from nncore.export import EXPORTS
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.probes import PROBES
from nncore.tape import Array
from nncore.trainer import Trainer
from tests.nncore.any_config import QUICK, configs

UNSEEN = 1e-6
"""A gradient of at most this size need not move any weight."""


def is_finite(trainer: Trainer) -> bool:
    """Whether its weights, those to go back to and the optimiser's memory are numbers."""
    arrays = (trainer.network.theta, trainer.guard.fallback, *trainer.memory.values())
    return all(np.isfinite(array).all() for array in arrays)


def losses(trainer: Trainer) -> list[float]:
    """On the training points, and on the test points where there are any."""
    metrics = trainer.evaluate()
    known = [metrics.train_loss, metrics.test_loss] if len(trainer.split.test_y) else [metrics.train_loss]
    return [float(loss) for loss in known]


def learns_or_tells(trainer: Trainer) -> bool:
    """Whether one more step moves a weight, is told to have failed, or has nothing to learn from."""
    before = trainer.network.theta.copy()
    trainer.advance(1)
    if trainer.diverged is not None or (trainer.network.theta != before).any():
        return True
    assert trainer.gradient is not None
    return bool(np.abs(trainer.gradient).max() <= UNSEEN)


@pytest.mark.parametrize("neuron", NEURONS)
def test_whatever_is_trained_too_hard_is_finite_and_learns_or_tells(neuron: str) -> None:
    rates, points = itertools.cycle([0.03, 0.1, 0.3, 1.0, 3.0, 10.0]), itertools.cycle(["xor", "hills", "circles"])
    depths, epochs = itertools.cycle([1, 2, 6, 3, 4]), itertools.cycle([8, 1, 4, 2])
    # Every kind meets every activation, and each of the two every optimiser: the next kind begins with the next one.
    optimizers = itertools.islice(itertools.cycle(OPTIMIZERS), [*NEURONS].index(neuron), None)
    for activation, optimizer in zip(ACTIVATIONS, optimizers, strict=False):
        layers = [{"units": 4, "neuron": neuron, "activation": activation}] * next(depths)
        hard = {"name": optimizer, "learning_rate": next(rates)}
        config = {"layers": layers, "optimizer": hard, "data": {"name": next(points), "count": 40}, "batch": 5}
        trainer = Trainer(Config.from_json(config)).run(next(epochs))
        assert is_finite(trainer), config
        assert np.isfinite(losses(trainer)).all() or trainer.diverged, config
        assert learns_or_tells(trainer), config


FOUND: list[tuple[dict[str, Any], int]] = [
    ({"data": {"name": "xor"}, "layers": [{"neuron": "pi_net", "activation": "relu"}] * 6}, 12),
    (
        {
            "data": {"name": "hills"},
            "layers": [{"neuron": "rbf", "activation": "square"}],
            "optimizer": {"name": "sgd", "learning_rate": 10.0},
            "batch": 250,
        },
        4,
    ),
]
"""Runs that once died without a word: memory that overflowed, a last step that broke all."""


@pytest.mark.parametrize(("config", "epochs"), FOUND)
def test_runs_that_once_died_without_a_word_are_finite_or_tell(config: dict[str, Any], epochs: int) -> None:
    trainer = Trainer(Config.from_json(config)).run(epochs)
    assert is_finite(trainer)
    assert np.isfinite(losses(trainer)).all() or trainer.diverged
    runs_alone(snapshot.load(snapshot.save(trainer)))
    assert learns_or_tells(trainer)


@pytest.mark.slow
@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(configs(), st.integers(0, 40), st.integers(0, 3))
def test_any_run_goes_on_from_its_snapshot_and_can_be_shown_and_taken_home(
    config: Config, epochs: int, steps: int
) -> None:
    trainer = Trainer(config).run(epochs)
    assert is_finite(trainer)
    assert np.isfinite(losses(trainer)).all() or trainer.diverged
    trainer.advance(steps)
    assert is_finite(trainer)
    opened = snapshot.load(snapshot.save(trainer))
    assert contents(opened) == contents(trainer)
    for name, export in EXPORTS.items():
        assert export(opened) == export(trainer), name
    runs_alone(opened)
    for name in PROBES:
        arrays = PROBES.build(name, QUICK.get(name, {})).compute(opened)
        measured = arrays if len(opened.split.test_y) else without_test(arrays)
        assert all(np.isfinite(array).all() for array in measured.values()), name
    for one in (trainer, opened):
        one.clear_divergence()
        one.advance(7)
    assert contents(opened) == contents(trainer)
    assert is_finite(trainer)


def without_test(arrays: dict[str, Array]) -> dict[str, Array]:
    """What a probe found, but for how well it does on the test points of a run that has none: that is NaN."""
    return {name: array[:, :1] if name in ("accuracy", "r_squared") else array for name, array in arrays.items()}


def contents(trainer: Trainer) -> tuple[dict[str, Any], dict[str, bytes]]:
    """All that a run is, to the bit."""
    saved = snapshot.save(trainer)
    arrays = safetensors.numpy.load(saved)
    return snapshot.read_body(saved, "checkpoint"), {name: array.tobytes() for name, array in arrays.items()}


def runs_alone(trainer: Trainer) -> None:
    """Whether the code to take home is code: that for NumPy answers, that for PyTorch can be compiled."""
    names: dict[str, Any] = {"__name__": "taken_home"}
    with np.errstate(all="ignore"):
        exec(EXPORTS["numpy"](trainer), names)  # our own code, as a reader would run it
        predictions = names["predict"]([[0.0, 0.0], [0.5, -0.5]])
    assert predictions.shape == trainer.predict([[0.0, 0.0], [0.5, -0.5]]).shape
    compile(EXPORTS["torch"](trainer), "taken_home", "exec")
