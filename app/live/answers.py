"""Answers to what a client asks of a run: one unit's numbers, one point's way through the network, a gradient check,
the loss around its weights.

Looking changes nothing. What takes long is done in pieces, a few milliseconds of a session's turn each. Pure: the clock
comes in. Not here: how a question is written (`commands`), nor pictures (`frames`).
"""

import math
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

import numpy as np
from latex2mathml.converter import convert

from app.errors import OutOfOrder
from app.labs.conditions import figures_of
from app.live.commands import Ask
from app.live.events import Answer
from app.live.lab_goal import Since, step_of, verdict
from app.live.landscape import Landscape
from nncore.errors import OutOfRange
from nncore.features import FEATURES, inputs
from nncore.forest.grower import Grower
from nncore.gradcheck import MOST_PARAMETERS, GradientCheck
from nncore.layer import Layer, views
from nncore.learner import AnyLearner, Learner
from nncore.plane import reach
from nncore.probes.health import Health
from nncore.probes.raster import Raster
from nncore.probes.trace import Trace
from nncore.sentence import Sentence
from nncore.tape import Array
from nncore.trainer import Trainer
from nncore.weights import Weight, weights_of, written

_TOO_MANY_TO_CHECK = Sentence(
    "refused.too_many_to_check", "gradients can be checked for at most {high} parameters; this network has {count}"
)
_TOO_MANY_AROUND = Sentence(
    "refused.too_many_around",
    "the loss landscape can be worked out for at most {high} parameters; this network has {count}",
)
_NO_LAYER = Sentence("refused.layer_asked", "must be from 0 to {high}, the output layer, not {value}")

_NO_UNIT = Sentence("refused.no_unit_here", "must be from 0 to {high} in this layer, not {value}")
_NO_PLACE = Sentence("refused.no_place", "must be a place of the plane, from -{high} to {high}, not {value}")
_NO_SPIKES = Sentence("refused.no_spikes", "must be a unit that fires, and those of the kind '{name}' do not")
_NO_NETWORK = Sentence("refused.no_network", "is asked of networks; a forest has neither weights nor gradients")
_CHECKING = Sentence("refused.checking", "an answer that takes longer is still being worked out; wait for it")

Long = GradientCheck | Landscape
"""What takes longer than a turn."""

CHECKS_AT_ONCE = 8
"""Long answers under way at once among the sessions of a host; each holds up to 2.5 MB. One more waits."""

AGAIN_SECONDS = 0.1
"""How soon a check that waits for a place looks again."""

PAGE = ""
"""Where a run is shown, for labs."""

PLACEHOLDER = 90000
"""In a unit's formula the number 90000 + i stands for the value of its i-th weight."""


