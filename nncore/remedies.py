"""What to try when a run goes badly: changes of its own Config, each a few words and the setting that makes it.

Not here: how one notices that it goes badly (`nncore.trainer` for divergence, `diagnosis` for the rest).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nncore.activations import ACTIVATIONS
from nncore.choice import Choice
from nncore.config import Config, LayerConfig
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.sentence import Sentence, Word

MOST_REMEDIES = 3
"""More would be a list to study, not advice."""
MOST_LAYERS, MOST_POINTS = 6, 2000
"""Beyond these, more layers or more points are no advice."""
DEEP = 3
"""With so many hidden layers, other neurons help sooner than one layer more."""
FAR_ABOVE = 3
"""A learning rate more than so many times the optimiser's usual one is suspect."""
WIDE = 8
"""Units of a layer below which another layer as narrow hardly helps."""

_RATE = Sentence("advice.learning_rate", "Set learning rate to {rate}")
_TANH = Sentence("advice.tanh", "Use Tanh")
_FEWER_LAYERS = Sentence("advice.fewer_layers", "Remove a hidden layer")
_ADAM = Sentence("advice.adam", "Use Adam")
_SEED = Sentence("advice.seed", "Start from other weights")
_L2 = Sentence("advice.l2", "Set L2 regularisation to {rate}")
_POINTS = Sentence("advice.points", "Use {count} points")
_QUADRATIC = Sentence("advice.quadratic", "Use quadratic neurons")
_MORE_LAYERS = Sentence("advice.more_layers", "Add a hidden layer")
_LARGER = Sentence("advice.larger", "Use {count} hidden layers of {units} units")
_LEAKY = Sentence("advice.leaky_relu", "Use Leaky ReLU")

BOUNDED = ("tanh", "hard_tanh", "sigmoid", "hard_sigmoid", "softsign", "step", "sin", "sinc", "gaussian")
"""Activations whose output stays between two values, whatever comes in."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change to try: `path` of the Config to `value`; `sentence` is what its button says."""

    sentence: Sentence
    path: str
    value: Any
    values: Mapping[str, Word]

    def to_json(self) -> dict[str, Any]:
        """As the protocol's remedy."""
        words = {"message": self.sentence.fill(self.values), "key": self.sentence.key, "values": dict(self.values)}
        return {**words, "path": self.path, "value": self.value}


def calming(config: Config) -> list[Remedy]:
    """What may keep a run from diverging, the most promising first."""
    return [*_calmer_steps(config), *_calmer_layers(config), _other_seed(config)][:MOST_REMEDIES]


def slower(config: Config) -> list[Remedy]:
    """What lets a run settle whose learning rate is far too high: the highest that is not suspect, and what calms."""
    return [_highest_rate(config), *_calmer_layers(config), _other_seed(config)][:MOST_REMEDIES]


def regularising(config: Config) -> list[Remedy]:
    """What may keep a run from learning its points by heart."""
    rate = min(max(0.001, config.l2 * 3), 1.0)
    count = min(config.data.count * 2, MOST_POINTS)
    found = [Remedy(_L2, "l2", rate, {"rate": rate})] if rate > config.l2 else []
    if config.data.dataset.name != "own" and count > config.data.count:
        found.append(Remedy(_POINTS, "data.count", count, {"count": count}))
    return found


def livelier(config: Config) -> list[Remedy]:
    """What may get a run going that is stuck: first a usual learning rate, then a network that can do more."""
    rate, usual, found = rate_of(config), usual_rate(config), []
    if is_far_above(config) or rate < usual:
        found.append(learning_rate(usual))
    deeper = [_larger(config)] if len(config.layers) < MOST_LAYERS else []
    curved = [quadratic(config)] if all(layer.neuron.name == "linear" for layer in config.layers) else []
    found += [*deeper, *curved] if len(config.layers) < DEEP else [*curved, *deeper]
    if usual <= rate < FAR_ABOVE * usual:
        found.append(learning_rate(3 * rate))
    return found[:MOST_REMEDIES]


def bending(config: Config) -> list[Remedy]:
    """What lets a network bend that draws everything straight."""
    return [quadratic(config), _all_tanh(config) if config.layers else _another_layer(config)]


def other_kinds(config: Config) -> list[Remedy]:
    """What lets a network tell places apart that its kind takes for the same."""
    return [quadratic(config)]


