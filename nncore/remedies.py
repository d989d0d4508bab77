"""What to try when a run goes badly: changes of its own Config, each a few words and the setting that makes it.

Not here: how one notices that it goes badly (`nncore.trainer` for divergence, `diagnosis` for the rest).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nncore.activations import ACTIVATIONS
from nncore.config import Choice, Config, LayerConfig
from nncore.neurons import NEURONS
from nncore.optimizers import OPTIMIZERS
from nncore.sentence import Sentence, Word

MOST_REMEDIES = 3
"""More would be a list to study, not advice."""
MOST_LAYERS, MOST_POINTS, BRISK = 6, 2000, 0.1
"""Beyond these, more layers, more points or a higher learning rate are no advice."""

_RATE = Sentence("advice.learning_rate", "Learning rate to {rate}")
_TANH = Sentence("advice.tanh", "Activation to Tanh")
_FEWER_LAYERS = Sentence("advice.fewer_layers", "One hidden layer fewer")
_ADAM = Sentence("advice.adam", "Optimiser to Adam")
_SEED = Sentence("advice.seed", "Another seed")
_L2 = Sentence("advice.l2", "L2 regularisation to {rate}")
_POINTS = Sentence("advice.points", "{count} points")
_QUADRATIC = Sentence("advice.quadratic", "Neuron to quadratic")
_MORE_LAYERS = Sentence("advice.more_layers", "One hidden layer more")
_LEAKY = Sentence("advice.leaky_relu", "Activation to leaky ReLU")

_BOUNDED = ("tanh", "sigmoid", "step")
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


def regularising(config: Config) -> list[Remedy]:
    """What may keep a run from learning its points by heart."""
    rate = min(max(0.001, config.l2 * 3), 1.0)
    count = min(config.data.count * 2, MOST_POINTS)
    found = [Remedy(_L2, "l2", rate, {"rate": rate})] if rate > config.l2 else []
    if config.data.dataset.name != "own" and count > config.data.count:
        found.append(Remedy(_POINTS, "data.count", count, {"count": count}))
    return found


def livelier(config: Config) -> list[Remedy]:
    """What may get a run going that is stuck."""
    found = []
    rate = config.optimizer.knobs.get("learning_rate")
    if isinstance(rate, float) and rate < BRISK:
        found.append(learning_rate(rate * 3))
    if all(layer.neuron.name == "linear" for layer in config.layers):
        found.append(quadratic(config))
    layers = config.to_json()["layers"]
    if len(layers) < MOST_LAYERS:
        found.append(Remedy(_MORE_LAYERS, "layers", [*layers, layers[-1] if layers else LayerConfig().to_json()], {}))
    return found[:MOST_REMEDIES]


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
    return [*([Remedy(_LEAKY, "layers", changed, {})] if flat else []), _other_seed(config)]


def advice(remedies: Sequence[Remedy]) -> str:
    """All of them as one English sentence."""
    return f"Try one of these, then reset and play: {'; '.join(r.sentence.fill(r.values) for r in remedies)}."


def _calmer_steps(config: Config) -> Iterator[Remedy]:
    rate = config.optimizer.knobs.get("learning_rate")
    if isinstance(rate, float):
        default = next(k.default for k in OPTIMIZERS[config.optimizer.name].spec.knobs if k.name == "learning_rate")
        # Far above what this optimiser usually takes, a third would only diverge again.
        yield learning_rate(float(default) if isinstance(default, float) and rate > 3 * default else rate / 3)


def learning_rate(rate: float) -> Remedy:
    """The learning rate to about `rate`: 0.0333 as 0.03."""
    rounded = float(f"{rate:.0e}")
    return Remedy(_RATE, "optimizer.learning_rate", rounded, {"rate": rounded})


def _calmer_layers(config: Config) -> Iterator[Remedy]:
    multiply = any(layer.neuron.name != "linear" for layer in config.layers)
    layers = config.to_json()["layers"]
    tanh = Choice.of(ACTIVATIONS, "tanh", "activation").to_json()
    if multiply and any(layer.activation.name not in _BOUNDED for layer in config.layers):
        yield Remedy(_TANH, "layers", [{**layer, "activation": tanh} for layer in layers], {})
    if len(layers) > 1:
        yield Remedy(_FEWER_LAYERS, "layers", layers[:-1], {})
    if config.optimizer.name != "adam":
        yield Remedy(_ADAM, "optimizer", Choice.of(OPTIMIZERS, "adam", "optimizer").to_json(), {})


def _other_seed(config: Config) -> Remedy:
    return Remedy(_SEED, "seeds.run", (config.seeds.run + 1) % 2**31, {})
