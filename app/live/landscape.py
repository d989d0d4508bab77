"""The loss around a run's present weights, worked out a little at a time beside the training.

Not here: what it is (`nncore.probes.loss_slice`), how many may be under way at once (`answers`).
"""

from typing import Any

from nncore.pieces import Pieces
from nncore.probes.loss_slice import LossSlice
from nncore.tape import Array
from nncore.trainer import Trainer


class Landscape:
    """The loss of a run along two random directions from its weights of now; the run itself is not touched."""

    def __init__(self, trainer: Trainer, seed: int) -> None:
        """`seed` draws the directions."""
        self._seed = seed
        self._epoch, self._points = trainer.epoch, trainer.split.train_count
        self._pieces: Pieces[dict[str, Array]] = LossSlice(seed=seed).pieces(trainer)
        self._found: dict[str, Array] | None = None
        self.advance(1)

    def advance(self, pieces: int) -> bool:
        """Work so many more of them off; whether all of them have been."""
        try:
            for _ in range(pieces if self._found is None else 0):
                next(self._pieces)
        except StopIteration as end:
            self._found = end.value
        return self._found is not None

    def report(self) -> dict[str, Any]:
        """What the answer says: rows of `loss` from the top, `center` the loss at the weights themselves."""
        assert self._found is not None
        loss, steps, center = (self._found[name].astype(float) for name in ("loss", "steps", "center"))
        return {
            "seed": self._seed,
            "epoch": self._epoch,
            "points": self._points,
            "steps": [float(f"{one:.7g}") for one in steps],
            "loss": [[float(f"{one:.5g}") for one in row] for row in loss],
            "center": float(f"{center[0]:.7g}"),
        }
