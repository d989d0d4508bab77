"""What to try when a run has diverged, as one sentence made from its Config.

Not here: how divergence is noticed (`nncore.trainer`).
"""

from collections.abc import Iterator

from nncore.config import Config

_BOUNDED = ("tanh", "sigmoid", "step")
"""Activations whose output stays between two values, whatever comes in."""


def advice(config: Config) -> str:
    """The most promising remedies first, three at most, as one sentence."""
    remedies = [*_calmer_steps(config), *_calmer_layers(config)]
    *first, last = remedies[:3] or ["another seed"]
    return f"Try {', '.join(first)}{' or ' if first else ''}{last}; then play on, or reset and play."


def _calmer_steps(config: Config) -> Iterator[str]:
    rate = config.optimizer.knobs.get("learning_rate")
    if isinstance(rate, float):
        yield f"a learning rate of {_one_digit(rate / 3)} instead of {rate:g}"


def _calmer_layers(config: Config) -> Iterator[str]:
    multiply = any(layer.neuron.name != "linear" for layer in config.layers)
    if multiply and any(layer.activation.name not in _BOUNDED for layer in config.layers):
        yield "tanh as the activation (these neurons multiply their inputs)"
    if len(config.layers) > 1:
        yield "fewer layers"
    if config.optimizer.name != "adam":
        yield "the adam optimizer"


def _one_digit(rate: float) -> str:
    """0.0333 as 0.03."""
    return f"{float(f'{rate:.0e}'):g}"
