"""Twenty seeds of each of two lanes, against one lane alone in the same run. Goal: at most 6 times the time.

The lanes are unequal, so one lane alone is the mean of the two. Every run is to the bit what it is alone, with its own
points' order and its own noise, and is looked at after every epoch: it may have solved its task, or diverged.
"""

from functools import partial

from nncore.config import Config
from nncore.study.repeats import Repeats, fresh_seeds
from nncore.trainer import Trainer
from tests.bench.timing import Times, compare, table

SEEDS, EPOCHS, ROUNDS = 20, 200, 9
LANES = ("linear", "quadratic")


def measure() -> str:
    """The table of this benchmark."""
    lanes = [Config.from_json({"layers": [{"neuron": neuron}] * 2}) for neuron in LANES]
    works = {name: partial(_alone, config) for name, config in zip(LANES, lanes, strict=True)}
    times = compare({**works, "all": partial(_repeated, lanes)}, rounds=ROUNDS, warm_up=1)
    everything = times.pop("all")
    each = zip(*(one.seconds for one in times.values()), strict=True)
    times["mean"] = Times([sum(seconds) / len(LANES) for seconds in each])
    rows = [(name, 1000 * one.median, 1000 * everything.median, everything.ratio(one)) for name, one in times.items()]
    return table(
        f"{SEEDS} seeds of two lanes, 2-8-8-1, {EPOCHS} epochs",
        ("one lane", "alone, ms", f"2 lanes of {SEEDS} seeds, ms", "times one lane alone"),
        rows,
    )


def _alone(config: Config) -> None:
    Trainer(config).run(EPOCHS)


def _repeated(lanes: list[Config]) -> None:
    for config in lanes:
        repeats = Repeats(config, fresh_seeds(config, SEEDS), EPOCHS)
        while repeats.advance(1000):
            pass
