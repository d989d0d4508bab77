"""Rows are a frame where pandas or Polars is installed, and a sentence where neither is."""

from importlib.util import find_spec
from typing import Any

import pytest

from nncore.study import data_frame as module
from nncore.study.bad_study import BadStudy
from nncore.study.data_frame import LIBRARIES, frame

ROWS: list[dict[str, Any]] = [
    {"batch": 1, "noise": 0, "neuron": "linear", "solved": True, "loss": None},
    {"batch": 2, "noise": 0.5, "neuron": {"name": "kan", "grid": 8}, "solved": None, "loss": 0.25},
]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_frame_has_the_columns_in_order_and_every_row(library: str) -> None:
    if find_spec(library) is None:
        with pytest.raises(BadStudy, match=f"needs {library}, which is not installed"):
            frame(ROWS, library)
        return
    found = frame(ROWS, library)
    assert found.shape == (2, 5)
    assert list(found.columns) == list(ROWS[0])
    assert list(found["batch"]) == [1, 2]
    assert list(found["neuron"]) == ["linear", '{"name": "kan", "grid": 8}']


def test_without_any_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _name: None)
    with pytest.raises(BadStudy, match="needs pandas or polars"):
        frame(ROWS)


def test_another_library_is_refused() -> None:
    with pytest.raises(BadStudy, match="pandas, polars"):
        frame(ROWS, "numpy")
