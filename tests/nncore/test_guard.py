"""Weights to go back to, network by network, and what is told of each that had to."""

import numpy as np
import pytest

from nncore.config import Config
from nncore.divergence import Divergence
from nncore.guard import Guard
from nncore.heads import LogitHead
from nncore.network import Network
from nncore.optimizers import Step
from nncore.tape import Constants
from nncore.update import Update

CONFIG = Config.from_json({"layers": [{"units": 3}, {"units": 2}], "optimizer": "adagrad"})


def guarded(replicas: int | None) -> tuple[Guard, Network, Update]:
    """Networks whose weights to go back to are all 1."""
    network = Network(CONFIG, fan_in=2, head=LogitHead(), replicas=replicas, dtype=np.float32)
    network.theta[...] = 1.0
    update = Update(network, Step(np.empty_like(network.theta), Constants(np.float32)))
    update.tune(CONFIG)
    update.forget()
    return Guard(network, update), network, update


def test_a_replica_whose_weights_are_not_finite_goes_back_alone() -> None:
    guard, network, update = guarded(2)
    network.theta[...] = 2.0
    network.theta[1, network.layers[1].start] = np.inf
    update.memory["square"][...] = 3.0
    assert guard.check_weights(epoch=4, step=40) is None
    assert (network.theta[0] == 2.0).all()
    assert (network.theta[1] == 1.0).all()
    np.testing.assert_array_equal(update.memory["square"].max(axis=-1), [3.0, 0.0])
    np.testing.assert_array_equal(guard.stopped, [False, True])
    assert guard.divergences == [None, Divergence(epoch=4, step=40, layer=1, last=2, cause="gradient")]


def test_what_a_stopped_replica_learns_afterwards_is_taken_back() -> None:
    guard, network, _ = guarded(2)
    network.theta[1] = np.nan
    guard.check_weights(0, 0)
    assert guard.some_stopped
    network.theta[...] = 5.0
    guard.hold_stopped()
    np.testing.assert_array_equal(network.theta.max(axis=-1), [5.0, 1.0])


@pytest.mark.parametrize("replicas", [None, 2])
def test_the_run_ends_with_the_last_network(replicas: int | None) -> None:
    guard, network, _ = guarded(replicas)
    tape = network.tape(1)
    with np.errstate(all="ignore"):
        network.theta[...] = 3e38
        network.forward(np.full((3, 1), 9.0, np.float32), tape)
    ending = guard.check_values(np.zeros(network.lead, bool), tape, epoch=1, step=7)
    assert ending == Divergence(epoch=1, step=7, layer=0, last=2, cause="values")
    assert (network.theta == 1.0).all()


def test_the_first_that_is_told_of_a_replica_stays() -> None:
    guard, network, _ = guarded(2)
    network.theta[1] = np.nan
    guard.check_weights(0, 3)
    network.theta[...] = np.nan
    ending = guard.check_weights(1, 9)
    assert [one and one.step for one in guard.divergences] == [9, 3]
    assert ending is guard.divergences[0]


def test_weights_that_are_kept_are_those_to_go_back_to_and_what_is_forgotten_stops_nobody() -> None:
    guard, network, _ = guarded(None)
    network.theta[...] = 2.0
    guard.keep()
    network.theta[...] = np.inf
    assert guard.check_weights(0, 0) is not None
    assert (network.theta == 2.0).all()
    guard.forget()
    assert not guard.stopped.any()
    assert (guard.divergences, guard.some_stopped) == ([None], False)
    assert guard.check_weights(0, 1) is None
