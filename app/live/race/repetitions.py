"""A lane's repetitions as one binary message: the surface of every seed, small, the band of all, and the runs.

Pure. Not here: who trains them (`again`), what they say together (`nncore.study.standing`).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.links import link
from app.live.frames import compressed
from app.live.quantise import answer
from app.live.safetensors_file import serialized
from nncore.config import Config
from nncore.probes.unit_maps import UnitMaps
from nncore.study.band import band
from nncore.study.repeats import Outcome
from nncore.study.standing import finite
from nncore.tape import Array
from nncore.trainer import Trainer

KIND = "repetitions"

PIXELS = 24
"""The side of a seed's surface."""


class Repetitions:
    """Makes the message of lane `name`, a seed's surface at a time."""

    def __init__(self, name: str, config: Config, outcomes: Sequence[Outcome], histories: Sequence[Array]) -> None:
        self._name, self._config = name, config
        self._outcomes, self._histories = outcomes, histories
        self._surfaces: list[dict[str, NDArray[Any]]] = []
        self._looking = self._looked()

    @property
    def done(self) -> bool:
        """Whether every seed has been looked at."""
        return len(self._surfaces) == len(self._outcomes)

    def advance(self) -> None:
        """Look at one more seed."""
        self._surfaces.append(next(self._looking))

    def message(self, *, compress: bool) -> bytes:
        """All of it; `done` has to be."""
        diverged = [None if one.diverged is None else one.diverged.epoch for one in self._outcomes]
        arrays: dict[str, NDArray[Any]] = {"band": band(self._histories, diverged).astype(np.float32)}
        for name in self._surfaces[0] if self._surfaces else ():
            arrays[name] = np.stack([surface[name] for surface in self._surfaces])
        body = {"lane": self._name, "runs": [self._run(one) for one in self._outcomes]}
        metadata = {"kind": KIND, "body": json.dumps(body, allow_nan=False, separators=(",", ":"))}
        message = serialized(arrays, metadata)
        return compressed(message) if compress else message

    def _looked(self) -> Iterator[dict[str, NDArray[Any]]]:
        """Each seed's `output` with its range and, of three classes or more, `output_scores`, as a frame has them."""
        trainer = Trainer(self._config, record=False)
        probe = UnitMaps(unit_pixels=PIXELS, output_pixels=PIXELS)
        for outcome in self._outcomes:
            # A fresh seed's network differs in its numbers alone.
            trainer.network.theta[...] = outcome.theta
            maps = probe.compute(trainer)
            yield answer(maps["output"], maps.get("output_z"), "output")

    def _run(self, outcome: Outcome) -> dict[str, Any]:
        # What stands behind its # is that of the lane's link, which the client has: not to be sent with each seed.
        written = link.write(replace(self._config, seeds=outcome.seeds))
        return {
            "link": None if written is None else written.partition("#")[0],
            "data_seed": outcome.seeds.data,
            "run_seed": outcome.seeds.run,
            "epoch": outcome.epoch,
            "solved": outcome.solved_epoch,
            "loss": {"train": finite(outcome.train_loss), "test": finite(outcome.test_loss)},
            "accuracy": None
            if outcome.test_accuracy is None
            else {"train": outcome.train_accuracy, "test": outcome.test_accuracy},
            "diverged": None if outcome.diverged is None else outcome.diverged.epoch,
        }
