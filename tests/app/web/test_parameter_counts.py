"""What a menu of kinds says of their size is what a network of that kind has."""

import json

import pytest

from app.settings import Settings
from app.web.parameter_counts import costs, counts
from nncore.config import Config
from nncore.errors import InputError, MissingField, OutOfRange, UnknownName, WrongType
from nncore.neurons import NEURONS
from nncore.trainer import Trainer

SETTINGS = Settings()


@pytest.mark.parametrize("name", NEURONS)
def test_it_is_what_a_network_of_this_kind_learns(name: str) -> None:
    config = Config.from_json(
        {"layers": [{"units": 5, "neuron": name}, {"units": 3, "neuron": name}], "output": {"neuron": name}}
    )
    assert counts("2,5,3,1", "", SETTINGS)[name] == Trainer(config).network.parameter_count


@pytest.mark.parametrize("name", NEURONS)
def test_layers_without_biases_are_counted_without_them(name: str) -> None:
    layers = [{"units": 5, "neuron": name, "bias": False}, {"units": 3, "neuron": name}]
    config = Config.from_json({"layers": layers, "output": {"neuron": name, "bias": False}})
    assert counts("2,5,3,1", "", SETTINGS, "off,on,off")[name] == Trainer(config).network.parameter_count


@pytest.mark.parametrize("name", NEURONS)
def test_costs_are_those_of_a_network_of_this_kind(name: str) -> None:
    layer = {"neuron": name, "activation": "identity"}
    config = Config.from_json({"layers": [{"units": 5, **layer}, {"units": 3, **layer}], "output": {"neuron": name}})
    assert costs("2,5,3,1", "", SETTINGS)[name] == Trainer(config).network.cost.to_json()


def test_the_chosen_kind_costs_what_its_own_knobs_make_it() -> None:
    chosen = costs("2,8", json.dumps({"name": "polynomial", "degree": 5}), SETTINGS)
    assert chosen["polynomial"] == {"multiply_adds": 4 * 2 + 5 * 2 * 8, "additions": 0, "transcendentals": 0}


@pytest.mark.parametrize("bias", ["off", "off,off,on", "off,no", "on,", "," * 10_000])
def test_biases_that_are_not_one_for_each_layer_are_refused(bias: str) -> None:
    with pytest.raises(OutOfRange, match="must be on or off for each of the 2 layers") as caught:
        counts("2,8,8", "", SETTINGS, bias)
    assert len(str(caught.value)) < 400


def test_the_chosen_kind_is_counted_with_its_own_knobs() -> None:
    plain, chosen = (
        counts("2,8", "", SETTINGS),
        counts("2,8", json.dumps({"name": "polynomial", "degree": 5}), SETTINGS),
    )
    assert (plain["polynomial"], chosen["polynomial"]) == (8 * (3 * 2 + 1), 8 * (5 * 2 + 1))
    assert {name for name in plain if plain[name] != chosen[name]} == {"polynomial"}


def test_the_widest_and_the_deepest_that_is_offered_is_counted() -> None:
    widths = ",".join(["10", *[str(SETTINGS.units)] * SETTINGS.layers, "1"])
    assert set(counts(widths, "", SETTINGS)) == set(NEURONS)


@pytest.mark.parametrize(
    ("widths", "neuron", "kind"),
    [
        ("", "", MissingField),
        ("2", "", OutOfRange),
        (",".join("2" * 40), "", OutOfRange),
        ("2,0", "", OutOfRange),
        ("2,10000", "", OutOfRange),
        ("2,-1", "", WrongType),
        ("2,eight", "", WrongType),
        ("2,\u0668", "", WrongType),
        ("2," + "9" * 10_000, "", WrongType),
        ("2,8", "{", InputError),
        ("2,8", '{"name": "cosine"}', UnknownName),
        ("2,8", '{"name": "polynomial", "degree": 900}', OutOfRange),
    ],
)
def test_what_is_wrong_is_said(widths: str, neuron: str, kind: type[InputError]) -> None:
    with pytest.raises(kind) as caught:
        counts(widths, neuron, SETTINGS)
    assert len(str(caught.value)) < 400
