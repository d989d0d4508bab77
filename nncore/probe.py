"""What a probe is: the contract that every file in `probes` fulfils.

A probe is one way of looking at a network. It returns named arrays and changes nothing: it runs on tapes of its own,
and a run that is looked at equals one that is not, to the bit. `picture` names the drawing that shows its arrays.
"""

from abc import ABC
from typing import ClassVar

from nncore.registry import Registry
from nncore.spec import Spec


class Probe(ABC):
    """One way of looking, with its knobs set. Each has a method ``look(trainer, ...) -> dict of arrays``."""

    spec: ClassVar[Spec]
    picture: ClassVar[str]


PROBES: Registry[Probe] = Registry("probe")