class Answers:
    """What was asked and is still being worked on: one long question at a time."""

    def __init__(self, checks: "WeakSet[Long] | None" = None) -> None:
        """`checks` holds the long answers of all sessions beside this one, each for as long as it is worked on."""
        self._checks: WeakSet[Long] = WeakSet() if checks is None else checks
        self._asked: Ask | None = None
        self._check: Long | None = None
        self._again = -math.inf
        self._since = Since()

    @property
    def pending(self) -> bool:
        """Whether a question waits for its answer."""
        return self._asked is not None

    @property
    def due(self) -> float:
        """When there is something to do for an answer; infinity for never."""
        return self._again if self.pending else math.inf

    def forget(self) -> None:
        """The run that was asked about is gone."""
        self._asked = self._check = None

    def begin_at(self, epoch: int) -> None:
        """The run is another experiment from `epoch` on: what was before counts for no goal."""
        self._since.forget(epoch)

    def ask(self, trainer: AnyLearner, question: Ask) -> list[Answer]:
        """The answer, or nothing yet where it takes long. Raises InputError."""
        if question.what == "goal":
            passed = self._since.passed(trainer, question)
            figures = figures_of(trainer, step_of(question, PAGE).asked)
            return [Answer(question.id, "goal", verdict(question, PAGE, trainer.config, figures, passed))]
        if isinstance(trainer, Grower):
            if question.what != "trace":
                raise OutOfOrder("what", _NO_NETWORK)
            return [Answer(question.id, "trace", _votes(trainer, question))]
        if question.what in ("gradcheck", "landscape"):
            self._expect(trainer, question)
            return []
        if question.what == "trace":
            return [Answer(question.id, "trace", _trace(trainer, question))]
        if question.what == "health":
            return [Answer(question.id, "health", _health(trainer))]
        layer, unit = _unit(trainer, question)
        if question.what == "raster":
            return [Answer(question.id, "raster", _raster(trainer, question))]
        place = {"layer": question.layer, "unit": question.unit}
        answer = place | _values(trainer, layer, weights_of(layer, unit))
        if question.what == "unit":
            answer |= _described(trainer, layer, unit)
        return [Answer(question.id, question.what, answer)]

    def advance(self, trainer: AnyLearner, clock: Callable[[], float], deadline: float) -> list[Answer]:
        """Work until `deadline` by `clock`, on at least one piece; nothing while too many others do."""
        if self._asked is None or isinstance(trainer, Grower):
            return []
        if self._check is None:
            if len(self._checks) >= CHECKS_AT_ONCE:
                self._again = clock() + AGAIN_SECONDS
                return []
            self._again = -math.inf
            asked = self._asked
            self._check = GradientCheck(trainer) if asked.what == "gradcheck" else Landscape(trainer, asked.seed or 0)
            self._checks.add(self._check)
        question, check = self._asked, self._check
        while not check.advance(1):
            if clock() >= deadline:
                return []
        self.forget()
        report = check.report() if isinstance(check, Landscape) else _report(check)
        return [Answer(question.id, question.what, report)]

    def _expect(self, trainer: Trainer, question: Ask) -> None:
        count = trainer.network.parameter_count
        if self._asked is not None:
            raise OutOfOrder("what", _CHECKING)
        if count > MOST_PARAMETERS:
            sentence = _TOO_MANY_TO_CHECK if question.what == "gradcheck" else _TOO_MANY_AROUND
            raise OutOfRange("what", sentence, high=MOST_PARAMETERS, count=count)
        self._asked, self._again = question, -math.inf


def _unit(trainer: Trainer, question: Ask) -> tuple[Layer, int]:
    assert question.layer is not None
    assert question.unit is not None
    layers = trainer.network.layers
    if question.layer >= len(layers):
        raise OutOfRange("layer", _NO_LAYER, high=len(layers) - 1, value=question.layer)
    layer = layers[question.layer]
    if question.unit >= layer.units:
        raise OutOfRange("unit", _NO_UNIT, high=layer.units - 1, value=question.unit)
    return layer, question.unit


def _values(trainer: Trainer, layer: Layer, weights: list[Weight]) -> dict[str, Any]:
    """Every weight's value, and the length of their gradient at the last step, null before the first."""
    values = _of_weights(trainer.network.theta, layer, weights)
    gradient = None
    if trainer.gradient is not None:
        gradient = _number(np.linalg.norm(_of_weights(trainer.gradient, layer, weights)))
    return {"values": _numbers(values), "gradient": gradient}


def _of_weights(flat: Array, layer: Layer, weights: list[Weight]) -> Array:
    """What a flat vector such as theta holds for each of `weights`."""
    arrays = views(layer.blocks, flat)
    return np.array([arrays[weight.param][weight.index] for weight in weights], np.float64)


def _described(trainer: Trainer, layer: Layer, unit: int) -> dict[str, Any]:
    """What does not change while it trains: the kinds, each weight's name and place, the formula."""
    weights = weights_of(layer, unit)
    numbers = [str(PLACEHOLDER + index) for index in range(len(weights))]
    return {
        "neuron": layer.neuron.spec.name,
        "activation": layer.activation.spec.name,
        "weights": [
            {"letter": one.letter, "inputs": one.inputs, "param": one.param, "index": one.index} for one in weights
        ],
        "fires": layer.neuron.fires,
        "formula_mathml": convert(written(layer, unit, numbers, _symbols(trainer, layer))),
    }


