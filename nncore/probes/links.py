"""Links: how much each connection matters, as figures that compare between all kinds of neurons."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nncore.forest.cascade import Cascade
from nncore.learner import Learner
from nncore.pieces import Pieces, whole
from nncore.probe import PROBES, Probe, tame
from nncore.spec import Spec
from nncore.tape import Array


@PROBES.register(
    Spec(
        name="links",
        label="Links",
        sentence="How much each unit reacts to each of its inputs over the training points, and to which side.",
        formula=r"\sqrt{\overline{(\partial z_j / \partial x_i)^2}}, \quad \overline{\partial z_j / \partial x_i}",
    )
)
@dataclass(frozen=True)
class Links(Probe):
    """What the slopes of z_j by x_i come to over the training points. For a linear neuron each is the weight itself.

    Their root mean square says how much the input matters. Their mean says to which side, in proportion to it: about as
    large where the input always raises z, or always lowers it; near 0 where it does the one here and the other there.
    Of wide layers whose slopes take long, they are over some hundred of the points (`NeuronType.slopes_pieces`).
    """

    def compute(self, trainer: Learner) -> dict[str, Array]:
        """For every layer, the output layer last, ``links.<layer>`` (fan_in, units), the mean slope, and
        ``links_size.<layer>`` (fan_in, units), the root mean square; of the first replica.
        """
        return whole(self.pieces(trainer, trainer.forward_all()))

    def pieces(self, trainer: Learner, tape: Any) -> Pieces[dict[str, Array]]:
        """The same in pieces; `tape` is what `trainer.forward_all()` has given, and stays as it is until the last."""
        if isinstance(trainer.network, Cascade):
            return (yield from _asked(trainer.network))
        count = trainer.split.train_count
        x, arrays = trainer.split.inputs[:, :count], {}
        first = (0,) * len(trainer.network.lead)
        for index, step in enumerate(tape.passes):
            params = {name: array[first] for name, array in step.params.items()}
            slopes = yield from step.layer.neuron.slopes_pieces(params, x, step.layer.units)
            arrays[f"links.{index}"], arrays[f"links_size.{index}"] = slopes.mean.T, slopes.size.T
            x = step.a_and_one[first][:, :count]
        return _tamed(arrays)


def _tamed(arrays: dict[str, Array]) -> dict[str, Array]:
    """Each of `arrays` as `tame` has it. One look at all of them at once is mostly enough: they are small."""
    numbers = np.concatenate([array.ravel() for array in arrays.values()])
    return arrays if tame(numbers) is numbers else {name: tame(array) for name, array in arrays.items()}


def _asked(cascade: Cascade) -> Pieces[dict[str, Array]]:
    """Of forests how often their trees ask for each input, to neither side. What a level reads of the inputs beside the
    level before it has no links: these lead from column to column.
    """
    arrays, count = {}, cascade.fan_in
    for index, layer in enumerate(cascade.layers):
        arrays[f"links_size.{index}"] = sizes = cascade.slopes(index, count)
        arrays[f"links.{index}"] = np.zeros_like(sizes)
        count = layer.units
        yield
    return arrays
