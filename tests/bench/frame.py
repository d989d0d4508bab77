"""One frame of work: an epoch, every unit's 100 by 100 surface, training and test loss, on 2-8-8-1.

Compared with a plain epoch in the same run. Not here: other programs, whose figures from elsewhere would say nothing.
"""

from collections.abc import Callable
from functools import partial

from nncore import Config, Trainer
from nncore.probes import PROBES
from tests.bench.timing import compare, table
from tests.bench.training import textbook_epoch


def measure() -> str:
    """The table of this benchmark."""
    rows = []
    for neuron in ("linear", "quadratic"):
        trainer = Trainer(Config.from_json({"layers": [{"units": 8, "neuron": neuron}] * 2, "optimizer": "sgd"}))
        maps = PROBES.build("unit_maps", {"unit_pixels": 100, "output_pixels": 100})
        parts: dict[str, Callable[[], object]] = {
            "epoch": partial(trainer.run, 1),
            "surfaces": partial(maps.compute, trainer),
            "losses": trainer.evaluate,
        }
        frame = {"frame": lambda p=parts: [work() for work in p.values()]}
        times = compare(parts | frame | {"textbook": textbook_epoch([2, 8, 8, 1], neuron)})
        milliseconds = [1000 * times[name].median for name in (*parts, "frame")]
        surfaces = times["surfaces"].ratio(times["epoch"])
        rows.append((neuron, *milliseconds, surfaces, times["frame"].ratio(times["textbook"])))
    return table(
        "One frame of work, 2-8-8-1",
        (
            "neuron",
            "epoch, ms",
            "17 surfaces of 100 by 100, ms",
            "losses, ms",
            "frame, ms",
            "surfaces / epoch",
            "frame / textbook epoch",
        ),
        rows,
    )
