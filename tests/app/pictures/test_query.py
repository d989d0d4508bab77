"""An address asks for a picture by the keys of a link, and a few of its own."""

import pytest

from app.errors import PictureTooCostly
from app.pictures.order import Order
from app.pictures.query import EPOCHS, order_of
from app.settings import Settings
from nncore.errors import InputError

SETTINGS = Settings()


def test_an_empty_query_is_the_default_network_trained_a_while() -> None:
    order = order_of("poster", "", SETTINGS)
    assert (order.epochs, order.width, order.height, order.theme) == (EPOCHS, 1200, 630, "light")


def test_a_link_says_what_is_shown_and_for_how_long() -> None:
    order = order_of("training", "data=spirals&neuron=quadratic&epochs=7&theme=dark&width=640", SETTINGS)
    assert order.config["data"]["name"] == "spirals"
    assert {layer["neuron"]["name"] for layer in order.config["layers"]} == {"quadratic"}
    assert (order.epochs, order.theme, order.width, order.height) == (7, "dark", 640, 360)


def test_a_link_says_how_the_output_is_seen() -> None:
    order = order_of("poster", "discrete=on&test=off", SETTINGS)
    assert (order.discrete, order.tests) == (True, False)
    order = order_of("poster", "discrete=off&test=on", SETTINGS)
    assert (order.discrete, order.tests) == (False, True)


def test_first_weights_can_be_asked_for() -> None:
    assert order_of("poster", "epochs=0", SETTINGS).epochs == 0


def test_the_shape_stays_where_one_side_is_given() -> None:
    order = order_of("poster", "height=315", SETTINGS)
    assert (order.width, order.height) == (600, 315)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("neurn=kan", "neurn: is not a key of a link; did you mean neuron"),
        ("width=20", "width: must be a whole number from 200 to 1920"),
        ("width=much", "width: must be a whole number"),
        ("theme=red", "theme: there is no theme called 'red'; available: light, dark"),
        ("layers=99", "layers: must be at most 16 on this server"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_its_key(query: str, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        order_of("poster", query, SETTINGS)
    assert str(caught.value).startswith(sentence)


def test_more_epochs_than_a_picture_may_show_are_refused() -> None:
    with pytest.raises(PictureTooCostly, match="at most 50 for a picture, not 51"):
        order_of("poster", "epochs=51", Settings(picture_epochs=50))


def test_a_link_that_names_lanes_asks_for_a_picture_of_the_race() -> None:
    order = order_of("poster", "data=xor&epochs=30&b.neuron=product&bar=0.9&theme=dark&width=600", SETTINGS)
    assert (order.epochs, order.bar, order.theme, order.width) == (30, 0.9, "dark", 600)
    assert [lane["layers"][0]["neuron"]["name"] for lane in order.lanes] == ["linear", "product"]
    assert order_of("training", "data=xor&epochs=30&b.neuron=product&at=12", SETTINGS).epochs == 12
    assert Order.read(order.encode()).key == order.key


def test_a_race_too_long_for_a_picture_says_so() -> None:
    with pytest.raises(PictureTooCostly) as refused:
        order_of("poster", "epochs=5000&b.neuron=product", Settings(picture_epochs=1000))
    assert refused.value.path == "at"
