"""Every activation a second time, at one z, from the published formulas alone; and layer normalisation.

`knobs` are the numbers of the activation's settings, `slope` what PReLU has learnt. Each calls `math`, `max`, `min` and
`where` by these names, so that a test can put counting ones in their place (`counting`).
"""

import math
from collections.abc import Callable
from typing import Any

SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772
RRELU_SLOPE = math.log(8 / 3) / 5


def where(z: Any, above: Callable[[], Any], below: Callable[[], Any]) -> Any:
    """`above` where z > 0, else `below`."""
    return above() if z > 0 else below()


FORMULAS: dict[str, Callable[[Any, dict[str, Any], Any], Any]] = {
    "identity": lambda z, knobs, slope: z,
    "square": lambda z, knobs, slope: z**2,
    "signed_sqrt": lambda z, knobs, slope: (1.0 if z > 0 else -1.0) * math.sqrt(abs(z)),
    "step": lambda z, knobs, slope: where(z, lambda: 1.0, lambda: 0.0),
    "sigmoid": lambda z, knobs, slope: 1 / (1 + math.exp(-z)),
    "hard_sigmoid": lambda z, knobs, slope: min(1.0, max(0.0, z / 6 + 0.5)),
    "tanh": lambda z, knobs, slope: math.tanh(z),
    "hard_tanh": lambda z, knobs, slope: min(1.0, max(-1.0, z)),
    "softsign": lambda z, knobs, slope: z / (1 + abs(z)),
    "relu": lambda z, knobs, slope: max(0.0, z),
    "leaky_relu": lambda z, knobs, slope: max(knobs["slope"] * z, z),
    "prelu": lambda z, knobs, slope: where(z, lambda: z, lambda: slope * z),
    "rrelu": lambda z, knobs, slope: where(z, lambda: z, lambda: RRELU_SLOPE * z),
    "elu": lambda z, knobs, slope: where(z, lambda: z, lambda: knobs["alpha"] * (math.exp(z) - 1)),
    "selu": lambda z, knobs, slope: where(
        z, lambda: SELU_SCALE * z, lambda: SELU_SCALE * SELU_ALPHA * (math.exp(z) - 1)
    ),
    "gelu": lambda z, knobs, slope: z * (1 + math.erf(z / math.sqrt(2))) / 2,
    "silu": lambda z, knobs, slope: z / (1 + math.exp(-z)),
    "mish": lambda z, knobs, slope: z * math.tanh(math.log(1 + math.exp(z))),
    "softplus": lambda z, knobs, slope: math.log(1 + math.exp(z)),
    "sin": lambda z, knobs, slope: math.sin(knobs["frequency"] * z),
    "gaussian": lambda z, knobs, slope: math.exp(-(z**2)),
    "sinc": lambda z, knobs, slope: math.sin(z) / z,
}


def layer_norm(z: list[Any], gain: list[Any], shift: list[Any]) -> list[Any]:
    """Ba et al. 2016: gain (z - mean) / √(variance + ε) + shift."""
    away = [one - sum(z) / len(z) for one in z]
    spread = math.sqrt(sum(one**2 for one in away) / len(z) + 1e-5)
    return [gain[j] * (away[j] / spread) + shift[j] for j in range(len(z))]
