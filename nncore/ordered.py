"""Columns in an epoch's order: of one network, or of replicas that each have an order and perhaps points of their own.

Not here: which order (`trainer`).
"""

import numpy as np

from nncore.tape import Array, Shape, columns


class Ordered:
    """The first `count` of the columns of `source`, (rows, n) or (R, rows, n), in one order after another.

    `columns` is (*lead, rows, count); replicas may share a source that lacks their axis.
    """

    def __init__(self, source: Array, count: int, lead: Shape) -> None:
        self.columns = columns(lead, source.shape[-2], count, source.dtype)
        # Rows first, as memory has them: one network after the other within a row.
        self._out = np.moveaxis(self.columns, -2, 0)
        flat = np.moveaxis(source, -2, 0)
        self._flat = np.ascontiguousarray(flat.reshape(len(flat), -1))
        self._first = np.arange(source.shape[0])[:, None] * source.shape[-1] if source.ndim == 3 else None

    def take(self, order: Array) -> None:
        """Take the columns `order`, (count,) or, of replicas, (R, count) or the same (count,) for all."""
        places = order if self._first is None else order + self._first
        np.take(self._flat, np.broadcast_to(places, self._out.shape[1:]), axis=1, out=self._out, mode="clip")
