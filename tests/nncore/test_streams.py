"""Streams side by side give each replica what its own generator would."""

import numpy as np
import pytest

from nncore.streams import Rewindable, Streams
from nncore.tape import columns


def rngs() -> list[np.random.Generator]:
    return [np.random.default_rng(seed) for seed in (3, 5)]


def test_each_replica_has_what_its_own_generator_gives() -> None:
    streams, alone = Streams(rngs()), rngs()
    np.testing.assert_array_equal(streams.permutation(9), [rng.permutation(9) for rng in alone])
    np.testing.assert_array_equal(streams.random((2, 3, 4)), [rng.random((3, 4)) for rng in alone])
    out = np.moveaxis(columns((2,), 3, 4, np.float32), -2, 0)
    streams.random(dtype=np.float32, out=out)
    for replica, rng in enumerate(alone):
        np.testing.assert_array_equal(out[:, replica], rng.random((3, 4), np.float32))


def test_they_have_no_state_to_keep_and_none_can_be_set() -> None:
    streams = Streams(rngs())
    streams.bit_generator.state = streams.bit_generator.state
    with pytest.raises(AssertionError):
        streams.bit_generator.state = {"state": 1}


def test_what_was_drawn_can_be_taken_back() -> None:
    streams, own = Rewindable(rngs()), rngs()
    streams.begin(own)
    streams.rewind()
    first, second = streams.random((2, 4)), streams.random((2, 4))
    streams.rewind()
    np.testing.assert_array_equal(streams.random((2, 4)), first)
    streams.begin(own)
    np.testing.assert_array_equal(streams.random((2, 4)), second)
