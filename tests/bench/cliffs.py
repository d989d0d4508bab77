"""The dearest networks that a server allows: what a frame of each takes, in how many pieces, and the longest of them.

A piece is what a turn cannot be cut below; so is the pass of all points where an epoch that is recorded ends. Memory is
kept as a host keeps it. Not here: what others feel of it (`live`).
"""

import statistics
import time
from collections.abc import Iterator
from typing import Any

from app.hosts.allocator import keep_freed
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
    keep_freed()
    rows = []
    for name, neuron in KINDS.items():
        trainer, painter = Trainer(Config.from_json(config_of(neuron))), Painter(12, 50)
        frames = [list(_pieces(trainer, painter)) for _ in range(ROUNDS + 1)][1:]
        whole, longest = statistics.median(map(sum, frames)), statistics.median(map(max, frames))
        at_once = statistics.median(_pass(trainer) for _ in range(ROUNDS))
        rows.append((name, 1000 * whole, len(frames[0]), 1000 * longest, 1000 * at_once))
    columns = ("six layers of 16", "frame, ms", "pieces", "the longest, ms", "all points at once, ms")
    return table("A frame of the dearest networks, 2,000 points of five classes", columns, rows)


def _pass(trainer: Trainer) -> float:
    """The seconds of processor time that a pass of all points takes."""
    begun = time.process_time()
    trainer.forward_all()
    return time.process_time() - begun


def _pieces(trainer: Trainer, painter: Painter) -> Iterator[float]:
    """The seconds of processor time that each piece takes."""
    pieces = painter.pieces(trainer, Caption(1, True, 1.0, 0.0, 0, confusion=True), compress=True)
    going = True
    while going:
        begun = time.process_time()
        going = next(pieces, b"") is None
        yield time.process_time() - begun
