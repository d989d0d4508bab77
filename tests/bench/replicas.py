"""Thirty-two replicas trained together, against one network alone. Budget: at most 4 times the time."""

from functools import partial

from nncore.neurons import NEURONS
from tests.bench.timing import compare, table
from tests.bench.training import trainer_of

REPLICAS, SIZES = 32, [2, 8, 8, 1]


def measure() -> str:
    """The table of this benchmark."""
    rows = []
    for neuron in NEURONS:
        one, many = trainer_of(SIZES, neuron), trainer_of(SIZES, neuron, REPLICAS)
        times = compare({"one": partial(one.run, 1), "many": partial(many.run, 1)})
        milliseconds = (1000 * times["one"].median, 1000 * times["many"].median)
        ratio = times["many"].ratio(times["one"])
        rows.append((neuron, *milliseconds, ratio, REPLICAS / ratio))
    return table(
        f"{REPLICAS} replicas of 2-8-8-1 together",
        ("neuron", "one, ms/epoch", "32 together, ms/epoch", "times one", "times the samples/s"),
        rows,
    )
