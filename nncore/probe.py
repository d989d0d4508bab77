"""What a probe is: the contract that every file in `probes` fulfils, and the little that probes share.

A probe is one way of looking at a network. It returns named arrays and changes nothing: it runs on tapes of its own,
and a run that is looked at equals one that is not, to the bit. Replicas are many networks: a probe shows the first.
Its numbers are finite, whatever the network's are (`finite`). Not here: who draws its arrays, and how.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np

from nncore.learner import Learner
from nncore.network import Network
from nncore.registry import Registry
from nncore.spec import Spec
from nncore.tape import Array
from nncore.trainer import Trainer

LARGEST = 1e30
"""Numbers beyond this count as this large: their squares and sums are still numbers."""


class Probe(ABC):
    """One way of looking, with its knobs set. Subclasses may let `compute` be told more, by name and with a default."""

    spec: ClassVar[Spec]

    @abstractmethod
    def compute(self, trainer: Any) -> dict[str, Array]:
        """Named arrays; `trainer` is as it was before, to the bit. They are the caller's to keep."""


PROBES: Registry[Probe] = Registry("probe")


def first_of(trainer: Learner) -> tuple[int, ...]:
    """What to index the network's arrays with for the first replica, or for all there is where there is one."""
    return (0,) * len(trainer.network.lead)


def views_of_points(trainer: Learner) -> Iterator[tuple[str, Array]]:
    """All points as each layer gives them on, (units + 1, n) with a last row of ones: the input's, then the layers'.

    Training points are the first columns. Named ``input``, ``0``, ``1`` ...; the output layer is none of them.
    """
    yield "input", trainer.split.inputs
    for index, step in enumerate(trainer.forward_all().passes[:-1]):
        yield str(index), step.a_and_one[first_of(trainer)]


def copy_of(trainer: Trainer) -> Network:
    """A network of its own with the first replica's weights, for probes that need gradients or other weights."""
    model = trainer.network
    network = Network(trainer.config, dtype=model.dtype, fan_in=model.layers[0].fan_in, head=model.head)
    np.copyto(network.theta, model.theta[first_of(trainer)])
    return network


def finite(array: Array) -> Array:
    """`array` in float64, without infinities (LARGEST instead) and without what is not a number (0 instead)."""
    return tame(array.astype(np.float64))


def tame(array: Array) -> Array:
    """The same in the array's own type; the array itself where all of it is finite already."""
    # Not "> LARGEST": what is not a number compares false, and is the extremes of whatever holds one.
    if array.size and not (array.max() <= LARGEST and array.min() >= -LARGEST):
        array = np.clip(np.nan_to_num(array), -LARGEST, LARGEST)
    return array
