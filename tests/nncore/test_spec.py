"""Specs and knobs: what they check, and that they survive JSON, for every entry of every registry."""

import json
import math

import pytest

from nncore.activations import ACTIVATIONS
from nncore.datasets import DATASETS
from nncore.errors import InputError, OutOfRange, UnknownField, UnknownName, WrongType
from nncore.features import FEATURES
from nncore.losses import LOSSES
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.probes import PROBES
from nncore.schedules import SCHEDULES
from nncore.spec import Knob, Spec, require_object

REGISTRIES = (NEURONS, ACTIVATIONS, LOSSES, OPTIMIZERS, SCHEDULES, DATASETS, FEATURES, PROBES)
SPECS = [registry[name].spec for registry in REGISTRIES for name in registry]
EVERY_SPEC = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)

NUMBER = Knob("rate", "Rate", "float", 0.5, 0.0, 1.0)
WHOLE = Knob("count", "Count", "int", 3, 1, 5)
SWITCH = Knob("on", "On", "bool", True)
MENU = Knob("gate", "Gate", "choice", "relu", choices=("relu", "tanh"))


@EVERY_SPEC
def test_every_spec_survives_json_and_explains_itself_and_its_knobs(spec: Spec) -> None:
    assert Spec.from_json(json.loads(json.dumps(spec.to_json()))) == spec
    assert spec.label
    assert spec.sentence.endswith(".")
    assert spec.formula
    for knob in spec.knobs:
        assert knob.check(knob.default, knob.name) == knob.default
        assert knob.label
        assert knob.sentence.endswith(".")
        assert knob.kind in ("bool", "choice") or (knob.low is not None and knob.high is not None)


@pytest.mark.parametrize(
    ("knob", "value", "kept"),
    [
        (NUMBER, 1, 1.0),
        (NUMBER, 0.25, 0.25),
        (WHOLE, 5, 5),
        (WHOLE, 5.0, 5),
        (SWITCH, False, False),
        (MENU, "tanh", "tanh"),
    ],
)
def test_a_good_value_is_kept_in_the_knobs_own_type(knob: Knob, value: object, kept: object) -> None:
    assert knob.check(value, "p") == kept
    assert type(knob.check(value, "p")) is type(kept)


@pytest.mark.parametrize(
    ("knob", "value", "kind", "sentence"),
    [
        (NUMBER, False, WrongType, "p: must be a number, not false"),
        (NUMBER, "1", WrongType, "p: must be a number, not '1'"),
        (NUMBER, None, WrongType, "p: must be a number, not null"),
        (NUMBER, [], WrongType, "p: must be a number, not a list"),
        (NUMBER, 1.5, OutOfRange, "p: must be a number from 0 to 1, not 1.5"),
        (NUMBER, math.nan, OutOfRange, "p: must be a number from 0 to 1, not nan"),
        (NUMBER, -math.inf, OutOfRange, "p: must be a number from 0 to 1, not -inf"),
        (NUMBER, 10**400, OutOfRange, None),
        (WHOLE, 2.5, WrongType, "p: must be a whole number, not 2.5"),
        (WHOLE, math.inf, WrongType, "p: must be a whole number, not inf"),
        (WHOLE, 0, OutOfRange, "p: must be a whole number from 1 to 5, not 0"),
        (SWITCH, 1, WrongType, "p: must be true or false, not 1"),
        (MENU, "abc", UnknownName, "p: there is no gate called 'abc'; available: relu, tanh"),
        (MENU, ["relu"], UnknownName, "p: there is no gate called ['relu']; available: relu, tanh"),
    ],
)
def test_a_bad_value_is_one_sentence(knob: Knob, value: object, kind: type[InputError], sentence: str | None) -> None:
    with pytest.raises(kind) as caught:
        knob.check(value, "p")
    assert sentence is None or str(caught.value) == sentence


@pytest.mark.parametrize(
    ("low", "high", "sentence"),
    [(None, None, "that is finite"), (1, None, "of at least 1"), (None, 2, "of at most 2"), (1, 2, "from 1 to 2")],
)
def test_open_ranges_are_said_as_such(low: float | None, high: float | None, sentence: str) -> None:
    with pytest.raises(OutOfRange, match=sentence):
        Knob("n", "N", "float", 1.0, low, high).check(math.nan, "n")


def test_a_spec_fills_in_defaults_and_refuses_unknown_settings() -> None:
    spec = Spec("s", "S", "A thing.", knobs=(NUMBER, WHOLE))
    assert spec.check({"count": 2}) == {"rate": 0.5, "count": 2}
    with pytest.raises(UnknownField, match=r"^neuron.rote: 's' has no such setting; available: rate, count$"):
        spec.check({"rote": 1}, "neuron")
    with pytest.raises(UnknownField, match="has no settings"):
        Spec("t", "T", "A thing.").check({"rate": 1})


@pytest.mark.parametrize("value", [[], "text", None, 3, {1: 2}])
def test_only_an_object_is_an_object(value: object) -> None:
    with pytest.raises(WrongType, match=r"^data: must be an object, not "):
        require_object(value, "data")
