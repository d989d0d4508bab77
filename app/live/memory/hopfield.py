"""A Hopfield network at work: the state falls, unit by unit, and what it has become is named.

Pure. Not here: how units are updated (`nncore.memory.recall`), how a half is erased (`nncore.memory.patterns`).
"""

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from app.labs.memory_conditions import MemoryFigures
from app.links.memory_link import MemoryLink
from app.live.memory.work import ODD_STATE, Shown, Work, counts_in, require_arrays
from nncore.errors import BadSnapshot
from nncore.memory.ending import ending
from nncore.memory.hopfield import Weights, store
from nncore.memory.patterns import erased, flipped, overlaps
from nncore.memory.recall import MOST_SWEEPS, Recall
from nncore.tape import Array


def start_of(memory: MemoryLink) -> Array:
    """What is shown to the memory, (N,): the pattern that is cued, or what was drawn, and damaged as is wished."""
    patterns, cue = memory.x, int(memory.number("cue")) - 1
    blank = np.full(int(memory.number("side")) ** 2, -1.0)
    whole = memory.start if memory.start is not None else patterns[cue] if len(patterns) else blank
    part = memory.settings["erase"]
    rng = np.random.default_rng([int(memory.number("seed")), cue])
    return flipped(erased(whole, part), memory.number("flip") / 100, rng)  # type: ignore[arg-type]  # one of PARTS


def price_of(memory: MemoryLink) -> int:
    """Bytes at most: weights while they are made, patterns, the energies of the longest recall."""
    units = int(memory.number("side")) ** 2
    return 8 * (4 * units * units + 3 * units * len(memory.x) + 4 * MOST_SWEEPS * units)


class HopfieldWork(Work):
    """Of one link."""

    def __init__(self, memory: MemoryLink) -> None:
        self.x = memory.x
        self.cue = int(memory.number("cue")) - 1
        network = store(self.x, str(memory.settings["rule"]), memory.number("beta"))
        self.recall = Recall(network, start_of(memory), int(memory.number("seed")))
        super().__init__(self.recall, network.units)
        self._told = 0

    @property
    def diverged(self) -> object | None:
        """That it rests."""
        return "rests" if self.recall.over else None

    def reset(self) -> None:
        """Back to what was shown."""
        super().reset()
        self._told = 0

    def picture(self, *, afresh: bool) -> Shown:
        """The state, the energies since the picture before, and the weights once."""
        recall, start = self.recall, 0 if afresh else self._told
        self._told = len(recall.energies)
        body = {
            "history_start": start,
            "last": recall.last,
            "changed": recall.changed,
            "overlaps": [round(float(one), 4) for one in overlaps(self.x, recall.state)],
            "end": asdict(ending(self.x, recall.state)) if recall.over else None,
        }
        arrays = {
            "state": recall.state.astype(np.float32),
            "energies": np.array(recall.energies[start:], np.float32),
        }
        if afresh and isinstance(recall.network, Weights):
            w = recall.network.w
            most = float(np.abs(w).max()) or 1.0
            arrays["weights"] = np.round((w / most + 1) / 2 * 255).astype(np.uint8)
            arrays["weights_range"] = np.array([-most, most], np.float32)
        return Shown(body, arrays)

    def figures(self) -> MemoryFigures:
        """What is shown against the pattern that is cued, and what has become of it."""
        recall, count = self.recall, len(self.x)
        if count == 0:
            return MemoryFigures(recall.epoch, stored=0)
        wanted = self.x[self.cue]
        remembered = float((np.sign(recall.state) == wanted).mean()) if recall.over else math.nan
        return MemoryFigures(recall.epoch, count, float((recall.start != wanted).mean()), remembered)

    def saved(self) -> Shown:
        """The state and the way to it."""
        recall = self.recall
        body = {"epoch": recall.epoch, "offset": recall.offset, "changed": recall.changed}
        return Shown(body, {"state": recall.state, "energies": np.array(recall.energies)})

    def restore(self, body: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
        """Go on from there."""
        epoch, offset, changed = counts_in(body, ("epoch", "offset", "changed"), most=10**6)
        steps = epoch * self.steps_per_epoch + offset
        fits = epoch <= MOST_SWEEPS and offset < self.steps_per_epoch
        require_arrays(arrays, {"state": self.recall.state.shape, "energies": (steps + 1,)}, fits=fits)
        state, energies = arrays["state"], arrays["energies"]
        if not (np.abs(state) <= 1).all():
            raise BadSnapshot("", ODD_STATE)
        self.recall.restore(state, epoch, offset, changed, energies.tolist())
