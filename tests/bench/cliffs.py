"""The dearest networks that a server allows: what a frame of each takes, in how many pieces, and the longest of them.

A piece is what a turn cannot be cut below; the first one is the pass of all points. Not here: what others feel of it
(`live`).
"""

import statistics
import time
from collections.abc import Iterator
from typing import Any

from app.live.frames import Caption, Painter
from nncore.config import Config
from nncore.trainer import Trainer
from tests.bench.timing import table

POINTS = {"name": "gaussians", "blobs": 5, "count": 2000}
ROUNDS = 5
KINDS: dict[str, Any] = {
    "linear": "linear",
    "kan, the finest": {"name": "kan", "grid": 20, "order": 5},
    "attention": "attention",
    "adder": "adder",
    "rbf": "rbf",
}
"""Those that take a pass for each unit for their links, the largest of all, and the lightest."""


def config_of(neuron: Any) -> dict[str, Any]:
    """Six layers of 16, 2,000 points of five classes."""
    return {"layers": [{"units": 16, "neuron": neuron}] * 6, "data": POINTS}


def measure() -> str:
    """The table of this benchmark."""
    rows = []
    for name, neuron in KINDS.items():
        trainer, painter = Trainer(Config.from_json(config_of(neuron))), Painter(12, 50)
        frames = [list(_pieces(trainer, painter)) for _ in range(ROUNDS + 1)][1:]
        whole = statistics.median(map(sum, frames))
        longest = statistics.median(max(seconds[1:]) for seconds in frames)
        rows.append((name, 1000 * whole, len(frames[0]), 1000 * frames[0][0], 1000 * longest))
    columns = ("six layers of 16", "frame, ms", "pieces", "the pass of all points, ms", "the longest of the rest, ms")
    return table("A frame of the dearest networks, 2,000 points of five classes", columns, rows)


def _pieces(trainer: Trainer, painter: Painter) -> Iterator[float]:
    """The seconds of processor time that each piece takes."""
    pieces = painter.pieces(trainer, Caption(1, True, 1.0, 0.0, 0, confusion=True), compress=True)
    going = True
    while going:
        begun = time.process_time()
        going = next(pieces, b"") is None
        yield time.process_time() - begun
