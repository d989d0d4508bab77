"""One way of looking at a network per file; the file's stem is the registered name. `nncore.probe` is the contract."""

from nncore.probe import PROBES, Probe

PROBES.discover(__name__, list(__path__))

__all__ = ["PROBES", "Probe"]
