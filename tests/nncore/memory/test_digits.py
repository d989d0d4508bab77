"""The digits are those of scikit-learn, in two shades."""

import numpy as np
from sklearn.datasets import load_digits

from nncore.memory.digits import digits


def test_it_holds_scikit_learns_digits_in_two_shades() -> None:
    images = digits()
    assert images.shape == (1797, 64)
    assert np.array_equal(images, load_digits().data >= 8)
    assert not images.flags.writeable
