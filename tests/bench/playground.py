"""The core of TensorFlow Playground, run in Node beside ours: a network trained by the same rule on the same points.

What runs is `playground.mjs`, written anew after its published behaviour. Not here: what is compared (`frame`,
`training`).
"""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assets.node import find_node
from nncore.config import Config
from nncore.trainer import Trainer

PROGRAM = Path(__file__).with_suffix(".mjs")


class Playground:
    """A process that obeys one order at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def open(self, trainer: Trainer) -> None:
        """The network and the points of `trainer`, as it is now."""
        config, split = trainer.config, trainer.split
        sizes = [len(config.features), *(layer.units for layer in config.layers), 1]
        weights = [array.tolist() for _, array in trainer.network.parameters()]
        self._ask(
            "open",
            sizes=sizes,
            weights=weights,
            points=_rows(split.train_x, split.train_y),
            test=_rows(split.test_x, split.test_y),
            batch=config.batch,
            rate=config.optimizer.knobs["learning_rate"],
        )

    def epochs(self, count: int) -> None:
        """Train."""
        self._ask("epochs", count=count)

    def frames(self, count: int, density: int) -> None:
        """An epoch, every unit's surface of density² places, the losses of training and test: `count` times."""
        self._ask("frames", count=count, density=density)

    def weights(self) -> tuple[list[list[list[float]]], float]:
        """Each layer's (units, inputs + 1), a unit's bias last; and the mean loss of the training points."""
        found = self._ask("weights")
        return found["weights"], found["loss"]

    def surfaces(self, density: int) -> list[list[list[list[float]]]]:
        """Every unit's outputs by layer, column and row, from the top left."""
        found: list[list[list[list[float]]]] = self._ask("surfaces", density=density)["surfaces"]
        return found

    def _ask(self, name: str, **given: Any) -> dict[str, Any]:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"do": name, **given}) + "\n")
        process.stdin.flush()
        answer: dict[str, Any] = json.loads(process.stdout.readline())
        return answer


@contextmanager
def playground() -> Iterator[Playground]:
    """One that ends with the block. Raises NoNode where there is no Node."""
    command = [str(find_node()), str(PROGRAM)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Playground(process)
        finally:
            process.kill()


def config_of(units: Sequence[int]) -> dict[str, Any]:
    """What the playground trains, as a Config: tanh throughout, half the squared error, batches in order."""
    return {
        "layers": [{"units": each} for each in units],
        "loss": "mse",
        "optimizer": {"name": "sgd", "learning_rate": 0.03},
        "shuffle": False,
    }


def trainer_of(units: Sequence[int], **given: Any) -> Trainer:
    """Ours of the same."""
    return Trainer(Config.from_json(config_of(units)), **given)


def _rows(places: Any, labels: Any) -> list[list[float]]:
    return [[x, y, 2.0 * label - 1.0] for (x, y), label in zip(places.tolist(), labels.tolist(), strict=True)]
