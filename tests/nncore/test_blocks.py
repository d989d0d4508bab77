"""Many columns go through a network in blocks, which change what is seen by no more than rounding."""

from typing import Any

import numpy as np
import pytest

from nncore.blocks import FEWEST, MOST, blocks, column_bytes, columns_together
from nncore.config import Config
from nncore.network import Network, NetworkTape
from nncore.pieces import Pieces
from nncore.plane import Plane
from nncore.trainer import Trainer

HEAVY: dict[str, Any] = {
    "data": {"name": "gaussians", "blobs": 3, "count": 500},
    "layers": [{"units": 16, "neuron": "kan", "norm": "layer_norm"}] * 6,
}


def test_blocks_cover_all_columns_once() -> None:
    for count, together in ((1, 5), (5, 5), (12, 5), (2500, 1000)):
        covered = np.concatenate([np.arange(count)[columns] for columns in blocks(count, together)])
        assert covered.tolist() == list(range(count))
    assert list(blocks(0, 5)) == []


def test_light_networks_take_large_blocks_and_heavy_ones_small_ones() -> None:
    light, heavy = (column_bytes(Network(Config.from_json(given))) for given in ({}, HEAVY))
    assert light < 1000 < heavy
    assert (columns_together(light), FEWEST <= columns_together(heavy) < 300) == (MOST, True)
    assert columns_together(10**9) == FEWEST


@pytest.mark.parametrize("replicas", [None, 3])
def test_looking_in_blocks_is_looking_at_once(replicas: int | None) -> None:
    trainer = Trainer(Config.from_json(HEAVY), replicas=replicas).run(1)
    inputs, network = trainer.split.inputs, trainer.network
    assert inputs.shape[1] > columns_together(column_bytes(network))
    tape, whole = trainer.forward_all(), network.tape(inputs.shape[1])
    z = network.forward(inputs, whole)
    np.testing.assert_allclose(tape.passes[-1].z, z, rtol=1e-4, atol=1e-5)
    for seen, expected in zip(tape.passes[:-1], whole.passes[:-1], strict=True):
        np.testing.assert_allclose(seen.a_and_one, expected.a_and_one, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(seen.z, expected.z, rtol=1e-4, atol=1e-5)


def test_a_look_in_pieces_is_one_block_at_a_time_and_the_same_to_the_bit() -> None:
    trainer = Trainer(Config.from_json(HEAVY)).run(1)
    at_once, count = trainer.forward_all().passes[-1].z.copy(), trainer.split.inputs.shape[1]
    trainer.forward_all().passes[-1].z[:] = 0.0
    found: list[NetworkTape] = []

    def kept() -> Pieces[None]:
        found.append((yield from trainer.forward_all_pieces()))

    pauses = sum(1 for _ in kept())
    assert pauses + 1 == len(list(blocks(count, columns_together(column_bytes(trainer.network)))))
    np.testing.assert_array_equal(found[0].passes[-1].z, at_once)


@pytest.mark.parametrize("neuron", [{"name": "kan"}, {"name": "kan", "grid": 20, "order": 5}], ids=str)
def test_replicas_look_in_the_same_blocks_as_each_alone(neuron: dict[str, Any]) -> None:
    config = Config.from_json({**HEAVY, "layers": [{"units": 16, "neuron": neuron}] * 6})
    alone, three = Network(config), Network(config, replicas=3)
    assert column_bytes(alone) == column_bytes(three)


def test_a_heavy_network_s_picture_takes_no_more_scratch_than_a_few_blocks() -> None:
    trainer, plane = Trainer(Config.from_json(HEAVY)), Plane()
    taken = {id(tape): tape for _, tape, _ in plane.grid_passes(trainer, 100)}
    assert sum(tape.nbytes for tape in taken.values()) < 12_000_000
