"""An entry's name and knobs as plain data: read both ways, and every refusal names the place."""

from typing import Any

import pytest

from nncore.activations import ACTIVATIONS
from nncore.choice import Choice, Fields
from nncore.errors import InputError
from nncore.spec import Knob

TANH = Choice("tanh")
UNITS = Knob("units", "Units", "int", 8, 1, 256)


def test_a_name_alone_and_a_name_with_its_knobs_are_read() -> None:
    assert Choice.of(ACTIVATIONS, "tanh", "activation") == TANH
    steep = Choice.of(ACTIVATIONS, {"name": "leaky_relu", "slope": 0.2}, "activation")
    assert steep == Choice("leaky_relu", {"slope": 0.2})
    assert steep.to_json() == {"name": "leaky_relu", "slope": 0.2}


def test_knobs_that_are_left_out_are_the_entrys_own() -> None:
    chosen = Choice.of(ACTIVATIONS, "leaky_relu", "activation")
    assert set(chosen.knobs) == {"slope"}
    built: Any = chosen.build(ACTIVATIONS)
    assert built.slope == chosen.knobs["slope"]
    without: Any = Choice("leaky_relu").build(ACTIVATIONS)
    assert without.slope == built.slope


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (3, "layers[0].activation"),
        ({"slope": 0.2}, "layers[0].activation.name"),
        ("tan", "layers[0].activation"),
        ({"name": "tan"}, "layers[0].activation.name"),
        ({"name": "leaky_relu", "slope": "steep"}, "layers[0].activation.slope"),
        ({"name": "tanh", "slope": 0.2}, "layers[0].activation.slope"),
    ],
)
def test_a_refusal_names_the_place(data: object, path: str) -> None:
    with pytest.raises(InputError) as refused:
        Choice.of(ACTIVATIONS, data, "layers[0].activation")
    assert refused.value.path == path


def test_an_object_gives_what_it_has_and_the_defaults_of_what_it_has_not() -> None:
    fields = Fields({"units": 3, "activation": "relu"}, "layers[0]", ("units", "activation"))
    assert fields.number("units", UNITS) == 3
    assert fields.choice("activation", ACTIVATIONS, TANH) == Choice("relu")
    empty = Fields({}, "layers[0]", ("units", "activation"))
    assert empty.number("units", UNITS) == 8
    assert empty.choice("activation", ACTIVATIONS, TANH) == TANH


def test_what_is_no_object_or_has_an_unknown_field_is_refused_at_its_place() -> None:
    with pytest.raises(InputError) as refused:
        Fields([], "layers[0]", ("units",))
    assert refused.value.path == "layers[0]"
    with pytest.raises(InputError) as refused:
        Fields({"width": 3}, "layers[0]", ("units",))
    assert refused.value.path == "layers[0].width"
    with pytest.raises(InputError) as refused:
        Fields({"units": 0}, "layers[0]", ("units",)).number("units", UNITS)
    assert refused.value.path == "layers[0].units"
