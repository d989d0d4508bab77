"""Twenty seeds of each of two lanes, against one lane alone in the same run. Goal: at most 6 times the time.

Every run is to the bit what it is alone, with its own points' order, its own noise and its own record of every epoch.
"""

from functools import partial

from nncore.config import Config
from nncore.study.repeats import Repeats, fresh_seeds
from nncore.trainer import Trainer
from tests.bench.timing import compare, table

SEEDS, EPOCHS, ROUNDS = 20, 200, 9
LANES = ("linear", "quadratic")


def measure() -> str:
    """The table of this benchmark."""
    lanes = [Config.from_json({"layers": [{"neuron": neuron}] * 2}) for neuron in LANES]
    works = {f"{name} alone": partial(_alone, config) for name, config in zip(LANES, lanes, strict=True)}
    times = compare({**works, "all": partial(_repeated, lanes)}, rounds=ROUNDS, warm_up=1)
    everything = times["all"]
    rows = [
        (name, 1000 * times[f"{name} alone"].median, 1000 * everything.median, everything.ratio(times[f"{name} alone"]))
        for name in LANES
    ]
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
