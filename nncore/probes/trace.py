"""Trace: one point through the network and its error back again, every number on the way."""

from dataclasses import dataclass

import numpy as np

from nncore.errors import OutOfRange
from nncore.features import inputs
from nncore.network import Network, NetworkTape
from nncore.probe import PROBES, Probe, copy_of, finite
from nncore.sentence import Sentence
from nncore.spec import Spec
from nncore.tape import Array
from nncore.trainer import Trainer

_NO_SUCH_POINT = Sentence("refused.no_such_point", "must be the number of a point, from 0 to {high}, not {value}")
_NOT_THREE = Sentence("refused.not_three", "must be three finite numbers, x, y and target, not {value}")
_NO_SUCH_CLASS = Sentence("refused.no_such_class", "must have a class from 0 to {high} as its target, not {value}")

Place = tuple[float, float, float]


@PROBES.register(
    Spec(
        name="trace",
        label="Trace",
        sentence="One point on its way through the network, and its error on the way back, term by term.",
        formula=r"x \to z \to a \to L, \quad \frac{\partial L}{\partial z} \to \frac{\partial L}{\partial x}",
        source="Rumelhart et al. 1986",
    )
)
@dataclass(frozen=True)
class Trace(Probe):
    """A forward and a backward pass of a single point, as `Network.forward` and `Network.backward` compute them.

    Without dropout, penalties, clipping, and what kinds do to their gradients before a step: these belong to training.
    """

    def compute(self, trainer: Trainer, point: int | Place = 0) -> dict[str, Array]:
        """The way of one of the points, by its number (training points first), or of any place (x, y, target).

        Forward, for each layer k (the output layer is the last): ``x.k`` (fan_in,) what comes in, ``z.k`` (units,),
        ``a.k`` (units,) what goes out, after norm and residual connection if there are any; at the end ``prediction``
        (K,), the encoded ``target`` (K,) and ``loss`` (1,). Backward: ``da.k`` dLoss/da, ``dz.k`` dLoss/dz, ``dx.k``
        dLoss/dx, and ``grads.<parameter>`` in the parameter's own shape, such as ``grads.layers.0.W``.

        Raises OutOfRange for a point that is not there.
        """
        network = copy_of(trainer)
        x, target = _input(trainer, point)
        tape = network.tape(1)
        with np.errstate(all="ignore"):
            arrays = _forward(network, tape, x, target) | _backward(network, tape)
        return {name: finite(array).astype(network.dtype) for name, array in arrays.items()}


def _input(trainer: Trainer, point: int | Place) -> tuple[Array, Array]:
    """The point's column of inputs and of encoded targets."""
    split, config = trainer.split, trainer.config
    if isinstance(point, int):
        count = split.inputs.shape[1]
        if not 0 <= point < count:
            raise OutOfRange("point", _NO_SUCH_POINT, high=count - 1, value=point)
        return split.inputs[:, point : point + 1], split.targets[:, point : point + 1]
    x, y, target = point
    if not np.isfinite(point).all():
        raise OutOfRange("point", _NOT_THREE, value=str(point))
    if split.task == "classification" and target not in range(split.classes):
        raise OutOfRange("point", _NO_SUCH_CLASS, high=split.classes - 1, value=float(target))
    column = inputs(np.array([[x, y]]), config.features, config.data.scale, trainer.network.dtype)
    return column, trainer.network.head.encode(np.array([target])).astype(trainer.network.dtype)


def _forward(network: Network, tape: NetworkTape, x: Array, target: Array) -> dict[str, Array]:
    z = network.forward(x, tape)
    loss = network.head.measure(z, target, tape.dz, tape.head)
    tape.passes[-1].a[...] = z
    arrays = {"prediction": network.head.predict(z.copy())[:, 0], "target": target[:, 0], "loss": loss.reshape(1)}
    for k, step in enumerate(tape.passes):
        arrays |= {f"x.{k}": x[:-1, 0], f"z.{k}": step.z[:, 0], f"a.{k}": step.a[:, 0]}
        x = step.a_and_one
    return {name: array.copy() for name, array in arrays.items()}


def _backward(network: Network, tape: NetworkTape) -> dict[str, Array]:
    """As `Network.backward`, layer by layer, with a copy of what passes by."""
    arrays = {}
    *hidden, output = tape.passes
    last = len(hidden)
    arrays[f"da.{last}"] = arrays[f"dz.{last}"] = tape.dz[:, 0].copy()
    da = output.layer.neuron.backward(output.params, output.grads, output.tape, tape.dz, True)
    for k in range(last, -1, -1):
        assert da is not None
        arrays[f"dx.{k}"] = da[:, 0].copy()
        if k == 0:
            break
        arrays[f"da.{k - 1}"] = arrays[f"dx.{k}"]
        passed = hidden[k - 1].backward(da, True)
        # An activation turns da into dz in place; the layer's own neuron leaves dz alone.
        arrays[f"dz.{k - 1}"] = da[:, 0].copy()
        da = passed
    grads = {
        f"grads.{layer.name}.{block.name}": block.view(network.grad)
        for layer in network.layers
        for block in layer.blocks
    }
    return arrays | grads
