"""One kind of neuron per file; the file's stem is the registered name. `nncore.neuron` is the contract."""

from nncore.neuron import NEURONS, NeuronType

NEURONS.discover(__name__, list(__path__))

__all__ = ["NEURONS", "NeuronType"]
