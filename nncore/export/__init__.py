"""A trained network as something to take home: code that runs without this program, and tables.

Each entry says its own formula as code beside its forward pass (`NeuronType.code`); here it becomes a whole file.
The model itself is `nncore.snapshot`.
"""

from collections.abc import Callable, Mapping

from nncore.export.numpy_code import numpy_code
from nncore.export.tables import data_table, history_table
from nncore.export.torch_code import torch_code
from nncore.trainer import Trainer

EXPORTS: Mapping[str, Callable[[Trainer], str]] = {
    "numpy": numpy_code,
    "torch": torch_code,
    "data": data_table,
    "history": history_table,
}
"""What can be made of a run, and what makes it."""

__all__ = ["EXPORTS", "data_table", "history_table", "numpy_code", "torch_code"]
