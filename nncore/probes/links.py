"""Links: how much each connection matters, as one figure that can be compared between all kinds of neurons."""

from dataclasses import dataclass

from nncore.network import NetworkTape
from nncore.pieces import Pieces, whole
from nncore.probe import PROBES, Probe, tame
from nncore.spec import Spec
from nncore.tape import Array
from nncore.trainer import Trainer


@PROBES.register(
    Spec(
        name="links",
        label="Links",
        sentence="How much each unit reacts to each of its inputs, on average over the training points.",
        formula=r"\overline{\partial z_j / \partial x_i}",
    )
)
@dataclass(frozen=True)
class Links(Probe):
    """Mean sensitivity of z_j to x_i over the training points. For a linear neuron this is the weight itself."""

    def compute(self, trainer: Trainer) -> dict[str, Array]:
        """``links.<layer>`` (fan_in, units) for every layer, the output layer last; of the first replica."""
        return whole(self.pieces(trainer, trainer.forward_all()))

    def pieces(self, trainer: Trainer, tape: NetworkTape) -> Pieces[dict[str, Array]]:
        """The same in pieces; `tape` is what `trainer.forward_all()` has given, and stays as it is until the last."""
        count = trainer.split.train_count
        x, arrays = trainer.split.inputs[:, :count], {}
        first = (0,) * len(trainer.network.lead)
        for index, step in enumerate(tape.passes):
            params = {name: array[first] for name, array in step.params.items()}
            slopes = yield from step.layer.neuron.mean_slope_pieces(params, x, step.layer.units)
            arrays[f"links.{index}"] = tame(slopes).T
            x = step.a_and_one[first][:, :count]
        return arrays
