"""A trained network as something to take home: code that runs without this program, and tables.

Each entry says its own formula as code beside its forward pass (`NeuronType.code`); here it becomes a whole file.
The model itself is `nncore.snapshot`.
"""

from collections.abc import Callable, Mapping

from nncore.errors import OutOfRange
from nncore.export.forest_code import forest_code
from nncore.export.numpy_code import numpy_code
from nncore.export.tables import data_table, history_table
from nncore.export.torch_code import torch_code
from nncore.forest.grower import Grower
from nncore.learner import AnyLearner
from nncore.sentence import Sentence

_NO_TORCH = Sentence("refused.no_torch_for_forests", "is for networks; a forest is exported as NumPy code")


def _numpy(run: AnyLearner) -> str:
    return forest_code(run) if isinstance(run, Grower) else numpy_code(run)


def _torch(run: AnyLearner) -> str:
    if isinstance(run, Grower):
        raise OutOfRange("torch", _NO_TORCH)
    return torch_code(run)


EXPORTS: Mapping[str, Callable[[AnyLearner], str]] = {
    "numpy": _numpy,
    "torch": _torch,
    "data": data_table,
    "history": history_table,
}
"""What can be made of a run, and what makes it. Raises OutOfRange where that cannot be made of a forest."""

__all__ = ["EXPORTS", "data_table", "forest_code", "history_table", "numpy_code", "torch_code"]
