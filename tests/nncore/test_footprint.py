"""What is told before a run is built; whether it is true of whole sessions is in tests/app/links/test_memory.py."""

import itertools
import tracemalloc
from typing import Any

import pytest

from nncore import snapshot
from nncore.config import Config
from nncore.footprint import View, checkpoint_bytes, footprint, parameter_bytes
from nncore.history import COLUMNS, History
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.trainer import Trainer


def config(**fields: Any) -> Config:
    return Config.from_json({"data": {"name": "xor", "count": 60}, **fields})


@pytest.mark.parametrize(("name", "optimizer"), [*zip(NEURONS, itertools.cycle(OPTIMIZERS), strict=False)])
def test_no_checkpoint_is_longer_than_was_told(name: str, optimizer: str) -> None:
    layer = {"units": 5, "neuron": name, "activation": "prelu", "norm": "layer_norm"}
    asked = config(layers=[layer] * 2, output={"neuron": name}, optimizer=optimizer)
    trainer = Trainer(asked).run(3)
    records_to_come = 8 * len(COLUMNS) * (History.most() - len(trainer.history))
    told, real = checkpoint_bytes(asked), len(snapshot.save(trainer))
    assert real + records_to_come <= told
    assert told - records_to_come - real < 8_000


def test_points_of_one_s_own_are_in_the_checkpoint() -> None:
    points = [[x / 1000, -0.123456789012345, x % 2] for x in range(1000)]
    asked = Config.from_json({"data": {"name": "own", "points": points}})
    assert len(snapshot.save(Trainer(asked))) <= checkpoint_bytes(asked)


def test_a_batch_of_more_points_than_there_are_takes_no_more_than_all_of_them() -> None:
    assert footprint(config(batch=10_000)) == footprint(config(batch=30))
    assert footprint(config(batch=30)).batch > footprint(config(batch=10)).batch


def test_the_part_that_takes_most_is_named() -> None:
    kan = [{"units": 16, "neuron": {"name": "kan", "grid": 20, "order": 5}}] * 3
    many = {"name": "xor", "count": 2000}
    assert footprint(config()).largest == "network"
    assert footprint(config(layers=kan, data=many, batch=1000)).largest == "batch"
    assert footprint(config(layers=kan, data=many)).largest == "points"
    assert footprint(config(), View(200, 400)).largest == "pixels"


def test_every_part_of_a_view_counts() -> None:
    sizes = [View(), View(12, 50), View(24, 50), View(24, 100), View(24, 100, 40), View(24, 100, 40, 13)]
    totals = [footprint(config(), view).total for view in sizes]
    assert totals == sorted(set(totals))


def test_parameters_beyond_all_memory_are_counted_without_any() -> None:
    layer = {"units": 256, "neuron": "bilinear_form"}
    asked = config(layers=[layer] * 32)
    tracemalloc.start()
    try:
        told = parameter_bytes(asked)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    # 31 layers of a matrix 256 by 256 for each of 256 units, in float32 alone.
    assert told > 31 * 256**3 * 4
