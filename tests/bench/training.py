"""Samples per second of plain training, beside a textbook NumPy loop of the same network in the same run."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from nncore import Config, Trainer
from tests.bench.textbook import TextbookNetwork
from tests.bench.timing import Work, compare, table

SHAPES = ([2, 4, 2, 1], [2, 8, 8, 1], [2, 8, 8, 8, 8, 8, 8, 1], [2, 32, 32, 1])
POINTS, BATCH, RATE = 250, 10, 0.01


def trainer_of(sizes: list[int], neuron: str, replicas: int | None = None) -> Trainer:
    """Hidden layers of `sizes[1:-1]`, tanh, plain gradient descent on 250 spiral points."""
    config = Config.from_json(
        {
            "layers": [{"units": units, "neuron": neuron} for units in sizes[1:-1]],
            "optimizer": {"name": "sgd", "learning_rate": RATE},
            "batch": BATCH,
        }
    )
    return Trainer(config, replicas=replicas, record=False)


def textbook_epoch(sizes: list[int], neuron: str) -> Work:
    """The same epoch as a textbook trains it."""
    rng = np.random.default_rng(0)
    split = trainer_of(sizes, neuron).split
    x, y = np.ascontiguousarray(split.inputs[:2, :POINTS].T), split.train_y.astype(np.float32)
    network = TextbookNetwork(sizes, neuron, rng)
    return lambda: network.train_epoch(x, y, BATCH, RATE, rng)


def measure() -> str:
    """The table of this benchmark."""
    return table(
        "Plain training",
        ("network, tanh, batch 10, 250 points", "neuron", "samples/s", "textbook samples/s", "times textbook"),
        _rows(),
    )


def _rows() -> Iterator[tuple[object, ...]]:
    for sizes in SHAPES:
        for neuron in ("linear", "quadratic"):
            trainer = trainer_of(sizes, neuron)
            times = compare({"ours": partial(trainer.run, 1), "textbook": textbook_epoch(sizes, neuron)})
            ours, textbook = times["ours"], times["textbook"]
            name = "-".join(map(str, sizes))
            yield name, neuron, POINTS / ours.median, POINTS / textbook.median, textbook.ratio(ours)
