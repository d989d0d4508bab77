"""Running the code that entries carry for a reader to take home, with NumPy and, where it is installed, PyTorch."""

import importlib
import math
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from nncore.export.dialect import NUMPY, TORCH, Dialect
from nncore.tape import Array

EVERY_LIBRARY = pytest.mark.parametrize(
    "library",
    [
        pytest.param(NUMPY, id="numpy"),
        pytest.param(TORCH, id="torch", marks=pytest.mark.skipif(find_spec("torch") is None, reason="no PyTorch here")),
    ],
)


def run(library: Dialect, code: Sequence[str], wanted: str, **arrays: Any) -> Array:
    """What `code` makes of `arrays` (and of numbers), which it sees by name: the array called `wanted`."""
    names: dict[str, Any] = dict(arrays)
    if library is TORCH:
        names["torch"] = torch = importlib.import_module("torch")
        names |= {name: torch.tensor(value) for name, value in arrays.items() if isinstance(value, np.ndarray)}
    else:
        names |= {"np": np, "erf": np.vectorize(math.erf, otypes=[float])}
    exec(library.lines(code, 0), names)  # our own code, as a reader would run it
    result: Array = np.asarray(names[wanted])
    return result
