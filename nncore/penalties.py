"""What a run does to gradients and weights beside its optimiser: penalties, clipping, pruning. All of it in place.

Arrays are flat, (parameter_count,) or (R, parameter_count) for replicas. `penalized` is 1 for each weight and 0 for
each bias, which all of this but clipping leaves alone. Not here: the decay that is an optimiser's own (`optimizers`).
"""

import numpy as np

from nncore.tape import Array


def penalize(grad: Array, theta: Array, penalized: Array, l1: float, l2: float) -> None:
    """Add the slope of l1 Σ |w| + l2 Σ w² / 2 to the gradient."""
    if l2:
        grad += l2 * penalized * theta
    if l1:
        grad += l1 * penalized * np.sign(theta)


def clip(grad: Array, longest: float) -> None:
    """Shorten the gradient of each replica to the length allowed, as PyTorch's clip_grad_norm_ does.

    Its length is taken in float64: the square of a number over 1e19 is none in float32, and a length that is infinite
    would make a gradient that clipping is meant for into nothing at all.
    """
    length = np.sqrt(np.vecdot(grad, grad, dtype=np.float64))[..., None]
    grad *= np.minimum(1.0, longest / (length + 1e-6)).astype(grad.dtype)


def prune(theta: Array, before: Array, penalized: Array, pull: float | Array) -> None:
    """L1 as a step of its own after the optimiser's, `pull` towards zero; what it takes across zero is zero for good.

    The truncation of Langford, Li and Zhang 2009, and TensorFlow Playground's rule, with `pull` = η λ; `before` is
    theta before the optimiser's step. A pruned weight is kept as minus zero: so the weights alone, and every snapshot
    of them, remember which those are.
    """
    pruned = (before == 0) & np.signbit(before)
    pulled = theta - pull * penalized * np.sign(before)
    np.copyto(theta, np.where(pruned | (theta * pulled < 0), -0.0, pulled))