def usual_rate(config: Config) -> float:
    """The learning rate that the optimiser of `config` begins with."""
    knobs = OPTIMIZERS[config.optimizer.name].spec.knobs
    usual = next(knob.default for knob in knobs if knob.name == "learning_rate")
    assert isinstance(usual, float)
    return usual


def rate_of(config: Config) -> float:
    """The learning rate of `config`."""
    rate = config.optimizer.knobs["learning_rate"]
    assert isinstance(rate, float)
    return rate


def is_far_above(config: Config) -> bool:
    """Whether the learning rate is far above the optimiser's usual one."""
    return rate_of(config) > FAR_ABOVE * usual_rate(config)


def quadratic(config: Config) -> Remedy:
    """Other neurons in every hidden layer or, where there is none, in the output."""
    layers = config.to_json()["layers"]
    neuron = Choice.of(NEURONS, "quadratic", "neuron").to_json()
    if not layers:
        return Remedy(_QUADRATIC, "output.neuron", neuron, {})
    return Remedy(_QUADRATIC, "layers", [{**layer, "neuron": neuron} for layer in layers], {})


def steadier(config: Config) -> list[Remedy]:
    """What may bring units back that give one value everywhere."""
    leaky = Choice.of(ACTIVATIONS, "leaky_relu", "activation").to_json()
    layers = config.to_json()["layers"]
    flat = any(layer.activation.name == "relu" for layer in config.layers)
    changed = [{**layer, "activation": leaky} if layer["activation"]["name"] == "relu" else layer for layer in layers]
    rate = [_highest_rate(config)] if is_far_above(config) else []
    return [*rate, *([Remedy(_LEAKY, "layers", changed, {})] if flat else []), _other_seed(config)]


def advice(remedies: Sequence[Remedy]) -> str:
    """All of them as one English sentence."""
    return f"Try one of these, then reset and play: {'; '.join(r.sentence.fill(r.values) for r in remedies)}."


def _calmer_steps(config: Config) -> Iterator[Remedy]:
    # Far above what this optimiser usually takes, a third would only diverge again.
    yield learning_rate(usual_rate(config) if is_far_above(config) else rate_of(config) / 3)


def learning_rate(rate: float) -> Remedy:
    """The learning rate to about `rate`: 0.0333 as 0.03."""
    rounded = float(f"{rate:.0e}")
    return Remedy(_RATE, "optimizer.learning_rate", rounded, {"rate": rounded})


def _highest_rate(config: Config) -> Remedy:
    return learning_rate(FAR_ABOVE * usual_rate(config))


def _calmer_layers(config: Config) -> Iterator[Remedy]:
    multiply = any(layer.neuron.name != "linear" for layer in config.layers)
    layers = config.to_json()["layers"]
    if multiply and any(layer.activation.name not in BOUNDED for layer in config.layers):
        yield _all_tanh(config)
    if len(layers) > 1:
        yield Remedy(_FEWER_LAYERS, "layers", layers[:-1], {})
    if config.optimizer.name != "adam":
        yield Remedy(_ADAM, "optimizer", Choice.of(OPTIMIZERS, "adam", "optimizer").to_json(), {})


def _all_tanh(config: Config) -> Remedy:
    tanh = Choice.of(ACTIVATIONS, "tanh", "activation").to_json()
    return Remedy(_TANH, "layers", [{**layer, "activation": tanh} for layer in config.to_json()["layers"]], {})


def _another_layer(config: Config) -> Remedy:
    """As the last one or, where there is none, the first of a new run."""
    layers = config.to_json()["layers"]
    return Remedy(_MORE_LAYERS, "layers", [*layers, layers[-1] if layers else LayerConfig().to_json()], {})


def _larger(config: Config) -> Remedy:
    """Another layer, and all of them as wide as the widest and no narrower than WIDE."""
    layers = config.to_json()["layers"]
    units = max([WIDE, *(layer["units"] for layer in layers)])
    if all(layer["units"] == units for layer in layers):
        return _another_layer(config)
    layers = [{**layer, "units": units} for layer in [*layers, layers[-1]]]
    return Remedy(_LARGER, "layers", layers, {"count": len(layers), "units": units})


def _other_seed(config: Config) -> Remedy:
    return Remedy(_SEED, "seeds.run", (config.seeds.run + 1) % 2**31, {})
