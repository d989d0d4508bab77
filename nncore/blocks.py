"""How many columns pass through a network together where there are many: few enough to stay in the cache.

That also bounds what looking takes: a spline network needs 90 kB for each column. The sizes depend on the network and
on the number of columns alone, so that equal runs stay equal to the bit. Not here: what is looked at (`trainer`,
`plane`).
"""

from collections.abc import Iterator

import numpy as np

from nncore.network import Network, NetworkTape
from nncore.pieces import Pieces, whole
from nncore.tape import Array

BLOCK_BYTES = 4_500_000
"""A block's passes take about so much, measured as the quickest for networks of every size."""

FEWEST, MOST = 125, 1000
"""Fewer columns cost more in calls than the cache can save; more gain nothing."""


def column_bytes(network: Network) -> int:
    """What a forward pass takes for each column of one network, replicas not counted."""
    one, two = (network.tape(columns) for columns in (1, 2))
    with np.errstate(all="ignore"):
        for columns, tape in enumerate((one, two), 1):
            network.forward(np.zeros((network.layers[0].fan_in + 1, columns), network.dtype), tape)
    return (two.nbytes - one.nbytes) // int(np.prod(network.lead))


def columns_together(each_bytes: int) -> int:
    """How many columns of `each_bytes` make a block."""
    return min(MOST, max(FEWEST, BLOCK_BYTES // each_bytes))


def blocks(count: int, together: int) -> Iterator[slice]:
    """`count` columns in blocks of `together`; the last one may be smaller."""
    return (slice(start, min(start + together, count)) for start in range(0, count, together))


class Looking:
    """Forward passes over so many columns, again and again; each layer's z and what it gives on are kept of all."""

    def __init__(self, network: Network, count: int, together: int | None = None) -> None:
        """`together` is how many make a block, where another has found that out for this network."""
        self._network = network
        self.together = together or columns_together(column_bytes(network))
        self._whole = network.tape(count)
        self._parts: dict[int, NetworkTape] = {}

    @property
    def nbytes(self) -> int:
        """The bytes of its scratch."""
        return self._whole.nbytes + sum(part.nbytes for part in self._parts.values())

    def at(self, inputs: Array) -> NetworkTape:
        """The passes of `inputs` (..., features + 1, count), overflow allowed, valid until the next."""
        return whole(self.pieces(inputs))

    def pieces(self, inputs: Array) -> Pieces[NetworkTape]:
        """The same in pieces, a block each."""
        network, tape, count = self._network, self._whole, inputs.shape[-1]
        if count <= self.together:
            with np.errstate(all="ignore"):
                network.forward(inputs, tape)
            return tape
        for columns in blocks(count, self.together):
            part = self._part(columns.stop - columns.start)
            with np.errstate(all="ignore"):
                network.forward(inputs[..., columns], part)
            tape.take(part, columns)
            if columns.stop < count:
                yield
        return tape

    def _part(self, columns: int) -> NetworkTape:
        if columns not in self._parts:
            self._parts[columns] = self._network.tape(columns)
        return self._parts[columns]
