"""A picture is what its order asks for."""

from app.jobs.tasks.picture import work
from app.pictures.making import make
from app.pictures.order import Order
from app.settings import Settings
from nncore.config import Config


def test_an_order_becomes_its_picture() -> None:
    order = Order("poster", Config().to_json(), 2, 300, 160, "light", 60.0)
    assert work(order.encode(), Settings()) == make(order)