def _symbols(trainer: Trainer, layer: Layer) -> list[str]:
    """What a layer's inputs are called in a formula: the features by their own, units by a and their number."""
    if layer is not trainer.network.layers[0]:
        return [f"a_{{{number}}}" for number in range(1, layer.fan_in + 1)]
    formulas = [FEATURES[name].spec.formula for name in trainer.config.features]
    return [formula if len(formula) == 1 else f"({formula})" for formula in formulas]


def _votes(grower: Grower, question: Ask) -> dict[str, Any]:
    """What comes in at a place of the plane, what each level says of it, and what is predicted."""
    x, y = _place(grower, question)
    config, cascade = grower.config, grower.network
    column = inputs(np.array([[x, y]]), config.features, config.data.scale, cascade.dtype)
    tape = cascade.tape(1)
    prediction = cascade.head.predict(cascade.forward(column, tape).copy())
    return {
        "point": [x, y],
        "inputs": _numbers(column[:-1, 0]),
        "layers": [_numbers(step.a[:, 0]) for step in tape.passes[:-1]],
        "prediction": _numbers(prediction[:, 0]),
    }


def _trace(trainer: Trainer, question: Ask) -> dict[str, Any]:
    """What comes in, what each layer gives on, and what is predicted at a place of the plane."""
    x, y = _place(trainer, question)
    arrays = Trace().compute(trainer, (x, y, 0.0))
    hidden = range(len(trainer.network.layers) - 1)
    return {
        "point": [x, y],
        "inputs": _numbers(arrays["x.0"]),
        "layers": [_numbers(arrays[f"a.{index}"]) for index in hidden],
        "prediction": _numbers(arrays["prediction"]),
    }


def _raster(trainer: Trainer, question: Ask) -> dict[str, Any]:
    """A unit's membrane after each step at a place of the plane, and whether it fired there."""
    x, y = _place(trainer, question)
    assert question.layer is not None
    assert question.unit is not None
    kind = trainer.network.layers[question.layer].neuron
    if not kind.fires:
        raise OutOfRange("unit", _NO_SPIKES, name=kind.spec.name)
    arrays = Raster().compute(trainer, question.layer, question.unit, (x, y))
    return {
        "layer": question.layer,
        "unit": question.unit,
        "point": [x, y],
        "current": _number(arrays["current"][0]),
        "threshold": float(arrays["threshold"][0]),
        "membrane": _numbers(arrays["membrane"]),
        "fired": [bool(one) for one in arrays["fired"]],
    }


def _place(trainer: Learner, question: Ask) -> tuple[float, float]:
    """The place of the plane that is asked about."""
    assert question.point is not None
    x, y = question.point
    high = reach(trainer.config.data.scale)
    if not max(abs(x), abs(y)) <= high:
        raise OutOfRange("point", _NO_PLACE, high=high, value=str([x, y]))
    return x, y


def _health(trainer: Trainer) -> dict[str, Any]:
    """Of every layer, the output layer last: its gradient's length, and its shares of dead and of saturated units."""
    return {name: _numbers(array) for name, array in Health().compute(trainer).items()}


def _report(check: GradientCheck) -> dict[str, Any]:
    errors = check.errors()
    parameter, worst = next(iter(errors.items()))
    layers = check.network.layers
    kinds = [kind for layer in layers for kind in (layer.neuron, layer.activation) if kind.own_gradient]
    return {
        "worst": _number(worst),
        "parameter": parameter,
        "parameters": check.network.parameter_count,
        "points": check.points,
        "own": list(dict.fromkeys(kind.spec.name for kind in kinds)),
    }


def _numbers(values: Array) -> list[float | None]:
    return [_number(value) for value in values]


def _number(value: Any) -> float | None:
    """As many digits as a float32 has; null for what is not finite."""
    return float(f"{value:.7g}") if np.isfinite(value) else None
