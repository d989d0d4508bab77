"""What to try when a run goes badly: changes of its own Config, each a few words and the setting that makes it.

Not here: how one notices that it goes badly (`nncore.trainer` for divergence, `remarks` for the rest).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nncore.activations import ACTIVATIONS
from nncore.config import Choice, Config
from nncore.optimizers import OPTIMIZERS
from nncore.sentence import Sentence, Word

MOST_REMEDIES = 3
"""More would be a list to study, not advice."""

_RATE = Sentence("advice.learning_rate", "Learning rate to {rate}")
_TANH = Sentence("advice.tanh", "Activation to tanh")
_FEWER_LAYERS = Sentence("advice.fewer_layers", "One hidden layer fewer")
_ADAM = Sentence("advice.adam", "Optimizer to adam")
_SEED = Sentence("advice.seed", "Another seed")

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
