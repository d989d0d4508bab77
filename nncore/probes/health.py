"""Health: whether a gradient reaches every layer, and which units can no longer learn.

The page shows it layer by layer.
"""

from dataclasses import dataclass

import numpy as np

from nncore.layer import LayerPass, OptionsPass
from nncore.network import Network, NetworkTape
from nncore.probe import PROBES, Probe, copy_of, finite
from nncore.spec import Spec
from nncore.tape import Array
from nncore.trainer import Trainer

DEAD = 1e-6
"""A slope this small moves no weight."""
SATURATED = 0.05
"""A slope this small learns, if at all, twenty times slower than the identity's 1."""
ALMOST_EVERYWHERE = 0.95
"""At this share of the training points."""


@PROBES.register(
    Spec(
        name="health",
        label="Health",
        sentence="How large each layer's gradient is, and which of its units are dead or saturated.",
        formula=r"\lVert \nabla_\theta L \rVert / \sqrt{|\theta|}, \quad f'(z_j)",
        source="Glorot and Bengio 2010; Lu et al. 2019",
    )
)
@dataclass(frozen=True)
class Health(Probe):
    """Of every layer, the output layer last, over all training points.

    *gradient*: the root mean square of dLoss/dθ over the layer's parameters, ‖g‖ / √count: layers of any size compare.
    The loss is that of all training points, without penalties and dropout.

    The slope of a unit at a point is da/dz as its activation learns, straight-through for a step, a mean for RReLU.
    *dead*: the share of units with a slope of at most 1e-6 at every training point. No point can move their weights:
    a ReLU that is never active, a tanh or sigmoid far out on one side. *saturated*: the share of units with a slope
    below 0.05 at 95 % of the training points or more; a dead unit is saturated, too. These look at activations alone
    and not at the loss, which has small gradients of its own once it is solved. The output layer has no activation:
    its units are neither.
    """

    def compute(self, trainer: Trainer) -> dict[str, Array]:
        """``gradient``, ``dead`` and ``saturated``, each (layers,)."""
        network, count = copy_of(trainer), trainer.split.train_count
        tape = network.tape(count)
        with np.errstate(all="ignore"):
            z = network.forward(trainer.split.inputs[:, :count], tape)
            network.head.measure(z, trainer.split.targets[:, :count], tape.dz, tape.head)
            network.backward(tape)
            gradients = _gradients(network)
            slopes = [np.abs(finite(_slope(step))) for step in _hidden(tape)]
        dead = [np.mean((slope <= DEAD).all(axis=1)) for slope in slopes]
        saturated = [np.mean((slope < SATURATED).mean(axis=1) >= ALMOST_EVERYWHERE) for slope in slopes]
        return {
            "gradient": np.array(gradients, np.float32),
            "dead": np.array([*dead, 0.0], np.float32),
            "saturated": np.array([*saturated, 0.0], np.float32),
        }


def _hidden(tape: NetworkTape) -> list[LayerPass]:
    return tape.passes[:-1]


def _gradients(network: Network) -> list[float]:
    """Root mean square of each layer's gradient, as `network.backward` left it."""
    parts = (finite(network.grad[layer.start : layer.stop]) for layer in network.layers)
    return [float(np.sqrt(np.mean(part**2))) for part in parts]


def _slope(step: LayerPass) -> Array:
    """da/dz of the activation alone at its last input, (units, batch)."""
    layer, tape, z = step.layer, step.activation_tape, step.z
    if layer.norm is not None:
        assert isinstance(step, OptionsPass)
        z = layer.norm.forward(step.norm_params, z, tape)
    a, slope = np.empty_like(step.a), np.ones_like(step.a)
    layer.activation.forward(step.slopes, z, a, tape)
    return layer.activation.backward(step.slopes, step.slope_grads, z, a, slope, tape)
