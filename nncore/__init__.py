"""The mathematics of Neuron Playground: neurons, networks, training, and ways of looking at them.

Needs NumPy and safetensors only, and knows nothing of the web around it (that is `app`).
Start reading at `trainer`, or at any file in `neurons`.
"""

from nncore.config import Config
from nncore.errors import InputError
from nncore.trainer import Trainer

__all__ = ["Config", "InputError", "Trainer"]
