"""Records PyTorch's activations and their gradients in activations.json. Not run by the tests.

    python -m venv /tmp/torch && /tmp/torch/bin/pip install torch==2.13.0
    /tmp/torch/bin/python tests/golden/make_activations.py

Each record has our name and knobs, z (units, batch), PyTorch's a = f(z), and the gradients of the sum of a, all in
float64. Where the two could differ: its gelu is the exact one, not the tanh approximation; its hardsigmoid is
relu6(z + 3) / 6, written out here because its own backward pass has the 1/6 in float32 only; its softplus is z itself
from 20 on, which ours is not, so z stays below; its rrelu is another function (the slope is uniform, where ours, as in
the paper, is one over a uniform number) and is left out; its sinc is that of signal processing.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

# Kinks (0, 1, 3) included: what the slope is there is a definition, too.
Z = [[-15.0, -6.0, -3.0, -2.5, -1.25, -1.0, -0.5, -0.01], [0.0, 0.01, 0.5, 1.0, 1.25, 2.5, 3.0, 15.0]]
SLOPES = [0.25, -0.5]

FUNCTIONS: list[tuple[str, dict[str, float], Callable[[Tensor], Tensor]]] = [
    ("relu", {}, torch.relu),
    ("leaky_relu", {}, functional.leaky_relu),
    ("leaky_relu", {"slope": 0.2}, lambda z: functional.leaky_relu(z, 0.2)),
    ("elu", {}, functional.elu),
    ("elu", {"alpha": 2.5}, lambda z: functional.elu(z, 2.5)),
    ("selu", {}, functional.selu),
    ("gelu", {}, functional.gelu),
    ("silu", {}, functional.silu),
    ("mish", {}, functional.mish),
    ("softplus", {}, functional.softplus),
    ("hard_tanh", {}, functional.hardtanh),
    ("softsign", {}, functional.softsign),
    ("tanh", {}, torch.tanh),
    ("sigmoid", {}, torch.sigmoid),
    ("hard_sigmoid", {}, lambda z: functional.relu6(z + 3.0) / 6.0),
    ("sin", {"frequency": 3.0}, lambda z: torch.sin(3.0 * z)),
    ("sinc", {}, lambda z: torch.sinc(z / torch.pi)),
]


def record(name: str, knobs: dict[str, float], function: Callable[[Tensor], Tensor]) -> dict[str, Any]:
    z = torch.tensor(Z, dtype=torch.float64, requires_grad=True)
    a = function(z)
    a.sum().backward()
    return {"name": name, "knobs": knobs, "z": Z, "a": a.tolist(), "dz": z.grad.tolist()}


def record_prelu() -> dict[str, Any]:
    """One slope for each unit, which PyTorch keeps in the second axis: its input is our z, turned."""
    slopes = torch.tensor(SLOPES, dtype=torch.float64, requires_grad=True)
    told = record("prelu", {}, lambda z: functional.prelu(z.T, slopes).T)
    return {**told, "params": {"slope": SLOPES}, "grads": {"slope": slopes.grad.tolist()}}


if __name__ == "__main__":
    records = [record(*function) for function in FUNCTIONS] + [record_prelu()]
    told = {"torch": torch.__version__, "records": records}
    Path(__file__).with_name("activations.json").write_text(
        json.dumps(told, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n", encoding="utf-8"
    )
