"""Raster: the steps of one unit that fires, at one place of the plane: its membrane, and its spikes."""

from dataclasses import dataclass

import numpy as np

from nncore.features import inputs
from nncore.probe import PROBES, Probe, copy_of, finite
from nncore.spec import Spec
from nncore.tape import Array
from nncore.trainer import Trainer


@PROBES.register(
    Spec(
        name="raster",
        label="Raster",
        sentence="One unit's membrane step by step, and where it fires.",
        formula=r"U_1, U_2, \dots, U_T",
        source="Lapicque 1907",
    )
)
@dataclass(frozen=True)
class Raster(Probe):
    """What a unit goes through before it answers, of kinds that do (`NeuronType.fires`)."""

    def compute(
        self, trainer: Trainer, layer: int = 0, unit: int = 0, place: tuple[float, float] = (0.0, 0.0)
    ) -> dict[str, Array]:
        """``current`` (1,), ``threshold`` (1,), ``membrane`` (steps,) and ``fired`` (steps,), 0 or 1, at (x, y).

        The output layer is the last. A unit of a kind that does not fire has no steps: its z stands as the current.
        """
        config, network = trainer.config, copy_of(trainer)
        tape = network.tape(1)
        with np.errstate(all="ignore"):
            network.forward(inputs(np.array([place]), config.features, config.data.scale, network.dtype), tape)
        step = tape.passes[layer]
        spikes = step.layer.neuron.spikes(step.tape)
        if spikes is None:
            none = np.empty(0, network.dtype)
            return {"current": finite(step.z[unit]).copy(), "threshold": np.zeros(1), "membrane": none, "fired": none}
        return {
            "current": finite(spikes.current[unit]).copy(),
            "threshold": np.array([spikes.threshold], network.dtype),
            "membrane": finite(spikes.membrane[:, unit, 0]).copy(),
            "fired": spikes.fired[:, unit, 0].astype(network.dtype),
        }
