"""Scratch arrays: allocated once, contiguous by rows, multiplied by the quicker way."""

import numpy as np
import pytest

from nncore.tape import MOST_CONSTANTS, Array, Constants, Tape, columns


def test_an_array_is_allocated_once() -> None:
    tape = Tape(4, 2, 3)
    assert tape.array("z", 3) is tape.array("z", 3)
    assert tape.like("copy", tape.z) is tape.like("copy", tape.z)
    assert tape.array("z", 3) is not tape.array("other", 3)


@pytest.mark.parametrize("lead", [(), (5,)])
def test_shapes_follow_the_contract(lead: tuple[int, ...]) -> None:
    tape = Tape(4, 2, 3, lead=lead, dtype=np.float64)
    assert tape.z.shape == (*lead, 3, 4)
    assert tape.dx.shape == (*lead, 2, 4)
    assert tape.dx_and_one.shape == (*lead, 3, 4)
    assert tape.z.dtype == np.float64


@pytest.mark.parametrize("lead", [(), (5,)])
def test_a_range_of_rows_is_one_stretch_of_memory(lead: tuple[int, ...]) -> None:
    rows = np.moveaxis(columns(lead, 6, 4, np.float32)[..., :-1, :], -2, 0)
    assert rows.flags.c_contiguous


@pytest.mark.parametrize("lead", [(), (5,)])
def test_matmul_is_the_product_of_matrices(lead: tuple[int, ...]) -> None:
    rng = np.random.default_rng(0)
    tape = Tape(4, 2, 3, lead=lead, dtype=np.float64)
    a, b = rng.normal(size=(*lead, 3, 2)), rng.normal(size=(2, 4))
    out = tape.matmul(a, b, tape.z)
    assert out is tape.z
    np.testing.assert_allclose(out, np.einsum("...ij,jk->...ik", a, b))


def test_what_is_made_once_is_given_again() -> None:
    tape = Tape(4, 2, 3)
    first: Array = tape.once("pair", lambda: np.zeros((2, 3)))
    again: Array = tape.once("pair", lambda: np.ones(1))
    other: Array = tape.once("other", lambda: np.ones(1))
    assert again is first
    assert other is not first


def test_constants_are_arrays_of_the_dtype_made_once() -> None:
    constants = Constants(np.float32)
    assert constants[0.1] is constants[0.1]
    assert constants[0.1].dtype == np.float32
    assert constants[0.1] == np.float32(0.1)


def test_constants_are_forgotten_before_they_fill_memory() -> None:
    constants = Constants(np.float32)
    kept = [constants[float(value)] for value in range(3 * MOST_CONSTANTS)]
    assert len(constants) <= MOST_CONSTANTS
    assert [float(constant) for constant in kept] == list(range(3 * MOST_CONSTANTS))
