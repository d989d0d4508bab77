"""A Boltzmann machine at work: it learns pictures, mends damaged ones, and dreams.

Pure. Not here: how it learns (`nncore.memory.contrastive`).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from app.labs.memory_conditions import MemoryFigures
from app.links.memory_link import MemoryLink
from app.live.memory.work import Shown, Work, counts_in, require_arrays
from nncore.memory.contrastive import DREAM_STEPS, DREAMS, Contrastive, Recipe
from nncore.memory.digits import digits
from nncore.memory.knobs import DIGITS
from nncore.tape import Array

SHOWN = 8
"""Pictures that are shown beside their damaged and their mended versions."""

HALF = 0.5
"""From this chance on a unit counts as on."""

MEASURED = 200
"""Pictures over which errors and free energies are measured."""

MOST_EPOCHS = 100_000
"""Further than anybody goes; records of so many take a few megabytes."""

RECORD = ("epoch", "error", "free", "damaged")
"""Of each epoch: mean error of a reconstruction, a unit; mean free energy of the data, and of damaged data."""


def data_of(memory: MemoryLink) -> Array:
    """Pictures (n, V) of 0 and 1: digits, or what was drawn; a blank where nothing was."""
    if memory.settings["data"] == DIGITS:
        return digits()
    drawn = memory.x
    return (drawn > 0).astype(np.float64) if len(drawn) else np.zeros((1, int(memory.number("side")) ** 2))


def price_of(memory: MemoryLink) -> int:
    """Bytes at most: pictures, parameters with their velocity, what a batch needs, the records."""
    side = 8 if memory.settings["data"] == DIGITS else int(memory.number("side"))
    visible, hidden = side * side, int(memory.number("hidden"))
    return 8 * (2000 * visible + 6 * visible * hidden + 8 * 200 * (visible + hidden) + 4 * MOST_EPOCHS)


class BoltzmannWork(Work):
    """Of one link."""

    def __init__(self, memory: MemoryLink) -> None:
        number = memory.number
        recipe = Recipe(
            hidden=int(number("hidden")),
            k=int(number("k")),
            rate=number("rate"),
            momentum=number("momentum"),
            decay=number("decay"),
            batch=int(number("batch")),
        )
        seed = int(number("seed"))
        self.learner = Contrastive(data_of(memory), recipe, seed)
        super().__init__(self.learner, self.learner.batches)
        data = self.learner.data
        rng = np.random.default_rng([seed, 9])
        some = rng.permutation(len(data))
        self.data, self.shown = data[some[:MEASURED]], data[some[:SHOWN]]
        hits = rng.random(self.data.shape) < number("flip") / 100
        self.damaged = np.abs(self.data - hits)
        self._records: list[tuple[float, ...]] = [self._measured()]
        self._told = 0

    @property
    def steps_per_epoch(self) -> int:
        """Batches in an epoch; while it dreams, what counts as long."""
        return DREAM_STEPS if self.learner.dreaming else self.learner.batches

    @property
    def steps_to_epoch_end(self) -> int:
        """Batches left of it."""
        return DREAM_STEPS if self.learner.dreaming else self.learner.batches - self.learner.offset

    @property
    def step(self) -> int:
        """Batches, and steps of dreams."""
        return super().step + self.learner.dreamt

    @property
    def diverged(self) -> object | None:
        """It never ends."""
        return "rests" if self.learner.epoch >= MOST_EPOCHS else None

    @property
    def dreaming(self) -> bool:
        """Whether time goes to dreams, and the weights rest."""
        return self.learner.dreaming

    def dream(self, *, on: bool) -> None:
        """From now on it dreams, from noise, or learns."""
        if on and not self.learner.dreaming:
            self.learner.wake()
        self.learner.dreaming = on

    def advance(self, steps: int) -> int:
        """Learn so many batches, or dream so many steps; not beyond an epoch's end at once."""
        done = self.learner.advance(min(steps, self.steps_to_epoch_end))
        if not self.learner.dreaming and self.learner.offset == 0:
            self._records.append(self._measured())
        return done

    def reset(self) -> None:
        """Nothing learnt."""
        super().reset()
        self._records, self._told = [self._measured()], 0

    def picture(self, *, afresh: bool) -> Shown:
        """Weights of hidden units, pictures mended from damage, dreams, and the records since the picture before."""
        machine, start = self.learner.machine, 0 if afresh else self._told
        self._told = len(self._records)
        most = float(np.abs(machine.w).max()) or 1.0
        damaged = self.damaged[: len(self.shown)]
        body = {"history_start": start, "dreaming": self.dreaming, "dreamt": self.learner.dreamt}
        arrays = {
            "hidden": np.round((machine.w.T / most + 1) / 2 * 255).astype(np.uint8),
            "hidden_range": np.array([-most, most], np.float32),
            "mended": _bytes(machine.visible(machine.hidden(damaged))),
            "dreams": _bytes(self.learner.seen),
            "history": np.array(self._records[start:], np.float32).reshape(-1, len(RECORD)),
        }
        if afresh:
            arrays |= {"shown": _bytes(self.shown), "damaged": _bytes(damaged)}
        return Shown(body, arrays)

    def figures(self) -> MemoryFigures:
        """What the end of the last epoch was measured to be."""
        *_, free, damaged = self._records[-1]
        return MemoryFigures(self.epoch, gap=damaged - free, dreamt=self.learner.dreamt)

    def mended(self) -> float:
        """Of the damaged pictures' units, the share that is right again once they are seen through."""
        machine = self.learner.machine
        return float(((machine.visible(machine.hidden(self.damaged)) > HALF) == (self.data > HALF)).mean())

    def saved(self) -> Shown:
        """Parameters, their velocity, dreams and records."""
        learner = self.learner
        body = {
            "epoch": learner.epoch,
            "offset": learner.offset,
            "dreamt": learner.dreamt,
            "dreaming": learner.dreaming,
        }
        arrays = {
            **dict(zip("wab", learner.parameters, strict=True)),
            **{f"{name}_velocity": value for name, value in zip("wab", learner.velocity, strict=True)},
            "chains": learner.chains,
            "seen": learner.seen,
            "records": np.array(self._records),
        }
        return Shown(body, {name: np.ascontiguousarray(array) for name, array in arrays.items()})

    def restore(self, body: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
        """Go on from there."""
        learner = self.learner
        epoch, offset, dreamt = counts_in(body, ("epoch", "offset", "dreamt"), most=10**9)
        visible = learner.data.shape[1]
        shapes: dict[str, tuple[int, ...]] = {"chains": (DREAMS, visible), "seen": (DREAMS, visible)}
        for name, value in zip("wab", learner.parameters, strict=True):
            shapes |= {name: value.shape, f"{name}_velocity": value.shape}
        shapes["records"] = (epoch + 1, len(RECORD))
        require_arrays(arrays, shapes, fits=epoch <= MOST_EPOCHS and offset < learner.batches)
        for name, value, speed in zip("wab", learner.parameters, learner.velocity, strict=True):
            value[...], speed[...] = arrays[name], arrays[f"{name}_velocity"]
        learner.chains, learner.seen = arrays["chains"].copy(), arrays["seen"].copy()
        learner.dreamt, learner.dreaming = dreamt, body.get("dreaming") is True
        learner.continue_at(epoch, offset)
        self._records = [tuple(row) for row in arrays["records"].tolist()]

    def _measured(self) -> tuple[float, ...]:
        machine = self.learner.machine
        mended = machine.visible(machine.hidden(self.data))
        free, damaged = machine.free_energy(self.data).mean(), machine.free_energy(self.damaged).mean()
        return float(self.learner.epoch), float(np.abs(self.data - mended).mean()), float(free), float(damaged)


def _bytes(shares: Array) -> Array:
    return np.round(255 * shares).astype(np.uint8)
