"""Activations, one family of them per file. `nncore.activation` is the contract."""

from nncore.activation import ACTIVATIONS, Activation

ACTIVATIONS.discover(__name__, list(__path__))

__all__ = ["ACTIVATIONS", "Activation"]
