"""Makes one picture and ends: `python -m app.pictures.worker`, the order on stdin, the picture on stdout.

At the lowest priority, so that live sessions come first. Ends with TOO_LONG where the order's seconds did not suffice.
"""

import io
import os
import sys
import time
from collections.abc import Iterator

from PIL import Image

from app.pictures.animation import animated, moments
from app.pictures.order import Order
from app.pictures.palette import read_palette
from app.pictures.scene import Scene
from nncore.config import Config
from nncore.trainer import Trainer

TOO_LONG = 3
"""The exit code for a picture that would take longer than it may."""

MOMENTS = 40
"""Pictures in an animation."""


class OutOfTime(Exception):
    """The order's seconds are over."""


def make(order: Order) -> bytes:
    """The picture's file. Raises OutOfTime."""
    end = time.monotonic() + order.seconds
    trainer = Trainer(Config.from_json(order.config))
    scene = Scene(order.width, order.height, read_palette(order.theme))
    if order.kind == "training":
        return animated(_pictures(trainer, scene, moments(order.epochs, MOMENTS), end))
    _train(trainer, order.epochs, end)
    out = io.BytesIO()
    scene.draw(trainer).save(out, "PNG", optimize=False)
    return out.getvalue()


def _pictures(trainer: Trainer, scene: Scene, epochs: list[int], end: float) -> Iterator[Image.Image]:
    for epoch in epochs:
        _train(trainer, epoch, end)
        yield scene.draw(trainer)


def _train(trainer: Trainer, epochs: int, end: float) -> None:
    while trainer.epoch < epochs and trainer.diverged is None:
        trainer.advance(trainer.steps_to_epoch_end)
        if time.monotonic() > end:
            raise OutOfTime


def main() -> int:
    """Make what stdin orders; the exit code."""
    if hasattr(os, "nice"):
        os.nice(15)
    try:
        sys.stdout.buffer.write(make(Order.read(sys.stdin.buffer.read())))
    except OutOfTime:
        return TOO_LONG
    return 0


if __name__ == "__main__":
    sys.exit(main())
