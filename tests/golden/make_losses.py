"""Records PyTorch's losses and their gradients in losses.json. Not run by the tests.

    python -m venv /tmp/torch && /tmp/torch/bin/pip install torch==2.13.0
    /tmp/torch/bin/python tests/golden/make_losses.py

Each record has our name, knobs and task, the output layer's z (units, batch), the targets as a dataset gives them, the
mean loss over the batch and its gradient by z, all in float64. Where ours is not PyTorch's function as it is: the
squared error is half of mse_loss; classes are the targets -1 and 1 of a tanh output for it and for Huber's; the sum
runs over a column's units, the mean over columns. Hinge is one class against the rest, each as hinge_embedding_loss
has it (PyTorch's multi_margin_loss is another: of every class against the right one); no margin is exactly met, where
the slope would be a matter of taste.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

ONE = [[-30.0, -2.5, -0.75, -0.1, 0.0, 0.3, 0.9, 1.5, 4.0, 30.0]]
THREE = [
    *ONE,
    [2.0, -1.5, 0.5, 0.2, 0.7, -0.4, 3.0, -2.0, 0.1, -9.0],
    [-1.1, 0.6, 2.2, -0.3, -5.0, 1.3, 0.4, 8.0, 0.8, 12.0],
]
TWO_CLASSES, THREE_CLASSES = [0, 1, 0, 1, 1, 0, 1, 0, 1, 0], [0, 1, 2, 2, 0, 1, 1, 0, 2, 1]
VALUES = [-29.8, 1.5, -0.5, 0.25, -3.0, 0.4, 1.0, 1.25, 3.2, -2.0]

Rule = Callable[[Tensor, Tensor], Tensor]
"""The losses of all columns from z (units, batch) and targets (batch,), in any shape whose sum is their sum."""


def signs(z: Tensor, target: Tensor) -> Tensor:
    return 2 * (target[None, :] if len(z) == 1 else functional.one_hot(target, len(z)).T).double() - 1


def mse(z: Tensor, target: Tensor) -> Tensor:
    return functional.mse_loss(z, target, reduction="none") / 2


def huber(delta: float) -> Rule:
    return lambda z, target: functional.huber_loss(z, target, reduction="none", delta=delta)


def on_tanh(rule: Rule) -> Rule:
    return lambda z, target: rule(torch.tanh(z), signs(z, target))


def on_numbers(rule: Rule) -> Rule:
    return lambda z, target: rule(z, target[None, :])


def logit(z: Tensor, target: Tensor) -> Tensor:
    return functional.binary_cross_entropy_with_logits(z[0], target.double(), reduction="none")


def softmax(z: Tensor, target: Tensor) -> Tensor:
    return functional.cross_entropy(z.T, target, reduction="none")


def hinge(z: Tensor, target: Tensor) -> Tensor:
    agreement = signs(z, target) * z
    return functional.hinge_embedding_loss(agreement, -torch.ones_like(agreement), reduction="none")


def record(name: str, rule: Rule, values: list[list[float]], targets: list[Any], **knobs: float) -> dict[str, Any]:
    z = torch.tensor(values, dtype=torch.float64, requires_grad=True)
    target = torch.tensor(targets, dtype=torch.float64 if targets is VALUES else torch.int64)
    loss = rule(z, target).sum() / len(targets)
    loss.backward()
    kind = {"name": name, "knobs": knobs, "classes": 0 if targets is VALUES else max(targets) + 1}
    return {**kind, "z": values, "target": targets, "loss": loss.item(), "dz": z.grad.tolist()}


def records() -> list[dict[str, Any]]:
    found = [
        record("cross_entropy", logit, ONE, TWO_CLASSES),
        record("cross_entropy", softmax, THREE, THREE_CLASSES),
        record("hinge", hinge, ONE, TWO_CLASSES),
        record("hinge", hinge, THREE, THREE_CLASSES),
    ]
    for name, rule, knobs in (
        ("mse", mse, {}),
        ("huber", huber(0.5), {"delta": 0.5}),
        ("huber", huber(1), {"delta": 1}),
    ):
        found.append(record(name, on_tanh(rule), ONE, TWO_CLASSES, **knobs))
        found.append(record(name, on_tanh(rule), THREE, THREE_CLASSES, **knobs))
        found.append(record(name, on_numbers(rule), ONE, VALUES, **knobs))
    return found


if __name__ == "__main__":
    told = json.dumps({"torch": torch.__version__, "records": records()}, separators=(",", ":"))
    Path(__file__).with_name("losses.json").write_text(told.replace('{"name"', '\n{"name"') + "\n", encoding="utf-8")
