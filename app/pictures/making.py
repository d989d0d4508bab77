"""Makes the picture of an Order: trains the network as far as it asks, and draws it.

Takes seconds, so it belongs into a process of its own (`app.jobs`). Not here: what a picture shows (`scene`).
"""

import io
import time
from collections.abc import Iterator

from PIL import Image

from app.errors import PictureTooCostly
from app.pictures.animation import animated, moments
from app.pictures.order import Order
from app.pictures.palette import read_palette
from app.pictures.scene import Scene
from nncore.config import Config
from nncore.sentence import Sentence
from nncore.trainer import Trainer

MOMENTS = 40
"""Pictures in an animation."""


_TOO_COSTLY = Sentence(
    "refused.picture_too_costly",
    "{value} {value:epoch|epochs} of this network would take longer than {seconds} "
    "{seconds:second|seconds}; use fewer epochs, a smaller network or fewer points",
)


class OutOfTime(Exception):
    """The order's seconds are over."""


def make(order: Order) -> bytes:
    """The picture's file. Raises PictureTooCostly where the order's seconds do not suffice."""
    try:
        return _made(order, time.monotonic() + order.seconds)
    except OutOfTime:
        raise PictureTooCostly("epochs", _TOO_COSTLY, value=order.epochs, seconds=order.seconds) from None


def _made(order: Order, end: float) -> bytes:
    trainer = Trainer(Config.from_json(order.config))
    scene = Scene(order.width, order.height, read_palette(order.theme), discrete=order.discrete, tests=order.tests)
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
