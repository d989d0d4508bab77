"""A poster or an animation, as an Order has it."""

from app.pictures.making import make
from app.pictures.order import Order
from app.settings import Settings


def work(request: bytes, settings: Settings) -> bytes:
    """The picture's file; raises PictureTooCostly where the order's seconds do not suffice."""
    return make(Order.read(request))
