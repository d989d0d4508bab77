"""Hebb's, Oja's and Sanger's units at work: arrows among points, and how far they are from the points' own axes.

Pure. Not here: the rules (`nncore.memory.hebb`).
"""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.labs.memory_conditions import MemoryFigures
from app.links.memory_link import MemoryLink
from app.live.memory.work import Shown, Work, counts_in, require_arrays
from nncore.memory.cloud import decorrelated, points
from nncore.memory.hebb import Hebbian, angle, principal_axes
from nncore.tape import Array

MOST_EPOCHS = 10**6

TRAIL = 300
"""Moments of the way that are kept: at most one each step, then fewer, evenly over all of it."""

ALIKE = 1.05
"""Variances along two axes that differ by less than this factor are no axes: there is nothing to find."""


def price_of(memory: MemoryLink) -> int:
    """Bytes at most: points, and what is left of the way."""
    return 8 * (8 * int(memory.number("count")) + 8 * TRAIL)


class HebbWork(Work):
    """Of one link."""

    def __init__(self, memory: MemoryLink) -> None:
        number, seed = memory.number, int(memory.number("seed"))
        rng = np.random.default_rng([seed, 2])
        x = points(str(memory.settings["data"]), int(number("count")), number("stretch"), number("tilt"), rng)
        self.x = decorrelated(x) if memory.settings["decorrelate"] else x
        self.axes, self.variances = principal_axes(self.x)
        self.learner = Hebbian(self.x, str(memory.settings["rule"]), number("rate"), int(number("units")), seed)
        super().__init__(self.learner, len(self.x))
        self._begin_trail()

    @property
    def diverged(self) -> object | None:
        """That it has run away."""
        return "ran away" if self.learner.ran_away or self.learner.epoch >= MOST_EPOCHS else None

    def advance(self, steps: int) -> int:
        """Learn from up to so many points."""
        done = 0
        while done < steps:
            until_kept = self._stride - self.step % self._stride
            now = self.learner.advance(min(steps - done, until_kept))
            done += now
            if now == 0:
                break
            if self.step % self._stride == 0:
                self._keep()
        return done

    def reset(self) -> None:
        """Before the first point."""
        super().reset()
        self._begin_trail()

    def picture(self, *, afresh: bool) -> Shown:
        """The arrows and the way that they have come; the points once."""
        w = self.learner.w
        lengths = np.linalg.norm(w, axis=1)
        body = {
            "ran_away": self.learner.ran_away,
            "lengths": [_short(length) for length in lengths],
            "angles": [_short(angle(one, axis)) for one, axis in zip(w, self.axes, strict=False)],
            "found": bool(self.variances[0] > ALIKE * self.variances[1]),
        }
        arrays = {"arrows": w.astype(np.float32), "trail": np.array(self._trail, np.float32)}
        if afresh:
            arrays |= {
                "points": self.x.astype(np.float32),
                "axes": (self.axes * np.sqrt(self.variances)[:, None]).astype(np.float32),
            }
        return Shown(body, arrays)

    def figures(self) -> MemoryFigures:
        """Length of the first arrow, and the degrees to the axes."""
        w = self.learner.w
        angles = [angle(one, axis) for one, axis in zip(w, self.axes, strict=False)]
        second = angles[1] if len(angles) > 1 else math.nan
        return MemoryFigures(self.epoch, length=float(np.linalg.norm(w[0])), angle=angles[0], second_angle=second)

    def saved(self) -> Shown:
        """The weights and the way to them."""
        body = {"epoch": self.epoch, "offset": self.offset, "stride": self._stride}
        return Shown(body, {"w": self.learner.w, "trail": np.array(self._trail)})

    def restore(self, body: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
        """Go on from there."""
        epoch, offset, stride = counts_in(body, ("epoch", "offset", "stride"), most=10**9)
        shape = self.learner.w.shape
        kept = len(arrays["trail"]) if "trail" in arrays and arrays["trail"].ndim == 3 else 0
        fits = epoch <= MOST_EPOCHS and offset < self.steps_per_epoch and stride > 0 and 0 < kept <= TRAIL
        require_arrays(arrays, {"w": shape, "trail": (kept, *shape)}, fits=fits)
        self.learner.w = arrays["w"].copy()
        self.learner.continue_at(epoch, offset)
        self._stride, self._trail = stride, list(arrays["trail"].copy())

    def _begin_trail(self) -> None:
        self._stride = 1
        self._trail = [self.learner.w.copy()]

    def _keep(self) -> None:
        self._trail.append(self.learner.w.copy())
        if len(self._trail) == TRAIL:
            # As long a way in half as many moments.
            self._trail, self._stride = self._trail[::2], 2 * self._stride


def _short(value: float) -> float | None:
    return round(float(value), 4) if math.isfinite(value) else None
