"""Bands: quartiles that are values of runs, and runs that diverged as the worst."""

import numpy as np

from nncore.study.band import COLUMNS, band


def history(losses: list[float], accuracies: list[float]) -> np.ndarray:
    """Rows as `nncore.history` has them; what is of the training points is not looked at."""
    return np.array([(epoch, 9.0, *pair, 9.0) for epoch, pair in enumerate(zip(losses, accuracies, strict=True))])[
        :, [0, 1, 2, 4, 3]
    ]


def test_the_middle_of_four_runs_and_of_those_that_have_come_so_far() -> None:
    runs = [history([loss, loss / 2], [1 - loss, 1.0]) for loss in (0.1, 0.2, 0.3, 0.4)]
    found = band([*runs, runs[0][:1]], [None] * 5)
    assert found.shape == (2, len(COLUMNS))
    # Of 0.1 0.1 0.2 0.3 0.4 and 0.05 0.1 0.15 0.2: the value by which a quarter, a half, three quarters have come.
    assert found[:, :5].tolist() == [[0, 5, 0.1, 0.2, 0.3], [1, 4, 0.05, 0.1, 0.15]]
    assert np.allclose(found[0, 5:], [0.7, 0.8, 0.9])


def test_a_run_that_diverged_is_the_worst_from_there_on() -> None:
    runs = [history([0.5, 0.4, 0.3], [0.6, 0.7, 0.8]), history([0.1, 0.1], [0.9, 0.9])]
    found = dict(zip(COLUMNS, band(runs, [None, 1])[-1], strict=True))
    assert (found["runs"], found["loss_median"], found["loss_high"]) == (2, 0.3, np.inf)
    assert (found["accuracy_low"], found["accuracy_high"]) == (0.0, 0.8)


def test_values_have_no_accuracy_and_no_runs_have_no_band() -> None:
    assert np.isnan(band([history([0.5], [np.nan])], [None])[0, 5:]).all()
    assert band([], []).shape == (0, len(COLUMNS))
