"""Grown trees as plain arrays: what they vote for, with NumPy alone, and whether arrays from a stranger are trees.

The nodes of a tree stand one after the other, each left child right after its parent. Not here: how trees are grown
(`growing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from nncore.tape import Array

LEAF = -1
"""In place of an input's number: the node asks nothing more."""


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """T trees with N nodes in all, which tell K classes apart.

    A node sends a point to the left where its input `feature` (N,) is at most `threshold` (N,), else to the node
    `right` (N,); the left one follows the node itself. At a leaf, `shares` (N, K) are those of the classes; elsewhere
    they mean nothing. A tree begins at each of `roots` (T,).
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    right: NDArray[np.int32]
    shares: NDArray[np.float32]
    roots: NDArray[np.int32]

    @classmethod
    def together(cls, parts: Sequence["Trees"]) -> Self:
        """The trees of all `parts`, in their order."""
        starts = np.cumsum([0, *(len(part.feature) for part in parts)])[:-1].astype(np.int32)
        return cls(
            np.concatenate([part.feature for part in parts]),
            np.concatenate([part.threshold for part in parts]),
            np.concatenate([part.right + start for part, start in zip(parts, starts, strict=True)]),
            np.concatenate([part.shares for part in parts]),
            np.concatenate([part.roots + start for part, start in zip(parts, starts, strict=True)]),
        )

    @property
    def nodes(self) -> int:
        """How many there are, leaves included."""
        return len(self.feature)

    def votes(self, x: Array) -> NDArray[np.float32]:
        """The mean of the trees' shares (K, n) for inputs x (d, n)."""
        trees, count = len(self.roots), x.shape[1]
        node = np.repeat(self.roots, count)
        place = np.tile(np.arange(count), trees)
        asking = np.flatnonzero(self.feature[node] != LEAF)
        while len(asking):
            at = node[asking]
            left = x[self.feature[at], place[asking]] <= self.threshold[at]
            following = np.where(left, at + 1, self.right[at])
            node[asking] = following
            asking = asking[self.feature[following] != LEAF]
        mean: NDArray[np.float32] = self.shares[node].reshape(trees, count, -1).mean(axis=0, dtype=np.float64)
        return mean.T.astype(np.float32)

    def uses(self, inputs: int) -> NDArray[np.float64]:
        """How often each of so many inputs is asked for, (inputs,), a node near the root counting for more: half as
        much with each split further down, as fewer points come by.
        """
        counted, weight, at = np.zeros(inputs), 1.0, self.roots
        while len(at := at[self.feature[at] != LEAF]):
            counted += weight * np.bincount(self.feature[at], minlength=inputs)
            at, weight = np.concatenate([at + 1, self.right[at]]), weight / 2
        return counted

    def fault(self, inputs: int) -> str | None:
        """The array in which these are not trees over so many inputs, if there is one. Such as pass end with a leaf."""
        if not np.isfinite(self.threshold).all():
            return "threshold"
        if not ((self.feature >= LEAF) & (self.feature < inputs)).all():
            return "feature"
        places = np.arange(self.nodes)
        inner = self.feature != LEAF
        # Every way leads on to a node that stands later, so it ends; the last node can only be a leaf.
        if not self.nodes or inner[-1] or not ((self.right > places) & (self.right < self.nodes))[inner].all():
            return "right"
        shares = self.shares[~inner]
        if not ((shares >= 0) & (shares <= 1)).all() or (abs(shares.sum(axis=1) - 1) > 1e-3).any():
            return "shares"
        if not ((self.roots >= 0) & (self.roots < self.nodes)).all():
            return "roots"
        return None


def right_children(feature: Array) -> NDArray[np.int32]:
    """Where the right child of each question stands, (N,), in trees of which the node's input is `feature` (N,), -1 at
    a leaf; 0 at leaves. It follows the last node of what hangs on the left one. In arrays that are no trees it is any
    node.
    """
    inner = feature != LEAF
    # Open ends after each node: a question opens one, a leaf closes one. What hangs on the left child of a question
    # ends with the first node after it that leaves fewer open than the question did.
    open_ends = np.where(inner, 1, -1).cumsum()
    count, asking, leaves = len(feature), np.flatnonzero(inner), np.flatnonzero(~inner)
    keys = (open_ends[leaves] + count) * (count + 1) + leaves
    ends = leaves[np.argsort(keys)]
    at = np.searchsorted(np.sort(keys), (open_ends[asking] - 1 + count) * (count + 1) + asking)
    right = np.zeros(count, np.int32)
    found = at < len(ends)
    right[asking[found]] = ends[at[found]] + 1
    return right


def mean_votes(forest: Sequence[Trees], x: Array) -> Array:
    """What the folds of a forest say together, (K, n), of inputs x (d, n)."""
    mean: Array = np.stack([trees.votes(x) for trees in forest]).mean(axis=0, dtype=np.float32)
    return mean
