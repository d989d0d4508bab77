"""The points of a run, split into training and test, as a network and its loss read them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import DTypeLike

from nncore.config import Config, Seeds
from nncore.dataset import Sample
from nncore.features import inputs
from nncore.heads import Head, Task
from nncore.tape import Array


@dataclass(frozen=True)
class Split:
    """Training and test points: where they lie (`x`), what they are (`y`), and both as a network sees them.

    `inputs` and `targets` hold the training points first, then the test points, a column each.
    """

    train_x: Array
    train_y: Array
    test_x: Array
    test_y: Array
    inputs: Array
    targets: Array
    task: Task
    classes: int

    @property
    def train_count(self) -> int:
        """How many rows are for training."""
        return int(self.train_y.shape[-1])


def make_split(config: Config, head: Head, dtype: DTypeLike) -> Split:
    """Draw the points of `config` and split them; depends on the data seed alone, not on the run's."""
    points_seed, split_seed, label_seed = np.random.SeedSequence(config.seeds.data).spawn(3)
    sample = config.dataset.sample(config.data.count, config.data.noise, np.random.default_rng(points_seed))
    order = config.dataset.order(config.data.count, np.random.default_rng(split_seed))
    target = _mislabelled(sample, config.data.label_noise, np.random.default_rng(label_seed))
    x, y, cut = config.data.scale * sample.x[order], target[order], config.data.train_count
    return Split(
        train_x=x[:cut],
        train_y=y[:cut],
        test_x=x[cut:],
        test_y=y[cut:],
        inputs=inputs(x, config.features, config.data.scale, dtype),
        targets=head.encode(y).astype(dtype),
        task=sample.task,
        classes=sample.classes,
    )


def make_splits(config: Config, seeds: Sequence[Seeds], head: Head, dtype: DTypeLike) -> Split:
    """The same for replicas, each with the data seed of one of the `seeds`, side by side; each seed is drawn once."""
    drawn = dict.fromkeys(one.data for one in seeds)
    splits = {seed: make_split(replace(config, seeds=Seeds(seed, config.seeds.run)), head, dtype) for seed in drawn}
    return _stacked([splits[one.data] for one in seeds])


def _stacked(splits: Sequence[Split]) -> Split:
    """The points of replicas side by side: every array with a first axis of R, or the one split if it is all of theirs.

    They are of one Config and differ in their seeds alone, so that there are as many of each everywhere.
    """
    first = splits[0]
    if all(split is first for split in splits):
        return first
    return replace(
        first,
        train_x=np.stack([split.train_x for split in splits]),
        train_y=np.stack([split.train_y for split in splits]),
        test_x=np.stack([split.test_x for split in splits]),
        test_y=np.stack([split.test_y for split in splits]),
        inputs=np.stack([split.inputs for split in splits]),
        targets=np.stack([split.targets for split in splits]),
    )


def _mislabelled(sample: Sample, share: float, rng: np.random.Generator) -> Array:
    """The targets, each given another class' label with probability `share`; a regression's values stay."""
    if sample.task == "regression":
        return sample.target
    flipped = rng.random(len(sample.target)) < share
    other = sample.target + rng.integers(1, sample.classes, len(sample.target))
    return np.where(flipped, other % sample.classes, sample.target)
