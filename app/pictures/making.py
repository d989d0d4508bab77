"""Makes the picture of an Order: trains the network as far as it asks, and draws it.

Takes seconds, so it belongs into a process of its own (`app.jobs`). Not here: what a picture shows (`scene`).
"""

import io
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from PIL import Image

from app.errors import PictureTooCostly
from app.pictures.animation import animated, moments
from app.pictures.order import Order
from app.pictures.palette import read_palette
from app.pictures.race_scene import Contender, RaceScene
from app.pictures.scene import Scene
from nncore.config import Config
from nncore.learner import begin
from nncore.sentence import Sentence

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
    lanes = [Contender(begin(Config.from_json(config))) for config in order.lanes or [order.config]]
    size, palette = (order.width, order.height), read_palette(order.theme)
    discrete, tests = order.discrete, order.tests
    draw: Callable[[], Image.Image]
    if order.lanes:
        for lane in lanes:
            lane.look(order.bar)
        race = RaceScene(*size, palette, discrete=discrete, tests=tests)
        draw = partial(race.draw, lanes)
    else:
        draw = partial(Scene(*size, palette, discrete=discrete, tests=tests).draw, lanes[0].trainer)

    def pictures(epochs: Iterable[int]) -> Iterator[Image.Image]:
        for epoch in epochs:
            for lane in lanes:
                _train(lane, epoch, order.bar if order.lanes else None, end)
            yield draw()

    if order.kind == "training":
        return animated(pictures(moments(order.epochs, MOMENTS)))
    out = io.BytesIO()
    next(pictures([order.epochs])).save(out, "PNG", optimize=False)
    return out.getvalue()


def _train(lane: Contender, epochs: int, bar: float | None, end: float) -> None:
    """Train to the end of that epoch; with a `bar`, look after each whether it is reached."""
    trainer = lane.trainer
    while trainer.epoch < epochs and trainer.diverged is None and not trainer.finished:
        trainer.advance(trainer.steps_to_epoch_end)
        if bar is not None:
            lane.look(bar)
        if time.monotonic() > end:
            raise OutOfTime
