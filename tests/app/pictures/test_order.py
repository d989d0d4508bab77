"""Equal orders have equal names, and an order survives the way to its process."""

from dataclasses import replace

from app.pictures.order import Order
from nncore import Config

ORDER = Order("poster", Config().to_json(), 10, 300, 160, "light", 5.0)


def test_an_order_is_read_as_it_was_written() -> None:
    assert Order.read(ORDER.encode()) == ORDER


def test_the_key_names_what_is_shown() -> None:
    assert replace(ORDER).key == ORDER.key
    others = [
        replace(ORDER, kind="training"),
        replace(ORDER, epochs=11),
        replace(ORDER, theme="dark"),
        replace(ORDER, width=301),
    ]
    assert len({ORDER.key, *(other.key for other in others)}) == 5
