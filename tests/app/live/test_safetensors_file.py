"""The public library writes the same bytes, and reads them."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load, save

from app.live.safetensors_file import serialized

ARRAYS: dict[str, NDArray[Any]] = {
    "units.0": np.arange(24, dtype=np.uint8).reshape(2, 3, 4),
    "history": np.empty((0, 5)),
    "one": np.array(1.5, np.float32),
    "turned": np.arange(12, dtype=np.float32).reshape(3, 4).T,
    "part": np.arange(40, dtype=np.uint16)[::3],
    "ä": np.array([[-1, 2]], np.int32),
    "band": np.linspace(0.0, 1.0, 7),
}


@pytest.mark.parametrize("text", ["", 'a "quoted" \\ word\n\x01', "规则 ∘ 🙂"])
def test_the_bytes_are_the_library_s(text: str) -> None:
    plain = {name: np.ascontiguousarray(array).reshape(array.shape) for name, array in ARRAYS.items()}
    assert serialized(ARRAYS, {"body": text}) == save(plain, {"body": text})


def test_the_library_reads_what_is_written() -> None:
    found = load(serialized(ARRAYS, {"kind": "frame", "body": "{}"}))
    assert set(found) == set(ARRAYS)
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_a_type_that_messages_do_not_hold_is_an_error() -> None:
    with pytest.raises(KeyError):
        serialized({"complex": np.zeros(2, np.complex64)}, {})
