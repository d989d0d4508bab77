"""A history is dense at first, sparser later, and always small."""

import numpy as np

from nncore.history import DENSE_EPOCHS, History, Metrics


def test_every_early_epoch_is_recorded_and_later_ones_half_as_often_with_each_doubling() -> None:
    assert all(History.wants(epoch) for epoch in range(DENSE_EPOCHS + 1))
    recorded = [epoch for epoch in range(DENSE_EPOCHS, 8 * DENSE_EPOCHS) if History.wants(epoch)]
    assert [sum(low <= epoch < 2 * low for epoch in recorded) for low in (256, 512, 1024)] == [128, 128, 128]


def test_a_million_epochs_stay_under_two_thousand_records() -> None:
    assert sum(map(History.wants, range(1_000_000))) < 2000


def test_since_gives_the_records_from_an_index_on() -> None:
    history = History()
    for epoch in range(3):
        history.add(epoch, Metrics(1.0 / (epoch + 1), 2.0, None, 0.5))
    rows = history.since(1)
    np.testing.assert_array_equal(rows[:, [0, 1, 2, 4]], [[1, 0.5, 2, 0.5], [2, 1 / 3, 2, 0.5]])
    assert np.isnan(rows[:, 3]).all()
    assert history.since(3).shape == (0, 5)
    assert len(history) == 3


def test_a_history_is_restored_from_its_rows() -> None:
    history = History()
    history.add(0, Metrics(0.5, 0.25, 1.0, 0.125))
    np.testing.assert_array_equal(History(history.since(0)).since(0), history.since(0))


def test_replicas_have_a_column_each() -> None:
    history = History()
    history.add(4, Metrics(np.array([1.0, 2.0]), np.array([3.0, 4.0]), None, None))
    assert history.since(0).shape == (1, 5, 2)
    np.testing.assert_array_equal(history.since(0)[0, 0], [4, 4])


def test_the_last_record_is_had_by_counting_from_the_end() -> None:
    history = History()
    for epoch in range(3):
        history.add(epoch, Metrics(float(epoch), 0.0, None, None))
    assert history.since(-1)[:, 1].tolist() == [2.0]
    assert history.since(5).shape == (0, 5)


def test_there_are_never_more_records_than_most() -> None:
    """128 for each doubling, counted here to 2^20 and there to the end of whole numbers, 2^53."""
    counted = sum(History.wants(epoch) for epoch in range(2**20 + 1))
    assert counted + 128 * (53 - 20) == History.most()


def test_a_history_gives_away_copies() -> None:
    history = History()
    history.add(0, Metrics(1.0, 2.0, None, None))
    history.since(0)[:] = 9.0
    assert history.since(0)[0, 1] == 1.0
